"""What a deal says about an invoice, kept with the draft: what it was, what it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from domain.ledger.deal import Deal
from flows.drafts.entry import DraftInput, LineInput

LINE = ("product", "quantity", "rate", "amount", "description", "service_starts_on",
        "service_ends_on", "tax_code", "usage", "discount")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Says:
    """The parts of an invoice that come from its deal, as text. Lines are parts of LineInput."""

    bill_on: str
    currency: str
    customer: str
    po_number: str = ""
    terms: str = ""
    memo: str = ""
    lines: tuple[Mapping[str, str], ...] = ()

    def payload(self) -> dict[str, object]:
        """As JSON."""
        return {
            "bill_on": self.bill_on,
            "currency": self.currency,
            "customer": self.customer,
            "po_number": self.po_number,
            "terms": self.terms,
            "memo": self.memo,
            "lines": [dict(line) for line in self.lines],
        }


@dataclass(frozen=True, slots=True)
class Change:
    """A part that the deal says otherwise now."""

    part: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Made:
    """What a draft was made from, as its row keeps it; None where it is of no deal."""

    deal_id: int
    says: Says = field(default_factory=lambda: Says("", "", ""))


def says(deal: Deal, bill_on: date, lines: Sequence[Mapping[str, object]]) -> Says:
    """What the deal says about an invoice of these lines."""
    return Says(
        bill_on=bill_on.isoformat(),
        currency=deal.currency,
        customer=deal.customer.external_id or deal.customer.name,
        po_number=one_line(deal.po_number, 45),
        terms=one_line(deal.terms, 200),
        memo=one_line(deal.memo, 999),
        lines=tuple({k: str(v) for k, v in line.items() if k in LINE} for line in lines),
    )


def one_line(text: str, longest: int) -> str:
    """Text without line breaks and control characters."""
    return " ".join("".join(c if ord(c) >= 32 else " " for c in text).split())[:longest]


def made_from(base: Mapping[str, object]) -> Made | None:
    """What a draft's `base` tells."""
    raw = base.get("deal")
    if not isinstance(raw, Mapping):
        return None
    told = raw.get("says")
    if not isinstance(told, Mapping):
        return None
    lines = told.get("lines")
    heads = {k: str(v) for k, v in told.items() if k != "lines"}
    found = lines if isinstance(lines, list) else []
    return Made(int(str(raw.get("id", 0))), Says(**heads, lines=tuple(map(_texts, found))))


def based_on(base: Mapping[str, object], deal_id: int, told: Says) -> dict[str, object]:
    """A draft's `base` that says what the draft is made from."""
    return {**base, "deal": {"id": deal_id, "says": told.payload()}}


def differing(before: Says, after: Says) -> tuple[Change, ...]:
    """What changed between the two, header first, as text for people."""
    found = [
        Change(name.replace("_", " "), getattr(before, name), getattr(after, name))
        for name in ("bill_on", "currency", "customer", "po_number", "terms", "memo")
        if getattr(before, name) != getattr(after, name)
    ]
    for n in range(max(len(before.lines), len(after.lines))):
        old = before.lines[n] if n < len(before.lines) else {}
        new = after.lines[n] if n < len(after.lines) else {}
        found += [
            Change(f"line {n + 1}, {name.replace('_', ' ')}", old.get(name, ""), new.get(name, ""))
            for name in LINE
            if old.get(name, "") != new.get(name, "")
        ]
    return tuple(found)


def _texts(raw: object) -> dict[str, str]:
    return {str(k): str(v) for k, v in raw.items()} if isinstance(raw, Mapping) else {}


def line_input(told: Mapping[str, str]) -> LineInput:
    """A line of `Says` as a draft is written."""
    flags = {name: bool(told.get(name)) for name in ("usage", "discount")}
    texts = {name: told[name] for name in LINE if name in told and name not in flags}
    values: dict[str, Any] = {"product": "", "amount": "0", **texts, **flags}
    return LineInput(**values)


def filled(head: DraftInput, told_now: Says, source_id: str, today: date) -> DraftInput:
    """The draft as it would be written. An invoice is never dated before the day it is made."""
    return replace(
        head,
        source_id=source_id,
        issued_on=max(told_now.bill_on, today.isoformat()),
        po_number=told_now.po_number,
        memo=told_now.memo,
        lines=tuple(line_input(line) for line in told_now.lines),
    )
