"""What came out against what is true, added up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import assert_never

from bench.cash.baselines import Applied
from bench.cash.truth import Came, Key, Less, Truth
from domain.matching.decision import (
    Allocation,
    Ambiguous,
    Decision,
    MatchClass,
    Matched,
    NotAReceipt,
    Proposal,
    Unmatched,
)
from domain.matching.settings import MatchSettings


@dataclass(frozen=True, slots=True)
class Wrong:
    """A receipt on which something was done that is not true."""

    tenant: str
    came: Came
    minor: int
    decision: Decision | None = None


@dataclass(slots=True)
class Tally:
    """Counts of one way to apply money."""

    receipts: int = 0
    posted: int = 0
    exact: int = 0
    lines: int = 0
    right_lines: int = 0
    value: Counter[str] = field(default_factory=Counter)
    posted_value: Counter[str] = field(default_factory=Counter)
    misapplied: Counter[str] = field(default_factory=Counter)
    wrong: list[Wrong] = field(default_factory=list)
    unrelated_posted: int = 0
    ambiguous: int = 0
    ambiguous_posted: list[Wrong] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count what another run counted as well."""
        for name in ("receipts", "posted", "exact", "lines", "right_lines", "unrelated_posted"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.ambiguous += other.ambiguous
        self.value += other.value
        self.posted_value += other.posted_value
        self.misapplied += other.misapplied
        self.wrong += other.wrong
        self.ambiguous_posted += other.ambiguous_posted

    def seen(self, came: Came) -> None:
        self.receipts += 1
        self.value[came.receipt.amount.currency] += came.receipt.amount.minor
        self.ambiguous += came.truth.ambiguous

    def post(
        self,
        tenant: str,
        came: Came,
        closed: dict[Key, int],
        decision: Decision | None = None,
        *,
        exact: bool = True,
    ) -> None:
        """Something was applied by itself: compare it with the truth, line by line."""
        true = closed_by(came.truth)
        currency = came.receipt.amount.currency
        self.posted += 1
        self.posted_value[currency] += came.receipt.amount.minor
        right = sum(true.get(key) == minor for key, minor in closed.items())
        self.lines += len(closed)
        self.right_lines += right
        too_much = sum(max(0, minor - true.get(key, 0)) for key, minor in closed.items())
        if too_much:
            self.misapplied[currency] += too_much
            self.wrong.append(Wrong(tenant, came, too_much, decision))
        self.exact += closed == true and exact
        self.unrelated_posted += came.truth.payer is None
        if came.truth.ambiguous:
            self.ambiguous_posted.append(Wrong(tenant, came, too_much, decision))


_ADDED = (
    "outcomes", "classes", "shown", "first", "in_three", "payers", "payers_found", "payers_right",
    "adjusted", "adjusted_right", "not_receipts", "not_receipts_told", "missed", "seconds", "kinds",
)  # fmt: skip


@dataclass(slots=True)
class Score:
    """Everything measured of Dunwell's matcher over a run."""

    tally: Tally = field(default_factory=Tally)
    outcomes: Counter[str] = field(default_factory=Counter)
    classes: Counter[MatchClass] = field(default_factory=Counter)
    shown: int = 0
    first: int = 0
    in_three: int = 0
    payers: int = 0
    payers_found: int = 0
    payers_right: int = 0
    adjusted: int = 0
    adjusted_right: int = 0
    not_receipts: int = 0
    not_receipts_told: int = 0
    missed: list[Came] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    kinds: Counter[tuple[str, bool]] = field(default_factory=Counter)
    baselines: dict[str, Tally] = field(default_factory=dict)

    def add(self, other: Score) -> None:
        """Count what another run counted as well."""
        self.tally.add(other.tally)
        for name in _ADDED:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name, tally in other.baselines.items():
            self.baselines.setdefault(name, Tally()).add(tally)

    def take(self, tenant: str, came: Came, decision: Decision) -> None:
        """Count a final decision."""
        self.tally.seen(came)
        self._payer(came, decision)
        auto = isinstance(decision, Matched) and decision.live
        self.kinds[_kind(came.truth), auto] += 1
        match decision:
            case Matched() if decision.live:
                self._auto(tenant, came, decision)
            case Matched() | Ambiguous() | Unmatched():
                self.outcomes[_named(decision)] += 1
                self._proposed(came, decision)
            case NotAReceipt():
                self.outcomes["not a receipt"] += 1
                self.not_receipts_told += came.truth.kind is decision.kind
                if came.truth.kind is not decision.kind:
                    self.missed.append(came)
            case _:
                assert_never(decision)
        self.not_receipts += came.truth.kind is not None

    def _auto(self, tenant: str, came: Came, decision: Matched) -> None:
        allocation = decision.proposal.allocation
        self.outcomes["automatic"] += 1
        self.classes[decision.proposal.klass] += 1
        same = allocation.fee == came.truth.fee and allocation.unapplied == came.truth.unapplied
        closed = closed_in(allocation)
        self.tally.post(tenant, came, closed, decision, exact=same)
        if came.truth.less.value != "nothing":
            self.adjusted += 1
            self.adjusted_right += same and closed == closed_by(came.truth)

    def _proposed(self, came: Came, decision: Matched | Ambiguous | Unmatched) -> None:
        if not came.truth.paid:
            return
        self.missed.append(came)
        self.shown += 1
        true = {p.key for p in came.truth.paid}
        hits = [_items(p) == true for p in proposals(decision)]
        self.first += any(hits[:1])
        self.in_three += any(hits)

    def _payer(self, came: Came, decision: Decision) -> None:
        if came.truth.payer is None or isinstance(decision, NotAReceipt):
            return
        self.payers += 1
        if decision.payer.customer_id is not None:
            self.payers_found += 1
            self.payers_right += decision.payer.customer_id in came.truth.owners


def closed_in(allocation: Allocation) -> dict[Key, int]:
    """By how much an allocation shrinks each item."""
    closed = {
        (line.kind, line.item_id): sum(
            m.minor for m in (line.amount, line.discount, line.writeoff, line.withheld)
        )
        for line in allocation.invoices
    }
    return closed | {(line.kind, line.item_id): line.amount.minor for line in allocation.credits}


def closed_by(truth: Truth) -> dict[Key, int]:
    """By how much the truth shrinks each item."""
    return {p.key: p.closed for p in truth.paid} | {k: m.minor for k, m in truth.credits.items()}


def plain(applied: Applied, kind_of_invoice: Key) -> dict[Key, int]:
    """A baseline's applications, keyed as items are."""
    return {(kind_of_invoice[0], item_id): minor for item_id, minor in applied.items()}


def proposals(decision: Matched | Ambiguous | Unmatched) -> tuple[Proposal, ...]:
    match decision:
        case Matched():
            rest = (decision.runner_up,) if decision.runner_up else ()
            return (decision.proposal, *rest)
        case Ambiguous():
            return decision.proposals
        case Unmatched():
            return ()
        case _:
            assert_never(decision)


def _items(proposal: Proposal) -> set[Key]:
    return {(line.kind, line.item_id) for line in proposal.allocation.invoices}


def _named(decision: Decision) -> str:
    return (
        "matched, in review" if isinstance(decision, Matched) else type(decision).__name__.lower()
    )


NOBODY = ("pays nothing that is open", "not all named, and the sum fits nothing",
          "not all named, and other invoices fit too")  # fmt: skip
BY_RULE = ("not all named, only this fits, more than ten open",
           "not all named, only this fits, money taken off")  # fmt: skip
_MOST_OPEN = MatchSettings().most_open_for_amount


def _kind(truth: Truth) -> str:
    """The lines of the ceiling: what anybody could know of a receipt."""
    if truth.payer is None or not truth.paid:
        return NOBODY[0]
    if truth.linked:
        return "linked by the source"
    if truth.complete:
        return f"all named, {_how(truth)}"
    if _how(truth) != _AGREES:
        return NOBODY[1]
    return NOBODY[2] if truth.rivals else _by_sum(truth)


def _by_sum(truth: Truth) -> str:
    """Where only the sum tells: the rules leave large accounts and sums taken off to people."""
    if not truth.named & {p.key for p in truth.paid}:
        if truth.open_count > _MOST_OPEN:
            return BY_RULE[0]
        if truth.less is not Less.NOTHING:
            return BY_RULE[1]
    return "not all named, and only this fits"


_AGREES = "the sum agrees"


def _how(truth: Truth) -> str:
    if truth.made.value == "part of one":
        return "a part of it"
    if truth.less.value in ("deduction", "late discount", "rounding") or truth.unapplied:
        return "more or less money"
    return _AGREES
