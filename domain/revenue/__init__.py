"""Recognized and deferred revenue: plans, allocation, changes, and the ledger they make."""
