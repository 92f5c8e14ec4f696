"""The ERP's master data as values: parties, periods, and the lists that documents refer to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.ledger.money import Money


@dataclass(frozen=True, slots=True)
class ErpSubsidiary:
    """A legal entity of the seller."""

    netsuite_id: str
    name: str
    currency: str
    country: str


@dataclass(frozen=True, slots=True)
class ErpCustomer:
    """A customer as the ERP has it."""

    netsuite_id: str
    entity_number: str
    name: str
    legal_name: str
    currency: str
    parent_netsuite_id: str | None = None
    subsidiary_netsuite_id: str | None = None
    email: str = ""
    phone: str = ""
    country: str = ""
    region: str = ""
    timezone: str = ""
    language: str = ""
    inactive: bool = False
    credit_hold: bool = False
    credit_limit: Money | None = None
    terms_netsuite_id: str = ""
    external_id: str = ""
    stripe_customer_id: str = ""
    modified_at: datetime | None = None
    custom: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ErpContact:
    """A contact as the ERP has it; `role` is one of domain.ledger.party.ContactRole."""

    netsuite_id: str
    customer_netsuite_id: str
    name: str
    email: str
    role: str
    language: str = ""
    inactive: bool = False


@dataclass(frozen=True, slots=True)
class ErpPeriod:
    """An accounting period."""

    netsuite_id: str
    name: str
    starts_on: date
    ends_on: date
    closed: bool
    ar_locked: bool
    all_locked: bool


@dataclass(frozen=True, slots=True)
class ErpTerm:
    """Payment terms. A date-driven or instalment term has no plain number of days."""

    netsuite_id: str
    name: str
    days: int | None
    discount_percent: str = ""
    discount_days: int | None = None
    inactive: bool = False


@dataclass(frozen=True, slots=True)
class ErpItem:
    """Something that can stand on an invoice line. Account ids are "" where the role sees none."""

    netsuite_id: str
    name: str
    type: str
    description: str = ""
    income_account_netsuite_id: str = ""
    deferral_account_netsuite_id: str = ""
    revenue_rule: str = ""
    subsidiary_netsuite_ids: tuple[str, ...] = ()
    inactive: bool = False


@dataclass(frozen=True, slots=True)
class ErpAccount:
    """A ledger account; `type` is NetSuite's (AcctRec, Bank, Income, DeferRevenue ...)."""

    netsuite_id: str
    number: str
    name: str
    type: str
    currency: str = ""
    subsidiary_netsuite_ids: tuple[str, ...] = ()
    summary: bool = False
    inactive: bool = False


@dataclass(frozen=True, slots=True)
class ErpClassification:
    """A department, class or location; `kind` says which."""

    netsuite_id: str
    kind: str
    name: str
    inactive: bool = False


@dataclass(frozen=True, slots=True)
class ErpRate:
    """What one unit of `currency` was worth in `base` on a day; `rate` is plain decimal text."""

    base: str
    currency: str
    on: date
    rate: str
