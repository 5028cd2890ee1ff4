"""Indicators in the chat."""
