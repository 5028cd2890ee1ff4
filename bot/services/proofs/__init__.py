"""Pictures as proof: what they look like, when they were taken, and whether they were used before."""
