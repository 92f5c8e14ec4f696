"""Of all the intents that the words of a mail show, those that its writer means."""

from __future__ import annotations

import re

from domain.dunning.hints import likeliest
from domain.dunning.promise_reading import PromiseRead
from domain.dunning.reading import DisputeReason, DocumentKind, Intent
from domain.dunning.reading_nets.phrases import Table
from domain.dunning.sentence_marks import Marks

_THUMB = re.compile(r"^[\W_]*[👍🙏✅👌☑✔🤝💪🙂😊][\W_]*$")
_ALARMS = frozenset(
    (Intent.LEGAL_THREAT, Intent.STOP_CONTACT, Intent.BANK_DETAILS_CHANGE, Intent.INSOLVENCY_NOTICE)
)
_PROMISES = frozenset((Intent.PROMISE_TO_PAY, Intent.PROMISE_CONDITIONAL, Intent.PROMISE_VAGUE))
# An intent on the left, said in the same sentence, is what those on the right only sound like.
_SAME_SENTENCE: tuple[tuple[Intent, frozenset[Intent]], ...] = (
    (Intent.EXTENSION_REQUEST, frozenset((Intent.INVOICE_QUESTION,))),
    (Intent.PAYMENT_PLAN_REQUEST, frozenset((Intent.INVOICE_QUESTION, Intent.EXTENSION_REQUEST))),
    (Intent.REQUEST_DOCUMENT, frozenset((Intent.INVOICE_QUESTION, Intent.IN_PROCESS))),
    (
        Intent.PAYMENT_METHOD_REQUEST,
        frozenset((Intent.INVOICE_QUESTION, Intent.EXTENSION_REQUEST, Intent.REQUEST_DOCUMENT)),
    ),
    (Intent.SUBMISSION_REQUIREMENT, frozenset((Intent.INVOICE_QUESTION, Intent.IN_PROCESS))),
    (
        Intent.CREDIT_REQUEST,
        frozenset((Intent.INVOICE_QUESTION, Intent.PAYMENT_PLAN_REQUEST, Intent.REQUEST_DOCUMENT)),
    ),
    (Intent.WRONG_PERSON, frozenset((Intent.IN_PROCESS, Intent.INVOICE_QUESTION))),
    (Intent.REMITTANCE_ADVICE, frozenset((Intent.REQUEST_DOCUMENT, Intent.CREDIT_REQUEST))),
    (Intent.DISPUTE, frozenset((Intent.INVOICE_QUESTION, Intent.IN_PROCESS))),
    (Intent.STOP_CONTACT, frozenset((Intent.COMPLAINT,))),
    (Intent.HARDSHIP, frozenset((Intent.INVOICE_QUESTION,))),
    (Intent.INSOLVENCY_NOTICE, frozenset((Intent.LEGAL_THREAT,))),
    (Intent.LEGAL_THREAT, frozenset((Intent.SUBMISSION_REQUIREMENT,))),
    (Intent.OUT_OF_OFFICE, frozenset((Intent.IN_PROCESS, Intent.EXTENSION_REQUEST))),
    (
        Intent.ALREADY_PAID,
        frozenset((Intent.PAYMENT_METHOD_REQUEST, Intent.SUBMISSION_REQUIREMENT)),
    ),
)
# Said anywhere in the mail, the left one makes those on the right not worth telling.
_SAME_MAIL: tuple[tuple[Intent, frozenset[Intent]], ...] = (
    (Intent.SUSPICIOUS_INSTRUCTION, frozenset(Intent) - _ALARMS - {Intent.SUSPICIOUS_INSTRUCTION}),
    (Intent.INSOLVENCY_NOTICE, frozenset(Intent) - _ALARMS - {Intent.PROMISE_TO_PAY}),
    (
        Intent.LEGAL_THREAT,
        frozenset((Intent.REQUEST_DOCUMENT, Intent.COMPLAINT, Intent.IN_PROCESS))
        | {Intent.INVOICE_QUESTION, Intent.EXTENSION_REQUEST, Intent.WRONG_PERSON},
    ),
    (
        Intent.REMITTANCE_ADVICE,
        frozenset((Intent.INVOICE_QUESTION, Intent.CREDIT_REQUEST, Intent.PAYMENT_PLAN_REQUEST)),
    ),
    (Intent.REMITTANCE_ADVICE, frozenset((Intent.WRONG_PERSON, Intent.OUT_OF_OFFICE))),
    (
        Intent.BANK_DETAILS_CHANGE,
        frozenset((Intent.INVOICE_QUESTION, Intent.IN_PROCESS, Intent.PAYMENT_METHOD_REQUEST))
        | {Intent.DISPUTE, Intent.REMITTANCE_ADVICE},
    ),
)
_BUSY = frozenset(Intent) - {
    Intent.IN_PROCESS,
    Intent.ACKNOWLEDGEMENT,
    Intent.INVOICE_QUESTION,
    Intent.EXTENSION_REQUEST,
    Intent.REQUEST_DOCUMENT,
    Intent.OTHER,
}
# A question beside these only leads to them or is put to the air.
_ANSWERED = _BUSY - {Intent.ALREADY_PAID, Intent.PROMISE_TO_PAY, Intent.PROMISE_CONDITIONAL} | {
    Intent.EXTENSION_REQUEST,
    Intent.REQUEST_DOCUMENT,
}
_FREE_OF_PAPERS = frozenset(
    (
        DisputeReason.PRICING,
        DisputeReason.QUANTITY,
        DisputeReason.WRONG_ENTITY,
        DisputeReason.TERMS,
        DisputeReason.CURRENCY,
        DisputeReason.TAX,
    )
)
_GOODS_FAILED = frozenset(
    (DisputeReason.NOT_RECEIVED, DisputeReason.QUALITY, DisputeReason.QUANTITY)
)
# Who only says that they do not pay, or not without a paper, says with these why.
_MEANT_BY_REFUSING = frozenset((Intent.HARDSHIP, Intent.REQUEST_DOCUMENT))
_TOLD_OF = frozenset((DocumentKind.CONTRACT, DocumentKind.PURCHASE_ORDER))
_SMALL_TALK = frozenset((Intent.OTHER, Intent.INVOICE_QUESTION, Intent.ACKNOWLEDGEMENT))
# What a conditional promise waits for is said in the same breath and not asked apart.
_CONDITIONS = frozenset(
    (
        Intent.REQUEST_DOCUMENT,
        Intent.SUBMISSION_REQUIREMENT,
        Intent.IN_PROCESS,
        Intent.INVOICE_QUESTION,
        Intent.EXTENSION_REQUEST,
        Intent.CREDIT_REQUEST,
        Intent.DISPUTE,
    )
)


def chosen(
    marks: tuple[Marks, ...],
    promise: PromiseRead | None,
    *,
    automatic: bool = False,
    left: bool = False,
) -> frozenset[Intent]:
    """The intents that phrases of a mail show; empty when none does. `left`: somebody has."""
    found = {intent for mark in marks for intent in _of_sentence(mark, promise)}
    if promise is not None:
        found.add(promise.kind)
    for meant, beside in _SAME_MAIL:
        if meant in found:
            found -= beside - {meant}
    if found - _SMALL_TALK:
        found -= {Intent.OTHER}
    elif Intent.OTHER in found:
        found = {Intent.OTHER}
    if Intent.OUT_OF_OFFICE in found and not left:
        found -= {Intent.WRONG_PERSON}
    if Intent.PROMISE_TO_PAY in found and not automatic:
        found -= {Intent.OUT_OF_OFFICE}
    return _without_the_weak(frozenset(found))


def _without_the_weak(found: frozenset[Intent]) -> frozenset[Intent]:
    """What only accompanies another matter is left out beside it."""
    if found & _BUSY:
        found -= {Intent.IN_PROCESS}
    if found & _ANSWERED:
        found -= {Intent.INVOICE_QUESTION}
    if found - {Intent.ACKNOWLEDGEMENT}:
        found -= {Intent.ACKNOWLEDGEMENT}
    if Intent.PROMISE_VAGUE in found and found - _PROMISES:
        found -= _PROMISES
    return found


def _of_sentence(mark: Marks, promise: PromiseRead | None) -> frozenset[Intent]:
    kept = mark.intents
    for meant, only_sounds in _SAME_SENTENCE:
        if meant in kept:
            kept -= only_sounds
    kept -= _by_reason(mark, kept)
    if Intent.SUBMISSION_REQUIREMENT in kept:
        kept -= _beside_submission(mark)
    if mark.pays and not mark.sentence.asks and not mark.doubtful:
        kept -= {Intent.PAYMENT_METHOD_REQUEST, Intent.OUT_OF_OFFICE, Intent.REMITTANCE_ADVICE}
    if promise is not None and mark.sentence.text == promise.span:
        if promise.kind is Intent.PROMISE_CONDITIONAL:
            kept -= _CONDITIONS
        if promise.kind is Intent.PROMISE_TO_PAY:
            kept -= {Intent.PAYMENT_PLAN_REQUEST, Intent.INVOICE_QUESTION}
    return kept


def _by_reason(mark: Marks, kept: frozenset[Intent]) -> frozenset[Intent]:
    """What the reasons of a dispute take along, or what takes the dispute along."""
    less: set[Intent] = set()
    if mark.requests and not mark.reported and Intent.CREDIT_REQUEST in kept:
        less.add(Intent.DISPUTE)
    elif DisputeReason.CREDIT_NOT_APPLIED in mark.reasons and mark.denied:
        less.add(Intent.CREDIT_REQUEST)
    if Intent.DISPUTE in kept:
        less |= _beside_dispute(mark, kept)
    if mark.reasons & _FREE_OF_PAPERS and mark.documents <= _TOLD_OF:
        less.add(Intent.REQUEST_DOCUMENT)
    if Intent.EXTENSION_REQUEST in kept and mark.reasons <= {DisputeReason.TERMS}:
        less.add(Intent.DISPUTE)
    if Intent.EXTENSION_REQUEST in kept and mark.documents == {DocumentKind.INVOICE_COPY}:
        less.add(Intent.REQUEST_DOCUMENT)
    if not mark.reasons and kept & _MEANT_BY_REFUSING:
        less.add(Intent.DISPUTE)
    return frozenset(less)


def _beside_dispute(mark: Marks, kept: frozenset[Intent]) -> frozenset[Intent]:
    """What a dispute only sounds like: anger where a reason is given, money where goods failed."""
    if mark.reasons & _GOODS_FAILED and mark.denied:
        return frozenset((Intent.COMPLAINT, Intent.ALREADY_PAID))
    if mark.reasons - {DisputeReason.OTHER}:
        return frozenset((Intent.COMPLAINT,))
    if not mark.reasons and Intent.ALREADY_PAID in kept:
        return frozenset((Intent.DISPUTE,))
    return frozenset()


def _beside_submission(mark: Marks) -> frozenset[Intent]:
    """What a demand for an order number or a portal is not, or that it only tells of a lack."""
    if mark.reasons == {DisputeReason.PO_MISSING} and not mark.requests:
        return frozenset((Intent.SUBMISSION_REQUIREMENT,))
    if mark.reasons <= {DisputeReason.PO_MISSING}:
        papers = {DocumentKind.INVOICE_COPY, DocumentKind.PURCHASE_ORDER}
        asked = {Intent.REQUEST_DOCUMENT} if mark.documents <= papers else set()
        return frozenset({Intent.DISPUTE} | asked)
    return frozenset()


def is_thumb(text: str) -> bool:
    """Whether the whole mail is one friendly sign."""
    return _THUMB.match(text.strip()) is not None


def guessed(marks: tuple[Marks, ...], tables: tuple[Table, ...], text: str) -> frozenset[Intent]:
    """What is likely when no phrase was found: a thumb, or what most words hint at."""
    if is_thumb(text):
        return frozenset((Intent.ACKNOWLEDGEMENT,))
    likely = likeliest(marks, tables)
    return frozenset() if likely is None else frozenset((likely,))
