"""What people type into forms, read strictly: an amount is understood or refused, never guessed."""

from __future__ import annotations

import re
from datetime import date

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money

# Groups of three behind a comma or a blank; "1.234,50" and "12,50" mean different things to
# different people and are refused.
_AMOUNT = re.compile(r"(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
HOW_AMOUNTS = "Please write amounts like 1,234.50."


def typed_amount(text: str, currency: str) -> Money | None:
    """A positive amount or zero; empty text is zero, and None is what cannot be read."""
    plain = text.replace("\u00a0", " ").replace("\u202f", " ").strip()
    if not plain:
        return Money.zero(currency)
    if len(plain) > 30 or not _AMOUNT.fullmatch(plain):
        return None
    try:
        return Money.parse(plain.replace(",", "").replace(" ", ""), currency)
    except LedgerError:
        return None


def plain_amount(text: str) -> str:
    """Typed text without its grouping, for a reader that knows no groups; unread text as it is."""
    plain = text.replace("\u00a0", " ").replace("\u202f", " ").strip()
    known = _AMOUNT.fullmatch(plain)
    return plain.replace(",", "").replace(" ", "") if known else plain


def typed_day(text: str) -> date | None:
    """A date as forms send it, or None."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def typed_id(text: object) -> int | None:
    """An id of ours as a form sends it back, or None."""
    plain = str(text)
    known = plain.isascii() and plain.isdigit() and len(plain) < 19
    return int(plain) if known else None
