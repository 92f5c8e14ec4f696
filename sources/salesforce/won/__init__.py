"""A won opportunity: its records as they are read, and the deal they come to."""
