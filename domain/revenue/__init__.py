"""Recognized and deferred revenue (built by a later release; no code lives here yet)."""
