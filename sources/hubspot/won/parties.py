"""Who buys: the primary company of a deal, and the people whose addresses stand on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.ledger.deal import DealCustomer
from sources.hubspot.account import PropertyNames
from sources.hubspot.rest.records import CompanyProperties, ContactProperties, Record, Target
from sources.hubspot.won.notes import Notes

# HubSpot's own association of a deal with its primary company (association type ids, HubSpot docs).
_PRIMARY = ("HUBSPOT_DEFINED", "5")
_EMAIL = re.compile(r"[^\s@<>\",;]{1,64}@[^\s@<>\",;]{1,189}\.[^\s@<>\",;.]{2,63}")
_MOST_EMAILS = 20
_BILLING = "billing"


def company_id(targets: Sequence[Target], notes: Notes) -> str:
    """The id of the primary company, or of the only one; empty with a problem noted."""
    primary = [
        target.id
        for target in targets
        if any((kin.category, kin.type_id) == _PRIMARY for kin in target.kinships)
    ]
    chosen = set(primary or (target.id for target in targets))
    if not chosen:
        notes.add("company_missing", "the deal has no company")
    if len(chosen) > 1:
        ids = ", ".join(sorted(chosen)[:10])
        notes.add("company_several", f"no company is the primary one: {ids}")
    return chosen.pop() if len(chosen) == 1 else ""


def contact_order(targets: Sequence[Target]) -> list[str]:
    """Ids of contacts, those whose label speaks of billing first."""
    billing = [
        target.id
        for target in targets
        if any(_BILLING in kin.label.lower() for kin in target.kinships)
    ]
    return list(dict.fromkeys([*billing, *(target.id for target in targets)]))


def customer_of(
    asked: str,
    company: Record | None,
    contacts: Iterable[Record],
    names: PropertyNames,
    notes: Notes,
) -> DealCustomer | None:
    """The buyer. HubSpot may answer with the company that the one asked for was merged into."""
    properties = company.read_as(CompanyProperties) if company is not None else None
    if company is None or properties is None:
        if asked:
            notes.add("company_missing", f"company {asked} cannot be read")
        return None
    notes.defined(company, names.of_company)
    name = properties.name or properties.domain
    if not name:
        notes.add("company_missing", f"company {company.id} has no name")
        return None
    return DealCustomer(
        external_id=company.id,
        name=name[:500],
        domain=properties.domain.lower(),
        country=properties.hs_country_code or properties.country,
        tax_id=company.own(names.tax_id),
        billing_address=_address(properties),
        emails=_emails(contacts),
        parent=properties.hs_parent_company_id,
        erp_id=company.own(names.erp_id),
        merged_ids=merged_ids(properties.hs_merged_object_ids, company.id, asked),
    )


def merged_ids(listed: str, own: str, asked: str = "") -> tuple[str, ...]:
    """Ids of merged objects: HubSpot lists them with semicolons."""
    found = [part.strip() for part in f"{listed};{asked}".split(";")]
    ids = dict.fromkeys(part for part in found if part.isascii() and part.isdigit())
    return tuple(part for part in ids if part != own)[:1_000]


def _address(company: CompanyProperties) -> tuple[str, ...]:
    place = " ".join(filter(None, (company.zip, company.city)))
    country = company.country or company.hs_country_code
    lines = (company.address, company.address2, place, company.state, country)
    return tuple(line[:200] for line in lines if line)


def _emails(contacts: Iterable[Record]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for contact in contacts:
        properties = contact.read_as(ContactProperties)
        if properties is not None and _EMAIL.fullmatch(properties.email):
            found[properties.email.lower()] = None
    return tuple(found)[:_MOST_EMAILS]
