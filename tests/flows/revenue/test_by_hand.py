"""What people say about lines that wait, and short answers from the books."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from domain.revenue.plan import Method, Step, Terms
from domain.revenue.settings import Mode
from effects.actor import Person, Role
from flows.revenue.answers import close_readiness, recognized_in
from flows.revenue.by_hand import NotSettled, Settled, assign_credit, plan_by_hand
from tests.flows.revenue.books import Books
from tests.flows.revenue.test_close import Office, at, closed
from tests.flows.scene import desk as plain_desk

NOOR = Person(7, "Noor", Role.CONTROLLER)


async def assign(books: Books, credit: str, line: str) -> Settled | NotSettled:
    async with books.db.begin() as session:
        desk = replace(plain_desk(), revenue=books.settings)
        return await assign_credit(session, credit, line, "see mail", desk, NOOR, books.now)


async def plan(books: Books, key: str, terms: Terms, reason: str = "sheet 4") -> object:
    async with books.db.begin() as session:
        desk = replace(plain_desk(), revenue=books.settings)
        return await plan_by_hand(session, key, terms, reason, desk, NOOR, books.now)


async def test_a_person_says_which_line_a_credit_takes_back(books: Books) -> None:
    same = "1 120.00 2026-01-01 2026-12-31"
    await books.invoice("INV1 of Elm 2026-01-05", same, same)
    await books.credit("CM1 of - 2026-01-20", "1 60.00")
    await books.credit("CM2 of - 2026-01-20", "1 100.00")
    await books.take()
    line = "invoice:n-INV1:2"
    assert await assign(books, "credit_memo:n-CM1:1", line) == Settled(line)
    refused = await assign(books, "credit_memo:n-CM2:1", line)
    assert refused == NotSettled("only 60.00 USD are left of the line")
    again = await assign(books, "credit_memo:n-CM1:1", line)
    assert again == NotSettled("there is no such credit that waits")
    lines = await books.lines()
    assert lines["credit_memo:n-CM1:1"] == "voided 0"
    assert lines[line] == "active 6000"
    await books.credit("CM1 of - 2026-01-20", "1 30.00")
    await books.take()
    assert (await books.lines())[line] == "active 9000"


async def test_a_line_without_dates_is_planned_by_hand_and_stays_so(books: Books) -> None:
    await books.invoice("INV1 of Elm 2026-01-05", "1 1000.00", "1 100.00 2026-01-01 2026-02-28")
    await books.take()
    key, day = "invoice:n-INV1:1", date(2026, 1, 31)
    progress = Terms(Method.PERCENT_COMPLETE, steps=(Step(day, Fraction(25)),))
    assert await plan(books, key, progress, " ") == NotSettled("a reason is needed")
    assert await plan(books, key, progress) == Settled(key)
    assert await books.lines() == {
        key: "held 25000 by_hand",
        "invoice:n-INV1:2": "active 10000",
    }
    more = (*progress.steps, Step(date(2026, 2, 28), Fraction(100)))
    assert await plan(books, key, replace(progress, steps=more)) == Settled(key)
    await books.invoice("INV1 of Elm 2026-01-05", "1 1000.00", "1 100.00 2026-01-01 2026-02-28")
    await books.take()
    assert await books.cells(key) == {"2026-01": 25_000, "2026-02": 75_000}
    other = await plan(books, "invoice:n-INV1:2", progress)
    assert other == NotSettled("it is planned by its rule")


async def test_what_was_recognized_and_what_the_close_waits_for(books: Books) -> None:
    office = Office(books)
    await books.invoice("INV1 of Elm 2026-01-05", "1 1200.00 2026-01-01 2026-12-31", "3 50.00")
    await closed(office, "2026-01-15", "2026-02-01T06:00", a240=-110_000, a400=-10_000, a420=-5_000)
    async with books.db.read() as session:
        found = await recognized_in(session, office.desk, date(2026, 1, 1), date(2026, 1, 31))
        assert (found.mode, found.locked) == (Mode.JOURNAL, True)
        assert [(row.account, row.revenue_type, str(row.net)) for row in found.rows] == [
            ("400", "subscription", "100.00 USD"),
            ("420", "service", "50.00 USD"),
        ]
        assert [str(amount) for amount in found.totals] == ["150.00 USD"]
        later = await recognized_in(session, office.desk, date(2026, 2, 1), date(2026, 2, 28))
        assert (later.locked, later.rows) == (False, ())
        main, europe = await close_readiness(session, office.desk, at("2026-03-01T07:00"))
    assert main.words.startswith("Main 2026-02 waits: NetSuite was read until 2026-02-01 06:00")
    assert "not written (controller)" in main.words
    assert europe.checklist.period.name == "2026-02"
