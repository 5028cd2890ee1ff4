"""The words of evaluations and feedback."""
