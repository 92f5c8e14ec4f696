"""Contracts as files (PDF, Word, text) become terms, in a process of their own."""
