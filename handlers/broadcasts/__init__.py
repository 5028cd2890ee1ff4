"""Messages to many: writing them, steering them, and what their readers press."""
