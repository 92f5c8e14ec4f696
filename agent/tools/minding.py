"""Propose: pause and resume reminders, note something down, give a customer to a colleague."""

from __future__ import annotations

import re
from datetime import date

from agent.chat import Cited
from agent.spoken.days import days_meant, is_forever
from agent.tools.calling import Arguments, Asking, Origin, Tool, text
from agent.tools.outcome import About, Act, ActKind, Choice, Outcome, question, refusal
from agent.tools.phrasing import counted, customer_link, day
from agent.tools.pointing import customer_meant, invoice_meant
from domain.dunning.standing import PauseReason
from effects.answers import Refusal
from effects.audit import Entry, record
from flows import conversations, pauses
from flows.pauses import Target
from security.permissions import Permission
from store import parties, people, standing
from store.colleague_notes import ColleagueNoteRow, add_note
from store.parties import CustomerRow
from store.people import UserRow

_REASONS = {
    PauseReason.INSTALMENT: r"instal|plan\b|rates",
    PauseReason.COMMITMENT: r"promis|commit|will pay",
    PauseReason.APPROVAL: r"approv|sign[- ]?off",
    PauseReason.RELATIONSHIP: r"relation|vip|renewal|sales|partner|merg",
}
_SPANS = (
    *(Choice(f"for {n} days", f"for {n} days") for n in pauses.DAYS),
    Choice("indefinitely", "until somebody resumes"),
)


class Pausing(Arguments):
    """What to pause, until when."""

    customer: str = text("The customer, as the person wrote it.", Origin.NAME)
    invoice: str = text("Only this invoice, as the person wrote it.", Origin.INVOICE)
    until: str = text("Until when or for how long, as the person wrote it.", Origin.DAY)
    reason: str = text("Why, in the person's words.", Origin.WORDS, longest=300)


async def pause(asking: Asking, wanted: Pausing) -> Outcome:
    """Let reminders rest up to and including a day."""
    found = await _target(asking, wanted.customer, wanted.invoice)
    if isinstance(found, Outcome):
        return found
    row, target, what = found
    until = _until(asking, wanted.until, what)
    if isinstance(until, Outcome):
        return until
    last = f"up to and including {day(until)}" if until is not None else "until somebody resumes"
    words = f"Reminders about {what} rest {last}."
    if await _paused_already(asking, target, until):
        return _did(row, target, ActKind.PAUSED, words)
    done = await pauses.pause(
        asking.session,
        target,
        until,
        _reason(wanted.reason),
        by=asking.by,
        now=asking.now,
        note=wanted.reason,
    )
    if isinstance(done, Refusal):
        return refusal(done.message)
    if done.withdrawn:
        words += f" {counted(done.withdrawn, 'mail')} that waited was withdrawn."
    return _did(row, target, ActKind.PAUSED, words)


async def _paused_already(asking: Asking, target: Target, until: date | None) -> bool:
    """Whether this very message paused it before: the same instant, the same end."""
    holds = await standing.active_holds(asking.session, target.customer_id, asking.today)
    return any(
        h.invoice_id == target.invoice_id and h.until_on == until and h.created_at == asking.now
        for h in holds
    )


async def resume(asking: Asking, wanted: Pausing) -> Outcome:
    """End a pause; the cadence begins anew from now."""
    found = await _target(asking, wanted.customer, wanted.invoice)
    if isinstance(found, Outcome):
        return found
    row, target, what = found
    done = await pauses.resume(asking.session, target, by=asking.by, now=asking.now)
    if isinstance(done, Refusal):
        return refusal(done.message)
    if not done.lifted and not done.reopened:
        return Outcome(f"Nothing was paused about {what}.", about=_about(target))
    words = f"Reminders about {what} go on; the cadence begins anew from today."
    return _did(row, target, ActKind.RESUMED, words)


async def _target(
    asking: Asking, customer: str, number: str
) -> tuple[CustomerRow, Target, str] | Outcome:
    if not number:
        row = await customer_meant(asking, customer, exactly=True)
        return row if isinstance(row, Outcome) else (row, Target(row.id), row.name)
    invoice = await invoice_meant(asking, number)
    if isinstance(invoice, Outcome):
        return invoice
    owner = await parties.customer(asking.session, invoice.customer_id)
    if owner is None:
        raise RuntimeError(f"customer {invoice.customer_id} vanished")
    return owner, Target(owner.id, invoice.id), f"{invoice.number} of {owner.name}"


def _until(asking: Asking, words: str, what: str) -> date | Outcome | None:
    if not words:
        return question(f"Until when shall reminders about {what} rest?", "until", _SPANS)
    if is_forever(words):
        return None
    days = days_meant(words, asking.today)
    if len(days) == 1:
        return days[0]
    if not days:
        return question(f'I cannot read "{words}" as a day. Until when?', "until", _SPANS)
    choices = tuple(Choice(d.isoformat(), day(d)) for d in days)
    return question("Which day do you mean?", "until", choices)


def _reason(words: str) -> PauseReason:
    for reason, form in _REASONS.items():
        if re.search(form, words, re.IGNORECASE):
            return reason
    return PauseReason.OTHER


def _about(target: Target) -> About:
    return About(target.customer_id, target.invoice_id or 0)


def _did(row: CustomerRow, target: Target, kind: ActKind, words: str) -> Outcome:
    return Outcome("", acts=(Act(kind, words),), cited=(customer_link(row),), about=_about(target))


class Noting(Arguments):
    """What to note about whom."""

    customer: str = text("The customer, as the person wrote it.", Origin.NAME)
    invoice: str = text("The invoice it is about, if any.", Origin.INVOICE)
    note: str = text("The note, in the person's words.", Origin.WORDS, longest=1000)


async def record_note(asking: Asking, wanted: Noting) -> Outcome:
    """Keep a note for colleagues; customers never see it."""
    found = await _target(asking, wanted.customer, wanted.invoice)
    if isinstance(found, Outcome):
        return found
    row, target, what = found
    if not wanted.note:
        return question(f"What shall I note about {what}?", "note")
    note = ColleagueNoteRow(
        key=f"{asking.message_id}:{row.id}"[:200],
        customer_id=row.id,
        invoice_id=target.invoice_id,
        words=wanted.note,
        noted_by=asking.by.name,
        noted_at=asking.now,
    )
    if await add_note(asking.session, note) is not None:
        detail = {"words": wanted.note[:300], "invoice_id": target.invoice_id}
        entry = Entry(asking.by.actor, "note.added", "customer", str(row.id), detail)
        await record(asking.session, entry, asking.now)
    return _did(row, target, ActKind.NOTED, f'Noted about {what}: "{wanted.note}"')


class Assigning(Arguments):
    """Which customer goes to whom."""

    customer: str = text("The customer, as the person wrote it.", Origin.NAME)
    person: str = text('The colleague, as the person wrote it; "me" for themselves.', Origin.NAME)


async def assign(asking: Asking, wanted: Assigning) -> Outcome:
    """Give the conversation with a customer to a colleague."""
    row = await customer_meant(asking, wanted.customer, exactly=True)
    if isinstance(row, Outcome):
        return row
    person = await _colleague(asking, wanted.person)
    if isinstance(person, Outcome):
        return person
    done = await conversations.assign(
        asking.session, [row.id], person.id, by=asking.by, now=asking.now
    )
    if isinstance(done, Refusal):
        return refusal(done.message)
    act = Act(ActKind.ASSIGNED, f"{person.name} now has the conversation with {row.name}.")
    links = (customer_link(row), Cited("Customers", "/customers"))
    return Outcome("", acts=(act,), cited=links, about=About(row.id))


async def _colleague(asking: Asking, words: str) -> UserRow | Outcome:
    known = [u for u in await people.users(asking.session) if u.active]
    if words.casefold() in ("me", "myself", "id:me"):
        mine = [u for u in known if u.id == asking.by.user_id]
        return mine[0] if mine else refusal("You are no user of this service.")
    if not words:
        choices = tuple(Choice(f"id:{u.id}", u.name) for u in known[:8])
        return question("To whom?", "person", choices)
    said = set(re.findall(r"\w+", words.casefold()))
    fitting = [
        u
        for u in known
        if words == f"id:{u.id}"
        or said <= set(re.findall(r"\w+", f"{u.name} {u.email}".casefold()))
    ]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        return refusal(f'No colleague is called "{words}".')
    choices = tuple(Choice(f"id:{u.id}", u.name) for u in fitting[:8])
    return question("Which colleague?", "person", choices)


PAUSE = Tool(
    "pause",
    "Let reminders to a customer or about an invoice rest until a day.",
    Pausing,
    pause,
    permission=Permission.DECIDE,
    cues=re.compile(r"paus|hold|snooze|mute|stop|rest\b|don'?t|do not|leave|until|no more", re.I),
    example="pause Acme until Friday",
)
RESUME = Tool(
    "resume",
    "End a pause of a customer or an invoice.",
    Pausing,
    resume,
    permission=Permission.DECIDE,
    cues=re.compile(r"resum|unpaus|un-paus|restart|again|lift|go on|continue", re.I),
    example="resume Acme",
)
RECORD_NOTE = Tool(
    "record_note",
    "Keep a note about a customer or an invoice for colleagues.",
    Noting,
    record_note,
    permission=Permission.DECIDE,
    cues=re.compile(r"\bnot(?:e|iz)|remember|jot|write down|log\b|keep in mind", re.I),
    example="note on Acme: they are moving offices",
)
ASSIGN = Tool(
    "assign",
    "Give the conversation with a customer to a colleague.",
    Assigning,
    assign,
    permission=Permission.DECIDE,
    cues=re.compile(r"assign|hand|give|take\b|taking", re.I),
    example="assign Acme to me",
)
