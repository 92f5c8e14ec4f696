"""Exchange rates of the seeded account: what a currency was worth on a day."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date

from sandbox.netsuite.records.numbering import rate_millionths
from sandbox.netsuite.store import ErpStore, Value
from sandbox.netsuite.wallclock import day_of, day_seconds

_MONTHS_BACK = 30
_MILLION = 1_000_000
_SWING = 25_000


@dataclass(slots=True)
class Rates:
    """Cross rates by month; with `moving` they differ from month to month by up to 5 %."""

    store: ErpStore
    today: date
    moving: bool
    _known: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def on(self, symbol: str, base: str, day: int) -> int:
        """The value of one unit in millionths of a unit of `base` on a day (wall seconds)."""
        if symbol == base:
            return _MILLION
        at = day_of(day)
        key = (symbol, base, at.year * 12 + at.month)
        if key not in self._known:
            present = rate_millionths(self.store, symbol, base)
            factor = _factor(symbol, base, at) if self._moves(at) else _MILLION
            self._known[key] = present * factor // _MILLION
        return self._known[key]

    def _moves(self, at: date) -> bool:
        return self.moving and (at.year, at.month) < (self.today.year, self.today.month)

    def write_history(self, wall: int) -> None:
        """The rate of each past month, from its first day on."""
        books = {int(row[0]) for row in self.store.rows("SELECT currency FROM subsidiary")}
        symbols = {
            int(r["id"]): str(r["symbol"]) for r in self.store.rows("SELECT * FROM currency")
        }
        rows: list[dict[str, Value]] = [
            {
                "basecurrency": own,
                "transactioncurrency": other,
                "exchangerate": self.on(symbols[other], symbols[own], first) / _MILLION,
                "effectivedate": first,
                "lastmodifieddate": wall,
            }
            for first in _month_starts(self.today)
            for own in sorted(books)
            for other in sorted(symbols.keys() - {own})
        ]
        self.store.insert_all("currencyrate", rows)


def _factor(symbol: str, base: str, at: date) -> int:
    rng = random.Random(f"rate:{symbol}:{base}:{at.year}-{at.month}")
    return _MILLION + rng.randint(-_SWING, _SWING)


def _month_starts(today: date) -> list[int]:
    last = today.year * 12 + today.month - 1
    months = range(last - _MONTHS_BACK, last + 1)
    starts = [day_seconds(date(month // 12, month % 12 + 1, 1)) for month in months]
    return [start for start in starts if start < day_seconds(today)]
