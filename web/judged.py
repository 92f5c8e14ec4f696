"""A decision of matching as the page tells it: each way with its invoices as they stand now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from domain.ledger.money import Money
from domain.matching.decision import (
    Allocation,
    Ambiguous,
    Certainty,
    Decision,
    Gate,
    Line,
    Matched,
    NotAReceipt,
    PayerFound,
    Proposal,
    Unmatched,
)
from domain.matching.item import ItemKind
from flows.cash.queue import CandidateInvoice, ReceiptView
from web import cash_words


@dataclass(frozen=True, slots=True)
class WayLine:
    """What one way does with one invoice. `open` is what is open of it now, if it is known."""

    number: str
    due_on: date | None
    open: Money | None
    amount: Money
    beside: tuple[tuple[str, Money], ...]

    @property
    def open_after(self) -> Money | None:
        """What stays open; a deduction stays open as a case."""
        if self.open is None:
            return None
        rest = self.open - self.amount
        for what, amount in self.beside:
            rest = rest if what == "deduction" else rest - amount
        return rest


@dataclass(frozen=True, slots=True)
class Way:
    """One way to apply the receipt. `digest` names exactly this content."""

    digest: str
    title: str
    klass: str
    strength: str
    lines: tuple[WayLine, ...]
    credits: tuple[Line, ...]
    fee: Money
    unapplied: Money
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What matching came to. `ways` are best first; `runner_up` is the best that was not taken."""

    headline: str
    tone: str
    payer: PayerFound
    certainty: str
    reasons: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    runner_up: Way | None = None
    gates: tuple[Gate, ...] = ()
    near: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    rule: str = ""
    tier: str = ""


_CERTAINTY = {
    Certainty.CERTAIN: "Certain",
    Certainty.LIKELY: "Likely, not certain",
    Certainty.UNKNOWN: "Not known",
}
_NOBODY = PayerFound()


def judged(view: ReceiptView, names: Mapping[int, str]) -> Judged | None:
    """The decision of a receipt in the words of the page; None before the first one."""
    decision = view.decision
    if decision is None:
        return None
    payer = _NOBODY if isinstance(decision, NotAReceipt) else decision.payer
    told = _Told(view, names)
    match decision:
        case Matched():
            return _matched(decision, told)
        case Ambiguous():
            return Judged(
                "Fits, but not beyond doubt",
                "warn",
                payer,
                _CERTAINTY[payer.certainty],
                decision.reasons,
                told.ways(decision.proposals),
                gates=decision.gates,
                near=decision.near,
            )
        case Unmatched():
            how = _CERTAINTY[payer.certainty]
            return Judged("Nothing fits", "bad", payer, how, decision.reasons, near=decision.near)
        case NotAReceipt():
            what = cash_words.NOT_RECEIPTS[decision.kind]
            return Judged(f"Not a receipt: {what}", "plain", payer, "", decision.reasons)
        case _:
            assert_never(decision)


def proposals_of(decision: Decision | None) -> tuple[Proposal, ...]:
    """The proposals of a decision in the order of their digests."""
    match decision:
        case Matched():
            return (decision.proposal,)
        case Ambiguous():
            return decision.proposals
        case _:
            return ()


def _matched(decision: Matched, told: _Told) -> Judged:
    headline = "Matched: every gate passed" if decision.live else "One way stands, in review"
    rival = decision.runner_up
    return Judged(
        headline,
        "good" if decision.live else "wait",
        decision.payer,
        _CERTAINTY[decision.payer.certainty],
        (),
        told.ways((decision.proposal,)),
        told.way(rival, "") if rival is not None else None,
        decision.gates,
        notes=decision.notes,
        rule=decision.rule,
        tier=cash_words.TIERS[decision.tier],
    )


class _Told:
    """Tells proposals with what is known of their invoices."""

    def __init__(self, view: ReceiptView, names: Mapping[int, str]) -> None:
        self.digests = view.proposal_digests
        self.names = names
        self.invoices: dict[int, CandidateInvoice] = {
            c.item.id: c for c in view.candidates if c.item.kind is ItemKind.INVOICE
        }

    def ways(self, proposals: tuple[Proposal, ...]) -> tuple[Way, ...]:
        padded = (*self.digests, *("" for _ in proposals))
        return tuple(self.way(p, digest) for p, digest in zip(proposals, padded, strict=False))

    def way(self, proposal: Proposal, digest: str) -> Way:
        allocation = proposal.allocation
        return Way(
            digest,
            _title(allocation, self.names),
            proposal.klass,
            cash_words.strength(proposal.millibits),
            tuple(self._line(line) for line in allocation.invoices),
            allocation.credits,
            allocation.fee,
            allocation.unapplied,
            proposal.reasons,
        )

    def _line(self, line: Line) -> WayLine:
        known = self.invoices.get(line.item_id)
        beside = (
            ("discount", line.discount),
            ("write-off", line.writeoff),
            ("withheld tax", line.withheld),
            ("deduction", line.deduction),
        )
        return WayLine(
            line.number,
            known.item.due_on if known is not None else None,
            known.available if known is not None else None,
            line.amount,
            tuple((what, amount) for what, amount in beside if amount),
        )


def _title(allocation: Allocation, names: Mapping[int, str]) -> str:
    numbers = [line.number for line in allocation.invoices]
    more = f" and {len(numbers) - 4} more" if len(numbers) > 5 else ""
    what = ", ".join(numbers[:4] if more else numbers) + more or "on account"
    name = names.get(allocation.customer_id, "")
    return f"{name}: {what}" if name else what
