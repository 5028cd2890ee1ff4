"""What a superior wants to know of the own team, and does about it."""
