"""Structured remittance of ISO 20022: inside of payments, and as its own message (remt.001)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, total
from domain.matching.advice import Advice
from domain.matching.receipt import AccountScheme, PayerAccount, RemittanceRow
from sources.arrived import RefusedFile
from sources.remittance.reading import (
    LONGEST_REFERENCE,
    MOST_BYTES,
    MOST_ROWS,
    NeedsCurrency,
    Outcome,
    ReadAdvices,
    advice_key,
)

SOURCE = "camt"
_PAYMENTS = ("TxDtls", "CdtTrfTxInf", "RmtInf")
_REFERENCES = ("EndToEndId", "UETR", "TxId", "InstrId", "ChqNb", "RmtId")
_CREDITS = ("CREN",)
_NOT_PROVIDED = "NOTPROVIDED"


def read_camt(body: bytes, currency: str = "") -> Outcome:
    """Every payment with structured remittance in a message of ISO 20022, all or none.

    Reads remt.001, pain.001 and camt.05x. Never raises; entities and DTDs are refused.
    """
    if len(body) > MOST_BYTES:
        return RefusedFile(0, "The file is larger than 10 MB.")
    try:
        root = fromstring(body, forbid_dtd=True)
    except ParseError as error:
        return RefusedFile(error.position[0], "This is not well-formed XML.")
    except (DefusedXmlException, ValueError, LookupError):
        return RefusedFile(1, "This XML declares a document type, entities or an unknown encoding.")
    found = [one for one in _payments(root) if _children(one, "Strd", deep=True)]
    if not found:
        return RefusedFile(1, "No payment in this file has structured remittance.")
    advices: list[Advice] = []
    for at, one in enumerate(found):
        code = _currency(one) or currency
        if not code:
            return NeedsCurrency(tuple(_text(r, "Nb") for r in found))
        try:
            advices.append(_advice(one, code, advice_key(SOURCE, body, at)))
        except LedgerError as error:
            return RefusedFile(0, f"Payment {at + 1}: {error}")
    if sum(len(one.rows) for one in advices) > MOST_ROWS:
        return RefusedFile(0, f"A file may name {MOST_ROWS} documents at most.")
    return ReadAdvices(SOURCE, tuple(advices))


def structured_rows(
    element: Element, currency: str, source: str = SOURCE
) -> tuple[RemittanceRow, ...]:
    """The rows of all Strd below an element. Raises LedgerError for what is no amount."""
    return tuple(
        row
        for strd in _children(element, "Strd", deep=True)
        for row in _rows(strd, currency, source)
    )


def _payments(root: Element) -> list[Element]:
    """Elements that stand for one payment each; the widest kind that the message has."""
    message = _name(root[0]) if len(root) else ""
    if message in ("RmtAdvc", "RmtLctnAdvc"):
        return _children(root, "RmtInf", deep=True)
    for name in _PAYMENTS:
        found = _children(root, name, deep=True)
        if found:
            return found
    return []


def _advice(one: Element, currency: str, key: str) -> Advice:
    rows = structured_rows(one, currency)
    paid = [row.paid for row in rows if row.paid is not None]
    complete = len(paid) == len(rows)
    ids = [_text(one, name) for name in _REFERENCES]
    payer = next(
        iter(_children(one, "Dbtr", deep=True) or _children(one, "Orgtr", deep=True)), None
    )
    return Advice(
        key=key,
        rows=rows,
        currency=currency,
        total=total(paid, currency) if complete and paid else None,
        paid_on=_day(_text(one, "ReqdExctnDt") or _text(one, "AccptncDtTm")[:10]),
        payer_name=_text(payer, "Nm")[:200] if payer is not None else "",
        accounts=_accounts(one),
        payment_references=tuple(
            dict.fromkeys(i[:140] for i in ids if i and i.upper() != _NOT_PROVIDED)
        ),
        source=SOURCE,
    )


def _rows(strd: Element, currency: str, source: str) -> Iterable[RemittanceRow]:
    documents = _children(strd, "RfrdDocInf") or [strd]
    amounts = next(iter(_children(strd, "RfrdDocAmt")), None)
    number = next((n for d in documents if (n := _text(d, "Nb"))), "")
    reference = number or _text(next(iter(_children(strd, "CdtrRefInf")), None), "Ref")
    if not reference:
        return
    if len(documents) > 1:
        for document in documents:
            if _text(document, "Nb"):
                yield RemittanceRow(_text(document, "Nb")[:LONGEST_REFERENCE], source=source)
        return
    credit = any(_text(d, "Cd") in _CREDITS for d in documents)
    yield _priced(reference, amounts, currency, source, credit=credit)


def _priced(
    reference: str, amounts: Element | None, currency: str, source: str, *, credit: bool
) -> RemittanceRow:
    """RmtdAmt is what is paid; a credit note is taken off, so its payment is negative."""
    if amounts is None:
        return RemittanceRow(reference[:LONGEST_REFERENCE], source=source)
    paid = _money(amounts, ("RmtdAmt",), currency)
    credited = _money(amounts, ("CdtNoteAmt",), currency)
    if paid is None and credited is not None:
        paid = -credited
    elif paid is not None and credit and paid.minor > 0:
        paid = -paid
    adjustment = next(iter(_children(amounts, "AdjstmntAmtAndRsn", deep=True)), None)
    less = _money(adjustment, ("Amt",), currency) if adjustment is not None else None
    if less is not None and _text(adjustment, "CdtDbtInd") == "CRDT":
        less = -less
    return RemittanceRow(
        reference=reference[:LONGEST_REFERENCE],
        paid=paid,
        gross=_money(amounts, ("DuePyblAmt",), currency),
        discount=_money(amounts, ("DscntApldAmt",), currency),
        deduction=less,
        reason_code=_text(adjustment, "Rsn")[:40],
        source=source,
    )


def _money(parent: Element, names: tuple[str, ...], currency: str) -> Money | None:
    """The first amount of this name; since version 3 some stand one level deeper, in Amt."""
    for name in names:
        for one in _children(parent, name):
            inner = next(iter(_children(one, "Amt")), one)
            text = (inner.text or "").strip()
            if text:
                return Money.parse(text[:40], inner.get("Ccy") or currency)
    return None


def _currency(one: Element) -> str:
    codes = {c for e in one.iter() if (c := e.get("Ccy"))}
    return codes.pop() if len(codes) == 1 else ""


def _accounts(one: Element) -> tuple[PayerAccount, ...]:
    holder = next(iter(_children(one, "DbtrAcct", deep=True)), None)
    iban = _text(holder, "IBAN").replace(" ", "").upper()
    return (PayerAccount(AccountScheme.IBAN, iban[:34]),) if iban else ()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _text(parent: Element | None, name: str) -> str:
    found = _children(parent, name, deep=True) if parent is not None else []
    return next((" ".join("".join(e.itertext()).split()) for e in found), "")


def _children(parent: Element, name: str, *, deep: bool = False) -> list[Element]:
    """Elements of this local name: versions of the messages differ in their namespace only."""
    over = parent.iter() if deep else parent
    return [one for one in over if one is not parent and _name(one) == name]


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
