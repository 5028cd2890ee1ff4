"""Public events: written and announced, registered for, asked at, held, reported."""
