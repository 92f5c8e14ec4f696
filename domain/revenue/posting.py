"""Events to postings: to post for a period = planned cumulative less posted cumulative.

Late invoices, back-dated changes, credits, modifications and reopened periods need no case of
their own: whatever differs from what is posted goes to the first open period.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import assert_never

from domain.ledger.money import Money
from domain.revenue.events import (
    Billed,
    CashOnly,
    Change,
    Credited,
    Fact,
    Modified,
    Obligation,
    PeriodClosed,
    PeriodReopened,
    RevenueEvent,
    Voided,
    WrittenOff,
)
from domain.revenue.layers import Layer, Role, billed, changed, emptied, standing
from domain.revenue.modification import Treatment
from domain.revenue.periods import Calendar, Period, following


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

    `billing` tells invoices from adjustments; `claim` is the change of the receivable.
    """

    record_id: str
    obligation: Obligation
    posting_period: Period
    amount: Money
    claim: Money
    bad_debt: Money
    billing: bool


_Slot = tuple[Period, Role]
_Amounts = dict[_Slot, tuple[int, int]]
_NOTHING = (0, 0)


@dataclass(frozen=True, slots=True)
class RevenueLedger:
    """Everything the events led to: posted rows, and the layers that plan the rest."""

    calendar: Calendar
    layers: tuple[Layer, ...]
    postings: tuple[Posting, ...]
    documents: tuple[DocumentPosting, ...]
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
            targets, done = _targets(layer), posted.get(layer.record_id, {})
            for slot in targets.keys() | done.keys():
                rest = targets.get(slot, _NOTHING)[0] - done.get(slot, _NOTHING)[0]
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


def replay(events: Iterable[RevenueEvent], calendar: Calendar) -> RevenueLedger:
    """Fold events in the order they became known. Duplicates and old revisions change nothing."""
    books = _Books(calendar)
    for event in events:
        books.take(event)
    return books.ledger()


@dataclass(slots=True)
class _Reach:
    """How far a layer is posted: the slots before `next` are done."""

    layer: Layer
    targets: _Amounts
    slots: list[_Slot]
    next: int = 0


@dataclass(slots=True)
class _Books:
    calendar: Calendar
    seen: dict[str, int] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    settled: dict[tuple[str, int], Layer] = field(default_factory=dict)
    plans: dict[tuple[str, int], Layer] = field(default_factory=dict)
    postings: list[Posting] = field(default_factory=list)
    documents: list[DocumentPosting] = field(default_factory=list)
    posted: dict[str, _Amounts] = field(default_factory=dict)
    reached: dict[str, _Reach] = field(default_factory=dict)
    papers: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    closed_through: Period | None = None
    reopened: set[Period] = field(default_factory=set)

    @property
    def first_open(self) -> Period | None:
        if self.reopened:
            return min(self.reopened)
        return following(self.calendar, self.closed_through) if self.closed_through else None

    def take(self, event: RevenueEvent) -> None:
        if self.seen.get(event.record_id, -1) >= event.revision:
            return
        self.seen[event.record_id] = event.revision
        match event:
            case PeriodClosed(through=through):
                self.close(self.calendar.of(through))
            case PeriodReopened(on=on):
                period = self.calendar.of(on)
                if self.closed_through is not None and period <= self.closed_through:
                    self.reopened.add(period)
            case Billed() | Credited() | WrittenOff() | Modified() | CashOnly() | Voided():
                self.facts[event.record_id] = event
            case never:
                assert_never(never)

    def close(self, through: Period) -> None:
        """Post and lock, one period after the other, up to `through`."""
        for period in sorted(self.reopened):
            if period <= through:
                self.post(period)
                self.reopened.discard(period)
        upcoming = self._next() or through
        while upcoming <= through:
            self.post(upcoming)
            self.closed_through = upcoming
            upcoming = following(self.calendar, upcoming)
        self.closed_through = max(self.closed_through or through, through)

    def _next(self) -> Period | None:
        if self.closed_through is not None:
            return following(self.calendar, self.closed_through)
        layers = self.layers(None)
        starts = [cell.period for layer in layers for cell in layer.cells]
        starts += [self.calendar.of(fact.on) for fact in self.facts.values()]
        return min(starts, default=None)

    def post(self, period: Period) -> None:
        for layer in self.layers(period):
            self._post_cells(layer, period)
            self._post_paper(layer, period)

    def _post_cells(self, layer: Layer, period: Period) -> None:
        """Post what is due; a layer already met goes on where the last closed period left it."""
        reach = self.reached.get(layer.record_id)
        if reach is None or reach.layer is not layer:
            done = self.posted.setdefault(layer.record_id, {})
            targets = _targets(layer)
            reach = _Reach(layer, targets, sorted(targets.keys() | done.keys()))
            self.reached[layer.record_id] = reach
        while reach.next < len(reach.slots) and reach.slots[reach.next][0] <= period:
            self._post_slot(reach, reach.slots[reach.next], period)
            reach.next += 1

    def _post_slot(self, reach: _Reach, slot: _Slot, period: Period) -> None:
        layer, done = reach.layer, self.posted[reach.layer.record_id]
        target, before = reach.targets.get(slot, _NOTHING), done.get(slot, _NOTHING)
        if target == before:
            return
        done[slot] = target
        cells = (cell.because for cell in layer.cells if (cell.period, cell.role) == slot)
        why = next(cells, "no longer planned")
        self.postings.append(_posting(layer, slot, period, (target, before), why))

    def _post_paper(self, layer: Layer, period: Period) -> None:
        fact = self.facts[layer.record_id]
        if self.calendar.of(fact.on) > period:
            return
        target = (layer.document, layer.claim, layer.bad_debt)
        before = self.papers.get(layer.record_id, (0, 0, 0))
        if target == before:
            return
        self.papers[layer.record_id] = target
        currency = layer.obligation.amount.currency
        deferred, claim, bad_debt = (
            Money(new - old, currency) for new, old in zip(target, before, strict=True)
        )
        first = isinstance(fact, Billed) and before == (0, 0, 0)
        self.documents.append(
            DocumentPosting(
                layer.record_id, layer.obligation, period, deferred, claim, bad_debt, billing=first
            )
        )

    def layers(self, posting: Period | None) -> list[Layer]:
        """All layers; with a posting period only what is dated up to it, and then settled."""
        changes: dict[str, list[Change]] = {}
        lines, voided = list[Billed](), set[str]()
        for fact in sorted(self.facts.values(), key=lambda fact: (fact.on, fact.record_id)):
            if isinstance(fact, Billed):
                lines.append(fact)
            elif posting is not None and self.calendar.of(fact.on) > posting:
                continue
            elif isinstance(fact, Voided):
                voided.add(fact.of)
            elif not isinstance(fact, CashOnly):
                changes.setdefault(fact.of, []).append(fact)
        return [
            layer
            for line in lines
            for layer in self._line(line, changes.get(line.record_id, []), voided, posting)
        ]

    def _line(
        self, line: Billed, changes: list[Change], voided: set[str], posting: Period | None
    ) -> list[Layer]:
        gone = line.record_id in voided
        first = emptied(line.record_id, line.obligation) if gone else self._billed(line)
        found = [first]
        for change in changes:
            if change.record_id in voided:
                found.append(emptied(change.record_id, line.obligation))
                continue
            key = (change.record_id, change.revision)
            layer = self.settled.get(key) or self._changed(change, line.obligation, found)
            if posting is not None and _settles(change):
                self.settled[key] = layer
            found.append(layer)
        return found

    def _billed(self, line: Billed) -> Layer:
        key = (line.record_id, line.revision)
        if key not in self.plans:
            self.plans[key] = billed(line, self.calendar)
        return self.plans[key]

    def _changed(self, change: Change, obligation: Obligation, found: list[Layer]) -> Layer:
        stands = standing(
            found,
            lambda record, period, role: self.posted.get(record, {}).get((period, role), _NOTHING)[
                0
            ],
            self.first_open,
            self.calendar,
        )
        return changed(change, obligation, stands)

    def ledger(self) -> RevenueLedger:
        return RevenueLedger(
            self.calendar,
            tuple(self.layers(None)),
            tuple(self.postings),
            tuple(self.documents),
            self.first_open,
        )


def _settles(change: Change) -> bool:
    """Whether the change depends on what is posted, and so is fixed by its first close."""
    return not isinstance(change, Modified) or change.treatment is not Treatment.CATCH_UP


def _targets(layer: Layer) -> _Amounts:
    targets: _Amounts = {}
    for cell in layer.cells:
        _add(targets, (cell.period, cell.role), cell.amount, cell.base)
    return targets


def _sums(postings: Iterable[Posting]) -> dict[str, _Amounts]:
    sums: dict[str, _Amounts] = {}
    for row in postings:
        slot = (row.service_period, row.role)
        _add(sums.setdefault(row.record_id, {}), slot, row.amount.minor, row.base.minor)
    return sums


def _add(amounts: _Amounts, slot: _Slot, minor: int, base: int) -> None:
    before = amounts.get(slot, _NOTHING)
    amounts[slot] = (before[0] + minor, before[1] + base)


def _posting(
    layer: Layer,
    slot: _Slot,
    period: Period,
    amounts: tuple[tuple[int, int], tuple[int, int]],
    because: str,
) -> Posting:
    (target, target_base), (before, before_base) = amounts
    kind = PostingKind.SCHEDULED if slot[0] == period else PostingKind.CATCH_UP
    if layer.voided:
        kind = PostingKind.REVERSAL
    elif slot[1] is Role.CONTRA:
        kind = PostingKind.CONTRA
    return Posting(
        layer.record_id,
        layer.obligation,
        slot[0],
        period,
        kind,
        slot[1],
        Money(target - before, layer.obligation.amount.currency),
        Money(target_base - before_base, layer.obligation.base),
        because,
    )
