"""The books in the store are the replay of their events, however they came about."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, select

from domain.ledger.money import Money
from domain.revenue.events import Billed, Credited, Fact, Modified, Voided, WrittenOff
from domain.revenue.ledger import RevenueLedger
from domain.revenue.modification import Treatment
from domain.revenue.periods import Calendar
from domain.revenue.plan import Method, Terms
from domain.revenue.posting import replay
from domain.revenue.settings import Mode
from flows.revenue.posting import NotPosted, PeriodPosted, first_open, post_period, reopen_period
from flows.revenue.project import project
from flows.revenue.recording import Source, event_of, write
from flows.revenue.revisions import NewEvent
from store import revenue_periods
from store.engine import Session
from store.parties import SubsidiaryRow
from store.revenue import (
    RevenueCellRow,
    RevenueDocumentRow,
    RevenueEventRow,
    RevenueObligationRow,
    RevenuePaperRow,
    RevenuePeriodRow,
    RevenuePostingRow,
    RevenueTotalRow,
)
from store.revenue_checks import sums_apart
from tests.domain.revenue.books import line
from tests.flows.revenue.books import Books, settings

LATER = datetime(2032, 1, 1, tzinfo=UTC)
METHODS = (Method.EVEN_PERIODS, Method.PRORATE_FIRST_LAST, Method.EXACT_DAYS, Method.POINT_IN_TIME)
START = date(2026, 1, 1)


def day(rng: random.Random, most: int = 300) -> date:
    return START + timedelta(rng.randrange(most))


def bill(rng: random.Random, name: str, revision: int = 1) -> Billed:
    starts_on = day(rng)
    terms = Terms(rng.choice(METHODS), starts_on, starts_on + timedelta(rng.randrange(400)))
    made = line(name, Money(rng.randrange(100_000, 900_000), "USD"), terms)
    return Billed(name, revision, day(rng), made)


def change(rng: random.Random, of: str, number: int) -> Fact:
    on, amount = day(rng), Money(rng.randrange(1, 10_000), "USD")
    match rng.randrange(6):
        case 0:
            starts_on = day(rng)
            service = (starts_on, starts_on + timedelta(rng.randrange(200)))
            return Credited(f"{of}-{number}", 1, of, on, amount, service, rng.random() < 0.5)
        case 1 | 2:
            return Credited(f"{of}-{number}", 1, of, on, amount, None, rng.random() < 0.5)
        case 3:
            return WrittenOff(f"{of}-{number}", 1, of, on, amount)
        case 4:
            treatment = rng.choice([Treatment.PROSPECTIVE, Treatment.CATCH_UP])
            return Modified(f"{of}-{number}", 1, of, on, treatment, amount, "Noor", "agreed")
        case _:
            known = rng.choice([of, f"{of}-{number - 1}"])
            return Voided(f"void-{of}-{number}", 1, known, on)


async def put(session: Session, books: Books, key: str, fact: Fact) -> None:
    new = NewEvent(fact, f"{fact.record_id}/{fact.revision}", {"customer_name": "Elm"}, "test")
    await write(session, [(key, Source("invoice", key, 1), new)], LATER)
    await project(session, [key], books.settings, LATER)


async def live(session: Session, books: Books, seed: int) -> None:
    """A year of facts, in any order, between closings; now and then a month is reopened."""
    rng = random.Random(seed)
    own = await session.get(SubsidiaryRow, 1)
    assert own is not None
    numbers: dict[str, int] = {}
    for step in range(22):
        if not numbers or rng.random() < 0.25:
            name = f"L{len(numbers)}"
            numbers[name] = 0
            await put(session, books, name, bill(rng, name))
        elif rng.random() < 0.1:
            name = rng.choice(sorted(numbers))
            await put(session, books, name, bill(rng, name, 2 + step))
        else:
            name = rng.choice(sorted(numbers))
            numbers[name] += 1
            await put(session, books, name, change(rng, name, numbers[name]))
        if rng.random() < 0.45:
            await close(session, books, own, rng)


async def close(session: Session, books: Books, own: SubsidiaryRow, rng: random.Random) -> None:
    period = await first_open(session, own, books.settings)
    on = period.starts_on if period else date(2026, rng.randrange(1, 7), 1)
    done = await post_period(session, own, on, books.settings, Mode.JOURNAL, "Noor", LATER)
    assert isinstance(done, PeriodPosted)
    row = await session.get(RevenuePeriodRow, done.period_id)
    assert row is not None
    row.state = "closed"
    session.add(row)
    await session.flush()
    if rng.random() < 0.2:
        known = await revenue_periods.periods(session, 1)
        chosen = rng.choice(list(known))
        if chosen.state == "closed":
            await reopen_period(session, chosen, books.settings, "Noor", "late", LATER)


async def whole(session: Session, calendar: Calendar) -> RevenueLedger:
    rows = await session.exec(select(RevenueEventRow).order_by(col(RevenueEventRow.id)))
    return replay([event_of(row) for row in rows.all()], calendar)


@pytest.mark.parametrize(("seed", "calendar"), [(3, "monthly"), (14, "4-4-5")])
async def test_what_is_stored_is_the_replay_of_all_events(
    books: Books, seed: int, calendar: str
) -> None:
    books.settings = settings(f"calendar: {calendar}\n")
    async with books.db.begin() as session:
        await live(session, books, seed)
        ledger = await whole(session, books.settings.calendar)
        assert await stored_postings(session) == sorted(
            (r.record_id, r.service_period.name, r.posting_period.name, r.kind.value, r.role.value,
             r.amount.minor, r.base.minor, r.because)
            for r in ledger.postings
        )  # fmt: skip
        assert await stored_documents(session) == sorted(
            (r.record_id, r.posting_period.name, r.billing, r.amount.minor, r.base.minor,
             r.claim.minor, r.bad_debt.minor)
            for r in ledger.documents
        )  # fmt: skip
        await planned_and_posted(session, ledger)
        await sums(session, ledger)
        total = (await session.exec(select(RevenueTotalRow).limit(1))).one()
        total.amount_minor += 7
        session.add(total)
        await session.flush()
        (apart,) = await sums_apart(session)
        assert (apart.starts_on, apart.amount) == (total.period_starts_on, 7)


async def stored_postings(session: Session) -> list[tuple[object, ...]]:
    rows = await session.exec(
        select(RevenuePostingRow, RevenuePeriodRow.name).join(
            RevenuePeriodRow, col(RevenuePeriodRow.id) == RevenuePostingRow.period_id
        )
    )
    return sorted(
        (r.record_id, r.service_period, name, r.kind, r.role, r.amount_minor, r.base_minor,
         r.because)
        for r, name in rows.all()
    )  # fmt: skip


async def stored_documents(session: Session) -> list[tuple[object, ...]]:
    rows = await session.exec(
        select(RevenueDocumentRow, RevenuePeriodRow.name).join(
            RevenuePeriodRow, col(RevenuePeriodRow.id) == RevenueDocumentRow.period_id
        )
    )
    return sorted(
        (r.record_id, name, r.billing, r.amount_minor, r.base_minor, r.claim_minor,
         r.bad_debt_minor)
        for r, name in rows.all()
    )  # fmt: skip


async def planned_and_posted(session: Session, ledger: RevenueLedger) -> None:
    cells = (await session.exec(select(RevenueCellRow))).all()
    planned = sum(c.amount for layer in ledger.layers for c in layer.cells)
    assert sum(row.amount_minor for row in cells) == planned
    assert sum(row.posted_minor for row in cells) == sum(r.amount.minor for r in ledger.postings)
    papers = (await session.exec(select(RevenuePaperRow))).all()
    assert sorted((p.record_id, p.amount_minor, p.posted_minor) for p in papers) == sorted(
        (p.record_id, p.target[0], p.posted[0]) for p in ledger.papers
    )
    lines = (await session.exec(select(RevenueObligationRow))).all()
    assert sum(row.posted_minor for row in lines) == sum(r.amount.minor for r in ledger.postings)
    documents = sum(r.amount.minor for r in ledger.documents)
    revenue = sum(r.amount.minor for r in ledger.postings if r.role == "revenue")
    assert sum(row.deferred_minor for row in lines) == documents - revenue


async def sums(session: Session, ledger: RevenueLedger) -> None:
    rows = (await session.exec(select(RevenueTotalRow))).all()
    by_measure: dict[str, int] = {}
    for row in rows:
        by_measure[row.measure] = by_measure.get(row.measure, 0) + row.amount_minor
    posted = sum(r.amount.minor for r in ledger.postings)
    assert by_measure.get("planned", 0) == sum(
        c.amount for layer in ledger.layers for c in layer.cells
    )
    assert by_measure.get("posted", 0) == posted
    assert sum(row.left_minor for row in rows) == by_measure.get("planned", 0) - posted
    assert all(row.waits == bool(row.left_minor or row.left_base_minor) for row in rows)
    assert by_measure.get("document", 0) == sum(r.amount.minor for r in ledger.documents)
    assert await sums_apart(session) == []


async def test_a_period_is_posted_in_its_turn_once_it_is_over(books: Books) -> None:
    async with books.db.begin() as session:
        own = await session.get(SubsidiaryRow, 1)
        assert own is not None

        async def post(on: str, today: date) -> PeriodPosted | NotPosted:
            now = datetime(today.year, today.month, today.day, tzinfo=UTC)
            day_ = date.fromisoformat(on)
            return await post_period(session, own, day_, books.settings, Mode.JOURNAL, "Noor", now)

        early = await post("2026-01-15", date(2026, 1, 31))
        assert early == NotPosted("2026-01 is not over before 2026-02-01")
        assert isinstance(await post("2026-01-15", date(2026, 2, 1)), PeriodPosted)
        assert await post("2026-02-15", date(2026, 5, 1)) == NotPosted(
            "2026-01 is posted and not locked yet"
        )
