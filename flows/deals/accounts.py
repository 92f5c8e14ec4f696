"""The party behind a deal: what its source says of it, against what a person confirmed."""

from __future__ import annotations

from datetime import datetime

from domain.ledger.deal import Deal
from effects.actor import Actor
from effects.audit import Entry, record
from store import deals, mappings
from store.deals import CrmAccountRow, DealRow
from store.engine import Session
from store.mappings import MappingRow


async def see_account(session: Session, deal: Deal, now: datetime) -> int | None:
    """Note what a source says of the party now; its id, None for a party without one.

    A link that was made to an account which was merged into this one goes on as this one's; what
    somebody confirmed was the other, so it is asked again.
    """
    customer = deal.customer
    if not customer.external_id:
        return None
    said: dict[str, object] = {
        "name": customer.name[:300],
        "parent": customer.parent[:200],
        "merged_into": customer.merged_into[:200],
        "merged": sorted(customer.merged_ids)[:50],
    }
    row = CrmAccountRow(
        source=deal.source,
        external_id=customer.external_id,
        seen=said,
        confirmed=said,
        seen_at=now,
    )
    known = await deals.account(session, deal.source, customer.external_id)
    if known is None and customer.merged_ids:
        row.confirmed = {**said, "merged": []}
    account_id = await deals.see_account(session, row)
    for old in (*customer.merged_ids[:20], customer.merged_into):
        await _take_link_over(session, deal.source, old, customer.external_id, now)
    return account_id


async def _take_link_over(session: Session, source: str, old: str, new: str, now: datetime) -> None:
    links = {
        row.ours: row
        for row in await mappings.mappings(session, ("customer",))
        if row.source == source and row.ours in (old, new)
    }
    if not old or new in links or old not in links:
        return
    row = MappingRow(
        kind="customer", source=source, ours=new, netsuite_id=links[old].netsuite_id,
        remembered_by=links[old].remembered_by, remembered_at=now,
    )  # fmt: skip
    await mappings.put_mapping(session, row)


async def confirm_account(session: Session, row: DealRow, by: Actor, now: datetime) -> bool:
    """A person looked at the party: the link stands for what the source says of it now."""
    known = await deals.account_by_id(session, row.account_id) if row.account_id else None
    if known is None:
        return False
    before = deals.account_changes(known.seen, known.confirmed)
    known.confirmed, known.confirmed_by, known.confirmed_at = known.seen, str(by), now
    session.add(known)
    detail = {"changes": list(before)}
    await record(session, Entry(by, "deal.account_confirmed", "deal", str(row.id), detail), now)
    return True
