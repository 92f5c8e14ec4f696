"""Contracts on their way to deals: uploaded, read, confirmed term by term."""
