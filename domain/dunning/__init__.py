"""When to write to a customer, what may be said, and what an answer means."""
