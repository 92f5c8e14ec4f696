"""A mail world: SMTP in, IMAP and webhooks out, debtors that answer."""
