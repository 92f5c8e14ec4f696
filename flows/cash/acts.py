"""What a person may do with a receipt. Somebody else approves what leaves the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from domain.ledger.money import Money
from domain.matching.decision import Allocation, NotReceiptKind, Proposal
from domain.matching.explain import from_json
from domain.matching.item import Item
from effects.actor import Actor
from effects.audit import Entry, record
from effects.propose import Because
from effects.withdraw import withdraw_all
from flows.cash.choosing import (
    Choice,
    ChoiceCredit,
    ChoiceLine,
    Explicit,
    Key,
    allocation_of,
    choice_of,
)
from flows.cash.following import item_key, propose_plan
from flows.cash.gathering import available, credits_left
from flows.cash.learning import learn_decline, learn_payer
from flows.cash.matching import OPEN
from flows.cash.outcomes import Acted, ActRefused, Chosen
from flows.cash.posting import CannotPost, plan
from flows.cash.proposals import digest_of, proposals_in
from flows.cash.splitting import Part, split
from flows.cash.undoing import apply_unapplied, refund, unapply
from flows.desk import Desk
from flows.receipts import match_job
from store import parties, payer_search, receipts
from store.effects import effect
from store.engine import Session
from store.jobs import enqueue
from store.receivables import PaymentRow
from store.worklist import close_item

__all__ = [
    "ActRefused",
    "Acted",
    "Choice",
    "ChoiceCredit",
    "ChoiceLine",
    "Chosen",
    "Explicit",
    "Part",
    "apply_unapplied",
    "assign_payer",
    "choice_of",
    "choose",
    "decline",
    "not_a_receipt",
    "on_account",
    "park",
    "refund",
    "split",
    "unapply",
    "unpark",
]

_PLACEABLE = (*OPEN, "proposed", "parked")
_REPLACEABLE = ("proposed", "rejected", "expired", "superseded", "failed")


async def choose(
    session: Session, desk: Desk, payment_id: int, choice: Choice, by: Actor, now: datetime
) -> Chosen | ActRefused:
    """Propose what a person picked."""
    row = await placeable(session, payment_id)
    if isinstance(row, ActRefused):
        return row
    if not choice.lines and row.customer_id is None:
        return ActRefused("Say first who paid it.")
    items = await _items(session, row, choice)
    received = Money(row.unapplied_minor, row.currency)
    allocation = allocation_of(received, choice, items, row.customer_id or 0)
    if isinstance(allocation, str):
        return ActRefused(allocation)
    codes = {str(x.invoice_id): x.deduction_code.strip()[:60] for x in choice.lines if x.deduction}
    chosen = await _propose(session, desk, row, allocation, by, choice.reason, now)
    if isinstance(chosen, Chosen) and codes:
        row.allocation = {**row.allocation, "deduction_codes": codes}
        session.add(row)
    return chosen


async def on_account(
    session: Session, desk: Desk, payment_id: int, reason: str, by: Actor, now: datetime
) -> Chosen | ActRefused:
    """Propose to post it without invoices: it stands unapplied on the payer's account."""
    row = await placeable(session, payment_id)
    if isinstance(row, ActRefused):
        return row
    if row.customer_id is None:
        return ActRefused("Say first who paid it.")
    received, zero = Money(row.unapplied_minor, row.currency), Money.zero(row.currency)
    allocation = Allocation(row.customer_id, (), received, zero)
    return await _propose(session, desk, row, allocation, by, reason, now)


async def decline(
    session: Session,
    desk: Desk,
    payment_id: int,
    proposal_digest: str,
    reason: str,
    by: Actor,
    now: datetime,
) -> Acted | ActRefused:
    """This proposal is wrong: it is withdrawn and never made again. `proposal_digest`: see view."""
    if not reason.strip():
        return ActRefused("Say why it is wrong.")
    row = await placeable(session, payment_id)
    if isinstance(row, ActRefused):
        return row
    wanted = [p for p in _proposals(row) if digest_of(p) == proposal_digest]
    if not wanted:
        return ActRefused("This is no longer proposed. Please look again.")
    items = [line.item_id for line in wanted[0].allocation.invoices]
    await learn_decline(session, desk, row, items, str(by), reason, now)
    detail = {"numbers": [i.number for i in wanted[0].allocation.invoices], "reason": reason[:500]}
    await record(session, Entry(by, "match.declined", "payment", str(row.id), detail), now)
    await look_again(session, row, "a person declined the match", by, now)
    return Acted(row.id)


async def assign_payer(
    session: Session,
    desk: Desk,
    payment_id: int,
    customer_id: int,
    by: Actor,
    now: datetime,
    *,
    remember: bool,
) -> Acted | ActRefused:
    """This customer paid it; the receipt is matched again. `remember`: so did it other times."""
    row = await placeable(session, payment_id)
    if isinstance(row, ActRefused):
        return row
    customer = await parties.customer(session, customer_id)
    if customer is None:
        return ActRefused("There is no such customer.")
    before = row.customer_id
    row.customer_id, row.named_by = customer_id, "person"
    if remember:
        await learn_payer(session, desk, row, customer_id, now)
    detail = {"before": before, "after": customer_id, "remembered": remember}
    await record(session, Entry(by, "payment.payer", "payment", str(row.id), detail), now)
    await _match_anew(session, row)
    return Acted(row.id)


async def park(
    session: Session,
    desk: Desk,
    payment_id: int,
    reason: str,
    until: date | None,
    by: Actor,
    now: datetime,
) -> Acted | ActRefused:
    """Lay a receipt aside until a day, or until somebody takes it up."""
    del desk
    if not reason.strip():
        return ActRefused("Say why it is laid aside.")
    if until is not None and until <= now.date():
        return ActRefused("The day must lie in the future.")
    row = await placeable(session, payment_id)
    if isinstance(row, ActRefused):
        return row
    before = row.state
    await _withdraw(session, row, "the receipt was laid aside", by, now)
    row.state, row.parked_until = "parked", until
    session.add(row)
    await close_item(session, item_key(row), by=str(by), now=now)
    detail = {"before": before, "until": str(until or ""), "reason": reason[:500]}
    await record(session, Entry(by, "payment.parked", "payment", str(row.id), detail), now)
    return Acted(row.id)


async def unpark(
    session: Session, desk: Desk, payment_id: int, by: Actor, now: datetime
) -> Acted | ActRefused:
    """Take a parked receipt up again: it is matched anew."""
    del desk
    await receipts.take_turns(session)
    row = await receipts.receipt(session, payment_id)
    if row is None or row.state != "parked":
        return ActRefused("This payment is not parked.")
    await look_again(session, row, "the receipt was taken up again", by, now)
    await record(session, Entry(by, "payment.unparked", "payment", str(row.id)), now)
    return Acted(row.id)


async def not_a_receipt(
    session: Session,
    desk: Desk,
    payment_id: int,
    kind: str,
    reason: str,
    by: Actor,
    now: datetime,
) -> Acted | ActRefused:
    """No customer sent it for an invoice. An empty `kind` says that one did, after all."""
    del desk
    if kind and (kind not in set(NotReceiptKind) or not reason.strip()):
        return ActRefused("Say what it is instead, and why.")
    await receipts.take_turns(session)
    row = await receipts.receipt(session, payment_id)
    allowed = _PLACEABLE if kind else ("not_a_receipt",)
    if row is None or row.state not in allowed:
        return ActRefused("This payment does not wait for a decision.")
    busy = await _on_its_way(session, row)
    if busy:
        return ActRefused(busy)
    before, row.not_a_receipt = row.not_a_receipt or row.state, kind
    if kind:
        await _withdraw(session, row, f"it is a {kind}", by, now)
        row.state = "not_a_receipt"
        await close_item(session, item_key(row), by=str(by), now=now)
    else:
        await look_again(session, row, "it is a receipt", by, now)
    session.add(row)
    detail = {"before": before, "after": kind or "receipt", "reason": reason[:500]}
    await record(session, Entry(by, "payment.kind", "payment", str(row.id), detail), now)
    return Acted(row.id)


async def _propose(
    session: Session,
    desk: Desk,
    row: PaymentRow,
    allocation: Allocation,
    by: Actor,
    reason: str,
    now: datetime,
) -> Chosen | ActRefused:
    planned = await plan(session, desk, row, allocation)
    if isinstance(planned, CannotPost):
        return ActRefused(f"{planned.reason[:1].upper()}{planned.reason[1:]}.")
    because = Because("matching:person", {"chosen_by": str(by), "reason": reason[:500]})
    before = row.allocation
    proposed = await propose_plan(session, desk, row, allocation, planned, because, by, now)
    await close_item(session, item_key(row), by=str(by), now=now)
    detail = {"before": before, "after": row.allocation, "reason": reason[:500]}
    await record(session, Entry(by, "payment.chosen", "payment", str(row.id), detail), now)
    return Chosen(row.id, tuple(one.effect_id for one in proposed))


async def placeable(session: Session, payment_id: int) -> PaymentRow | ActRefused:
    """The receipt with its row locked, if a person may still say what becomes of it."""
    await receipts.take_turns(session)
    row = await receipts.receipt(session, payment_id)
    if row is None or row.state not in _PLACEABLE:
        return ActRefused("This payment does not wait for a choice.")
    busy = await _on_its_way(session, row)
    return ActRefused(busy) if busy else row


async def _on_its_way(session: Session, row: PaymentRow) -> str:
    known = await effect(session, row.effect_id) if row.effect_id is not None else None
    if known is None or known.state in _REPLACEABLE:
        return ""
    return f"Its posting is {known.state} already."


async def _items(session: Session, row: PaymentRow, choice: Choice) -> Mapping[Key, Item]:
    found = await receipts.invoices_named(session, [line.invoice_id for line in choice.lines])
    invoices = await available(session, found, except_payment=row.id)
    owners = {i.customer_id for i in invoices}
    owners |= set() if row.customer_id is None else {row.customer_id}
    family = [c.id for c in await payer_search.families_of(session, owners)]
    credits_ = await credits_left(session, family, row.currency, except_payment=row.id)
    return {(item.kind, item.id): item for item in (*invoices, *credits_)}


async def _withdraw(
    session: Session, row: PaymentRow, reason: str, by: Actor, now: datetime
) -> None:
    if row.effect_id is not None:
        await withdraw_all(session, {row.effect_id: reason}, by=by, now=now)


async def look_again(
    session: Session, row: PaymentRow, reason: str, by: Actor, now: datetime
) -> None:
    """Take back what is proposed and have the receipt matched anew."""
    await _withdraw(session, row, reason, by, now)
    await _match_anew(session, row)


async def _match_anew(session: Session, row: PaymentRow) -> None:
    row.state, row.parked_until, row.outcome = "received", None, ""
    session.add(row)
    await enqueue(session, match_job(row.id))


def _proposals(row: PaymentRow) -> tuple[Proposal, ...]:
    return proposals_in(from_json(row.match)) if row.match.get("version") else ()
