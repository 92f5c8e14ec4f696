"""How much a drift finding presses: by the days until the books it concerns are closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.ledger.drift import DriftKind

NOW_DAYS = 3
SOON_DAYS = 10
# A period left open for longer than this is one that nobody means to close.
_FORGOTTEN = timedelta(days=45)
_OFF_THE_BOOKS = frozenset({DriftKind.DUE_DATE_CHANGED, DriftKind.APPLICATION_MISMATCH})


class Urgency(StrEnum):
    """How soon a person should look."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Period:
    """A posting period and whether it takes postings to receivables no more."""

    netsuite_id: str
    starts_on: date
    ends_on: date
    closed: bool


def urgency(ends_on: date | None, today: date) -> Urgency:
    """By days to the period's end; a period that is over already presses most."""
    if ends_on is None or ends_on > today + timedelta(days=SOON_DAYS):
        return Urgency.LATER
    return Urgency.SOON if ends_on > today + timedelta(days=NOW_DAYS) else Urgency.NOW


def ends_of(name: Urgency, today: date) -> tuple[date | None, date | None]:
    """The first excluded and last included end of period for this urgency; None is unbounded."""
    now, soon = today + timedelta(days=NOW_DAYS), today + timedelta(days=SOON_DAYS)
    return {
        Urgency.NOW: (None, now),
        Urgency.SOON: (now, soon),
        Urgency.LATER: (soon, None),
    }[name]


def period_of(periods: Iterable[Period], on: date, netsuite_id: str = "") -> Period | None:
    """The period a document is booked in: the one it names, else the one that holds its day."""
    known = list(periods)
    named = (p for p in known if netsuite_id and p.netsuite_id == netsuite_id)
    holding = (p for p in known if p.starts_on <= on <= p.ends_on)
    return next(named, None) or next(holding, None)


def books_close_on(
    periods: Iterable[Period], kind: DriftKind, booked_in: Period | None, today: date
) -> date | None:
    """The last day of the period whose close a finding threatens; None if no period is known.

    What alters a closed period threatens that one; everything else the next one to be closed.
    """
    if booked_in is not None and booked_in.closed and kind not in _OFF_THE_BOOKS:
        return booked_in.ends_on
    starts = booked_in.ends_on if booked_in is not None else today
    earliest = max(min(starts, today), today - _FORGOTTEN)
    ahead = (p.ends_on for p in periods if not p.closed and p.ends_on >= earliest)
    return min(ahead, default=None)
