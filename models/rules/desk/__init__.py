"""Rules of the desk's own work: who gets it, and what its prepared texts are filled with."""
