"""Pauses of a customer or of one invoice: they end by themselves, and never in a burst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from domain.dunning.calendar import zone_named
from domain.dunning.standing import PauseKind, PauseReason
from effects.actor import Actor, Person, Role, may_approve
from effects.answers import Refusal, RefusalCode
from effects.audit import Entry, record
from flows.conversations import MOST, look_again, refuse, reopen, withdraw
from store import standing, stops
from store.engine import Session
from store.outgoing import emit
from store.parties import CustomerRow, zone_of
from store.receivables import InvoiceRow
from store.standing import HoldRow

DAYS = (30, 60, 90)
LONGEST = timedelta(days=1100)
_LIFTED = (PauseKind.PAUSED, PauseKind.PAYMENT_SEARCH)
_GRAVE = (PauseKind.LEGAL, PauseKind.INSOLVENCY, PauseKind.CREDIT_HOLD)


@dataclass(frozen=True, slots=True)
class Target:
    """What is paused or resumed: one invoice, or the whole customer (no `invoice_id`)."""

    customer_id: int
    invoice_id: int | None = None

    @property
    def subject(self) -> tuple[str, str]:
        if self.invoice_id is None:
            return "customer", str(self.customer_id)
        return "invoice", str(self.invoice_id)


@dataclass(frozen=True, slots=True)
class Paused:
    """Paused up to and including `until_on` (None: until resumed)."""

    target: Target
    until_on: date | None
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class Resumed:
    """`lifted` pauses ended now; `reopened`: the conversation was closed or with a person."""

    target: Target
    lifted: int
    reopened: bool = False


async def pause(
    session: Session,
    target: Target,
    until: int | date | None,
    reason: PauseReason,
    *,
    by: Person | Actor,
    now: datetime,
    note: str = "",
) -> Paused | Refusal:
    """Pause reminders for a number of days, up to and including a day, or until resumed (None).

    A new pause of the same invoice or customer takes the place of the last. Other invoices of the
    customer go on when one is paused. Follow-ups that wait about it are withdrawn.
    """
    refused = refuse(by) if isinstance(by, Person) else None
    if refused is not None:
        return refused
    today = await _today(session, target, now)
    if today is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such customer or invoice.")
    until_on = today + timedelta(days=until) if isinstance(until, int) else until
    if until_on is not None and not today <= until_on <= today + LONGEST:
        return Refusal(RefusalCode.FORBIDDEN, "The last day is not in the next three years.")
    actor = by.actor if isinstance(by, Person) else by
    withdrawn = await withdraw(
        session, target.customer_id, "it was paused", actor, now, target.invoice_id
    )
    kinds = [PauseKind.PAUSED.value]
    await standing.release(session, target.customer_id, target.invoice_id, kinds, now, today)
    earlier = await stops.holds_ever(session, target.customer_id)
    row = _row(target, until_on, reason, note, actor, now)
    row.key = f"{row.key}:{earlier}"
    await stops.add_hold(session, row)
    done = Paused(target, until_on, withdrawn)
    await _tell_paused(session, done, reason, note, actor, now)
    return done


async def pause_many(
    session: Session,
    customer_ids: Sequence[int],
    until: int | date | None,
    reason: PauseReason,
    *,
    by: Person,
    now: datetime,
    note: str = "",
) -> tuple[Paused, ...] | Refusal:
    """Pause many customers at once; all or none of them."""
    if len(set(customer_ids)) > MOST:
        return Refusal(RefusalCode.OVER_LIMIT, f"At most {MOST} customers at once.")
    done: list[Paused] = []
    for customer_id in sorted(set(customer_ids)):
        answer = await pause(session, Target(customer_id), until, reason, by=by, now=now, note=note)
        if isinstance(answer, Refusal):
            return answer
        done.append(answer)
    return tuple(done)


async def resume(
    session: Session, target: Target, *, by: Person, now: datetime, reason: str = ""
) -> Resumed | Refusal:
    """End the pauses of an invoice, or of the customer; the cadence begins anew from now.

    A customer's conversation that a person had, or that was closed, goes on too. A stop for
    legal reasons, insolvency or credit is lifted by a controller only.
    """
    refused = refuse(by)
    if refused is not None:
        return refused
    today = await _today(session, target, now)
    if today is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such customer or invoice.")
    kinds = [kind.value for kind in _LIFTED]
    if may_approve(by.role, Role.CONTROLLER):
        kinds += [kind.value for kind in _GRAVE]
    elif await _gravely_stopped(session, target, today):
        words = "A stop for legal reasons, insolvency or credit is lifted by a controller."
        return Refusal(RefusalCode.NOT_ALLOWED, words)
    lifted = await standing.release(
        session, target.customer_id, target.invoice_id, kinds, now, today
    )
    reopened = await _go_on(session, target, by, reason, now)
    done = Resumed(target, len(lifted), reopened)
    if lifted:
        await _tell_resumed(session, done, by.actor, reason, now)
    await look_again(session, target.customer_id, now)
    return done


async def _go_on(session: Session, target: Target, by: Person, reason: str, now: datetime) -> bool:
    if target.invoice_id is not None:
        return False
    found = await reopen(session, target.customer_id, by=by, reason=reason, now=now)
    return not isinstance(found, Refusal) and found.since == now


async def _gravely_stopped(session: Session, target: Target, today: date) -> bool:
    holds = await standing.active_holds(session, target.customer_id, today)
    return any(h.reason in _GRAVE and h.invoice_id == target.invoice_id for h in holds)


async def _today(session: Session, target: Target, now: datetime) -> date | None:
    """The customer's own day; None when there is no such customer, or no such invoice of it."""
    row = await session.get(CustomerRow, target.customer_id)
    if row is None:
        return None
    if target.invoice_id is not None:
        invoice = await session.get(InvoiceRow, target.invoice_id)
        if invoice is None or invoice.customer_id != target.customer_id:
            return None
    return now.astimezone(zone_named(zone_of(row).name) or UTC).date()


def _row(
    target: Target,
    until_on: date | None,
    reason: PauseReason,
    note: str,
    by: Actor,
    now: datetime,
) -> HoldRow:
    of = f"{target.customer_id}:{target.invoice_id or 0}"
    return HoldRow(
        key=f"pause:{of}:{now.astimezone(UTC).isoformat()}",
        customer_id=target.customer_id,
        invoice_id=target.invoice_id,
        reason=PauseKind.PAUSED.value,
        why=reason.value,
        detail=note[:300],
        until_on=until_on,
        created_at=now,
        created_by=str(by),
    )


async def _tell_paused(
    session: Session, done: Paused, reason: PauseReason, note: str, by: Actor, now: datetime
) -> None:
    until = done.until_on.isoformat() if done.until_on else None
    detail = {
        "until": until,
        "reason": reason.value,
        "note": note[:300],
        "customer_id": done.target.customer_id,
        "withdrawn": done.withdrawn,
    }
    await record(session, Entry(by, "pause.set", *done.target.subject, detail), now)
    await emit(session, "pause.set", ":".join(done.target.subject), detail, now)
    await look_again(session, done.target.customer_id, now)


async def _tell_resumed(
    session: Session, done: Resumed, by: Actor, reason: str, now: datetime
) -> None:
    detail = {
        "lifted": done.lifted,
        "reason": reason[:300],
        "customer_id": done.target.customer_id,
    }
    await record(session, Entry(by, "pause.lifted", *done.target.subject, detail), now)
    await emit(session, "pause.lifted", ":".join(done.target.subject), detail, now)
