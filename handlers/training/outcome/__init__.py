"""What is said after a course."""
