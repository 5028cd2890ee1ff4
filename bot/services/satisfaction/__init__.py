"""Satisfaction by the book: the nine-element survey and the micro-survey."""
