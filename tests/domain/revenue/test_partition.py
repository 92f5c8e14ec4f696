"""One line replayed alone: the ledgers of each line, joined, are the ledger of all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings

from domain.revenue.events import Modified, RevenueEvent
from domain.revenue.partition import by_line
from domain.revenue.posting import replay
from tests.domain.revenue.books import event, ledger, months
from tests.domain.revenue.test_invariants import CALENDAR, close, histories

FEW = settings(max_examples=40, deadline=None)


@FEW
@given(histories())
def test_the_ledgers_of_each_line_joined_are_the_ledger_of_all(events: list[RevenueEvent]) -> None:
    told = [*events, close(date(2027, 3, 1))]
    whole = replay(told, CALENDAR)
    parts = [replay(stream, CALENDAR) for stream in by_line(told).values()]
    for name in ("postings", "documents", "layers", "papers"):
        joined = [row for part in parts for row in getattr(part, name)]
        assert sorted(map(repr, joined)) == sorted(map(repr, getattr(whole, name)))


def test_a_void_of_a_refund_of_a_credit_belongs_to_the_line() -> None:
    told = [
        event("bill INV 2026-01-01 100.00 even_periods 2026-01-01 2026-12-31"),
        event("credit CM of INV 2026-02-01 10.00"),
        event("refund RF of CM 2026-02-02 10.00"),
        event("void V of RF 2026-02-03"),
        event("void W of nothing 2026-02-03"),
    ]
    streams = by_line(told)
    assert [e.record_id for e in streams["INV"]] == ["INV", "CM", "RF", "V"]


def test_papers_tell_what_is_in_the_books_and_what_is_not_yet() -> None:
    books = ledger(
        "bill INV 2026-01-01 120.00 even_periods 2026-01-01 2026-12-31 rate 1.1\n"
        "credit CM of INV 2026-02-10 12.00\n" + months(1, 1)
    )
    told = {paper.record_id: (paper.target, paper.posted) for paper in books.papers}
    assert told == {
        "INV": ((12_000, 13_200, 12_000, 0), (12_000, 13_200, 12_000, 0)),
        "CM": ((-1_200, -1_320, -1_200, 0), (0, 0, 0, 0)),
    }


def test_a_credit_in_base_currency_closes_to_its_document() -> None:
    books = ledger(
        "bill INV 2026-01-01 100.00 even_periods 2026-01-01 2026-03-31 rate 1.0877\n"
        + months(1, 1) + "\ncredit CM of INV 2026-02-10 99.99\n" + months(2, 3)
    )  # fmt: skip
    base = sum(row.base.minor for row in books.postings)
    assert base == sum(row.base.minor for row in books.documents) == 10_877 - 10_876


def test_a_line_changed_in_place_bills_what_it_was_changed_by() -> None:
    text = "bill INV 2026-01-01 1200.00 even_periods 2026-01-01 2026-12-31\n" + months(1, 3)
    told = [event(row) for row in text.splitlines()]
    change = event("prospective MOD of INV 2026-04-01 90.00")

    assert isinstance(change, Modified)
    books = replay(
        [*told, replace(change, billed=change.added), close(date(2026, 12, 31))], CALENDAR
    )
    assert sum(row.amount.minor for row in books.documents) == 129_000
    assert sum(row.amount.minor for row in books.postings) == 129_000
