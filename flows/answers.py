"""Answers to replies: what the mails of a conversation ask for, in one mail. Always a proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from domain.dunning.actions import (
    Action,
    AnswerKind,
    DraftAnswer,
    Escalate,
    FindPayment,
    RecordPromise,
    SendDocuments,
)
from domain.dunning.reading import DocumentKind
from domain.dunning.standing import PauseKind, PromiseStatus
from domain.ledger.invoice import Invoice
from domain.ledger.party import Contact
from effects.actor import Actor, ActorKind
from effects.kinds import SendEmail
from effects.kinds_mail import AttachedPaper
from effects.propose import Because, propose
from flows.desk import Desk
from flows.documents import attached_to, on_file
from flows.facts import Case
from flows.intake import HumanReply
from flows.letters import TEMPLATE, Addressing, answer_mail, invoices_of, violations
from outreach.compose import Answer, NothingToSay, body_of
from outreach.compose import AnswerKind as LetterKind
from security.tokens import keyed
from store import answer_plans, followups, senders
from store.answer_plans import AnswerPlanRow
from store.effects import effect as effect_row
from store.engine import Session
from store.touchpoints import ThreadRow, TouchpointRow

_A_DAY = timedelta(days=1)
_MOST_A_DAY = 3
_MOST_PARTS = 12
# What left, or may have, is answered; what was turned down is not proposed again.
_OVER = ("done", "performing", "unknown", "failed", "rejected")
WRITER = Actor(ActorKind.AGENT, "reply")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that an answer does, and the mail that asked for it."""

    kind: AnswerKind
    touchpoint_id: int
    invoice_ids: tuple[int, ...] = ()
    quote: str = ""
    promised_on: date | None = None
    papers: tuple[DocumentKind, ...] = ()
    wanted: bool = True

    @property
    def id(self) -> str:
        """The name of the part: one of a kind for each mail."""
        return f"{self.touchpoint_id}:{self.kind.value}"

    def as_json(self) -> dict[str, object]:
        """The part as the plan keeps it."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "touchpoint_id": self.touchpoint_id,
            "invoice_ids": list(self.invoice_ids),
            "quote": self.quote[:500],
            "promised_on": self.promised_on.isoformat() if self.promised_on else None,
            "papers": [kind.value for kind in self.papers],
            "wanted": self.wanted,
        }


@dataclass(frozen=True, slots=True)
class Address:
    """Where an answer goes: the contact on file, the conversation, the mail it is tied to.

    `ours`: the subject of the conversation is one that we wrote. `occasion` names the answer.
    """

    contact: Contact
    where: Addressing
    touchpoint_id: int
    ours: bool
    occasion: str


async def propose_answer(
    session: Session, desk: Desk, reply: HumanReply, actions: Sequence[Action], now: datetime
) -> str:
    """Propose one mail that answers what this and earlier mails ask for; why not, if there is none.

    What an earlier answer would have said and did not is said in this one.
    """
    new = parts_of(reply, actions)
    if not new:
        return ""
    contact = _contact(reply.case, reply.mail.sender)
    if contact is None:
        return "no answer: the sender is no contact on file"
    where = await _thread(session, desk, reply, now)
    earlier_mail = await followups.thread_messages(session, where.thread.id)
    if _too_many(earlier_mail, now):
        return "no answer: three went out in this conversation within a day"
    plan = await _plan(session, reply, where, contact, now)
    said = {part.id for part in new}
    earlier = (p for p in parts_in(plan) if p.id not in said and still_said(p, reply.case))
    parts = (*earlier, *new)[-_MOST_PARTS:]
    plan.parts, plan.changed_at = {"parts": [p.as_json() for p in parts]}, now
    plan.touchpoint_id = reply.touchpoint_id
    session.add(plan)
    await session.flush()
    tied = reply.touchpoint_id
    began = next((mail.direction for mail in earlier_mail), "")
    address = Address(contact, where, tied, began == "out", str(tied))
    return await offer(session, desk, reply.case, plan, address, _review(reply.case, actions))


def parts_of(reply: HumanReply, actions: Sequence[Action]) -> tuple[Part, ...]:
    """What the actions of one mail ask an answer to do."""
    promised = [a for a in actions if isinstance(a, RecordPromise)]
    found: list[Part] = []
    for action in actions:
        if isinstance(action, SendDocuments):
            kind, ids, papers = AnswerKind.SEND_DOCUMENTS, action.invoice_ids, action.kinds
            found.append(Part(kind, reply.touchpoint_id, ids, action.quote, None, papers))
        elif isinstance(action, DraftAnswer):
            ids = action.invoice_ids or _about(reply.case, actions)
            thanks = action.template is AnswerKind.THANKS_FOR_PROMISE
            day = min(a.promised_on for a in promised) if thanks and promised else None
            quote = promised[0].quote if thanks and promised else ""
            found.append(Part(action.template, reply.touchpoint_id, ids, quote, day))
    return tuple(found)


def parts_in(plan: AnswerPlanRow) -> tuple[Part, ...]:
    """The parts a plan keeps."""
    kept: Any = plan.parts.get("parts", [])
    return tuple(_part(raw) for raw in kept if isinstance(raw, Mapping))


async def offer(
    session: Session,
    desk: Desk,
    case: Case,
    plan: AnswerPlanRow,
    address: Address,
    review: str,
) -> str:
    """Compose, guard and propose the plan's mail; why there is none, empty when there is one."""
    parts = tuple(p for p in parts_in(plan) if p.wanted and _still_open(p, case))
    papers = await _papers(session, desk, case, parts)
    if isinstance(papers, str):
        return papers
    mail = await _mail(session, desk, case, parts, address, papers)
    if isinstance(mail, str):
        return mail
    evidence: dict[str, object] = {
        "touchpoint_id": address.touchpoint_id,
        "invoices": list(mail.invoice_ids),
        "plan_id": plan.id,
        "parts": [p.id for p in parts],
    }
    reason = review or ("several mails are answered at once" if len(parts) > 1 else "")
    because = Because(f"reply:{_lead(parts).value}", evidence | _seen(reason))
    proposed = await propose(
        session, mail, policy=desk.approval, because=because, by=WRITER, now=case.now
    )
    plan.effect_id = proposed.effect_id
    session.add(plan)
    return ""


async def _mail(
    session: Session,
    desk: Desk,
    case: Case,
    parts: Sequence[Part],
    address: Address,
    papers: Sequence[AttachedPaper],
) -> SendEmail | str:
    request = _request(desk, case, parts, address.contact)
    if request is None:
        return "no answer could be written: nothing is open that it could be about"
    to, named = address.contact.email, address.occasion
    try:
        plain = answer_mail(case, desk, request, address.where, to, named, TEMPLATE, papers)
    except NothingToSay:
        return "no answer could be written: nothing is open that it could be about"
    rows = await attached_to(session, plain)
    same_subject = replace(plain, subject=f"Re: {address.where.thread.subject}")
    if address.ours and not violations(same_subject, case, desk, rows):
        return same_subject
    found = violations(plain, case, desk, rows)
    return (
        f"the answer was blocked: {found[0].kind.value} {found[0].detail}"[:300] if found else plain
    )


def _request(desk: Desk, case: Case, parts: Sequence[Part], contact: Contact) -> Answer | None:
    """One letter for all parts: led by the first in order, the others' words below."""
    if not parts:
        return None
    ordered = sorted(parts, key=lambda p: list(AnswerKind).index(p.kind))
    one_each = {p.kind: p for p in ordered}
    letters = [_letter(desk, case, p, contact) for p in one_each.values()]
    papers = tuple(dict.fromkeys(k for p in parts for k in p.papers))
    ids = tuple(dict.fromkeys(i for p in parts for i in p.invoice_ids))
    lead = replace(letters[0], papers=papers, invoices=invoices_of(case, ids))
    if len(letters) == 1:
        return lead
    return replace(lead, body="\n\n".join(body_of(letter) for letter in letters))


def _letter(desk: Desk, case: Case, part: Part, contact: Contact) -> Answer:
    return Answer(
        LetterKind(part.kind.value),
        case.account,
        invoices_of(case, part.invoice_ids),
        desk.sender,
        contact.language or case.account.customer.language,
        contact.name,
        part.promised_on,
        part.papers,
    )


async def _papers(
    session: Session, desk: Desk, case: Case, parts: Sequence[Part]
) -> tuple[AttachedPaper, ...] | str:
    found: dict[str, AttachedPaper] = {}
    for part in parts:
        for kind in part.papers:
            papers = await on_file(
                session, desk, case.customer_id, kind, part.invoice_ids, case.now
            )
            if not papers:
                return f"no answer: {kind.value.replace('_', ' ')} is not on file"
            found |= {paper.digest: paper.attached() for paper in papers}
    return tuple(found.values())


def _lead(parts: Sequence[Part]) -> AnswerKind:
    return min((p.kind for p in parts), key=list(AnswerKind).index)


def still_said(part: Part, case: Case) -> bool:
    """Whether what an earlier mail said holds: a promise may have been taken back since."""
    if part.promised_on is None:
        return True
    promised = [p for p in case.standing.promises if p.status is PromiseStatus.OPEN]
    return any(p.promised_on == part.promised_on for p in promised)


def _still_open(part: Part, case: Case) -> bool:
    """Whether what a part is about is still claimed; parts about nothing always are."""
    return not part.invoice_ids or bool(invoices_of(case, part.invoice_ids))


def _seen(reason: str) -> dict[str, object]:
    return {"review": reason} if reason else {}


def _review(case: Case, actions: Sequence[Action]) -> str:
    """Why a person must see the answer whatever the policy allows.

    Two machines answering each other would never end: the second answer of a day is seen.
    """
    held = any(p.kind is PauseKind.ESCALATED for p in case.standing.pauses)
    if held or any(isinstance(a, Escalate) for a in actions):
        return "the conversation is with a person"
    answers = [t for t in case.standing.sent() if not t.automatic and t.at > case.now - _A_DAY]
    return "they were answered within a day already" if answers else ""


def _too_many(earlier: Sequence[TouchpointRow], now: datetime) -> bool:
    """RFC 3834 wants a bound on what a machine answers: three a conversation and day."""
    sent = [t for t in earlier if t.direction == "out" and t.occurred_at > now - _A_DAY]
    return len(sent) >= _MOST_A_DAY


async def _plan(
    session: Session, reply: HumanReply, where: Addressing, contact: Contact, now: datetime
) -> AnswerPlanRow:
    """The open plan of this conversation, or a new one; one whose mail left is closed."""
    customer_id, thread_id = reply.case.customer_id, where.thread.id
    known = await answer_plans.latest_open(session, customer_id, thread_id, contact.email)
    if known is not None:
        row = await effect_row(session, known.effect_id) if known.effect_id else None
        if row is None or row.state not in _OVER:
            return known
        known.state = "closed"
        session.add(known)
    return AnswerPlanRow(
        key=f"touchpoint:{reply.touchpoint_id}",
        customer_id=customer_id,
        thread_id=thread_id,
        to_address=contact.email.lower(),
        opened_at=now,
        changed_at=now,
    )


def _contact(case: Case, address: str) -> Contact | None:
    """The contact on file who is answered; nobody who is not to be written to."""
    known = (c for c in case.account.contacts if c.email.casefold() == address.casefold())
    return next((c for c in known if not c.suppressed), None)


def _about(case: Case, actions: Sequence[Action]) -> tuple[int, ...]:
    for action in actions:
        if isinstance(action, RecordPromise | FindPayment) and action.invoice_ids:
            return action.invoice_ids
    late: tuple[Invoice, ...] = case.account.overdue()
    return tuple(i.id for i in late or (i for i in case.account.invoices if i.collectable))


def _part(raw: Mapping[str, Any]) -> Part:
    day = raw.get("promised_on")
    return Part(
        AnswerKind(raw["kind"]),
        int(raw["touchpoint_id"]),
        tuple(int(i) for i in raw["invoice_ids"]),
        str(raw["quote"]),
        date.fromisoformat(day) if day else None,
        tuple(DocumentKind(kind) for kind in raw["papers"]),
        bool(raw["wanted"]),
    )


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
        await senders.put_into_thread(session, reply.touchpoint_id, thread.id)
    answered = reply.mail.message_id
    return Addressing(thread, answered, (*reply.mail.references, answered) if answered else ())
