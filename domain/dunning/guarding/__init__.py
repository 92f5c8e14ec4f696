"""The parts of the guard: reading a message, comparing it with the facts."""
