"""What was imported, as somebody goes through it before collections start: customers, documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_
from sqlalchemy import select as columns
from sqlmodel import col, select

from domain.ledger.money import Money
from domain.ledger.party import ContactRole
from store.engine import Session
from store.overdue import like
from store.pages import COLLECTABLE
from store.parties import ContactRow, CustomerRow
from store.receivables import InvoiceRow

READINESS = ("ready", "needs_contact", "credit_hold", "inactive")
SWITCHES = ("on", "off")


@dataclass(frozen=True, slots=True)
class ImportFilter:
    """Which customers to list. `state` is one of READINESS, `collections` one of SWITCHES."""

    text: str = ""
    state: str = ""
    collections: str = ""
    currency: str = ""
    owing: bool = True


@dataclass(frozen=True, slots=True)
class ImportedCustomer:
    """A customer with its open balance by currency, and what stands before collections."""

    id: int
    netsuite_id: str
    name: str
    entity_number: str
    state: str
    collecting: bool
    open: tuple[Money, ...]
    open_count: int


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """Customers by readiness and switch, under a filter's text and currency."""

    counted: dict[tuple[str, str], int]

    @property
    def states(self) -> dict[str, int]:
        return {code: self._sum(state=code) for code in READINESS}

    @property
    def switches(self) -> dict[str, int]:
        return {code: self._sum(switch=code) for code in SWITCHES}

    @property
    def total(self) -> int:
        return self._sum()

    def fitting(self, wanted: ImportFilter) -> int:
        """How many fit the whole filter."""
        return self._sum(wanted.state, wanted.collections)

    def _sum(self, state: str = "", switch: str = "") -> int:
        return sum(
            n
            for (stands, moved), n in self.counted.items()
            if state in ("", stands) and switch in ("", moved)
        )


def _role(role: ContactRole) -> ColumnElement[bool]:
    return and_(
        col(ContactRow.customer_id) == col(CustomerRow.id), col(ContactRow.role) == role.value
    )


def _reached(role: ContactRole) -> ColumnElement[bool]:
    usable = and_(col(ContactRow.suppressed_at).is_(None), col(ContactRow.email) != "")
    return exists().where(_role(role), usable)


REACHABLE: ColumnElement[bool] = or_(
    _reached(ContactRole.BILLING),
    and_(~exists().where(_role(ContactRole.BILLING)), _reached(ContactRole.PRIMARY)),
)
STATE: ColumnElement[str] = case(
    (col(CustomerRow.inactive), "inactive"),
    (col(CustomerRow.credit_hold), "credit_hold"),
    (~REACHABLE, "needs_contact"),
    else_="ready",
)


async def imported_customers(
    session: Session, wanted: ImportFilter, *, limit: int, offset: int = 0
) -> list[ImportedCustomer]:
    """A page by name, in two queries however long it is."""
    query = (
        _narrow(
            columns(
                col(CustomerRow.id),
                col(CustomerRow.netsuite_id),
                col(CustomerRow.name),
                col(CustomerRow.entity_number),
                col(CustomerRow.auto_followup),
                STATE.label("state"),
            ),
            wanted,
        )
        .order_by(func.lower(CustomerRow.name), col(CustomerRow.id))
        .limit(limit)
        .offset(offset)
    )
    connection = await session.connection()
    found = (await connection.execute(query)).all()
    balances = await _balances(session, [row.id for row in found])
    return [
        ImportedCustomer(
            id=row.id,
            netsuite_id=row.netsuite_id,
            name=row.name,
            entity_number=row.entity_number,
            state=row.state,
            collecting=row.auto_followup,
            open=tuple(amount for amount, _ in balances.get(row.id, ())),
            open_count=sum(n for _, n in balances.get(row.id, ())),
        )
        for row in found
    ]


async def import_counts(session: Session, wanted: ImportFilter) -> ImportCounts:
    """How many customers stand how, whatever state or switch the filter asks for."""
    loose = ImportFilter(wanted.text, currency=wanted.currency, owing=wanted.owing)
    query = _narrow(
        columns(STATE.label("state"), col(CustomerRow.auto_followup), func.count()), loose
    ).group_by("state", col(CustomerRow.auto_followup))
    connection = await session.connection()
    counted = {
        (state, "on" if collecting else "off"): number
        for state, collecting, number in (await connection.execute(query)).all()
    }
    return ImportCounts(counted)


async def fitting_ids(session: Session, wanted: ImportFilter, *, limit: int) -> list[int]:
    """Ids of the customers that fit, at most `limit`."""
    query = _narrow(columns(col(CustomerRow.id)), wanted).order_by(col(CustomerRow.id)).limit(limit)
    connection = await session.connection()
    return [row[0] for row in (await connection.execute(query)).all()]


async def anything_imported(session: Session) -> bool:
    """Whether any customer was read from the ERP yet."""
    return (await session.exec(select(CustomerRow.id).limit(1))).first() is not None


def _narrow(query: Select[*tuple[Any, ...]], wanted: ImportFilter) -> Select[*tuple[Any, ...]]:
    if wanted.text:
        pattern = like(wanted.text)
        query = query.where(
            or_(
                col(CustomerRow.name).ilike(pattern, escape="\\"),
                col(CustomerRow.entity_number).ilike(pattern, escape="\\"),
            )
        )
    if wanted.state in READINESS:
        query = query.where(literal(wanted.state) == STATE)
    if wanted.collections in SWITCHES:
        query = query.where(col(CustomerRow.auto_followup).is_(wanted.collections == "on"))
    owed = exists().where(col(InvoiceRow.customer_id) == col(CustomerRow.id), COLLECTABLE)
    if wanted.currency:
        owed = owed.where(col(InvoiceRow.currency) == wanted.currency)
    return query.where(owed) if wanted.owing or wanted.currency else query


async def _balances(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[Money, int]]]:
    found = await session.exec(
        select(
            InvoiceRow.customer_id,
            InvoiceRow.currency,
            func.sum(InvoiceRow.open_minor),
            func.count(),
        )
        .where(COLLECTABLE, col(InvoiceRow.customer_id).in_(ids))
        .group_by(col(InvoiceRow.customer_id), col(InvoiceRow.currency))
        .order_by(col(InvoiceRow.customer_id), col(InvoiceRow.currency))
    )
    balances: dict[int, list[tuple[Money, int]]] = {}
    for customer_id, currency, minor, number in found.all():
        balances.setdefault(customer_id, []).append((Money(int(minor), currency), number))
    return balances
