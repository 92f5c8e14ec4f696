"""What every report needs beside its question: who posts, names, where open time begins, rates."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.ledger.money import exponent
from domain.revenue.periods import Calendar, Period
from domain.revenue.settings import RevenueSettings
from flows.revenue.mode import mode_in_force
from flows.revenue.reports.asked import Asked, periods_of
from store import erp_masters, revenue_names
from store.engine import Session
from store.revenue_movements import FirstOpen, first_open
from store.revenue_names import Seller
from store.revenue_rates import windows
from store.revenue_reports import MOST_ROWS, Question
from store.revenue_scope import Told, Window

_BEGINNING, _END = date(1900, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class Books:
    """The seller's books as reports see them. `accounts` are names by the ERP's id."""

    settings: RevenueSettings
    mode: str
    sellers: Mapping[int, Seller]
    accounts: Mapping[str, str]
    open: Sequence[FirstOpen]
    today: date

    def calendar(self, asked: Asked) -> Calendar:
        """The calendar of the subsidiary asked for, else the usual one."""
        seller = self.sellers.get(asked.subsidiary)
        return self.settings.calendar_of(seller.netsuite_id) if seller else self.settings.calendar

    def periods(self, asked: Asked) -> list[Period]:
        return periods_of(self.calendar(asked), asked.first, asked.last)

    def open_from(self, asked: Asked) -> date | None:
        """The first day that takes postings; the earliest where several subsidiaries are asked."""
        days = [
            one.day
            for one in self.open
            if one.day is not None and asked.subsidiary in (0, one.subsidiary_id)
        ]
        return min(days, default=None)

    def group(self, asked: Asked) -> str:
        """The group's currency: the one asked for, else that of the first subsidiary."""
        first = next(iter(self.sellers.values()), None)
        return asked.group or (first.currency if first else "")


async def read_books(session: Session, settings: RevenueSettings, today: date) -> Books:
    """The books as they stand now."""
    mode = (await mode_in_force(session, settings)).value
    accounts = {
        row.netsuite_id: f"{row.number} {row.name}".strip()
        for row in await erp_masters.accounts(session)
    }
    sellers = {one.id: one for one in await revenue_names.sellers(session)}
    return Books(settings, mode, sellers, accounts, await first_open(session), today)


async def question(
    session: Session, around: Books, asked: Asked, spans: Sequence[tuple[date, date]] = ()
) -> tuple[Question, tuple[str, ...]]:
    """What is asked of the store, and what could not be told.

    In the group's currency amounts are told at the rate of the end of each span; those of other
    days at the rate of the first or last span.
    """
    told, warnings = Told(asked.money), tuple[str, ...]()
    if asked.money == "group":
        group = around.group(asked)
        bases = {one.currency for one in around.sellers.values()}
        found, missing = await windows(session, group, sorted(bases), spans or [_always(asked)])
        told = Told("group", group, _in_minor(found, group))
        warnings = tuple(
            f"No rate of {base} in {group} up to {last}: amounts up to then are left out."
            for base, (_, last) in missing[:5]
        )
    made = Question(asked.scope, told, around.open, asked.expected, MOST_ROWS)
    return made, warnings


def _always(asked: Asked) -> tuple[date, date]:
    return _BEGINNING, asked.as_of


def reaching(spans: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    """The spans with everything before in front of them, at the rate of the day before."""
    return [(_BEGINNING, date.fromordinal(spans[0][0].toordinal() - 1)), *spans]


def _in_minor(found: Sequence[Window], group: str) -> list[Window]:
    """Rates of whole units as rates of minor units."""
    made = list[Window]()
    for one in found:
        top, _, bottom = one.rate.partition("/")
        shift = exponent(group) - exponent(one.base)
        under = int(bottom or 1) * 10 ** max(0, -shift)
        rate = f"{top}{'' if shift <= 0 else 'e' + str(shift)}/{under}"
        made.append(Window(one.base, one.first, one.last, rate))
    return made


async def named(session: Session, around: Books, by: str, keys: Collection[str]) -> dict[str, str]:
    """What the keys of a report are called."""
    if by == "customer":
        ids = [int(key) for key in keys if key.isdecimal()]
        found = await revenue_names.customers(session, ids)
        return {key: found.get(int(key), f"Customer {key}") for key in keys if key.isdecimal()}
    if by in ("account", "deferred"):
        return {key: around.accounts.get(key, f"Account {key}" if key else "None") for key in keys}
    if by == "subsidiary":
        sellers = {str(one.id): one.name for one in around.sellers.values()}
        return {key: sellers.get(key, key) for key in keys}
    return {key: key or "None" for key in keys}
