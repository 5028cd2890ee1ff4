"""What comes after a course: what its participants think of it, and their certificates."""
