"""A receipt is decided on once, from what is known now, and what follows is done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from domain.matching.decision import Ambiguous, Decision, Matched
from domain.matching.explain import as_json
from effects.lifecycle import EffectState
from flows.cash.following import GIVEN_UP, follow, too_large
from flows.cash.gathering import gathered
from flows.cash.inputs import Inputs, decided
from flows.cash.packing import pack
from flows.cash.standing import standing_now
from flows.desk import Desk
from flows.remittance import rows_for
from store import matching, receipts
from store.effects import effect
from store.engine import Database, Session
from store.matching import MatchDecisionRow
from store.receipt_values import receipt_value
from store.receivables import PaymentRow

OPEN = ("received", "waiting")
_MOST_BEFORE = 50


async def match_in_turn(
    db: Database, desk: Desk, payment_id: int, clock: Callable[[], datetime]
) -> None:
    """Match a receipt after those that came before it, each in a transaction of its own.

    So what is posted does not depend on the order in which sources were read. One that fails is
    left to its own job.
    """
    async with db.read() as session:
        before = await receipts.undecided_before(session, payment_id, limit=_MOST_BEFORE)
    for earlier in before:
        await asyncio.gather(_one(db, desk, earlier, clock), return_exceptions=True)
    await _one(db, desk, payment_id, clock)


async def _one(db: Database, desk: Desk, payment_id: int, clock: Callable[[], datetime]) -> None:
    async with db.begin() as session:
        await match_payment(session, desk, payment_id, clock())


async def match_payment(
    session: Session, desk: Desk, payment_id: int, now: datetime
) -> Decision | None:
    """Match one receipt and act on the decision. None when there is nothing left to match."""
    await receipts.take_turns(session)
    row = await receipts.receipt(session, payment_id)
    if row is None or not await _to_match(session, row):
        return None
    inputs = await inputs_of(session, desk, row)
    decision = decided(inputs)
    await _keep(session, row, inputs, decision, now)
    await follow(session, desk, row, decision, now)
    return decision


async def inputs_of(session: Session, desk: Desk, row: PaymentRow) -> Inputs:
    """Everything a decision about this receipt rests on at this moment."""
    standing = await standing_now(session, desk.matching)
    advised = await rows_for(session, row.id)
    return await gathered(session, receipt_value(row, advised), standing)


async def _to_match(session: Session, row: PaymentRow) -> bool:
    """Whether nobody has placed it yet, or the posting it was placed in will not happen."""
    if row.state in OPEN:
        return True
    known = await effect(session, row.effect_id or 0) if row.state == "proposed" else None
    return known is not None and EffectState(known.state) in GIVEN_UP


async def _keep(
    session: Session, row: PaymentRow, inputs: Inputs, decision: Decision, now: datetime
) -> None:
    """The decision, with everything it was taken from."""
    told = as_json(decision)
    row.match, row.outcome = told, str(told["outcome"])
    row.tier, row.klass, row.live = None, "", False
    if isinstance(decision, Matched):
        row.tier, row.klass = int(decision.tier), str(decision.proposal.klass)
        row.live = decision.live and row.received_minor is None
    elif isinstance(decision, Ambiguous) and too_large(decision):
        row.klass = str(decision.proposals[0].klass)
    session.add(row)
    digest, packed = pack(inputs)
    await matching.add_decision(
        session,
        MatchDecisionRow(
            payment_id=row.id,
            outcome=row.outcome,
            tier=row.tier,
            klass=row.klass,
            live=row.live,
            digest=digest,
            inputs=packed,
            decision=told,
            decided_at=now,
        ),
    )
