"""Rules of the house, held against the tree."""
