"""Recognitions in the chat."""
