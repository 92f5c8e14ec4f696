"""Remittance in the addenda of ACH payments: pieces of an 820, 80 characters a record."""

from __future__ import annotations

from collections.abc import Sequence

from domain.matching.advice import Advice
from domain.matching.receipt import RemittanceRow
from sources.arrived import RefusedFile
from sources.remittance.edi820 import CurrencyMissing, Unreadable, advice_of
from sources.remittance.segments import segments_of

SOURCE = "ctx"
_WIDTH = 80
_AROUND = frozenset({"ISA", "GS", "ST", "SE", "GE", "IEA"})


def joined(addenda: Sequence[str]) -> str:
    """The payment related information of type 7 records in their order, filled up between them.

    Each record but the last is 80 characters: blanks at its end may be part of a value.
    """
    filled = [text[:_WIDTH].ljust(_WIDTH) for text in addenda[:-1]]
    return "".join((*filled, *(text[:_WIDTH].rstrip() for text in addenda[-1:])))


def read_addenda(
    addenda: Sequence[str], key: str, currency: str = "USD"
) -> Advice | RefusedFile | None:
    """The advice in the addenda of one entry; None when they are free text and not X12."""
    cut = segments_of(joined(addenda))
    if isinstance(cut, RefusedFile):
        return None
    inside = [one for one in cut if one.name not in _AROUND]
    try:
        return advice_of(inside, currency, key, SOURCE)
    except Unreadable as error:
        return RefusedFile(error.line, error.reason)
    except CurrencyMissing:
        return RefusedFile(1, "No currency is named.")


def addenda_rows(addenda: Sequence[str], currency: str = "USD") -> tuple[RemittanceRow, ...]:
    """The rows of `read_addenda`; none where they cannot be read."""
    read = read_addenda(addenda, "", currency)
    return read.rows if isinstance(read, Advice) else ()
