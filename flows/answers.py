"""Answers to replies: a thank-you for a promise, a request for remittance. Always proposals."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from domain.dunning.reply import Action, DraftAnswer, FindPayment, RecordPromise
from domain.ledger.invoice import Invoice
from effects.actor import Actor, ActorKind
from effects.propose import Because, propose
from flows.desk import Desk
from flows.facts import Case, load_case
from flows.intake import HumanReply
from flows.letters import TEMPLATE, Addressing, answer_mail, invoices_of, violations
from outreach.compose import Answer, AnswerKind, LetterRequest
from security.tokens import keyed
from store import followups
from store.engine import Session
from store.touchpoints import ThreadRow

_A_DAY = timedelta(days=1)
WRITER = Actor(ActorKind.AGENT, "reply")


async def propose_answer(
    session: Session,
    desk: Desk,
    reply: HumanReply,
    action: DraftAnswer,
    actions: tuple[Action, ...],
    now: datetime,
) -> str:
    """Propose the answer that `action` asks for; why there is none, empty when there is one."""
    request = _letter(desk, reply, action, actions)
    if request is None:
        return f"no answer could be written: {action.template}"
    where = await _thread(session, desk, reply, now)
    case = await load_case(session, desk, reply.case.customer_id, now) or reply.case
    plain = answer_mail(
        case, desk, request, where, reply.mail.sender, reply.touchpoint_id, TEMPLATE
    )
    same_subject = replace(plain, subject=f"Re: {where.thread.subject}")
    mail, found = plain, violations(plain, case, desk)
    if reply.thread_id is not None and not violations(same_subject, case, desk):
        mail, found = same_subject, ()
    if found:
        return f"the answer was blocked: {found[0].kind.value} {found[0].detail}"[:300]
    because = Because(
        f"reply:{action.template}",
        {
            "touchpoint_id": reply.touchpoint_id,
            "invoices": list(mail.invoice_ids),
            **_answered_before(case),
        },
    )
    await propose(session, mail, policy=desk.approval, because=because, by=WRITER, now=now)
    return ""


def _answered_before(case: Case) -> dict[str, str]:
    """Two machines answering each other would never end: the second answer of a day is seen."""
    answers = [t for t in case.standing.sent() if not t.automatic and t.at > case.now - _A_DAY]
    return {"review": "they were answered within a day already"} if answers else {}


def _letter(
    desk: Desk, reply: HumanReply, action: DraftAnswer, actions: tuple[Action, ...]
) -> LetterRequest | None:
    account = reply.case.account
    contact = next(
        (c for c in account.contacts if c.email.casefold() == reply.mail.sender.casefold()), None
    )
    invoices = _about(reply, actions)
    if contact is None or not invoices:
        return None
    language = contact.language or account.customer.language
    promise = next((a for a in actions if isinstance(a, RecordPromise)), None)
    if action.template == "thank_for_promise" and promise is not None:
        kind, promised_on = AnswerKind.THANKS_FOR_PROMISE, promise.promised_on
        return Answer(kind, account, invoices, desk.sender, language, contact.name, promised_on)
    if action.template == "ask_remittance":
        kind = AnswerKind.ASK_REMITTANCE
        return Answer(kind, account, invoices, desk.sender, language, contact.name)
    return None


def _about(reply: HumanReply, actions: tuple[Action, ...]) -> tuple[Invoice, ...]:
    for action in actions:
        if isinstance(action, RecordPromise | FindPayment) and action.invoice_ids:
            return invoices_of(reply.case, action.invoice_ids)
    late = reply.case.account.overdue()
    return late or tuple(i for i in reply.case.account.invoices if i.collectable)


async def _thread(session: Session, desk: Desk, reply: HumanReply, now: datetime) -> Addressing:
    thread = None
    if reply.thread_id is not None:
        thread = await followups.thread_of(session, reply.thread_id)
    if thread is None:
        name = f"thread|{desk.tenant}|touchpoint|{reply.touchpoint_id}"
        row = ThreadRow(
            customer_id=reply.case.customer_id,
            subject=reply.mail.subject[:200],
            token=keyed(desk.token_key, name),
            created_at=now,
        )
        thread = await followups.open_thread(session, row)
    answered = reply.mail.message_id
    return Addressing(thread, answered, (*reply.mail.references, answered) if answered else ())
