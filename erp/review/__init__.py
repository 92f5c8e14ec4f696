"""Sync review: what an invoice is checked for before it may enter the ERP."""
