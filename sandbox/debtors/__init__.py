"""Debtors who read the mail they are sent and act on it."""
