"""What is known of an invoice before it is credited: lines, what was taken, closed days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.ledger.billing.periods import Span
from domain.ledger.credit_rules import CreditLimits
from domain.ledger.credit_shares import line_taxes
from domain.ledger.credits import CreditableInvoice, CreditableLine, Ledger
from domain.ledger.money import Money, total
from store import credit_checks, credit_requests, erp_masters, lines, pages, parties
from store.credit_requests import Taken
from store.engine import Session
from store.erp_masters import ItemRow
from store.erp_names import ErpNames, erp_names
from store.lines import InvoiceLineRow
from store.parties import CustomerRow
from store.receivables import InvoiceRow
from store.review_facts import periods


@dataclass(frozen=True, slots=True)
class Books:
    """One invoice with everything around it, as far as the mirror and our requests know.

    `unread` is what memos may credit of it whose lines the mirror lacks.
    """

    row: InvoiceRow
    customer: CustomerRow
    rows: Sequence[InvoiceLineRow]
    invoice: CreditableInvoice
    items: Mapping[str, ItemRow]
    names: ErpNames
    closed: tuple[Span, ...]
    pending: Money
    unread: Money
    subsidiary_netsuite_id: str = ""

    @property
    def limits(self) -> CreditLimits:
        """Closed days. Who may approve how much is the approval policy's, at the gate."""
        return CreditLimits(closed=self.closed)

    def line(self, line_id: str) -> InvoiceLineRow | None:
        """The line of the ERP behind a line of the domain."""
        return next((one for one in self.rows if str(one.line) == line_id), None)


async def books_of(session: Session, invoice_id: int, *, but: int = 0) -> Books | None:
    """What is known of an invoice, None where there is no such invoice any more.

    `but` is a request that is left out of what was taken.
    """
    row = await pages.invoice(session, invoice_id)
    if row is None or row.gone_at is not None or row.status in ("voided", "rejected"):
        return None
    customer = await parties.customer(session, row.customer_id)
    if customer is None:
        return None
    found = await lines.lines_of(session, row.id)
    taken = await credit_requests.taken_of(session, row.id, but=but)
    items = {one.netsuite_id: one for one in await erp_masters.items(session)}
    shut = [p for p in await periods(session) if p.closed or p.ar_locked or p.all_locked]
    return Books(
        row=row,
        customer=customer,
        rows=found,
        invoice=creditable(row, found, taken, items),
        items=items,
        names=await erp_names(session),
        closed=tuple(Span(p.starts_on, p.ends_on) for p in shut),
        pending=Money(taken.pending, row.currency),
        unread=Money(await credit_checks.unread(session, row.id), row.currency),
        subsidiary_netsuite_id=(
            await parties.subsidiary_netsuite_id(session, row.subsidiary_id)
            if row.subsidiary_id is not None
            else ""
        ),
    )


def creditable(
    row: InvoiceRow,
    rows: Sequence[InvoiceLineRow],
    taken: Taken,
    items: Mapping[str, ItemRow],
) -> CreditableInvoice:
    """The invoice as the credit rules see it; its tax falls on its lines in proportion."""
    currency = row.currency
    items_only = [one for one in rows if not one.tax]
    nets = [Money(one.amount_minor, currency) for one in items_only]
    tax = total((Money(one.amount_minor, currency) for one in rows if one.tax), currency)
    whole = Money(row.total_minor, currency)
    offset = Money(taken.offset, currency)
    pending = Money(taken.pending, currency)
    return CreditableInvoice(
        id=row.number,
        ledger=Ledger(str(row.customer_id), currency, str(row.subsidiary_id or "")),
        total=whole,
        lines=tuple(
            CreditableLine(
                id=str(one.line),
                amount=net,
                tax=share,
                credited=Money((taken.lines or {}).get(one.line, 0), currency),
                tax_credited=Money((taken.taxes or {}).get(one.line, 0), currency),
                deferrable=_deferrable(one, items),
            )
            for one, net, share in zip(items_only, nets, line_taxes(tax, nets), strict=True)
        ),
        paid=whole - Money(row.open_minor, currency) - (offset - pending),
        offset=offset,
        refunded=Money(taken.refunded, currency),
        to_balance=Money(taken.to_balance, currency),
        exchange_rate=row.exchange_rate,
    )


def service_of(line: InvoiceLineRow | None) -> Span | None:
    """The days a line is for, where both are known."""
    if line is None or line.service_starts_on is None or line.service_ends_on is None:
        return None
    if line.service_ends_on < line.service_starts_on:
        return None
    return Span(line.service_starts_on, line.service_ends_on)


def _deferrable(line: InvoiceLineRow, items: Mapping[str, ItemRow]) -> bool:
    item = items.get(line.item_netsuite_id)
    ruled = item is not None and bool(item.revenue_rule or item.deferral_account_netsuite_id)
    return ruled and service_of(line) is not None
