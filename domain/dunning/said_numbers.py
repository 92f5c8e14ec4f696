"""Numbers of documents and payments that a mail names."""

from __future__ import annotations

import re
from typing import NamedTuple

from domain.ledger.account import Account

_CODE = r"(?=[A-Z0-9/._-]{0,30}\d)[A-Z0-9][A-Z0-9/._-]{2,30}[A-Z0-9]"
_MARK = (
    r"(?:[ ]?(?:no|nr|num(?:ber|ero)?|número|numéro|n°|nº|n\.?º|id|is|was|ist|est|es|é|#|:|\.))"
    r"{0,6}"
)
_REFERENCE = re.compile(
    r"(?:\b(?:che(?:ck|que)s?|refs?|reference|trace|transaction|confirmation|utr|end-to-end|"
    r"scheck|referenz|verwendungszweck|transaktion|virement|référence|chèque|"
    r"referencia|transferencia|operación|referência|comprovante|transferência|protocolo|"
    r"riferimento|cro|trn|bonifico|assegno|kenmerk|referentie|wire|imad|eft|remittance|voucher|"
    r"zahlungsavis|"
    r"payment (?:id|ref|no|number|batch)|batch|doc(?:ument)?|avis|id (?:da|de la|della) "
    r"(?:transação|operación|transazione)|communication|mededeling|auth(?:orization)?(?: code)?)|"
    r"照会番号|整理番号|振込番号)"
    rf"\b{_MARK}[ -]?#?\(?[+*]{{0,3}}({_CODE})",
    re.IGNORECASE,
)
_TRANSFER = re.compile(
    r"(?<![\w-])((?:TRN|TRF|TRX|TX|FT|WT|E2E|VIR|UTR|IMAD|ACH|BACS|CHAPS|SEPA|SWIFT|CRO|REF|PAY|"
    r"PMT)"
    r"[-_]?(?=[\w-]{0,30}\d)[A-Z0-9][\w-]{2,30})(?![\w-])"
)
_NUMBERLIKE = re.compile(r"(?<![\w.,$€£])(?=[A-Z0-9-]{0,30}\d)[A-Z]{1,6}[-_]?\d[\w-]{2,18}(?!\w)")


class SaidNumbers(NamedTuple):
    """`known` are numbers of this account's invoices as we write them; `unknown` look like one.

    `references` name a payment: the number of a check, a transfer, a trace.
    """

    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


def read(text: str, account: Account) -> SaidNumbers:
    """The numbers in a mail's newest text."""
    known = tuple(dict.fromkeys(number for _, number in find_known(text, account)))
    known = tuple(i.number for i in account.invoices if i.number in known)
    mine = {i.number.casefold() for i in account.invoices}
    said = [*_REFERENCE.finditer(text), *_TRANSFER.finditer(text)]
    in_order = (match[1] for match in sorted(said, key=lambda m: m.start(1)))
    references = tuple(dict.fromkeys(r for r in in_order if r.casefold() not in mine))
    others = {i.po_number.casefold() for i in account.invoices} | mine
    others |= {c.number.casefold() for c in account.credits}
    others |= {reference.casefold() for reference in references}
    strange = {m[0] for m in _NUMBERLIKE.finditer(text) if m[0].casefold() not in others}
    return SaidNumbers(known, tuple(sorted(strange)), references)


def taken(text: str, account: Account) -> tuple[tuple[int, int], ...]:
    """Where the text names invoices or payments: digits there are no amounts."""
    known = ((at, at + len(number) + 1) for at, number in find_known(text, account))
    said = (*_REFERENCE.finditer(text), *_TRANSFER.finditer(text), *_NUMBERLIKE.finditer(text))
    return (*known, *((match.start(), match.end()) for match in said))


def find_known(text: str, account: Account) -> tuple[tuple[int, str], ...]:
    """Where the text names which of the account's invoices, in its order."""
    found = [
        (match.start(), invoice.number)
        for invoice in account.invoices
        for match in re.finditer(_as_written(invoice.number), text, re.IGNORECASE)
    ]
    return tuple(sorted(found))


def _as_written(number: str) -> str:
    """The number with the space, hyphen or "#" that people put in or leave out."""
    pieces = [re.escape(piece) for piece in re.split(r"[ _-]+", number) if piece]
    return rf"(?<![\w-])#?{'[ _-]?'.join(pieces)}(?![\w])(?!-\d)"
