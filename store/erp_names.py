"""Names of the ERP's lists by their ids, as last seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import select

from store.engine import Session
from store.erp_masters import accounts, classifications, terms
from store.parties import SubsidiaryRow


@dataclass(frozen=True, slots=True)
class ErpNames:
    """Names by kind (terms, account, department, class, location, subsidiary) and id."""

    known: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of(self, kind: str, netsuite_id: str) -> str:
        """The name, or the id itself where the ERP's lists are not mirrored."""
        return self.known.get((kind, netsuite_id), netsuite_id)


async def erp_names(session: Session) -> ErpNames:
    """Every name; four queries."""
    known = {("terms", one.netsuite_id): one.name for one in await terms(session)}
    for account in await accounts(session):
        known["account", account.netsuite_id] = f"{account.number} {account.name}".strip()
    for one in await classifications(session):
        known[one.kind, one.netsuite_id] = one.name
    for subsidiary in (await session.exec(select(SubsidiaryRow))).all():
        known["subsidiary", subsidiary.netsuite_id] = subsidiary.name
    return ErpNames(known)
