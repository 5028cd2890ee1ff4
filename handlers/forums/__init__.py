"""What is said about public events."""
