"""Revenue: plans, allocation, changes, the ledger and its invariants."""
