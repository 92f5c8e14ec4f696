"""Decide about a reply: every intent's row, brought together so that the strictest prevails."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

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
    SenderTrust,
    StopAutomation,
    SuppressContact,
    Trigger,
    WithdrawPromises,
    automatic,
    escalated,
)
from domain.dunning.calendar import Calendar
from domain.dunning.decisions import TABLE, away_until, named_contact
from domain.dunning.escalation import hand_over
from domain.dunning.matter import Matter
from domain.dunning.promise_rules import HARMLESS
from domain.dunning.reading import (
    DateClaim,
    Evidence,
    Intent,
    PaidClaim,
    PromiseClaim,
    Reading,
)
from domain.dunning.reply_policy import ReplyPolicy
from domain.dunning.standing import Standing
from domain.ledger.account import Account

__all__ = [
    "Action",
    "AskPerson",
    "DateClaim",
    "Delay",
    "DraftAnswer",
    "Escalate",
    "Evidence",
    "FindPayment",
    "Intent",
    "Note",
    "OpenDispute",
    "PaidClaim",
    "PauseUntil",
    "PromiseClaim",
    "ProposeContact",
    "Reading",
    "RecordNote",
    "RecordPromise",
    "ReplyPolicy",
    "RetireContact",
    "SendDocuments",
    "SenderTrust",
    "StopAutomation",
    "SuppressContact",
    "Trigger",
    "WithdrawPromises",
    "automatic",
    "away_until",
    "decide",
    "escalated",
    "limited",
]

_GIVING = (RecordPromise, SendDocuments, DraftAnswer)
_PROVEN_ONLY = (*_GIVING, WithdrawPromises, RetireContact)
_STOPPING = (StopAutomation, SuppressContact)
_SIDE_THREAD = (RecordPromise, Escalate, AskPerson, RecordNote, Note, *_STOPPING)
_SILENT = frozenset(
    {
        Intent.LEGAL_THREAT,
        Intent.INSOLVENCY_NOTICE,
        Intent.BANK_DETAILS_CHANGE,
        Intent.SUSPICIOUS_INSTRUCTION,
        Intent.STOP_CONTACT,
        Intent.WRONG_PERSON,
    }
)
_TOGETHER = HARMLESS | {
    Intent.REQUEST_DOCUMENT,
    Intent.SUBMISSION_REQUIREMENT,
    Intent.INVOICE_QUESTION,
    Intent.REMITTANCE_ADVICE,
}


def decide(
    reading: Reading,
    account: Account,
    standing: Standing,
    today: date,
    *,
    trusted: bool = False,
    trust: SenderTrust | None = None,
    policy: ReplyPolicy | None = None,
    calendar: Calendar | None = None,
    in_process_before: bool = False,
) -> tuple[Action, ...]:
    """What follows from a reply. The most restrictive intent wins; what is unclear, a person reads.

    `trust` says who wrote; without it `trusted` stands for a proven contact or a mere domain.
    Nothing here posts money, answers by itself, or loosens anything: actions record, pause, ask.
    """
    level = trust if trust is not None else _level(trusted=trusted)
    matter = Matter(
        reading=_completed(reading),
        account=account,
        standing=standing,
        today=today,
        calendar=calendar or Calendar(),
        trust=level,
        policy=policy or ReplyPolicy(),
        in_process_before=in_process_before,
    )
    if level is SenderTrust.STRANGER:
        quote = reading.intents[0].span if reading.intents else ""
        return (hand_over(matter, Trigger.FORGED, quote),)
    return _tidy(_allowed(matter, _all(matter)))


def limited(actions: Iterable[Action], *, related: bool) -> tuple[Action, ...]:
    """What may follow from a mail of another thread: stop, escalate, ask, note, set a promise."""
    found = tuple(actions)
    if not related:
        return found
    kept = tuple(a for a in found if isinstance(a, _SIDE_THREAD))
    refused = tuple(a for a in found if not isinstance(a, (*_SIDE_THREAD, DraftAnswer)))
    if not refused or any(isinstance(a, AskPerson | Escalate) for a in kept):
        return kept
    return (*kept, AskPerson("from another thread: more than may follow from it", ""))


def _level(*, trusted: bool) -> SenderTrust:
    return SenderTrust.PROVEN if trusted else SenderTrust.DOMAIN


def _completed(reading: Reading) -> Reading:
    """What a reader found in detail is an intent too, if it makes us do less."""
    kinds = reading.kinds()
    more: tuple[Evidence, ...] = ()
    if reading.disputes and Intent.DISPUTE not in kinds:
        more = (Evidence(Intent.DISPUTE, reading.disputes[0].span),)
    if reading.left_company and Intent.WRONG_PERSON not in kinds:
        span = reading.intents[0].span if reading.intents else ""
        more = (*more, Evidence(Intent.WRONG_PERSON, span))
    return replace(reading, intents=(*reading.intents, *more)) if more else reading


def _all(matter: Matter) -> tuple[Action, ...]:
    kinds = matter.reading.kinds()
    found = [a for i in Intent if i in kinds for a in TABLE[i](matter, i, matter.quote(i))]
    if not found:
        found = [AskPerson("nothing was understood", "")]
    if not kinds & {Intent.BANK_DETAILS_CHANGE, Intent.SUSPICIOUS_INSTRUCTION}:
        found += named_contact(matter)
    if not matter.reading.certain:
        found.append(AskPerson("the reader is not sure", _first_words(matter.reading)))
    return tuple(found)


def _allowed(matter: Matter, found: tuple[Action, ...]) -> tuple[Action, ...]:
    """Only stopping, recording and asking where intents conflict, the sender is not proven,
    or the reader doubts."""
    barred = _barred(matter)
    kept = tuple(a for a in found if not isinstance(a, barred))
    if len(kept) == len(found) or escalated(kept):
        return kept
    return (*kept, AskPerson(_why(matter), _first_words(matter.reading)))


def _barred(matter: Matter) -> tuple[type, ...]:
    if not matter.trusted:
        return _PROVEN_ONLY
    kinds = matter.reading.kinds() - {Intent.ACKNOWLEDGEMENT, Intent.IN_PROCESS}
    conflict = bool(kinds & _SILENT) or (len(kinds) > 1 and not kinds <= _TOGETHER)
    return _GIVING if conflict or not matter.reading.certain else ()


def _why(matter: Matter) -> str:
    if not matter.trusted:
        return "the sender is not verified"
    return "it says several things at once" if matter.reading.certain else "the reader is not sure"


def _first_words(reading: Reading) -> str:
    return reading.intents[0].span if reading.intents else ""


def _tidy(found: tuple[Action, ...]) -> tuple[Action, ...]:
    """Each once; of several pauses of the same invoices the longest; one question to a person."""
    kept: list[Action] = []
    for action in dict.fromkeys(found):
        same = [a for a in kept if isinstance(action, PauseUntil) and _same_pause(a, action)]
        if same and isinstance(action, PauseUntil):
            kept.remove(same[0])
            kept.append(max(same[0], action, key=_until))
        else:
            kept.append(action)
    return tuple(kept)


def _same_pause(one: Action, other: PauseUntil) -> bool:
    return isinstance(one, PauseUntil) and one.invoice_ids == other.invoice_ids


def _until(action: Action) -> date:
    return action.until_on if isinstance(action, PauseUntil) else date.min
