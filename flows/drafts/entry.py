"""Drafts as people and programs write them, read into values; problems by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, exponent
from erp.review.draft import BillTo, Draft, DraftFacts, DraftLine
from erp.review.exact import number

MOST_LINES = 500
_LONGEST = {"description": 1000, "memo": 999, "po_number": 45, "number": 45}
_USUAL = 200
_BILL_TO = tuple(one.name for one in fields(BillTo))
_ID = re.compile(r"[0-9]{0,20}")
_SOURCE = re.compile(r"[a-z][a-z0-9_-]{0,29}")
FROM_ERP = "netsuite"


@dataclass(frozen=True, slots=True)
class LineInput:
    """A line as a person or a program writes it; all text, dates like 2026-03-31."""

    product: str
    amount: str
    item_netsuite_id: str = ""
    quantity: str = "1"
    rate: str = ""
    description: str = ""
    service_starts_on: str = ""
    service_ends_on: str = ""
    department_netsuite_id: str = ""
    class_netsuite_id: str = ""
    location_netsuite_id: str = ""
    tax_code: str = ""
    tax_rate: str = ""
    tax: str = ""
    usage: bool = False
    discount: bool = False


@dataclass(frozen=True, slots=True)
class DraftInput:
    """A draft as a person or a program writes it; all text, dates like 2026-03-31.

    `bill_to` may have name, address, city, region, postcode, country, tax_id.
    """

    source_id: str
    currency: str
    issued_on: str
    lines: tuple[LineInput, ...]
    source: str = "manual"
    customer_id: int | None = None
    customer_name: str = ""
    customer_email: str = ""
    customer_phone: str = ""
    customer_external_id: str = ""
    customer_erp_id: str = ""
    bill_to: Mapping[str, str] = field(default_factory=dict)
    due_on: str = ""
    terms_netsuite_id: str = ""
    subsidiary_netsuite_id: str = ""
    ar_account_netsuite_id: str = ""
    department_netsuite_id: str = ""
    class_netsuite_id: str = ""
    location_netsuite_id: str = ""
    exchange_rate: str = ""
    number: str = ""
    po_number: str = ""
    po_amount: str = ""
    po_blanket: bool = False
    memo: str = ""
    tax_exempt: bool = False
    tax_place: str = ""


@dataclass(slots=True)
class _Reader:
    """Reads texts of one draft and notes what is wrong with which field."""

    problems: dict[str, str] = field(default_factory=dict)
    at: str = ""

    def text(self, name: str, value: object) -> str:
        told = " ".join(str(value).split()) if name != "description" else str(value).strip()
        longest = _LONGEST.get(name, _USUAL)
        if len(told) > longest:
            self.wrong(name, f"At most {longest} characters.")
        if any(ord(char) < 32 and char not in "\n\t" for char in told):
            self.wrong(name, "Control characters are not allowed.")
        return told

    def erp_id(self, name: str, value: object) -> str:
        told = str(value).strip()
        if not _ID.fullmatch(told):
            self.wrong(name, "Write the ERP's internal id: digits only.")
        return told

    def day(self, name: str, value: object) -> date | None:
        told = str(value).strip()
        try:
            return date.fromisoformat(told) if told else None
        except ValueError:
            self.wrong(name, "Write the day like 2026-03-31.")
            return None

    def money(self, name: str, value: object, currency: str) -> Money | None:
        told = str(value).strip()
        try:
            return Money.parse(told, currency) if told else None
        except LedgerError as error:
            self.wrong(name, f"Write a plain amount like 1234.50: {error}.")
            return None

    def plain(self, name: str, value: object) -> str:
        told = str(value).strip()
        if told and number(told) is None:
            self.wrong(name, "Write a plain number like 12 or 0.25.")
        return told

    def wrong(self, name: str, what: str) -> None:
        self.problems.setdefault(f"{self.at}{name}", what)


def read_draft(wanted: DraftInput, *, from_erp: bool = False) -> Draft | dict[str, str]:
    """The draft as a value, or what must be corrected by field ("lines.2.amount").

    `from_erp`: it is about an invoice that the ERP has, which nobody else may name as source.
    """
    reader = _Reader()
    currency = _currency(reader, wanted.currency)
    issued_on = reader.day("issued_on", wanted.issued_on)
    if issued_on is None:
        reader.wrong("issued_on", "Write the day like 2026-03-31.")
    if not _SOURCE.fullmatch(wanted.source) or (wanted.source == FROM_ERP and not from_erp):
        reader.wrong("source", "A source is a small word like manual, file or hubspot.")
    if not wanted.source_id.strip():
        reader.wrong("source_id", "Name what the invoice is made from.")
    if len(wanted.lines) > MOST_LINES:
        reader.wrong("lines", f"At most {MOST_LINES} lines.")
    lines = _lines(reader, wanted.lines[:MOST_LINES], currency)
    draft = Draft(
        id=0,
        source=wanted.source,
        source_id=reader.text("source_id", wanted.source_id),
        version=1,
        state="draft",
        currency=currency,
        issued_on=issued_on or date.min,
        lines=lines,
        customer_id=wanted.customer_id,
        bill_to=_bill_to(reader, wanted.bill_to),
        due_on=reader.day("due_on", wanted.due_on),
        facts=_facts(reader, wanted, currency),
        exchange_rate=reader.plain("exchange_rate", wanted.exchange_rate),
    )
    draft = replace(draft, **_texts(reader, wanted))
    return reader.problems or draft


def _texts(reader: _Reader, wanted: DraftInput) -> dict[str, Any]:
    words = ("customer_name", "customer_email", "number", "po_number", "memo")
    ids = (
        "terms_netsuite_id", "subsidiary_netsuite_id", "ar_account_netsuite_id",
        "department_netsuite_id", "class_netsuite_id", "location_netsuite_id",
    )  # fmt: skip
    told: dict[str, Any] = {name: reader.text(name, getattr(wanted, name)) for name in words}
    return told | {name: reader.erp_id(name, getattr(wanted, name)) for name in ids}


def _facts(reader: _Reader, wanted: DraftInput, currency: str) -> DraftFacts:
    return DraftFacts(
        customer_external_id=reader.text("customer_external_id", wanted.customer_external_id),
        customer_erp_id=reader.text("customer_erp_id", wanted.customer_erp_id),
        customer_phone=reader.text("customer_phone", wanted.customer_phone),
        po_amount=reader.money("po_amount", wanted.po_amount, currency),
        po_blanket=wanted.po_blanket,
        tax_exempt=wanted.tax_exempt,
        tax_place=reader.text("tax_place", wanted.tax_place),
    )


def _bill_to(reader: _Reader, raw: Mapping[str, str]) -> BillTo:
    for name in raw:
        if name not in _BILL_TO:
            reader.wrong(f"bill_to.{name}", f"Known here: {', '.join(_BILL_TO)}.")
    told = {name: reader.text(f"bill_to.{name}", raw.get(name, "")) for name in _BILL_TO}
    told["country"] = told["country"].upper()
    if told["country"] and not re.fullmatch("[A-Z]{2}", told["country"]):
        reader.wrong("bill_to.country", "Write the two letters of the country, like DE.")
    return BillTo(**told)


def _currency(reader: _Reader, text: str) -> str:
    code = text.strip().upper()
    try:
        exponent(code)
    except LedgerError:
        reader.wrong("currency", "Write the three letters of the currency, like USD.")
        return "USD"
    return code


def _lines(reader: _Reader, lines: tuple[LineInput, ...], currency: str) -> tuple[DraftLine, ...]:
    found = []
    for n, line in enumerate(lines, 1):
        reader.at = f"lines.{n}."
        found.append(_line(reader, line, currency))
    reader.at = ""
    return tuple(found)


def _line(reader: _Reader, line: LineInput, currency: str) -> DraftLine:
    amount = reader.money("amount", line.amount, currency)
    if amount is None:
        reader.wrong("amount", "A line needs an amount.")
    ids = ("item_netsuite_id", "department_netsuite_id", "class_netsuite_id",
           "location_netsuite_id")  # fmt: skip
    chosen: dict[str, Any] = {name: reader.erp_id(name, getattr(line, name)) for name in ids}
    return DraftLine(
        product=reader.text("product", line.product),
        amount=amount or Money.zero(currency),
        quantity=reader.plain("quantity", line.quantity) or "1",
        rate=reader.plain("rate", line.rate),
        description=reader.text("description", line.description),
        service_starts_on=reader.day("service_starts_on", line.service_starts_on),
        service_ends_on=reader.day("service_ends_on", line.service_ends_on),
        tax_code=reader.text("tax_code", line.tax_code),
        tax_rate=reader.plain("tax_rate", line.tax_rate),
        tax=reader.money("tax", line.tax, currency),
        usage=line.usage,
        discount=line.discount,
        **chosen,
    )


def written(draft: Draft) -> DraftInput:
    """The draft as somebody would write it: the other way round."""
    texts = {
        one.name: getattr(draft, one.name)
        for one in fields(DraftInput)
        if one.name.endswith("netsuite_id") or one.name in _SAME
    }
    facts, to = draft.facts, draft.bill_to
    return DraftInput(
        issued_on=draft.issued_on.isoformat(),
        due_on=draft.due_on.isoformat() if draft.due_on else "",
        lines=tuple(_written_line(line) for line in draft.lines),
        bill_to={name: getattr(to, name) for name in _BILL_TO if getattr(to, name)},
        customer_phone=facts.customer_phone,
        customer_external_id=facts.customer_external_id,
        customer_erp_id=facts.customer_erp_id,
        po_amount=facts.po_amount.plain() if facts.po_amount else "",
        po_blanket=facts.po_blanket,
        tax_exempt=facts.tax_exempt,
        tax_place=facts.tax_place,
        **texts,
    )


def _written_line(line: DraftLine) -> LineInput:
    start, end = line.service_starts_on, line.service_ends_on
    same = {
        one.name: getattr(line, one.name)
        for one in fields(LineInput)
        if one.name not in ("amount", "tax", "service_starts_on", "service_ends_on")
    }
    return LineInput(
        amount=line.amount.plain(),
        tax=line.tax.plain() if line.tax is not None else "",
        service_starts_on=start.isoformat() if start else "",
        service_ends_on=end.isoformat() if end else "",
        **same,
    )


_SAME = (
    "source", "source_id", "currency", "customer_id", "customer_name", "customer_email",
    "exchange_rate", "number", "po_number", "memo",
)  # fmt: skip
