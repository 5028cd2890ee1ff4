"""Timed duties of trainings."""
