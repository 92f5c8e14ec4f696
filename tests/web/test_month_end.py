"""The pages of the connection and of month-end: what they say, who may ask, the files."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta

import pytest

from domain.ledger.money import Money
from domain.ledger.reconciliation import Figure, Line, Place, Reason
from flows.closing.reconciliation import kept
from store.engine import Database, Session
from store.erp_mirror import PostingPeriodRow, advance
from store.import_report import ImportReportRow
from store.parties import SubsidiaryRow
from store.passes import ErpCheckRow, PassRow, keep_checks, latest_passes, note_pass
from store.reconciliation import ReconciliationRow, keep
from tests.flows.scene import Scene
from tests.web.serving import Site

HERE = Place("1", "USD")
PERIOD = "/sync/reconciliation?period=302"


def line(figure: Figure, mirror: int | None, theirs: int | None, *reasons: Reason) -> Line:
    """`line(Figure.OPEN, 100, 100)` in cents of the one subsidiary."""
    ours = None if mirror is None else Money(mirror, "USD")
    return Line(figure, HERE, ours, None if theirs is None else Money(theirs, "USD"), reasons)


async def known(session: Session) -> None:
    session.add(SubsidiaryRow(netsuite_id="1", name="Seller =Inc.", currency="USD"))
    for number, month in (("301", 1), ("302", 2), ("303", 3)):
        first = date(2026, month, 1)
        last = date(2026, month + 1, 1) - timedelta(days=1)
        session.add(
            PostingPeriodRow(
                netsuite_id=number,
                name=f"{first:%b} 2026",
                starts_on=first,
                ends_on=last,
                closed=month == 1,
            )
        )


async def read(session: Session, now: datetime, *lines: Line) -> None:
    await keep(
        session,
        ReconciliationRow(
            first_on=date(2026, 2, 1),
            last_on=date(2026, 2, 28),
            name="Feb 2026",
            read_at=now,
            figures=[kept(one) for one in lines],
        ),
    )


@pytest.fixture
async def books(site: Site) -> Site:
    async with site.db.begin() as session:
        await known(session)
    return site


async def test_before_anything_is_known_the_pages_say_what_will_appear(site: Site) -> None:
    async with site.signed_in("viewer") as browser:
        shown = (await browser.get("/sync/reconciliation")).text
        assert "No posting period is known yet" in shown
        shown = (await browser.get("/sync")).text
    assert "No account is configured" in shown
    assert "Nothing was read yet" in shown
    assert "The report appears here" in shown
    assert "Not checked yet" in shown


async def test_the_latest_open_period_that_ended_is_shown_first(books: Site) -> None:
    async with books.signed_in("viewer") as browser:
        shown = (await browser.get("/sync/reconciliation")).text
        assert "Jan 2026 (closed)" in shown
        assert (await browser.get("/sync/reconciliation?period=999")).status_code == 404
        assert (await browser.get("/sync/reconciliation/302.csv")).status_code == 404
    assert '<option value="302" selected>Feb 2026' in shown
    assert "Not ready to close" in shown
    assert "NetSuite was not asked for this period yet" in shown


async def test_figures_differences_and_the_verdict(books: Site) -> None:
    async with books.db.begin() as session:
        await read(
            session,
            books.now,
            line(Figure.INVOICED, 10_000, 10_000),
            line(Figure.RECEIVED, 5_000, 5_000, Reason(7, Money(-900, "USD"))),
            line(Figure.OPEN, 100, 150),
            line(Figure.UNAPPLIED, 0, None),
            line(Figure.DEPOSITED, None, 700),
        )
    async with books.signed_in("viewer") as browser:
        shown = (await browser.get(PERIOD)).text
    assert "✓ Match" in shown
    assert "Difference, explained" in shown
    assert '<a href="/sync/drift/7">Finding 7</a>' in shown
    assert "(9.00)" in shown
    assert "Unexplained: " in shown
    assert "1 unexplained difference" in shown
    assert "Only NetSuite knows what reached the bank" in shown
    assert "some here owe in several" in shown
    assert "Read NetSuite again" not in shown


async def test_a_period_with_nothing_in_the_way_is_ready(books: Site) -> None:
    async with books.db.begin() as session:
        await read(session, books.now, line(Figure.INVOICED, 10_000, 10_000))
    async with books.signed_in("controller") as browser:
        shown = (await browser.get(PERIOD)).text
    assert "Ready to close" in shown
    assert "Not ready" not in shown


async def test_asking_netsuite_is_a_job_and_not_for_everybody(books: Site) -> None:
    async with books.signed_in("viewer") as browser:
        answer = await browser.post("/sync/reconciliation/read", period="302")
        assert answer.status_code == 403
        assert (await browser.post("/sync/check")).status_code == 403
    scene = Scene(books.db)
    assert await scene.jobs("reconciliation.read") == []
    async with books.signed_in("controller") as browser:
        answer = await browser.post("/sync/reconciliation/read", period="302")
        assert answer.headers["location"] == f"{PERIOD}&notice=reading"
        assert "NetSuite is being asked" in (await browser.get(answer.headers["location"])).text
        answer = await browser.post("/sync/reconciliation/read", period="999")
        assert answer.status_code == 404
        assert (await browser.post("/sync/check")).status_code == 303
    jobs = await scene.jobs("reconciliation.read")
    assert jobs == [{"first": "2026-02-01", "last": "2026-02-28"}]
    assert await scene.jobs("connection.check") == [{}]


async def test_the_files_hold_the_figures(books: Site) -> None:
    async with books.db.begin() as session:
        await read(session, books.now, line(Figure.INVOICED, 10_000, 10_100))
    async with books.signed_in("viewer") as browser:
        sheet = await browser.get("/sync/reconciliation/302.csv")
        printed = await browser.get("/sync/reconciliation/302.pdf")
    name = 'attachment; filename="reconciliation-2026-02-01-2026-02-28.csv"'
    assert sheet.headers["content-disposition"] == name
    (_, row) = csv.reader(io.StringIO(sheet.content.decode("utf-8-sig")))
    assert row[4:] == [
        "Seller =Inc.",
        "USD",
        "Invoiced",
        "100.00",
        "101.00",
        "1.00",
        "0.00",
        "1.00",
        "",
        "difference",
    ]
    assert printed.headers["content-type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF-")


async def test_the_connection_page_tells_passes_role_and_report(books: Site) -> None:
    now = books.now
    async with books.db.begin() as session:
        for kind, minutes in (("import", 90), ("fast", 5)):
            at = now - timedelta(minutes=minutes)
            await note_pass(
                session,
                PassRow(kind=kind, began_at=at, ended_at=at, rows=1234, counts={"invoices": 1200}),
            )
        await keep_checks(
            session,
            [
                ErpCheckRow(name="netsuite sign-in", ok=True, detail="signed in", checked_at=now),
                ErpCheckRow(
                    name="netsuite periods",
                    ok=False,
                    detail="no permission",
                    fix="add Manage Accounting Periods",
                    checked_at=now,
                ),
            ],
        )
        session.add(report(now))
    async with books.signed_in("viewer") as browser:
        shown = (await browser.get("/sync")).text
    for words in (
        "1,234",
        "5 min ago",
        "add Manage Accounting Periods",
        "Does not tie",
        "INV-9: no customer",
        "Seller =Inc.",
        "1 document was left out",
        "/sync/import?state=needs_contact",
    ):
        assert words in shown, words
    assert "Check the connection now" not in shown


async def test_a_running_import_is_said(books: Site) -> None:
    async with books.db.begin() as session:
        await advance(session, "first", now=books.now)
    async with books.signed_in("viewer") as browser:
        assert "Running since" in (await browser.get("/sync")).text


def report(now: datetime) -> ImportReportRow:
    return ImportReportRow(
        finished_at=now,
        history_since=date(2025, 12, 10),
        counts={"customers": 5, "invoices": 1200},
        figures=[
            kept(line(Figure.OPEN, 100, 100)),
            kept(line(Figure.CONTROL, 100, 150)),
        ],
        unapplied=[{"currency": "USD", "minor": 500}],
        without_contact=2,
        left_out=["INV-9: no customer"],
    )


async def test_only_the_latest_pass_of_a_kind_is_shown_and_old_ones_go(
    db: Database, now: datetime
) -> None:
    async with db.begin() as session:
        for days in (40, 2, 0):
            at = now - timedelta(days=days)
            row = PassRow(kind="fast", began_at=at, ended_at=at, rows=days)
            await note_pass(session, row)
            await session.flush()
    async with db.read() as session:
        assert (await latest_passes(session))["fast"].rows == 0
