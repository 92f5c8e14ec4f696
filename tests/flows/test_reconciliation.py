"""Month-end against a real ERP: equal when nothing moved, and every difference has its finding."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from domain.ledger.money import Money
from domain.ledger.reconciliation import Figure, Line, Place, Span
from flows.closing.month_end import chosen, month_end
from flows.closing.pdf import as_pdf
from flows.closing.readiness import Block, Verdict
from flows.closing.reconciliation import Reading, current_spans, last_reading, read, wanted
from flows.closing.sheet import HEADER, as_csv, result, verdict_words
from flows.sync.first_import import first_import
from flows.sync.passes import fast_pass
from store.engine import Database
from store.parties import subsidiary_names
from store.receivables import InvoiceRow, PaymentRow
from tests.erp.account import START, Connected, connected, small_company
from tests.flows.scene import Scene

FEBRUARY = Span(date(2026, 2, 1), date(2026, 2, 28))
MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))
ALWAYS = {Figure.INVOICED, Figure.RECEIVED, Figure.OPEN, Figure.UNAPPLIED, Figure.CONTROL}


@dataclass(slots=True)
class Books:
    """An ERP, our mirror of it, and the period that is looked at."""

    db: Database
    netsuite: Connected

    async def read(self, span: Span = MARCH) -> Reading:
        await fast_pass(self.db, self.netsuite.erp, self.netsuite.clock())
        return await read(self.db, self.netsuite.erp, span, self.netsuite.clock())

    async def verdict(self, span: Span = MARCH) -> Verdict:
        async with self.db.read() as session:
            return (await month_end(session, span, "a period")).verdict

    async def an_invoice(self) -> InvoiceRow:
        """An open invoice of March that nothing was applied to."""
        async with self.db.read() as session:
            found = await session.exec(
                select(InvoiceRow)
                .where(InvoiceRow.status == "open", InvoiceRow.currency == "USD")
                .where(InvoiceRow.open_minor == InvoiceRow.total_minor)
                .where(col(InvoiceRow.issued_on) >= MARCH.first)
            )
            row = found.first()
        assert row is not None
        return row

    async def a_payment(self) -> PaymentRow:
        """A payment of March that is applied whole."""
        async with self.db.read() as session:
            found = await session.exec(
                select(PaymentRow)
                .where(PaymentRow.currency == "USD", PaymentRow.unapplied_minor == 0)
                .where(col(PaymentRow.erp_on) >= MARCH.first)
            )
            row = found.first()
        assert row is not None
        return row


@pytest.fixture
async def books(db: Database) -> AsyncGenerator[Books]:
    async with connected(small_company(25, 160)) as netsuite:
        await first_import(db, netsuite.erp, START)
        netsuite.clock.forward(minutes=30)
        yield Books(db, netsuite)


def of(reading: Reading, figure: Figure) -> Line:
    """The line of the American subsidiary in dollars."""
    (line,) = [
        line for line in reading.lines if line.figure is figure and line.place == Place("1", "USD")
    ]
    return line


def differing(reading: Reading) -> dict[str, str]:
    """Figures of the American subsidiary that are not equal, with the difference."""
    return {
        line.figure.value: str(line.difference)
        for line in reading.lines
        if not line.matches and line.place == Place("1", "USD")
    }


async def test_an_untouched_ledger_is_equal_in_every_figure(books: Books) -> None:
    for span in (FEBRUARY, MARCH):
        reading = await books.read(span)
        compared = [line for line in reading.lines if line.figure is not Figure.DEPOSITED]
        assert len(compared) > 10
        assert {line.figure for line in reading.lines} >= ALWAYS
        assert [line for line in compared if not line.matches or line.theirs is None] == []
        assert all(line.place.currency for line in reading.lines)


async def test_the_figures_are_what_the_papers_say(books: Books) -> None:
    claims = [
        claim
        for claim in books.netsuite.company.claims
        if claim.issued_on in MARCH and claim.currency == "USD"
    ]
    reading = await books.read()
    assert of(reading, Figure.INVOICED).theirs == Money(sum(c.total for c in claims), "USD")


async def test_a_voided_invoice_explains_invoiced_and_open(books: Books) -> None:
    invoice = await books.an_invoice()
    books.netsuite.do("void", id=int(invoice.netsuite_id))
    reading = await books.read()
    total = str(Money(-invoice.total_minor, "USD"))
    assert differing(reading) == {"invoiced": total, "open": total}
    assert reading.unexplained == ()
    line = of(reading, Figure.INVOICED)
    assert result(line) == "explained"
    assert [reason.amount for reason in line.reasons] == [line.difference]
    found = await books.verdict()
    assert (Block.FINDINGS, 1) in [(b.block, b.count) for b in found.blockers]


async def test_a_deleted_payment_explains_received_and_what_it_had_paid(books: Books) -> None:
    payment = await books.a_payment()
    books.netsuite.do("delete", id=int(payment.netsuite_id or 0))
    reading = await books.read()
    amount = Money(payment.erp_amount_minor or 0, "USD")
    assert differing(reading) == {"received": str(-amount), "open": str(amount)}
    assert reading.unexplained == ()


async def test_an_edited_amount_is_explained_once(books: Books) -> None:
    invoice = await books.an_invoice()
    more = Money(invoice.total_minor + 5_000, "USD")
    books.netsuite.do("edit_amount", id=int(invoice.netsuite_id), amount=more.plain())
    reading = await books.read()
    assert differing(reading) == {"invoiced": "50.00 USD", "open": "50.00 USD"}
    assert reading.unexplained == ()


async def test_what_no_finding_explains_is_named(books: Books) -> None:
    invoice = await books.an_invoice()
    async with books.db.begin() as session:
        row = await session.get(InvoiceRow, invoice.id)
        assert row is not None
        row.total_minor += 100
        row.open_minor += 100
        session.add(row)
    reading = await read(books.db, books.netsuite.erp, MARCH, books.netsuite.clock())
    unexplained = {line.figure.value: str(line.unexplained) for line in reading.unexplained}
    assert {"invoiced": "-1.00 USD", "open": "-1.00 USD"}.items() <= unexplained.items()
    assert unexplained.keys() == {"invoiced", "open", "control"}
    blocks = {blocker.block for blocker in (await books.verdict()).blockers}
    assert Block.DIFFERENCE in blocks


async def test_an_ended_period_without_open_work_is_ready(books: Books) -> None:
    await books.read(FEBRUARY)
    found = await books.verdict(FEBRUARY)
    assert verdict_words(found) == "Ready to close."


async def test_a_period_that_runs_or_was_not_read_is_not_ready(books: Books) -> None:
    assert [b.block for b in (await books.verdict(FEBRUARY)).blockers] == [Block.NOT_READ]
    await books.read(MARCH)
    assert [b.block for b in (await books.verdict(MARCH)).blockers] == [Block.READ_TOO_EARLY]


async def test_a_period_before_the_imported_history_is_not_vouched_for(books: Books) -> None:
    october = Span(date(2025, 10, 1), date(2025, 10, 31))
    await books.read(october)
    blocks = [b.block for b in (await books.verdict(october)).blockers]
    assert blocks[0] is Block.BEFORE_HISTORY


async def test_unfinished_work_blocks(books: Books) -> None:
    await books.read(FEBRUARY)
    scene = Scene(books.db)
    await scene.receipt("100.00 USD", "who knows", received_on=date(2026, 2, 27))
    await scene.receipt("7.00 USD", "later", received_on=date(2026, 3, 2))
    await scene.receipt("50.00 USD", "INV", received_on=date(2026, 2, 3), state="proposed")
    words = verdict_words(await books.verdict(FEBRUARY))
    expected = "1 receipt that is not matched; 1 posting that waits"
    assert words == f"Not ready to close: {expected}."


async def test_a_reading_is_kept_and_replaced(books: Books) -> None:
    first = await books.read()
    async with books.db.read() as session:
        assert await last_reading(session, MARCH) == first
        assert await last_reading(session, FEBRUARY) is None
    invoice = await books.an_invoice()
    books.netsuite.do("void", id=int(invoice.netsuite_id))
    books.netsuite.clock.forward(hours=1)
    again = await books.read()
    async with books.db.read() as session:
        assert await last_reading(session, MARCH) == again
    assert again.read_at - first.read_at >= timedelta(hours=1)


async def test_a_role_that_may_not_read_sums_leaves_them_uncompared(books: Books) -> None:
    books.netsuite.account.role.restrict({"LIST_ACCOUNT": "NONE"})
    reading = await read(books.db, books.netsuite.erp, MARCH, books.netsuite.clock())
    assert reading.unexplained == ()
    assert {line.theirs for line in reading.lines if line.figure is Figure.CONTROL} == {None}
    assert of(reading, Figure.OPEN).matches


async def test_the_sheet_holds_every_line(books: Books) -> None:
    reading = await books.read()
    async with books.db.read() as session:
        names = await subsidiary_names(session)
    rows = list(csv.reader(io.StringIO(as_csv(reading, names))))
    assert tuple(rows[0]) == HEADER
    assert len(rows) == len(reading.lines) + 1
    line = of(reading, Figure.OPEN)
    (row,) = [r for r in rows if r[4] == names["1"] and r[5] == "USD" and r[6].startswith("Open")]
    assert line.ours is not None
    assert line.theirs is not None
    assert (row[7], row[8], row[13]) == (line.ours.plain(), line.theirs.plain(), "match")


async def test_a_name_cannot_become_a_formula(books: Books) -> None:
    reading = await books.read()
    rows = list(csv.reader(io.StringIO(as_csv(reading, {"1": '=HYPERLINK("x")', "2": "Žižka"}))))
    assert {row[4][0] for row in rows[1:]} == {"'", "Ž"}


async def test_the_printed_page_is_a_pdf(books: Books) -> None:
    reading = await books.read()
    found = await books.verdict()
    names = {"1": "Northwind Ltd", "2": "Žižka 株式会社"}
    made = as_pdf(reading, found, names, "Northwind", books.netsuite.clock())
    assert made.startswith(b"%PDF-")
    assert len(made) > 1500


async def test_the_period_to_look_at(books: Books) -> None:
    today = START.date()
    async with books.db.read() as session:
        spans = await current_spans(session, today)
        row = await chosen(session, "", today)
        assert row is not None
        named = await chosen(session, row.netsuite_id, today)
        unknown = await chosen(session, "nothing", today)
    assert spans[:2] == [MARCH, FEBRUARY]
    assert (row.starts_on, row.ends_on) == (FEBRUARY.first, FEBRUARY.last)
    assert named == row
    assert unknown is None


async def test_asking_twice_enqueues_once(scene: Scene) -> None:
    async with scene.db.begin() as session:
        assert await wanted(session, MARCH)
        assert not await wanted(session, MARCH)
    assert await scene.jobs("reconciliation.read") == [
        {"first": "2026-03-01", "last": "2026-03-31"}
    ]
