"""What confirmed contracts say of the deals they belong to, for the review of drafts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.ledger.contract.payload import term_from
from domain.ledger.money import Money
from store import contracts
from store.contracts import ContractTermRow
from store.engine import Session

_SURE = 80


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """The latest confirmed contract of a deal. `doubts` are terms that were read with doubt."""

    party: str = ""
    amount: Money | None = None
    terms: str = ""
    ends_on: date | None = None
    tax_included: bool | None = None
    doubts: tuple[str, ...] = ()


async def contract_facts(session: Session, deal_ids: Sequence[int]) -> dict[int, ContractFacts]:
    """By deal what its latest confirmed contract says."""
    rows = await contracts.contracts_of_deals(session, deal_ids) if deal_ids else []
    latest = {row.deal_id: row for row in rows if row.state == "confirmed"}
    if not latest:
        return {}
    terms = await contracts.terms_of(session, [row.id for row in latest.values()])
    found: dict[int, ContractFacts] = {}
    for deal_id, row in latest.items():
        if deal_id is not None:
            found[deal_id] = _facts([one for one in terms if one.contract_id == row.id])
    return found


def _facts(terms: Sequence[ContractTermRow]) -> ContractFacts:
    said: dict[str, Any] = {}
    for one in terms:
        if one.state in ("confirmed", "corrected"):
            said.setdefault(one.name, _value(one))
    doubts = (
        one.name.replace("_", " ")
        for one in terms
        if one.state == "confirmed" and (one.confidence < _SURE or not one.quote)
    )
    total, ends_on = said.get("total"), said.get("ends_on")
    return ContractFacts(
        party=str(said.get("customer") or "")[:300],
        amount=total if isinstance(total, Money) else None,
        terms=_payment(said),
        ends_on=ends_on if isinstance(ends_on, date) else None,
        tax_included={"inclusive": True, "exclusive": False}.get(str(said.get("tax"))),
        doubts=tuple(dict.fromkeys(doubts))[:20],
    )


def _payment(said: Mapping[str, Any]) -> str:
    days = said.get("payment_days")
    counts = {"receipt": "{} days from receipt", "end_of_month": "Net {} EOM"}
    form = counts.get(str(said.get("payment_from")), "Net {}")
    return form.format(days) if isinstance(days, int) else ""


def _value(row: ContractTermRow) -> object:
    raw = {"name": row.name, "value": row.value, "normalized": row.normalized.get("v"),
           "quote": row.quote, "page": row.page, "confidence": row.confidence}  # fmt: skip
    return term_from(raw).normalized
