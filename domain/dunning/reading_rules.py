"""A reader of replies without a language model: broad nets in four languages.

For the dangerous classes a false alarm costs a minute and a miss a customer, so their nets are
wide. A mail no net catches is OTHER and goes to a person: silence of the rules proves nothing.
"""

from __future__ import annotations

import re
from datetime import date

from domain.dunning import said_amounts, said_numbers, said_payments
from domain.dunning.calendar import Calendar
from domain.dunning.commitment import Sentence, commitments, harmless_removed, negated
from domain.dunning.dates import FoundDate, find_dates
from domain.dunning.guarding.letters import plain
from domain.dunning.nets import NETS
from domain.dunning.reply import DateClaim, Evidence, Intent, PromiseClaim, Reading
from domain.dunning.said_payments import returns_on
from domain.ledger.account import Account

_LONGEST = 20_000
_CONDITION = re.compile(
    r"\b(?:once|if|as soon as|provided|subject to|after (?:we|you|our|approval)|when (?:we (?:get|"
    r"receive|have)|you|our)|"
    r"depend\w*|sobald|wenn|falls|sofern|vorbehaltlich|dès que|si |lorsque|sous réserve|"
    r"une fois|cuando|en cuanto|siempre que|sujeto a|hopefully|hope to|should be able|might|maybe|"
    r"probably|perhaps|voraussichtlich|vielleicht|hoffentlich|peut-être|normalement|quizás|tal vez|"
    r"try to|versuchen|essay|intentar)",
    re.IGNORECASE,
)
_LONGEST_SPAN = 200
# A full stop after one or two digits is a German ordinal: "am 16. März".
_END = re.compile(r"\n\s*\n|(?<!\b\d)(?<!\b\d\d)[.!?](?=\s)")
_QUESTION = re.compile(r"[^.!\n]*\?")


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
    """What the newest text of a mail says. `today` is the mail's day in the customer's zone."""
    del sender, subject, attachments, automatic
    days = calendar or Calendar()
    clean = plain(text[:_LONGEST])
    found = [hit for intent, net in NETS if (hit := _caught(intent, net, clean))]
    numbers = said_numbers.read(clean, account)
    future = find_dates(clean, today, days)
    kinds = {e.intent for e in found}
    firm = commitments(clean)
    if firm and Intent.PROMISE_TO_PAY not in kinds:
        found = [*found, Evidence(Intent.PROMISE_TO_PAY, _short(firm[0].text))]
    if firm or Intent.PROMISE_TO_PAY in kinds:
        found, future = _graded(found, clean, future, firm)
    found = [e for e in found if e.intent is not Intent.ALREADY_PAID or not negated(e.span)]
    if not found:
        found = [Evidence(Intent.OTHER, clean.strip()[:200])]
    claims = tuple(DateClaim(f.span, f.dates) for f in future)
    amount, span = said_amounts.read(clean, account)
    return Reading(
        intents=tuple(found),
        promise=PromiseClaim(claims, amount, span, numbers.known),
        paid=said_payments.read(clean, account, today, days),
        returns_on=returns_on(clean, today, days) if Intent.OUT_OF_OFFICE in kinds else None,
        unknown_numbers=numbers.unknown,
    )


def _caught(intent: Intent, net: re.Pattern[str], text: str) -> Evidence | None:
    match = net.search(text)
    return Evidence(intent, _sentence(text, match)) if match else None


def _sentence(text: str, match: re.Match[str]) -> str:
    """The sentence around a match, for a person to judge by; its beginning when it is long."""
    ends = [end.end() for end in _END.finditer(text)]
    start = max((end for end in ends if end <= match.start()), default=0)
    stop = min((end for end in ends if end >= match.end()), default=len(text))
    start = start if stop - start <= _LONGEST_SPAN else match.start()
    return " ".join(text[start:stop].split())[:_LONGEST_SPAN]


def _graded(
    found: list[Evidence],
    text: str,
    future: tuple[FoundDate, ...],
    firm: tuple[Sentence, ...],
) -> tuple[list[Evidence], tuple[FoundDate, ...]]:
    """The promise by how firm it is, and the dates that may be meant.

    Without a commitment, with a condition, in a question or without a date it is not firm. Dates
    before a commitment that has one itself only tell how it came: they are not promised.
    """
    kept = [e for e in found if e.intent is not Intent.PROMISE_TO_PAY]
    span = next(e.span for e in found if e.intent is Intent.PROMISE_TO_PAY)
    if not future:
        return [*kept, Evidence(Intent.PROMISE_VAGUE, span)], future
    if not firm or _CONDITION.search(harmless_removed(text)) or _QUESTION.search(text):
        return [*kept, Evidence(Intent.PROMISE_CONDITIONAL, span)], future
    if any(s.start <= f.start < s.end for s in firm for f in future):
        future = tuple(f for f in future if f.start >= firm[0].start)
    quote = _short(firm[0].text) if len(firm[0].text) <= _LONGEST_SPAN else span
    return [*kept, Evidence(Intent.PROMISE_TO_PAY, quote)], future


def _short(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_SPAN]
