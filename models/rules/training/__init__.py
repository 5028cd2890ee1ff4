"""What holds for trainings, as pure functions."""
