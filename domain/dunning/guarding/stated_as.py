"""What the words right beside an amount call it: money that came, what was billed, one part."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from domain.dunning.facts import ViolationKind
from domain.dunning.guarding import forbidden_words as more
from domain.dunning.guarding.known import Known
from domain.dunning.guarding.page import Page, StatedAmount, says, segments
from domain.dunning.guarding.promised_parts import PART
from domain.ledger.money import Money, total

_CAME = re.compile(
    r"\b(?:payments?|wires?|transfers?|che(?:ck|que)s?|zahlung|überweisung|paiement|règlement|"
    r"virement|"
    r"pago|transferencia|abono|pagamento|transferência|bonifico|betaling|overboeking)"
    r"(?: (?:partiel|parcial|parziale))?"
    r" (?:of|over|über|in höhe von|von|de|del?|di|van)[ ]*$|"
    r"\b(?:received|erhalten|reçu|recibido|recebemos|recebido|ricevuto|ontvangen)[ ]*$",
    re.IGNORECASE,
)
_YOURS = re.compile(r"\b(?:your|ihre|votre|su|seu|vostro|uw|je)[ ]*$", re.IGNORECASE)
_CAME_AFTER = re.compile(
    r"[ ]?(?:partial )?(?:payment|wire|transfer|che(?:ck|que))\b|[ ]?(?:came|arrived|landed|"
    r"reached us)\b|"
    r"の(?:ご)?入金",
    re.IGNORECASE,
)
_SAID_THANKS = re.compile(
    r"\bthank|\breceiv|\bapplied|\bcredited|\ballocated|\bgot\b|\bcame\b|\barrived|\blanded|\bdank|"
    r"\berhalten|\beingegangen|\bmerci\b|\breçu|\bgracias|\brecib|\bobrigad|\breceb|\bgrazie|"
    r"\bricevut|"
    r"\bbedankt|\bontvang|確認いたしました|ありがとう",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\bnot\b|n't\b|\bno\b|\bif\b|\bonce\b|\bwhen\b|\buntil\b|\bnicht\b|\bkeine?n?\b|\bfalls\b|"
    r"\bsobald\b|\bwenn\b|\bpas\b|\baucun\b|\bsi\b|\baún\b|\bcuando\b|\bdès\b|\blorsque\b|\bwill\b|\bexpect|"
    r"\bwerden\b|\brecibiremos|\brecevrons|\breceberemos|\briceveremo|\bzullen\b|予定|"
    + more.NOT_SO,
    re.IGNORECASE,
)
_BILLED = re.compile(
    r"\b(?:billed|invoiced|original(?:ly)?(?: amount)?(?: of)?|invoice (?:amount|total)|"
    r"ursprünglich\w*|"
    r"rechnungsbetrag|facturé|facturado|faturado|fatturato|gefactureerd|請求額)[ :|]*$",
    re.IGNORECASE,
)
_PART_OF = re.compile(rf"{PART}[ ](?:da|von(?: je)?|of|de|di|van|zu(?: je)?)[ ]*$", re.IGNORECASE)
_OF_INVOICE = re.compile(
    r"[ ]?\(|,? (?:for|of|over|über|de|di|van|da|por|d'un montant de|por importe de|"
    r"in the amount of)[ ]",
    re.IGNORECASE,
)


_WE_GOT = re.compile(
    r",? (?:that )?(?:we|i) (?:have |'ve )?(?:received|got|booked)\b|, die wir erhalten|"
    r" que (?:nous avons reçu|hemos recibido|recebemos)|, che abbiamo ricevuto|, die we ontvingen",
    re.IGNORECASE,
)


def check_stated_as(page: Page, known: Known) -> None:
    """Blame an amount that the words beside it call what it is not."""
    for segment in segments(page):
        for amount in (a for a in page.amounts if segment.holds(a.start) and a.options):
            sentence = page.text[segment.start : segment.end]
            left = page.text[max(segment.start, amount.start - 40) : amount.start]
            right = page.text[amount.end : min(amount.end + 24, segment.end)]
            if _came(left, right, sentence):
                _expect(page, amount, _received(known), ViolationKind.STATUS, "was not received")
            elif _BILLED.search(left):
                billed = frozenset(i.total for i in known.account.invoices)
                _expect(page, amount, billed, ViolationKind.PAIRING, "was not billed")
            elif _PART_OF.search(left) and known.promised:
                _expect(page, amount, known.promised, ViolationKind.PAIRING, "is no part")
            _check_beside(page, known, amount)


def _came(left: str, right: str, sentence: str) -> bool:
    if says(_DENIED, sentence) or not says(_SAID_THANKS, sentence):
        return False
    yours = _YOURS.search(left) or right.startswith("の")
    came = _CAME.search(left) or _WE_GOT.match(right)
    return bool(came or (yours and _CAME_AFTER.match(right)))


def _received(known: Known) -> frozenset[Money]:
    """Each payment, all of them together, and what is less open on an invoice than was billed."""
    sums: defaultdict[str, list[Money]] = defaultdict(list)
    for payment in known.account.payments:
        sums[payment.amount.currency].append(payment.amount)
    together = {total(found, currency) for currency, found in sums.items()}
    less = {i.total - i.open for i in known.account.invoices if i.open != i.total}
    return known.received | together | less


def _check_beside(page: Page, known: Known, amount: StatedAmount) -> None:
    """ "INV-1 for 100.00" and "INV-1 (100.00" speak of that invoice, whatever was promised."""
    joined = {b.start for a, b in pairwise(page.mentions) if b.start - a.end < 8}
    for mention in page.mentions:
        if 0 < amount.start - mention.end < 24 and mention.start not in joined:
            between = page.text[mention.end : amount.start]
            if _OF_INVOICE.fullmatch(between):
                own = known.by_invoice.get(mention.invoice.id, frozenset())
                called = f"is not an amount of {mention.invoice.number}"
                _expect(page, amount, own, ViolationKind.PAIRING, called)


def _expect(
    page: Page, amount: StatedAmount, facts: frozenset[Money], kind: ViolationKind, called: str
) -> None:
    if not amount.options & facts:
        page.blame(kind, f"{amount.text} {called}")
