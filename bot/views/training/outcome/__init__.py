"""What comes after a course, for the chat."""
