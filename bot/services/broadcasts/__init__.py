"""Messages to many: to whom, sending and holding them, how they arrived."""
