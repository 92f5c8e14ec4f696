"""Short answers from the books: what was recognized in a period, and how near its lock is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.ledger.money import Money
from domain.revenue.settings import Mode
from flows.desk import Desk
from flows.revenue.checklist import Checklist, Point
from flows.revenue.close import standing
from flows.revenue.mode import mode_in_force
from store import erp_masters, revenue_periods, revenue_sums
from store.engine import Session


@dataclass(frozen=True, slots=True)
class Recognized:
    """Revenue of a span by account, type and currency, net of contra; `contra` is at most zero.

    `late` is the part that was served before and posted now.
    """

    account: str
    account_name: str
    revenue_type: str
    net: Money
    contra: Money
    late: Money


@dataclass(frozen=True, slots=True)
class RecognizedIn:
    """What was recognized between two days, and whether all periods of them are locked."""

    first: date
    last: date
    mode: Mode
    locked: bool
    rows: tuple[Recognized, ...]
    totals: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """The next period of a subsidiary to be locked, and what it waits for."""

    checklist: Checklist

    @property
    def ready(self) -> bool:
        return self.checklist.ready

    @property
    def waiting(self) -> Sequence[Point]:
        return self.checklist.waiting

    @property
    def words(self) -> str:
        """One line: the period, and each point that is open with its owner."""
        name = f"{self.checklist.subsidiary.name} {self.checklist.period.name}"
        if self.ready:
            return f"{name} is ready to lock"
        told = "; ".join(f"{p.told} ({p.owner})" for p in self.waiting)
        return f"{name} waits: {told}"


async def recognized_in(
    session: Session, desk: Desk, first: date, last: date, *, subsidiary_id: int | None = None
) -> RecognizedIn:
    """What the posted rows of the periods that begin between two days say."""
    names = {row.netsuite_id: row.name for row in await erp_masters.accounts(session)}
    found = await revenue_sums.posted_between(session, first, last, subsidiary_id)
    rows = tuple(
        Recognized(
            one.account,
            names.get(one.account, one.account),
            one.revenue_type,
            Money(one.net, one.currency),
            Money(one.contra, one.currency),
            Money(one.late, one.currency),
        )
        for one in found
    )
    sums: dict[str, int] = {}
    for one in found:
        sums[one.currency] = sums.get(one.currency, 0) + one.net
    totals = tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))
    locked = await revenue_sums.all_locked(session, first, last, subsidiary_id)
    mode = await mode_in_force(session, desk.revenue)
    return RecognizedIn(first, last, mode, locked, rows, totals)


async def close_readiness(session: Session, desk: Desk, now: datetime) -> Sequence[Readiness]:
    """The next period of each subsidiary, as its list stands now."""
    return [
        Readiness(await standing(session, subsidiary, desk, now))
        for subsidiary in await revenue_periods.subsidiaries(session)
    ]
