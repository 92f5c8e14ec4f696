"""Tying out: our sums beside the ERP's, after the first import and at month-end."""
