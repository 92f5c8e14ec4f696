"""ASC X12 820: payment orders and remittance advices, as trading partners send them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from domain.matching.advice import Advice
from domain.matching.receipt import AccountScheme, PayerAccount, RemittanceRow
from sources.arrived import RefusedFile
from sources.remittance.reading import (
    LONGEST_REFERENCE,
    MOST_ROWS,
    NeedsCurrency,
    Outcome,
    ReadAdvices,
    advice_key,
)
from sources.remittance.segments import Segment, segments_of

SOURCE = "edi820"
_ENVELOPE = frozenset({"ISA", "GS", "GE", "IEA", "TA1"})
_DECIMAL = re.compile(r"-?(?:\d{1,16}(?:\.\d{0,6})?|\.\d{1,6})")


class Unreadable(Exception):
    """The advice cannot be read: the line, and what is wrong with it."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


class CurrencyMissing(Exception):
    """No segment names the currency."""


@dataclass(slots=True)
class _Open:
    """A row that is being read: what its RMR says, and the ADX that explain it."""

    rmr: Segment
    adjustments: list[Segment] = field(default_factory=list)


def read_820(body: bytes, currency: str = "") -> Outcome:
    """Every transaction set of an interchange, all or none. Never raises, whatever the bytes.

    `currency` counts where no CUR names one. Checked per set: the number of segments (SE01), and
    that the payments with the adjustments outside of them are the total (BPR02).
    """
    text = body.decode("latin-1").lstrip("\ufeff\u00ef\u00bb\u00bf")
    cut = segments_of(text)
    if isinstance(cut, RefusedFile):
        return cut
    try:
        sets = _sets(cut)
        advices = tuple(
            advice_of(one, currency, advice_key(SOURCE, body, at)) for at, one in enumerate(sets)
        )
    except Unreadable as error:
        return RefusedFile(error.line, error.reason)
    except CurrencyMissing:
        return NeedsCurrency(tuple(s.at(2) for s in cut if s.name == "RMR"))
    return ReadAdvices(SOURCE, advices)


def _sets(cut: Sequence[Segment]) -> list[list[Segment]]:
    """The transaction sets 820. Raises Unreadable for a broken envelope."""
    sets: list[list[Segment]] = []
    inside = False
    for one in cut:
        if one.name == "ST":
            if inside or one.at(1) != "820":
                raise Unreadable(one.line, f"ST*{one.at(1)[:10]} is no remittance advice (820).")
            inside = True
            sets.append([one])
        elif inside:
            sets[-1].append(one)
            if one.name == "SE":
                _check_end(sets[-1])
                inside = False
        elif one.name not in _ENVELOPE:
            raise Unreadable(one.line, f"{one.name} stands outside of a transaction set.")
    if inside or not sets:
        raise Unreadable(cut[-1].line if cut else 0, "The transaction set is cut off.")
    return sets


def _check_end(one: Sequence[Segment]) -> None:
    end = one[-1]
    if end.at(1) != str(len(one)):
        raise Unreadable(end.line, f"SE counts {end.at(1)[:12]} segments, there are {len(one)}.")
    if end.at(2) != one[0].at(2):
        raise Unreadable(end.line, "SE and ST have different control numbers.")


def advice_of(cut: Sequence[Segment], currency: str, key: str, source: str = SOURCE) -> Advice:
    """The advice of the segments between ST and SE. Raises Unreadable, CurrencyMissing."""
    first = {name: _first(cut, name) for name in ("BPR", "TRN", "CUR")}
    code = (first["CUR"].at(2) if first["CUR"] else currency).upper()
    if not code:
        raise CurrencyMissing
    rows = _rows(cut, code, source)
    if not rows:
        raise Unreadable(cut[0].line if cut else 0, "The advice names no document.")
    order = first["BPR"]
    total = _amount(order, 2, code) if order else None
    if order is not None and total is not None:
        _check_total(rows, total, order)
    payer = next((s for s in cut if s.name == "N1" and s.at(1) == "PR"), None)
    return Advice(
        key=key,
        rows=rows,
        currency=code,
        total=total,
        paid_on=_day(order.at(16)) if order else None,
        payer_name=payer.at(2)[:200] if payer else "",
        accounts=_accounts(order) if order else (),
        payment_references=(first["TRN"].at(2),) if first["TRN"] and first["TRN"].at(2) else (),
        source=source,
    )


def _first(cut: Sequence[Segment], name: str) -> Segment | None:
    return next((one for one in cut if one.name == name), None)


def _rows(cut: Sequence[Segment], currency: str, source: str) -> tuple[RemittanceRow, ...]:
    """RMR with the ADX after it; an ADX before the first RMR of its entity is a row by itself."""
    rows: list[RemittanceRow] = []
    current: _Open | None = None
    for one in cut:
        if one.name in ("RMR", "ENT", "SE"):
            rows += [_row(current, currency, source)] if current else []
            current = _Open(one) if one.name == "RMR" else None
        elif one.name == "ADX" and current is not None:
            current.adjustments.append(one)
        elif one.name == "ADX":
            rows.append(_apart(one, currency, source))
        if len(rows) > MOST_ROWS:
            raise Unreadable(one.line, f"An advice may name {MOST_ROWS} documents at most.")
    return (*rows, *([_row(current, currency, source)] if current else []))


def _row(read: _Open, currency: str, source: str) -> RemittanceRow:
    """RMR04 is what is paid, 05 the document's amount, 06 the discount, 08 an adjustment.

    Adjustments are negative where they make the payment smaller.
    """
    rmr = read.rmr
    if not rmr.at(2):
        raise Unreadable(rmr.line, "RMR names no document (RMR02).")
    adjusted = [_amount(one, 1, currency) for one in read.adjustments] + [_amount(rmr, 8, currency)]
    less = Money.zero(currency)
    for one in adjusted:
        less -= one or Money.zero(currency)
    codes = [one.at(2) for one in read.adjustments if one.at(2)] + [rmr.at(7)]
    paid, gross = _amount(rmr, 4, currency), _amount(rmr, 5, currency)
    discount = _amount(rmr, 6, currency)
    if discount is not None and discount.minor < 0 <= (paid.minor if paid else 0):
        discount = -discount
    if paid is None and gross is not None:
        paid = gross - (discount or Money.zero(currency)) - less
    less = _as_told(less, gross, paid, discount)
    return RemittanceRow(
        reference=rmr.at(2)[:LONGEST_REFERENCE],
        paid=paid,
        gross=gross,
        discount=discount or None,
        deduction=less or None,
        reason_code=next((code for code in codes if code), "")[:40],
        source=source,
    )


def _as_told(less: Money, gross: Money | None, paid: Money | None, off: Money | None) -> Money:
    """A deduction with the sign that explains the difference: partners write it either way."""
    if gross is None or paid is None:
        return less
    unexplained = gross - paid - (off or Money.zero(paid.currency))
    return -less if -less == unexplained else less


def _apart(adx: Segment, currency: str, source: str) -> RemittanceRow:
    """An adjustment of the payment as a whole, maybe with a number of its own (ADX04)."""
    paid = _amount(adx, 1, currency)
    if paid is None:
        raise Unreadable(adx.line, "ADX has no amount.")
    return RemittanceRow(
        reference=adx.at(4)[:LONGEST_REFERENCE],
        paid=paid,
        reason_code=adx.at(2)[:40],
        source=source,
    )


def _check_total(rows: Sequence[RemittanceRow], total: Money, order: Segment) -> None:
    paid = Money.zero(total.currency)
    for row in rows:
        if row.paid is None:
            return
        paid += row.paid
    if paid != total:
        raise Unreadable(
            order.line, f"The documents sum to {paid}, the payment (BPR02) is {total}."
        )


def _amount(segment: Segment, position: int, currency: str) -> Money | None:
    """A decimal as X12 writes it (type R); None where it is left out."""
    text = segment.at(position)
    if not text:
        return None
    if not _DECIMAL.fullmatch(text):
        raise Unreadable(segment.line, f"{segment.name}{position:02d} {text[:20]!r} is no amount.")
    whole, _, part = text.lstrip("-").partition(".")
    sign = "-" if text.startswith("-") else ""
    try:
        return Money.parse(f"{sign}{whole or '0'}.{part or '0'}", currency)
    except LedgerError as error:
        raise Unreadable(segment.line, f"{segment.name}{position:02d}: {error}") from error


def _accounts(order: Segment) -> tuple[PayerAccount, ...]:
    """The originator's account (BPR07, BPR09) and its ACH company id (BPR10)."""
    found: list[PayerAccount] = []
    if order.at(6) == "01" and order.at(7).isdigit() and order.at(9):
        value = f"{order.at(7)}/{order.at(9).replace(' ', '').upper()}"
        found.append(PayerAccount(AccountScheme.US_ACCOUNT, value[:80]))
    if order.at(10):
        found.append(PayerAccount(AccountScheme.ACH_COMPANY, order.at(10).upper()[:40]))
    return tuple(found)


def _day(text: str) -> date | None:
    """CCYYMMDD."""
    if not re.fullmatch(r"[0-9]{8}", text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
