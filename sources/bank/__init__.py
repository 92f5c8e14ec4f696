"""Readers of bank files: BAI2, CAMT, MT940, NACHA, lockbox and CSV, from bytes to values."""
