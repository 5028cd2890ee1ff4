"""What an administrator does: the city's data, people, and the record of it all."""
