"""Workers that are killed at chosen moments, and what is true afterwards."""
