"""A movement as it is kept, and what of it names it elsewhere."""

from __future__ import annotations

import re
from datetime import timedelta

from domain.matching.receipt import ReferenceKind
from sources.arrived import Arrived
from store.bank import STATEMENT, BankLineRow

# How long a bank takes from what a file tells to its own line, and how early it may book it.
LATEST, EARLIEST = timedelta(days=5), timedelta(days=2)
_NAMING = {
    ReferenceKind.TRACE,
    ReferenceKind.BANK_REFERENCE,
    ReferenceKind.CUSTOMER_REFERENCE,
    ReferenceKind.END_TO_END,
    ReferenceKind.CHECK_NUMBER,
}
_TOKEN = re.compile(r"[A-Z0-9][A-Z0-9_-]{5,60}")
_ACH_TRACE = re.compile(r"[0-9]{15}")
_MOST_TRACES = 60


def line_row(one: Arrived, file_id: int, form: str, role: str) -> BankLineRow:
    """The row of a movement; what it turns out to be is not told yet."""
    text = " | ".join(dict.fromkeys(reference.text for reference in one.references))
    return BankLineRow(
        file_id=file_id,
        source=one.source,
        source_id=one.source_id,
        format=form,
        role=role,
        account=one.account,
        booked_on=one.booked_on,
        value_on=one.value_on,
        currency=one.amount.currency,
        amount_minor=one.amount.minor,
        channel=one.channel,
        type_code=one.type_code,
        payer_name=one.payer_name,
        text=text[:4_000],
        traces=traces_of(one),
        raw=one.raw,
        returns=one.returns,
        return_code=one.return_code,
    )


def traces_of(one: Arrived) -> list[str]:
    """References as whole words that may name this movement in another file, upper case."""
    named = [r.text.upper() for r in one.references if r.kind in _NAMING]
    words = [word for r in one.references for word in _TOKEN.findall(r.text.upper())]
    found = [text for text in (*named, *words) if any(sign.isdigit() for sign in text)]
    if one.returns:
        found.insert(0, one.returns.upper())
    return list(dict.fromkeys(text[:80] for text in found))[:_MOST_TRACES]


def role_of(one: Arrived) -> str:
    """What a movement alone is: a statement's line, a detail of one, or money taken back."""
    if one.returns:
        return "return"
    return "line" if one.source == STATEMENT else "detail"


def same_account(one: str, other: str) -> bool:
    """Whether two account numbers may be one: an IBAN ends with the number it was made from."""
    a, b = sorted((_folded(one), _folded(other)), key=len)
    return a == b or (len(a) >= 6 and b.endswith(a))


def _folded(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper()).lstrip("0")


def ach_traces(row: BankLineRow) -> set[str]:
    """The trace numbers of the ACH network among its references."""
    return {trace for trace in row.traces if _ACH_TRACE.fullmatch(trace)}


def share_a_word(one: str, other: str) -> bool:
    """Whether two names have a word of three letters or more in common."""
    first, second = (set(re.findall(r"[A-Z0-9]{3,}", text.upper())) for text in (one, other))
    return bool(first & second)
