"""Papers that go with letters: a copy of an invoice, a statement of account."""
