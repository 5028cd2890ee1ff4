"""Numbers, pictures and sheets: reads only."""
