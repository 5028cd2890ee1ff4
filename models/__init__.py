"""What is true: the tables, their life cycle, and the law as pure functions in `models.rules`."""
