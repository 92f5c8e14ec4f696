"""What follows from what a reply says. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from domain.dunning.calendar import Calendar
from domain.dunning.reading import (
    Action,
    AskPerson,
    DateClaim,
    DraftAnswer,
    Evidence,
    FindPayment,
    Intent,
    Note,
    OpenDispute,
    PaidClaim,
    PauseUntil,
    PromiseClaim,
    Reading,
    RecordPromise,
    StopAutomation,
    SuppressContact,
)
from domain.dunning.standing import PromiseStatus, Standing
from domain.ledger.account import Account
from domain.ledger.money import Money, total

__all__ = [
    "Action",
    "AskPerson",
    "DateClaim",
    "DraftAnswer",
    "Evidence",
    "FindPayment",
    "Intent",
    "Note",
    "OpenDispute",
    "PaidClaim",
    "PauseUntil",
    "PromiseClaim",
    "Reading",
    "RecordPromise",
    "StopAutomation",
    "SuppressContact",
    "away_until",
    "decide",
]

_STOPS = (Intent.LEGAL_THREAT, Intent.INSOLVENCY_NOTICE)
_ALARMS = (Intent.BANK_DETAILS_CHANGE, Intent.SUSPICIOUS_INSTRUCTION)
_SUPPRESSING = (Intent.STOP_CONTACT, Intent.WRONG_PERSON)
_PAUSING = (
    Intent.HARDSHIP,
    Intent.PAYMENT_PLAN_REQUEST,
    Intent.EXTENSION_REQUEST,
    Intent.SETTLEMENT_OFFER,
    Intent.COMPLAINT,
    Intent.PROMISE_CONDITIONAL,
    Intent.PROMISE_VAGUE,
)
_PASSIVE = frozenset({Intent.ACKNOWLEDGEMENT, Intent.IN_PROCESS})
_ASKED_BESIDE = frozenset(
    {
        Intent.CREDIT_REQUEST,
        Intent.REQUEST_DOCUMENT,
        Intent.SUBMISSION_REQUIREMENT,
        Intent.PAYMENT_METHOD_REQUEST,
        Intent.INVOICE_QUESTION,
        Intent.PROMISE_CONDITIONAL,
        Intent.PROMISE_TO_PAY,
    }
)
_LONGEST_ABSENCE_DAYS = 10
_BROKEN_PROMISES_ALLOWED = 2


@dataclass(frozen=True, slots=True)
class Desk:
    """What a decision about a reply is made from, beside the reading."""

    account: Account
    standing: Standing
    today: date
    calendar: Calendar
    trusted: bool
    longest_promise_days: int

    def open_invoices(self, numbers: tuple[str, ...]) -> tuple[int, ...] | None:
        """Ids of the named collectable invoices; None when one of them is not ours to find."""
        by_number = {i.number.casefold(): i.id for i in self.account.invoices if i.collectable}
        found = [by_number.get(number.casefold()) for number in numbers]
        known = tuple(f for f in found if f is not None)
        return known if len(known) == len(found) else None

    def in_business_days(self, count: int) -> date:
        return self.calendar.add_business_days(self.today, count)


def decide(
    reading: Reading,
    account: Account,
    standing: Standing,
    today: date,
    *,
    trusted: bool,
    calendar: Calendar | None = None,
    longest_promise_days: int = 30,
) -> tuple[Action, ...]:
    """What follows from a reply. The most restrictive intent wins; what is unclear, a person reads.

    `trusted`: the sender is a known contact and their domain vouched for the mail. Nothing here
    posts money, answers by itself, or loosens anything: actions record, pause, or ask.
    """
    desk = Desk(account, standing, today, calendar or Calendar(), trusted, longest_promise_days)
    kinds = reading.kinds()
    for intent in Intent:
        if intent in kinds:
            return _act(intent, reading, desk)
    return (AskPerson("nothing was understood", ""),)


def away_until(returns_on: date | None, today: date, calendar: Calendar) -> date:
    """The last day to wait for somebody who is away: the day they are back, ten days at most.

    Without a day it is the second business day.
    """
    back = returns_on or calendar.add_business_days(today, 2)
    latest = today + timedelta(days=_LONGEST_ABSENCE_DAYS)
    return min(calendar.add_business_days(back, 0), latest)


def _act(intent: Intent, reading: Reading, desk: Desk) -> tuple[Action, ...]:
    quote = reading.span_of(intent)
    if intent in _STOPS:
        stop = StopAutomation(intent.value, quote)
        return (stop, *_beside(reading, desk), AskPerson(intent.value, quote, urgent=True))
    if intent in _ALARMS:
        return (AskPerson(intent.value, quote, urgent=True),)
    if intent in _SUPPRESSING:
        return (*_beside(reading, desk), AskPerson(intent.value, quote))
    if intent is Intent.DISPUTE:
        return _dispute(reading, desk)
    if intent in _PAUSING:
        pause = PauseUntil(desk.in_business_days(2), (), intent.value)
        return (pause, AskPerson(intent.value, quote))
    if intent is Intent.ALREADY_PAID:
        return _already_paid(reading, desk)
    if intent is Intent.PROMISE_TO_PAY:
        return _promise(reading, desk)
    return _machine_or_quiet(intent, reading, desk)


def _machine_or_quiet(intent: Intent, reading: Reading, desk: Desk) -> tuple[Action, ...]:
    quote = reading.span_of(intent)
    if intent is Intent.BOUNCE:
        suppress = SuppressContact(reading.bounced_address, "mail bounced")
        return (suppress, AskPerson("the address does not receive mail", quote))
    if intent is Intent.OUT_OF_OFFICE:
        until = away_until(reading.returns_on, desk.today, desk.calendar)
        return (PauseUntil(until, (), intent.value), Note(f"out of office: {quote}"))
    if intent is Intent.IN_PROCESS:
        pause = PauseUntil(desk.in_business_days(3), (), intent.value)
        return (pause, AskPerson(intent.value, quote))
    if intent is Intent.ACKNOWLEDGEMENT:
        return (Note(quote),)
    return (AskPerson(intent.value, quote),)


def _beside(reading: Reading, desk: Desk) -> tuple[Action, ...]:
    """What a stricter intent does not make untrue: who wants no mail, what is contested."""
    asked = [intent for intent in _SUPPRESSING if intent in reading.kinds()]
    suppress: tuple[Action, ...] = tuple(SuppressContact("", i.value) for i in asked[:1])
    if Intent.DISPUTE not in reading.kinds():
        return suppress
    named = desk.open_invoices(reading.promise.invoice_numbers) or ()
    return (*suppress, OpenDispute(named, "other", reading.span_of(Intent.DISPUTE)))


def _dispute(reading: Reading, desk: Desk) -> tuple[Action, ...]:
    quote = reading.span_of(Intent.DISPUTE)
    named = desk.open_invoices(reading.promise.invoice_numbers) or ()
    actions: tuple[Action, ...] = (
        OpenDispute(named, "other", quote),
        AskPerson(Intent.DISPUTE.value, quote),
    )
    if Intent.ALREADY_PAID in reading.kinds():
        return (*actions, _search(reading, desk))
    return actions


def _already_paid(reading: Reading, desk: Desk) -> tuple[Action, ...]:
    quote = reading.span_of(Intent.ALREADY_PAID)
    search = _search(reading, desk)
    if not desk.trusted or reading.unknown_numbers:
        return (search, AskPerson("says it is paid; sender or invoice is uncertain", quote))
    until = desk.in_business_days(5)
    pause = PauseUntil(until, search.invoice_ids, "payment_search")
    beside = sorted(reading.kinds() & _ASKED_BESIDE)
    if beside:
        asked = AskPerson(f"says it is paid and more: {beside[0].value}", quote)
        return (search, pause, asked)
    return (search, pause, DraftAnswer("ask_remittance"))


def _search(reading: Reading, desk: Desk) -> FindPayment:
    paid = reading.paid
    return FindPayment(
        paid_on=tuple(day for claim in paid.paid_on for day in claim.dates),
        amount=paid.amount,
        reference=paid.reference,
        invoice_ids=desk.open_invoices(paid.invoice_numbers) or (),
        quote=reading.span_of(Intent.ALREADY_PAID),
    )


def _promise(reading: Reading, desk: Desk) -> tuple[Action, ...]:
    quote = reading.span_of(Intent.PROMISE_TO_PAY)
    doubt = _doubt(reading, desk)
    if doubt:
        pause = PauseUntil(desk.in_business_days(2), (), "promise_unclear")
        return (pause, AskPerson(doubt, quote))
    when = reading.promise.when[0]
    ids = _promised_invoices(reading, desk)
    record = RecordPromise(when.dates[0], ids, reading.promise.amount, quote)
    return (record, DraftAnswer("thank_for_promise"))


def _promised_invoices(reading: Reading, desk: Desk) -> tuple[int, ...]:
    named = desk.open_invoices(reading.promise.invoice_numbers) or ()
    late = tuple(i.id for i in desk.account.overdue())
    ids = named or late or tuple(i.id for i in desk.account.invoices if i.collectable)
    return _of_amount(reading.promise.amount, ids, desk)


def _of_amount(amount: Money | None, ids: tuple[int, ...], desk: Desk) -> tuple[int, ...]:
    """The one invoice whose balance is promised, when only one has it; else all of them."""
    mine = [i for i in desk.account.invoices if i.id in ids]
    same = tuple(i.id for i in mine if i.open == amount)
    return same if len(same) == 1 else ids


def _doubt(reading: Reading, desk: Desk) -> str:
    """Why a promise may not be recorded by itself; empty when it may."""
    promise = reading.promise
    others = reading.kinds() - _PASSIVE - {Intent.PROMISE_TO_PAY}
    broken = [p for p in desk.standing.promises if p.status is PromiseStatus.BROKEN]
    days = promise.when[0].dates if len(promise.when) == 1 else ()
    ids = _promised_invoices(reading, desk)
    checks = (
        (not desk.trusted, "promise from an unverified sender"),
        (bool(others), "promise beside something else"),
        (len(days) != 1, "promise without one clear date"),
        (bool(reading.unknown_numbers), "promise names an unknown invoice"),
        (desk.open_invoices(promise.invoice_numbers) is None, "promise names a closed invoice"),
        (not ids, "promise while nothing is open"),
        (len(broken) >= _BROKEN_PROMISES_ALLOWED, "promise after two broken ones"),
        (bool(ids) and not _amount_fits(promise.amount, ids, desk), "promised amount fits nothing"),
    )
    for wrong, reason in checks:
        if wrong:
            return reason
    if not 0 <= (days[0] - desk.today).days <= desk.longest_promise_days:
        return "promised date is too far away"
    return ""


def _amount_fits(amount: Money | None, ids: tuple[int, ...], desk: Desk) -> bool:
    """No amount, the sum of the invoices, or the open balance of exactly one of them."""
    if amount is None:
        return True
    opens = [i.open for i in desk.account.invoices if i.id in ids]
    same = [m for m in opens if m.currency == amount.currency]
    return same.count(amount) == 1 or (bool(same) and amount == total(same, amount.currency))
