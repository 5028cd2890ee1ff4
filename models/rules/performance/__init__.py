"""The law of performance (PermenPANRB 6/2022) as pure functions."""
