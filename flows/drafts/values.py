"""Drafts between the database and the review: rows to values and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from domain.ledger.money import Money
from erp.review.draft import BillTo, Draft, DraftFacts, DraftLine
from store.drafts import InvoiceDraftRow

Json = dict[str, object]
_HEADER = (
    "create_customer", "customer_id", "customer_name", "customer_email", "currency", "issued_on",
    "due_on", "terms_netsuite_id", "subsidiary_netsuite_id", "ar_account_netsuite_id",
    "department_netsuite_id", "class_netsuite_id", "location_netsuite_id", "exchange_rate",
    "number", "po_number", "memo", "netsuite_id",
)  # fmt: skip
_LINE = (
    "product", "item_netsuite_id", "quantity", "rate", "description", "department_netsuite_id",
    "class_netsuite_id", "location_netsuite_id", "tax_code", "tax_rate",
)  # fmt: skip


def draft_value(row: InvoiceDraftRow) -> Draft:
    """The row as a value."""
    header = {name: getattr(row, name) for name in _HEADER}
    return Draft(
        id=row.id,
        source=row.source,
        source_id=row.source_id,
        version=row.version,
        state=row.state,
        lines=tuple(_line(raw, row.currency) for raw in row.lines),
        bill_to=BillTo(**{name: str(value) for name, value in row.bill_to.items()}),
        facts=_facts(row.facts, row.currency),
        base_modified_at=row.base_modified_at,
        effect_id=row.effect_id,
        created_by=row.created_by,
        **header,
    )


def put_draft(row: InvoiceDraftRow, draft: Draft) -> None:
    """Write what may change of a draft into its row."""
    for name in _HEADER:
        setattr(row, name, getattr(draft, name))
    row.state = draft.state
    row.total_minor = draft.total.minor
    row.lines = [line_json(line) for line in draft.lines]
    row.bill_to = {name: value for name, value in asdict(draft.bill_to).items() if value}
    row.facts = facts_json(draft.facts)
    row.base_modified_at = draft.base_modified_at


def line_json(line: DraftLine) -> Json:
    """A line as it is stored; amounts in minor units."""
    told: Json = {name: getattr(line, name) for name in _LINE if getattr(line, name)}
    told["amount_minor"] = line.amount.minor
    if line.tax is not None:
        told["tax_minor"] = line.tax.minor
    for name in ("service_starts_on", "service_ends_on"):
        day = getattr(line, name)
        if day is not None:
            told[name] = day.isoformat()
    for name in ("usage", "discount"):
        if getattr(line, name):
            told[name] = True
    if line.deal_id:
        told |= {"deal_id": line.deal_id, "part": line.part}
    return told


def facts_json(facts: DraftFacts) -> Json:
    """What only some sources know, as it is stored."""
    told: Json = {
        "customer_external_id": facts.customer_external_id,
        "customer_erp_id": facts.customer_erp_id,
        "customer_phone": facts.customer_phone,
        "distinct_from": list(facts.distinct_from),
        "po_amount_minor": facts.po_amount.minor if facts.po_amount else None,
        "po_blanket": facts.po_blanket,
        "tax_exempt": facts.tax_exempt,
        "tax_place": facts.tax_place,
    }
    return {name: value for name, value in told.items() if value}


def _line(raw: Mapping[str, object], currency: str) -> DraftLine:
    words = {name: str(raw.get(name) or "") for name in _LINE}
    words["quantity"] = words["quantity"] or "1"
    tax = raw.get("tax_minor")
    return DraftLine(
        amount=Money(_whole(raw.get("amount_minor")), currency),
        service_starts_on=_day(raw.get("service_starts_on")),
        service_ends_on=_day(raw.get("service_ends_on")),
        tax=None if tax is None else Money(_whole(tax), currency),
        usage=bool(raw.get("usage")),
        discount=bool(raw.get("discount")),
        deal_id=_whole(raw.get("deal_id")),
        part=_whole(raw.get("part")),
        **words,
    )


def _facts(raw: Mapping[str, object], currency: str) -> DraftFacts:
    distinct, worth = raw.get("distinct_from"), raw.get("po_amount_minor")
    return DraftFacts(
        customer_external_id=str(raw.get("customer_external_id") or ""),
        customer_erp_id=str(raw.get("customer_erp_id") or ""),
        customer_phone=str(raw.get("customer_phone") or ""),
        distinct_from=tuple(map(str, distinct)) if isinstance(distinct, list) else (),
        po_amount=None if worth is None else Money(_whole(worth), currency),
        po_blanket=bool(raw.get("po_blanket")),
        tax_exempt=bool(raw.get("tax_exempt")),
        tax_place=str(raw.get("tax_place") or ""),
    )


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None
