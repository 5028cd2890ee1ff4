"""Timed duties of performance."""
