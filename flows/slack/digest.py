"""The morning's message: what waits, what came, what was promised, what went apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.ledger.money import Money
from flows.drift.titles import title_of
from store import mornings
from store.engine import Session
from store.pages import aging_table, positions
from store.standing import PromiseRow

POSTINGS = ("post_customer_payment", "apply_credit", "reverse_payment")
WORDS = ("send_email", "post_to_customer_channel")
_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what it says and the page it leads to, "" for none."""

    text: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One thread of the digest. `count` may be more than the entries.

    `calls`: somebody must act on it.
    """

    key: str
    title: str
    count: int
    entries: tuple[Entry, ...]
    path: str
    calls: bool = True


@dataclass(frozen=True, slots=True)
class Digest:
    """The whole message. Without sections there is nothing to say."""

    sections: tuple[Section, ...]
    totals: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing calls for anybody."""
        return not any(section.calls for section in self.sections)


async def digest(session: Session, now: datetime) -> Digest:
    """What a team should know this morning."""
    since = now - _DAY
    found = [
        await _proposals(session),
        await _items(session, "reply", "Replies to read", "/worklist"),
        await _items(session, "payment", "Payments without a match", "/worklist"),
        await _promises_due(session, now),
        await _promises_broken(session, since),
        await _drift(session),
        await _done(session, "matched", "Payments posted since yesterday", POSTINGS, since),
        await _done(session, "sent", "Messages sent since yesterday", WORDS, since),
    ]
    sections = tuple(one for one in found if one.count)
    told = await positions(session, now.date())
    totals = tuple(f"{one.open} open, {one.overdue} overdue" for one in told)
    return Digest(sections, totals)


async def _proposals(session: Session) -> Section:
    count, rows = await mornings.proposed(session)
    entries = tuple(Entry(row.title, f"/review/{row.id}") for row in rows)
    return Section("proposals", "Proposals to decide", count, entries, "/review")


async def _items(session: Session, kind: str, title: str, path: str) -> Section:
    count, rows = await mornings.open_of_kind(session, kind)
    entries = tuple(Entry(row.title, f"/worklist/{row.id}") for row in rows)
    return Section(kind, title, count, entries, path)


async def _promises_due(session: Session, now: datetime) -> Section:
    count, rows = await mornings.promises_due(session, now.date())
    return Section("due", "Promises due", count, _promises(rows), "/worklist")


async def _promises_broken(session: Session, since: datetime) -> Section:
    count, rows = await mornings.promises_broken(session, since)
    return Section("broken", "Promises broken", count, _promises(rows), "/worklist")


def _promises(rows: Sequence[tuple[PromiseRow, str]]) -> tuple[Entry, ...]:
    return tuple(
        Entry(f"{name}: {_amount(row)} for {row.promised_on}", f"/customers/{row.customer_id}")
        for row, name in rows
    )


def _amount(row: PromiseRow) -> str:
    if row.amount_minor is None or row.currency is None:
        return "what is open"
    return str(Money(row.amount_minor, row.currency))


async def _drift(session: Session) -> Section:
    count, rows = await mornings.drift_open(session)
    entries = tuple(
        Entry(title_of(row.kind, row.document_kind, row.number), f"/sync/drift/{row.id}")
        for row in rows
    )
    return Section("drift", "Differences from the ERP", count, entries, "/sync/drift")


async def _done(
    session: Session, key: str, title: str, kinds: Sequence[str], since: datetime
) -> Section:
    count, rows = await mornings.done_since(session, kinds, since)
    entries = tuple(Entry(row.title, f"/review/{row.id}") for row in rows)
    return Section(key, title, count, entries, "/review", calls=False)


@dataclass(frozen=True, slots=True)
class Home:
    """The App Home of one person: their worklist, what waits, how old the balance is."""

    mine: Section
    waiting: Digest
    aging: tuple[tuple[str, tuple[tuple[str, Money], ...]], ...]


async def home_of(session: Session, user_id: int, now: datetime) -> Home:
    """What one person sees when they open Dunwell's page in Slack."""
    count, rows = await mornings.open_of_kind(session, "", owner=user_id)
    entries = tuple(Entry(row.title, f"/worklist/{row.id}") for row in rows)
    table = await aging_table(session, now.date())
    return Home(
        mine=Section("mine", "On your worklist", count, entries, "/worklist"),
        waiting=await digest(session, now),
        aging=tuple((currency, tuple(row.items())) for currency, row in table.items()),
    )
