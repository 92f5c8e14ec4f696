"""What a contract is worth, what is left of it, and whether it is an asset or a liability."""

from __future__ import annotations

from hypothesis import given, settings

from domain.revenue.balances import ContractBalance, contract_balances
from domain.revenue.events import RevenueEvent
from domain.revenue.periods import Monthly
from domain.revenue.posting import replay
from tests.domain.revenue.books import ledger, months
from tests.domain.revenue.test_invariants import histories

YEAR = "bill INV 2026-01-01 1200.00 even_periods 2026-01-01 2026-12-31\n"


def shown(row: ContractBalance) -> str:
    """Price, billed, recognized, to perform, asset, liability."""
    amounts = (row.price, row.billed, row.recognized, row.to_perform, row.asset, row.liability)
    return " ".join(amount.plain() for amount in amounts)


def balance(text: str) -> str:
    (row,) = contract_balances(ledger(text))
    return shown(row)


def test_billed_ahead_is_a_liability() -> None:
    assert balance(YEAR + months(1, 3)) == "1200.00 1200.00 300.00 900.00 0.00 900.00"


def test_delivered_ahead_is_an_asset() -> None:
    text = "bill INV 2026-06-30 600.00 even_periods 2026-01-01 2026-06-30\n"
    assert balance(text + months(1, 2)) == "600.00 0.00 200.00 400.00 200.00 0.00"
    assert balance(text + months(1, 6)) == "600.00 600.00 600.00 0.00 0.00 0.00"


def test_a_concession_lowers_the_price() -> None:
    text = YEAR + months(1, 3) + "\ncredit CM of INV 2026-04-10 240.00 contra\n" + months(4, 4)
    assert balance(text) == "960.00 960.00 320.00 640.00 0.00 640.00"


def test_contracts_and_currencies_have_their_own_rows() -> None:
    text = "bill EU 2026-01-01 100.00 even_periods 2026-01-01 2026-03-31 rate 1.0877\n"
    rows = contract_balances(ledger(YEAR + text + months(1, 1)))
    assert [(row.contract_id, row.price.currency) for row in rows] == [
        ("contract of EU", "EUR"), ("contract of INV", "USD"),
    ]  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(histories())
def test_a_contract_is_never_asset_and_liability_at_once(events: list[RevenueEvent]) -> None:
    for row in contract_balances(replay(events, Monthly())):
        assert min(row.asset.minor, row.liability.minor) == 0
        assert row.recognized + row.to_perform == row.price
