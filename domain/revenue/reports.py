"""Roll-forward, recognized revenue and waterfall over the rows of a revenue ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.ledger.money import Money
from domain.revenue.events import Obligation
from domain.revenue.layers import Role
from domain.revenue.ledger import DocumentPosting, Posting, RevenueLedger
from domain.revenue.periods import Period


class Dimension(StrEnum):
    """What recognized revenue is broken down by."""

    CUSTOMER = "customer"
    ACCOUNT = "account"
    REVENUE_TYPE = "revenue_type"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class RollForward:
    """Deferred revenue of one period: opening + billings - recognized + adjustments = closing.

    `contra` (negative) reduces revenue beside it and never passes through deferred revenue.
    """

    period: Period
    opening: Money
    billings: Money
    recognized: Money
    adjustments: Money
    contra: Money
    closing: Money


_Rows = tuple[list[Posting], list[DocumentPosting]]


def roll_forward(
    ledger: RevenueLedger, currency: str, keep: Callable[[Obligation], bool] = lambda _: True
) -> tuple[RollForward, ...]:
    """One row for each period with a movement of the kept obligations in `currency`."""
    rows: dict[Period, _Rows] = {}
    for posting in ledger.postings:
        if posting.amount.currency == currency and keep(posting.obligation):
            rows.setdefault(posting.posting_period, ([], []))[0].append(posting)
    for paper in ledger.documents:
        if paper.amount.currency == currency and keep(paper.obligation):
            rows.setdefault(paper.posting_period, ([], []))[1].append(paper)
    found, opening = list[RollForward](), 0
    for period in sorted(rows):
        row = _rolled(period, opening, currency, rows[period])
        opening = row.closing.minor
        found.append(row)
    return tuple(found)


def _rolled(period: Period, opening: int, currency: str, rows: _Rows) -> RollForward:
    postings, papers = rows
    recognized = _sum(row.amount for row in postings if row.role is Role.REVENUE)
    contra = _sum(row.amount for row in postings if row.role is Role.CONTRA)
    billings = _sum(row.amount for row in papers if row.billing)
    adjustments = _sum(row.amount for row in papers if not row.billing)
    closing = opening + billings - recognized + adjustments
    amounts = (opening, billings, recognized, adjustments, contra, closing)
    return RollForward(period, *(Money(minor, currency) for minor in amounts))


def _sum(amounts: Iterable[Money]) -> int:
    return sum(amount.minor for amount in amounts)


def recognized_by(
    ledger: RevenueLedger, currency: str, dimension: Dimension
) -> dict[str, dict[str, Money]]:
    """Revenue, contra revenue not deducted, by posting period and `dimension`."""
    found: dict[str, dict[str, Money]] = {}
    for row in ledger.postings:
        if row.amount.currency == currency and row.role is Role.REVENUE:
            cells = found.setdefault(row.posting_period.name, {})
            name = named(row.obligation, dimension)
            cells[name] = cells.get(name, Money.zero(currency)) + row.amount
    return found


def named(obligation: Obligation, dimension: Dimension) -> str:
    return {
        Dimension.CUSTOMER: obligation.customer,
        Dimension.ACCOUNT: obligation.revenue_account,
        Dimension.REVENUE_TYPE: obligation.revenue_type,
        Dimension.CONTRACT: obligation.contract_id,
    }[dimension]


def waterfall(ledger: RevenueLedger, currency: str) -> dict[str, Money]:
    """Deferred revenue still to be recognized by period; "unplanned" is what waits for a plan."""
    lines = {
        layer.obligation.obligation_id
        for layer in ledger.layers
        if layer.obligation.amount.currency == currency
    }
    found: dict[str, Money] = {}
    for period, by_line in ledger.unposted().items():
        minor = sum(amount for line, amount in by_line.items() if line in lines)
        if minor:
            found[period.name] = Money(minor, currency)
    unplanned = sum(
        layer.unplanned for layer in ledger.layers if layer.obligation.amount.currency == currency
    )
    return found | ({"unplanned": Money(unplanned, currency)} if unplanned else {})
