"""The customers and invoices that the review of some drafts compares them with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.ledger.money import Money
from domain.ledger.party import dunning_recipients
from erp.review.draft import Draft
from erp.review.subject import CustomerFacts, KnownInvoice, KnownLine
from store import review_facts
from store.engine import Session
from store.lines import InvoiceLineRow
from store.parties import ContactRow, CustomerRow, contact_value
from store.receivables import InvoiceRow
from store.review_facts import Billed


@dataclass(frozen=True, slots=True)
class Ledger:
    """Customers by id; invoices by customer, number, external id and the ERP's id.

    `rates` are (base, currency, day, rate), the latest first; `ordered` are minor units billed by
    customer, purchase order in small letters, and currency.
    """

    customers: Mapping[int, CustomerFacts]
    invoices: Mapping[int, tuple[KnownInvoice, ...]]
    numbered: Mapping[str, Sequence[KnownInvoice]]
    external: Mapping[str, Sequence[KnownInvoice]]
    by_netsuite_id: Mapping[str, KnownInvoice]
    rates: Sequence[tuple[str, str, date, str]]
    ordered: Mapping[tuple[int, str, str], int]

    def of_customer(self, customer_id: int | None) -> tuple[KnownInvoice, ...]:
        return () if customer_id is None else self.invoices.get(customer_id, ())

    def rate(self, base: str, currency: str, on: date) -> str | None:
        """The rate of a day, or the latest one before it."""
        if base == currency:
            return "1"
        wanted = (base, currency)
        return next((r for b, c, day, r in self.rates if (b, c) == wanted and day <= on), None)


async def read_ledger(
    session: Session,
    drafts: Sequence[Draft],
    customer_ids: Collection[int],
    external_ids: Mapping[int, str],
) -> Ledger:
    """What these drafts are compared with; the number of questions does not depend on how many."""
    days = [draft.issued_on for draft in drafts] or [date.min]
    subsidiaries = {row.id: row.netsuite_id for row in await review_facts.subsidiaries(session)}
    mine = await review_facts.invoices_of(session, customer_ids, min(days)) if customer_ids else []
    named = await review_facts.invoices_named(
        session,
        numbers={d.number for d in drafts} - {""},
        external_ids=set(external_ids.values()),
        netsuite_ids={d.netsuite_id for d in drafts} - {""},
    )
    lines: dict[int, list[InvoiceLineRow]] = {}
    for line in await review_facts.lines_of(session, {row.id for row in (*mine, *named)}):
        lines.setdefault(line.invoice_id, []).append(line)
    known = {row.id: _invoice(row, lines.get(row.id, []), subsidiaries) for row in (*mine, *named)}
    named_ones = [known[row.id] for row in named]
    orders = {d.po_number for d in drafts} - {""}
    rates = await review_facts.rates(session, {d.currency for d in drafts}, min(days), max(days))
    return Ledger(
        customers=await _customers(session, customer_ids, subsidiaries),
        invoices=_by_customer([known[row.id] for row in mine]),
        numbered=_grouped(named_ones, [one.number for one in named_ones]),
        external=_grouped(named_ones, [one.external_id for one in named_ones]),
        by_netsuite_id={one.netsuite_id: one for one in named_ones},
        rates=[(r.base, r.currency, r.on_day, r.rate) for r in rates],
        ordered=await review_facts.billed_on_orders(session, customer_ids, orders)
        if orders
        else {},
    )


def _by_customer(invoices: Sequence[KnownInvoice]) -> dict[int, tuple[KnownInvoice, ...]]:
    found: dict[int, list[KnownInvoice]] = {}
    for one in invoices:
        found.setdefault(one.customer_id, []).append(one)
    return {customer_id: tuple(ones) for customer_id, ones in found.items()}


def _grouped(
    invoices: Sequence[KnownInvoice], keys: Sequence[str]
) -> dict[str, Sequence[KnownInvoice]]:
    found: dict[str, list[KnownInvoice]] = {}
    for one, name in zip(invoices, keys, strict=True):
        if name:
            found.setdefault(name, []).append(one)
    return {**found}


def _invoice(
    row: InvoiceRow, lines: Sequence[InvoiceLineRow], subsidiaries: Mapping[int, str]
) -> KnownInvoice:
    return KnownInvoice(
        id=row.id,
        netsuite_id=row.netsuite_id,
        number=row.number,
        customer_id=row.customer_id,
        total=Money(row.total_minor, row.currency),
        open=Money(row.open_minor, row.currency),
        issued_on=row.issued_on,
        due_on=row.due_on,
        alive=review_facts.alive(row),
        po_number=row.po_number,
        memo=row.memo,
        external_id=row.external_id,
        terms_netsuite_id=row.terms_netsuite_id,
        subsidiary_netsuite_id=subsidiaries.get(row.subsidiary_id or 0, ""),
        modified_at=row.erp_modified_at,
        lines=tuple(_line(one, row.currency) for one in lines),
    )


def _line(row: InvoiceLineRow, currency: str) -> KnownLine:
    return KnownLine(
        amount=Money(row.amount_minor, currency),
        item_netsuite_id=row.item_netsuite_id,
        account_netsuite_id=row.account_netsuite_id,
        quantity=row.quantity,
        memo=row.memo,
        service_starts_on=row.service_starts_on,
        service_ends_on=row.service_ends_on,
        tax=row.tax,
    )


async def _customers(
    session: Session, ids: Collection[int], subsidiaries: Mapping[int, str]
) -> dict[int, CustomerFacts]:
    if not ids:
        return {}
    contacts = await review_facts.contacts(session, ids)
    billed = await review_facts.billed(session, ids)
    related = await review_facts.relatives(session, ids)
    return {
        row.id: _facts(
            row,
            [one for one in contacts if one.customer_id == row.id],
            [one for one in billed if one.customer_id == row.id],
            subsidiaries,
            tuple(name for one, name in related if one == row.id),
        )
        for row in await review_facts.customers(session, ids)
    }


def _facts(
    row: CustomerRow,
    contacts: Sequence[ContactRow],
    billed: Sequence[Billed],
    subsidiaries: Mapping[int, str],
    relatives: tuple[str, ...],
) -> CustomerFacts:
    own = subsidiaries.get(row.subsidiary_id or 0, "")
    used = {subsidiaries.get(one.subsidiary_id or 0, "") for one in billed}
    limit = row.credit_limit_minor
    recipients = dunning_recipients(tuple(contact_value(one) for one in contacts))
    open_: dict[str, Money] = {}
    for one in billed:
        before = open_.get(one.currency, Money.zero(one.currency))
        open_[one.currency] = before + Money(one.open_minor, one.currency)
    return CustomerFacts(
        id=row.id,
        netsuite_id=row.netsuite_id,
        number=row.entity_number,
        name=row.name,
        currency=row.currency,
        legal_name=row.legal_name,
        country=row.country,
        inactive=row.inactive,
        credit_hold=row.credit_hold,
        credit_limit=None if limit is None else Money(limit, row.currency),
        terms_netsuite_id=row.terms_netsuite_id,
        subsidiary_netsuite_id=own,
        currencies=frozenset({row.currency, *(one.currency for one in billed)}),
        subsidiaries=frozenset({own, *used} - {""}),
        reachable=bool(recipients or row.email),
        open=open_,
        relatives=relatives,
    )
