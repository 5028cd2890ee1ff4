"""Invented people and months of history, so that every screen of the demo has something to show."""
