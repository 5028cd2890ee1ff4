"""What is done about a unit's needs of training: who sees them, what is decided, whom a course is suggested to."""
