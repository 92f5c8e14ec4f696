"""What matching a receipt can come to, with reasons a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.ledger.invoice import Invoice
from domain.ledger.payment import Application


class Certainty(StrEnum):
    """How sure it is who paid. Only CERTAIN may be relied on without a reference."""

    CERTAIN = "certain"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Payer:
    """Who paid, as far as the source of the receipt proves it; `evidence` says how."""

    customer_id: int | None = None
    certainty: Certainty = Certainty.UNKNOWN
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to apply a receipt to invoices of one customer. More `points` rank higher."""

    customer_id: int
    applications: tuple[Application, ...]
    numbers: tuple[str, ...]
    points: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """Exactly one application of the receipt is proved. `rule` names the proof."""

    customer_id: int
    applications: tuple[Application, ...]
    rule: str
    reasons: tuple[str, ...]
    runner_up: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Something fits, but not beyond doubt: a person picks. Best candidate first."""

    customer_id: int | None
    reasons: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Nothing fits. `candidates` are what comes nearest, if anything does."""

    customer_id: int | None
    reasons: tuple[str, ...]
    candidates: tuple[Candidate, ...] = ()


MatchOutcome = Matched | Ambiguous | Unmatched


def in_order(invoices: tuple[Invoice, ...]) -> tuple[Invoice, ...]:
    """Invoices oldest due first, so that no result depends on the order they came in."""
    return tuple(sorted(invoices, key=lambda i: (i.due_on, i.number, i.id)))
