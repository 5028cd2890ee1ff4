"""Words and keyboards of trainings."""
