"""The report of the first import: what came, what is missing, whether it ties, why not."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from datetime import date

import pytest
from sqlmodel import select

from domain.ledger.money import Money
from domain.ledger.reconciliation import Figure, Line, Place
from flows.closing import import_report
from flows.closing.import_report import ImportReport, gap_words
from flows.sync.first_import import first_import
from store.engine import Database
from store.outgoing import OutgoingEventRow
from store.receivables import InvoiceRow
from tests.erp.account import START, Connected, connected, small_company

LINE = Line(Figure.CONTROL, Place("1", "USD"), Money(100, "USD"), Money(100, "USD"))


@dataclass(slots=True)
class Imported:
    """An ERP and our mirror of it."""

    db: Database
    netsuite: Connected

    async def report(self, *left_out: str) -> ImportReport:
        return await import_report.finish(self.db, self.netsuite.erp, left_out, START)


@pytest.fixture
async def imported(db: Database) -> AsyncGenerator[Imported]:
    async with connected(small_company(25, 160)) as netsuite:
        await first_import(db, netsuite.erp, START)
        yield Imported(db, netsuite)


async def test_the_report_ties_to_the_ledger(imported: Imported) -> None:
    company = imported.netsuite.company
    report = await imported.report()
    assert report.ties
    assert report.counts["customers"] == len(company.debtors)
    assert report.counts["invoices"] == len(company.claims)
    assert report.history_since == date(2025, 12, 10)
    assert {line.place.currency for line in report.opens} >= {"USD", "EUR"}
    assert all(line.theirs == line.mirror for line in report.opens)
    assert len(report.controls) == 2
    assert all(abs(line.difference.minor) <= line.tolerance for line in report.controls)


async def test_open_balances_are_those_of_the_papers(imported: Imported) -> None:
    paid: dict[int, int] = {}
    for settlement in imported.netsuite.company.settlements:
        for claim_id, part in settlement.applied:
            paid[claim_id] = paid.get(claim_id, 0) + part
    expected: dict[str, int] = {}
    for claim in imported.netsuite.company.claims:
        left = claim.total - paid.get(claim.id, 0)
        expected[claim.currency] = expected.get(claim.currency, 0) + left
    report = await imported.report()
    found: dict[str, int] = {}
    for line in report.opens:
        assert line.mirror is not None
        found[line.place.currency] = found.get(line.place.currency, 0) + line.mirror.minor
    assert found == {currency: minor for currency, minor in expected.items() if minor}


async def test_it_is_kept_told_and_made_once(imported: Imported) -> None:
    async with imported.db.read() as session:
        assert await import_report.missing(session)
        assert await import_report.latest(session) is None
    report = await imported.report("INV-7: its amounts make no sense")
    async with imported.db.read() as session:
        assert not await import_report.missing(session)
        assert await import_report.latest(session) == report
        (event,) = (await session.exec(select(OutgoingEventRow))).all()
    assert report.left_out == ("INV-7: its amounts make no sense",)
    assert (event.kind, event.payload["ties"], event.payload["left_out"]) == (
        "import.finished",
        True,
        1,
    )


async def test_a_gap_is_shown_and_never_hidden(imported: Imported) -> None:
    async with imported.db.begin() as session:
        row = (await session.exec(select(InvoiceRow).where(InvoiceRow.status == "open"))).first()
        assert row is not None
        row.open_minor -= 1
        session.add(row)
        currency = row.currency
    report = await imported.report()
    assert not report.ties
    assert [str(line.difference) for line in report.opens if not line.matches] == [
        str(Money(1, currency))
    ]


async def test_a_role_that_may_not_read_the_ledger_ties_to_what_it_may(imported: Imported) -> None:
    imported.netsuite.account.role.restrict({"LIST_ACCOUNT": "NONE"})
    report = await imported.report()
    assert [line.theirs for line in report.controls] == [None] * len(report.controls)
    assert any(words.startswith("controls: ") for words in report.left_out)
    assert all(line.matches for line in report.opens)


@pytest.mark.parametrize(
    ("line", "left_out", "words"),
    [
        (LINE, 0, ""),
        (replace(LINE, theirs=None), 0, "may not read"),
        (replace(LINE, theirs=Money(101, "USD"), tolerance=1), 0, "Rounding"),
        (replace(LINE, theirs=Money(200, "USD")), 3, "3 documents were left out"),
        (replace(LINE, theirs=Money(200, "USD")), 0, "no customer's document"),
        (replace(LINE, theirs=Money(200, "USD"), figure=Figure.OPEN), 0, "did not show"),
    ],
)
def test_every_gap_has_its_words(line: Line, left_out: int, words: str) -> None:
    assert words in gap_words(line, left_out)
    assert bool(gap_words(line, left_out)) == bool(words)
