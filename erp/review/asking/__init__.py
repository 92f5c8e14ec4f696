"""The checks themselves: each asks one question of a subject and yields a hit for each yes."""
