"""Ours beside the plans of an ERP that posts revenue itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ledger.money import Money
from domain.revenue.arm import (
    Cause,
    Comparison,
    Element,
    OurLine,
    PlannedHere,
    PlannedThere,
    State,
    compare,
)
from domain.revenue.plan import Method

SPAN = (date(2026, 1, 1), date(2026, 3, 31))


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def cells(*minors: int) -> tuple[PlannedHere, ...]:
    return tuple(
        PlannedHere(date(2026, month, 1), f"2026-{month:02}", minor, minor)
        for month, minor in enumerate(minors, 1)
    )


def there(*minors: int, posted: int = 0, currency: str = "USD") -> tuple[PlannedThere, ...]:
    return tuple(
        PlannedThere(
            date(2026, month, 1),
            f"Month {month}",
            Money(minor, currency),
            Money(minor if month <= posted else 0, currency),
        )
        for month, minor in enumerate(minors, 1)
    )


LINE = OurLine(
    "INV-1 line 1", usd(300), "USD", Fraction(1), *SPAN, Method.EVEN_PERIODS, cells(100, 100, 100)
)
ELEMENT = Element(
    "RE1", "Invoice #INV-1", "RA1", usd(300), Fraction(1), *SPAN, Method.EVEN_PERIODS, 1,
    held=False, cells=there(100, 100, 100, posted=1),
)  # fmt: skip


def causes(found: Comparison) -> list[Cause]:
    return [one.cause for one in found.findings]


def test_equal_sides_have_no_findings_and_tell_what_is_posted() -> None:
    found = compare(LINE, ELEMENT)
    assert (found.state, found.findings, found.apart(SPAN[1])) == (State.EQUAL, (), 0)
    assert [(s.ours.minor, s.planned.minor, s.posted.minor) for s in found.sides] == [
        (100, 100, 100), (100, 100, 0), (100, 100, 0),
    ]  # fmt: skip


NO_PLAN = replace(ELEMENT, plans=0, cells=())
LATE = (date(2026, 2, 1), date(2026, 4, 30))


@pytest.mark.parametrize(
    ("line", "element", "cause", "told"),
    [
        (LINE, replace(NO_PLAN, starts_on=None), Cause.NO_DATES, "has no start, so"),
        (LINE, replace(NO_PLAN, ends_on=None), Cause.NO_DATES, "the line says 2026-01-01 to"),
        (
            replace(LINE, starts_on=LATE[0], ends_on=LATE[1]),
            ELEMENT,
            Cause.DATES_CHANGED,
            "keeps 2026-01-01 to 2026-03-31",
        ),
        (replace(LINE, starts_on=None), ELEMENT, Cause.DATES_CHANGED, "is without dates now"),
        (LINE, NO_PLAN, Cause.NO_PLAN, "no plan yet"),
        (replace(LINE, amount=usd(290)), ELEMENT, Cause.AMOUNT, "recognizes 3.00 USD"),
        (LINE, replace(ELEMENT, held=True), Cause.ON_HOLD, "on hold in NetSuite"),
        (
            replace(LINE, base="EUR", rate=Fraction(9, 10)),
            ELEMENT,
            Cause.RATE,
            "another exchange rate",
        ),
        (
            replace(LINE, base="EUR", rate=Fraction(9, 10), credit=True),
            ELEMENT,
            Cause.RATE,
            "another exchange rate than the sale",
        ),
        (LINE, replace(ELEMENT, cells=there(100, 100, 100, currency="JPY")), Cause.CURRENCY, "JPY"),
    ],
)
def test_causes_that_stand_on_their_own(
    line: OurLine, element: Element, cause: Cause, told: str
) -> None:
    found = compare(line, element)
    assert causes(found)[0] is cause
    assert told in found.findings[0].told


OTHERWISE = replace(ELEMENT, cells=there(120, 80, 100))


@pytest.mark.parametrize(
    ("line", "element", "cause"),
    [
        (replace(LINE, hold="dates are missing", cells=()), ELEMENT, Cause.HELD_HERE),
        (replace(LINE, written_off=True, cells=cells(100)), ELEMENT, Cause.WRITTEN_OFF),
        (replace(LINE, method=Method.EXACT_DAYS), OTHERWISE, Cause.METHOD),
        (
            replace(LINE, credit=True, sale_arrangement="RA0", method=Method.EXACT_DAYS),
            OTHERWISE,
            Cause.OWN_ARRANGEMENT,
        ),
        (LINE, OTHERWISE, Cause.PLAN),
    ],
)
def test_what_explains_amounts_that_differ(line: OurLine, element: Element, cause: Cause) -> None:
    found = compare(line, element)
    assert (found.state, causes(found)) == (State.DIFFERS, [cause])
    same = compare(replace(line, cells=cells(100, 100, 100)), ELEMENT)
    assert (same.state, same.findings) == (State.EQUAL, ())


def test_odd_units_in_other_periods_are_rounding() -> None:
    found = compare(LINE, replace(ELEMENT, cells=there(99, 101, 100)))
    assert (found.state, causes(found)) == (State.ROUNDING, [Cause.ROUNDING])
    assert (found.apart(date(2026, 1, 31)), found.apart(SPAN[1])) == (-1, 0)


def test_amounts_are_compared_in_the_currency_of_the_plan() -> None:
    euro = replace(
        LINE,
        base="EUR",
        rate=Fraction(9, 10),
        cells=tuple(replace(cell, base=90) for cell in LINE.cells),
    )
    other = replace(ELEMENT, rate=Fraction(9, 10))
    assert compare(euro, other).state is State.EQUAL
    books = replace(other, cells=there(90, 90, 90, currency="EUR"))
    assert (compare(euro, books).state, compare(euro, books).currency) == (State.EQUAL, "EUR")


def test_one_side_alone() -> None:
    ours = compare(LINE, None)
    assert (ours.state, ours.apart(SPAN[1])) == (State.ONLY_OURS, -300)
    assert "has not made an element" in ours.findings[0].told
    plain = compare(replace(LINE, item_rule=False), None)
    assert "has no revenue rule in NetSuite" in plain.findings[0].told
    theirs = compare(None, ELEMENT)
    assert (theirs.state, causes(theirs)) == (State.ONLY_THEIRS, [Cause.NO_LINE])
    assert theirs.apart(SPAN[1]) == 300
    with pytest.raises(ValueError, match="nothing to compare"):
        compare(None, None)


_PARTS = st.lists(st.integers(-500, 500), max_size=6)


@settings(max_examples=50)
@given(_PARTS, _PARTS)
def test_a_difference_always_has_a_cause_and_sums_are_exact(
    mine: list[int], their: list[int]
) -> None:
    found = compare(replace(LINE, cells=cells(*mine)), replace(ELEMENT, cells=there(*their)))
    assert found.apart(date(2026, 12, 31)) == sum(their) - sum(mine)
    assert (found.state is State.EQUAL) == (not any(s.difference.minor for s in found.sides))
    assert found.state is State.EQUAL or found.findings
