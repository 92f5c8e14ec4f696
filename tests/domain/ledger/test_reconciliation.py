"""Reconciliation: what each finding adds to which figure, and that both sides always meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.drift import DocumentState, DriftKind
from domain.ledger.money import Money
from domain.ledger.reconciliation import (
    Figure,
    Finding,
    Line,
    Place,
    Reason,
    Span,
    effects,
    lines,
)
from tests.domain.ledger.drifting import document

MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))
APRIL = Span(date(2026, 4, 1), date(2026, 4, 30))
HERE = Place("1", "USD")
INVOICE = document("invoice 501 100.00 USD 60.00 open")
PAYMENT = document("payment 7 40.00 USD 0.00 applied", "501 40.00")


def finding(
    kind: DriftKind, ours: DocumentState | None, theirs: DocumentState | None, id_: int = 1
) -> Finding:
    return Finding(id_, kind, "1", ours, theirs)


def moved(*found: Finding, span: Span = MARCH) -> dict[str, str]:
    """What the findings add, by figure."""
    return {
        figure.value: " ".join(str(reason.amount) for reason in reasons)
        for (figure, _), reasons in effects(found, span).items()
    }


@pytest.mark.parametrize(
    ("kind", "ours", "theirs", "expected"),
    [
        (DriftKind.DELETED, INVOICE, None, {"invoiced": "-100.00 USD", "open": "-60.00 USD"}),
        (
            DriftKind.VOIDED,
            INVOICE,
            document("invoice 501 0.00 USD 0.00 voided"),
            {"invoiced": "-100.00 USD", "open": "-60.00 USD"},
        ),
        (
            DriftKind.AMOUNT_CHANGED,
            INVOICE,
            document("invoice 501 130.00 USD 90.00 open"),
            {"invoiced": "30.00 USD", "open": "30.00 USD"},
        ),
        (DriftKind.DELETED, PAYMENT, None, {"received": "-40.00 USD", "open": "40.00 USD"}),
        (
            DriftKind.APPLICATION_MISMATCH,
            PAYMENT,
            document("payment 7 40.00 USD 40.00 open"),
            {"open": "40.00 USD", "unapplied": "40.00 USD"},
        ),
        (
            DriftKind.UNEXPECTED_DOCUMENT,
            None,
            document("credit_memo 9 5.00 USD 5.00 open"),
            {"credited": "5.00 USD", "unapplied": "5.00 USD"},
        ),
        (
            DriftKind.STATUS_MISMATCH,
            INVOICE,
            replace(INVOICE, status="pending_approval"),
            {"invoiced": "-100.00 USD", "open": "-60.00 USD"},
        ),
        (
            DriftKind.DELETED,
            document("refund 3 8.00 USD 0.00 applied"),
            None,
            {"refunded": "-8.00 USD"},
        ),
        (DriftKind.DUE_DATE_CHANGED, INVOICE, replace(INVOICE, due_on=None), {}),
        (DriftKind.DUPLICATE_SUSPECT, INVOICE, replace(INVOICE, netsuite_id="502"), {}),
    ],
)
def test_what_a_finding_adds(
    kind: DriftKind,
    ours: DocumentState | None,
    theirs: DocumentState | None,
    expected: dict[str, str],
) -> None:
    assert moved(finding(kind, ours, theirs)) == expected


def test_a_change_of_currency_moves_both_places() -> None:
    theirs = document("invoice 501 100.00 EUR 60.00 open")
    found = effects([finding(DriftKind.CURRENCY_OR_RATE_CHANGED, INVOICE, theirs)], MARCH)
    assert found[Figure.INVOICED, HERE] == [Reason(1, Money(-10_000, "USD"))]
    assert found[Figure.INVOICED, Place("1", "EUR")] == [Reason(1, Money(10_000, "EUR"))]


def test_only_the_days_of_the_period_count_but_open_is_open() -> None:
    assert moved(finding(DriftKind.DELETED, INVOICE, None), span=APRIL) == {"open": "-60.00 USD"}


def test_a_document_that_moved_into_another_period_moves_both() -> None:
    later = replace(INVOICE, on=date(2026, 4, 2))
    one = finding(DriftKind.PERIOD_MOVED, INVOICE, later)
    assert moved(one) == {"invoiced": "-100.00 USD"}
    assert moved(one, span=APRIL) == {"invoiced": "100.00 USD"}


def test_two_findings_on_a_document_are_told_by_the_one_that_says_most() -> None:
    theirs = document("invoice 501 130.00 USD 90.00 open")
    found = effects(
        [
            finding(DriftKind.PERIOD_MOVED, INVOICE, theirs, 1),
            finding(DriftKind.AMOUNT_CHANGED, INVOICE, theirs, 2),
            finding(DriftKind.DUE_DATE_CHANGED, INVOICE, theirs, 3),
        ],
        MARCH,
    )
    assert {reason.finding_id for reasons in found.values() for reason in reasons} == {2}


def test_a_figure_of_one_side_is_zero_on_the_other() -> None:
    mine = {(Figure.INVOICED, HERE): Money(100, "USD")}
    theirs = {(Figure.RECEIVED, HERE): Money(7, "USD")}
    found = lines(mine, theirs, [], MARCH, theirs_only={(Figure.DEPOSITED, HERE): Money(3, "USD")})
    assert [(line.figure.value, str(line.difference), line.matches) for line in found] == [
        ("invoiced", "-1.00 USD", False),
        ("received", "0.07 USD", False),
        ("deposited", "0.00 USD", True),
    ]
    assert found[2].ours is None


def test_rounding_is_a_match_and_not_more() -> None:
    line = Line(Figure.CONTROL, HERE, Money(100, "USD"), Money(102, "USD"), tolerance=2)
    assert (line.matches, line.unexplained.minor, line.difference.minor) == (True, 0, 2)
    over = replace(line, theirs=Money(103, "USD"))
    assert (over.matches, over.unexplained.minor) == (False, 3)


amounts = st.integers(-(10**12), 10**12).map(lambda minor: Money(minor, "USD"))


@given(mirror=amounts, theirs=amounts, reasons=st.lists(amounts, max_size=5))
def test_ours_and_the_reasons_and_the_rest_make_theirs(
    mirror: Money, theirs: Money, reasons: list[Money]
) -> None:
    told = tuple(Reason(n, amount) for n, amount in enumerate(reasons))
    line = Line(Figure.OPEN, HERE, mirror, theirs, told)
    assert line.ours is not None
    assert line.ours + line.explained + line.unexplained == theirs
    assert line.difference == line.explained + line.unexplained
