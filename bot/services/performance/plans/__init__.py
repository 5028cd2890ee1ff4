"""The yearly work plan (SKP): read, drafted, decided about, by sheet."""
