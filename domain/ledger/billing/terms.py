"""Payment terms: read from what a contract says, and the due date that follows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from domain.ledger.billing.periods import months_after

CountsFrom = Literal["invoice_date", "receipt", "acceptance", "end_of_month"]

_MOST_DAYS = 730
_DISCOUNT = re.compile(r"^(\d{1,2}(?:\.\d+)?)\s*%?\s*/\s*(\d{1,3})[\s,;]+(.+)$")
_DAYS = re.compile(r"\b(\d{1,3})\b")
_GLUED = re.compile(r"\bnet(\d)")
_AT_ONCE = re.compile(r"\b(?:due|payable)\s+(?:up)?on\b|\bimmediate|\bprepaid\b|\bcod\b|\bcia\b")
_FROM: tuple[tuple[re.Pattern[str], CountsFrom], ...] = (
    (re.compile(r"\beom\b|end of (?:the )?month|month[- ]end"), "end_of_month"),
    (re.compile(r"\baccept"), "acceptance"),
    (re.compile(r"\breceipt\b|\breceiv"), "receipt"),
)
_KNOWN = re.compile(
    r"\bnet\b|\bdays?\b|\bdue\b|\bpayable\b|\beom\b|\bimmediate|\bprepaid\b|\bcod\b|\bcia\b"
)


@dataclass(frozen=True, slots=True)
class Terms:
    """Days to pay, and from when they count. A discount holds until its own days are over.

    `discount_percent` is decimal text ("2"), empty without one.
    """

    days: int
    counts_from: CountsFrom = "invoice_date"
    discount_percent: str = ""
    discount_days: int = 0


@dataclass(frozen=True, slots=True)
class UnknownTerms:
    """Terms nobody can compute a date from; a person must say what is meant."""

    text: str


@dataclass(frozen=True, slots=True)
class Due:
    """The due date. Provisional while the day the terms count from has not come yet."""

    on: date
    provisional: bool = False


def read_terms(text: str) -> Terms | UnknownTerms:
    """ "Net 30", "2/10 net 30", "30 days from receipt", "Net 30 EOM", "Due on receipt" and alike.

    "Due on receipt" asks for payment at once: the due date is the invoice's own.
    """
    written = " ".join(_GLUED.sub(r"net \1", text.lower()).split())
    discount = _DISCOUNT.match(written)
    rest = discount[3] if discount else written
    if not _KNOWN.search(rest):
        return UnknownTerms(text)
    days = {int(found) for found in _DAYS.findall(rest)}
    if _AT_ONCE.search(rest) and not days:
        found = Terms(0)
    elif len(days) == 1 and (only := days.pop()) <= _MOST_DAYS:
        found = Terms(only, _counts_from(rest))
    elif not days and _counts_from(rest) == "end_of_month":
        found = Terms(0, "end_of_month")
    else:
        return UnknownTerms(text)
    if discount is None:
        return found
    return Terms(found.days, found.counts_from, discount[1], int(discount[2]))


def due_on(
    terms: Terms,
    issued_on: date,
    received_on: date | None = None,
    accepted_on: date | None = None,
) -> Due:
    """When an invoice of `issued_on` is due. Never before the invoice's own date."""
    match terms.counts_from:
        case "invoice_date":
            return Due(issued_on + timedelta(days=terms.days))
        case "end_of_month":
            return Due(_month_end(issued_on) + timedelta(days=terms.days))
        case "receipt":
            start = received_on
        case "acceptance":
            start = accepted_on
    counted = max(start, issued_on) if start else issued_on
    return Due(counted + timedelta(days=terms.days), provisional=start is None)


def _counts_from(rest: str) -> CountsFrom:
    return next((start for pattern, start in _FROM if pattern.search(rest)), "invoice_date")


def _month_end(on: date) -> date:
    return months_after(on.replace(day=1), 1) - timedelta(days=1)
