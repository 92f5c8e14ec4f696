"""Which invoices an amount or a date in a sentence may belong to."""

from __future__ import annotations

import re

from domain.dunning.guarding.page import Mention, Segment, StatedAmount
from domain.dunning.guarding.stated_dates import StatedDate
from domain.ledger.invoice import Invoice

MONEY_IN = re.compile(
    r"receiv|\bpaid\b|payment of|payments?\b.{0,20}\b(?:of|total)|erhalten|eingegangen|zahlung|"
    r"gezahlt|virement|imput|überweisung|gutgeschrieben|transferencia|ingres|\bche(?:ck|que)\b|"
    r"\bwire\b|\blanded|\barriv|\bcleared|\bcame in\b|\bgot it\b|"
    r"\b(?:we|i)(?:'ve| have)? (?:got|banked|booked)\b|\bthank(?:s| you) for (?:the|your)\b|"
    r"überwies|reçu|paiement|règlement|versement|recibid|pago|abono|transfer|receb|pagament|"
    r"pagat|ricevut|bonific|pervenut|accredit|betaald|betaling|ontvang|ontving|overgemaakt|overboek|"
    r"bijgeschreven|binnengekomen|入金|受領|振込|振り込|拝受|お支払いいただ",
    re.IGNORECASE,
)
PROMISE = re.compile(
    r"plan|schedul|geplant|prévu|previst|promis|commit|agreed|confirmed|told us|you said|arrang|"
    r"zugesagt|zusage|versproch|angekündigt|"
    r"vereinbart|engag|indiqué|annonc|prometi|promesa|compromet|compromiso|acord|confirm|raten?\b|"
    r"\bwrote\b|schrieb|écrit|scritto|escrib|schreef|acordad|combinad|prometid|promess|piano|rat[ae]\b|concordat|convenut|plano|parcel|prestaç|"
    r"indicou|dit que|avisou|comunic|detto|indicat|aangegeven|"
    r"toegezegd|toezegg|beloof|belofte|afgesproken|afspraak|betalingsregeling|termijn|"
    r"échéanc|mensualit|instal|plazos?\b|約束|予定|分割|とのこと",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"credit|crédit|gutschrift|avoir|abono|nota de cr|accredito|クレジット|貸方", re.IGNORECASE
)


def owners_of(
    segment: Segment,
    mentions: list[Mention],
    items: list[StatedAmount] | list[StatedDate],
    index: int,
) -> list[Invoice]:
    """The invoices an item may belong to: by order of the words in the sentence."""
    if not mentions:
        return [segment.inherited] if segment.inherited else []
    named = list({m.invoice.id: m.invoice for m in mentions}.values())
    if len(named) == 1:
        return named
    order = sorted([(m.start, "M") for m in mentions] + [(i.start, "A") for i in items])
    shape = "".join(kind for _, kind in order)
    at = items[index].start
    if re.fullmatch(r"M+A+|A+M+", shape):
        paired = len(mentions) == len(items) or (
            len(mentions) == len(items) - 1 and index < len(mentions)
        )
        return [mentions[index].invoice] if paired else named
    if re.fullmatch(r"(?:A+M)+", shape):
        return [next(m.invoice for m in mentions if m.start > at)]
    before = [m for m in mentions if m.start < at]
    return [before[-1].invoice] if before else [mentions[0].invoice]
