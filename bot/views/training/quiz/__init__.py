"""The quiz before and after a course."""
