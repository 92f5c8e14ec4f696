"""What a mail is likely about when no phrase is certain: the intent most of its words hint at.

A guess of this kind is never certain: a person reads the mail.
"""

from __future__ import annotations

from domain.dunning.reading import Intent
from domain.dunning.reading_nets.phrases import Table
from domain.dunning.sentence_marks import Marks

# The rarer ones first: they win when as many words hint at a common one.
_ORDER = (
    Intent.LEGAL_THREAT,
    Intent.STOP_CONTACT,
    Intent.INSOLVENCY_NOTICE,
    Intent.SUSPICIOUS_INSTRUCTION,
    Intent.BANK_DETAILS_CHANGE,
    Intent.WRONG_PERSON,
    Intent.DISPUTE,
    Intent.EXTENSION_REQUEST,
    Intent.PAYMENT_PLAN_REQUEST,
    Intent.HARDSHIP,
    Intent.CREDIT_REQUEST,
    Intent.REQUEST_DOCUMENT,
    Intent.SUBMISSION_REQUIREMENT,
    Intent.PAYMENT_METHOD_REQUEST,
    Intent.REMITTANCE_ADVICE,
    Intent.ALREADY_PAID,
    Intent.PROMISE_VAGUE,
    Intent.OUT_OF_OFFICE,
    Intent.COMPLAINT,
    Intent.IN_PROCESS,
    Intent.INVOICE_QUESTION,
    Intent.ACKNOWLEDGEMENT,
)

_SAID_PLAINLY = frozenset((Intent.ALREADY_PAID, Intent.PROMISE_VAGUE))


def likeliest(marks: tuple[Marks, ...], tables: tuple[Table, ...]) -> Intent | None:
    """The intent with the most different hints in a mail; None when nothing hints at any."""
    scores = dict.fromkeys(_ORDER, 0)
    for mark in marks:
        for intent in _ORDER:
            if intent in _SAID_PLAINLY and (mark.denied or mark.reported or mark.sentence.asks):
                continue
            found = {
                word for t in tables for word in t.all(f"{intent.value}?", mark.sentence.folded)
            }
            scores[intent] += min(len(found), 4)
        scores[Intent.INVOICE_QUESTION] += mark.sentence.asks
    best = max(_ORDER, key=lambda intent: scores[intent])
    return best if scores[best] else None
