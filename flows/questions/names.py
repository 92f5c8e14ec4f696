"""The customer or the invoice that somebody names; several and none are answers too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.matching.names import words_of
from flows.questions.naming import Called, Nobody, One, Several, choose
from store import named, pages, parties
from store.engine import Session
from store.parties import CustomerRow
from store.payer_search import named_like
from store.receivables import InvoiceRow

_ID = re.compile(r"id:(\d{1,18})")
_MOST = 8


@dataclass(frozen=True, slots=True)
class FoundCustomer:
    """The customer. `slip`: the name was typed with a letter wrong."""

    row: CustomerRow
    slip: bool = False


@dataclass(frozen=True, slots=True)
class Unclear:
    """Several customers or invoices fit, or none does and these are near. `more` fit too and are
    not among the choices."""

    choices: tuple[tuple[str, str], ...]
    nobody: bool = False
    more: int = 0


async def customer_called(session: Session, phrase: str) -> FoundCustomer | Unclear:
    """The customer that a phrase names: "Acme", "acme corp", "C00104", "id:12"."""
    by_id = _ID.fullmatch(phrase.strip())
    if by_id:
        row = await parties.customer(session, int(by_id[1]))
        return FoundCustomer(row) if row is not None else Unclear((), nobody=True)
    words = words_of(phrase)
    rows = list(await named.customers_numbered(session, [phrase.strip(" #.,?!")]))
    rows += await named_like(session, words) or []
    answer = choose(phrase, _called(rows))
    if isinstance(answer, Nobody):
        rows += await named.customers_beginning(session, words)
        answer = choose(phrase, _called(rows))
    known = {row.id: row for row in rows}
    match answer:
        case One(customer_id, slip):
            return FoundCustomer(known[customer_id], slip)
        case Several(ids):
            chosen = tuple(_choice(known[i]) for i in ids[:_MOST])
            return Unclear(chosen, more=len(ids) - len(chosen))
        case Nobody(near):
            return Unclear(tuple(_choice(known[i]) for i in near), nobody=True)


async def invoice_called(session: Session, number: str) -> InvoiceRow | Unclear:
    """The invoice of a number: "INV-1042", "inv 1042", "1042", "id:7"."""
    by_id = _ID.fullmatch(number.strip())
    if by_id:
        row = await pages.invoice(session, int(by_id[1]))
        return row if row is not None else Unclear((), nobody=True)
    found = await named.invoices_numbered(session, number)
    if len(found) == 1:
        return found[0]
    names = await pages.customer_names(session, {row.customer_id for row in found})
    choices = ((f"id:{r.id}", f"{r.number} of {names[r.customer_id]}") for r in found[:_MOST])
    return Unclear(tuple(choices), nobody=not found)


def _called(rows: Sequence[CustomerRow]) -> list[Called]:
    seen = {row.id: row for row in rows}.values()
    return [
        Called(r.id, tuple(n for n in (r.name, r.legal_name) if n), r.entity_number) for r in seen
    ]


def _choice(row: CustomerRow) -> tuple[str, str]:
    number = f" ({row.entity_number})" if row.entity_number else ""
    return f"id:{row.id}", f"{row.name}{number}"
