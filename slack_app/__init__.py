"""Slack: conversations with colleagues, cards to decide on, notices, customers' channels."""
