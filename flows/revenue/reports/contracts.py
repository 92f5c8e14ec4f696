"""Contract balances, what remains to be performed, and billed against recognized, by contract.

Source of the balances: ASC 606-10-45-1 and 50-13 / IFRS 15.105 and 15.120.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.ledger.money import Money
from domain.revenue.periods import Calendar, following
from flows.revenue.reports.around import Books, question
from flows.revenue.reports.asked import BASIS, Asked
from flows.revenue.reports.opening import BEGINNING, END, opens
from flows.revenue.reports.table import Cell, Report, Row, Table, heads, summed
from store import revenue_contracts, revenue_reports
from store.engine import Session

PAGE = 100
EMPTY = "No contract has an obligation yet. Each invoice line read from NetSuite belongs to one."

NOTE = (
    "To perform = price - recognized = within 12 periods + later + unplanned. Each contract is"
    " net: asset or liability, never both."
)


@dataclass(frozen=True, slots=True)
class Balance:
    """A contract in one currency, in minor units; at most one of asset and liability is not zero.

    `recognized` is net of contra revenue, `billed` net of credits and write-offs.
    """

    contract: str
    customer: str
    currency: str
    price: int
    billed: int
    recognized: int
    within: int
    beyond: int
    deferred: int
    unplanned: int

    @property
    def to_perform(self) -> int:
        return self.price - self.recognized

    @property
    def asset(self) -> int:
        return max(0, -self.deferred)

    @property
    def liability(self) -> int:
        return max(0, self.deferred)


async def contract_balances(session: Session, around: Books, asked: Asked) -> Report:
    """Price, billed, recognized, left to perform within twelve periods and later, net balance."""
    rows, more, warnings = await balances(session, around, asked)
    calendar = around.calendar(asked)
    columns = heads("Contract", "Customer", numbers=(
        "Price", "Billed", "Recognized", "To perform", "Within 12 periods", "Later", "Unplanned",
        "Contract asset", "Contract liability"))  # fmt: skip
    made = [_row(asked, calendar, one, _figures(asked, calendar, one)) for one in rows]
    told = f"as of {calendar.of(asked.as_of).ends_on}; {BASIS[asked.basis]}"
    table = Table("Contracts", columns, (*made, *summed(made, "This page", columns)), next=more)
    notes = (NOTE,)
    name = "Contract balances and remaining performance obligations"
    return Report("contracts", name, around.mode, told, (table,), notes, EMPTY, warnings)


async def billed_unbilled(session: Session, around: Books, asked: Asked) -> Report:
    """What was billed against what was recognized; recognized before it is billed is unbilled."""
    rows, more, warnings = await balances(session, around, asked)
    calendar = around.calendar(asked)
    columns = heads(
        "Contract", "Customer", numbers=("Billed", "Recognized", "Unbilled", "Deferred")
    )
    made = []
    for one in rows:
        figures = _figures(asked, calendar, one)
        kept = {name: figures[name] for name in ("Billed", "Recognized")}
        kept |= {
            "Unbilled": (one.asset, None),
            "Deferred": (one.liability, figures["Liability"][1]),
        }
        made.append(_row(asked, calendar, one, kept))
    told = f"as of {calendar.of(asked.as_of).ends_on}; {BASIS[asked.basis]}"
    table = Table(
        "Billed and unbilled", columns, (*made, *summed(made, "This page", columns)), next=more
    )
    notes = ("Unbilled is revenue recognized beyond what was billed: the contract asset.",)
    name = "Billed and unbilled"
    return Report("billed", name, around.mode, told, (table,), notes, EMPTY, warnings)


async def balances(
    session: Session, around: Books, asked: Asked
) -> tuple[list[Balance], str, tuple[str, ...]]:
    """A page of contracts as of the end of a day's period, and where the next page begins."""
    calendar = around.calendar(asked)
    at = calendar.of(asked.as_of).ends_on
    last = calendar.of(at)
    for _ in range(12):
        last = following(calendar, last)
    page = await revenue_contracts.contracts(session, asked.scope, asked.start, PAGE + 1)
    asked_for, warnings = await question(session, around, asked, [(BEGINNING, at)])
    told = asked_for.told
    windows = [replace(one, last=END) for one in told.windows]
    scope = replace(asked.scope, contracts=tuple(one.contract for one in page[:PAGE]))
    asked_for = replace(asked_for, scope=scope, told=replace(told, windows=windows), most=2 * PAGE)
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for one in await revenue_reports.balances(session, asked_for, at, last.ends_on):
        sums.setdefault((one.row or "", one.currency), {})[one.column] = one.minor
    names = {one.contract: one.customer for one in page}
    found = [_balance(place, names, parts) for place, parts in sorted(sums.items())]
    more = str(asked.start + PAGE) if len(page) > PAGE else ""
    return found, more, warnings


def _balance(place: tuple[str, str], names: Mapping[str, str], parts: Mapping[str, int]) -> Balance:
    price = parts.get("price", 0)
    recognized = parts.get("recognized", 0) + parts.get("contra", 0)
    within, beyond = parts.get("within", 0), parts.get("beyond", 0)
    return Balance(
        contract=place[0],
        customer=names.get(place[0], ""),
        currency=place[1],
        price=price,
        billed=parts.get("billed", 0),
        recognized=recognized,
        within=within,
        beyond=beyond,
        deferred=parts.get("paper", 0) - parts.get("recognized", 0),
        unplanned=price - recognized - within - beyond,
    )


_Figure = tuple[int, Mapping[str, str] | None]


def _figures(asked: Asked, calendar: Calendar, one: Balance) -> dict[str, _Figure]:
    at = calendar.of(asked.as_of)
    ahead = [at]
    for _ in range(12):
        ahead.append(following(calendar, ahead[-1]))
    after, until = ahead[1].starts_on, ahead[-1].ends_on

    def lines(what: str, first: date, last: date) -> Mapping[str, str]:
        keys = [("contract", one.contract)]
        if asked.money == "transaction":
            keys.append(("currency", one.currency))
        return opens(asked, calendar, what, *keys, span=(first, last))

    deferred = lines("deferred", BEGINNING, at.ends_on)
    return {
        "Price": (one.price, lines("planned", BEGINNING, END)),
        "Billed": (one.billed, lines("papers", BEGINNING, at.ends_on)),
        "Recognized": (one.recognized, lines("revenue", BEGINNING, at.ends_on)),
        "To perform": (one.to_perform, None),
        "Within": (one.within, lines("revenue", after, until)),
        "Later": (one.beyond, lines("revenue", date.fromordinal(until.toordinal() + 1), END)),
        "Unplanned": (one.unplanned, lines("unplanned", BEGINNING, at.ends_on)),
        "Asset": (one.asset, deferred if one.asset else None),
        "Liability": (one.liability, deferred if one.liability else None),
    }


def _row(asked: Asked, calendar: Calendar, one: Balance, figures: Mapping[str, _Figure]) -> Row:
    lines = opens(asked, calendar, "lines", ("contract", one.contract))
    cells = [Cell(one.contract, lines), Cell(one.customer)]
    for minor, listed in figures.values():
        cells.append(Cell(Money(minor, one.currency), listed if minor else None))
    return Row(tuple(cells))
