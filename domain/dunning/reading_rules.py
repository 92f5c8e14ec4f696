"""A reader of replies without a language model: sentence by sentence, in eight languages.

For the dangerous classes a false alarm costs a minute and a miss a customer, so their tables are
wide and every language is asked. A mail in which nothing was understood is OTHER, and what the
reader doubts is not `certain`: both go to a person. Silence of the rules proves nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from domain.dunning import plans, said_amounts, said_contacts, said_numbers, said_payments
from domain.dunning.beside_the_text import beside_the_text
from domain.dunning.calendar import Calendar
from domain.dunning.dates import find_dates
from domain.dunning.days_meant import dated
from domain.dunning.guarding.letters import plain
from domain.dunning.promise_reading import PromiseRead, read_promise
from domain.dunning.reading import (
    DateClaim,
    DisputeClaim,
    DisputeReason,
    DocumentClaim,
    DocumentKind,
    Evidence,
    Intent,
    NewContact,
    PromiseClaim,
    Promised,
    Reading,
)
from domain.dunning.reading_nets.phrases import Table
from domain.dunning.reading_nets.tables import tables_of
from domain.dunning.sentence_marks import Marks, marked
from domain.dunning.sentences import sentences
from domain.dunning.told_apart import chosen, guessed, is_thumb
from domain.ledger.account import Account

_BEGIN, _END, _LONGEST_SPAN = 8_000, 2_000, 200
_BY_MACHINES = frozenset(
    (
        Intent.OUT_OF_OFFICE,
        Intent.WRONG_PERSON,
        Intent.REMITTANCE_ADVICE,
        Intent.INSOLVENCY_NOTICE,
    )
)
_TO_MANY = re.compile(
    r"\b(?:unsubscribe|view (?:this )?(?:e-?mail )?in (?:your )?browser|webinar|newsletter|"
    r"approved senders|abbestellen|abmelden|désabonner|se désinscrire|darse de baja|"
    r"cancelar (?:a )?inscrição|annulla l'iscrizione|uitschrijven)\b|配信停止",
    re.IGNORECASE,
)
_WANTS = frozenset(
    (
        Intent.REQUEST_DOCUMENT,
        Intent.SUBMISSION_REQUIREMENT,
        Intent.CREDIT_REQUEST,
        Intent.DISPUTE,
    )
)
_SURE_WORDS, _SHORT_THANKS = 25, 14


@dataclass(frozen=True, slots=True)
class _Mail:
    """One mail while it is read."""

    text: str
    account: Account
    today: date
    calendar: Calendar
    marks: tuple[Marks, ...]
    attachments: tuple[str, ...]

    def span(self, intent: Intent) -> str:
        """The first sentence that shows an intent, shortened."""
        shown = (m for m in self.marks if intent in m.intents)
        first = next(shown, self.marks[0] if self.marks else None)
        return first.sentence.text[:_LONGEST_SPAN] if first else ""


def read_rules(
    text: str,
    account: Account,
    today: date,
    calendar: Calendar | None = None,
    *,
    sender: str = "",
    subject: str = "",
    attachments: tuple[str, ...] = (),
    automatic: bool = False,
) -> Reading:
    """What the newest text of a mail says. `today` is the mail's day in the customer's zone.

    `attachments` are file names; they, `subject` and `sender` count where the text is silent, and
    dangers that a subject names count always. `automatic`: a machine wrote it, which promises
    nothing.
    """
    clean = plain(_ends(text))
    tables = tables_of(clean)
    marks = dated(_marks(clean, tables), tables, today, calendar or Calendar())
    mail = _Mail(clean, account, today, calendar or Calendar(), marks, attachments)
    promise = None if automatic else read_promise(marks, account, today, mail.calendar)
    _, left = said_contacts.read(clean)
    found = chosen(marks, promise, automatic=automatic, left=left)
    if automatic:
        found = found & _BY_MACHINES or _by_machine(mail)
    told = (
        found
        if automatic
        else beside_the_text(subject, sender, attachments, account).with_text(found)
    )
    sure = told == found and bool(found)
    found = told or guessed(marks, tables, clean) or frozenset((Intent.OTHER,))
    reading = _reading(mail, promise, found)
    sure = sure and len(text) <= _BEGIN + _END
    return reading if sure or is_thumb(clean) else replace(reading, certain=False)


def _ends(text: str) -> str:
    """A long mail is read at both ends, and a person reads the rest."""
    if len(text) <= _BEGIN + _END:
        return text
    return f"{text[:_BEGIN]}\n\n{text[-_END:]}"


def _marks(text: str, tables: tuple[Table, ...]) -> tuple[Marks, ...]:
    """Every sentence with its marks; what is said again is not read again."""
    known: dict[str, Marks] = {}
    found = []
    for sentence in sentences(text):
        mark = known.get(sentence.text) or marked(sentence, tables)
        known[sentence.text] = mark
        found.append(replace(mark, sentence=sentence))
    return tuple(found)


def _reading(mail: _Mail, promise: PromiseRead | None, found: frozenset[Intent]) -> Reading:
    numbers = said_numbers.read(mail.text, mail.account)
    contact, left = said_contacts.read(mail.text)
    documents = _documents(mail) if Intent.REQUEST_DOCUMENT in found else ()
    firm = promise is not None and Intent.PROMISE_TO_PAY in found
    parts = promise.parts if promise and firm else ()
    return Reading(
        intents=tuple(_evidence(mail, intent, promise) for intent in Intent if intent in found),
        promise=_claim(mail, promise, parts, numbers.known),
        paid=said_payments.read(mail.text, mail.account, mail.today, mail.calendar),
        returns_on=_returns(mail) if Intent.OUT_OF_OFFICE in found else None,
        unknown_numbers=numbers.unknown,
        promises=parts,
        plan=_plan(mail) if Intent.PAYMENT_PLAN_REQUEST in found else (),
        disputes=_disputes(mail) if Intent.DISPUTE in found else (),
        documents=documents,
        new_contact=_contact(contact, found),
        left_company=left and Intent.WRONG_PERSON in found,
        certain=_certain(mail, found),
    )


def _evidence(mail: _Mail, intent: Intent, promise: PromiseRead | None) -> Evidence:
    if promise is not None and intent is promise.kind:
        return Evidence(intent, promise.span[-_LONGEST_SPAN:])
    return Evidence(intent, mail.span(intent))


def _claim(
    mail: _Mail, promise: PromiseRead | None, parts: tuple[Promised, ...], known: tuple[str, ...]
) -> PromiseClaim:
    if parts and promise:
        when = tuple(dict.fromkeys(part.when for part in parts))
        amount, span = said_amounts.read(promise.span, mail.account)
        return PromiseClaim(when, amount, span, known)
    amount, span = said_amounts.read(mail.text, mail.account)
    spoken_of = "\n".join(m.sentence.text for m in mail.marks if m.pays)
    future = find_dates(spoken_of, mail.today, mail.calendar)
    return PromiseClaim(tuple(DateClaim(f.span, f.dates) for f in future), amount, span, known)


def _returns(mail: _Mail) -> date | None:
    return said_payments.returns_on(mail.text, mail.today, mail.calendar)


def _plan(mail: _Mail) -> tuple[Promised, ...]:
    return plans.read(mail.text, mail.account, mail.today, mail.calendar)


def _disputes(mail: _Mail) -> tuple[DisputeClaim, ...]:
    claims: dict[DisputeReason, DisputeClaim] = {}
    for mark in mail.marks:
        named = said_numbers.read(mark.sentence.text, mail.account).known
        for reason in sorted(mark.reasons):
            span = mark.sentence.text[:_LONGEST_SPAN]
            claims.setdefault(reason, DisputeClaim(reason, span, named))
    if not claims:
        other = DisputeClaim(DisputeReason.OTHER, mail.span(Intent.DISPUTE))
        return (other,)
    if len(claims) > 1:
        claims.pop(DisputeReason.OTHER, None)
    return tuple(claims.values())


def _documents(mail: _Mail) -> tuple[DocumentClaim, ...]:
    named = said_numbers.read(mail.text, mail.account).known
    found = {
        kind: DocumentClaim(kind, mark.sentence.text[:_LONGEST_SPAN], named)
        for mark in reversed(mail.marks)
        for kind in sorted(mark.documents)
    }
    asked = DocumentClaim(DocumentKind.INVOICE_COPY, mail.span(Intent.REQUEST_DOCUMENT), named)
    return tuple(found[kind] for kind in sorted(found)) or (asked,)


def _contact(contact: NewContact | None, found: frozenset[Intent]) -> NewContact | None:
    wanted = {Intent.WRONG_PERSON, Intent.OUT_OF_OFFICE, Intent.STOP_CONTACT}
    return contact if found & wanted else None


def _by_machine(mail: _Mail) -> frozenset[Intent]:
    """An automatic answer that names a day ahead tells of an absence, another only of receipt.

    What is sent to many tells of neither.
    """
    if _TO_MANY.search(mail.text[:_BEGIN]):
        return frozenset((Intent.OTHER,))
    ahead = find_dates(mail.text[:2000], mail.today, mail.calendar)
    return frozenset((Intent.OUT_OF_OFFICE if ahead else Intent.ACKNOWLEDGEMENT,))


def _certain(mail: _Mail, found: frozenset[Intent]) -> bool:
    """Whether enough of the mail was understood to go by the reading without a person.

    Who only says thanks says nothing else: what was not understood beside it may be anything.
    """
    if Intent.INVOICE_QUESTION not in found and any(_only_asks(m) for m in mail.marks):
        return False
    if Intent.PROMISE_TO_PAY in found and (
        _other_invoice_on_another_day(mail) or _wants_something(mail)
    ):
        return False
    silent = [m for m in mail.marks if m.silent]
    words = sum(len(m.sentence.text.split()) for m in silent)
    if found <= {Intent.ACKNOWLEDGEMENT, Intent.OTHER}:
        longest = max((len(m.sentence.text.split()) for m in mail.marks), default=0)
        return Intent.ACKNOWLEDGEMENT in found and words <= 3 and longest <= _SHORT_THANKS
    return words <= _SURE_WORDS and not any(m.sentence.asks for m in silent)


def _other_invoice_on_another_day(mail: _Mail) -> bool:
    """Whether invoices are named beside days in sentences of which only some promise."""
    paid, left = set[str](), set[str]()
    for mark in mail.marks:
        if find_dates(mark.sentence.text, mail.today, mail.calendar):
            named = said_numbers.read(mark.sentence.text, mail.account).known
            (paid if mark.pays or mark.seems_to_pay else left).update(named)
    return bool(left - paid)


def _wants_something(mail: _Mail) -> bool:
    """Whether a sentence that promises nothing wants a paper, a correction or money back."""
    return any(m.intents & _WANTS and not m.pays for m in mail.marks)


def _only_asks(mark: Marks) -> bool:
    return mark.sentence.asks and mark.intents == {Intent.INVOICE_QUESTION}
