"""A dunning policy as a person writes it, part by part, read into values."""
