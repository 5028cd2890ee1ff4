"""The words about the work of civil servants."""
