"""What a source says of a deal is kept once; the plan and the drafts follow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.ledger.deal import Deal
from domain.ledger.deal_record import from_payload, keepable, payload
from effects.actor import Actor, ActorKind
from effects.audit import Entry, record
from flows.deals.accounts import see_account
from flows.deals.settling import Settled, settle
from security.chain import digest
from store import deals
from store.deals import DealRow, DealVersionRow
from store.engine import Session
from store.worklist import WorkItemRow, ask_again, close_item

READER = Actor(ActorKind.SYSTEM, "deals")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a deal that was told. `news` is new, changed, known, older or ignored."""

    deal_id: int | None
    news: str
    settled: Settled | None = None


async def take_deal(session: Session, deal: Deal, now: datetime, by: Actor = READER) -> Taken:
    """Keep what a source says of a won deal, and bring its plan and drafts up to date.

    However often and in whatever order versions arrive, the latest one holds.
    """
    told = payload(deal)
    deal = from_payload(told)
    content = digest({k: v for k, v in told.items() if k not in ("version", "changed_at")})
    row = await deals.deal_named(session, deal.source, deal.source_id)
    if row is None:
        made = DealRow(source=deal.source, source_id=deal.source_id, version=0, read_at=now,
                       updated_at=now)  # fmt: skip
        await deals.insert_deal(session, made)
        row = await deals.deal_named(session, deal.source, deal.source_id)
        if row is None:
            raise LookupError(f"deal {deal.source} {deal.source_id}")
    news = await _news(session, row, deal, content)
    if news == "older":
        return Taken(row.id, news)
    row.account_id = await see_account(session, deal, now)
    await close_item(session, _unreadable_key(deal.source, deal.source_id), by=str(by), now=now)
    _head(row, deal, content, now)
    if news != "known":
        row.version += 1
        row.treatment = row.treatment_by = ""
        row.updated_at = now
        session.add(_version(row, deal, told, now))
        await session.flush()
        detail = {"version": row.version, "stamp": deal.version}
        await record(session, Entry(by, f"deal.{news}", "deal", str(row.id), detail), now)
    return Taken(row.id, news, await settle(session, row.id, now))


async def _news(session: Session, row: DealRow, deal: Deal, content: str) -> str:
    if row.version == 0:
        return "new"
    if row.content_hash == content and row.state == "won":
        return "known"
    if row.changed_at and deal.changed_at and deal.changed_at < row.changed_at:
        return "older"
    if deal.version != row.stamp and await deals.stamped(session, row.id, deal.version):
        return "older"
    return "known" if row.content_hash == content else "changed"


def _head(row: DealRow, deal: Deal, content: str, now: datetime) -> None:
    """A deal that is told as won is won again; what a person cancelled stays cancelled."""
    if row.state != "cancelled":
        row.state, row.ended_on, row.stage = "won", None, ""
    row.name = (deal.name or deal.customer.name)[:300]
    row.stamp, row.content_hash, row.changed_at = deal.version, content, deal.changed_at
    row.customer_name, row.currency = deal.customer.name[:300], deal.currency
    row.amount_minor = deal.amount.minor if deal.amount else None
    row.amends, row.problems, row.read_at = deal.amends, [], now


def _version(row: DealRow, deal: Deal, told: dict[str, object], now: datetime) -> DealVersionRow:
    return DealVersionRow(
        deal_id=row.id,
        version=row.version,
        stamp=deal.version,
        content_hash=row.content_hash,
        payload=told,
        changed_at=deal.changed_at,
        read_at=now,
    )


async def take_ended(
    session: Session,
    source: str,
    source_id: str,
    state: str,
    why: str,
    now: datetime,
    by: Actor = READER,
) -> Taken:
    """The deal is not won any more ("not_won"), or its source has it no longer ("gone").

    What is due by today stays, the rest is dropped. A deal that was never won is nothing to us.
    """
    await close_item(session, _unreadable_key(source, source_id), by=str(by), now=now)
    row, why = await deals.deal_named(session, source, source_id), keepable(why)
    if row is None:
        return Taken(None, "ignored")
    if row.version == 0 or row.state == state or row.state == "cancelled":
        row.stage = why[:300]
        if row.version == 0:
            row.state = state
        session.add(row)
        return Taken(row.id, "known")
    return await end(session, row, state, now.date(), why, now, by)


async def end(
    session: Session,
    row: DealRow,
    state: str,
    last_on: date,
    why: str,
    now: datetime,
    by: Actor,
) -> Taken:
    """End a deal with the day `last_on`; says on record how much of its plan was dropped."""
    row.state, row.ended_on, row.stage, row.updated_at = state, last_on, why[:300], now
    session.add(row)
    settled = await settle(session, row.id, now)
    detail: dict[str, object] = {"state": state, "last_on": last_on.isoformat(), "why": why[:300]}
    if settled is not None:
        detail |= {"dropped": settled.dropped, "dropped_minor": settled.dropped_minor}
    await record(session, Entry(by, "deal.ended", "deal", str(row.id), detail), now)
    return Taken(row.id, "changed", settled)


async def take_unreadable(
    session: Session,
    source: str,
    source_id: str,
    name: str,
    problems: Sequence[Mapping[str, str]],
    now: datetime,
) -> Taken:
    """A won deal that cannot be read as it stands: a person has to repair it at its source."""
    row, name = await deals.deal_named(session, source, source_id), keepable(name)
    told: list[dict[str, object]] = [
        {k: keepable(v[:500]) for k, v in one.items()} for one in problems[:50]
    ]
    if row is None:
        made = DealRow(source=source, source_id=source_id, name=name[:300], state="unreadable",
                       version=0, problems=told, read_at=now, updated_at=now)  # fmt: skip
        await deals.insert_deal(session, made)
        row = await deals.deal_named(session, source, source_id)
    if row is None:
        raise LookupError(f"deal {source} {source_id}")
    row.problems, row.read_at = told, now
    if row.version == 0:
        row.state, row.name = "unreadable", name[:300]
    session.add(row)
    words = "; ".join(str(one.get("words", "")) for one in told)
    item = WorkItemRow(
        key=_unreadable_key(source, source_id),
        kind="deal",
        title=f"{name or source_id} cannot be billed as it stands: {words}"[:300],
        detail={"deal_id": row.id, "reason": words[:500]},
        opened_at=now,
    )
    await ask_again(session, item)
    return Taken(row.id, "unreadable")


def _unreadable_key(source: str, source_id: str) -> str:
    return f"deal:{source}:{source_id}:unreadable"[:200]
