"""Sentences that commit to pay, told apart from those that only speak of payment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, zip_longest

_FIRM = (
    r"\b(?:we|i)(?:'ll| will| shall|'re going to| are going to| am going to|'m going to)\b"
    r"[^!?\n]{0,40}\b(?:pay|settle|wire|transfer|remit|process|clear|release|"
    r"(?:send|make|issue) (?:\w+ )?(?:payment|wire|funds|money|check|cheque|transfer))\b|"
    r"^\W*(?:ok,? )?will pay\b|\b(?:we|i)(?: are| am|'re|'m) paying\b|"
    r"\b(?:payment|transfer|wire|check|cheque|ach|money|funds|it|everything)(?: \S+){0,4}?"
    r"(?:'ll| will| is|'s| goes| has been)(?: be)? (?:paid|sent|made|transferred|wired|processed|"
    r"settled|released|executed|in|with you|there|go out|leave|arrive|reach|land|out|scheduled|"
    r"planned|going out)\b|\b(?:payment|transfer|wire)\b[^!?\n]{0,20}\bscheduled (?:for|on)\b|"
    r"\byou(?:'ll| will) (?:have|get|receive|see) (?:it|the|your|payment|our)|"
    r"\bexpect (?:it|payment|the (?:money|payment|funds|transfer))\b|"
    r"\b(?:i|we)(?: can)? (?:promise|commit|guarantee)\b|"
    r"\b(?:we|i) pay (?:on|by|it|this|the|tomorrow|today|next)\b|"
    r"\b(?:werde|werden|wird)\b[^!?\n]{0,80}\b(?:zahl|überw|beglich|begleich|bezahl|angewiesen|"
    r"anweis|veranlass|ausgeführt|gutgeschrieben)\w*|"
    r"\b(?:wir|ich) (?:zahlen?|überweisen?|begleichen?|bezahlen?)\b|"
    r"\b(?:zahle|überweise|begleiche|bezahle)n? (?:wir|ich)\b|"
    r"\b(?:zahlung|überweisung|geld|betrag)\b[^!?\n]{0,40}\b(?:erfolgt|geht|kommt|eingeplant|"
    r"terminiert)\b|\bgeht\b[^!?\n]{0,30}\braus\b|"
    r"\b(?:paierons|réglerons|payerons|paierai|réglerai|virerons|effectuerons|procéderons)\b|"
    r"\b(?:allons|vais) (?:\w+ ){0,2}(?:payer|régler|virer|effectuer|procéder)\b|"
    r"\b(?:paiement|règlement|virement)\b[^!?\n]{0,40}\b(?:prévu|partira|part|programmé|"
    r"sera (?:effectué|fait|exécuté|émis|réalisé))\b|"
    r"\bje (?:vous )?(?:règle|paie|paye|vire)\b|\bnous (?:vous )?(?:réglons|payons|virons)\b|"
    r"\b(?:pagaremos|pagaré|transferiremos|abonaremos|liquidaremos|se pagará|se abonará)\b|"
    r"\b(?:haremos|haré|realizaremos|realizaré) (?:el|la|un|una) (?:pago|transferencia|abono)\b|"
    r"\b(?:vamos a|voy a) (?:pagar|transferir|abonar|realizar|liquidar|hacer)\b|"
    r"\b(?:pago|transferencia)\b[^!?\n]{0,40}\b(?:programad\w|previst\w|saldrá|sale|"
    r"se (?:hará|realizará|efectuará))\b|"
    r"\b(?:les?|os|te) (?:pago|pagamos|transfiero|transferimos|abonamos)\b|"
    r"\A\W*(?:payment|transfer|wire|paying|zahlung|überweisung|paiement|virement|règlement|pago|"
    r"transferencia)\b"
)
_DOUBT = (
    r"n't\b|\blet (?:you|me|us) know\b|\bwhen (?:we|i|it)\b(?! (?:are|am) back)|\bget back to\b|"
    r"\b(?:not|never|no|nobody|none|cannot|unable|until|unless|assuming|pending|should|would|"
    r"could|payable|terms|contract|said|says|told|request\w*|every|each|usually|normally|always|"
    r"following|earliest|half|part|partial\w*|instead|whether|someone|"
    r"nicht|kein\w*|nie|niemals|fällig\w*|laut|gemäß|erst|soll\w*|könnte\w*|würde\w*|wäre\w*|"
    r"müss\w*|vertrag\w*|teil\w*|hälfte|frühestens|"
    r"ne|pas|jamais|aucun\w*|dû|échéance|exigible|contrat|devr\w+|pourr\w+|serait|moitié|"
    r"selon|sauf|"
    r"nunca|jamás|ning[uú]n\w*|vence\w*|vencimiento|contrato|según|deber\w*|podr\w+|sería|mitad|"
    r"salvo)\b|\bn'|\b(?:is|are|falls?|becomes?|only) due\b|\bdue (?:on|by|date)\b|"
    r"\bplease (?:pay|send|transfer|wire|remit|refund)|\b(?:est|sont) dues?\b|"
    r"\bbitte (?:zahl|überw)\w+"
)
_HARMLESS = re.compile(
    r"\b(?:not?|nicht) (?:later than|later|problem\w*|worries|später als)\b|\bno (?:más tarde|"
    r"later)\b|\bsans faute\b|\bau plus tard\b|\bif (?:you|there)(?: have|'ve| are)? (?:any|"
    r"further)[^.!?\n]{0,60}|\b(?:falls|wenn) sie fragen[^.!?\n]{0,40}|"
    r"\bsi vous avez[^.!?\n]{0,60}|\bsi tiene[^.!?\n]{0,60}|\bdo (?:not|n't) hesitate\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"n't\b|\b(?:not|never|nicht|noch nicht|kein\w*|pas|ne|no|nunca|unpaid|unbezahlt)\b|\bn'",
    re.IGNORECASE,
)
# A full stop after one or two digits is a German ordinal: "am 16. März".
_END = re.compile(r"\n\s*\n|(?<!\b\d)(?<!\b\d\d)[.!?](?=\s)")
_firm = re.compile(_FIRM, re.IGNORECASE | re.MULTILINE)
_doubt = re.compile(_DOUBT, re.IGNORECASE)
_SHORT = 6


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands in the text."""

    start: int
    end: int
    text: str


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in order, ends included."""
    edges = [0, *(m.end() for m in _END.finditer(text)), len(text)]
    return tuple(Sentence(a, b, text[a:b]) for a, b in pairwise(edges) if text[a:b].strip())


def commitments(text: str) -> tuple[Sentence, ...]:
    """Sentences in which the writer commits to pay, without a word that takes it back.

    A short sentence right after it counts as part of it: "On Friday. Not before."
    """
    found: list[Sentence] = []
    known = sentences(text)
    for sentence, after in zip_longest(known, known[1:]):
        if not _firm.search(sentence.text):
            continue
        tail = after.text if after and len(after.text.split()) <= _SHORT else ""
        if not _doubt.search(harmless_removed(f"{sentence.text} {tail}")):
            found.append(sentence)
    return tuple(found)


def harmless_removed(text: str) -> str:
    """The text without courtesies that sound like conditions or refusals."""
    return _HARMLESS.sub(" ", text)


def negated(sentence: str) -> bool:
    """Whether a sentence says that something is not so."""
    return _NEGATED.search(harmless_removed(sentence)) is not None
