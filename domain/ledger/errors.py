"""Broken ledger rules. The docstring of an error is its message."""


class LedgerError(Exception):
    """A ledger rule was broken."""

    def __init__(self, detail: str = "") -> None:
        message = (type(self).__doc__ or "").strip()
        super().__init__(f"{message} {detail}".strip())


class CurrencyMismatch(LedgerError):
    """Amounts of different currencies cannot be combined."""


class UnknownCurrency(LedgerError):
    """The code is not an ISO 4217 currency."""


class InvalidAmount(LedgerError):
    """The text is not an amount in this currency."""
