"""Charges that make no sense. The docstring of an error is its message."""

from __future__ import annotations

from domain.ledger.errors import LedgerError


class BrokenCharge(LedgerError):
    """The charge cannot be billed as it stands."""
