"""Words for payment in parts, which are no concession where the parts were promised.

A customer that promised three dated payments on one invoice may be reminded of "the second of
three instalments"; "six instalments" is said of no such promise, and "pay in instalments" offers.
"""

from __future__ import annotations

import re
from collections import Counter

from domain.dunning.facts import Facts
from domain.dunning.guarding.number_words import number_words
from domain.dunning.guarding.page import Page

PART = (
    r"(?:instal?lments?|rat[ae]n?|mensualités?|échéances?|versements?|cuotas?|plazos?|parcelas?|"
    r"prestações|prestação|termijn(?:en)?)\b"
)
_ORDINALS = (
    r"1st|first|erste[nrs]?|premi[eè]re?|primer[ao]?|primeir[ao]|prim[ao]|eerste",
    r"2nd|second|zweite[nrs]?|deuxième|segund[ao]|second[ao]|tweede",
    r"3rd|third|dritte[nrs]?|troisième|tercer[ao]?|terceir[ao]|terz[ao]|derde",
    r"4th|fourth|vierte[nrs]?|quatrième|cuart[ao]|quart[ao]|vierde",
)
_WHICH = re.compile(
    rf"\b(?:(?P<n>{'|'.join(f'(?:{words})' for words in _ORDINALS)})|next|last|nächste[nrs]?|"
    r"letzte[nrs]?|prochaine?|dernière?|próxim[ao]|últim[ao]|prossim[ao]|ultim[ao]|volgende|"
    rf"laatste)[ ](?P<part>{PART})",
    re.IGNORECASE,
)
_COUNT = re.compile(rf"(?P<n>\b\d{{1,2}}|\b[^\W\d_]+)[ ](?P<part>{PART})", re.IGNORECASE)
_OFFER = re.compile(
    r"\b(?:can|could|may|might|offer|accept|allow|happy|would|können|könnten|dürfen|anbieten|"
    r"pouvez|pourriez|proposons|acceptons|puede|podría|podemos|ofrece|aceptamos|pode|poderia|"
    r"oferece|può|potete|potrebbe|possiamo|offriamo|accettiamo|kunt|kunnen|zou|aanbieden)\b",
    re.IGNORECASE,
)


def take_promised_parts(page: Page, facts: Facts) -> None:
    """Mask words for parts that say what was promised: the right number, or one of them."""
    parts = _promised(facts)
    if parts < 2:
        return
    for sentence in re.finditer(r"[^.!?\n]+", page.text):
        if _OFFER.search(sentence[0]):
            continue
        for match in _COUNT.finditer(page.text, sentence.start(), sentence.end()):
            if _value(match["n"]) == parts:
                page.mask(*match.span())
        for match in _WHICH.finditer(page.text, sentence.start(), sentence.end()):
            if _place(match["n"]) <= parts:
                page.mask(*match.span("part"))


def _promised(facts: Facts) -> int:
    """Into how many dated parts the payment of one invoice was promised."""
    days = {(i, p.promised_on) for p in facts.promises for i in p.invoice_ids}
    return max(Counter(invoice for invoice, _ in days).values(), default=0)


def _value(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    found = number_words(word)
    return found[0][2] if found else None


def _place(word: str | None) -> int:
    """Which part an ordinal names; 1 where it names none by number."""
    if word is None:
        return 1
    fits = (n for n, words in enumerate(_ORDINALS, 1) if re.fullmatch(words, word, re.IGNORECASE))
    return next(fits, 1)
