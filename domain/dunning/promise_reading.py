"""Whether a mail commits to pay, how firmly, and for which days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from domain.dunning import plans
from domain.dunning.calendar import Calendar
from domain.dunning.dates import find_dates
from domain.dunning.reading import DisputeReason, Intent, Promised
from domain.dunning.reading_nets.conditions import TRADE
from domain.dunning.sentence_marks import Marks
from domain.ledger.account import Account

_SHORT = 6
# The heading of a paper that lists what was sent: its days are over however they are written.
_ADVICE = re.compile(
    r"\W*(?:your )?(?:(?:remit(?:tance)?|payment|ach|eft|wire|bacs) (?:advice|advise|notification|"
    r"notice|detail)|zahlungsavis|avis de (?:paiement|virement|reglement)|"
    r"aviso de (?:pago|pagamento|transferencia)|avviso di (?:pagamento|bonifico)|"
    r"distinta (?:di|del) (?:pagamento|bonifico)|betaal(?:specificatie|advies)|"
    r"betalings(?:specificatie|advies)|(?:お?支払|振込|入金)(?:明細|通知))"
)
# "You're on it", said of a run of payments whose day the sentence beside it tells.
_POINTS = re.compile(
    r"\b(?:(?:on|in) (?:it|that|this)(?: (?:one|run|batch))?|on the (?:list|run)|dabei|mit drin|"
    r"dedans|incluid[oa]|inclus[oae]?|erbij|daarin)\b"
)
_RUN = re.compile(
    r"\b(?:runs?|batch(?:es)?|zahllauf|zahlungslauf|remesa|lote|distinta|betaal(?:run|batch|ronde)|"
    r"(?:vague|campagne|lot) de (?:paiements?|reglements?|virements?))\b"
)
_ASKED_FOR = frozenset((Intent.PAYMENT_PLAN_REQUEST, Intent.EXTENSION_REQUEST))
# "Please correct it and we pay on the 3rd": a demand, "and", and a payment by the writer.
_DEMAND_FIRST = re.compile(
    r"\b(?:please|pls|kindly|bitte|merci de|veuillez|por favor|favor|per favore|per cortesia|"
    r"vi preghiamo di|gelieve|graag|alstublieft)\b"
    r"(?! (?:be |note|find|see|accept|rest|bear|beachten|noter|trouver|tom\w+|encontr\w+|notare))"
    r".{5,120}?\b(?:and|then|und|dann|et|puis|y|entonces|e|entao|poi|en|dan) "
    r"(?:(?:then|dann|we|we'll|i|i'll|you'll|wir|ich|nous|on|vous|les?|lo|te|vi|lhe|wij|ik|dan|"
    r"will|"
    r"werden|vamos|the) ){0,3}"
    r"(?:pay|paid|payment|settle|wire|transfer|release|zahl|bezahl|uberw|begleich|pai|pay|regl|vir|"
    r"pag|abon|liquid|transf|deposit|sald|bonific|betal|betaal|maken|voldoe)",
)
# What stands in the same sentence and makes a payment something else than a promise.
_INSTEAD = frozenset(
    (
        Intent.EXTENSION_REQUEST,
        Intent.ALREADY_PAID,
        Intent.LEGAL_THREAT,
        Intent.INSOLVENCY_NOTICE,
        Intent.SUSPICIOUS_INSTRUCTION,
        Intent.BANK_DETAILS_CHANGE,
        Intent.STOP_CONTACT,
    )
)


@dataclass(frozen=True, slots=True)
class PromiseRead:
    """How a mail speaks of paying; `kind` is one of the three promise intents."""

    kind: Intent
    span: str
    parts: tuple[Promised, ...] = ()


def read_promise(
    marks: tuple[Marks, ...], account: Account, today: date, calendar: Calendar
) -> PromiseRead | None:
    """The promise of a mail, the firm one first. None when it does not speak of paying.

    A firm one needs a sentence that commits, asks nothing, takes nothing back and sets no
    condition, and a day in it or in the short sentence beside it. Who offers to settle for less
    promises nothing, and days beside a question for parts or time are only proposed.
    """
    if any(m.offers for m in marks):
        return None
    paying = [m for m in marks if _pays(m) and not m.sentence.asks and not _something_else(m)]
    asks_for_parts = any(m.sentence.asks and m.intents & _ASKED_FOR for m in marks)
    advice = bool(marks) and _ADVICE.match(marks[0].sentence.folded) is not None
    firm: list[Promised] = []
    spans: list[str] = []
    for mark in paying:
        if mark.denied or mark.conditional or mark.doubtful or mark.reported:
            continue
        if advice and not mark.seems_to_pay:
            continue
        if asks_for_parts or _conditioned(marks, mark):
            continue
        parts = _dated(marks, mark, account, today, calendar)
        if parts:
            firm += parts
            spans.append(mark.sentence.text)
    if firm:
        return PromiseRead(Intent.PROMISE_TO_PAY, spans[0], tuple(dict.fromkeys(firm)))
    return _not_firm(marks, paying)


def _pays(mark: Marks) -> bool:
    return mark.pays or (mark.seems_to_pay and not mark.intents)


def _something_else(mark: Marks) -> bool:
    """Whether the sentence only sounds like a promise: it is another thing, or asks for parts."""
    plan = Intent.PAYMENT_PLAN_REQUEST in mark.intents
    asked = mark.requests or mark.doubtful or mark.conditional
    early = DisputeReason.TERMS in mark.reasons and (mark.denied or not mark.conditional)
    return bool(mark.intents & _INSTEAD) or (plan and asked) or early


def _not_firm(marks: tuple[Marks, ...], paying: list[Marks]) -> PromiseRead | None:
    paying = [m for m in paying if m.pays or m.conditional or m.doubtful]
    said = [m for m in paying if not m.denied and not m.reported]
    for mark in said:
        if mark.conditional or _conditioned(marks, mark):
            return PromiseRead(Intent.PROMISE_CONDITIONAL, mark.sentence.text)
    conditional = next((m for m in paying if m.conditional and not m.reported), None)
    if conditional is not None:
        return PromiseRead(Intent.PROMISE_CONDITIONAL, conditional.sentence.text)
    return PromiseRead(Intent.PROMISE_VAGUE, said[0].sentence.text) if said else None


def _conditioned(marks: tuple[Marks, ...], mark: Marks) -> bool:
    """Whether this sentence demands something first, or the next one is only its condition."""
    said = mark.sentence.folded
    if _DEMAND_FIRST.search(said) or TRADE.search(said):
        return True
    after = marks[mark.sentence.at + 1 : mark.sentence.at + 2]
    return any(
        m.begins_with_condition and not m.pays and len(m.sentence.text.split()) <= 2 * _SHORT
        for m in after
    )


def _dated(
    marks: tuple[Marks, ...], mark: Marks, account: Account, today: date, calendar: Calendar
) -> tuple[Promised, ...]:
    """The dated parts of a sentence; when it names no day, of the short one beside it."""
    own = plans.promised(mark.sentence.text, account, today, calendar)
    if own or find_dates(mark.sentence.text, today, calendar):
        return own
    at = mark.sentence.at
    for near in (*marks[at + 1 : at + 2], *marks[max(at - 1, 0) : at]):
        text = near.sentence.text
        if near.denied or near.conditional or near.sentence.asks or near.doubtful:
            continue
        short = len(text.split()) <= _SHORT or _starts_with_day(near, today, calendar)
        points = _POINTS.search(mark.sentence.folded) and _RUN.search(near.sentence.folded)
        if near.pays or points or (short and not near.elsewhere):
            parts = plans.promised(text, account, today, calendar)
            if parts:
                return parts
    return ()


def _starts_with_day(mark: Marks, today: date, calendar: Calendar) -> bool:
    """Whether a sentence that shows nothing else begins with a day ahead."""
    if mark.intents or mark.reported:
        return False
    return any(day.start <= _SHORT for day in find_dates(mark.sentence.text, today, calendar))
