"""Explaining a point of a period's list: what stands open there may stand, says a named person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from effects.actor import Person, Role
from flows.desk import Desk
from flows.revenue.checklist import Check, Checklist, Point
from flows.revenue.close import Refused, review, standing
from flows.revenue.reports.around import read_books
from flows.revenue.reports.tie_out import ties
from store import revenue_close
from store.engine import Session
from store.parties import SubsidiaryRow
from store.revenue import RevenueReviewRow
from store.revenue_turns import BUSY, turn_soon

# Changes are decided, journals posted, and what was not read is read: no word replaces those.
_EXPLAINED = (Check.DRIFT, Check.RECEIPTS, Check.EXCEPTIONS, Check.TIE_OUT, Check.JOURNALS)


@dataclass(frozen=True, slots=True)
class NotOpen:
    """Nothing of this name stands open in the list of the period."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said. `again` where they had said the same before, and it was kept once."""

    row: RevenueReviewRow
    again: bool = False


def subjects(point: Point) -> tuple[str, ...]:
    """What of a point a person may explain."""
    if point.check not in _EXPLAINED:
        return ()
    return tuple(key for key in point.open if not key.startswith("journal:"))


async def explain(
    session: Session,
    subsidiary: SubsidiaryRow,
    on: date,
    subject: str,
    reason: str,
    desk: Desk,
    by: Person,
    now: datetime,
) -> Said | NotOpen | Refused:
    """Keep why a point may stand, with the count or the difference it is about."""
    if by.role is not Role.CONTROLLER:
        return Refused("a point is explained by a controller")
    if not await turn_soon(session):
        return Refused(BUSY)
    found = await standing(session, subsidiary, desk, now, on)
    point = next((one for one in found.points if subject in subjects(one)), None)
    if point is None:
        return await _said_before(session, found, subject, reason, by)
    minor, currency = await _amount(session, desk, found, point, subject, now)
    said = await review(
        session, subsidiary, on, subject, reason, desk, by, now,
        amount_minor=minor, currency=currency,
    )  # fmt: skip
    return said if isinstance(said, Refused) else Said(said)


async def _said_before(
    session: Session, found: Checklist, subject: str, reason: str, by: Person
) -> Said | NotOpen:
    known = await revenue_close.reviews(session, found.row.id) if found.row else ()
    for row in reversed(known):
        if (row.subject, row.reason, row.reviewed_by) == (subject, reason, by.name):
            return Said(row, again=True)
    return NotOpen()


async def _amount(
    session: Session, desk: Desk, found: Checklist, point: Point, subject: str, now: datetime
) -> tuple[int | None, str]:
    """What a word is about: the count of a point, or what is left of a difference."""
    if subject == point.check.value:
        return int(point.told.split(" ", 1)[0]), ""
    if not subject.startswith("tie_out:"):
        return None, ""
    around = await read_books(session, desk.revenue, now.date())
    for tie in await ties(session, around, found.subsidiary.id, found.period):
        if tie.subject == subject:
            return tie.left, tie.seller.currency
    return None, ""
