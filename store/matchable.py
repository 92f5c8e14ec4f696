"""What a receipt may be set against: invoices and credits of some customers, as items.

Every question is bounded and every answer in a stable order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import Index, String, cast, func, or_, text
from sqlmodel import col, select

from domain.ledger.errors import LedgerError
from domain.ledger.invoice import InvoiceStatus
from domain.ledger.money import Money
from domain.matching.item import EarlyDiscount, Item, ItemKind, ItemState
from store.engine import Session
from store.erp_masters import TermRow
from store.receipts import FOLDED_NUMBER, folded_column
from store.receivables import CreditMemoRow, InvoiceRow, PaymentRow
from store.settlements import SettlementRow

MOST_OPEN = 2_000
_MOST_NAMED = 500
_MOST_EQUAL = 50
_MOST_CLOSED = 300
_MOST_CREDITS = 300
_FOLDED_PO = folded_column(InvoiceRow.po_number)
_OPEN = (col(InvoiceRow.status) == InvoiceStatus.OPEN.value) & (col(InvoiceRow.open_minor) > 0)
INDEXES = (Index("ix_invoice_folded_po", _FOLDED_PO, postgresql_where=text("po_number <> ''")),)


async def named(session: Session, words: Sequence[str]) -> Sequence[InvoiceRow]:
    """Invoices of any state whose number or purchase order is one of `words`, folded."""
    asked = list(words)
    if not asked:
        return []
    ordered = (col(InvoiceRow.due_on).desc(), col(InvoiceRow.id))
    numbered = select(InvoiceRow).where(FOLDED_NUMBER.in_(asked)).order_by(*ordered)
    ordered_by = select(InvoiceRow).where(col(InvoiceRow.po_number) != "", _FOLDED_PO.in_(asked))
    first = (await session.exec(numbered.limit(_MOST_NAMED))).all()
    second = (await session.exec(ordered_by.order_by(*ordered).limit(_MOST_NAMED))).all()
    return _unique((*first, *second))


async def open_of(
    session: Session, customers: Collection[int], ids: Collection[int]
) -> Sequence[InvoiceRow]:
    """Open invoices of these customers, in every currency, and these by id in any state."""
    found = await session.exec(
        select(InvoiceRow)
        .where(
            or_(
                _OPEN & col(InvoiceRow.customer_id).in_(sorted(customers)),
                col(InvoiceRow.id).in_(sorted(ids)),
            )
        )
        .order_by(col(InvoiceRow.due_on), col(InvoiceRow.id))
        .limit(MOST_OPEN + 1)
    )
    return found.all()


async def equal_to(session: Session, amount: Money) -> Sequence[InvoiceRow]:
    """Anybody's open invoices of exactly this balance."""
    found = await session.exec(
        select(InvoiceRow)
        .where(_OPEN, col(InvoiceRow.open_minor) == amount.minor)
        .where(col(InvoiceRow.currency) == amount.currency)
        .order_by(col(InvoiceRow.due_on), col(InvoiceRow.id))
        .limit(_MOST_EQUAL)
    )
    return found.all()


async def closed_of(
    session: Session, customers: Collection[int], currency: str
) -> Sequence[InvoiceRow]:
    """These customers' invoices that are paid or void, the latest."""
    closed = (InvoiceStatus.PAID.value, InvoiceStatus.VOIDED.value)
    found = await session.exec(
        select(InvoiceRow)
        .where(col(InvoiceRow.customer_id).in_(sorted(customers)))
        .where(col(InvoiceRow.status).in_(closed), col(InvoiceRow.currency) == currency)
        .order_by(col(InvoiceRow.issued_on).desc(), col(InvoiceRow.id))
        .limit(_MOST_CLOSED)
    )
    return found.all()


async def decoys(
    session: Session, currency: str, customers: Collection[int], seed: str, count: int
) -> Sequence[InvoiceRow]:
    """Open invoices of other customers, drawn by `seed`: what amounts look like elsewhere."""
    drawn = func.md5(cast(col(InvoiceRow.netsuite_id), String).op("||")(seed))
    found = await session.exec(
        select(InvoiceRow)
        .where(_OPEN, col(InvoiceRow.currency) == currency)
        .where(col(InvoiceRow.customer_id).not_in(sorted(customers)))
        .order_by(drawn, col(InvoiceRow.id))
        .limit(count)
    )
    return found.all()


async def terms(session: Session) -> Mapping[str, TermRow]:
    """Payment terms with an early-payment discount, by the ERP's id."""
    found = await session.exec(select(TermRow).where(col(TermRow.discount_days).is_not(None)))
    return {row.netsuite_id: row for row in found.all()}


async def credits_of(
    session: Session, customers: Collection[int], currency: str, *, except_payment: int
) -> tuple[Item, ...]:
    """What stands in these customers' favour: memos, deposits, journals, unapplied payments."""
    memos = await _memos(session, customers, currency)
    settled = await _settlements(session, customers, currency)
    payments = await session.exec(
        select(PaymentRow)
        .where(col(PaymentRow.customer_id).in_(sorted(customers)))
        .where(col(PaymentRow.currency) == currency, col(PaymentRow.unapplied_minor) > 0)
        .where(col(PaymentRow.netsuite_id).is_not(None), col(PaymentRow.state) != "reversed")
        .where(col(PaymentRow.id) != except_payment)
        .order_by(col(PaymentRow.id))
        .limit(_MOST_CREDITS)
    )
    return (
        *(_memo(row) for row in memos),
        *(_settlement(row) for row in settled),
        *(_unapplied(row) for row in payments.all()),
    )


async def _memos(
    session: Session, customers: Collection[int], currency: str
) -> Sequence[CreditMemoRow]:
    found = await session.exec(
        select(CreditMemoRow)
        .where(col(CreditMemoRow.customer_id).in_(sorted(customers)))
        .where(col(CreditMemoRow.currency) == currency, col(CreditMemoRow.open_minor) > 0)
        .where(col(CreditMemoRow.status) == "open", col(CreditMemoRow.gone_at).is_(None))
        .order_by(col(CreditMemoRow.id))
        .limit(_MOST_CREDITS)
    )
    return found.all()


async def _settlements(
    session: Session, customers: Collection[int], currency: str
) -> Sequence[SettlementRow]:
    found = await session.exec(
        select(SettlementRow)
        .where(col(SettlementRow.customer_id).in_(sorted(customers)))
        .where(col(SettlementRow.currency) == currency, col(SettlementRow.open_minor) > 0)
        .where(col(SettlementRow.kind).in_(("deposit", "journal")))
        .where(col(SettlementRow.status) == "open", col(SettlementRow.gone_at).is_(None))
        .order_by(col(SettlementRow.id))
        .limit(_MOST_CREDITS)
    )
    return found.all()


def invoice_item(
    row: InvoiceRow, spoken: Mapping[int, int], known_terms: Mapping[str, TermRow]
) -> Item:
    """The row with what others on their way will pay taken off its open balance."""
    left = max(row.open_minor - spoken.get(row.id, 0), 0)
    return Item(
        kind=ItemKind.INVOICE,
        id=row.id,
        number=row.number,
        customer_id=row.customer_id,
        open=Money(left, row.currency),
        total=Money(row.total_minor, row.currency),
        issued_on=row.issued_on,
        due_on=row.due_on,
        state=_state(row, left),
        subsidiary_id=row.subsidiary_id,
        references=(row.po_number,) if row.po_number else (),
        discount=_discount(row, known_terms.get(row.terms_netsuite_id)),
    )


def _state(row: InvoiceRow, left: int) -> ItemState:
    if row.status == InvoiceStatus.OPEN.value and row.gone_at is None:
        return ItemState.OPEN if left else ItemState.PAID
    return ItemState.PAID if row.status == InvoiceStatus.PAID.value else ItemState.VOIDED


def _discount(row: InvoiceRow, term: TermRow | None) -> EarlyDiscount | None:
    """What the terms allow for paying early, on an invoice on which nothing was paid yet."""
    if term is None or term.discount_days is None or row.open_minor != row.total_minor:
        return None
    try:
        basis_points = Money.parse(term.discount_percent.rstrip(" %"), "USD").minor
    except LedgerError:
        return None
    if not 0 < basis_points < 10_000:
        return None
    amount, _ = Money(row.total_minor, row.currency).split([basis_points, 10_000 - basis_points])
    return EarlyDiscount(amount, row.issued_on + timedelta(days=term.discount_days))


def _memo(row: CreditMemoRow) -> Item:
    return _credit(ItemKind.CREDIT_MEMO, row, row.issued_on, row.total_minor, row.open_minor)


def _settlement(row: SettlementRow) -> Item:
    kind = ItemKind.DEPOSIT if row.kind == "deposit" else ItemKind.JOURNAL
    return _credit(kind, row, row.on_day, row.total_minor, row.open_minor)


def _unapplied(row: PaymentRow) -> Item:
    kind = ItemKind.UNAPPLIED_PAYMENT
    return _credit(kind, row, row.received_on, row.amount_minor, row.unapplied_minor)


def _credit(
    kind: ItemKind,
    row: CreditMemoRow | SettlementRow | PaymentRow,
    on: date,
    total_minor: int,
    open_minor: int,
) -> Item:
    return Item(
        kind=kind,
        id=row.id,
        number=row.number,
        customer_id=row.customer_id or 0,
        open=Money(open_minor, row.currency),
        total=Money(max(total_minor, open_minor), row.currency),
        issued_on=on,
        due_on=on,
        subsidiary_id=row.subsidiary_id,
    )


def _unique(rows: Sequence[InvoiceRow]) -> Sequence[InvoiceRow]:
    return tuple({row.id: row for row in rows}.values())
