"""What confirmed contracts say of the deals they belong to, for the review of drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.ledger.errors import LedgerError
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
    rows = await contracts.contracts_of_deals(session, deal_ids)
    latest = {row.deal_id: row for row in rows if row.state == "confirmed"}
    terms = await contracts.terms_of(session, [row.id for row in latest.values()])
    found: dict[int, ContractFacts] = {}
    for deal_id, row in latest.items():
        if deal_id is not None:
            found[deal_id] = _facts([one for one in terms if one.contract_id == row.id])
    return found


def _facts(terms: Sequence[ContractTermRow]) -> ContractFacts:
    said = {one.path: one for one in terms if one.state in ("confirmed", "corrected")}
    doubts = tuple(
        one.path.replace("_", " ").replace(".", " ")
        for one in terms
        if one.state == "confirmed" and (one.confidence < _SURE or not one.quote)
    )
    return ContractFacts(
        party=_text(said, "customer"),
        amount=_money(said, "total"),
        terms=_text(said, "payment_terms"),
        ends_on=_day(said, "ends_on"),
        tax_included={"included": True, "excluded": False}.get(_text(said, "tax")),
        doubts=doubts[:20],
    )


def _text(said: dict[str, ContractTermRow], path: str) -> str:
    row = said.get(path)
    return (row.corrected or row.value)[:300] if row else ""


def _money(said: dict[str, ContractTermRow], path: str) -> Money | None:
    row = said.get(path)
    if row is None or not row.normalized:
        return None
    try:
        return Money(int(str(row.normalized["minor"])), str(row.normalized["currency"]))
    except (KeyError, ValueError, LedgerError):
        return None


def _day(said: dict[str, ContractTermRow], path: str) -> date | None:
    row = said.get(path)
    try:
        return date.fromisoformat(str(row.normalized.get("day"))) if row else None
    except ValueError:
        return None
