"""Evaluation of work (PermenPANRB 6/2022): a period's facts, the superior's judgement, feedback in between."""
