"""Every report of the worked ledger: the figures of the guide, tied to each other."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from sqlalchemy import text

from domain.ledger.money import Money
from domain.revenue.balances import contract_balances as pure_balances
from domain.revenue.periods import Monthly
from domain.revenue.reports import roll_forward as pure_roll_forward
from domain.revenue.settings import Mode, RevenueSettings
from flows.revenue.reports.around import Books, read_books
from flows.revenue.reports.asked import Asked, read_asked
from flows.revenue.reports.catalogue import LINES, REPORTS
from flows.revenue.reports.table import Report, Row
from store.engine import Database, Session
from store.erp_masters import CurrencyRateRow
from tests.domain.revenue.books import months
from tests.flows.revenue.reports.ledgers import NOW, WORKED, WORKED_THROUGH_JUNE, put

SETTINGS = RevenueSettings(mode=Mode.JOURNAL)
YEAR = {"from": "2026-01-01", "to": "2026-12-31", "as_of": "2026-06-30"}


def ask(**words: str) -> Asked:
    return read_asked({**YEAR, **words}, SETTINGS, NOW.date())


async def around(session: Session) -> Books:
    return await read_books(session, SETTINGS, NOW.date())


async def made(session: Session, key: str, **words: str) -> Report:
    report = LINES if key == "lines" else REPORTS[key]
    return await report.build(session, await around(session), ask(**words))


def told(row: Row) -> list[str]:
    """The cells of a row as text, amounts plain."""
    values = [cell.value for cell in row.cells]
    return [v.plain() if isinstance(v, Money) else "" if v is None else str(v) for v in values]


def grid(report: Report) -> dict[str, list[str]]:
    return {told(row)[0]: told(row)[1:] for row in report.tables[0].rows}


async def test_the_roll_forward_is_that_of_the_engine(db: Database) -> None:
    ledger = await put(db, WORKED_THROUGH_JUNE)
    async with db.read() as session:
        report = await made(session, "roll-forward", to="2026-06-30")
    engine = {
        row.period.name: [
            one.plain()
            for one in (
                row.opening, row.billings, row.recognized, row.adjustments, row.closing, row.contra,
            )
        ]
        for row in pure_roll_forward(ledger, "USD")
    }  # fmt: skip
    assert grid(report) == engine
    assert engine["2026-06"] == ["760.00", "0.00", "180.00", "0.00", "580.00", "0.00"]
    assert report.mode == "journal"


async def test_every_figure_is_the_sum_of_the_lines_it_opens(db: Database) -> None:
    await put(db, WORKED)
    checked = 0
    async with db.read() as session:
        for key, words in (
            ("roll-forward", {"by": "customer"}),
            ("roll-forward", {"by": "period", "to": "2026-08-31"}),
            ("recognized", {"by": "customer", "across": "period"}),
            ("recognized", {"by": "account", "across": "customer", "show": "contra"}),
            ("recognized", {"by": "type", "across": "period", "basis": "service"}),
            ("waterfall", {"by": "contract", "as_of": "2026-04-30"}),
            ("journals", {}),
        ):
            report = await made(session, key, **words)
            for table in report.tables:
                for cell in (cell for row in table.rows for cell in row.cells):
                    if isinstance(cell.value, Money) and cell.opens is not None:
                        lines = await made(session, "lines", **cell.opens)
                        sums = [row for row in lines.tables[0].rows if row.total]
                        found = sums[0].cells[-1].value if sums else Money.zero("USD")
                        assert isinstance(found, Money)
                        asked = (key, words, urlencode(dict(cell.opens)))
                        assert abs(found.minor) == abs(cell.value.minor), asked
                        checked += 1
    assert checked > 80


async def test_recognized_revenue_by_any_two_adds_up_to_the_same(db: Database) -> None:
    await put(db, WORKED_THROUGH_JUNE)
    sums = set()
    async with db.read() as session:
        for by in ("customer", "account", "type", "period", "contract", "invoice"):
            for across in ("period", "customer", "type"):
                report = await made(session, "recognized", by=by, across=across, basis="posted")
                sums.add(told(report.tables[0].rows[-1])[-1])
        gross = await made(session, "recognized", show="gross", basis="posted", across="type")
        contra = await made(session, "recognized", show="contra", basis="posted", across="type")
    assert sums == {"1280.00"}
    assert grid(gross)["Total USD"][-1] == "1340.00"
    assert grid(contra)["Elm"][-1] == "-60.00"


async def test_the_waterfall_ties_to_the_balance_at_any_day(db: Database) -> None:
    ledger = await put(db, WORKED_THROUGH_JUNE)
    closings = {row.period.ends_on: row.closing for row in pure_roll_forward(ledger, "USD")}
    async with db.read() as session:
        for on, closing in closings.items():
            report = await made(session, "waterfall", as_of=on.isoformat())
            names = [column.key for column in report.tables[0].columns]
            total = dict(zip(names, told(report.tables[0].rows[-1]), strict=True))
            assert (total["deferred"], total["total"]) == (closing.plain(), closing.plain()), on
            assert (total["apart"], total["unbooked"]) == ("0.00", "0.00"), on
        last = await made(session, "waterfall", by="contract", as_of="2026-06-30")
    assert grid(last)["contract of INV-1"][1:3] == ["80.00", "80.00"]
    assert grid(last)["contract of INV-2"][1:3] == ["100.00", "0.00"]


async def test_a_late_invoice_is_billed_and_not_in_the_books_at_the_earlier_day(
    db: Database,
) -> None:
    await put(db, "bill INV 2026-02-10 100.00 even_periods 2026-02-01 2026-03-31")
    async with db.read() as session:
        report = await made(session, "waterfall", as_of="2026-02-28")
    names = [column.key for column in report.tables[0].columns]
    total = dict(zip(names, told(report.tables[0].rows[-1]), strict=True))
    assert (total["total"], total["deferred"], total["unbooked"]) == ("100.00", "0.00", "100.00")


async def test_contract_balances_are_those_of_the_engine(db: Database) -> None:
    ledger = await put(db, WORKED_THROUGH_JUNE)
    async with db.read() as session:
        report = await made(session, "contracts", basis="posted")
        billed = await made(session, "billed", basis="posted")
    engine = {
        one.contract_id: [
            amount.plain()
            for amount in (one.price, one.billed, one.recognized, one.to_perform, one.asset,
                           one.liability)
        ]
        for one in pure_balances(ledger)
    }  # fmt: skip
    found = {
        name: [*cells[1:5], *cells[8:]]
        for name, cells in grid(report).items()
        if name.startswith("contract")
    }
    assert found == engine
    assert grid(report)["contract of INV-1"][5:8] == ["480.00", "0.00", "0.00"]
    assert grid(billed)["contract of INV-2"] == ["Oak", "600.00", "500.00", "0.00", "100.00"]


async def test_what_is_left_beyond_twelve_periods_stands_apart(db: Database) -> None:
    await put(
        db,
        "bill INV 2026-06-01 2400.00 even_periods 2026-06-01 2028-05-31\nclose 2026-06-30",
    )
    async with db.read() as session:
        report = await made(session, "contracts")
    assert grid(report)["contract of INV"][4:8] == ["2300.00", "1200.00", "1100.00", "0.00"]


async def test_journals_balance_and_name_their_standing(db: Database) -> None:
    await put(db, WORKED)
    async with db.read() as session:
        report = await made(session, "journals")
    april = report.tables[0]
    assert april.title.startswith("2026-04, Main")
    rows = {told(row)[0]: told(row)[2:] for row in april.rows}
    assert rows["2400 Deferred revenue"][:2] == ["120.00", ""]
    assert rows["4000 Subscriptions"][:2] == ["", "180.00"]
    assert rows["4090 Credits"][:2] == ["60.00", ""]
    for table in report.tables:
        debit, credit, base_debit, base_credit = told(table.rows[-1])[2:]
        assert debit == credit
        assert base_debit == base_credit
    assert april.note == "No journal is proposed."


async def test_a_foreign_line_is_told_in_three_currencies(db: Database) -> None:
    words = "bill INV 2026-01-01 300.00 even_periods 2026-01-01 2026-03-31 rate 1.1\n"
    await put(db, words + "close 2026-01-31")
    async with db.read() as session:
        own = await made(session, "recognized", basis="posted")
        base = await made(session, "recognized", basis="posted", money="subsidiary")
        group = await made(session, "recognized", basis="posted", money="group", group="GBP")
    assert own.tables[0].rows[0].cells[-1].value == Money(10_000, "EUR")
    assert base.tables[0].rows[0].cells[-1].value == Money(11_000, "USD")
    assert group.tables[0].rows == ()
    assert group.warnings[0].startswith("No rate of USD in GBP up to 2026-01-31")


async def test_the_groups_currency_closes_with_what_rates_changed(db: Database) -> None:
    await put(db, "bill INV 2026-01-01 300.00 even_periods 2026-01-01 2026-03-31\n" + months(1, 2))
    async with db.begin() as session:
        for day, rate in ((date(2026, 1, 20), "0.80"), (date(2026, 2, 20), "0.90")):
            session.add(CurrencyRateRow(base="EUR", currency="USD", on_day=day, rate=rate))
    words = {"to": "2026-02-28", "money": "group", "group": "EUR", "basis": "posted"}
    async with db.read() as session:
        rolled = await made(session, "roll-forward", by="customer", **words)
        fall = await made(session, "waterfall", **{**words, "as_of": "2026-02-28"})
    # 300 at 0.80 less 100 at 0.80 and 100 at 0.90 leave 70.00; the 100 left are worth 90.00.
    assert told(rolled.tables[0].rows[-1])[1:] == [
        "0.00", "240.00", "170.00", "0.00", "20.00", "90.00", "0.00",
    ]  # fmt: skip
    assert "90.00" in told(fall.tables[0].rows[-1])


async def test_held_lines_and_late_postings_are_exceptions(db: Database) -> None:
    await put(db, WORKED)
    async with db.read() as session:
        report = await made(session, "exceptions")
    held, undecided, late, journals = report.tables
    assert (held.rows, undecided.rows, journals.rows) == ((), (), ())
    assert [told(row) for row in late.rows] == [["2026-03", "Main", "100.00"]]


async def test_a_line_without_dates_is_unplanned_in_every_report(db: Database) -> None:
    await put(db, "bill INV 2026-01-10 90.00 manual 2026-01-01 2026-01-31\nclose 2026-01-31")
    async with db.read() as session:
        fall = await made(session, "waterfall", as_of="2026-01-31")
        contract = await made(session, "contracts", as_of="2026-01-31")
        held = await made(session, "exceptions")
    names = [column.key for column in fall.tables[0].columns]
    total = dict(zip(names, told(fall.tables[0].rows[-1]), strict=True))
    assert (total["unplanned"], total["deferred"], total["apart"]) == ("90.00", "90.00", "0.00")
    assert grid(contract)["contract of INV"][7] == "90.00"
    assert told(held.tables[0].rows[0])[3] == "it has no service dates"


def test_a_question_that_cannot_be_read_is_told_and_the_usual_is_asked() -> None:
    asked = read_asked(
        {"from": "2027-01-01", "to": "soon", "by": "'; DROP", "customer": "-1", "money": "x"},
        SETTINGS,
        date(2026, 3, 10),
    )
    assert set(asked.problems) == {"from", "to", "by", "customer"}
    assert (asked.first, asked.last) == (date(2025, 4, 1), date(2026, 3, 31))
    assert (asked.by, asked.customer, asked.money) == ("", 0, "transaction")
    again = read_asked(asked.query(), SETTINGS, date(2026, 3, 10))
    assert again.query() == asked.query()
    assert Monthly().of(asked.first).name == "2025-04"


async def test_more_columns_than_fit_are_told_together_and_nothing_is_lost(db: Database) -> None:
    await put(db, WORKED)
    many = text(
        "INSERT INTO revenue_total (subsidiary_id, measure, period_starts_on, customer_id,"
        " revenue_type, revenue_account, deferred_account, contra_account, currency, base_currency,"
        " role, kind, amount_minor, base_minor, left_minor, left_base_minor)"
        " SELECT s.id, 'posted', '2026-02-01', 100 + n, 'seats', '400', '240', '409', 'USD', 'USD',"
        " 'revenue', 'scheduled', 100 + n, 100 + n, 0, 0"
        " FROM generate_series(1, 21000) n CROSS JOIN (SELECT id FROM subsidiary LIMIT 1) s"
    )
    async with db.begin() as session:
        await (await session.connection()).execute(many)
    async with db.read() as session:
        report = await made(session, "recognized", by="type", across="customer", basis="posted")
    table = report.tables[0]
    whole = 21_000 * 100 + 21_000 * 21_001 // 2
    assert grid(report)["seats"][-1] == Money(whole, "USD").plain()
    assert "Customer 21100" in [column.title for column in table.columns]
    assert table.columns[-2].title.endswith(" others")
    assert len(table.columns) == 1 + 24 + 2
