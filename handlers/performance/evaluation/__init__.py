"""Evaluations and feedback in the chat."""
