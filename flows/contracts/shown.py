"""A contract beside its terms: what was read, where it stands, what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.ledger.contract.deal import deal_of
from domain.ledger.contract.terms import ContractFinding
from flows.contracts.confirming import terms_now
from store import contracts
from store.contracts import ContractRow, ContractTermRow
from store.engine import Session


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding, and who answered for it."""

    finding: ContractFinding
    settled_by: str


@dataclass(frozen=True, slots=True)
class ShownContract:
    """A contract for the review. `stops` are findings that keep it from being a deal now."""

    row: ContractRow
    terms: Sequence[ContractTermRow]
    findings: tuple[ShownFinding, ...]
    stops: tuple[ContractFinding, ...]
    unseen: int

    @property
    def ready(self) -> bool:
        return self.row.state == "to_confirm" and not self.unseen and not self.stops


async def shown(session: Session, contract_id: int) -> ShownContract | None:
    """The contract, or None."""
    row = await contracts.contract(session, contract_id)
    if row is None:
        return None
    rows = await contracts.terms_of(session, [row.id])
    by = {str(one["id"]): str(one.get("settled_by", "")) for one in row.findings}
    findings = tuple(ShownFinding(one, by.get(one.id, "")) for one in terms_now(row, rows).findings)
    stops: tuple[ContractFinding, ...] = ()
    if row.state == "to_confirm" and not row.belongs:
        done = frozenset(name for name, who in by.items() if who)
        made = deal_of(terms_now(row, rows), str(row.id), done)
        stops = made if isinstance(made, tuple) else ()
    unseen = sum(one.state == "open" for one in rows)
    return ShownContract(row, rows, findings, stops, unseen)
