"""What administrators decide, and the record of who did what."""
