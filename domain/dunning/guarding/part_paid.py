"""An invoice paid in part: what it was billed for is not what is owed."""

from __future__ import annotations

import re

from domain.dunning.facts import ViolationKind
from domain.dunning.guarding.known import Known
from domain.dunning.guarding.page import Page, segments
from domain.ledger.invoice import Invoice

_ALL_OF_IT = re.compile(
    r"\b(?:fully|entirely|completely|wholly) (?:unpaid|open|outstanding)\b|"
    r"\bnothing (?:has been|was|is) paid\b|\b(?:not|never|n't) paid anything\b|"
    r"\b(?:not|n't|never) (?:yet )?received any (?:payments?|money)\b|\bin full is (?:open|"
    r"outstanding)|"
    r"\b(?:vollständig|komplett|in voller höhe) (?:offen|unbezahlt|ausstehend)|"
    r"\b(?:totalement|entièrement|intégralement) (?:impayée?|due|ouverte?)|"
    r"\b(?:totalmente|íntegramente) (?:impagad|pendiente)|\bno hemos recibido ningún pago|"
    r"\bningún pago\b|\bnessun pagamento\b|\bnenhum pagamento\b|\baucun (?:paiement|règlement)\b|"
    r"\b(?:interamente|integralmente|totalmente) (?:insolut|apert|em aberto|por pagar)|"
    r"\bvolledig (?:onbetaald|open)|全額(?:が)?(?:未払|未入金)",
    re.IGNORECASE,
)


def check_part_paid(page: Page, known: Known) -> None:
    """Blame a total that stands alone for what is open, and "nothing was paid" where some was."""
    named = {m.invoice.id: m.invoice for m in page.mentions}
    for invoice in named.values():
        if _part_paid(invoice):
            _check_stated(page, known, invoice)
    for segment in segments(page):
        said = _ALL_OF_IT.search(page.text, segment.start, segment.end)
        here = [m.invoice for m in page.mentions if segment.holds(m.start)] or [*named.values()]
        promised = {i for promise in known.facts.promises for i in promise.invoice_ids}
        if said and any(_part_paid(i) and i.id not in promised for i in here):
            page.blame(ViolationKind.STATUS, f"{said[0]}: a part was paid")


def _part_paid(invoice: Invoice) -> bool:
    return 0 < invoice.open.minor < invoice.total.minor


def _check_stated(page: Page, known: Known, invoice: Invoice) -> None:
    others = {m for i, amounts in known.by_invoice.items() if i != invoice.id for m in amounts}
    elsewhere = others | known.received | known.promised | known.credited
    stated = [a for a in page.amounts if invoice.total in a.options and not a.options & elsewhere]
    still = {invoice.open, *known.standing_totals} - {invoice.total}
    said = any(a.options & still for a in page.amounts)
    if stated and not said:
        text = f"{stated[0].text} is not what is open on {invoice.number}"
        page.blame(ViolationKind.PAIRING, text)
