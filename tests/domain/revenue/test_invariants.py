"""What holds for every history of a revenue ledger: replay, closed periods, sums, ends."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ledger.money import Money
from domain.revenue.events import (
    Billed,
    Credited,
    Fact,
    Modified,
    PeriodClosed,
    PeriodReopened,
    RevenueEvent,
    Voided,
    WrittenOff,
)
from domain.revenue.journal import journals
from domain.revenue.layers import Role
from domain.revenue.ledger import RevenueLedger
from domain.revenue.modification import Treatment
from domain.revenue.periods import Monthly
from domain.revenue.plan import Method, Terms
from domain.revenue.posting import replay
from domain.revenue.reports import Dimension, recognized_by, roll_forward, waterfall
from tests.domain.revenue.books import line

JANUARY = date(2026, 1, 1)
TIMED = [Method.EVEN_PERIODS, Method.PRORATE_FIRST_LAST, Method.PERIOD_RATE, Method.EXACT_DAYS]
CALENDAR = Monthly()
END = date(2030, 12, 1)

days = st.integers(0, 360).map(lambda n: JANUARY + timedelta(n))
cents = st.integers(1, 500_000)
FEW = settings(max_examples=25, deadline=None)


@st.composite
def spans(draw: st.DrawFn) -> tuple[date, date]:
    start = draw(days)
    return start, start + timedelta(draw(st.integers(0, 500)))


@st.composite
def bills(draw: st.DrawFn, name: str) -> Billed:
    starts_on, ends_on = draw(spans())
    terms = Terms(draw(st.sampled_from(TIMED)), starts_on, ends_on)
    amount = Money(draw(st.integers(100_000, 10_000_000)), "USD")
    customer = draw(st.sampled_from(["Elm", "Oak"]))
    return Billed(name, 1, draw(days), line(name, amount, terms, customer=customer))


@st.composite
def changes(draw: st.DrawFn, name: str, of: str) -> Fact:
    """A credit, write-off, decided change or void; together less than what was billed."""
    on, amount = draw(days), Money(draw(st.integers(1, 10_000)), "USD")
    kind = draw(st.sampled_from(["dated", "undated", "write-off", "prospective", "catch_up"]))
    if kind in ("dated", "undated"):
        service = draw(spans()) if kind == "dated" else None
        return Credited(name, 1, of, on, amount, service, draw(st.booleans()))
    if kind == "write-off":
        return WrittenOff(name, 1, of, on, amount)
    return Modified(name, 1, of, on, Treatment(kind), amount, "Noor", "agreed", None)


@st.composite
def facts(draw: st.DrawFn) -> list[Fact]:
    found = list[Fact]()
    for name in ("A", "B")[: draw(st.integers(1, 2))]:
        found.append(draw(bills(name)))
        for number in range(draw(st.integers(0, 3))):
            change = draw(changes(f"{name}-{number}", name))
            found.append(change)
            if draw(st.integers(0, 3)) == 0:
                found.append(Voided(f"void {change.record_id}", 1, change.record_id, draw(days)))
    return found


def close(on: date) -> PeriodClosed:
    return PeriodClosed(f"close {on}", 1, on)


@st.composite
def histories(draw: st.DrawFn) -> list[RevenueEvent]:
    """Facts in any order, some months closed in between, now and then one reopened."""
    waiting = draw(st.permutations(draw(facts())))
    events, month = list[RevenueEvent](), JANUARY
    for number, fact in enumerate(waiting):
        events.append(fact)
        if draw(st.booleans()):
            month += timedelta(31 * draw(st.integers(1, 4)))
            events.append(close(month))
            if draw(st.integers(0, 4)) == 0:
                events.append(PeriodReopened(f"reopen {number}", 1, JANUARY, "Noor", "late"))
    return events


def final(events: list[RevenueEvent]) -> RevenueLedger:
    return replay([*events, close(END)], CALENDAR)


def revenue(books: RevenueLedger, role: Role | None = None) -> int:
    return sum(row.amount.minor for row in books.postings if role in (None, row.role))


def deferred(books: RevenueLedger) -> int:
    return sum(row.amount.minor for row in books.documents) - revenue(books, Role.REVENUE)


@FEW
@given(histories())
def test_duplicates_change_nothing(events: list[RevenueEvent]) -> None:
    twice = [again for event in events for again in (event, event)]
    assert replay([*twice, *events], CALENDAR) == replay(events, CALENDAR)


@FEW
@given(st.data())
def test_facts_of_one_open_window_may_come_in_any_order(data: st.DataObject) -> None:
    found = data.draw(facts())
    other = data.draw(st.permutations(found))
    one = replay([close(date(2026, 3, 1)), *found, close(date(2026, 9, 1))], CALENDAR)
    two = replay([close(date(2026, 3, 1)), *other, close(date(2026, 9, 1))], CALENDAR)
    assert sorted(map(repr, one.postings)) == sorted(map(repr, two.postings))
    assert one.unposted() == two.unposted()


@FEW
@given(histories())
def test_whenever_periods_were_closed_the_end_is_what_the_papers_say(
    events: list[RevenueEvent],
) -> None:
    """All that was billed less what was credited and written off, plus what changes added."""
    books = final(events)
    added = sum(
        event.added.minor
        for event in events
        if isinstance(event, Modified)
        and not any(isinstance(v, Voided) and v.of == event.record_id for v in events)
    )
    papers = sum(row.amount.minor for row in books.documents)
    assert revenue(books, Role.REVENUE) + sum(a.unplanned for a in books.layers) == papers + added


@FEW
@given(histories(), st.data())
def test_a_closed_period_is_never_touched(events: list[RevenueEvent], data: st.DataObject) -> None:
    """Whatever comes after the closing: the rows of the period keep their fingerprint."""
    through = data.draw(st.integers(0, 20)) * 31
    start = [*events, close(JANUARY + timedelta(through))]
    before = replay(start, CALENDAR)
    later = data.draw(histories())
    renamed = [event for event in later if not isinstance(event, PeriodReopened)]
    after = replay([*start, *renamed, close(END)], CALENDAR)
    closed = {row.posting_period for row in before.postings}
    assert [before.fingerprint(p) for p in closed] == [after.fingerprint(p) for p in closed]
    assert after.postings[: len(before.postings)] == before.postings


@FEW
@given(histories())
def test_opening_and_movements_make_closing_and_closing_is_the_waterfall(
    events: list[RevenueEvent],
) -> None:
    books = replay([*events, close(date(2027, 1, 1))], CALENDAR)
    rows = roll_forward(books, "USD")
    opening = Money(0, "USD")
    for row in rows:
        assert row.opening == opening
        assert row.opening + row.billings - row.recognized + row.adjustments == row.closing
        opening = row.closing
    if any(isinstance(event, Modified) for event in events):
        return
    left = sum(amount.minor for amount in waterfall(books, "USD").values())
    late = sum(paper.target[0] - paper.posted[0] for paper in books.papers)
    assert opening.minor == deferred(books) == left + against(books) - late


def against(books: RevenueLedger) -> int:
    """Contra revenue still to post: it will not pass through deferred revenue."""
    planned = sum(
        cell.amount for layer in books.layers for cell in layer.cells if cell.role is Role.CONTRA
    )
    return revenue(books, Role.CONTRA) - planned


@FEW
@given(histories())
def test_every_way_of_summing_gives_the_same(events: list[RevenueEvent]) -> None:
    books = final(events)
    totals = [
        {name: sum(cell.minor for cell in cells.values()) for name, cells in found.items()}
        for found in (recognized_by(books, "USD", dimension) for dimension in Dimension)
    ]
    assert all(found == totals[0] for found in totals)
    assert sum(totals[0].values()) == revenue(books, Role.REVENUE)


@FEW
@given(histories())
def test_every_journal_balances_and_no_line_has_two_sides(events: list[RevenueEvent]) -> None:
    books = final(events)
    for period in {row.posting_period for row in books.postings}:
        for journal in journals(books, period):
            assert sum(row.debit.minor - row.credit.minor for row in journal.lines) == 0
            assert sum(row.base_debit.minor - row.base_credit.minor for row in journal.lines) == 0
            assert all(min(row.debit.minor, row.credit.minor) == 0 for row in journal.lines)


@FEW
@given(bills("A"), days, st.booleans(), st.booleans(), st.integers(0, 14))
def test_a_full_credit_ends_at_nothing(
    bill: Billed, on: date, dated: bool, contra: bool, months: int
) -> None:
    terms = bill.obligation.terms
    assert terms.starts_on is not None
    assert terms.ends_on is not None
    service = (terms.starts_on, terms.ends_on) if dated else None
    credit = Credited("CM", 1, "A", on, bill.obligation.amount, service, contra)
    books = final([bill, close(JANUARY + timedelta(31 * months)), credit])
    assert revenue(books) == 0
    assert deferred(books) == 0


@FEW
@given(bills("A"), days, days, st.booleans(), st.integers(0, 12), st.integers(0, 12))
def test_a_credit_voided_is_a_credit_never_made(
    bill: Billed, on: date, void_on: date, contra: bool, first: int, second: int
) -> None:
    credit = Credited("CM", 1, "A", on, Money(50_000, "USD"), None, contra)
    between: list[RevenueEvent] = [close(JANUARY + timedelta(31 * first)), credit]
    books = final(
        [bill, *between, close(JANUARY + timedelta(31 * (first + second))),
         Voided("V", 1, "CM", void_on)]
    )  # fmt: skip
    plain = final([bill])
    assert revenue(books, Role.REVENUE) == revenue(plain, Role.REVENUE)
    assert revenue(books, Role.CONTRA) == 0
    assert deferred(books) == deferred(plain) == 0


@FEW
@given(bills("A"), days, st.sampled_from(["prospective", "catch_up"]), *[st.integers(0, 12)] * 2)
def test_a_line_taken_back_leaves_nothing_of_what_was_agreed_about_it(
    bill: Billed, on: date, kind: str, first: int, second: int
) -> None:
    more = Money(9_000, "USD")
    agreed = Modified("M", 1, "A", on, Treatment(kind), more, "Noor", "agreed", None, more)
    closed = (
        close(JANUARY + timedelta(31 * first)),
        close(JANUARY + timedelta(31 * first + 31 * second)),
    )
    books = final([bill, closed[0], agreed, closed[1], Voided("V", 1, "A", bill.on)])
    assert (revenue(books), deferred(books)) == (0, 0)
    assert sum(row.claim.minor for row in books.documents) == 0


@FEW
@given(bills("A"), days, st.integers(0, 14), st.integers(0, 100))
def test_a_write_off_costs_what_was_delivered_and_not_paid(
    bill: Billed, on: date, months: int, percent: int
) -> None:
    before = replay([bill, close(JANUARY + timedelta(31 * months))], CALENDAR)
    whole, first = bill.obligation.amount.minor, before.first_open
    assert first is not None
    delivered = revenue(before)
    paid = min(delivered, whole - 1) * percent // 100
    lost = WrittenOff("WO", 1, "A", first.starts_on, Money(whole - paid, "USD"))
    books = final([bill, close(JANUARY + timedelta(31 * months)), lost])
    costs = sum(row.bad_debt.minor for row in books.documents)
    assert (deferred(books), costs, revenue(books)) == (0, delivered - paid, delivered)
    assert whole + sum(row.claim.minor for row in books.documents if not row.billing) == paid


@FEW
@given(bills("A"), st.integers(1, 6))
def test_a_line_cut_into_equal_ones_gives_the_same_within_a_cent_each(
    bill: Billed, count: int
) -> None:
    whole = bill.obligation.amount
    parts = [
        Billed(f"A{n}", 1, bill.on, line(f"A{n}", part, bill.obligation.terms))
        for n, part in enumerate(whole.split([1] * count))
    ]
    one = replay([bill, close(date(2026, 7, 1))], CALENDAR)
    many = replay([*parts, close(date(2026, 7, 1))], CALENDAR)
    periods = max(1, len({row.service_period for row in one.postings}))
    assert abs(revenue(one) - revenue(many)) <= count * periods


@FEW
@given(bills("A"), st.integers(0, 14), st.integers(-40_000, 40_000), st.integers(1, 400))
def test_a_prospective_change_keeps_what_is_posted_and_ends_at_the_new_price(
    bill: Billed, months: int, added: int, longer: int
) -> None:
    terms = bill.obligation.terms
    assert terms.ends_on is not None
    start: list[RevenueEvent] = [bill, close(JANUARY + timedelta(31 * months))]
    before = replay(start, CALENDAR)
    assert before.first_open is not None
    end = max(terms.ends_on, before.first_open.ends_on) + timedelta(longer)
    new = Terms(terms.method, terms.starts_on, end)
    change = Modified(
        "M", 1, "A", before.first_open.starts_on, Treatment.PROSPECTIVE, Money(added, "USD"),
        "Noor", "agreed", new,
    )  # fmt: skip
    books = final([*start, change])
    assert books.postings[: len(before.postings)] == before.postings
    assert revenue(books) == bill.obligation.amount.minor + added


@FEW
@given(st.integers(1, 10**7), spans(), st.fractions(Fraction(1, 100), Fraction(100)))
def test_fully_recognized_the_base_is_the_amount_at_its_rate(
    minor: int, span: tuple[date, date], rate: Fraction
) -> None:
    terms = Terms(Method.EXACT_DAYS, *span)
    bill = Billed("A", 1, span[0], line("A", Money(minor, "EUR"), terms, rate=rate))
    books = final([bill])
    assert sum(row.base.minor for row in books.postings) == (2 * minor * rate + 1) // 2
