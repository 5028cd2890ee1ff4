"""Satisfaction: the talk of the survey, and the one tap at a counter."""
