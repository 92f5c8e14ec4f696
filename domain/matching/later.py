"""Words for money that pays what is not invoiced yet."""

from __future__ import annotations

import re

from domain.matching.numbers import plain
from domain.matching.receipt import Receipt, ReferenceKind

_PHRASES = (
    r"PRE-?PA(?:YMENT|YMT|Y|ID)",
    r"DOWN ?PAYMENT",
    r"(?:IN )?ADVANCE(?: PAYMENT| PMT)?",
    r"RETAINER",
    r"PRO-?\s?FORMA",
    r"QUOT(?:E|ATION)",
    r"(?:NEW|SALES|PURCHASE) ORDER",
    r"ORDER (?:NO\.?|NUMBER|NR\.?)? ?#?\d{3,}",
    r"ANZAHLUNG|VORAUSZAHLUNG|VORKASSE|ANGEBOT",
    r"ACOMPTE|ARRHES|DEVIS",
    r"ANTICIPO|PRESUPUESTO",
    r"ACCONTO|CAPARRA|PREVENTIVO",
    r"VOORUITBETALING|AANBETALING|VOORSCHOT|OFFERTE",
    r"ADIANTAMENTO|OR[CÇ]AMENTO",
    r"ZALICZK[AI]|PRZEDP[LŁ]ATA|ZADATEK",
)
_LATER = re.compile(rf"(?<!\w)(?:{'|'.join(_PHRASES)})(?!\w)")
_DEPOSIT = re.compile(
    r"(?<!\w)(?P<by>(?:DIRECT|ACH|MOBILE|CHECK|CHEQUE|CASH|WIRE|LOCKBOX|REMOTE|BANK|COUNTER) )?"
    r"DEPOSIT(?!\w)"
)


def for_later(receipt: Receipt) -> str:
    """The words that say so: a deposit, a prepayment, a quote, an order; empty if none do.

    Banks call what they take in a deposit as well: "direct deposit" says nothing.
    """
    spoken = (r.text for r in receipt.references if r.kind is not ReferenceKind.STRUCTURED)
    text = plain(" / ".join(spoken))
    found = _LATER.search(text)
    if found:
        return found.group().strip()
    return next((m.group() for m in _DEPOSIT.finditer(text) if not m.group("by")), "")
