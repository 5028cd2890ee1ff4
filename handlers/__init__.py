"""What a person may say: one file per conversation."""
