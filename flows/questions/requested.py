"""A reminder that a colleague asks for: the same holds, the same guard, always before a person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from domain.dunning.cadence import Situation
from domain.dunning.calendar import zone_named
from domain.dunning.contact_rules import cap_hold, gap_hold, recipients, reply_hold
from domain.dunning.invoice_holds import invoice_hold, invoice_holds
from domain.dunning.planned import Hold, HoldReason, PlannedTouch, SendOutcome
from domain.dunning.policy_values import Phase, Tone, milder
from domain.ledger.invoice import Invoice
from domain.ledger.party import Contact
from effects.actor import Person
from effects.kinds import SendEmail
from effects.propose import Because, Proposed
from flows.desk import Desk
from flows.facts import Case, is_follow_up, load_case
from flows.followups import Blocked, Quiet, Ready, offer
from store.effects import EffectRow
from store.engine import Session

STEP = "asked"
_BEFORE_PEOPLE = (HoldReason.MANUAL_ONLY,)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the colleague wants: about one invoice or all that is late, in which tone if any."""

    customer_id: int
    invoice_id: int = 0
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Requested:
    """The proposal, in which tone, and what speaks against sending it now."""

    proposed: Proposed
    tone: Tone
    warnings: tuple[str, ...] = ()


async def requested_reminder(
    session: Session, desk: Desk, wish: Wish, *, by: Person, because: Because, now: datetime
) -> Requested | Blocked | Quiet:
    """Propose a reminder for a colleague, who does not approve it themselves.

    Nothing is proposed about what is paid, disputed, promised, paused or stopped, to nobody who
    asked not to be written to, and not over a reply that waits. A follow-up that waits for a
    decision is written anew in the tone asked for.
    """
    case = await load_case(session, desk, wish.customer_id, now)
    if case is None:
        return Quiet("no_customer", "there is no such customer")
    touch = planned_for(case, wish)
    if isinstance(touch, Hold):
        return Quiet(touch.reason.value, touch.detail, touch.until)
    ready = Ready(case, touch)
    found = await offer(session, desk, ready, body=None, by=by.actor, because=because)
    if isinstance(found, Blocked):
        return found
    return Requested(found, touch.tone, _warnings(case, touch))


def planned_for(case: Case, wish: Wish) -> PlannedTouch | Hold:
    """The touch that a wish comes to, or why there is none."""
    zone = zone_named(case.account.customer.timezone)
    if zone is None:
        return Hold(HoldReason.UNKNOWN_TIMEZONE, "the customer's time zone is not known")
    here = Situation(case.account, case.standing, case.policy, case.calendar, case.now, zone)
    stop = next((s for s in here.stops() if s.reason not in _BEFORE_PEOPLE), None)
    if stop is not None:
        return stop
    if case.standing.unanswered_reply:
        return Hold(HoldReason.REPLIED, "a reply of theirs waits for a person: answer it first")
    to = recipients(case.account.contacts)
    if isinstance(to, Hold):
        return to
    waits = next((row for row in case.waiting if is_follow_up(row)), None)
    if waits is not None:
        return _anew(case, wish, waits, to)
    late = _late(case, wish)
    return late if isinstance(late, Hold) else _touch(case, wish, late, to)


def _late(case: Case, wish: Wish) -> tuple[Invoice, ...] | Hold:
    """The overdue invoices that nothing holds, or what holds the oldest that was asked for."""
    asked = [i for i in case.account.invoices if wish.invoice_id in (0, i.id)]
    late = sorted((i for i in asked if i.due_on < case.today), key=lambda i: (i.due_on, i.number))
    holds = {i.id: invoice_hold(i, case.standing, case.policy, case.today) for i in late}
    free = tuple(i for i in late if holds[i.id] is None)
    if free:
        return free
    for invoice in late:
        for hold in invoice_holds(invoice, case.standing, case.policy, case.today):
            return Hold(hold.reason, f"{invoice.number}: {hold.detail}", hold.until)
    if wish.invoice_id and not asked:
        return Hold(HoldReason.PAID, "nothing is open on it")
    return Hold(HoldReason.NOT_DUE, "nothing is overdue")


def _touch(
    case: Case, wish: Wish, late: tuple[Invoice, ...], to: tuple[Contact, ...]
) -> PlannedTouch:
    about = f"{case.today.isoformat()}{f':{wish.invoice_id}' if wish.invoice_id else ''}"
    return PlannedTouch(
        customer_id=case.customer_id,
        policy_id=case.policy.id,
        step=STEP,
        phase=Phase.OVERDUE,
        cycle=about,
        tone=_tone(case, wish, Tone.PROFESSIONAL),
        invoice_ids=tuple(i.id for i in late),
        contact_ids=tuple(c.id for c in to),
        at=case.now.astimezone(UTC),
        outcome=SendOutcome.REVIEW,
        because="a colleague asked for it",
    )


def _anew(case: Case, wish: Wish, row: EffectRow, to: tuple[Contact, ...]) -> PlannedTouch | Hold:
    """The follow-up that waits, in the tone asked for; its identity stays."""
    if row.state != "proposed":
        return Hold(HoldReason.AWAITING_DECISION, "a mail is approved already and about to leave")
    mail = SendEmail.from_payload(row.payload)
    policy_id = mail.occasion.partition(":")[0]
    known = Wish(wish.customer_id, 0, wish.tone)
    touch = _touch(case, known, (), to)
    before = Tone(mail.tone) if mail.tone in list(Tone) else Tone.PROFESSIONAL
    return replace(
        touch,
        policy_id=policy_id,
        step=mail.step,
        cycle=mail.cycle,
        tone=_tone(case, wish, before),
        invoice_ids=mail.invoice_ids,
    )


def _tone(case: Case, wish: Wish, usual: Tone) -> Tone:
    return milder(wish.tone or usual, case.policy.tone_cap_for(case.account.customer))


def _warnings(case: Case, touch: PlannedTouch) -> tuple[str, ...]:
    zone = zone_named(case.account.customer.timezone)
    if zone is None:
        return ()
    timed = (case.standing, case.policy, case.calendar, case.now, zone)
    to = tuple(c for c in case.account.contacts if c.id in touch.contact_ids)
    found = (reply_hold(*timed), gap_hold(*timed), cap_hold(to, *timed))
    return tuple(hold.detail for hold in found if hold is not None)
