"""Findings of drift: opened once with an alert, brought up to date, and closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from domain.ledger.drift import Difference, DocumentState, DriftKind
from domain.ledger.drift_record import payload
from domain.ledger.drift_urgency import Period, books_close_on, period_of
from flows.drift.titles import title_of
from flows.notices import Notice, tell
from store import drift, drift_around, outgoing
from store.drift import ADOPTED, CLOSED, OPEN, DriftFindingRow
from store.engine import Session
from store.jobs import Job, enqueue
from store.worklist import WorkItemRow, ask_again, close_item

WHO = "drift.who"
ACCEPTED = "accepted"
# Wrong by themselves: what was accepted once stays accepted while it stays as it is.
_BY_THEMSELVES = frozenset(
    {
        DriftKind.BALANCE_MISMATCH,
        DriftKind.STATUS_MISMATCH,
        DriftKind.UNEXPECTED_DOCUMENT,
        DriftKind.DUPLICATE_SUSPECT,
        DriftKind.CONTROL_TOTAL_GAP,
    }
)


class Desk:
    """Where the findings of one transaction are written up."""

    def __init__(self, now: datetime, periods: tuple[Period, ...]) -> None:
        self.now = now
        self.periods = periods
        self.opened = 0
        self.titles: list[str] = []
        self._known: dict[str, DriftFindingRow | None] = {}
        self._owners: dict[str, drift_around.Owner | None] = {}

    @classmethod
    async def ready(cls, session: Session, now: datetime) -> Desk:
        """A desk that knows the posting periods."""
        rows = await drift_around.posting_periods(session)
        periods = (
            Period(
                row.netsuite_id,
                row.starts_on,
                row.ends_on,
                row.closed or row.ar_locked or row.all_locked,
            )
            for row in rows
        )
        return cls(now, tuple(periods))

    @property
    def today(self) -> date:
        return self.now.date()

    def booked_in(self, state: DocumentState) -> Period | None:
        """The posting period of a document."""
        return period_of(self.periods, state.on, state.period_netsuite_id)

    async def expect(self, session: Session, several: Sequence[Difference]) -> None:
        """Read at once what opening each of these would ask."""
        keys = {_key(one) for one in several}
        known = await drift.by_keys(session, keys)
        self._known |= {key: known.get(key) for key in keys}
        await self._ask_owners(session, {key for one in several for key in _customers(one)})

    async def open(self, session: Session, one: Difference) -> DriftFindingRow | None:
        """Open a finding, or open it again; None if just this was accepted before."""
        return await self.put(session, await self._row(session, one))

    async def adopt(self, session: Session, one: Difference) -> None:
        """Keep a difference that stood before anybody could rely on anything: accepted, unsaid."""
        row = await self._row(session, one)
        if await self._standing(session, row.key) is not None:
            return
        row.state, row.closed_at, row.closed_by = CLOSED, self.now, ADOPTED
        row.closed_reason, row.resolution = "so it stood when it was first read", ACCEPTED
        session.add(row)
        self._known[row.key] = row

    async def put(self, session: Session, row: DriftFindingRow) -> DriftFindingRow | None:
        """Keep a finding under its key and alert once; None if just this was accepted before."""
        known = await self._standing(session, row.key)
        if known is not None and _accepted(known, row):
            return None
        if known is not None and known.state != CLOSED:
            return known
        row = _again(known, row) if known is not None else row
        session.add(row)
        await session.flush()
        self._known[row.key] = row
        await alert(session, row, self.now)
        self.opened += 1
        self.titles.append(title_of(row.kind, row.document_kind, row.number))
        return row

    async def finish(self, session: Session) -> None:
        """Have somebody ask who it was, where anything was opened, and tell of it once."""
        if self.opened:
            await enqueue(session, Job(WHO, once=WHO))
            await tell(session, self._notice(), self.now)

    def _notice(self) -> Notice:
        """One notice a pass, however much it found."""
        title = self.titles[0] if self.opened == 1 else f"{self.opened} differences from the ERP"
        key = f"drift:{self.now.isoformat()}:{self.titles[0]}"
        return Notice(key, "drift", title, detail={"found": "; ".join(self.titles[:5])})

    async def _row(self, session: Session, one: Difference) -> DriftFindingRow:
        state = _document(one)
        before = one.ours or state
        owner = await self._owner(session, one)
        booked = self.booked_in(before if one.kind is DriftKind.PERIOD_MOVED else state)
        return DriftFindingRow(
            key=_key(one),
            kind=one.kind.value,
            document_kind=state.kind,
            netsuite_id=state.netsuite_id,
            number=state.number,
            customer_id=owner.customer_id if owner else None,
            subsidiary_id=owner.subsidiary_id if owner else None,
            fields=list(one.fields),
            ours=_payload(one.ours),
            theirs=_payload(one.theirs),
            first_seen_at=self.now,
            last_seen_at=self.now,
            period_ends_on=books_close_on(self.periods, one.kind, booked, self.today),
        )

    async def _standing(self, session: Session, key: str) -> DriftFindingRow | None:
        if key not in self._known:
            self._known[key] = (await drift.by_keys(session, [key])).get(key)
        return self._known[key]

    async def _owner(self, session: Session, one: Difference) -> drift_around.Owner | None:
        asked = _customers(one)
        await self._ask_owners(session, set(asked))
        return next((owner for key in asked if (owner := self._owners[key]) is not None), None)

    async def _ask_owners(self, session: Session, netsuite_ids: set[str]) -> None:
        new = netsuite_ids - self._owners.keys()
        if new:
            found = await drift_around.owners(session, new)
            self._owners |= {key: found.get(key) for key in new}


def _document(one: Difference) -> DocumentState:
    state = one.theirs or one.ours
    if state is None:
        raise ValueError("a difference needs a document")
    return state


def _key(one: Difference) -> str:
    return f"{one.kind}:{_document(one).netsuite_id}"


def _customers(one: Difference) -> tuple[str, ...]:
    """Whose it is, and whose it was."""
    state = _document(one)
    return (state.customer_netsuite_id, (one.ours or state).customer_netsuite_id)


def refresh(row: DriftFindingRow, one: Difference, now: datetime) -> None:
    """A finding that still holds: what stands there now."""
    row.theirs, row.last_seen_at = _payload(one.theirs), now
    row.fields = list(dict.fromkeys((*row.fields, *one.fields)))


async def alert(session: Session, row: DriftFindingRow, now: datetime) -> None:
    """One work item on the customer's timeline and one event, for a finding that was opened."""
    item = WorkItemRow(
        key=item_key(row),
        kind="drift",
        customer_id=row.customer_id,
        title=title_of(row.kind, row.document_kind, row.number),
        detail={"finding_id": row.id, "kind": row.kind, "netsuite_id": row.netsuite_id},
        opened_at=now,
    )
    await ask_again(session, item)
    await outgoing.emit(session, "drift.opened", _subject(row), told(row), now)


async def close(
    session: Session, row: DriftFindingRow, reason: str, by: str, now: datetime
) -> None:
    """End a finding and its work item."""
    row.state, row.ignored_until = CLOSED, None
    row.closed_at, row.closed_by, row.closed_reason = now, by, reason
    row.last_seen_at = now
    session.add(row)
    await session.flush()
    await close_item(session, item_key(row), by=by, now=now)
    await outgoing.emit(session, "drift.closed", _subject(row), told(row), now)


def item_key(row: DriftFindingRow) -> str:
    """The key of the finding's work item."""
    return f"drift:{row.key}"


def told(row: DriftFindingRow) -> dict[str, object]:
    """The finding as plain JSON for others."""
    return {
        "finding_id": row.id,
        "kind": row.kind,
        "document_kind": row.document_kind,
        "netsuite_id": row.netsuite_id,
        "number": row.number,
        "customer_id": row.customer_id,
        "fields": list(row.fields),
        "state": row.state,
        "period_ends_on": row.period_ends_on.isoformat() if row.period_ends_on else None,
        "closed_by": row.closed_by,
        "closed_reason": row.closed_reason,
    }


def _subject(row: DriftFindingRow) -> str:
    return f"{row.document_kind}:{row.number or row.netsuite_id}"


def _accepted(known: DriftFindingRow, row: DriftFindingRow) -> bool:
    """Whether a person accepted exactly what stands there again."""
    settled = known.state == CLOSED and known.resolution == ACCEPTED
    return settled and row.kind in _BY_THEMSELVES and _essence(known) == _essence(row)


def _essence(row: DriftFindingRow) -> object:
    """What a finding says, without what may change on the document meanwhile."""
    match DriftKind(row.kind):
        case DriftKind.UNEXPECTED_DOCUMENT:
            return row.fields
        case DriftKind.DUPLICATE_SUSPECT:
            return row.ours["netsuite_id"]
        case DriftKind.STATUS_MISMATCH:
            return row.ours["status"], row.theirs["status"]
        case _:
            name = "open" if row.document_kind == "invoice" else "balance"
            return _minor(row.theirs, name) - _minor(row.ours, name)


def _minor(state: Mapping[str, Any], name: str) -> int:
    return int(state[name]["minor"])


def _again(known: DriftFindingRow, row: DriftFindingRow) -> DriftFindingRow:
    """The closed finding, opened anew with what is found now."""
    for name, value in row.model_dump(exclude={"id", "key"}).items():
        setattr(known, name, value)
    known.state = OPEN
    return known


def _payload(state: DocumentState | None) -> dict[str, object]:
    return payload(state) if state is not None else {}
