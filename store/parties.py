"""Customers, their contacts and the seller's subsidiaries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Boolean, Column, String, false
from sqlmodel import Field, SQLModel, col, select

from domain.ledger.party import CcMode, Contact, ContactRole, Customer
from domain.ledger.zones import PlaceZone, zone_of_place
from store.columns import big, big_id, instant, json, ref, text_list
from store.engine import Session


class SubsidiaryRow(SQLModel, table=True):
    """A legal entity of the seller."""

    __tablename__ = "subsidiary"
    id: int = big_id()
    netsuite_id: str = Field(unique=True)
    name: str
    currency: str
    country: str = ""


class CustomerRow(SQLModel, table=True):
    """A customer as last seen in the ERP, plus how we may treat it.

    Ours, never written by a pass over the ERP: natural_person, auto_followup, send_mode, vip,
    cc_mode, slack_channel, tags, owner_user_id.
    """

    __tablename__ = "customer"
    id: int = big_id()
    netsuite_id: str = Field(unique=True)
    entity_number: str = ""
    name: str = Field(index=True)
    legal_name: str = ""
    parent_id: int | None = ref("customer.id", nullable=True)
    subsidiary_id: int | None = ref("subsidiary.id", nullable=True)
    currency: str
    email: str = ""
    phone: str = ""
    country: str = ""
    region: str = ""
    timezone: str = "UTC"
    language: str = "en"
    inactive: bool = False
    credit_hold: bool = False
    credit_limit_minor: int | None = big(nullable=True)
    terms_netsuite_id: str = ""
    external_id: str = ""
    custom: dict[str, object] = json()
    natural_person: bool = False
    auto_followup: bool = False
    collections_changed_at: datetime | None = instant(nullable=True)
    collections_changed_by: str | None = None
    send_mode: str | None = None
    vip: bool = Field(
        default=False, sa_column=Column(Boolean, nullable=False, server_default=false())
    )
    cc_mode: str | None = None
    slack_channel: str | None = None
    stripe_customer_id: str | None = Field(default=None, index=True)
    tags: list[str] = text_list()
    owner_user_id: int | None = None
    row_hash: str = ""
    erp_modified_at: datetime | None = instant(nullable=True)
    seen_at: datetime | None = instant(nullable=True)


class ContactRow(SQLModel, table=True):
    """A person at a customer. Suppressed contacts are never written to."""

    __tablename__ = "contact"
    id: int = big_id()
    netsuite_id: str | None = Field(default=None, unique=True)
    customer_id: int = ref("customer.id")
    name: str = ""
    email: str = Field(default="", index=True)
    role: str = Field(default=ContactRole.BILLING, sa_column=Column(String, nullable=False))
    language: str = "en"
    suppressed_at: datetime | None = instant(nullable=True)
    suppressed_reason: str = ""
    away_until: date | None = None


def zone_of(row: CustomerRow) -> PlaceZone:
    """The zone of a customer: the one on file, else that of their place, else UTC."""
    if row.timezone:
        return PlaceZone(row.timezone)
    return zone_of_place(row.country, row.region) or PlaceZone("UTC")


def customer_value(row: CustomerRow) -> Customer:
    """The row as a domain value."""
    zone = zone_of(row)
    return Customer(
        id=row.id,
        netsuite_id=row.netsuite_id,
        name=row.name,
        currency=row.currency,
        subsidiary_id=row.subsidiary_id or 0,
        parent_id=row.parent_id,
        legal_name=row.legal_name,
        country=row.country,
        region=row.region,
        timezone=zone.name,
        language=row.language,
        auto_followup=row.auto_followup,
        tags=tuple(row.tags),
        natural_person=row.natural_person,
        vip=row.vip,
        cc_mode=CcMode(row.cc_mode or "default"),
        send_mode=row.send_mode or "",
        slack_channel=row.slack_channel or "",
        inactive=row.inactive,
        zone_west=zone.west,
    )


def contact_value(row: ContactRow, today: date | None = None) -> Contact:
    """The row as a domain value. Who is away is so on `today`."""
    away = today is not None and row.away_until is not None and today < row.away_until
    return Contact(
        id=row.id,
        name=row.name,
        email=row.email,
        role=ContactRole(row.role),
        language=row.language,
        suppressed=row.suppressed_at is not None,
        away=away,
    )


async def customer(session: Session, customer_id: int) -> CustomerRow | None:
    """The customer, or None."""
    return await session.get(CustomerRow, customer_id)


async def contacts_of(session: Session, customer_id: int) -> Sequence[ContactRow]:
    """All contacts of a customer, suppressed ones included, in a stable order."""
    found = await session.exec(
        select(ContactRow).where(ContactRow.customer_id == customer_id).order_by(col(ContactRow.id))
    )
    return found.all()


async def contacts_by_email(session: Session, email: str) -> Sequence[ContactRow]:
    """Contacts with this address, at any customer; compared without case."""
    found = await session.exec(select(ContactRow).where(ContactRow.email == email.lower()))
    return found.all()


async def subsidiary_names(session: Session) -> dict[str, str]:
    """The names of the seller's subsidiaries by their ERP id."""
    found = await session.exec(select(SubsidiaryRow).order_by(col(SubsidiaryRow.id)))
    return {row.netsuite_id: row.name for row in found.all()}


async def subsidiary_netsuite_id(session: Session, subsidiary_id: int) -> str:
    """The ERP's id of a subsidiary of the seller, "" when it is unknown."""
    row = await session.get(SubsidiaryRow, subsidiary_id)
    return "" if row is None else row.netsuite_id


async def ids_by_netsuite(session: Session, netsuite_ids: Sequence[str]) -> dict[str, int]:
    """Our ids of customers by the ERP's."""
    found = await session.exec(
        select(CustomerRow.netsuite_id, CustomerRow.id).where(
            col(CustomerRow.netsuite_id).in_(netsuite_ids)
        )
    )
    return dict(found.all())
