"""Signatures, tokens, redaction and the hash chain. Imports nothing of ours."""
