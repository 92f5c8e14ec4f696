"""What people write about invoices, as tables of phrases: one file for each language."""
