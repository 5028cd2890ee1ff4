"""What the city's people do with a report: their lists, its card, its talks."""
