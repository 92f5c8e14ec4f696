"""How things look in JSON. Amounts are exact text with their currency and minor units."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from domain.ledger.money import Money
from store.audit import AuditRow
from store.effects import DecisionRow, EffectRow
from store.pages import Position
from store.parties import ContactRow, CustomerRow, zone_of
from store.receivables import InvoiceRow, PaymentRow
from store.timeline import Entry
from store.touchpoints import TouchpointRow
from store.worklist import WorkItemRow

Shape = dict[str, Any]


class NewPayment(BaseModel):
    """A receipt to record. `amount` is text: a JSON number cannot carry money exactly."""

    model_config = ConfigDict(extra="forbid", strict=True)
    amount: str = Field(max_length=40, examples=["1234.50"])
    currency: str = Field(min_length=3, max_length=3, examples=["USD"])
    received_on: str = Field(max_length=10, examples=["2026-03-31"])
    source_id: str = Field(min_length=1, max_length=100, examples=["WIRE-20260331-7"])
    customer_id: int | None = None
    payer_name: str = Field(default="", max_length=200)
    reference: str = Field(default="", max_length=1000)


def money(amount: Money) -> Shape:
    return {"amount": amount.plain(), "minor": amount.minor, "currency": amount.currency}


def customer(row: CustomerRow) -> Shape:
    return {
        "id": row.id,
        "netsuite_id": row.netsuite_id,
        "number": row.entity_number,
        "name": row.name,
        "currency": row.currency,
        "country": row.country,
        "timezone": zone_of(row).name,
        "language": row.language,
        "auto_followup": row.auto_followup,
    }


def contact(row: ContactRow) -> Shape:
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "role": row.role,
        "suppressed": row.suppressed_at is not None,
    }


def position(found: Position) -> Shape:
    return {
        "currency": found.currency,
        "open": money(found.open),
        "overdue": money(found.overdue),
        "unapplied": money(found.unapplied),
    }


def invoice(row: InvoiceRow, today: date) -> Shape:
    return {
        "id": row.id,
        "netsuite_id": row.netsuite_id,
        "number": row.number,
        "customer_id": row.customer_id,
        "total": money(Money(row.total_minor, row.currency)),
        "open": money(Money(row.open_minor, row.currency)),
        "issued_on": row.issued_on.isoformat(),
        "due_on": row.due_on.isoformat(),
        "days_past_due": (today - row.due_on).days,
        "status": row.status,
        "po_number": row.po_number,
    }


def payment(row: PaymentRow) -> Shape:
    return {
        "id": row.id,
        "source": row.source,
        "source_id": row.source_id,
        "netsuite_id": row.netsuite_id,
        "customer_id": row.customer_id,
        "payer_name": row.payer_name,
        "reference": row.reference,
        "amount": money(Money(row.amount_minor, row.currency)),
        "unapplied": money(Money(row.unapplied_minor, row.currency)),
        "received_on": row.received_on.isoformat(),
        "state": row.state,
        "effect_id": row.effect_id,
    }


def work_item(row: WorkItemRow) -> Shape:
    return {
        "id": row.id,
        "kind": row.kind,
        "title": row.title,
        "customer_id": row.customer_id,
        "payment_id": row.payment_id,
        "effect_id": row.effect_id,
        "opened_at": row.opened_at.isoformat(),
    }


def effect(row: EffectRow) -> Shape:
    amount = None
    if row.amount_minor is not None and row.currency is not None:
        amount = money(Money(row.amount_minor, row.currency))
    return {
        "id": row.id,
        "kind": row.kind,
        "key": row.key,
        "state": row.state,
        "version": row.version,
        "fingerprint": row.fingerprint,
        "title": row.title,
        "customer_id": row.customer_id,
        "amount": amount,
        "required_role": row.required_role,
        "policy_reason": row.policy_reason,
        "because": row.because,
        "proposed_at": row.proposed_at.isoformat(),
        "proposed_by": f"{row.proposed_by_kind}:{row.proposed_by_id}",
    }


def decision(row: DecisionRow) -> Shape:
    return {
        "verdict": row.verdict,
        "fingerprint": row.fingerprint,
        "by": f"{row.actor_kind}:{row.actor_id}",
        "role": row.role,
        "reason": row.reason,
        "at": row.at.isoformat(),
    }


def entry(found: Entry) -> Shape:
    """An entry of a timeline: its own columns, without bodies of mails."""
    hidden = {"body_html", "body_text", "payload", "row_hash", "facts", "match"}
    row = found.row
    told: Shape = {
        "kind": found.moment.kind,
        "at": found.moment.at.isoformat(),
        "what": row.model_dump(mode="json", exclude=hidden),
    }
    if isinstance(row, TouchpointRow):
        told["what"]["has_html"] = bool(row.body_html)
    if found.effect is not None:
        told["effect"] = {"id": found.effect.id, "title": found.effect.title}
    return told


def audit_line(row: AuditRow) -> Shape:
    return {
        "id": row.id,
        "at": row.at.isoformat(),
        "actor": f"{row.actor_kind}:{row.actor_id}",
        "action": row.action,
        "subject": {"kind": row.subject_kind, "id": row.subject_id},
        "detail": row.detail,
        "previous_hash": row.previous_hash,
        "hash": row.hash,
    }
