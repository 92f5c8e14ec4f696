"""What follows from a reply: recorded, paused, asked, answered with a guarded proposal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from domain.dunning.actions import (
    Action,
    AskPerson,
    Delay,
    DraftAnswer,
    Escalate,
    FindPayment,
    Note,
    OpenDispute,
    PauseUntil,
    ProposeContact,
    RecordNote,
    RecordPromise,
    RetireContact,
    SendDocuments,
    StopAutomation,
    SuppressContact,
    Trigger,
    WithdrawPromises,
)
from domain.dunning.reading import DocumentKind, Intent, Reading
from domain.dunning.reply import decide, limited
from domain.dunning.reply_policy import ALWAYS_ON_FILE, ReplyPolicy
from domain.dunning.standing import PauseKind
from flows.answers import propose_answer
from flows.contacts import Found, note_absence, propose, propose_copied, retire
from flows.desk import Desk
from flows.disputes import open_case
from flows.escalations import hand_over
from flows.facts import Case, load_case
from flows.intake import Finished, HumanReply, take_in
from flows.payment_search import search
from flows.plans_of_answers import renew
from flows.promises import record_promise, withdraw_promises
from flows.stated import keep_stated
from sources.mail.message import InboundMail
from store import documents, followups, inbox, senders, stated, stops
from store.engine import Session
from store.standing import HoldRow

__all__ = ["Finished", "HumanReply", "act", "take_in"]

_STOPS = {
    Trigger.LEGAL: PauseKind.LEGAL,
    Trigger.DATA_SUBJECT: PauseKind.LEGAL,
    Trigger.INSOLVENCY: PauseKind.INSOLVENCY,
}
_KEEPER = "system:replies"
_MOST_COPIED, _HIDDEN = 5, 20
_SAYS_SOMETHING = 4
# Encrypted mail (RFC 8551, RFC 3156) and Outlook's own wrapping of a message.
_SEALED = re.compile(
    r"pkcs7-mime|smime\.p7m|pgp-encrypted|encrypted\.asc|ms-tnef|winmail\.dat", re.IGNORECASE
)
# The route of a trigger that a policy switches off.
_OFF = "off"


@dataclass(slots=True)
class _Doing:
    """One reply being acted on. `problems` are reasons to ask a person that came up meanwhile."""

    session: Session
    desk: Desk
    reply: HumanReply
    policy: ReplyPolicy
    now: datetime
    problems: list[AskPerson] = field(default_factory=list)
    found: list[dict[str, object]] = field(default_factory=list)

    @property
    def customer_id(self) -> int:
        return self.reply.case.customer_id


async def act(
    session: Session, desk: Desk, reply: HumanReply, reading: Reading, now: datetime
) -> tuple[Action, ...]:
    """Decide purely what follows from a reading and do it, in one transaction. Safe to repeat."""
    reply = await _as_of_now(session, desk, reply, now)
    policy = await reply_policy(session, reply.case)
    actions = await _decided(session, reply, reading, policy, now)
    if reading.kinds() == {Intent.OUT_OF_OFFICE}:
        await senders.mark_automatic(session, reply.touchpoint_id)
    doing = _Doing(session, desk, reply, policy, now)
    for action in actions:
        await _do(doing, action)
    await _copied(doing, reading)
    if len(reply.mail.hidden_text.strip()) > _HIDDEN:
        doing.problems.append(AskPerson("it holds text that nobody sees who opens it", ""))
    known = await _as_of_now(session, desk, reply, now)
    problem = await propose_answer(session, desk, known, actions, now)
    if problem:
        doing.problems.append(AskPerson(problem, ""))
    if not any(isinstance(a, StopAutomation | SuppressContact) for a in actions):
        await renew(session, desk, known.case, reply.touchpoint_id, now)
    await _ask(doing, actions)
    told = describe(reading, actions)
    await senders.note_reading(session, reply.touchpoint_id, told)
    await followups.wake(session, reply.case.customer_id, now)
    kinds = ", ".join(sorted(kind.value for kind in reading.kinds()))
    await inbox.settle(session, reply.event_id, state="handled", detail=kinds, now=now)
    return actions


async def reply_policy(session: Session, case: Case) -> ReplyPolicy:
    """The rules for this customer's replies: the policy's, and the papers that are on file."""
    policy = case.policy
    form = DocumentKind.TAX_FORM
    filed = await documents.uploaded(session, case.customer_id, form.value)
    routes = {t: policy.escalation.route_of(t.value) for t in Trigger}
    return ReplyPolicy(
        triggers=frozenset(t for t, route in routes.items() if route != _OFF),
        routes=routes,
        notice=policy.escalation.notice,
        pause_on_new_contact=policy.pause_on_new_contact,
        on_file=ALWAYS_ON_FILE | ({form} if filed else set()),
    )


async def _as_of_now(session: Session, desk: Desk, reply: HumanReply, now: datetime) -> HumanReply:
    """The reply with its customer's case read again: a reader may have taken its time."""
    case = await load_case(session, desk, reply.case.customer_id, now)
    return replace(reply, case=case) if case is not None else reply


async def _decided(
    session: Session, reply: HumanReply, reading: Reading, policy: ReplyPolicy, now: datetime
) -> tuple[Action, ...]:
    case = reply.case
    actions = decide(
        reading,
        case.account,
        case.standing,
        case.today,
        trust=reply.trust,
        policy=policy,
        calendar=case.calendar,
        in_process_before=await stated.said_in_process(session, case.customer_id, now),
    )
    return limited(actions, related=reply.related)


async def _do(doing: _Doing, action: Action) -> None:
    session, customer_id, now = doing.session, doing.customer_id, doing.now
    touchpoint_id = doing.reply.touchpoint_id
    match action:
        case RecordPromise():
            await record_promise(session, action, customer_id, touchpoint_id, now)
        case WithdrawPromises():
            await withdraw_promises(session, action, customer_id, touchpoint_id, now)
        case PauseUntil() | StopAutomation() | Delay():
            await _hold(doing, action)
        case SuppressContact() | RetireContact() | ProposeContact():
            await _contact(doing, action)
        case OpenDispute():
            days = doing.policy.dispute_business_days
            due_on = doing.reply.case.calendar.add_business_days(doing.reply.case.today, days)
            await open_case(session, customer_id, touchpoint_id, action, due_on, now)
        case FindPayment():
            doing.found += await search(session, doing.desk, customer_id, action, now)
        case RecordNote():
            await keep_stated(session, doing.reply, action, now)
        case AskPerson() | Escalate() | DraftAnswer() | SendDocuments() | Note():
            pass
        case _:
            assert_never(action)


async def _ask(doing: _Doing, actions: Sequence[Action]) -> None:
    """Everything a person is asked about this mail, in one item."""
    asked = [a for a in actions if isinstance(a, Escalate | AskPerson)]
    sealed = unopened(doing.reply.mail)
    first = next((n for n, a in enumerate(asked) if isinstance(a, AskPerson)), len(asked))
    asked[first:first] = [AskPerson(sealed, "")] if sealed else []
    customer, also = doing.reply.case.account.customer, doing.reply.also
    detail: dict[str, object] = {"payments": doing.found} if doing.found else {}
    if also:
        doing.problems.append(AskPerson("it is about another customer of theirs too", ""))
        detail["candidates"] = list(also)
    await hand_over(
        doing.session,
        (customer.id, customer.name),
        doing.reply.touchpoint_id,
        (*asked, *doing.problems),
        detail,
        doing.now,
    )


def unopened(mail: InboundMail) -> str:
    """What a mail says in a form that is not opened, in words; empty when its text says it all."""
    sealed = [f for f in mail.attachments if _SEALED.search(f"{f.content_type} {f.filename}")]
    invited = any(f.content_type == "text/calendar" for f in mail.attachments)
    if sealed and len(mail.new_text.split()) < _SAYS_SOMETHING:
        name = sealed[0].filename or sealed[0].content_type
        return f"what it says is in a form that is not opened: {name}"
    return "it is an invitation; nobody accepts it by itself" if invited else ""


async def _contact(doing: _Doing, action: SuppressContact | RetireContact | ProposeContact) -> None:
    session, customer_id, sender = doing.session, doing.customer_id, doing.reply.mail.sender
    match action:
        case SuppressContact(email, reason):
            await retire(session, customer_id, email or sender, reason=reason, now=doing.now)
        case RetireContact(email, quote):
            reason = f"not the one any more: {quote}"
            await retire(session, customer_id, email or sender, reason=reason, now=doing.now)
        case ProposeContact(email, name, quote, pauses):
            touchpoint_id = doing.reply.touchpoint_id
            found = Found(email, name, "body", quote, touchpoint_id, pauses=pauses)
            await propose(session, customer_id, found, doing.now)
        case _:
            assert_never(action)


async def _copied(doing: _Doing, reading: Reading) -> None:
    """People in copy, and a writer nobody knows, are put before a person."""
    reply, desk = doing.reply, doing.desk
    alarming = reading.kinds() & {Intent.BANK_DETAILS_CHANGE, Intent.SUSPICIOUS_INSTRUCTION}
    if reply.forged or reply.related or alarming:
        return
    ours = desk.mailbox.address.rpartition("@")[2].lower()
    others = [
        address
        for address in (reply.mail.sender, *reply.mail.to, *reply.mail.cc)
        if address.rpartition("@")[2].lower() != ours
    ]
    await propose_copied(
        doing.session,
        doing.customer_id,
        others[:_MOST_COPIED],
        reply.touchpoint_id,
        doing.now,
        pauses=doing.policy.pause_on_new_contact,
    )


async def _hold(doing: _Doing, action: PauseUntil | StopAutomation | Delay) -> None:
    ids: tuple[int | None, ...] = (None,)
    kind, until = PauseKind.PAUSED, None
    match action:
        case StopAutomation(trigger, quote):
            kind = _STOPS.get(trigger, PauseKind.PAUSED)
            detail = f"{trigger.value}: {quote}"
        case Delay(until_on, quote, returns_on):
            until, detail = until_on, f"out of office: {quote}"
            await note_absence(
                doing.session, doing.customer_id, doing.reply.mail.sender, returns_on, doing.now
            )
        case PauseUntil(until_on, invoice_ids, reason):
            until, detail, ids = until_on, reason, invoice_ids or (None,)
            if reason == PauseKind.PAYMENT_SEARCH.value:
                kind = PauseKind.PAYMENT_SEARCH
        case _:
            assert_never(action)
    for invoice_id in ids:
        row = HoldRow(
            key=f"touchpoint:{doing.reply.touchpoint_id}:{kind.value}:{invoice_id or 0}",
            customer_id=doing.customer_id,
            invoice_id=invoice_id,
            reason=kind.value,
            detail=detail[:300],
            until_on=until,
            created_at=doing.now,
            created_by=_KEEPER,
        )
        await stops.add_hold(doing.session, row)


def describe(reading: Reading, actions: tuple[Action, ...]) -> dict[str, object]:
    """A reading and what followed, as plain JSON for the timeline."""
    return {
        "read_by": reading.read_by,
        "certain": reading.certain,
        "intents": [{"intent": e.intent.value, "span": e.span} for e in reading.intents],
        "actions": [type(action).__name__ for action in actions],
    }
