"""Service records at a counter."""
