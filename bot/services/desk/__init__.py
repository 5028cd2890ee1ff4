"""What can be done at the desk."""
