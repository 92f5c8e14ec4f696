"""Whether each date stands beside the invoice it belongs to."""

from __future__ import annotations

import re
from datetime import date

from domain.dunning.facts import ViolationKind
from domain.dunning.guarding.known import Known
from domain.dunning.guarding.owners import CREDIT, MONEY_IN, PROMISE, owners_of
from domain.dunning.guarding.page import Mention, Page, Segment, says
from domain.dunning.guarding.stated_dates import StatedDate
from domain.ledger.invoice import Invoice

_PROMISED_FOR = re.compile(
    r"\b(?:promised?|commit\w*|(?:will|would|to) be paid|will pay|you(?:'ll|"
    r" will) send)\b.{0,40}"
    r"\b(?:for|on|by)[ ](?:\w+day,?[ ])?[ ]*$",
    re.IGNORECASE,
)
_AS_OF = re.compile(
    r"(?<!was due )(?<!were due )(?<!is due )(?<!fell due )\bas (?:of|at)[ ]*$", re.IGNORECASE
)
_STANDING_AT = re.compile(
    r"\b(?:saldo|solde|stand|situa\w+|posizione|estratto|relevé|extracto|overzicht|konto|compte|"
    r"cuenta|"
    r"conto|conta|rekening)\b[^.\n]{0,24}\b(?:zum|per|vom|au|al|a|em|op|von|du|del|do)[ ]*$",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:invoice date|rechnungsdatum|date de (?:la )?facture|fecha de (?:la )?factura|"
    r"data (?:da )?fatura|"
    r"data (?:della )?fattura|factuurdatum|(?:issued|raised)(?: on)?|ausgestellt am|émise? le|"
    r"emitid[ao] el|emess[ao] il|emitid[ao] (?:em|a)|uitgereikt op)[ :|]*$|発行日[ :|]*$",
    re.IGNORECASE,
)
_DUE_AFTER = re.compile(r"[ ]*(?:zur zahlung )?fällig\b(?! (?:sind|ist)\b)", re.IGNORECASE)
_WRITTEN = re.compile(
    r"\b(?:note|message|e-?mail|reply|letter|nachricht|schreiben|mail|mitteilung|courriel|correo|"
    r"mensaje)\b (?:of|from|on|dated|vom|du|del?) (?:the )?[ ]*$|^\W*(?:on|am|el|le)[ ]+$|"
    r"\b(?:mentioned|wrote|said|told (?:us|me)|let (?:us|me) know|indicated|confirmed|promised|"
    r"emailed|replied|advised|informed (?:us|me)|committed|agreed|responded)(?: back| this)?"
    r" on[ ]+$",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:due|payable|fällig\w*|fälligkeit\w*|zahlbar|échéance|échue?s?|vencimiento|venc\w*|"
    r"vence|scad\w+|verval\w*|vervallen|vervaldatum)\b|期日|期限",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"\b(?:issued|dated|invoice date|billed|rechnungsdatum|vom|émise?|datée?|du|emitid\w*|fecha|"
    r"ausgestellt|emess[ae]|emissão|factuurdatum|uitgereikt)\b[^\x00]{0,16}$|発行[^\x00]{0,6}$",
    re.IGNORECASE,
)


def check_date(
    page: Page,
    known: Known,
    segment: Segment,
    mentions: list[Mention],
    dates: list[StatedDate],
    index: int,
) -> None:
    """Blame a date that belongs to another invoice than the one it stands by."""
    stated = dates[index]
    days = stated.among(known.dates)
    if not days:
        return
    owners = owners_of(segment, mentions, dates, index)
    reach = min(40, stated.start - segment.start)
    left = page.around(stated.start, stated.end, reach, 0).partition("\x00")[0]
    sentence = page.text[segment.start : segment.end]
    promised = {p.promised_on for p in known.facts.promises}
    if _stands_today(known, days, left) or _is_part(known, days, owners, sentence):
        return
    if owners and _DATED.search(left) and not days & {i.issued_on for i in owners}:
        page.blame(ViolationKind.PAIRING, f"{stated.text} is not the invoice date")
        return
    after = page.text[stated.end : stated.end + 24]
    if _states_due(left) or (_DUE_AFTER.match(after) and not PROMISE.search(left)):
        pool = owners or [*known.account.invoices]
        if not mentions and len(dates) > 1:
            pool = [m.invoice for m in page.mentions] or pool
        if not days & {i.due_on for i in pool}:
            page.blame(ViolationKind.PAIRING, f"{stated.text} is not the due date")
        return
    if promised and _PROMISED_FOR.search(left) and not days & promised:
        page.blame(ViolationKind.PAIRING, f"{stated.text} was not promised")
    owned = _dates_of(known, owners, sentence, named=bool(mentions))
    if _WRITTEN.search(left):
        owned |= known.said_on
    if owners and not days & (owned | {known.today}):
        page.blame(ViolationKind.PAIRING, f"{stated.text} is no date of {owners[0].number}")


def _stands_today(known: Known, days: frozenset[date], left: str) -> bool:
    """Whether "as of" or "balance at" comes before today's date."""
    return known.today in days and bool(_AS_OF.search(left) or _STANDING_AT.search(left))


def _is_part(known: Known, days: frozenset[date], owners: list[Invoice], sentence: str) -> bool:
    """Whether a sentence of promises names the day of one of several promised parts."""
    promised = {p.promised_on for p in known.facts.promises}
    meant = _promised_for(known, owners) if owners else promised
    return len(promised) > 1 and bool(days & meant and says(PROMISE, sentence))


def _states_due(left: str) -> bool:
    """Whether the words before a date call it the due date."""
    if not _DUE.search(left) or PROMISE.search(left):
        return False
    return not _ISSUED.search(left.rstrip() + " ") or bool(_DUE.search(left[-14:]))


def _dates_of(known: Known, owners: list[Invoice], sentence: str, *, named: bool) -> set[date]:
    """The dates a sentence about these invoices may hold."""
    owned = {day for i in owners for day in (i.due_on, i.issued_on)}
    if "|" not in sentence:
        owned |= _promised_for(known, owners)
    if says(PROMISE, sentence) or says(MONEY_IN, sentence):
        every = {p.promised_on for p in known.facts.promises}
        owned |= _promised_for(known, owners) if named else every
        owned |= {p.received_on for p in known.account.payments}
        owned |= {d for d in known.dates if d <= known.today} - _due_days(known)
    if says(CREDIT, sentence):
        owned |= {c.issued_on for c in known.account.credits}
    return owned


def _promised_for(known: Known, owners: list[Invoice]) -> set[date]:
    """Days on which payment of one of these invoices was promised."""
    named = {i.id for i in owners}
    return {
        p.promised_on
        for p in known.facts.promises
        if any(p.covers(invoice_id) for invoice_id in named)
    }


def _due_days(known: Known) -> set[date]:
    return {i.due_on for i in known.account.invoices}
