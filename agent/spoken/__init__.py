"""Amounts, days and numbers as colleagues type them."""
