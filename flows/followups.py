"""Follow-ups: who is asked about today, what may be said, and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.dunning.cadence import plan
from domain.dunning.facts import Part, Violation, ViolationKind
from domain.dunning.guarding.repetition import repeats
from domain.dunning.ladder import DunningPolicy, Phase
from domain.dunning.planned import Hold, PlannedTouch
from domain.dunning.policy_values import Channel
from effects.actor import Actor, ActorKind
from effects.kinds import SendEmail
from effects.propose import Because, Proposed, propose
from effects.withdraw import withdraw_all
from flows import playbooks
from flows.desk import Desk
from flows.documents import attached_to, outdated, papers_for
from flows.facts import Case, load_case
from flows.last_words import LastWords, last_words_of
from flows.letters import TEMPLATE, follow_up_mail, reminder, thread_for, violations
from flows.slack.outreach import in_channel
from flows.still_true import stale, still_true_mail
from outreach.compose import compose
from store import followups
from store.engine import Database, Session
from store.followups import FollowUpRow
from store.job_batches import enqueue_many
from store.jobs import Job
from store.worklist import WorkItemRow, close_item, open_item

__all__ = ["Blocked", "Quiet", "Ready", "offer", "prepare", "still_true_mail", "sweep", "why_not"]

TASK = "followups.customer"
_REPEATED = Violation(ViolationKind.REPETITION, "it says again what the last mail said", Part.TEXT)
KEEPER = Actor(ActorKind.SYSTEM, "followups")


@dataclass(frozen=True, slots=True)
class Ready:
    """A mail is due: the case it rests on and the touch that was planned."""

    case: Case
    touch: PlannedTouch


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing is sent now, for one named reason."""

    reason: str
    detail: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Blocked:
    """The guard found something that may not be said."""

    violations: tuple[Violation, ...]


async def sweep(db: Database, day: date, policy: DunningPolicy, now: datetime) -> int:
    """Enqueue one job for each customer with anything to do on `day`; how many.

    Safe to repeat and to run twice at once: a customer is claimed in one statement.
    """
    async with db.begin() as session:
        due_by = day + timedelta(days=lead_days(policy))
        customers = await followups.claim_due(session, day=day, due_by=due_by, now=now)
        jobs = [
            Job(TASK, {"customer_id": i, "day": day.isoformat()}, lane=f"customer:{i}")
            for i in customers
        ]
        await playbooks.close_idle(session, now)
        return await enqueue_many(session, jobs)


def lead_days(policy: DunningPolicy) -> int:
    """Calendar days before a due date from which a step may be due, holidays included."""
    before = [s for s in policy.every_step() if s.phase is Phase.PRE_DUE]
    earliest = max((-s.offset for s in before), default=0)
    return earliest * 2 + 7 if earliest else 1


async def prepare(session: Session, desk: Desk, customer_id: int, now: datetime) -> Ready | Quiet:
    """What the customer's playbook, or else the cadence, says for a customer now.

    A silence is recorded with its reason.
    """
    case = await load_case(session, desk, customer_id, now)
    if case is None:
        return Quiet("no_customer", "there is no such customer")
    if await retire_stale(session, desk, case):
        case = await load_case(session, desk, customer_id, now) or case
    own = await playbooks.planned(session, desk, case, now)
    planned = own or plan(case.account, case.standing, case.policy, case.calendar, now)
    if isinstance(planned, PlannedTouch):
        return Ready(case, planned)
    await followups.note(session, _held(case, planned))
    return Quiet(planned.reason.value, planned.detail, planned.until)


async def retire_stale(session: Session, desk: Desk, case: Case) -> int:
    """Withdraw mail that waits although what it says is not true any more; how many."""
    mails = {row.id: SendEmail.from_payload(row.payload) for row in case.waiting}
    reasons = {
        effect_id: stale(case, mail, desk) or await outdated(session, case, mail)
        for effect_id, mail in mails.items()
    }
    false = {effect_id: reason for effect_id, reason in reasons.items() if reason}
    return await withdraw_all(session, false, by=KEEPER, now=case.now)


async def retire_for_reply(session: Session, customer_id: int, now: datetime) -> int:
    """Withdraw mail that waits, answers too: the customer wrote, so all is decided anew."""
    waiting = await followups.undecided(session, customer_id)
    reasons = {row.id: "the customer wrote" for row in waiting}
    return await withdraw_all(session, reasons, by=KEEPER, now=now)


async def offer(
    session: Session,
    desk: Desk,
    ready: Ready,
    *,
    body: str | None,
    by: Actor,
    because: Because,
) -> Proposed | Blocked:
    """Compose, guard and propose the follow-up; nothing is written when the guard blocks it.

    `body` are the paragraphs of a draft; None takes the template's.
    """
    case, touch = ready.case, ready.touch
    last = await last_words_of(session, case)
    if body is not None and repeats(body, last.written):
        return Blocked((_REPEATED,))
    async with session.begin_nested() as attempt:
        mail = await composed(session, desk, ready, last, body, because.model or TEMPLATE)
        found = violations(mail, case, desk, await attached_to(session, mail))
        if found:
            await attempt.rollback()
            return Blocked(found)
    told = Because(
        because.rule, _evidence(touch, because.evidence), because.model, because.prompt_hash
    )
    proposed = await in_channel(session, desk, case, touch, mail, by=by, because=told)
    if proposed is None or touch.channel is not Channel.SLACK:
        proposed = await propose(
            session, mail, policy=desk.approval, because=told, by=by, now=case.now
        )
    await followups.note(session, _planned(case, touch, proposed.effect_id))
    await close_item(session, _blocked_key(touch), by=str(by), now=case.now)
    return proposed


async def composed(
    session: Session, desk: Desk, ready: Ready, last: LastWords, body: str | None, by: str
) -> SendEmail:
    """The follow-up with its thread and its papers. What is not on file is not spoken of."""
    case, touch = ready.case, ready.touch
    papers = await papers_for(session, desk, case, touch.attachments, touch.invoice_ids)
    letter = compose(reminder(case, touch, desk, body, last, papers))
    where = await thread_for(session, desk, case, touch, letter.subject)
    return follow_up_mail(case, touch, desk, letter, where, by, papers)


async def give_up(session: Session, ready: Ready, found: tuple[Violation, ...]) -> None:
    """Not even the template may leave: say so on the customer and ask a person."""
    case, touch = ready.case, ready.touch
    reasons = [f"{v.kind.value}: {v.detail} ({v.part.value})" for v in found][:20]
    await followups.note(
        session, _row(case, "blocked", "guard", "; ".join(reasons)[:1000], touch=touch)
    )
    await open_item(
        session,
        WorkItemRow(
            key=_blocked_key(touch),
            kind="failed_effect",
            customer_id=case.customer_id,
            title=f"A follow-up to {case.account.customer.name} was blocked",
            detail={"reason": "guard", "violations": reasons, "step": touch.step},
            opened_at=case.now,
        ),
    )


async def why_not(session: Session, customer_id: int) -> FollowUpRow | None:
    """What the cadence last said about a customer: for pages."""
    return await followups.follow_up_of(session, customer_id)


def _evidence(touch: PlannedTouch, given: Mapping[str, object]) -> dict[str, object]:
    evidence: dict[str, object] = {
        "step": touch.step,
        "cycle": touch.cycle,
        "tone": touch.tone.value,
        "phase": touch.phase.value,
        "ordinal": touch.ordinal,
        "segment": touch.segment,
        "invoices": list(touch.invoice_ids),
        **given,
    }
    if touch.because:
        evidence["review"] = touch.because
    return evidence


def _blocked_key(touch: PlannedTouch) -> str:
    return f"blocked:{touch.key()}"


def _held(case: Case, hold: Hold) -> FollowUpRow:
    return _row(case, "hold", hold.reason.value, hold.detail, next_at=hold.until)


def _planned(case: Case, touch: PlannedTouch, effect_id: int) -> FollowUpRow:
    row = _row(case, "planned", "", "", touch=touch)
    row.effect_id = effect_id
    return row


def _row(
    case: Case,
    outcome: str,
    reason: str,
    detail: str,
    *,
    touch: PlannedTouch | None = None,
    next_at: datetime | None = None,
) -> FollowUpRow:
    return FollowUpRow(
        customer_id=case.customer_id,
        checked_at=case.now,
        checked_on=case.now.date(),
        next_at=next_at,
        outcome=outcome,
        reason=reason,
        detail=detail,
        step=touch.step if touch else "",
        cycle=touch.cycle if touch else "",
    )
