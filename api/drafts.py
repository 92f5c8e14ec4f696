"""Invoices on their way into the ERP by API: drafts, their review, corrections, submission."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, assert_never

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api import draft_shapes
from api.auth import READING, Reviewer
from api.deps import Deps
from api.errors import Conflict, NotFound, NotReadyToSubmit, TooLarge, Unprocessable
from api.resources import After, Id, Limit, Page
from flows import invoicing
from flows.invoicing import (
    Closed,
    DraftInput,
    DuplicateCustomers,
    Invalid,
    LineInput,
    Missing,
    NotReady,
    Proposed,
    QueueFilter,
    Saved,
    Uploaded,
)
from store.engine import Session

router = APIRouter(prefix="/api/v1/invoice-drafts")
Text = Annotated[str, Field(max_length=1000)]
_MOST_BYTES = 2 * 1024 * 1024


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Line(_Body):
    """A line. Amounts, quantities, rates and days are text: a JSON number is not exact."""

    product: Text
    amount: Text
    item_netsuite_id: Text = ""
    quantity: Text = "1"
    rate: Text = ""
    description: Text = ""
    service_starts_on: Text = ""
    service_ends_on: Text = ""
    department_netsuite_id: Text = ""
    class_netsuite_id: Text = ""
    location_netsuite_id: Text = ""
    tax_code: Text = ""
    tax_rate: Text = ""
    tax: Text = ""
    usage: bool = False
    discount: bool = False


class Changes(_Body):
    """Fields to change; what is left out stays. `lines` are all lines."""

    currency: Text | None = None
    issued_on: Text | None = None
    lines: Annotated[list[Line], Field(max_length=500)] | None = None
    customer_id: int | None = None
    customer_name: Text | None = None
    customer_email: Text | None = None
    customer_phone: Text | None = None
    customer_external_id: Text | None = None
    customer_erp_id: Text | None = None
    bill_to: dict[str, Text] | None = None
    due_on: Text | None = None
    terms_netsuite_id: Text | None = None
    subsidiary_netsuite_id: Text | None = None
    ar_account_netsuite_id: Text | None = None
    department_netsuite_id: Text | None = None
    class_netsuite_id: Text | None = None
    location_netsuite_id: Text | None = None
    exchange_rate: Text | None = None
    number: Text | None = None
    po_number: Text | None = None
    po_amount: Text | None = None
    po_blanket: bool | None = None
    memo: Text | None = None
    tax_exempt: bool | None = None
    tax_place: Text | None = None


class Rewritten(Changes):
    """Fields to change. With the review's content hash: only while the draft is what was seen."""

    content_hash: Annotated[str, Field(min_length=64, max_length=64)] | None = None


class NewDraft(Changes):
    """A draft. `source` and `source_id` name what it is made from: invoiced once."""

    source: Text = "api"
    source_id: Text
    currency: Text
    issued_on: Text
    lines: Annotated[list[Line], Field(max_length=500)]


class Seen(_Body):
    """A finding of the review, and the content hash of the review the caller saw."""

    finding: Annotated[str, Field(max_length=20)]
    subject: Annotated[str, Field(max_length=300)] = ""
    content_hash: Annotated[str, Field(min_length=64, max_length=64)]


class Acknowledged(Seen):
    """A warning that may stand, and why."""

    reason: Annotated[str, Field(min_length=3, max_length=1000)]


class Customer(_Body):
    """An existing customer, or `new`; with customers like it, `new` needs a reason."""

    customer_id: int | None = None
    new: bool = False
    reason: Text = ""


class Item(_Body):
    """The item that lines of this product are from now on. `line` counts from 1."""

    line: Annotated[int, Field(ge=1, le=500)]
    item_netsuite_id: Annotated[str, Field(max_length=20)]


class Submission(_Body):
    """What the caller saw."""

    content_hash: Annotated[str, Field(min_length=64, max_length=64)]


class Many(_Body):
    """Drafts with the content hashes the caller saw, by id."""

    drafts: Annotated[dict[str, str], Field(min_length=1, max_length=200)]


class Dropped(_Body):
    """Why it is given up."""

    reason: Annotated[str, Field(min_length=1, max_length=1000)]


@router.get("", dependencies=READING)
async def drafts(
    deps: Deps,
    status: Literal["", "new", "has_changes", "up_to_date"] = "",
    state: Literal["", "draft", "submitted", "pushed", "dropped"] = "",
    source: Annotated[str, Query(max_length=30)] = "",
    amount_from: Annotated[str, Query(max_length=30)] = "",
    amount_to: Annotated[str, Query(max_length=30)] = "",
    date_from: date | None = None,
    date_to: date | None = None,
    after: After = 0,
    limit: Limit = 50,
) -> Page:
    """Drafts by id, each with its standing and what stands in its way."""
    wanted = QueueFilter(status, source, state, amount_from, amount_to, date_from, date_to)
    async with deps.db.read() as session:
        found = await invoicing.queue(
            session, wanted, deps.desk, deps.clock(), after=after, limit=limit
        )
    if found.problems:
        raise Unprocessable(_told(found.problems))
    following = str(found.next_after) if found.next_after is not None else None
    return {"items": [draft_shapes.queued(one) for one in found.items], "next": following}


@router.post("", status_code=201)
async def create(deps: Deps, caller: Reviewer, sent: NewDraft) -> Page:
    """Put a draft on the list. The same again is the same draft."""
    given = _given(sent)
    wanted = DraftInput(
        **{**given, "lines": tuple(LineInput(**x.model_dump()) for x in sent.lines)}
    )
    async with deps.db.begin() as session:
        answer = await invoicing.create_draft(session, wanted, caller.person.actor, deps.clock())
        return await _answered(session, deps, answer)


@router.post("/upload", status_code=201)
async def upload(
    deps: Deps, caller: Reviewer, request: Request, name: Annotated[str, Query(max_length=200)]
) -> Page:
    """Drafts from the bytes of a CSV or JSON file, all or none."""
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > _MOST_BYTES:
            raise TooLarge
    async with deps.db.begin() as session:
        answer = await invoicing.upload_drafts(
            session, name, bytes(content), caller.person.actor, deps.clock()
        )
    match answer:
        case Uploaded(created, known):
            return {"created": list(created), "known": list(known)}
        case Invalid(problems):
            raise Unprocessable(_told(problems))
        case _:
            assert_never(answer)


@router.post("/submit")
async def submit_many(deps: Deps, caller: Reviewer, sent: Many) -> Page:
    """Submit many; one that is not ready, or that changed, holds up none of the others."""
    if not all(key.isdigit() and len(key) < 19 for key in sent.drafts):
        raise Unprocessable("Drafts are named by their ids.")
    answers: dict[str, Any] = {}
    for key in sorted(sent.drafts, key=int):
        async with deps.db.begin() as session:
            try:
                answers[key] = await _submit(session, deps, caller, int(key), sent.drafts[key])
            except NotFound:
                answers[key] = {"error": "not_found"}
            except Conflict as error:
                answers[key] = {"error": "changed", "detail": error.detail}
            except NotReadyToSubmit as error:
                answers[key] = {"error": "not_ready", **error.more}
    return {"answers": answers}


@router.get("/{draft_id}", dependencies=READING)
async def one(deps: Deps, draft_id: Id) -> Page:
    """A draft with its review: findings, journal, standing, and whether it is ready."""
    async with deps.db.read() as session:
        return await _review(session, deps, draft_id)


@router.patch("/{draft_id}")
async def edit(deps: Deps, caller: Reviewer, draft_id: Id, sent: Rewritten) -> Page:
    """Change fields; what waited for approval is taken back.

    Send the content hash with `lines`: deals of a customer may add theirs to an open draft.
    """
    changes = _given(sent)
    seen = changes.pop("content_hash", None)
    if "lines" in changes:
        changes["lines"] = [line.model_dump() for line in sent.lines or []]
    async with deps.db.begin() as session:
        if seen is not None:
            await _unchanged(session, deps, draft_id, seen)
        by = caller.person.actor
        answer = await invoicing.edit_draft(session, draft_id, changes, by, deps.clock())
        return await _answered(session, deps, answer)


@router.post("/{draft_id}/acknowledge")
async def acknowledge(deps: Deps, caller: Reviewer, draft_id: Id, sent: Acknowledged) -> Page:
    """Accept a warning by name, for a reason."""
    now = deps.clock()
    async with deps.db.begin() as session:
        await _unchanged(session, deps, draft_id, sent.content_hash)
        answer = await invoicing.acknowledge(
            session, draft_id, sent.finding, sent.subject, sent.reason, caller.person,
            deps.desk, now,
        )  # fmt: skip
        return await _answered(session, deps, answer)


@router.post("/{draft_id}/fix")
async def fix(deps: Deps, caller: Reviewer, draft_id: Id, sent: Seen) -> Page:
    """Apply the fix of a finding, as the review shows it."""
    now, by = deps.clock(), caller.person.actor
    async with deps.db.begin() as session:
        await _unchanged(session, deps, draft_id, sent.content_hash)
        answer = await invoicing.fix(
            session, draft_id, sent.finding, sent.subject, by, deps.desk, now
        )
        return await _answered(session, deps, answer)


@router.post("/{draft_id}/customer")
async def customer(deps: Deps, caller: Reviewer, draft_id: Id, sent: Customer) -> Page:
    """Say which customer it is, or that it is a new one."""
    now, by = deps.clock(), caller.person.actor
    async with deps.db.begin() as session:
        if sent.customer_id is not None and not sent.new:
            chosen = await invoicing.choose_customer(session, draft_id, sent.customer_id, by, now)
            return await _answered(session, deps, chosen)
        if not sent.new or sent.customer_id is not None:
            raise Unprocessable("Name a customer_id, or say new.")
        made = await invoicing.new_customer(
            session, draft_id, by, deps.desk, now, sure_because=sent.reason
        )
        return await _answered(session, deps, made)


@router.post("/{draft_id}/item")
async def item(deps: Deps, caller: Reviewer, draft_id: Id, sent: Item) -> Page:
    """Map a line's product to an item, from now on."""
    now, by = deps.clock(), caller.person.actor
    async with deps.db.begin() as session:
        answer = await invoicing.choose_item(
            session, draft_id, sent.line, sent.item_netsuite_id, by, now
        )
        return await _answered(session, deps, answer)


@router.post("/{draft_id}/submit")
async def submit(deps: Deps, caller: Reviewer, draft_id: Id, sent: Submission) -> Page:
    """Propose it for approval. Approving is done on the effect it names."""
    async with deps.db.begin() as session:
        return await _submit(session, deps, caller, draft_id, sent.content_hash)


@router.post("/{draft_id}/drop")
async def drop(deps: Deps, caller: Reviewer, draft_id: Id, sent: Dropped) -> Page:
    """Give it up."""
    now, by = deps.clock(), caller.person.actor
    async with deps.db.begin() as session:
        answer = await invoicing.drop_draft(session, draft_id, sent.reason, by, now)
        return await _answered(session, deps, answer)


@router.post("/of-invoice/{invoice_id}", status_code=201)
async def begin_changes(deps: Deps, caller: Reviewer, invoice_id: Id) -> Page:
    """A draft of changes to an invoice of the ERP: due date, PO number, memo, terms."""
    now, by = deps.clock(), caller.person.actor
    async with deps.db.begin() as session:
        answer = await invoicing.begin_changes(session, invoice_id, by, now)
        return await _answered(session, deps, answer)


async def _submit(
    session: Session, deps: Deps, caller: Reviewer, draft_id: int, content_hash: str
) -> Page:
    await _unchanged(session, deps, draft_id, content_hash)
    by = caller.person.actor
    answer = await invoicing.submit(session, draft_id, by, deps.desk, deps.clock())
    match answer:
        case Proposed(effect_id, state, created):
            return {"effect_id": effect_id, "state": state, "created": created}
        case NotReady(findings, reason):
            shown = [draft_shapes.judged(one) for one in findings]
            raise NotReadyToSubmit(reason, findings=shown)
        case Missing():
            raise NotFound
        case _:
            assert_never(answer)


async def _answered(
    session: Session,
    deps: Deps,
    answer: Saved | Invalid | Missing | Closed | DuplicateCustomers,
) -> Page:
    match answer:
        case Saved(draft_id):
            return await _review(session, deps, draft_id)
        case Invalid(problems):
            raise Unprocessable(_told(problems))
        case Missing():
            raise NotFound
        case Closed(reason):
            raise Conflict(reason)
        case DuplicateCustomers(candidates):
            names = ", ".join(
                f"{c.name} ({c.score}%, customer {c.customer_id})" for c in candidates
            )
            raise Conflict(f"There are customers like it: {names}. Choose one, or give a reason.")
        case _:
            assert_never(answer)


async def _review(session: Session, deps: Deps, draft_id: int) -> Page:
    found = await invoicing.review_of(session, draft_id, deps.desk, deps.clock())
    if found is None:
        raise NotFound
    return draft_shapes.review(found)


async def _unchanged(session: Session, deps: Deps, draft_id: int, content_hash: str) -> None:
    found = await invoicing.review_of(session, draft_id, deps.desk, deps.clock())
    if found is None:
        raise NotFound
    if found.content_hash != content_hash:
        raise Conflict("The draft is not what you saw: read it again.")


def _given(sent: Changes) -> dict[str, Any]:
    """What the caller wrote, without what it left out."""
    told = sent.model_dump(exclude_unset=True)
    return {k: v for k, v in told.items() if v is not None or k == "customer_id"}


def _told(problems: Mapping[str, str]) -> str:
    return " ".join(f"{at}: {what}" for at, what in list(problems.items())[:20])
