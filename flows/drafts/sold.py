"""What a deal says about an invoice, kept with the draft: what it was, what it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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

    @property
    def head(self) -> tuple[str, ...]:
        """What invoices must have in common to be one: date, currency, customer, order, terms."""
        return self.bill_on, self.currency, self.customer, self.po_number, self.terms

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
class Part:
    """What one deal told of a draft. `rank` is the source's id of the deal: parts stand by it."""

    deal_id: int
    says: Says
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """The deals that a draft was made from, in the order in which their lines stand."""

    parts: tuple[Part, ...]

    def of(self, deal_id: int) -> Says | None:
        """What this deal said; None when the draft bills nothing of it."""
        return next((one.says for one in self.parts if one.deal_id == deal_id), None)

    @property
    def joint(self) -> bool:
        return len(self.parts) > 1

    @property
    def memo(self) -> str:
        """The memo of the invoice: what its deals say, each text once."""
        return " / ".join(dict.fromkeys(p.says.memo for p in self.parts if p.says.memo))[:999]

    def fits(self, told: Says, besides: int = 0) -> bool:
        """Whether what a deal says belongs on one invoice with what the others said."""
        return all(p.says.head == told.head for p in self.parts if p.deal_id != besides)

    def having(self, part: Part) -> Made:
        """With this part in its place; parts of one deal replace each other."""
        others = [one for one in self.parts if one.deal_id != part.deal_id]
        return Made(tuple(sorted((*others, part), key=lambda one: (one.rank, one.deal_id))))

    def without(self, deal_id: int) -> Made:
        """Without the part of a deal."""
        return Made(tuple(one for one in self.parts if one.deal_id != deal_id))


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
    """What a draft's `base` tells; None where it is of no deal."""
    raw = base.get("deals")
    found = [_part(one) for one in raw if isinstance(one, Mapping)] if isinstance(raw, list) else []
    return Made(tuple(found)) if found else None


def _part(raw: Mapping[str, Any]) -> Part:
    told = raw["says"]
    heads = {k: str(v) for k, v in told.items() if k != "lines"}
    says_ = Says(**heads, lines=tuple(map(_texts, told.get("lines", ()))))
    return Part(int(raw["id"]), says_, str(raw.get("rank", "")))


def based_on(base: Mapping[str, object], made: Made) -> dict[str, object]:
    """A draft's `base` that says what the draft is made from."""
    parts = [{"id": p.deal_id, "rank": p.rank, "says": p.says.payload()} for p in made.parts]
    return {**base, "deals": parts}


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
