"""Records made and changed, each at most once; and how they stand afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, assert_never

from domain.ledger.errors import LedgerError
from erp.netsuite.client import Denied, Lost, QueryRefused, Unsent, Written
from erp.netsuite.connection import RECORDS, plain_id, values
from erp.netsuite.errors import Kind
from erp.netsuite.reading.parties import Parties
from erp.netsuite.writing import bodies, likeness, readback
from erp.netsuite.writing.line_dates import no_place
from erp.port import (
    CustomerToCreate,
    ErpCustomer,
    ErpRefused,
    ErpUnavailable,
    InvoiceChanges,
    InvoiceToPost,
    NotSent,
    Posted,
    RecordKind,
    Rejected,
    Unclear,
    WriteOutcome,
)

T = TypeVar("T")
PATHS: Mapping[RecordKind, str] = {
    "payment": "customerPayment",
    "invoice": "invoice",
    "credit_memo": "creditMemo",
    "customer": "customer",
    "journal": "journalEntry",
    "refund": "customerRefund",
    "deposit_application": "depositApplication",
}
_TYPES: Mapping[RecordKind, str] = {
    "payment": "CustPymt",
    "invoice": "CustInvc",
    "credit_memo": "CustCred",
    "journal": "Journal",
    "refund": "CustRfnd",
    "deposit_application": "DepAppl",
}
_NAMED = "SELECT t.id FROM transaction t WHERE t.externalid = ? AND t.type = ? ORDER BY t.id ASC"
_NAMED_CUSTOMER = "SELECT c.id FROM customer c WHERE c.externalid = ? ORDER BY c.id ASC"


class Writes(Parties):
    """The part of the port that writes. Nothing is repeated once it may have arrived."""

    async def find_record(self, kind: RecordKind, external_id: str) -> str | None:
        if kind == "customer":
            found = await self.query.rows(_NAMED_CUSTOMER, (external_id,))
        else:
            found = await self.query.rows(_NAMED, (external_id, _TYPES[kind]))
        ids = values(kind, found, lambda row: plain_id(row["id"]))
        return ids[0] if ids else None

    async def find_payment(self, external_id: str) -> str | None:
        return await self.find_record("payment", external_id)

    async def post_invoice(self, invoice: InvoiceToPost) -> WriteOutcome:
        known = self.client.config.conventions
        refused = await no_place(self, "invoice", invoice.lines)
        if refused is not None:
            return refused

        def body(currency_id: str) -> bodies.Body:
            return bodies.invoice_body(invoice, currency_id, known)

        return await self.created("invoice", invoice.currency, body)

    async def read_invoice(self, netsuite_id: str) -> InvoiceToPost | None:
        known, conventions = await self.currencies(), self.client.config.conventions
        record = await self.record("invoice", netsuite_id)
        return read_as("invoice", record, lambda it: readback.invoice_of(it, known, conventions))

    async def change_invoice(self, changes: InvoiceChanges) -> WriteOutcome:
        path = f"{RECORDS}/invoice/{plain_id(changes.netsuite_id)}"
        return outcome_of(await self.client.change(path, {}, bodies.changes_body(changes)))

    async def create_customer(self, customer: CustomerToCreate) -> WriteOutcome:
        numbered = self.client.config.conventions.customer_numbers

        def body(currency_id: str) -> bodies.Body:
            return bodies.customer_body(customer, currency_id, numbered=numbered)

        return await self.created("customer", customer.currency, body)

    async def read_customer(self, netsuite_id: str) -> CustomerToCreate | None:
        known = await self.currencies()
        record = await self.record("customer", netsuite_id)
        return read_as("customer", record, lambda it: readback.customer_of(it, known))

    async def similar_customers(self, name: str, email: str) -> Sequence[ErpCustomer]:
        found: dict[str, ErpCustomer] = {}
        for select in likeness.searches(name, email, self.client.config.fields):
            for customer in await self.customers_of(await self.query.all(select)):
                if likeness.alike(customer, name, email):
                    found[customer.netsuite_id] = customer
        return list(found.values())

    async def created(
        self, kind: RecordKind, currency: str, body_of: Callable[[str], bodies.Body]
    ) -> WriteOutcome:
        """Create a record whose body needs the ERP's id of its currency."""
        try:
            known = await self.currencies()
        except (ErpUnavailable, ErpRefused) as error:
            return NotSent(str(error))
        ids = {symbol: key for key, symbol in known.items() if key} or {known[""]: ""}
        if currency not in ids:
            return Rejected("currency", f"the account has no currency {currency}")
        try:
            body = body_of(ids[currency])
        except ValueError as error:
            return Rejected(Kind.BAD_REQUEST.value, str(error))
        return outcome_of(await self.client.create(f"{RECORDS}/{PATHS[kind]}", body))

    async def record(self, kind: RecordKind, netsuite_id: str) -> Mapping[str, Any] | None:
        """The record with its sublists, or None if there is none."""
        path = f"{RECORDS}/{PATHS[kind]}/{plain_id(netsuite_id)}"
        try:
            record = await self.client.get(path, {"expandSubResources": "true"})
        except QueryRefused as refused:
            if refused.problem.kind is Kind.NOT_FOUND:
                return None
            raise
        if not isinstance(record, Mapping) or str(record.get("id")) != netsuite_id:
            raise ErpUnavailable("NetSuite answered with something that is no record")
        return record


def read_as(
    what: str, record: Mapping[str, Any] | None, value_of: Callable[[Mapping[str, Any]], T]
) -> T | None:
    """The value of a record. Raises ErpRefused where it makes no sense."""
    try:
        return None if record is None else value_of(record)
    except (ValueError, LedgerError) as error:
        raise ErpRefused(f"{what} {record and record.get('id')} cannot be read: {error}") from error


def outcome_of(ended: Written | Denied | Unsent | Lost) -> WriteOutcome:
    """How a write ended, in the port's words."""
    match ended:
        case Written(netsuite_id=made):
            return Posted(made)
        case Denied(problem=problem):
            return Rejected(problem.kind.value, problem.detail)
        case Unsent(reason=reason):
            return NotSent(reason)
        case Lost(reason=reason):
            return Unclear(reason)
        case _:
            assert_never(ended)
