"""The team desk: what a superior sees of the own people and does about it."""
