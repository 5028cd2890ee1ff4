"""The words of administration."""
