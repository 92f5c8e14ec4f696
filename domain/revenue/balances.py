"""Contract balances: price, billed, recognized, what is left to perform, asset or liability.

Source: ASC 606-10-45-1 and 50-13 / IFRS 15.105 and 15.120.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.ledger.money import Money
from domain.revenue.layers import Layer, Role
from domain.revenue.ledger import DocumentPosting, Posting, RevenueLedger


@dataclass(frozen=True, slots=True)
class ContractBalance:
    """One contract in one currency; at most one of asset and liability is above zero.

    `recognized` is net of contra revenue; `billed` is net of credits and write-offs.
    """

    contract_id: str
    price: Money
    billed: Money
    recognized: Money
    to_perform: Money
    asset: Money
    liability: Money


_Key = tuple[str, str]


def contract_balances(ledger: RevenueLedger) -> tuple[ContractBalance, ...]:
    """One row for each contract and currency, by contract."""
    planned, posted = dict[_Key, int](), dict[_Key, int]()
    billed, deferred = dict[_Key, int](), dict[_Key, int]()
    for layer in ledger.layers:
        whole = sum(cell.amount for cell in layer.cells) + layer.unplanned
        _add(planned, layer, whole)
    for row in ledger.postings:
        _add(posted, row, row.amount.minor)
        if row.role is Role.REVENUE:
            _add(deferred, row, -row.amount.minor)
    for paper in ledger.documents:
        _add(billed, paper, paper.claim.minor)
        _add(deferred, paper, paper.amount.minor)
    return tuple(
        _balance(key, price, billed.get(key, 0), posted.get(key, 0), deferred.get(key, 0))
        for key, price in sorted(planned.items())
    )


def _add(sums: dict[_Key, int], row: Layer | Posting | DocumentPosting, minor: int) -> None:
    key = (row.obligation.contract_id, row.obligation.amount.currency)
    sums[key] = sums.get(key, 0) + minor


def _balance(key: _Key, price: int, billed: int, recognized: int, deferred: int) -> ContractBalance:
    contract_id, currency = key
    amounts = (price, billed, recognized, price - recognized, max(0, -deferred), max(0, deferred))
    return ContractBalance(contract_id, *(Money(minor, currency) for minor in amounts))
