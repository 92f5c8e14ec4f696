"""Rows of parties and lists as the port's values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from domain.ledger.party import ContactRole
from erp.netsuite.config import CustomFields
from erp.netsuite.connection import Reading
from erp.netsuite.numbers import plain, rounded, truth
from erp.netsuite.suiteql import Row
from erp.port import (
    ErpAccount,
    ErpClassification,
    ErpContact,
    ErpCustomer,
    ErpItem,
    ErpPeriod,
    ErpRate,
    ErpSubsidiary,
    ErpTerm,
)

_ROLES = frozenset(role.value for role in ContactRole)
_SEVERAL = re.compile(r"[\s,\x05]+")


def subsidiary(row: Row, currencies: Mapping[str, str]) -> ErpSubsidiary:
    """A row of `subsidiary`."""
    return ErpSubsidiary(
        netsuite_id=row["id"],
        name=row.get("name", ""),
        currency=currencies.get(row.get("currency", ""), ""),
        country=row.get("country", ""),
    )


def period(row: Row) -> ErpPeriod:
    """A row of `accountingperiod`."""
    return ErpPeriod(
        netsuite_id=row["id"],
        name=row["periodname"],
        starts_on=date.fromisoformat(row["startdate"]),
        ends_on=date.fromisoformat(row["enddate"]),
        closed=truth(row.get("closed")),
        ar_locked=truth(row.get("arlocked")),
        all_locked=truth(row.get("alllocked")),
    )


def customer(row: Row, reading: Reading, fields: CustomFields) -> ErpCustomer:
    """A row of `customer`."""
    name = row.get("altname") or row.get("companyname") or row.get("fullname") or row["entityid"]
    hold = truth(row.get("oncredithold")) or row.get("creditholdoverride", "").upper() == "ON"
    known = reading.currencies
    currency = known.get(row.get("currency", ""), known.get("", ""))
    return ErpCustomer(
        netsuite_id=row["id"],
        entity_number=row.get("entityid", ""),
        name=name,
        legal_name=row.get("companyname", ""),
        currency=currency,
        parent_netsuite_id=row.get("parent"),
        subsidiary_netsuite_id=row.get("subsidiary"),
        email=row.get("email", "").strip().lower(),
        phone=row.get("phone", ""),
        country=row.get(fields.country, ""),
        region=row.get(fields.region, ""),
        timezone=row.get(fields.timezone, ""),
        language=row.get("language", "")[:2].lower(),
        inactive=truth(row.get("isinactive")),
        credit_hold=hold,
        credit_limit=_limit(row.get("creditlimit"), currency),
        terms_netsuite_id=row.get("terms", ""),
        external_id=row.get("externalid", ""),
        stripe_customer_id=row.get(fields.stripe_customer, ""),
        modified_at=reading.modified(row),
        custom=tuple((name, row[name]) for name in fields.of_customers if name in row),
    )


def _limit(text: str | None, currency: str) -> Money | None:
    try:
        return rounded(text, currency) if text else None
    except (ValueError, LedgerError):
        return None


def contact(row: Row, fields: CustomFields) -> ErpContact:
    """A row of `contact`; without a role of ours a person counts as a primary contact."""
    role = row.get(fields.contact_role, "").lower()
    full = f"{row.get('firstname', '')} {row.get('lastname', '')}".strip()
    return ErpContact(
        netsuite_id=row["id"],
        customer_netsuite_id=row["company"],
        name=full or row.get("entityid", ""),
        email=row.get("email", "").strip().lower(),
        role=role if role in _ROLES else ContactRole.PRIMARY.value,
        language=row.get(fields.contact_language, "")[:2].lower(),
        inactive=truth(row.get("isinactive")),
    )


def term(row: Row) -> ErpTerm:
    """A row of `term`; date-driven and instalment terms have no plain number of days."""
    special = truth(row.get("datedriven")) or truth(row.get("installment"))
    return ErpTerm(
        netsuite_id=row["id"],
        name=row.get("name", ""),
        days=None if special else _whole(row.get("daysuntilnetdue", "0")),
        discount_percent=row.get("discountpercent", ""),
        discount_days=_whole(row.get("daysuntilexpiry")),
        inactive=truth(row.get("isinactive")),
    )


def item(row: Row, deferral: str) -> ErpItem:
    """A row of `item`."""
    return ErpItem(
        netsuite_id=row["id"],
        name=row.get("itemid") or row.get("displayname", ""),
        type=row.get("itemtype", ""),
        description=row.get("description") or row.get("displayname", ""),
        income_account_netsuite_id=row.get("incomeaccount", ""),
        deferral_account_netsuite_id=row.get(deferral, ""),
        revenue_rule=row.get("revenuerecognitionrule", ""),
        subsidiary_netsuite_ids=_ids(row.get("subsidiary", "")),
        inactive=truth(row.get("isinactive")),
    )


def account(row: Row, currencies: Mapping[str, str]) -> ErpAccount:
    """A row of `account`."""
    return ErpAccount(
        netsuite_id=row["id"],
        number=row.get("acctnumber", ""),
        name=row.get("fullname", ""),
        type=row.get("accttype", ""),
        currency=currencies.get(row["currency"], "") if "currency" in row else "",
        subsidiary_netsuite_ids=_ids(row.get("subsidiary", "")),
        summary=truth(row.get("issummary")),
        inactive=truth(row.get("isinactive")),
    )


def classification(row: Row, kind: str) -> ErpClassification:
    """A row of `department`, `classification` or `location`."""
    inactive = truth(row.get("isinactive"))
    return ErpClassification(row["id"], kind, row.get("name", ""), inactive)


def rate(row: Row, currencies: Mapping[str, str]) -> ErpRate:
    """A row of `currencyrate`. Raises KeyError for a currency nobody knows."""
    return ErpRate(
        base=currencies[row["basecurrency"]],
        currency=currencies[row["transactioncurrency"]],
        on=date.fromisoformat(row["effectivedate"]),
        rate=plain(row["exchangerate"]),
    )


def _whole(text: str | None) -> int | None:
    if text is None:
        return None
    whole = plain(text)
    return int(whole) if whole.isdecimal() else None


def _ids(text: str) -> tuple[str, ...]:
    """Ids of a multiple-select column."""
    return tuple(part for part in _SEVERAL.split(text) if part.isdecimal())
