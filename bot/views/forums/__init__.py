"""Words and keyboards of public events."""
