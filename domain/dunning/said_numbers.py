"""Numbers of documents and payments that a mail names."""

from __future__ import annotations

import re
from typing import NamedTuple

from domain.ledger.account import Account

_REFERENCE = re.compile(
    r"(?:check|cheque|ref(?:erence)?|trace|transaction|confirmation|scheck|referenz|virement n°|"
    r"cheque n\.?º|referencia)[ ]?(?:no\.?|nr\.?|number|n°|#|:)*[ ]?#?([A-Z0-9][A-Z0-9/-]{3,24})",
    re.IGNORECASE,
)
_NUMBERLIKE = re.compile(r"(?<![\w.,$€£])(?=[A-Z0-9-]*\d)[A-Z]{1,6}[-_]?\d[\w-]{2,18}(?!\w)")


class SaidNumbers(NamedTuple):
    """`known` are numbers of this account's invoices as we write them; `unknown` look like one.

    `references` name a payment: the number of a check, a transfer, a trace.
    """

    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


def read(text: str, account: Account) -> SaidNumbers:
    """The numbers in a mail's newest text."""
    known = tuple(
        i.number
        for i in account.invoices
        if re.search(rf"(?<![\w-]){re.escape(i.number)}(?![\w])(?!-\d)", text, re.IGNORECASE)
    )
    references = tuple(dict.fromkeys(m[1] for m in _REFERENCE.finditer(text)))
    others = {i.po_number.casefold() for i in account.invoices}
    others |= {n.casefold() for n in known} | {c.number.casefold() for c in account.credits}
    others |= {reference.casefold() for reference in references}
    strange = {m[0] for m in _NUMBERLIKE.finditer(text) if m[0].casefold() not in others}
    return SaidNumbers(known, tuple(sorted(strange)), references)
