"""Invoices on their way into the ERP: reviewed, corrected, accepted, proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from effects.actor import Actor, Person
from effects.lifecycle import EffectState
from effects.propose import Because, Proposed, propose
from erp.review.asking.customer import lookalikes
from erp.review.draft import Draft, DraftFacts, DraftLine
from erp.review.finding import Candidate, JournalLine, ReviewFinding, Severity
from erp.review.fixes import Refresh, fixed
from erp.review.standing import Difference
from flows.desk import Desk
from flows.drafts.drafting import (
    Closed,
    DraftInput,
    Invalid,
    LineInput,
    Missing,
    Saved,
    begin_changes,
    create_draft,
    drop_draft,
    edit_draft,
    locked,
    put,
    reopened,
    told,
)
from flows.drafts.files import Uploaded, upload_drafts
from flows.drafts.origins import hold_deals, made_anew
from flows.drafts.queue import Queue, Queued, QueueFilter, queue
from flows.drafts.review import (
    RETURNED,
    Checked,
    DraftReview,
    FixChange,
    Judged,
    ShownLine,
    check_all,
    reviewed,
)
from flows.drafts.subjects import customer_word
from flows.drafts.values import draft_value
from store import credit_requests, drafts, parties
from store.choices import names_of
from store.drafts import DraftAcknowledgementRow, InvoiceDraftRow
from store.engine import Session
from store.jobs import Job, enqueue
from store.mappings import MappingRow, put_mapping

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
    "Queue",
    "QueueFilter",
    "Queued",
    "ReviewFinding",
    "Saved",
    "Severity",
    "ShownLine",
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
    "submit_many",
    "upload_drafts",
]

READ_LISTS = Job("sync.masters", {}, lane="sync", once="sync.masters")
_LEAST_REASON = 3


@dataclass(frozen=True, slots=True)
class NotReady:
    """It was not submitted: these findings stand in the way, or this reason does."""

    findings: tuple[Judged, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DuplicateCustomers:
    """Customers with a name like it exist: choose one, or say that it is none of them and why."""

    candidates: tuple[Candidate, ...]


async def review_of(
    session: Session, draft_id: int, desk: Desk, now: datetime
) -> DraftReview | None:
    """The draft as it stands, checked against what is known of the ERP now. None: no such draft."""
    found = await _check(session, await drafts.draft(session, draft_id), desk, now)
    return found.review if found else None


async def _check(
    session: Session, row: InvoiceDraftRow | None, desk: Desk, now: datetime
) -> Checked | None:
    return (await check_all(session, [row], desk, now))[0] if row is not None else None


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
    if finding_id == "DEA-005":
        await hold_deals(session, draft_id)
    row = await locked(session, draft_id)
    checked = await _check(session, row, desk, now)
    if row is None or checked is None:
        return Missing()
    known = [one.finding for one in checked.review.findings]
    wanted = next((f for f in known if (f.id, f.subject) == (finding_id, subject)), None)
    after = fixed(finding_id, subject, checked.subject) if wanted and wanted.fixable else None
    if after is None:
        return Closed("There is nothing of this to fix any more.")
    if isinstance(after, Refresh):
        await enqueue(session, READ_LISTS)
        return Saved(draft_id, created=False)
    open_row = await reopened(session, draft_id, f"{finding_id} was fixed", by, now)
    if not isinstance(open_row, InvoiceDraftRow):
        return open_row
    await put(session, open_row, after, by, "draft.fixed", now, finding=finding_id, on=subject)
    if finding_id == "DEA-005":
        await made_anew(session, open_row, subject)
    return Saved(draft_id, created=False)


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
    row = await locked(session, draft_id)
    checked = await _check(session, row, desk, now)
    if row is None or checked is None:
        return Missing()
    why = " ".join(reason.split())[:1000]
    if len(why) < _LEAST_REASON:
        return Invalid({"reason": "Say why this may stand."})
    wanted = (finding_id, subject)
    found = [j for j in checked.review.findings if (j.finding.id, j.finding.subject) == wanted]
    if not found or found[0].finding.severity is not Severity.WARN:
        return Closed("There is no such warning on this draft.")
    if row.state != "draft":
        return Closed("This draft is not open for work.")
    await drafts.put_acknowledgement(
        session,
        DraftAcknowledgementRow(
            draft_id=draft_id,
            finding_id=finding_id,
            subject=subject,
            content_hash=found[0].accepts,
            by=str(by.actor),
            name=by.name,
            reason=why,
            at=now,
        ),
    )
    said = {"finding": finding_id, "on": subject, "reason": why, "content": found[0].accepts}
    await told(session, by.actor, "draft.acknowledged", draft_id, said, now)
    return Saved(draft_id, created=False)


async def choose_customer(
    session: Session, draft_id: int, customer_id: int, by: Actor, now: datetime
) -> Saved | Missing | Closed:
    """It is this customer; the link is remembered for the source's own name or id."""
    customer = await parties.customer(session, customer_id)
    row = await reopened(session, draft_id, "another customer was chosen", by, now)
    if customer is None or isinstance(row, Missing):
        return Missing()
    if isinstance(row, Closed):
        return row
    if row.netsuite_id:
        return Closed("The customer of an invoice in the ERP is not changed here.")
    draft = replace(draft_value(row), customer_id=customer_id, create_customer=False)
    await put(session, row, draft, by, "draft.customer_chosen", now, customer_id=customer_id)
    word = customer_word(draft)
    if word:
        link = ("customer", draft.source, word, customer.netsuite_id)
        await _remember(session, link, by, now)
    return Saved(draft_id, created=False)


async def _remember(
    session: Session, link: tuple[str, str, str, str], by: Actor, now: datetime
) -> None:
    kind, source, ours, netsuite_id = link
    row = MappingRow(
        kind=kind,
        source=source,
        ours=" ".join(ours.split()),
        netsuite_id=netsuite_id,
        remembered_by=str(by),
        remembered_at=now,
    )
    await put_mapping(session, row)


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
    row = await locked(session, draft_id)
    checked = await _check(session, row, desk, now)
    if row is None or checked is None:
        return Missing()
    if row.netsuite_id or row.customer_id is not None:
        return Closed("This draft has a customer.")
    if not row.customer_name.strip():
        return Invalid({"customer_name": "A new customer needs a name."})
    like = lookalikes(checked.subject)
    why = " ".join(sure_because.split())[:1000]
    if like and len(why) < _LEAST_REASON:
        return DuplicateCustomers(like)
    open_row = await reopened(session, draft_id, "a new customer is wanted", by, now)
    if not isinstance(open_row, InvoiceDraftRow):
        return open_row
    draft = draft_value(open_row)
    others = {*draft.facts.distinct_from, *(one.netsuite_id for one in like)}
    facts = replace(draft.facts, distinct_from=tuple(sorted(others)))
    draft = replace(draft, create_customer=True, facts=facts)
    await put(session, open_row, draft, by, "draft.customer_new", now, because=why)
    return Saved(draft_id, created=False)


async def choose_item(
    session: Session, draft_id: int, line: int, item_netsuite_id: str, by: Actor, now: datetime
) -> Saved | Invalid | Missing | Closed:
    """Lines of this product are this item, from now on. `line` counts from 1."""
    item = (await names_of(session, "item", [item_netsuite_id])).get(item_netsuite_id)
    if item is None or item.inactive:
        return Invalid({"item": "The ERP has no active item with this id."})
    row = await reopened(session, draft_id, "another item was chosen", by, now)
    if not isinstance(row, InvoiceDraftRow):
        return row
    draft = draft_value(row)
    if not 1 <= line <= len(draft.lines) or draft.update:
        return Invalid({"line": "There is no such line to choose an item for."})
    lines = list(draft.lines)
    lines[line - 1] = replace(lines[line - 1], item_netsuite_id="")
    product = lines[line - 1].product
    if product:
        await _remember(session, ("item", draft.source, product, item_netsuite_id), by, now)
    else:
        lines[line - 1] = replace(lines[line - 1], item_netsuite_id=item_netsuite_id)
    draft = replace(draft, lines=tuple(lines))
    said = {"line": line, "item": item_netsuite_id, "product": product}
    await put(session, row, draft, by, "draft.item_chosen", now, **said)
    return Saved(draft_id, created=False)


async def submit(
    session: Session, draft_id: int, by: Actor, desk: Desk, now: datetime
) -> Proposed | NotReady | Missing:
    """Propose what the review is ready for, through the gate; harmless to repeat."""
    row = await locked(session, draft_id)
    checked = await _check(session, row, desk, now)
    if row is None or checked is None:
        return Missing()
    if _outdated(checked):
        again = await reopened(session, draft_id, "it is submitted with other content", by, now)
        if again is row:
            checked = (await check_all(session, [row], desk, now))[0]
    stands = checked.review.effect_state
    if row.state == "submitted" and stands in _WAITING:
        return Proposed(row.effect_id or 0, EffectState(stands), created=False)
    if row.state == "submitted" and stands not in RETURNED:
        return NotReady(reason=_OVER.get(stands, "It cannot be submitted again as it stands."))
    if row.source == "rebill" and not await _credited(session, row):
        return NotReady(reason=_NOT_CREDITED)
    if not checked.review.ready or checked.effect is None:
        return _not_ready(checked)
    because = Because(rule=f"{row.source} {row.source_id}", evidence=reviewed(checked.review))
    answer = await propose(
        session, checked.effect, policy=desk.approval, because=because, by=by, now=now
    )
    if answer.state not in _LIVE:
        return NotReady(reason=_OVER.get(answer.state, f"It was {answer.state.value}."))
    row.state, row.effect_id, row.updated_at = "submitted", answer.effect_id, now
    said = {"effect_id": answer.effect_id, "content": checked.review.content_hash}
    await told(session, by, "draft.submitted", draft_id, said, now)
    return answer


async def _credited(session: Session, row: InvoiceDraftRow) -> bool:
    """Whether the invoice that a rebill replaces was credited, and that stands."""
    asked = await credit_requests.request(session, int(row.source_id.rpartition(":")[2]))
    return asked is not None and asked.posted_at is not None and asked.voided_at is None


def _outdated(checked: Checked) -> bool:
    """Whether what waits for approval is not what would be sent now."""
    return any(one.finding.id == "SYN-005" for one in checked.review.findings)


_WAITING = ("proposed", "approved", "performing", "unknown", "done")
_LIVE = tuple(EffectState(name) for name in _WAITING)
_NOT_CREDITED = "The invoice it replaces still stands: its credit has to reach the ERP first."
_OVER = {
    "failed": "The ERP refused it: have it tried again, or change the draft.",
    "rejected": "It was rejected: change the draft before it is submitted again.",
}


def _not_ready(checked: Checked) -> NotReady:
    standing_in_the_way = tuple(one for one in checked.review.findings if one.open)
    if standing_in_the_way:
        return NotReady(standing_in_the_way)
    state = checked.review.draft.state
    if state != "draft":
        return NotReady(reason=f"This draft is {state}.")
    return NotReady(reason="There is nothing to push: the ERP has it like this.")


async def submit_many(
    session: Session, draft_ids: Sequence[int], by: Actor, desk: Desk, now: datetime
) -> dict[int, Proposed | NotReady | Missing]:
    """Submit each; one that is not ready holds up none of the others."""
    ids = sorted(set(draft_ids))
    return {one: await submit(session, one, by, desk, now) for one in ids}
