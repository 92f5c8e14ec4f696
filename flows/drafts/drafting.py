"""Invoices in the making: written by a person or a program, changed, dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from domain.ledger.money import Money
from effects.actor import Actor
from effects.audit import Entry, record
from effects.withdraw import withdraw_all
from erp.review.draft import Draft, DraftLine
from flows.drafts.entry import FROM_ERP, DraftInput, LineInput, read_draft, written
from flows.drafts.line_origins import kept_origins
from flows.drafts.sold import made_from
from flows.drafts.values import draft_value, put_draft
from security.chain import digest
from store import drafts, effects, lines, pages, parties
from store.drafts import InvoiceDraftRow
from store.engine import Session
from store.receivables import InvoiceRow

__all__ = [
    "Closed",
    "DraftInput",
    "Invalid",
    "LineInput",
    "Missing",
    "Saved",
    "begin_changes",
    "create_draft",
    "drop_draft",
    "edit_draft",
    "locked",
    "put",
    "reopened",
    "told",
]

CHANGEABLE = ("due_on", "po_number", "memo", "terms_netsuite_id")
_FIXED = ("source", "source_id")
_BEGUN = ("performing", "unknown", "done")
_FLAGS = ("po_blanket", "tax_exempt")
_LINE_FIELDS = {one.name for one in fields(LineInput)}


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft stands. `created` is False when it stood already, or was changed."""

    draft_id: int
    created: bool


@dataclass(frozen=True, slots=True)
class Invalid:
    """What must be corrected, by field ("lines.2.amount", "line 3" of a file)."""

    problems: dict[str, str]


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no such thing."""


@dataclass(frozen=True, slots=True)
class Closed:
    """It cannot be changed as it stands: what it waits for or why it is over."""

    reason: str


async def create_draft(
    session: Session, wanted: DraftInput, by: Actor, now: datetime
) -> Saved | Invalid:
    """Put a draft on the list. The same source and id twice, with the same content, is one."""
    draft = read_draft(wanted)
    if isinstance(draft, dict):
        return Invalid(draft)
    if problem := await _unknown_customer(session, draft):
        return Invalid(problem)
    sent: dict[str, object] = {"input": digest(asdict(wanted))}
    draft_id = await drafts.insert_draft(session, _new_row(draft, sent, by, now))
    if draft_id is None:
        return await _stood_already(session, draft, sent)
    await told(session, by, "draft.created", draft_id, {"total": str(draft.total)}, now)
    return Saved(draft_id, created=True)


async def _stood_already(
    session: Session, draft: Draft, sent: Mapping[str, object]
) -> Saved | Invalid:
    known = await drafts.draft_named(session, draft.source, draft.source_id)
    if known is not None and known.base == sent:
        return Saved(known.id, created=False)
    return Invalid({"source_id": "Another draft was made from this already."})


def _new_row(draft: Draft, base: dict[str, object], by: Actor, now: datetime) -> InvoiceDraftRow:
    row = InvoiceDraftRow(
        source=draft.source,
        source_id=draft.source_id,
        currency=draft.currency,
        issued_on=draft.issued_on,
        base=base,
        created_by=str(by),
        created_at=now,
        updated_at=now,
    )
    put_draft(row, draft)
    return row


async def edit_draft(
    session: Session, draft_id: int, changes: Mapping[str, object], by: Actor, now: datetime
) -> Saved | Invalid | Missing | Closed:
    """Change fields of DraftInput (`lines`: all of them, as mappings); takes back what waited."""
    row = await reopened(session, draft_id, "the draft was edited", by, now)
    if not isinstance(row, InvoiceDraftRow):
        return row
    before = draft_value(row)
    wanted = _merged(written(before), changes, update=before.update)
    draft = wanted if isinstance(wanted, dict) else read_draft(wanted, from_erp=before.update)
    if isinstance(draft, dict):
        return Invalid(draft)
    if problem := await _unknown_customer(session, draft):
        return Invalid(problem)
    facts = replace(draft.facts, distinct_from=before.facts.distinct_from)
    draft = _with_origins(row, draft)
    draft = replace(
        draft,
        create_customer=before.create_customer and draft.customer_id is None,
        facts=facts,
        netsuite_id=before.netsuite_id,
        base_modified_at=before.base_modified_at,
    )
    await put(session, row, draft, by, "draft.edited", now, fields_=sorted(changes))
    return Saved(draft_id, created=False)


def _with_origins(row: InvoiceDraftRow, draft: Draft) -> Draft:
    """The draft written anew; its lines say as before which deal they bill."""
    made = made_from(row.base)
    if made is None:
        return draft
    before = draft_value(row).lines
    return replace(draft, lines=kept_origins(before, draft.lines, made.parts[0].deal_id))


def _merged(
    before: DraftInput, changes: Mapping[str, object], *, update: bool
) -> DraftInput | dict[str, str]:
    """The input with changes put in, or what is wrong with them."""
    known = {one.name for one in fields(DraftInput)} - {*_FIXED}
    problems = {name: "This cannot be changed here." for name in changes if name not in known}
    if update:
        fixed = {name for name in changes if name not in CHANGEABLE}
        problems |= dict.fromkeys(fixed, "Change this in the ERP, or credit and bill anew.")
    read: dict[str, Any] = {}
    for name, value in changes.items():
        if not _fits(name, value):
            problems.setdefault(name, "This is not written as it should be.")
        else:
            read[name] = _lines(value) if name == "lines" else value
    return problems or replace(before, **read)


def _fits(name: str, value: object) -> bool:
    match name:
        case "lines":
            return isinstance(value, list | tuple) and all(
                isinstance(one, Mapping)
                and {"product", "amount"} <= set(one) <= _LINE_FIELDS
                and all(isinstance(part, str | bool) for part in one.values())
                for one in value
            )
        case "bill_to":
            return isinstance(value, Mapping) and all(isinstance(v, str) for v in value.values())
        case "customer_id":
            return value is None or type(value) is int
        case _:
            return isinstance(value, bool) if name in _FLAGS else isinstance(value, str)


def _lines(value: object) -> tuple[LineInput, ...]:
    found = value if isinstance(value, list | tuple) else ()
    return tuple(LineInput(**one) for one in found)


async def _unknown_customer(session: Session, draft: Draft) -> dict[str, str]:
    if draft.customer_id is None or await parties.customer(session, draft.customer_id):
        return {}
    return {"customer_id": "There is no such customer."}


async def drop_draft(
    session: Session, draft_id: int, reason: str, by: Actor, now: datetime
) -> Saved | Missing | Closed:
    """Give a draft up, and take back what waited for approval."""
    row = await reopened(session, draft_id, f"the draft was dropped: {reason}", by, now)
    if not isinstance(row, InvoiceDraftRow):
        return row
    row.state = "dropped"
    row.updated_at = now
    await told(session, by, "draft.dropped", draft_id, {"reason": reason[:1000]}, now)
    return Saved(draft_id, created=False)


async def begin_changes(
    session: Session, invoice_id: int, by: Actor, now: datetime
) -> Saved | Missing | Closed:
    """A draft of changes to an invoice of the ERP: due date, PO number, memo or terms.

    A draft of the same invoice that is not waiting takes over what the ERP has now.
    """
    invoice = await pages.invoice(session, invoice_id)
    if invoice is None:
        return Missing()
    if invoice.gone_at is not None or invoice.status in ("voided", "rejected"):
        return Closed("The ERP no longer has this invoice, or it was voided.")
    known = await drafts.draft_of_invoice(session, invoice.netsuite_id)
    if known is not None and known.state == "submitted":
        return Saved(known.id, created=False)
    copied = await _copy(session, invoice)
    if not copied.lines and invoice.total_minor:
        return Closed("Its lines were not read from the ERP yet. Try again after the next pass.")
    if known is None:
        base: dict[str, object] = {"invoice_id": invoice.id}
        draft_id = await drafts.insert_draft(session, _new_row(copied, base, by, now))
        if draft_id is None:
            return Closed("Somebody is beginning changes to this invoice right now.")
        row = await drafts.locked_draft(session, draft_id)
    else:
        row = await drafts.locked_draft(session, known.id)
    if row is None:
        return Missing()
    draft = replace(copied, state="draft", source=row.source, source_id=row.source_id)
    draft = _with_origins(row, draft)
    await put(session, row, draft, by, "draft.changes_begun", now)
    return Saved(row.id, created=known is None)


async def _copy(session: Session, invoice: InvoiceRow) -> Draft:
    """The ERP's invoice as a draft, its tax lines left to the ERP."""
    rows = await lines.lines_of(session, invoice.id)
    return Draft(
        id=0,
        source=FROM_ERP,
        source_id=invoice.netsuite_id,
        version=1,
        state="draft",
        currency=invoice.currency,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        lines=tuple(
            DraftLine(
                product=one.memo or one.item_netsuite_id,
                amount=Money(one.amount_minor, invoice.currency),
                item_netsuite_id=one.item_netsuite_id,
                quantity=one.quantity or "1",
                description=one.memo,
                service_starts_on=one.service_starts_on,
                service_ends_on=one.service_ends_on,
            )
            for one in rows
            if not one.tax
        ),
        customer_id=invoice.customer_id,
        terms_netsuite_id=invoice.terms_netsuite_id,
        number=invoice.number,
        po_number=invoice.po_number,
        memo=invoice.memo,
        netsuite_id=invoice.netsuite_id,
        base_modified_at=invoice.erp_modified_at,
    )


async def locked(session: Session, draft_id: int) -> InvoiceDraftRow | None:
    """The draft, locked after what waits of it: in the order in which a push locks the two."""
    seen = await drafts.draft(session, draft_id)
    if seen is not None and seen.effect_id is not None:
        await effects.locked(session, seen.effect_id)
    return await drafts.locked_draft(session, draft_id)


async def reopened(
    session: Session, draft_id: int, reason: str, by: Actor, now: datetime
) -> InvoiceDraftRow | Missing | Closed:
    """The draft, locked and open for work; what waited for approval is taken back."""
    row = await locked(session, draft_id)
    if row is None:
        return Missing()
    if row.state == "dropped":
        return Closed("This draft was dropped.")
    if row.state == "pushed":
        return Closed("The ERP has this invoice: begin changes to it instead.")
    if row.effect_id is not None:
        waiting = await effects.locked(session, row.effect_id)
        if waiting is not None and waiting.state in _BEGUN:
            return Closed("It is on its way into the ERP.")
        await withdraw_all(session, {row.effect_id: reason}, by=by, now=now)
    row.state, row.effect_id = "draft", None
    return row


async def put(
    session: Session,
    row: InvoiceDraftRow,
    draft: Draft,
    by: Actor,
    action: str,
    now: datetime,
    **detail: object,
) -> None:
    """Write a draft into its row as the next version, on record."""
    put_draft(row, draft)
    row.version += 1
    row.updated_at = now
    session.add(row)
    shown = {name.rstrip("_"): value for name, value in detail.items()}
    await told(session, by, action, row.id, {"version": row.version, **shown}, now)


async def told(
    session: Session,
    by: Actor,
    action: str,
    draft_id: int,
    detail: Mapping[str, object],
    now: datetime,
) -> None:
    """A line of the audit about a draft."""
    await record(session, Entry(by, action, "invoice_draft", str(draft_id), detail), now)
