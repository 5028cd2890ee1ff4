"""The words of the yearly work plan (SKP)."""
