"""Which invoices a payment settles, with proof or not at all."""
