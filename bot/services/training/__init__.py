"""Courses: who takes part, who waits, who was there, and the hours that count."""
