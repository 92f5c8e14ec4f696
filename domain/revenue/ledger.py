"""Rows of the revenue ledger: what was posted, and what is planned and not posted yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from domain.ledger.money import Money
from domain.revenue.events import Obligation
from domain.revenue.layers import Layer, Role
from domain.revenue.periods import Calendar, Period


class PostingKind(StrEnum):
    """Why a row is in its posting period."""

    SCHEDULED = "scheduled"
    CATCH_UP = "catch_up"
    REVERSAL = "reversal"
    CONTRA = "contra"


@dataclass(frozen=True, slots=True)
class Posting:
    """One immutable row of revenue: what was served in one period and posted in another."""

    record_id: str
    obligation: Obligation
    service_period: Period
    posting_period: Period
    kind: PostingKind
    role: Role
    amount: Money
    base: Money
    because: str


@dataclass(frozen=True, slots=True)
class DocumentPosting:
    """What an invoice, credit or write-off did to deferred revenue in a period.

    `billing` tells invoices from adjustments; `base` is `amount` in base currency, `claim` the
    change of the receivable.
    """

    record_id: str
    obligation: Obligation
    posting_period: Period
    amount: Money
    base: Money
    claim: Money
    bad_debt: Money
    billing: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """What a record does to deferred revenue as it reads now, and what of it is in the books.

    Both are (deferred revenue, the same in base currency, receivable, bad debt) in minor units.
    """

    record_id: str
    obligation: Obligation
    on: date
    billing: bool
    target: tuple[int, int, int, int]
    posted: tuple[int, int, int, int]


Slot = tuple[Period, Role]
Amounts = dict[Slot, tuple[int, int]]
NOTHING = (0, 0)


@dataclass(frozen=True, slots=True)
class RevenueLedger:
    """Everything the events led to: posted rows, and the layers that plan the rest."""

    calendar: Calendar
    layers: tuple[Layer, ...]
    postings: tuple[Posting, ...]
    documents: tuple[DocumentPosting, ...]
    papers: tuple[Paper, ...]
    first_open: Period | None

    def explain(self, obligation_id: str, posting_period: str) -> tuple[str, ...]:
        """The records and rules behind what a line posted in a period."""
        return tuple(
            f"{row.record_id}, {row.kind.value}, service {row.service_period.name}: "
            f"{row.amount}. {row.because}"
            for row in self.postings
            if row.obligation.obligation_id == obligation_id
            and row.posting_period.name == posting_period
        )

    def unposted(self) -> dict[Period, dict[str, int]]:
        """Planned and not posted by period and obligation; late amounts in the first open one."""
        posted = _sums(self.postings)
        found: dict[Period, dict[str, int]] = {}
        for layer in self.layers:
            targets, done = targets_of(layer), posted.get(layer.record_id, {})
            for slot in targets.keys() | done.keys():
                rest = targets.get(slot, NOTHING)[0] - done.get(slot, NOTHING)[0]
                by_line = found.setdefault(max(slot[0], self.first_open or slot[0]), {})
                name = layer.obligation.obligation_id
                by_line[name] = by_line.get(name, 0) + rest
        return {period: found[period] for period in sorted(found)}

    def fingerprint(self, period: Period) -> str:
        """SHA-256 over the rows of a posting period: equal for ever once it is closed."""
        rows = sorted(
            repr((row.record_id, row.service_period.name, row.kind.value, row.role.value,
                  row.amount.minor, row.base.minor))
            for row in self.postings if row.posting_period == period
        )  # fmt: skip
        papers = sorted(
            repr((row.record_id, row.amount.minor, row.claim.minor))
            for row in self.documents
            if row.posting_period == period
        )
        return sha256("\n".join([*rows, *papers]).encode()).hexdigest()


def targets_of(layer: Layer) -> Amounts:
    targets: Amounts = {}
    for cell in layer.cells:
        add_to(targets, (cell.period, cell.role), cell.amount, cell.base)
    return targets


def _sums(postings: Iterable[Posting]) -> dict[str, Amounts]:
    sums: dict[str, Amounts] = {}
    for row in postings:
        slot = (row.service_period, row.role)
        add_to(sums.setdefault(row.record_id, {}), slot, row.amount.minor, row.base.minor)
    return sums


def add_to(amounts: Amounts, slot: Slot, minor: int, base: int) -> None:
    before = amounts.get(slot, NOTHING)
    amounts[slot] = (before[0] + minor, before[1] + base)
