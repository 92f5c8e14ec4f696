"""Tokens and signatures: who may call."""
