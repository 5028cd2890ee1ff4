"""What an administrator says."""
