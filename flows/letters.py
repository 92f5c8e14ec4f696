"""Letters as effects: composed, addressed, threaded, and checked as they will leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.dunning.facts import Facts, FiledPaper, Part, Violation, ViolationKind
from domain.dunning.guard import check
from domain.dunning.guarding.repetition import repeats
from domain.dunning.interest import interest_claims
from domain.dunning.planned import PlannedTouch
from domain.dunning.policy_values import Tone
from domain.dunning.standing import PromiseStatus
from domain.ledger.invoice import Invoice
from domain.ledger.party import Contact
from effects.kinds import SendEmail
from effects.kinds_mail import AttachedPaper
from flows.desk import Desk
from flows.documents import Paper
from flows.facts import FOLLOW_UP, REPLY, Case, snapshot
from flows.last_words import LastWords, reminded
from outreach.compose import Letter, LetterRequest, Reminder, Sender, body_of, compose
from outreach.interest_note import interest_note
from outreach.message import UnsafeHeader, final_message
from outreach.performer import WrongPaper, compose_mime
from security.tokens import keyed
from store import followups
from store.documents import PaperRow
from store.engine import Session
from store.touchpoints import ThreadRow

TEMPLATE = "template/1"
_NOTHING_SAID = LastWords()


@dataclass(frozen=True, slots=True)
class Addressing:
    """Where a mail belongs: its thread, whom it answers, what came before."""

    thread: ThreadRow
    in_reply_to: str = ""
    references: tuple[str, ...] = ()


def reminder(
    case: Case,
    touch: PlannedTouch,
    desk: Desk,
    body: str | None,
    last: LastWords = _NOTHING_SAID,
    papers: Sequence[Paper] = (),
) -> Reminder:
    """The letter that a planned touch asks for; `body` are a draft's paragraphs.

    The template's second wording is taken when the first only says again what stood in the `last`
    mail.
    """
    contact = contacts_of(case, touch)[0]
    language = contact.language or case.account.customer.language
    broken = [
        p.promised_on
        for p in case.standing.promises
        if p.status is PromiseStatus.BROKEN and any(p.covers(i) for i in touch.invoice_ids)
    ]
    request = Reminder(
        account=case.account,
        invoices=invoices_of(case, touch.invoice_ids),
        phase=touch.phase,
        tone=touch.tone,
        sender=_signed(case, desk),
        language=language,
        contact_name=contact.name,
        broken_promise_on=max(broken, default=None),
        body=body,
        said=last.said,
        reminded=reminded(case, touch.invoice_ids),
        papers=tuple(dict.fromkeys(paper.kind for paper in papers)),
        disclose=case.policy.disclose_software,
        notes=interest_notes(case, touch.invoice_ids, touch.tone, language),
    )
    again = body is None and repeats(body_of(request), last.written)
    return replace(request, variant=1) if again else request


def interest_notes(
    case: Case, invoice_ids: Sequence[int], tone: str, language: str
) -> tuple[str, ...]:
    """What the law adds to late invoices today, where the policy enables it; not while friendly."""
    if tone not in (Tone.PROFESSIONAL, Tone.FIRM):
        return ()
    invoices = invoices_of(case, invoice_ids)
    claims = interest_claims(case.policy.interest, case.account, invoices)
    country = case.account.customer.country
    return tuple(interest_note(claim, language, country, case.today) for claim in claims)


def _notes_of(case: Case, mail: SendEmail) -> tuple[str, ...]:
    """The same for a mail as it stands, in the language of the contact it goes to."""
    spoken = {c.email: c.language for c in case.account.contacts}
    language = spoken.get(mail.to[0], "") if mail.to else ""
    language = language or case.account.customer.language
    return interest_notes(case, mail.invoice_ids, mail.tone, language)


def _signed(case: Case, desk: Desk) -> Sender:
    """Who signs: the policy's line where it has one."""
    person = case.policy.signature or desk.sender.person
    return replace(desk.sender, person=person)


def contacts_of(case: Case, touch: PlannedTouch) -> tuple[Contact, ...]:
    """The contacts a touch goes to, in its order."""
    known = {contact.id: contact for contact in case.account.contacts}
    return tuple(known[contact_id] for contact_id in touch.contact_ids)


def invoices_of(case: Case, invoice_ids: Sequence[int]) -> tuple[Invoice, ...]:
    """The account's invoices with these ids, in its order."""
    wanted = set(invoice_ids)
    return tuple(i for i in case.account.invoices if i.id in wanted)


async def thread_for(
    session: Session, desk: Desk, case: Case, touch: PlannedTouch, subject: str
) -> Addressing:
    """The conversation about these invoices in this phase, begun if it is new.

    One subject a thread: Gmail starts a new conversation when the subject changes.
    """
    anchor = touch.cycle.partition("+")[0]
    about = ",".join(map(str, sorted(touch.invoice_ids)))
    name = f"thread|{desk.tenant}|{case.customer_id}|{touch.phase}|{anchor}|{about}"
    thread = await followups.open_thread(
        session,
        ThreadRow(
            customer_id=case.customer_id,
            subject=subject,
            token=keyed(desk.token_key, name),
            created_at=case.now,
        ),
    )
    earlier = await followups.thread_messages(session, thread.id)
    ids = tuple(row.message_id for row in earlier if row.message_id)
    return Addressing(thread, ids[-1] if ids else "", ids)


def follow_up_mail(
    case: Case,
    touch: PlannedTouch,
    desk: Desk,
    letter: Letter,
    where: Addressing,
    by: str,
    papers: Sequence[Paper] = (),
) -> SendEmail:
    """The follow-up as it will leave. `by` names who wrote the words."""
    known = {contact.id: contact.email for contact in case.account.contacts}
    copies = (*(known[i] for i in touch.cc_contact_ids if i in known), *touch.loop_in)
    occasion = f"{touch.policy_id}:{touch.step}:{touch.cycle}"
    mail = _mail(case, desk, letter, where, FOLLOW_UP, occasion)
    return replace(
        mail,
        to=tuple(contact.email for contact in contacts_of(case, touch)),
        cc=tuple(dict.fromkeys(copies)),
        attachments=tuple(paper.attached() for paper in papers),
        subject=where.thread.subject,
        invoice_ids=touch.invoice_ids,
        step=touch.step,
        cycle=touch.cycle,
        tone=touch.tone.value,
        written_by=by,
        facts=snapshot(case, touch.invoice_ids),
    )


def answer_mail(
    case: Case,
    desk: Desk,
    request: LetterRequest,
    where: Addressing,
    to: str,
    occasion: str,
    by: str,
    papers: Sequence[AttachedPaper] = (),
) -> SendEmail:
    """An answer to one person's mail, as it will leave, with `papers` attached."""
    mail = _mail(case, desk, compose(request), where, REPLY, occasion)
    ids = tuple(i.id for i in request.invoices)
    mail = replace(mail, to=(to,), invoice_ids=ids, written_by=by, facts=snapshot(case, ids))
    return replace(mail, attachments=tuple(papers))


def _mail(
    case: Case, desk: Desk, letter: Letter, where: Addressing, purpose: str, occasion: str
) -> SendEmail:
    token = where.thread.token
    return SendEmail(
        customer_id=case.customer_id,
        purpose=purpose,
        occasion=occasion,
        thread_id=where.thread.id,
        to=(),
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        message_id=desk.mailbox.message_id(
            desk.token_key, f"email:{purpose}:{case.customer_id}:{occasion}"
        ),
        reply_to=desk.mailbox.reply_address(token),
        envelope_from=desk.mailbox.bounce_address(token),
        in_reply_to=where.in_reply_to,
        references=where.references,
    )


def violations(
    mail: SendEmail, case: Case, desk: Desk, papers: Sequence[PaperRow] = ()
) -> tuple[Violation, ...]:
    """What the guard finds in the final MIME of a mail; empty when it may leave.

    `papers` are those attached, with their bytes (`flows.documents.attached_to`).
    """
    bodies = {row.id: row.body for row in papers if row.withdrawn_at is None}
    try:
        raw = compose_mime(mail, desk.mailbox, case.now, bodies)
    except UnsafeHeader as error:
        return (Violation(ViolationKind.RECIPIENT, str(error)[:200], Part.HEADERS),)
    except WrongPaper as error:
        return (Violation(ViolationKind.ATTACHMENT, f"{error} is not on file", Part.ATTACHMENT),)
    own = replace(
        desk.own,
        addresses=(*desk.own.addresses, desk.mailbox.address, mail.reply_to, *_ours(mail, desk)),
        text=(
            *desk.own.text,
            *filter(None, (case.policy.signature, desk.sender.person)),
            *_notes_of(case, mail),
        ),
    )
    filed = tuple(_filed(row) for row in papers)
    facts = Facts(account=case.account, own=own, promises=case.standing.promises, papers=filed)
    return check(final_message(raw), facts, desk.guard)


def _ours(mail: SendEmail, desk: Desk) -> tuple[str, ...]:
    """Colleagues who get a copy: addresses in the domain that we write from."""
    domain = desk.mailbox.address.partition("@")[2].casefold()
    return tuple(a for a in mail.cc if a.partition("@")[2].casefold() == domain)


def _filed(row: PaperRow) -> FiledPaper:
    told = row.facts.get("states")
    states = tuple(map(str, told)) if isinstance(told, list) else None
    return FiledPaper(
        digest=row.digest,
        name=row.filename,
        customer_id=row.customer_id,
        states=None if row.origin == "uploaded" else states or (),
    )
