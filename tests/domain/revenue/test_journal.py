"""The journal of a period balances in both currencies and drills down to its rows."""

from __future__ import annotations

from domain.ledger.money import Money
from domain.revenue.journal import Journal, journals
from tests.domain.revenue.books import ledger, months

YEAR = "bill INV 2026-01-01 1200.00 even_periods 2026-01-01 2026-12-31\n"


def entry(text: str, period: str) -> tuple[Journal, ...]:
    books = ledger(text)
    found = next(r.posting_period for r in books.postings if r.posting_period.name == period)
    return journals(books, found)


def sides(journal: Journal) -> list[tuple[str, str, str]]:
    return [(row.account, row.debit.plain(), row.credit.plain()) for row in journal.lines]


def test_recognition_empties_deferred_revenue() -> None:
    (journal,) = entry(YEAR + months(1, 1), "2026-01")
    assert sides(journal) == [("2400", "100.00", "0.00"), ("4000", "0.00", "100.00")]
    assert [row.record_id for row in journal.lines[0].postings] == ["INV"]


def test_contra_revenue_and_a_net_reversal_change_sides() -> None:
    text = YEAR + months(1, 3) + "\ncredit CM of INV 2026-04-10 900.00 contra\n" + months(4, 4)
    (journal,) = entry(text, "2026-04")
    assert sides(journal) == [
        ("2400", "0.00", "200.00"), ("4000", "0.00", "25.00"), ("4090", "225.00", "0.00"),
    ]  # fmt: skip


def test_currencies_have_entries_of_their_own_and_balance_in_both() -> None:
    text = YEAR + "bill EU 2026-01-01 100.00 even_periods 2026-01-01 2026-03-31 rate 1.0877\n"
    euro, dollar = entry(text + months(1, 3), "2026-03")
    assert (euro.currency, euro.base_currency, dollar.currency) == ("EUR", "USD", "USD")
    for journal in (euro, dollar):
        assert sum(row.debit.minor - row.credit.minor for row in journal.lines) == 0
        assert sum(row.base_debit.minor - row.base_credit.minor for row in journal.lines) == 0
    assert euro.lines[0].base_debit == Money(3_627, "USD")


def test_lines_that_net_to_nothing_leave_no_entry() -> None:
    text = YEAR + "credit CM of INV 2026-01-01 1200.00 2026-01-01 2026-12-31\n" + months(1, 1)
    assert entry(text, "2026-01") == ()


def test_opposite_sides_in_the_two_currencies_part() -> None:
    """Plus 100 euros at 1.00 and less 99 at 1.10: a debit in euros, a credit in dollars."""
    text = (
        "bill A 2026-01-01 100.00 even_periods 2026-01-01 2026-01-31 rate 1.00\n"
        "bill B 2026-01-01 -99.00 even_periods 2026-01-01 2026-01-31 rate 1.10\n"
    )
    (journal,) = entry(text + months(1, 1), "2026-01")
    assert [
        (row.account, row.debit.plain(), row.credit.plain(),
         row.base_debit.plain(), row.base_credit.plain())
        for row in journal.lines
    ] == [
        ("2400", "1.00", "0.00", "0.00", "0.00"), ("2400", "0.00", "0.00", "0.00", "8.90"),
        ("4000", "0.00", "1.00", "0.00", "0.00"), ("4000", "0.00", "0.00", "8.90", "0.00"),
    ]  # fmt: skip
