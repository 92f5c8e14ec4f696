"""Events to postings: to post for a period = planned cumulative less posted cumulative.

Late invoices, back-dated changes, credits, modifications and reopened periods need no case of
their own: whatever differs from what is posted goes to the first open period.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
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
from domain.revenue.ledger import (
    NOTHING,
    Amounts,
    DocumentPosting,
    Paper,
    Posting,
    PostingKind,
    RevenueLedger,
    Slot,
    targets_of,
)
from domain.revenue.modification import Treatment
from domain.revenue.periods import Calendar, Period, following

_NO_PAPER = (0, 0, 0, 0)


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
    targets: Amounts
    slots: list[Slot]
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
    posted: dict[str, Amounts] = field(default_factory=dict)
    reached: dict[str, _Reach] = field(default_factory=dict)
    papers: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
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
            if layer.voided:
                self.gone.add(layer.record_id)
            self._post_cells(layer, period)
            self._post_paper(layer, period)

    def _post_cells(self, layer: Layer, period: Period) -> None:
        """Post what is due; a layer already met goes on where the last closed period left it."""
        reach = self.reached.get(layer.record_id)
        if reach is None or reach.layer is not layer:
            done = self.posted.setdefault(layer.record_id, {})
            targets = targets_of(layer)
            reach = _Reach(layer, targets, sorted(targets.keys() | done.keys()))
            self.reached[layer.record_id] = reach
        while reach.next < len(reach.slots) and reach.slots[reach.next][0] <= period:
            self._post_slot(reach, reach.slots[reach.next], period)
            reach.next += 1

    def _post_slot(self, reach: _Reach, slot: Slot, period: Period) -> None:
        layer, done = reach.layer, self.posted[reach.layer.record_id]
        target, before = reach.targets.get(slot, NOTHING), done.get(slot, NOTHING)
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
        target = layer.paper
        before = self.papers.get(layer.record_id, _NO_PAPER)
        if target == before:
            return
        self.papers[layer.record_id] = target
        first = isinstance(fact, Billed) and before == _NO_PAPER
        self.documents.append(_document(layer, period, (target, before), billing=first))

    def layers(self, posting: Period | None) -> list[Layer]:
        """All layers; with a posting period only what is dated up to it, and then settled."""
        changes: dict[str, list[Change]] = {}
        lines, voided = list[Billed](), set[str]()
        for fact in sorted(self.facts.values(), key=lambda fact: (fact.on, fact.record_id)):
            if isinstance(fact, Billed):
                lines.append(fact)
            elif self._is_later(fact, posting):
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

    def _is_later(self, fact: Fact, posting: Period | None) -> bool:
        """Dated after the posting period; what was taken back before it was reopened stays so."""
        if posting is None or self.calendar.of(fact.on) <= posting:
            return False
        return not (isinstance(fact, Voided) and fact.of in self.gone)

    def _line(
        self, line: Billed, changes: list[Change], voided: set[str], posting: Period | None
    ) -> list[Layer]:
        gone = line.record_id in voided
        first = emptied(line.record_id, line.obligation) if gone else self._billed(line)
        found = [first]
        for change in changes:
            if change.record_id in voided or (gone and isinstance(change, Modified)):
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
            lambda record, period, role: self.posted.get(record, {}).get((period, role), NOTHING)[
                0
            ],
            self.first_open,
            self.calendar,
        )
        return changed(change, obligation, stands)

    def ledger(self) -> RevenueLedger:
        layers = tuple(self.layers(None))
        return RevenueLedger(
            self.calendar,
            layers,
            tuple(self.postings),
            tuple(self.documents),
            tuple(self._paper(layer) for layer in layers),
            self.first_open,
        )

    def _paper(self, layer: Layer) -> Paper:
        fact = self.facts[layer.record_id]
        posted = self.papers.get(layer.record_id, _NO_PAPER)
        billing = isinstance(fact, Billed)
        return Paper(layer.record_id, layer.obligation, fact.on, billing, layer.paper, posted)


def _settles(change: Change) -> bool:
    """Whether the change depends on what is posted, and so is fixed by its first close."""
    return not isinstance(change, Modified) or change.treatment is not Treatment.CATCH_UP


def _document(
    layer: Layer,
    period: Period,
    amounts: tuple[tuple[int, int, int, int], tuple[int, int, int, int]],
    *,
    billing: bool,
) -> DocumentPosting:
    deferred, base, claim, bad_debt = (new - old for new, old in zip(*amounts, strict=True))
    obligation, currency = layer.obligation, layer.obligation.amount.currency
    return DocumentPosting(
        layer.record_id,
        obligation,
        period,
        Money(deferred, currency),
        Money(base, obligation.base),
        Money(claim, currency),
        Money(bad_debt, currency),
        billing,
    )


def _posting(
    layer: Layer,
    slot: Slot,
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
