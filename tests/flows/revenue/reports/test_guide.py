"""The tables of the guide are what the reports say of its worked ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import flows
from domain.ledger.money import Money
from flows.revenue.reports.table import Cell, Table
from store.engine import Database
from tests.flows.revenue.reports.ledgers import WORKED, put
from tests.flows.revenue.reports.test_reports import made

GUIDE = Path(flows.__file__).parent.parent / "docs" / "howto" / "revenue.md"
MAY = {"as_of": "2026-04-30", "to": "2026-04-30"}
TOLD: tuple[tuple[str, dict[str, str], tuple[str, ...]], ...] = (
    ("recognized", {"by": "customer", "across": "period", "basis": "posted"}, ()),
    ("recognized", {"by": "account", "across": "customer", "basis": "posted"}, ()),
    ("roll-forward", {"by": "customer"}, ()),
    ("waterfall", {"by": "contract"}, ("late", "2026-05-01", "2026-06-01", "2026-07-01",
                                       "2026-08-01", "total", "deferred", "apart")),
    ("contracts", {"basis": "posted"}, ("price", "billed", "recognized", "to_perform",
                                        "contract_asset", "contract_liability")),
    ("journals", {}, ("debit", "credit")),
)  # fmt: skip


def markdown(table: Table, kept: Sequence[str]) -> list[str]:
    """A table as the guide writes it: the first column and the kept ones, amounts grouped."""
    places = [
        n for n, column in enumerate(table.columns) if not n or not kept or column.key in kept
    ]
    return [f"| {' | '.join(_text(row.cells[n]) for n in places)} |" for row in table.rows]


def _text(cell: Cell) -> str:
    if isinstance(cell.value, Money):
        return str(cell.value).split(" ")[0]
    return "" if cell.value is None else str(cell.value)


async def test_every_table_of_the_guide_is_what_the_reports_say(db: Database) -> None:
    await put(db, WORKED)
    guide = GUIDE.read_text("utf-8")
    async with db.read() as session:
        for key, words, kept in TOLD:
            report = await made(session, key, **{**MAY, **words})
            lines = markdown(report.tables[0], kept)
            missing = [line for line in lines if line not in guide]
            assert not missing, "\n".join((f"{key} {words}", *lines))
