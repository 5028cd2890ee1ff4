"""Messages to many: what they say, to whom, and how they arrived."""
