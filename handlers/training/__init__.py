"""Trainings in the chat."""
