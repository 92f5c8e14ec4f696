"""Who owes what: money, parties, claims and what settles them."""
