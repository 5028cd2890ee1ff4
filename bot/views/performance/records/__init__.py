"""Service records in words: the counter, what is open, files from a register."""
