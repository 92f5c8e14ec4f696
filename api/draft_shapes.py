"""How drafts and their reviews look in JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from api.shapes import Shape, money
from domain.ledger.money import Money
from flows.drafts.entry import written
from flows.invoicing import Draft, DraftReview, JournalLine, Judged, Queued


def draft(value: Draft) -> Shape:
    """A draft as it would be written, and where it stands."""
    told: dict[str, Any] = asdict(written(value))
    told["lines"] = [
        {name: part for name, part in line.items() if part not in ("", False)}
        for line in told["lines"]
    ]
    return told | {
        "id": value.id,
        "version": value.version,
        "state": value.state,
        "total": money(value.total),
        "netsuite_id": value.netsuite_id,
        "effect_id": value.effect_id,
        "create_customer": value.create_customer,
    }


def judged(one: Judged) -> Shape:
    """A finding, who accepted it, and what its fix would change."""
    found = one.finding
    return {
        "id": found.id,
        "severity": found.severity.value,
        "subject": found.subject,
        "message": found.message,
        "fix": found.fix,
        "fixable": found.fixable,
        "changes": [asdict(change) for change in one.changes],
        "open": one.open,
        "acknowledged_by": one.acknowledged_by,
        "reason": one.acknowledged_reason,
    }


def journal_line(line: JournalLine) -> Shape:
    def told(amount: Money | None) -> Shape | None:
        return money(amount) if amount is not None else None

    return {
        "account_netsuite_id": line.account_netsuite_id,
        "account": line.account_name,
        "debit": told(line.debit),
        "credit": told(line.credit),
        "base_debit": told(line.base_debit),
        "base_credit": told(line.base_credit),
    }


def review(found: DraftReview) -> Shape:
    """A draft with everything that was found about it."""
    return {
        "draft": draft(found.draft),
        "customer": {"name": found.customer_name, "netsuite_id": found.customer_netsuite_id},
        "candidates": [asdict(one) for one in found.candidates],
        "items": [
            {
                "product": line.line.product,
                "item_netsuite_id": line.item_netsuite_id,
                "item": line.item_name,
                "found": line.found,
                "score": line.score,
                "deal_id": line.line.deal_id or None,
                "instalment": line.instalment,
            }
            for line in found.lines
        ],
        "findings": [judged(one) for one in found.findings],
        "journal": [journal_line(line) for line in found.journal],
        "status": found.standing,
        "differences": [asdict(one) for one in found.differences],
        "content_hash": found.content_hash,
        "ready": found.ready,
        "next_step": found.next_step,
        "effect_state": found.effect_state,
    }


def queued(one: Queued) -> Shape:
    """A draft on the list."""
    return {
        "id": one.draft.id,
        "source": one.draft.source,
        "source_id": one.draft.source_id,
        "number": one.draft.number,
        "customer": one.customer_name,
        "issued_on": one.draft.issued_on.isoformat(),
        "total": money(one.draft.total),
        "state": one.draft.state,
        "status": one.standing,
        "blocks": one.blocks,
        "warnings": one.warnings,
        "ready": one.ready,
        "netsuite_id": one.draft.netsuite_id,
        "effect_id": one.draft.effect_id,
        "effect_state": one.effect_state,
    }
