"""What each sentence of a mail shows: intents, reasons, documents, and how it is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.dunning.reading import DisputeReason, DocumentKind, Intent
from domain.dunning.reading_nets.phrases import Table
from domain.dunning.reading_nets.tables import every_table
from domain.dunning.reasons_apart import meant
from domain.dunning.sentences import Sentence

CRITICAL = (
    Intent.LEGAL_THREAT,
    Intent.INSOLVENCY_NOTICE,
    Intent.BANK_DETAILS_CHANGE,
    Intent.SUSPICIOUS_INSTRUCTION,
    Intent.STOP_CONTACT,
)
_PLAIN = tuple(
    i
    for i in Intent
    if i
    not in (
        *CRITICAL,
        Intent.PROMISE_TO_PAY,
        Intent.PROMISE_CONDITIONAL,
        Intent.PROMISE_VAGUE,
        Intent.SETTLEMENT_OFFER,
    )
)
_COPY = re.compile(r"cop(?:y|i)|kopie|pdf|bills|duplica|segunda via|zweitschrift")
_COPY_OF_CONTRACT = re.compile(
    r"(?:cop(?:y|ie|ia)s?|kopie) (?:of|de|del|della|du|da|do|van|des) (?:\w+ ){0,3}?(?:contract|"
    r"agreement|contrat|vertrag|contratto|overeenkomst)"
)
_SHORT = 9
_UNASKED = frozenset((Intent.ALREADY_PAID, Intent.ACKNOWLEDGEMENT, Intent.IN_PROCESS))


@dataclass(frozen=True, slots=True)
class Marks:
    """One sentence and everything the tables find in it."""

    sentence: Sentence
    intents: frozenset[Intent]
    reasons: frozenset[DisputeReason]
    documents: frozenset[DocumentKind]
    pays: bool
    seems_to_pay: bool
    denied: bool
    conditional: bool
    begins_with_condition: bool
    requests: bool
    doubtful: bool
    reported: bool
    offers: bool = False
    suggests: bool = False
    elsewhere: bool = False

    @property
    def silent(self) -> bool:
        """Whether nothing at all was understood."""
        return not (self.intents or self.pays)


def marked(sentence: Sentence, tables: tuple[Table, ...]) -> Marks:
    """Read one sentence with the tables of its languages; dangers with those of every language."""
    whole = sentence.folded
    reasons = meant(frozenset(r for r in DisputeReason if _found(tables, f"why.{r.value}", whole)))
    if _found(tables, "_supposed", whole):
        reasons -= {DisputeReason.NOT_RECEIVED}
    documents = _documents(tables, sentence)
    intents = {i for i in CRITICAL if _found(every_table(), i.value, whole)}
    intents |= {i for i in _PLAIN if _found(tables, i.value, whole)}
    if not sentence.asks and _found(tables, "_ahead", whole):
        intents -= {Intent.ALREADY_PAID}
    if sentence.asks:
        intents -= _UNASKED
    if reasons:
        intents.add(Intent.DISPUTE)
    if documents and not (
        documents == {DocumentKind.BANK_DETAILS} and Intent.BANK_DETAILS_CHANGE in intents
    ):
        intents.add(Intent.REQUEST_DOCUMENT)
    offers = _found(tables, "_offer", whole)
    if offers:
        intents.add(Intent.PAYMENT_PLAN_REQUEST)
    bare = _without(tables, "_courtesy", whole)
    return Marks(
        sentence=sentence,
        intents=frozenset(intents),
        reasons=reasons,
        documents=documents,
        pays=_found(tables, "promise", whole) or _answers(tables, whole),
        seems_to_pay=any(_seems_to_pay(table, whole) for table in tables),
        denied=_found(tables, "_not", bare),
        conditional=_found(tables, "_if", bare),
        begins_with_condition=_found(tables, "_if", " ".join(bare.split()[:3])),
        requests=_found(tables, "_please", whole),
        doubtful=_found(tables, "_perhaps", bare),
        reported=_found(tables, "_unsaid", bare),
        offers=offers,
        suggests=_found(tables, "_suggests", whole),
        elsewhere=_found(tables, "_elsewhere", whole.partition(",")[0]),
    )


def _answers(tables: tuple[Table, ...], whole: str) -> bool:
    """Whether a short sentence says no more than on which day it will be."""
    if len(whole.split()) > _SHORT or not _found(tables, "_answers", whole):
        return False
    return not (_found(tables, "_answers-", whole) or _found(tables, "_elsewhere", whole))


def _documents(tables: tuple[Table, ...], sentence: Sentence) -> frozenset[DocumentKind]:
    """The papers a sentence asks for: the clause that names them asks, and sends none itself."""
    found: set[DocumentKind] = set()
    for clause in sentence.clauses:
        for table in tables:
            if table.find("_we_send", clause) and not table.find("_fill", clause):
                continue
            if table.find("_please", clause):
                text = _cleared(table, "request_document", clause)
                found |= {k for k in DocumentKind if table.find(f"doc.{k.value}", text)}
    said = _COPY_OF_CONTRACT.sub(" ", sentence.folded)
    if len(found) > 1 and not _COPY.search(said):
        found.discard(DocumentKind.INVOICE_COPY)
    return frozenset(found)


def _seems_to_pay(table: Table, text: str) -> bool:
    """Whether words of paying and of time to come stand together, and nothing takes them back."""
    clear = not (table.find("promise-", text) or table.find("_past", text))
    return clear and bool(table.find("_pay", text) and table.find("_future", text))


def _found(tables: tuple[Table, ...], key: str, text: str) -> bool:
    """Whether a key is read in a text once what only looks like it is taken out."""
    return any(
        bool(table.find(f"{key}!", text))
        or bool(table.find(key, text) and table.find(key, _cleared(table, key, text)))
        for table in tables
    )


def _cleared(table: Table, key: str, text: str) -> str:
    """A text without what looks like `key` and is not; nothing reaches over the gap."""
    for _ in range(8):
        found = table.find(f"{key}-", text)
        if not found:
            break
        text = text.replace(found, "\n", 1)
    return text


def _without(tables: tuple[Table, ...], key: str, text: str) -> str:
    for table in tables:
        for _ in range(8):
            found = table.find(key, text)
            if not found:
                break
            text = text.replace(found, "\n", 1)
    return re.sub(r"\s+", " ", text)
