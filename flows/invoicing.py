"""Invoices on their way into the ERP: reviewed, corrected, accepted, proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from effects.actor import Actor, Person
from effects.propose import Proposed
from erp.review.draft import Draft, DraftFacts, DraftLine, Standing
from erp.review.finding import Candidate, ReviewFinding, Severity
from erp.review.journal import JournalLine
from flows.desk import Desk
from flows.drafting import (
    Closed,
    DraftInput,
    Invalid,
    LineInput,
    Missing,
    Saved,
    Uploaded,
    begin_changes,
    create_draft,
    drop_draft,
    edit_draft,
    upload_drafts,
)
from store.engine import Session

__all__ = [
    "Candidate",
    "Closed",
    "Difference",
    "Draft",
    "DraftFacts",
    "DraftInput",
    "DraftLine",
    "DraftReview",
    "DuplicateCustomers",
    "FixChange",
    "Invalid",
    "JournalLine",
    "Judged",
    "LineInput",
    "Missing",
    "NotReady",
    "Proposed",
    "QueueFilter",
    "Queued",
    "ReviewFinding",
    "Saved",
    "Severity",
    "Uploaded",
    "acknowledge",
    "begin_changes",
    "choose_customer",
    "choose_item",
    "create_draft",
    "drop_draft",
    "edit_draft",
    "fix",
    "new_customer",
    "queue",
    "review_of",
    "submit",
    "upload_drafts",
]


@dataclass(frozen=True, slots=True)
class FixChange:
    """What a fix would change: a field of the draft, its value now and after. Text for people."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, who accepted it (name and reason, empty while nobody has), what a fix changes."""

    finding: ReviewFinding
    acknowledged_by: str = ""
    acknowledged_reason: str = ""
    acknowledged_at: datetime | None = None
    changes: tuple[FixChange, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it still stands in the way."""
        blocked = self.finding.severity is Severity.BLOCK
        return blocked or (self.finding.severity is Severity.WARN and not self.acknowledged_by)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that the draft and the ERP's copy do not agree on, as text for people."""

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line and the item it will be: how it was found, and how alike where it is a guess.

    `found`: given, mapped, sku, default, guess or none.
    """

    line: DraftLine
    item_netsuite_id: str
    item_name: str
    found: str
    score: int


@dataclass(frozen=True, slots=True)
class DraftReview:
    """A draft with everything a person needs to decide. `next_step` is what submit proposes:
    create_customer, create_invoice, update_invoice or nothing."""

    draft: Draft
    customer_name: str
    customer_netsuite_id: str
    candidates: tuple[Candidate, ...]
    lines: tuple[ShownLine, ...]
    findings: tuple[Judged, ...]
    journal: tuple[JournalLine, ...]
    standing: Standing
    differences: tuple[Difference, ...]
    content_hash: str
    ready: bool
    next_step: str
    effect_state: str = ""


@dataclass(frozen=True, slots=True)
class NotReady:
    """It was not submitted: these findings stand in the way, or this reason does."""

    findings: tuple[Judged, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DuplicateCustomers:
    """Customers with a name like it exist: choose one, or say that it is none of them and why."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which drafts: empty values do not narrow. Amounts are text of any currency ("1000")."""

    status: str = ""
    source: str = ""
    state: str = ""
    amount_from: str = ""
    amount_to: str = ""
    date_from: date | None = None
    date_to: date | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """A draft on the list, with its standing and how many findings stand in the way."""

    draft: Draft
    customer_name: str
    standing: Standing
    blocks: int
    warnings: int
    ready: bool
    effect_state: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of drafts by id. `next_after` goes on from here, None at the end."""

    items: tuple[Queued, ...]
    next_after: int | None = None
    problems: dict[str, str] = field(default_factory=dict)


async def review_of(
    session: Session, draft_id: int, desk: Desk, now: datetime
) -> DraftReview | None:
    """The draft as it stands, checked against what is known of the ERP now. None: no such draft."""
    raise NotImplementedError


async def queue(
    session: Session,
    wanted: QueueFilter,
    desk: Desk,
    now: datetime,
    *,
    after: int = 0,
    limit: int = 50,
) -> Queue:
    """Drafts with their standing, by id."""
    raise NotImplementedError


async def fix(
    session: Session,
    draft_id: int,
    finding_id: str,
    subject: str,
    by: Actor,
    desk: Desk,
    now: datetime,
) -> Saved | Missing | Closed:
    """Apply the fix of a finding exactly as `Judged.changes` shows it."""
    raise NotImplementedError


async def acknowledge(
    session: Session,
    draft_id: int,
    finding_id: str,
    subject: str,
    reason: str,
    by: Person,
    desk: Desk,
    now: datetime,
) -> Saved | Invalid | Missing | Closed:
    """A named person accepts a warning, for a reason, for this content."""
    raise NotImplementedError


async def choose_customer(
    session: Session, draft_id: int, customer_id: int, by: Actor, now: datetime
) -> Saved | Missing | Closed:
    """It is this customer; the link is remembered for the source's own name or id."""
    raise NotImplementedError


async def new_customer(
    session: Session,
    draft_id: int,
    by: Actor,
    desk: Desk,
    now: datetime,
    *,
    sure_because: str = "",
) -> Saved | DuplicateCustomers | Invalid | Missing | Closed:
    """The customer is to be created; with customers like it, only for a reason."""
    raise NotImplementedError


async def choose_item(
    session: Session, draft_id: int, line: int, item_netsuite_id: str, by: Actor, now: datetime
) -> Saved | Invalid | Missing | Closed:
    """Lines of this product are this item, from now on. `line` counts from 1."""
    raise NotImplementedError


async def submit(
    session: Session, draft_id: int, by: Actor, desk: Desk, now: datetime
) -> Proposed | NotReady | Missing:
    """Propose what the review is ready for, through the gate; harmless to repeat."""
    raise NotImplementedError


async def submit_many(
    session: Session, draft_ids: Sequence[int], by: Actor, desk: Desk, now: datetime
) -> dict[int, Proposed | NotReady | Missing]:
    """Submit each; one that is not ready holds up none of the others."""
    raise NotImplementedError
