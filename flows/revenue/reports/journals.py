"""The journal listing: by period and account, debit and credit, with the act that carries it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from domain.ledger.money import Money
from flows.revenue.reports.around import Books
from flows.revenue.reports.asked import Asked
from flows.revenue.reports.opening import opens
from flows.revenue.reports.table import Cell, Report, Row, Table, heads
from store import revenue_listing
from store.engine import Session
from store.revenue_listing import Carried, Entry

EMPTY = (
    "No period was posted in this time. When a period closes, its journal is listed here by"
    " account, each amount with the lines behind it."
)
_SIDES = {"deferred": "revenue", "revenue": "recognized", "contra": "contra"}


async def journal_listing(session: Session, around: Books, asked: Asked) -> Report:
    """Every posting of a period as an entry: debits equal credits in both currencies."""
    span = (asked.first, asked.last)
    found = await revenue_listing.entries(session, asked.scope, span)
    effects = await revenue_listing.carried(session, span)
    kept = [one for one in found if asked.currency in ("", one.currency)]
    tables = [
        _entry(around, asked, list(lines), effects)
        for _, lines in groupby(kept, key=lambda one: (one.period_id, one.run, one.currency))
    ]
    notes = tuple[str, ...]()
    if len(found) == revenue_listing.MOST:
        notes = (f"Only the latest {len(found)} rows are shown; choose a shorter time.",)
    told = f"{asked.first} to {asked.last}"
    name = "Journal listing"
    return Report("journals", name, around.mode, told, tuple(tables), notes, EMPTY)


def _entry(
    around: Books,
    asked: Asked,
    lines: Sequence[Entry],
    effects: Mapping[tuple[int, int, str], Carried],
) -> Table:
    one = lines[0]
    seller = around.sellers.get(one.subsidiary_id)
    title = f"{one.period}, {seller.name if seller else one.subsidiary_id}, {one.currency}"
    if one.run > 1:
        title += f", posting {one.run}"
    numbers = ("Debit", "Credit", f"Debit {one.base_currency}", f"Credit {one.base_currency}")
    columns = heads("Account", "Rows", numbers=numbers)
    rows = [_row(around, asked, line) for line in lines if line.minor or line.base]
    sides = [sum(max(0, sign * line.minor) for line in lines) for sign in (1, -1)]
    bases = [sum(max(0, sign * line.base) for line in lines) for sign in (1, -1)]
    totals = [Cell("Total"), Cell(sum(line.rows for line in lines) // 2)]
    totals += [Cell(Money(minor, one.currency)) for minor in sides]
    totals += [Cell(Money(minor, one.base_currency)) for minor in bases]
    act = effects.get((one.period_id, one.run, one.currency))
    return Table(title, columns, (*rows, Row(tuple(totals), total=True)), note=_standing(one, act))


def _row(around: Books, asked: Asked, line: Entry) -> Row:
    side = "deferred" if line.side == "deferred" else "account"
    lines = opens(
        asked,
        around.calendar(asked),
        _SIDES[line.side],
        (side, line.account),
        ("subsidiary", str(line.subsidiary_id)),
        ("currency", line.currency),
        span=(line.starts_on, line.ends_on),
    )
    lines = {**lines, "basis": "posted"}
    cells = [Cell(around.accounts.get(line.account, line.account)), Cell(line.rows)]
    for minor, currency in ((line.minor, line.currency), (line.base, line.base_currency)):
        cells.append(Cell(Money(minor, currency), lines) if minor > 0 else Cell())
        cells.append(Cell(Money(-minor, currency), lines) if minor < 0 else Cell())
    return Row(tuple(cells))


def _standing(one: Entry, act: Carried | None) -> str:
    if one.mode == "opening":
        return "Posted before the books began here; no journal was made."
    if one.mode == "arm":
        return "NetSuite posts this itself; no journal is made here."
    if act is None:
        return "No journal is proposed."
    return f"Journal: {act.state.replace('_', ' ')} (act {act.effect_id})."
