"""Satisfaction: the questions of the survey, and what became of the answers."""
