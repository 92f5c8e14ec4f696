"""The timeline of a customer: contacts, promises, payments and decisions in one stream."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, case, cast, or_, tuple_
from sqlmodel import col, select

from store.columns import UtcDateTime
from store.effects import DecisionRow, EffectRow
from store.engine import Session
from store.receivables import PaymentRow
from store.standing import DisputeRow, HoldRow, PromiseRow
from store.touchpoints import TouchpointRow
from store.worklist import WorkItemRow

Happening = TouchpointRow | PromiseRow | PaymentRow | WorkItemRow
Row = Happening | DecisionRow | EffectRow | DisputeRow | HoldRow


@dataclass(frozen=True, slots=True)
class Moment:
    """A place in the stream: newest first by instant, then by what follows from what, then id."""

    at: datetime
    kind: str
    id: int

    def text(self) -> str:
        """The moment as a cursor for an address."""
        return f"{self.at.isoformat()}~{self.kind}~{self.id}"

    @classmethod
    def read(cls, text: str) -> Moment | None:
        """The moment a cursor names, or None if it is not one."""
        parts = text.split("~")
        try:
            at, kind, number = datetime.fromisoformat(parts[0]), parts[1], int(parts[2])
        except (ValueError, IndexError):
            return None
        return cls(at, kind, number) if at.tzinfo is not None and kind in KINDS else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `effect` is what a decision was about."""

    moment: Moment
    row: Row
    effect: EffectRow | None = None


@dataclass(frozen=True, slots=True)
class _Stream:
    """One source of entries: its row type, what places it in time, and which rows count."""

    model: Any
    at: Any
    only: tuple[ColumnElement[bool], ...] = ()


# An imported payment is known by its day only; a receipt seen on its day has its instant.
_PAID_AT = case(
    (
        cast(col(PaymentRow.created_at), Date) == col(PaymentRow.received_on),
        col(PaymentRow.created_at),
    ),
    else_=cast(col(PaymentRow.received_on), UtcDateTime()),
)
# A mail or a message that left is a touchpoint already.
_SPOKEN = ("send_email", "post_to_customer_channel")
_SETTLED = or_(
    col(EffectRow.state).in_(("failed", "unknown", "superseded", "expired")),
    (col(EffectRow.state) == "done") & col(EffectRow.kind).not_in(_SPOKEN),
)
_STREAMS: dict[str, _Stream] = {
    "contact": _Stream(TouchpointRow, col(TouchpointRow.occurred_at)),
    "dispute": _Stream(DisputeRow, col(DisputeRow.opened_at)),
    "hold": _Stream(HoldRow, col(HoldRow.created_at)),
    "outcome": _Stream(EffectRow, col(EffectRow.changed_at), (_SETTLED,)),
    "payment": _Stream(PaymentRow, _PAID_AT),
    "promise": _Stream(PromiseRow, col(PromiseRow.made_at)),
    "promise_settled": _Stream(
        PromiseRow, col(PromiseRow.settled_at), (col(PromiseRow.settled_at).is_not(None),)
    ),
    "proposal": _Stream(EffectRow, col(EffectRow.proposed_at)),
    "work": _Stream(WorkItemRow, col(WorkItemRow.opened_at)),
}
KINDS = (*_STREAMS, "decision")
# What follows from what, for entries of one instant.
_CAUSAL = (
    "contact", "payment", "promise", "dispute", "hold", "work", "proposal", "decision",
    "promise_settled", "outcome",
)  # fmt: skip
_PLACE = {kind: place for place, kind in enumerate(_CAUSAL)}
GROUPS: dict[str, tuple[str, ...]] = {
    "mail": ("contact",),
    "promises": ("promise", "promise_settled", "dispute", "hold"),
    "payments": ("payment",),
    "decisions": ("proposal", "decision", "outcome"),
    "worklist": ("work",),
}


async def entries(
    session: Session,
    customer_id: int,
    *,
    kinds: Sequence[str] = KINDS,
    before: Moment | None = None,
    limit: int = 40,
) -> list[Entry]:
    """The latest entries before a moment, newest first; one bounded query a kind."""
    found: list[Entry] = []
    for kind in kinds:
        if kind == "decision":
            found += await _decisions(session, customer_id, before, limit)
        else:
            found += await _rows(session, kind, customer_id, before, limit)
    found.sort(key=_order, reverse=True)
    return found[:limit]


def _order(entry: Entry) -> tuple[datetime, int, int]:
    return (entry.moment.at, _PLACE[entry.moment.kind], entry.moment.id)


async def _rows(
    session: Session, kind: str, customer_id: int, before: Moment | None, limit: int
) -> list[Entry]:
    stream = _STREAMS[kind]
    query = (
        select(stream.model, stream.at)
        .where(stream.model.customer_id == customer_id, *stream.only)
        .where(*_older(kind, stream.at, stream.model.id, before))
        .order_by(stream.at.desc(), stream.model.id.desc())
        .limit(limit)
    )
    found = await session.exec(query)
    return [Entry(Moment(at, kind, row.id), row) for row, at in found.all()]


async def _decisions(
    session: Session, customer_id: int, before: Moment | None, limit: int
) -> list[Entry]:
    query = (
        select(DecisionRow, EffectRow)
        .join(EffectRow, col(EffectRow.id) == col(DecisionRow.effect_id))
        .where(EffectRow.customer_id == customer_id)
        .where(*_older("decision", col(DecisionRow.at), col(DecisionRow.id), before))
        .order_by(col(DecisionRow.at).desc(), col(DecisionRow.id).desc())
        .limit(limit)
    )
    found = await session.exec(query)
    return [Entry(Moment(row.at, "decision", row.id), row, effect) for row, effect in found.all()]


def _older(
    kind: str, at: Any, row_id: Any, before: Moment | None
) -> tuple[ColumnElement[bool], ...]:
    """Rows of `kind` that stand after `before` in a stream that runs back in time."""
    if before is None:
        return ()
    if kind == before.kind:
        return (tuple_(at, row_id) < tuple_(before.at, before.id),)
    compare: Callable[[Any, datetime], ColumnElement[bool]] = (
        _at_most if _PLACE[kind] < _PLACE[before.kind] else _below
    )
    return (compare(at, before.at),)


def _at_most(at: Any, limit: datetime) -> ColumnElement[bool]:
    older: ColumnElement[bool] = at <= limit
    return older


def _below(at: Any, limit: datetime) -> ColumnElement[bool]:
    older: ColumnElement[bool] = at < limit
    return older
