"""Deals on their way to invoices: told by a source, planned, asked about, drafted when due."""
