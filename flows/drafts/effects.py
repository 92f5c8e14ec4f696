"""What a reviewed draft becomes: the exact effect that would be proposed for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from effects.kinds import (
    CreateCustomer,
    CreateInvoice,
    InvoiceLineContent,
    UpdateInvoice,
    from_payload,
)
from erp.identity import external_id
from erp.review.asking.header import due_by_terms
from erp.review.standing import changes
from erp.review.subject import ResolvedLine, ReviewSubject
from flows.desk import Desk
from flows.drafts.subjects import customer_word, own_external_id
from security.chain import digest
from store.effects import EffectRow

Reviewed = Mapping[str, object]
InvoiceEffect = CreateCustomer | CreateInvoice | UpdateInvoice
_WAITS = ("proposed", "approved", "performing", "unknown")


def effect_of_draft(s: ReviewSubject, desk: Desk, reviewed: Reviewed) -> InvoiceEffect | None:
    """The effect, or None while the draft says too little (or nothing new) to make one."""
    if s.draft.update:
        return _update(s)
    if s.customer is None:
        return _customer(s, desk) if s.draft.create_customer else None
    return _invoice(s, desk, reviewed)


def substance(effect: InvoiceEffect | None) -> str:
    """SHA-256 of what would be sent, without what was said about it; "" for nothing."""
    if effect is None:
        return ""
    told = {name: value for name, value in effect.payload().items() if name != "review"}
    return digest({"kind": effect.kind, **told})


def waiting_substance(row: EffectRow | None) -> str:
    """The same of an effect that waits, was approved or runs; "" when it does not."""
    if row is None or row.state not in _WAITS:
        return ""
    found = from_payload(row.kind, row.payload)
    return substance(found) if isinstance(found, InvoiceEffect) else ""


def _invoice(s: ReviewSubject, desk: Desk, reviewed: Reviewed) -> CreateInvoice | None:
    draft, customer = s.draft, s.customer
    items = [line.item for line in s.lines]
    if customer is None or not items or None in items or draft.total.minor <= 0:
        return None
    several = len(s.masters.subsidiaries) > 1
    return CreateInvoice(
        draft_id=draft.id,
        source=draft.source,
        source_id=draft.source_id,
        customer_id=customer.id,
        customer_netsuite_id=customer.netsuite_id,
        currency=draft.currency,
        total=draft.total,
        issued_on=draft.issued_on,
        due_on=draft.due_on or due_by_terms(s),
        lines=tuple(_line(line) for line in s.lines),
        external_id=own_external_id(draft, desk),
        number=draft.number,
        terms_netsuite_id=s.terms.netsuite_id if s.terms else draft.terms_netsuite_id,
        subsidiary_netsuite_id=s.subsidiary.netsuite_id if s.subsidiary and several else "",
        ar_account_netsuite_id=s.ar_account_netsuite_id,
        department_netsuite_id=draft.department_netsuite_id,
        class_netsuite_id=draft.class_netsuite_id,
        location_netsuite_id=draft.location_netsuite_id,
        exchange_rate=draft.exchange_rate,
        po_number=draft.po_number,
        memo=draft.memo,
        review=reviewed,
    )


def _line(line: ResolvedLine) -> InvoiceLineContent:
    own = line.line
    return InvoiceLineContent(
        item_netsuite_id=line.item.netsuite_id if line.item else "",
        item_name=line.item_name,
        amount=own.amount,
        quantity=own.quantity,
        rate=own.rate,
        description=own.description,
        department_netsuite_id=line.classes.get("department", ""),
        class_netsuite_id=line.classes.get("class", ""),
        location_netsuite_id=line.classes.get("location", ""),
        service_starts_on=own.service_starts_on,
        service_ends_on=own.service_ends_on,
    )


def _update(s: ReviewSubject) -> UpdateInvoice | None:
    if s.copy is None or s.customer is None:
        return None
    found = changes(s.draft, s.copy)
    if not found:
        return None
    return UpdateInvoice(
        invoice_id=s.copy.id,
        netsuite_id=s.copy.netsuite_id,
        number=s.copy.number,
        customer_id=s.copy.customer_id,
        before={name: theirs for name, (theirs, _) in found.items()},
        after={name: ours for name, (_, ours) in found.items()},
        expected_modified_at=s.draft.base_modified_at,
        occasion=f"{s.draft.id}:{s.draft.version}",
        customer_netsuite_id=s.customer.netsuite_id,
        draft_id=s.draft.id,
    )


def _customer(s: ReviewSubject, desk: Desk) -> CreateCustomer | None:
    draft = s.draft
    if not draft.customer_name.strip():
        return None
    word = customer_word(draft)
    several = len(s.masters.subsidiaries) > 1
    effect = CreateCustomer(
        source=draft.source,
        source_id=word,
        name=draft.customer_name,
        currency=draft.currency,
        external_id=external_id(desk.tenant, draft.source, word, "customer"),
        draft_id=draft.id,
        legal_name=draft.bill_to.name,
        email=draft.customer_email,
        phone=draft.facts.customer_phone,
        subsidiary_netsuite_id=s.subsidiary.netsuite_id if s.subsidiary and several else "",
        terms_netsuite_id=draft.terms_netsuite_id,
    )
    return replace(effect, distinct_from=draft.facts.distinct_from)
