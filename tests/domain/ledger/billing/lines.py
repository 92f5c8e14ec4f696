"""Short text for charges and what they are expected to make."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.ledger.billing.charges import Charge, Fixed, Recurring, Segment, Timing
from domain.ledger.billing.periods import Every, Span
from domain.ledger.billing.schedule import BillingLine, Instalment, schedule
from domain.ledger.money import Money

MONTH, QUARTER, HALF_YEAR, YEAR = Every(1), Every(3), Every(6), Every(12)


def usd(text: str) -> Money:
    return Money.parse(text, "USD")


def day(text: str) -> date:
    return date.fromisoformat(text)


def span(text: str) -> Span:
    """`2026-01-01..2026-12-31`."""
    first, _, last = text.partition("..")
    return Span(day(first), day(last))


def line(charge: Charge, version: int = 1, key: str = "deal:1:L1") -> BillingLine:
    return BillingLine(key, version, "C-1", "Platform", charge, "Net 30", "PO-7")


def fixed(
    amount: str, service: str, every: Every, timing: Timing = "advance", anchor: str = ""
) -> Fixed:
    return Fixed(usd(amount), span(service), every, timing, day(anchor) if anchor else None)


def recurring(
    prices: Iterable[str],
    every: Every,
    timing: Timing = "advance",
    anchor: str = "",
    per: Every | None = None,
) -> Recurring:
    """Segments as `2026-01-01..2026-12-31 100.00`."""
    segments = tuple(Segment(span(text.split()[0]), usd(text.split()[1]), per) for text in prices)
    return Recurring(segments, every, timing, day(anchor) if anchor else None)


def told(charge: Charge) -> list[str]:
    return [shown(i) for i in schedule(line(charge))]


def shown(instalment: Instalment) -> str:
    return f"{instalment.bill_on} {instalment.amount.plain()}"
