"""Whether deals of one customer that fall due together share an invoice: a setting of the books."""

from __future__ import annotations

from datetime import datetime

from effects.actor import Actor
from effects.audit import Entry, record
from store import policies
from store.engine import Session
from store.policies import PolicyVersionRow

_KIND = "invoice_per"
_CUSTOMER, _DEAL = "customer", "deal"


async def one_per_customer(session: Session) -> bool:
    """One invoice per customer, currency, terms, order and date. Off: one for each deal."""
    found = await policies.live_body(session, _KIND)
    return found is None or found.body == _CUSTOMER


async def set_one_per_customer(session: Session, *, on: bool, by: Actor, now: datetime) -> None:
    """Decide it for what is drafted from now on; drafts that stand stay as they are."""
    if await one_per_customer(session) == on:
        return
    body = _CUSTOMER if on else _DEAL
    row = PolicyVersionRow(
        kind=_KIND, body=body, author=str(by), created_at=now, live_at=now, live_by=str(by)
    )
    made = await policies.add_version(session, row)
    detail = {"one_invoice_per": body}
    await record(session, Entry(by, "deals.grouping_set", "policy", str(made.id), detail), now)
