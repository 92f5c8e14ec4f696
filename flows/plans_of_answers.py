"""A plan of answers before a person: taken as a whole in Review, or in parts here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from effects.actor import Person
from effects.answers import Refusal, RefusalCode
from effects.audit import Entry, record
from effects.kinds import SendEmail
from effects.withdraw import withdraw_all
from flows.answers import Address, Part, offer, parts_in, still_said
from flows.conversations import refuse
from flows.desk import Desk
from flows.facts import Case, load_case
from flows.letters import Addressing
from store import answer_plans, followups
from store.answer_plans import AnswerPlanRow
from store.effects import EffectRow
from store.effects import effect as effect_row
from store.engine import Session


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as a person sees it: its parts and the mail they make."""

    plan: AnswerPlanRow
    parts: tuple[Part, ...]
    effect: EffectRow | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is answered now. Without an effect nothing is: the mail was withdrawn."""

    effect_id: int | None
    fingerprint: str = ""


async def view(session: Session, plan_id: int) -> PlanView | None:
    """The plan, or None."""
    plan = await session.get(AnswerPlanRow, plan_id)
    if plan is None:
        return None
    row = await effect_row(session, plan.effect_id) if plan.effect_id else None
    return PlanView(plan, parts_in(plan), row)


async def choose(
    session: Session,
    desk: Desk,
    plan_id: int,
    wanted: Collection[str],
    *,
    by: Person,
    now: datetime,
) -> Chosen | Refusal:
    """Answer only these parts: the mail is written anew and waits for approval as it stands then.

    With no part left the mail is withdrawn. What was left out is not proposed again by itself.
    """
    refused = refuse(by)
    if refused is not None:
        return refused
    plan = await answer_plans.plan_locked(session, plan_id)
    row = await effect_row(session, plan.effect_id) if plan and plan.effect_id else None
    if plan is None or row is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such plan of answers.")
    if plan.state != "open" or row.state != "proposed":
        return Refusal(RefusalCode.WRONG_STATE, "Its mail does not wait for a decision any more.")
    parts = [replace(part, wanted=part.id in wanted) for part in parts_in(plan)]
    plan.parts, plan.changed_at = {"parts": [p.as_json() for p in parts]}, now
    session.add(plan)
    await session.flush()
    kept = [part.id for part in parts if part.wanted]
    told = Entry(by.actor, "plan.chosen", "answer_plan", str(plan.id), {"parts": kept})
    await record(session, told, now)
    if not kept:
        return await _withdraw(session, plan, row.id, by, now)
    return await _rewrite(session, desk, plan, row, now)


async def renew(session: Session, desk: Desk, case: Case, touchpoint_id: int, now: datetime) -> int:
    """Offer again what was withdrawn because they wrote: nothing they asked for is forgotten.

    `touchpoint_id` is the mail they wrote since. How many answers wait again.
    """
    offered = 0
    for plan in await answer_plans.withdrawn_plans(session, case.customer_id):
        row = await effect_row(session, plan.effect_id) if plan.effect_id else None
        address = await _address(session, plan, row, case) if row is not None else None
        if address is not None:
            said = [part for part in parts_in(plan) if still_said(part, case)]
            plan.parts, plan.changed_at = {"parts": [p.as_json() for p in said]}, now
            first = address.occasion.partition(":")[0]
            again = replace(address, occasion=f"{first}:{touchpoint_id}")
            offered += not await offer(session, desk, case, plan, again, "they wrote again since")
    return offered


async def _withdraw(
    session: Session, plan: AnswerPlanRow, effect_id: int, by: Person, now: datetime
) -> Chosen:
    plan.state = "closed"
    session.add(plan)
    reasons = {effect_id: "no part of the answer is wanted"}
    await withdraw_all(session, reasons, by=by.actor, now=now)
    return Chosen(None)


async def _rewrite(
    session: Session, desk: Desk, plan: AnswerPlanRow, row: EffectRow, now: datetime
) -> Chosen | Refusal:
    case = await load_case(session, desk, plan.customer_id, now)
    address = await _address(session, plan, row, case)
    if case is None or address is None:
        return Refusal(RefusalCode.CHANGED, "The contact is not written to any more.")
    before = row.fingerprint
    problem = await offer(session, desk, case, plan, address, "a person chose its parts")
    if problem:
        return Refusal(RefusalCode.FORBIDDEN, problem)
    await session.refresh(row)
    if row.fingerprint == before and len(parts_in(plan)) != sum(p.wanted for p in parts_in(plan)):
        words = "Somebody's own words stand in the mail: change them there, or reject it."
        return Refusal(RefusalCode.CHANGED, words)
    return Chosen(row.id, row.fingerprint)


async def _address(
    session: Session, plan: AnswerPlanRow, row: EffectRow, case: Case | None
) -> Address | None:
    mail = SendEmail.from_payload(row.payload)
    thread = await followups.thread_of(session, mail.thread_id)
    known = case.account.contacts if case is not None else ()
    contact = next((c for c in known if c.email.lower() == plan.to_address), None)
    if thread is None or contact is None or contact.suppressed:
        return None
    where = Addressing(thread, mail.in_reply_to, mail.references)
    ours = mail.subject == f"Re: {thread.subject}"
    return Address(contact, where, plan.touchpoint_id or 0, ours, mail.occasion)
