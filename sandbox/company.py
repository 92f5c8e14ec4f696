"""The seeded world as plain values: a seller, its debtors, their people and papers.

Amounts are minor units of the document's currency. Ids are the ERP's internal ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Temperament(StrEnum):
    """How a debtor behaves when an invoice falls due or a reminder arrives."""

    ON_TIME = "on_time"
    LATE = "late"
    AFTER_REMINDER = "after_reminder"
    PROMISE_KEEPER = "promise_keeper"
    PROMISE_BREAKER = "promise_breaker"
    DISPUTES = "disputes"
    ALREADY_PAID = "already_paid"
    OUT_OF_OFFICE = "out_of_office"
    BOUNCES = "bounces"
    SILENT = "silent"
    WANTS_NO_MAIL = "wants_no_mail"
    SENDS_LAWYERS = "sends_lawyers"
    WANTS_PAPERS = "wants_papers"


@dataclass(frozen=True, slots=True)
class Subsidiary:
    """A legal entity of the seller, with its base currency."""

    id: int
    name: str
    currency: str
    country: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone at a debtor; `role` is primary, billing, signatory or other."""

    id: int
    name: str
    email: str
    role: str
    language: str


@dataclass(frozen=True, slots=True)
class Debtor:
    """A customer of the seller as the ERP knows it, plus how it behaves."""

    id: int
    entity_id: str
    name: str
    legal_name: str
    parent_id: int | None
    subsidiary_id: int
    currency: str
    country: str
    region: str
    timezone: str
    language: str
    terms_days: int
    temperament: Temperament
    people: tuple[Person, ...]
    stripe_customer_id: str


@dataclass(frozen=True, slots=True)
class Claim:
    """An invoice in the ERP."""

    id: int
    number: str
    debtor_id: int
    subsidiary_id: int
    currency: str
    issued_on: date
    due_on: date
    total: int
    po_number: str
    memo: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """A customer payment or credit memo in the ERP, applied to claims as (claim id, amount)."""

    id: int
    number: str
    kind: str
    debtor_id: int
    subsidiary_id: int
    currency: str
    on: date
    amount: int
    applied: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Company:
    """The whole seeded world at `today`. `settlements` are of kind "payment" or "credit".

    With `breadth` the ERP also gets what a grown account has: invoices of several lines, moving
    exchange rates, credit limits, deposits, refunds, journals on receivables, sales orders.
    """

    name: str
    mail_address: str
    today: date
    subsidiaries: tuple[Subsidiary, ...]
    debtors: tuple[Debtor, ...]
    claims: tuple[Claim, ...]
    settlements: tuple[Settlement, ...]
    breadth: bool = False
