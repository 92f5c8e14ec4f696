"""What follows from a reply: one row an intent, the most restrictive intent leads. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from domain.dunning.actions import (
    Action,
    AnswerKind,
    AskPerson,
    Delay,
    DraftAnswer,
    FindPayment,
    Note,
    OpenDispute,
    PauseUntil,
    ProposeContact,
    RecordNote,
    RetireContact,
    SendDocuments,
    StopAutomation,
    SuppressContact,
    Topic,
    Trigger,
    WithdrawPromises,
)
from domain.dunning.calendar import Calendar
from domain.dunning.escalation import (
    answerable,
    dispute_trigger,
    hand_over,
    legal_trigger,
    special_trigger,
)
from domain.dunning.matter import Matter
from domain.dunning.promise_rules import doubt, records
from domain.dunning.reading import DisputeReason, DocumentClaim, DocumentKind, Intent

Row = Callable[[Matter, Intent, str], tuple[Action, ...]]
_MOST_DOCUMENTS = 10


def away_until(
    returns_on: date | None, today: date, calendar: Calendar, *, longest: int = 10
) -> date:
    """The last day to wait for somebody who is away: the day they are back, ten days at most.

    So the next mail comes one business day after their return. Without a day it is the second
    business day.
    """
    back = returns_on or calendar.add_business_days(today, 2)
    return min(calendar.add_business_days(back, 0), today + timedelta(days=longest))


def _stop(matter: Matter, intent: Intent, quote: str) -> tuple[Action, ...]:
    triggers = {
        Intent.LEGAL_THREAT: legal_trigger(matter.reading),
        Intent.INSOLVENCY_NOTICE: Trigger.INSOLVENCY,
        Intent.BANK_DETAILS_CHANGE: Trigger.BANK_DETAILS,
    }
    trigger = triggers[intent]
    return (StopAutomation(trigger, quote), hand_over(matter, trigger, quote))


def _suspicious(matter: Matter, _intent: Intent, quote: str) -> tuple[Action, ...]:
    return (hand_over(matter, Trigger.SUSPICIOUS, quote),)


def _no_more_mail(matter: Matter, intent: Intent, quote: str) -> tuple[Action, ...]:
    suppress = SuppressContact("", intent.value)
    return (suppress, hand_over(matter, Trigger.STOP_CONTACT, quote))


def _wrong_person(_matter: Matter, intent: Intent, quote: str) -> tuple[Action, ...]:
    return (RetireContact("", quote), AskPerson(intent.value, quote))


def _dispute(matter: Matter, _intent: Intent, quote: str) -> tuple[Action, ...]:
    """A case on the named invoices only, one a reason; without a name the one that is open."""
    cases = _cases(matter, quote)
    ids = tuple(dict.fromkeys(i for case in cases for i in case.invoice_ids))
    taken_back = matter.open_promises(ids)
    withdraw = (WithdrawPromises(ids, quote),) if taken_back else ()
    return (
        *cases,
        *withdraw,
        RecordNote(Topic.DISPUTE, ", ".join(c.reason_code for c in cases), quote, ids),
        hand_over(matter, dispute_trigger(matter.reading), quote, ids),
        DraftAnswer(AnswerKind.DISPUTE_RECEIVED, ids),
    )


def _cases(matter: Matter, quote: str) -> tuple[OpenDispute, ...]:
    everywhere = matter.reading.promise.invoice_numbers
    if not matter.reading.disputes:
        return (OpenDispute(_contested(matter, everywhere), DisputeReason.OTHER.value, quote),)
    return tuple(
        OpenDispute(_contested(matter, c.invoice_numbers or everywhere), c.reason.value, c.span)
        for c in matter.reading.disputes
    )


def _contested(matter: Matter, numbers: tuple[str, ...]) -> tuple[int, ...]:
    """What is contested; none where a mail names what is not open: a person says what is meant."""
    only = matter.collectable()
    strange = numbers or matter.reading.unknown_numbers
    alone = tuple(i.id for i in only) if len(only) == 1 and not strange else ()
    return matter.known(numbers) or alone


def _hardship(matter: Matter, intent: Intent, quote: str) -> tuple[Action, ...]:
    return (*_wait(matter, intent, quote), hand_over(matter, Trigger.HARDSHIP, quote))


def _asks_for_time(matter: Matter, intent: Intent, quote: str) -> tuple[Action, ...]:
    parts = [f"{p.amount or 'a part'} on {p.when.span}" for p in matter.reading.plan]
    return (
        *_wait(matter, intent, quote),
        RecordNote(Topic.PLAN, "; ".join(parts), quote),
        AskPerson(intent.value, quote),
        DraftAnswer(AnswerKind.PLAN_RECEIVED),
    )


def _wait(matter: Matter, intent: Intent, quote: str) -> tuple[Action, ...]:
    """A short pause; what was promised before is not counted on any more."""
    until = matter.in_business_days(matter.policy.unclear_business_days)
    pause = PauseUntil(until, (), intent.value)
    return (pause, WithdrawPromises((), quote)) if matter.open_promises(()) else (pause,)


def _complaint(matter: Matter, intent: Intent, quote: str) -> tuple[Action, ...]:
    until = matter.in_business_days(matter.policy.unclear_business_days)
    return (PauseUntil(until, (), intent.value), AskPerson(intent.value, quote))


def _already_paid(matter: Matter, _intent: Intent, quote: str) -> tuple[Action, ...]:
    search = _search(matter, quote)
    if not matter.trusted or matter.reading.unknown_numbers:
        doubtful = AskPerson("says it is paid; sender or invoice is uncertain", quote)
        return (search, doubtful)
    return (
        search,
        _pause_for_search(matter, search),
        hand_over(matter, Trigger.PAYMENT_CONFUSION, quote, search.invoice_ids),
        DraftAnswer(AnswerKind.ASK_REMITTANCE, search.invoice_ids),
    )


def _remittance(matter: Matter, _intent: Intent, quote: str) -> tuple[Action, ...]:
    """What they say they pay is read apart; nothing is asked for while the money is on its way."""
    search = _search(matter, quote)
    note = RecordNote(Topic.PAYMENT, matter.reading.paid.reference, quote, search.invoice_ids)
    return (search, _pause_for_search(matter, search), note)


def _pause_for_search(matter: Matter, search: FindPayment) -> PauseUntil:
    until = matter.in_business_days(matter.policy.search_business_days)
    return PauseUntil(until, search.invoice_ids, "payment_search")


def _search(matter: Matter, quote: str) -> FindPayment:
    paid = matter.reading.paid
    return FindPayment(
        paid_on=tuple(day for claim in paid.paid_on for day in claim.dates),
        amount=paid.amount,
        reference=paid.reference,
        invoice_ids=matter.known(paid.invoice_numbers),
        quote=quote,
    )


def _credit(matter: Matter, intent: Intent, quote: str) -> tuple[Action, ...]:
    ids = matter.known(matter.reading.promise.invoice_numbers)
    return (RecordNote(Topic.CREDIT_MEMO, "", quote, ids), AskPerson(intent.value, quote))


def _documents(matter: Matter, _intent: Intent, quote: str) -> tuple[Action, ...]:
    """Papers on file are sent to the contact who asked; what is not on file, a person answers."""
    claims = matter.reading.documents
    if not claims or matter.reading.unknown_numbers:
        return (AskPerson("asks for a paper; which one is not clear", quote),)
    missing = [c for c in claims if c.kind not in matter.policy.on_file]
    if missing:
        form = missing[0].kind is DocumentKind.TAX_FORM
        trigger = Trigger.TAX_FORM_REQUEST if form else Trigger.DOCUMENT_REQUEST
        return (hand_over(matter, trigger, missing[0].span or quote),)
    ids = _papers_about(matter, claims)
    if not ids or len(ids) > _MOST_DOCUMENTS:
        return (AskPerson("asks for papers; of which invoices is not clear", quote),)
    kinds = tuple(dict.fromkeys(c.kind for c in claims))
    return (SendDocuments(kinds, ids, quote),)


def _papers_about(matter: Matter, claims: tuple[DocumentClaim, ...]) -> tuple[int, ...]:
    numbers = tuple(n for c in claims for n in c.invoice_numbers)
    return matter.meant(numbers or matter.reading.promise.invoice_numbers)


def _submission(matter: Matter, intent: Intent, quote: str) -> tuple[Action, ...]:
    ids = matter.known(matter.reading.promise.invoice_numbers)
    return (RecordNote(Topic.SUBMISSION, "", quote, ids), AskPerson(intent.value, quote))


def _question(matter: Matter, intent: Intent, quote: str) -> tuple[Action, ...]:
    special = special_trigger(quote)
    if special is not None:
        return (hand_over(matter, special, quote),)
    numbers = matter.reading.promise.invoice_numbers
    plain = intent is Intent.INVOICE_QUESTION and answerable(quote)
    if not plain or matter.reading.unknown_numbers or matter.named(numbers) is None:
        return (AskPerson(intent.value, quote),)
    return (DraftAnswer(AnswerKind.INVOICE_FACTS, matter.meant(numbers)),)


def _soft_promise(matter: Matter, intent: Intent, quote: str) -> tuple[Action, ...]:
    """Kept as a note, never as a promise; they are asked for a day."""
    until = matter.in_business_days(matter.policy.unclear_business_days)
    ids = matter.known(matter.reading.promise.invoice_numbers)
    return (
        PauseUntil(until, (), intent.value),
        RecordNote(Topic.PROMISE, intent.value, quote, ids),
        DraftAnswer(AnswerKind.ASK_DATE, ids),
    )


def _promise(matter: Matter, _intent: Intent, quote: str) -> tuple[Action, ...]:
    reason = doubt(matter)
    if reason:
        until = matter.in_business_days(matter.policy.unclear_business_days)
        return (PauseUntil(until, (), "promise_unclear"), AskPerson(reason, quote))
    promised = records(matter)
    ids = tuple(dict.fromkeys(i for record in promised for i in record.invoice_ids))
    return (*promised, DraftAnswer(AnswerKind.THANKS_FOR_PROMISE, ids))


def _bounce(matter: Matter, _intent: Intent, quote: str) -> tuple[Action, ...]:
    address = matter.reading.bounced_address
    if not address:
        return (AskPerson("a delivery report that names no address", quote),)
    suppress = SuppressContact(address, "mail bounced")
    return (suppress, AskPerson("the address does not receive mail", quote))


def _away(matter: Matter, _intent: Intent, quote: str) -> tuple[Action, ...]:
    longest = matter.policy.longest_absence_days
    back = away_until(matter.reading.returns_on, matter.today, matter.calendar, longest=longest)
    return (Delay(back, quote, matter.reading.returns_on),)


def _in_process(matter: Matter, intent: Intent, quote: str) -> tuple[Action, ...]:
    """Waited for once; who says so again is read by a person."""
    if matter.in_process_before:
        return (AskPerson("says again that it is being processed", quote),)
    until = matter.in_business_days(matter.policy.in_process_business_days)
    return (PauseUntil(until, (), intent.value), Note(quote))


def _acknowledged(_matter: Matter, _intent: Intent, quote: str) -> tuple[Action, ...]:
    return (Note(quote),)


def _other(matter: Matter, intent: Intent, quote: str) -> tuple[Action, ...]:
    special = special_trigger(quote)
    if special is not None:
        return (hand_over(matter, special, quote),)
    return (AskPerson(intent.value, quote),)


TABLE: dict[Intent, Row] = {
    Intent.LEGAL_THREAT: _stop,
    Intent.INSOLVENCY_NOTICE: _stop,
    Intent.BANK_DETAILS_CHANGE: _stop,
    Intent.SUSPICIOUS_INSTRUCTION: _suspicious,
    Intent.STOP_CONTACT: _no_more_mail,
    Intent.WRONG_PERSON: _wrong_person,
    Intent.DISPUTE: _dispute,
    Intent.HARDSHIP: _hardship,
    Intent.PAYMENT_PLAN_REQUEST: _asks_for_time,
    Intent.EXTENSION_REQUEST: _asks_for_time,
    Intent.SETTLEMENT_OFFER: _asks_for_time,
    Intent.COMPLAINT: _complaint,
    Intent.ALREADY_PAID: _already_paid,
    Intent.REMITTANCE_ADVICE: _remittance,
    Intent.CREDIT_REQUEST: _credit,
    Intent.REQUEST_DOCUMENT: _documents,
    Intent.SUBMISSION_REQUIREMENT: _submission,
    Intent.PAYMENT_METHOD_REQUEST: _question,
    Intent.INVOICE_QUESTION: _question,
    Intent.PROMISE_CONDITIONAL: _soft_promise,
    Intent.PROMISE_VAGUE: _soft_promise,
    Intent.PROMISE_TO_PAY: _promise,
    Intent.BOUNCE: _bounce,
    Intent.OUT_OF_OFFICE: _away,
    Intent.IN_PROCESS: _in_process,
    Intent.ACKNOWLEDGEMENT: _acknowledged,
    Intent.OTHER: _other,
}


def named_contact(matter: Matter) -> tuple[Action, ...]:
    """Somebody new in the words of the mail: proposed, never believed."""
    found = matter.reading.new_contact
    if found is None or not found.email:
        return ()
    known = {c.email.casefold() for c in matter.account.contacts}
    if found.email.casefold() in known:
        return ()
    pauses = matter.policy.pause_on_new_contact
    return (ProposeContact(found.email, found.name, found.span, pauses),)
