"""Applications for services: taken at a counter, finished, imported from a register, measured."""
