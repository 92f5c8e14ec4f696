"""What the pages are given at wiring: one frozen value, nothing read from anywhere else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.dunning.planned import Hold, PlannedTouch
from domain.ledger.money import Money
from effects.actor import Actor
from effects.decide import Guard
from effects.kinds import SendEmail
from effects.policy import ApprovalPolicy
from store.engine import Database, Session


@dataclass(frozen=True, slots=True)
class Sandbox:
    """Where the demo's outside world is controlled, and the token it asks for."""

    url: str
    token: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way a payment could be applied: what it would settle, and why it looks right."""

    id: str
    title: str
    lines: tuple[tuple[str, Money], ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the settings page: never a secret's value."""

    group: str
    name: str
    value: str
    note: str = ""


class EnterPayment(Protocol):
    """Record a receipt a person typed in and start its matching; the payment's id.

    `key` comes from the form: the same form sent twice is one payment.
    """

    async def __call__(
        self,
        session: Session,
        *,
        key: str,
        customer_id: int | None,
        amount: Money,
        received_on: date,
        payer_name: str,
        reference: str,
        by: Actor,
        now: datetime,
    ) -> int: ...


class ReviseMail(Protocol):
    """The changed fields (subject, text, html) of a mail whose subject and text a person edited."""

    async def __call__(
        self, session: Session, effect: SendEmail, *, subject: str, text: str, now: datetime
    ) -> Mapping[str, object]: ...


class ChooseCandidate(Protocol):
    """Propose the posting a person chose for a payment. A sentence if it cannot be done."""

    async def __call__(
        self, session: Session, *, payment_id: int, choice: str, by: Actor, now: datetime
    ) -> str | None: ...


# The guard of an edit: reads the new content against the facts of now, in the given session.
Recheck = Callable[[Session, datetime], Guard]
Candidates = Callable[[Session, int], Awaitable[Sequence[Candidate]]]
NextTouches = Callable[
    [Session, Sequence[int], datetime], Awaitable[Mapping[int, PlannedTouch | Hold]]
]
InvoiceStates = Callable[[Session, int, datetime], Awaitable[Mapping[int, PlannedTouch | Hold]]]


@dataclass(frozen=True, slots=True)
class WebDeps:
    """Everything the pages need.

    `erp_link(kind, netsuite_id)` is the address of a record in the ERP, or "". `next_touches` and
    `why_not` say what the cadence plans; without them the pages say only what is stored.
    `closed_history_days` is how far back paid invoices were imported: DSO needs 90.
    """

    db: Database
    clock: Callable[[], datetime]
    policy: ApprovalPolicy
    secret_key: bytes
    public_url: str
    enter_payment: EnterPayment
    revise_mail: ReviseMail
    recheck: Recheck
    erp_link: Callable[[str, str], str]
    candidates: Candidates
    choose_candidate: ChooseCandidate
    next_touches: NextTouches | None = None
    why_not: InvoiceStates | None = None
    sandbox: Sandbox | None = None
    company: str = "Dunwell"
    closed_history_days: int = 0
    settings: tuple[Setting, ...] = ()
