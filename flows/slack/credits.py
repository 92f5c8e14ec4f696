"""A credit or write-off on a card: its lines, where it goes, and the journal it makes."""

from __future__ import annotations

from collections.abc import Mapping

from effects.kinds import CreateCreditMemo, WriteOffInvoice
from flows.slack.telling import Line

_MOST = 20


def credit_heads(content: CreateCreditMemo | WriteOffInvoice) -> tuple[Line, ...]:
    """Exactly what will be booked, with debits and credits by account."""
    number = (
        content.invoice_number if isinstance(content, CreateCreditMemo) else content.invoice.number
    )
    heads = [("Invoice", number), ("Reason", content.reason.replace("_", " "))]
    heads += [(line.item_name, str(line.amount)) for line in content.lines[:_MOST]]
    if isinstance(content, CreateCreditMemo) and content.tax:
        heads.append(("Tax", str(content.tax)))
    heads.append(("Total", str(content.amount)))
    heads += [(f"Set against {line.number}", str(line.amount)) for line in content.applications]
    heads += [*_journal(content.review), ("Memo", content.memo)]
    return tuple((name, value) for name, value in heads if value)


def _journal(review: Mapping[str, object]) -> list[Line]:
    raw = review.get("journal")
    lines = [one for one in raw if isinstance(one, Mapping)] if isinstance(raw, list) else []
    return [
        (side.capitalize(), f"{one.get('name', '')}: {one[side]}")
        for one in lines[:_MOST]
        for side in ("debit", "credit")
        if one.get(side)
    ]
