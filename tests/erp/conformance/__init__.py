"""Wire cases: what a request must be answered, whoever sends it."""
