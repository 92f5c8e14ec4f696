"""A quarter in the life of a seeded company: the whole service, played day by day."""
