"""Rates of the mirror as windows of days, to tell revenue in the group's currency."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from store.engine import Session
from store.erp_masters import CurrencyRateRow
from store.revenue_scope import Window

_MOST = 50_000
Span = tuple[date, date]


async def windows(
    session: Session, group: str, bases: Sequence[str], spans: Sequence[Span]
) -> tuple[list[Window], list[tuple[str, Span]]]:
    """What each base is worth in `group` at the end of each span; and where no rate is known.

    The rate is that of the span's last day or the latest before it, turned round where only the
    other direction is known.
    """
    found, missing = list[Window](), list[tuple[str, Span]]()
    for base in sorted(set(bases)):
        if base == group:
            found += [Window(base, first, last, "1") for first, last in spans]
            continue
        straight = await _rates(session, group, base)
        turned = [] if straight else await _rates(session, base, group)
        for span in spans:
            day, rate = _latest(straight or turned, span[1])
            if not day:
                missing.append((base, span))
                continue
            found.append(Window(base, *span, rate if straight else _turned(rate)))
    return found, missing


async def _rates(session: Session, base: str, currency: str) -> list[tuple[date, str]]:
    rows = await session.exec(
        select(col(CurrencyRateRow.on_day), col(CurrencyRateRow.rate))
        .where(CurrencyRateRow.base == base, CurrencyRateRow.currency == currency)
        .order_by(col(CurrencyRateRow.on_day))
        .limit(_MOST)
    )
    return [(day, rate) for day, rate in rows.all()]


def _latest(rates: Sequence[tuple[date, str]], on: date) -> tuple[date | None, str]:
    place = bisect_right(rates, on, key=lambda row: row[0])
    return rates[place - 1] if place else (None, "")


def _turned(rate: str) -> str:
    """One over a decimal number, as a fraction of whole numbers."""
    whole, _, part = rate.partition(".")
    return f"{10 ** len(part)}/{int(whole + part)}"
