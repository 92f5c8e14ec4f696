"""How deals and their billing schedules look in JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

from api.shapes import Shape, money
from domain.ledger.billing.true_ups import TrueUp
from domain.ledger.money import Money
from flows.deals.shown import Listed, ShownDeal, ShownInstalment, ShownLine


def _amount(value: Money | None) -> Shape | None:
    return money(value) if value is not None else None


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def listed(one: Listed) -> Shape:
    """A deal on the list."""
    row = one.row
    return {
        "id": row.id,
        "source": row.source,
        "source_id": row.source_id,
        "name": row.name,
        "customer_name": row.customer_name,
        "state": row.state,
        "why": row.stage,
        "version": row.version,
        "questions": row.questions,
        "problems": row.problems,
        "worth": _amount(one.worth),
        "billed": _amount(one.billed),
        "drafted": _amount(one.drafted),
        "planned": _amount(one.planned),
        "next_on": _day(one.next_on),
        "waiting": one.waiting,
    }


def shown(one: ShownDeal) -> Shape:
    """A deal with its whole billing schedule."""
    row = one.row
    told: dict[str, Any] = {
        "id": row.id,
        "source": row.source,
        "source_id": row.source_id,
        "name": row.name,
        "customer_name": row.customer_name,
        "state": row.state,
        "why": row.stage,
        "ended_on": _day(row.ended_on),
        "version": row.version,
        "problems": row.problems,
        "worth": _amount(one.worth),
        "billed": _amount(one.billed),
        "planned": _amount(one.planned),
        "dropped": one.dropped,
        "changes_a_contract": one.modified,
        "treatment": row.treatment,
        "account_changes": list(one.account_changes),
        "outdated_drafts": sorted(one.outdated),
        "lines": [_line(line) for line in one.lines],
        "schedule": [_instalment(part) for part in one.schedule],
        "evidence": [
            {"line": e.line_id, "milestone": e.name, "accepted_on": e.accepted_on.isoformat(),
             "file": e.filename, "sha256": e.digest, "by": e.by_name}
            for e in one.evidence
        ],
        "usage": [
            {"line": u.line_id, "period_on": u.period_on.isoformat(), "quantity": u.quantity,
             "final": u.final, "by": u.by_name}
            for u in one.usage
        ],
        "contracts": [{"id": c.id, "name": c.name, "state": c.state} for c in one.contracts],
    }  # fmt: skip
    if one.deal is not None:
        told |= {"po_number": one.deal.po_number, "terms": one.deal.terms}
    return told


def _line(one: ShownLine) -> Shape:
    question = one.question
    return {
        "line": one.line.source_id,
        "product": one.line.product,
        "sku": one.line.sku,
        "quantity": one.line.quantity,
        "amount": money(one.amount),
        "billed": one.line.billed,
        "frequency": one.line.frequency,
        "first": _day(one.first),
        "last": _day(one.last),
        "missing": list(question.missing) if question else [],
        "problem": question.why if question else "",
    }


def _instalment(one: ShownInstalment) -> Shape:
    row = one.row
    return {
        "key": row.key,
        "bill_on": row.bill_on.isoformat(),
        "amount": money(one.amount),
        "text": one.text,
        "first": _day(row.starts_on),
        "last": _day(row.ends_on),
        "state": row.state,
        "standing": row.standing,
        "why": row.why,
        "draft_id": row.draft_id,
        "netsuite_id": one.draft.netsuite_id if one.draft else "",
    }


def true_up(found: TrueUp) -> Shape:
    """What is billed beyond the agreed units."""
    return {
        "agreed": found.agreed,
        "used": found.used,
        "beyond": found.beyond,
        "minimum": found.minimum,
        "starts_on": found.service.starts_on.isoformat(),
        "ends_on": found.service.ends_on.isoformat(),
        "amount": money(found.amount),
    }
