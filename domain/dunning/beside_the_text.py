"""What a mail shows beside its text: a subject of its own, names of files, a law firm's address.

A subject that answers ours repeats our words and says nothing. What is only seen here is never
certain: the text may tell why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.dunning.guarding.letters import plain
from domain.dunning.near import PUBLIC
from domain.dunning.reading import Intent
from domain.dunning.reading_nets.phrases import folded
from domain.dunning.reading_nets.tables import tables_of
from domain.dunning.sentence_marks import CRITICAL, marked
from domain.dunning.sentences import sentences
from domain.ledger.account import Account

_LONGEST, _MOST_FILES = 200, 20
_ANSWERS = re.compile(
    r"\s*(?:(?:re|aw|antw|antwort|sv|r|res|ris|rv|tr|ref|enc|fw|fwd|wg|vs)(?:\[\d+\])?\s*:|"
    r"(?:automatic reply|automatische antwort|réponse automatique|respuesta automática|"
    r"resposta automática|risposta automatica|automatisch antwoord|自動返信))",
    re.IGNORECASE,
)
_FILE_END = re.compile(r"\.[a-z0-9]{1,5}$", re.IGNORECASE)
_NOT_A_WORD = re.compile(r"[\W_]+")
_REMITTANCE_FILE = re.compile(
    r"remittance|remit advice|payment (?:advice|notification|confirmation|breakdown)|ach advice|"
    r"bacs advice|proof of payment|swift (?:copy|confirmation)|mt103|wire confirmation|"
    r"zahlungsavis|avis\b|zahlungsbeleg|uberweisungsbeleg|avis de (?:paiement|virement)|"
    r"ordre de virement|"
    r"comprobante|comprovante|contabile|distinta (?:di )?bonifico|betaalbewijs|"
    r"betalingsspecificatie|"
    r"振込明細|支払通知|送金明細"
)
_LAW_FIRMS = """
law legal lawyers attorneys solicitors barristers lawfirm kanzlei rechtsanwalt rechtsanwalte
rechtsanwaelte anwalt anwaelte avocat avocats abogado abogados advogado advogados avvocati
avvocato studiolegale advocaat advocaten insolvency insolvenz insolvenzverwaltung
insolvenzverwalter bankruptcy liquidators
"""
_LAW_FIRM = frozenset(_LAW_FIRMS.split())
# Said in the text, these leave open what the mail is about.
SILENT = frozenset((Intent.ACKNOWLEDGEMENT, Intent.OTHER, Intent.IN_PROCESS))
_TOLD_BY_SUBJECT = frozenset(Intent) - {
    Intent.PROMISE_TO_PAY,
    Intent.PROMISE_CONDITIONAL,
    Intent.PROMISE_VAGUE,
    Intent.INVOICE_QUESTION,
    Intent.REQUEST_DOCUMENT,
    Intent.OUT_OF_OFFICE,
    *SILENT,
}


@dataclass(frozen=True, slots=True)
class Beside:
    """`alarms` are dangers that the subject names, whatever the text says; `hints` count only
    when the text is silent."""

    alarms: frozenset[Intent] = frozenset()
    hints: frozenset[Intent] = frozenset()

    def with_text(self, found: frozenset[Intent]) -> frozenset[Intent]:
        """What the mail shows in all, given what its text shows."""
        silent = not found - SILENT
        return (
            (found | self.alarms | self.hints) - SILENT
            if silent and self.hints
            else (found | self.alarms)
        )


def beside_the_text(
    subject: str, sender: str, attachments: tuple[str, ...], account: Account
) -> Beside:
    """What subject, sender and names of files tell."""
    own = "" if _ANSWERS.match(subject) else subject[:_LONGEST]
    told = _shown((own,))
    names = tuple(_words(name) for name in attachments[:_MOST_FILES])
    hints = told & _TOLD_BY_SUBJECT | (_shown(names) & set(CRITICAL))
    if any(_REMITTANCE_FILE.search(name) for name in names):
        hints |= {Intent.REMITTANCE_ADVICE}
    if _is_law_firm(sender, account):
        hints |= {Intent.LEGAL_THREAT}
    return Beside(told & frozenset(CRITICAL), hints)


def _shown(texts: Iterable[str]) -> frozenset[Intent]:
    found: set[Intent] = set()
    for text in texts:
        clean = plain(text)
        tables = tables_of(clean)
        for sentence in sentences(clean)[:3]:
            found |= marked(sentence, tables).intents
    return frozenset(found)


def _words(filename: str) -> str:
    return _NOT_A_WORD.sub(" ", folded(_FILE_END.sub("", filename[:_LONGEST]))).strip()


def _is_law_firm(sender: str, account: Account) -> bool:
    """Whether a stranger writes from an address that calls itself a law firm or a liquidator."""
    domain = sender.rpartition("@")[2].strip("> ").lower()
    known = {contact.email.rpartition("@")[2].lower() for contact in account.contacts}
    if not domain or domain in known | PUBLIC:
        return False
    return any(part in _LAW_FIRM for part in _NOT_A_WORD.split(folded(domain)))
