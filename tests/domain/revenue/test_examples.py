"""Illustrative examples of ASC 606 / IFRS 15 about variable prices and contract balances.

The figures are recomputed. Those that the standard rounds to whole units are told in a currency
without smaller ones.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from domain.ledger.money import Money
from domain.revenue.balances import contract_balances
from domain.revenue.events import Billed, Credited, PeriodClosed, RevenueEvent
from domain.revenue.layers import Role
from domain.revenue.periods import Monthly
from domain.revenue.plan import Method, Terms
from domain.revenue.posting import replay
from domain.revenue.variable import rebate_revenue, shared
from tests.domain.revenue.books import line

CURRENCY = "JPY"


def bill(name: str, amount: int, on: str, delivered: str) -> Billed:
    """A line of one contract, recognized on delivery."""
    day = date.fromisoformat(delivered)
    made = line(name, Money(amount, CURRENCY), Terms(Method.POINT_IN_TIME, day, day))
    made = replace(made, contract_id="C", base_currency=CURRENCY)
    return Billed(name, 1, date.fromisoformat(on), made)


def balance(events: list[RevenueEvent], through: str) -> str:
    """Billed, recognized, asset and liability of the contract once a month is closed."""
    closed = PeriodClosed(f"close {through}", 1, date.fromisoformat(through))
    (row,) = contract_balances(replay([*events, closed], Monthly()))
    amounts = (row.billed, row.recognized, row.asset, row.liability)
    return " ".join(amount.plain() for amount in amounts)


def test_example_23_a_price_concession_that_is_expected_reduces_revenue() -> None:
    """Case A: 20 of 100 are expected back for 1,000 units; case B: 50, for all that is certain."""
    for concession, revenue in ((20, 80_000), (50, 50_000)):
        sale = bill("A", 100_000, "2026-01-05", "2026-01-05")
        amount = Money(concession * 1_000, CURRENCY)
        allowed = Credited("CM", 1, "A", sale.on, amount, (sale.on, sale.on))
        closed = PeriodClosed("close", 1, date(2026, 1, 31))
        books = replay([sale, allowed, closed], Monthly())
        assert sum(row.amount.minor for row in books.postings) == revenue


def test_example_23_a_concession_after_delivery_shows_as_contra_revenue() -> None:
    sale = bill("A", 100_000, "2026-01-05", "2026-01-05")
    shut = [PeriodClosed(f"close {m}", 1, date(2026, m, 28)) for m in (1, 2)]
    later = Credited("CM", 1, "A", date(2026, 2, 3), Money(20_000, CURRENCY), None, contra=True)
    books = replay([sale, shut[0], later, shut[1]], Monthly())
    contra = [row.amount.minor for row in books.postings if row.role is Role.CONTRA]
    assert contra == [-20_000]
    assert sum(row.amount.minor for row in books.postings) == 80_000


def test_example_35_b_royalties_are_shared_like_the_fixed_price() -> None:
    """Stand-alone prices of 800 and 1,000: 300 fixed, then 200 of royalties of the first month."""
    alone = (Money(800, CURRENCY), Money(1_000, CURRENCY))
    fixed = shared(Money(300, CURRENCY), alone)
    assert [part.minor for part in fixed] == [133, 167]
    royalty = shared(Money(200, CURRENCY), alone)
    assert [part.minor for part in royalty] == [89, 111]


def test_example_38_a_before_there_is_a_claim_nothing_is_owed() -> None:
    """The contract can be cancelled until it is paid on 1 March; delivery is on 31 March."""
    events: list[RevenueEvent] = [bill("A", 1_000, "2026-03-01", "2026-03-31")]
    assert balance(events, "2026-02-28") == "0 0 0 0"
    assert balance(events, "2026-03-31") == "1000 1000 0 0"


def test_example_38_b_a_claim_before_delivery_is_a_liability() -> None:
    """It cannot be cancelled: what is due on 31 January is a claim and a liability."""
    events: list[RevenueEvent] = [bill("A", 1_000, "2026-01-31", "2026-03-31")]
    assert balance(events, "2026-01-31") == "1000 0 0 1000"
    assert balance(events, "2026-02-28") == "1000 0 0 1000"
    assert balance(events, "2026-03-31") == "1000 1000 0 0"


def test_example_39_delivery_before_there_is_a_claim_is_an_asset() -> None:
    """A (400) is delivered first; 1,000 is due once B (600) is delivered too."""
    parts = shared(Money(1_000, CURRENCY), (Money(400, CURRENCY), Money(600, CURRENCY)))
    first, second = (part.minor for part in parts)
    events: list[RevenueEvent] = [
        bill("A", first, "2026-02-28", "2026-01-31"),
        bill("B", second, "2026-02-28", "2026-02-28"),
    ]
    assert balance(events, "2026-01-31") == "0 400 400 0"
    assert balance(events, "2026-02-28") == "1000 1000 0 0"


def test_example_40_what_will_be_given_back_is_a_refund_liability() -> None:
    """100 units at 150, of which 25 each are given back once a million are bought."""
    full, reduced = Money(150, CURRENCY), Money(125, CURRENCY)
    revenue = rebate_revenue(Fraction(100), Fraction(0), full, reduced)
    assert revenue == Money(12_500, CURRENCY)
    assert Money(100 * full.minor, CURRENCY) - revenue == Money(2_500, CURRENCY)
