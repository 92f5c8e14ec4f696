"""Promises to pay: recorded once, kept when the money came, broken when it did not."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.dunning.actions import RecordPromise, Trigger, WithdrawPromises
from domain.dunning.ladder import DunningPolicy
from domain.ledger.money import Money
from effects.actor import Actor, ActorKind
from effects.audit import Entry, record
from flows.desk import Desk
from flows.facts import load_case
from flows.notices import Notice, tell
from store import arrivals, followups, promises
from store.arrivals import Arrived
from store.engine import Database, Session
from store.standing import PromiseRow
from store.worklist import WorkItemRow, close_item, open_item

KEEPER = Actor(ActorKind.SYSTEM, "promises")
_LATE_BY = timedelta(days=10)


async def record_promise(
    session: Session, action: RecordPromise, customer_id: int, touchpoint_id: int, now: datetime
) -> int | None:
    """Store a promise; its id, None if this touchpoint's promise is stored already.

    An earlier open promise about the same invoices, or all of them, is replaced by it.
    """
    amount = action.amount
    ids = ",".join(str(i) for i in sorted(action.invoice_ids))
    row = PromiseRow(
        key=f"touchpoint:{touchpoint_id}:{action.promised_on.isoformat()}:{ids}"[:300],
        customer_id=customer_id,
        invoice_ids=list(action.invoice_ids),
        promised_on=action.promised_on,
        currency=amount.currency if amount else None,
        amount_minor=amount.minor if amount else None,
        quote=action.quote[:1000],
        touchpoint_id=touchpoint_id,
        made_at=now,
    )
    promise_id = await promises.add_promise(session, row)
    if promise_id is not None:
        taken_back = WithdrawPromises(action.invoice_ids, action.quote)
        await withdraw_promises(session, taken_back, customer_id, touchpoint_id, now)
        detail = {"promised_on": action.promised_on.isoformat(), "quote": action.quote[:300]}
        told = Entry(KEEPER, "promise.recorded", "promise", str(promise_id), detail)
        await record(session, told, now)
    return promise_id


async def withdraw_promises(
    session: Session,
    action: WithdrawPromises,
    customer_id: int,
    touchpoint_id: int | None,
    now: datetime,
) -> int:
    """What a later mail takes back, or replaces, is neither kept nor broken; how many those are.

    A promise about more invoices than that stays for the others; what `touchpoint_id` promised
    stays too.
    """
    withdrawn = 0
    gone = set(action.invoice_ids)
    for row in await promises.lock_open(session, customer_id):
        if touchpoint_id is not None and row.touchpoint_id == touchpoint_id:
            continue
        rest = [i for i in row.invoice_ids if gone and i not in gone]
        if gone and not gone & set(row.invoice_ids) and row.invoice_ids:
            continue
        if rest and row.amount_minor is None:
            row.invoice_ids = rest
            session.add(row)
            continue
        await _settle(session, row, "cancelled", now)
        withdrawn += 1
    return withdrawn


async def check(db: Database, desk: Desk, now: datetime) -> dict[str, int]:
    """Settle the open promises of everybody: how many were kept and how many broken."""
    counts = {"kept": 0, "broken": 0}
    async with db.read() as session:
        customers = await promises.customers_with_open(session, now - _LATE_BY)
    for customer_id in customers:
        async with db.begin() as session:
            counts["kept"] += await keep_promises(session, customer_id, now)
            counts["broken"] += await _break_promises(session, desk, customer_id, now)
    return counts


async def keep_promises(session: Session, customer_id: int, now: datetime) -> int:
    """Mark promises kept whose invoices are paid as promised, on time or a few days late."""
    kept = 0
    for row in await promises.lock_unsettled(session, customer_id, now - _LATE_BY):
        if await _is_kept(session, row):
            await _settle(session, row, "kept", now)
            await close_item(session, _item_key(row), by=str(KEEPER), now=now)
            kept += 1
    return kept


async def _break_promises(session: Session, desk: Desk, customer_id: int, now: datetime) -> int:
    """Notice, once, what was not kept: on the first business day, where they are, after its day."""
    rows = await promises.lock_open(session, customer_id)
    if all(row.promised_on > now.date() for row in rows):
        return 0
    case = await load_case(session, desk, customer_id, now)
    if case is None:
        return 0
    broken = 0
    money = await arrivals.arrived(session, customer_id)
    for row in rows:
        noticed_on = case.calendar.add_business_days(row.promised_on, 1)
        if case.today < noticed_on or _has_come(row, money):
            continue
        await _settle(session, row, "broken", now)
        await _ask(session, row, case.policy, now)
        await followups.wake(session, customer_id, now)
        broken += 1
    return broken


def _has_come(row: PromiseRow, money: Arrived) -> bool:
    """Money that may keep the promise is here and only not in the ERP yet."""
    return money.unplaced or bool(
        money.paying if not row.invoice_ids else money.paying & set(row.invoice_ids)
    )


async def _is_kept(session: Session, row: PromiseRow) -> bool:
    """Nothing is open on the promised invoices, or at least the promised amount was paid.

    A promise that names no invoice speaks of what was open on the account when it was made.
    """
    open_minor = await promises.open_of(session, row)
    if open_minor == 0:
        return True
    if row.amount_minor is None or row.currency is None:
        return False
    first = await promises.promised_before(session, row)
    return await promises.paid_since(session, row) >= first + row.amount_minor


async def _settle(session: Session, row: PromiseRow, state: str, now: datetime) -> None:
    row.state, row.settled_at = state, now
    session.add(row)
    detail = {"customer_id": row.customer_id, "promised_on": row.promised_on.isoformat()}
    await record(session, Entry(KEEPER, f"promise.{state}", "promise", str(row.id), detail), now)


async def _ask(session: Session, row: PromiseRow, policy: DunningPolicy, now: datetime) -> None:
    amount = ""
    if row.amount_minor is not None and row.currency is not None:
        amount = f" of {Money(row.amount_minor, row.currency)}"
    title = f"The promise{amount} for {row.promised_on} was not kept"
    notice = Notice(
        key=_item_key(row),
        kind="promise_broken",
        title=title,
        customer_id=row.customer_id,
        route=policy.escalation.route_of(Trigger.BROKEN_PROMISE.value),
        work_item_key=_item_key(row),
        detail={"promise_id": row.id, "promised_on": row.promised_on.isoformat()},
    )
    if policy.escalation.notice and notice.route not in ("", "off"):
        await tell(session, notice, now)
    await open_item(
        session,
        WorkItemRow(
            key=_item_key(row),
            kind="promise_broken",
            customer_id=row.customer_id,
            touchpoint_id=row.touchpoint_id,
            title=title,
            detail={"promise_id": row.id, "quote": row.quote},
            opened_at=now,
        ),
    )


def _item_key(row: PromiseRow) -> str:
    return f"promise:{row.id}"
