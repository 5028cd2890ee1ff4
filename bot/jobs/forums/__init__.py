"""Duties of public events."""
