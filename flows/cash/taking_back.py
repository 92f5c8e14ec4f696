"""Money that went back after it came, and money that came again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from domain.ledger.money import Money
from effects.actor import Actor, ActorKind
from effects.audit import Entry, record
from effects.kinds import Effect
from effects.propose import Because, propose
from effects.withdraw import withdraw_all
from flows.cash.after import settled
from flows.cash.reversal import fee_of, reversal_of, won_of
from flows.desk import Desk
from flows.receipts import match_job
from store import matching, receipts
from store.applied import named_in_references
from store.effects import effect
from store.engine import Session
from store.jobs import Job, enqueue
from store.receivables import PaymentRow
from store.worklist import WorkItemRow, close_item, open_item

TAKE_BACK = "payments.take_back"
_REVERSAL = ("reversal_journal", "reversal", "reversal_rounding")
KEEPER = Actor(ActorKind.SYSTEM, "receipts")
_BEGUN = ("performing", "unknown", "done", "approved")
_AGAIN = timedelta(minutes=1)
TakenBack = Literal["unknown", "stopped", "proposed", "later", "known", "restored"]


@dataclass(frozen=True, slots=True)
class Back:
    """Money that went back: of which receipt, why, how much. `occasion` names it for ever.

    `fee` is what the bank charged for it beyond the amount.
    """

    source: str
    reference: str
    code: str
    amount: Money
    occasion: str
    fee: Money | None = None

    @property
    def key(self) -> str:
        return f"{self.source}:{self.occasion or f'{self.reference}:{self.code}'}"


async def take_back(
    session: Session,
    desk: Desk,
    *,
    source: str,
    reference: str,
    code: str,
    amount: Money,
    now: datetime,
    occasion: str = "",
    fee: Money | None = None,
) -> TakenBack:
    """A return, a failure, a chargeback or a refund at the source. Harmless to repeat.

    A posting that was not begun is stopped; what is in the ERP is proposed to be reversed; one
    that is on its way is looked at again a minute later. `reference` is the receipt's source id,
    or a trace or reference that stood with it. What the bank charged goes to expense. A person is
    told in every case.
    """
    back = Back(source, reference, code[:60], _positive(amount), occasion, fee)
    await receipts.take_turns(session)
    row = await _receipt(session, back)
    if row is None:
        await _ask(session, None, back, "no receipt of it is known", now)
        return "unknown"
    if row.state == "reversed":
        return "known"
    if row.netsuite_id is not None:
        return await _reverse(session, desk, row, back, now)
    known = await effect(session, row.effect_id) if row.effect_id is not None else None
    if known is not None and known.state in _BEGUN and not await _stop(session, row, back, now):
        await enqueue(session, _job(back))
        return "later"
    return await _stopped(session, desk, row, back, now)


async def give_back(
    session: Session,
    desk: Desk,
    *,
    source: str,
    reference: str,
    code: str,
    amount: Money,
    now: datetime,
    occasion: str = "",
) -> TakenBack:
    """Money that was taken back is ours again, as after a dispute that was won."""
    back = Back(source, reference, code[:60], _positive(amount), occasion)
    await receipts.take_turns(session)
    row = await _receipt(session, back)
    if row is None:
        await _ask(session, None, back, "it came again, and no receipt of it is known", now)
        return "unknown"
    if row.state == "reversed" and row.netsuite_id is None:
        row.state, row.return_code = "received", ""
        session.add(row)
        await enqueue(session, match_job(row.id))
        await close_item(session, _item_key(row, back), by=str(KEEPER), now=now)
        return "restored"
    withdrawn = await _withdraw_reversal(session, row, now)
    if withdrawn:
        await close_item(session, _item_key(row, back), by=str(KEEPER), now=now)
        return "restored"
    for role, content in await won_of(session, desk, row, back.amount, back.key, now):
        because = Because("cash:won", {"code": back.code, "reason": "the money is ours again"})
        done = await propose(
            session, content, policy=desk.approval, because=because, by=KEEPER, now=now
        )
        await matching.add_effect(session, row.id, done.effect_id, role)
    await _ask(session, row, back, "it is ours again: see what is proposed", now)
    return "proposed"


async def _receipt(session: Session, back: Back) -> PaymentRow | None:
    known = await receipts.receipt_named(session, back.source, back.reference)
    if known is None and back.reference:
        found = await named_in_references(session, back.reference)
        return await receipts.receipt(session, found[0]) if len(found) == 1 else None
    return await receipts.receipt(session, known.id) if known is not None else None


async def _stop(session: Session, row: PaymentRow, back: Back, now: datetime) -> bool:
    """Withdraw a posting that is approved and not begun; whether that was in time."""
    await withdraw_all(session, {row.effect_id or 0: _why(back)}, by=KEEPER, now=now)
    known = await effect(session, row.effect_id or 0)
    return known is None or known.state not in _BEGUN


async def _stopped(
    session: Session, desk: Desk, row: PaymentRow, back: Back, now: datetime
) -> TakenBack:
    """Nothing of it is in the ERP. A part that went back leaves the rest to a person."""
    if row.effect_id is not None:
        await withdraw_all(session, {row.effect_id: _why(back)}, by=KEEPER, now=now)
    whole = back.amount.minor >= row.amount_minor
    row.state = "reversed" if whole else "parked"
    row.return_code = back.code
    session.add(row)
    await _charge(session, desk, row, back, now)
    await close_item(session, f"payment:{row.id}", by=str(KEEPER), now=now)
    told = "it is not posted" if whole else "the rest is parked: it is not posted"
    await _ask(session, row, back, told, now)
    if row.customer_id is not None:
        await settled(session, desk, row.customer_id, now)
    return "stopped"


async def _reverse(
    session: Session, desk: Desk, row: PaymentRow, back: Back, now: datetime
) -> TakenBack:
    effects = await reversal_of(session, desk, row, back.amount, back.code, back.key, now)
    for role, content in effects:
        await _propose(session, desk, row, back, (role, content), now)
    await _charge(session, desk, row, back, now)
    row.return_code = back.code
    session.add(row)
    await _ask(session, row, back, "its reversal is proposed", now)
    return "proposed"


async def _charge(session: Session, desk: Desk, row: PaymentRow, back: Back, now: datetime) -> None:
    if back.fee:
        charged = await fee_of(session, desk, row, back.fee, back.key, now)
        await _propose(session, desk, row, back, charged, now)


async def _propose(
    session: Session,
    desk: Desk,
    row: PaymentRow,
    back: Back,
    told: tuple[str, Effect],
    now: datetime,
) -> None:
    role, content = told
    because = Because("cash:reversal", {"code": back.code, "reason": _why(back)})
    done = await propose(
        session, content, policy=desk.approval, because=because, by=KEEPER, now=now
    )
    await matching.add_effect(session, row.id, done.effect_id, role)


async def _withdraw_reversal(session: Session, row: PaymentRow, now: datetime) -> bool:
    """Whether the reversal was only proposed, and is withdrawn."""
    known = await matching.effects_of(session, row.id)
    ids = [one.effect_id for one in known if one.role in _REVERSAL]
    reasons = dict.fromkeys(ids, "the money is ours again")
    return bool(ids) and await withdraw_all(session, reasons, by=KEEPER, now=now) == len(ids)


async def _ask(
    session: Session, row: PaymentRow | None, back: Back, told: str, now: datetime
) -> None:
    charged = f", the bank charged {back.fee}" if back.fee else ""
    item = WorkItemRow(
        key=_item_key(row, back),
        kind="source_event",
        customer_id=row.customer_id if row is not None else None,
        payment_id=row.id if row is not None else None,
        title=f"A payment of {back.amount} came back ({back.code}){charged}; {told}"[:500],
        detail={"reason": back.code, "source": back.source, "reference": back.reference},
        opened_at=now,
    )
    if await open_item(session, item) is not None and row is not None:
        detail = {"code": back.code, "amount": str(back.amount), "told": told}
        await record(
            session, Entry(KEEPER, "payment.came_back", "payment", str(row.id), detail), now
        )


def _item_key(row: PaymentRow | None, back: Back) -> str:
    return f"reversal:{row.id if row is not None else 0}:{back.key}"


def _job(back: Back) -> Job:
    return Job(
        TAKE_BACK,
        {
            "source": back.source,
            "reference": back.reference,
            "code": back.code,
            "minor": back.amount.minor,
            "currency": back.amount.currency,
            "occasion": back.occasion,
            "fee_minor": back.fee.minor if back.fee else 0,
            "fee_currency": back.fee.currency if back.fee else "",
        },
        once=f"take_back:{back.key}"[:200],
        wait=_AGAIN,
    )


def _why(back: Back) -> str:
    return f"the money went back: {back.code}"


def _positive(amount: Money) -> Money:
    return -amount if amount.minor < 0 else amount
