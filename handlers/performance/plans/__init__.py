"""What a civil servant and a superior do with the yearly work plan (SKP)."""
