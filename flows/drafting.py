"""Invoices in the making: written by a person or a program, changed, dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from effects.actor import Actor
from store.engine import Session


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


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft stands. `created` is False when it stood already, or was changed."""

    draft_id: int
    created: bool


@dataclass(frozen=True, slots=True)
class Invalid:
    """What must be corrected, by field ("lines.2.amount", "line 3" of a file)."""

    problems: dict[str, str]


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no such thing."""


@dataclass(frozen=True, slots=True)
class Closed:
    """It cannot be changed as it stands: what it waits for or why it is over."""

    reason: str


async def create_draft(
    session: Session, wanted: DraftInput, by: Actor, now: datetime
) -> Saved | Invalid:
    """Put a draft on the list. The same source and id twice, with the same content, is one."""
    raise NotImplementedError


async def edit_draft(
    session: Session, draft_id: int, changes: Mapping[str, object], by: Actor, now: datetime
) -> Saved | Invalid | Missing | Closed:
    """Change fields of DraftInput (`lines`: all of them, as mappings); takes back what waited."""
    raise NotImplementedError


async def drop_draft(
    session: Session, draft_id: int, reason: str, by: Actor, now: datetime
) -> Saved | Missing | Closed:
    """Give a draft up, and take back what waited for approval."""
    raise NotImplementedError


async def begin_changes(
    session: Session, invoice_id: int, by: Actor, now: datetime
) -> Saved | Missing | Closed:
    """A draft of changes to an invoice of the ERP: due date, PO number, memo or terms."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What became of a file: drafts made, drafts that stood already."""

    created: tuple[int, ...]
    known: tuple[int, ...]


async def upload_drafts(
    session: Session, name: str, content: bytes, by: Actor, now: datetime
) -> Uploaded | Invalid:
    """Drafts from a CSV or JSON file, all or none; problems name lines. Twice adds nothing."""
    raise NotImplementedError
