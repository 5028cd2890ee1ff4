"""Screens of the team desk and the digest."""
