"""A mirror written as short texts, taken into the books of revenue, and read back as texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel import col, select

from domain.ledger.money import Money
from domain.revenue.settings import RevenueSettings
from flows.revenue.intake import TakenIn, take_in
from sources.revenue_policy import revenue_settings
from store.credit_lines import CreditMemoLineRow
from store.engine import Database, Session
from store.erp_masters import ItemRow
from store.lines import InvoiceLineRow
from store.parties import CustomerRow, SubsidiaryRow
from store.receivables import ApplicationRow, CreditMemoRow, InvoiceRow
from store.revenue import (
    RevenueCellRow,
    RevenueEventRow,
    RevenueObligationRow,
    RevenuePeriodRow,
    RevenuePostingRow,
    RevenueSourceRow,
)

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
ITEMS = {
    # id: name, income account, deferral account
    "1": ("Platform", "400", "240"),
    "2": ("Training", "410", "240"),
    "3": ("Setup", "420", ""),
    "4": ("Bundle", "400", "240"),
    "5": ("Bad debt", "600", ""),
    "6": ("Goodwill", "409", ""),
    "8": ("Odd", "", ""),
}
SETTINGS = """
mode: journal
defaults: {method: even_periods, contra_account: "409"}
items:
  Platform: {type: subscription, stand_alone_price: {USD: 900.00}}
  Training: {type: service, stand_alone_price: {USD: 300.00}}
  Setup: {type: service, without_dates: at_billing}
  Bundle: {bundle: [Platform, Training]}
bad_debt_items: [Bad debt]
concession_items: [Goodwill]
"""


def settings(more: str = "", base: str = SETTINGS) -> RevenueSettings:
    return revenue_settings(base + more, "revenue.yaml")


@dataclass(slots=True)
class Books:
    """Writes mirror rows and runs the intake; every method is one transaction or more."""

    db: Database
    settings: RevenueSettings
    now: datetime = NOW
    _hash: int = 0

    async def begin(self) -> None:
        """Two subsidiaries, customers Elm (USD) and Oak (EUR), and the items."""
        async with self.db.begin() as session:
            session.add(SubsidiaryRow(netsuite_id="1", name="Main", currency="USD"))
            session.add(SubsidiaryRow(netsuite_id="2", name="Europe", currency="EUR"))
            await session.flush()
            for name, currency in (("Elm", "USD"), ("Oak", "EUR")):
                row = CustomerRow(netsuite_id=f"c-{name}", name=name, currency=currency)
                row.subsidiary_id = 1
                session.add(row)
            for key, (name, income, deferral) in ITEMS.items():
                session.add(
                    ItemRow(
                        netsuite_id=key,
                        name=name,
                        type="Service",
                        income_account_netsuite_id=income,
                        deferral_account_netsuite_id=deferral,
                    )
                )

    async def invoice(self, text: str, *lines: str) -> int:
        """`invoice("INV1 of Elm 2026-01-05 [rate 1.1]", "1 1200.00 2026-01-01 2026-12-31")`.

        A line is item, amount and maybe its service; "tax 20.00" is one of tax. The same number
        again changes it.
        """
        number, _, customer, on, *rate = text.split()
        currency = "EUR" if rate else "USD"
        read = [(n, *_line(line, currency)) for n, line in enumerate(lines, 1)]
        whole = sum(amount for _, _, amount, *_ in read)
        async with self.db.begin() as session:
            row = await self._invoice(session, number)
            row.customer_id = 1 if customer == "Elm" else 2
            row.currency, row.subsidiary_id = currency, 1
            row.total_minor = row.open_minor = whole
            row.issued_on = row.due_on = date.fromisoformat(on)
            row.exchange_rate = rate[1] if rate else ""
            row.status, row.gone_at, row.row_hash = "open", None, self._next()
            session.add(row)
            await session.flush()
            before = await session.exec(
                select(InvoiceLineRow).where(InvoiceLineRow.invoice_id == row.id)
            )
            for old in before.all():
                await session.delete(old)
            await session.flush()
            for n, item, minor, starts_on, ends_on in read:
                session.add(
                    InvoiceLineRow(
                        invoice_id=row.id,
                        line=n,
                        amount_minor=minor,
                        item_netsuite_id="" if item == "tax" else item,
                        tax=item == "tax",
                        service_starts_on=starts_on,
                        service_ends_on=ends_on,
                    )
                )
            return row.id

    async def credit(self, text: str, *lines: str, applied: str = "") -> None:
        """`credit("CM1 of INV1 2026-03-05", "1 600.00")`; "of -" stands alone.

        `applied` is "INV1 600.00": what it is set against.
        """
        number, _, of, on = text.split()
        read = [(n, *_line(line, "USD")) for n, line in enumerate(lines, 1)]
        async with self.db.begin() as session:
            found = await session.exec(select(CreditMemoRow).where(CreditMemoRow.number == number))
            memo = found.first() or CreditMemoRow(
                netsuite_id=f"n-{number}",
                number=number,
                customer_id=1,
                currency="USD",
                issued_on=date.fromisoformat(on),
            )
            memo.subsidiary_id, memo.row_hash = 1, self._next()
            memo.total_minor = sum(amount for _, _, amount, *_ in read)
            session.add(memo)
            await session.flush()
            old = await session.exec(
                select(CreditMemoLineRow).where(CreditMemoLineRow.credit_memo_id == memo.id)
            )
            for one in old.all():
                await session.delete(one)
            await session.flush()
            session.add_all(_credit_lines(memo.id, of, read))
            await _lines_read(session, memo)
            if applied:
                target, amount = applied.split()
                invoice = await self._invoice(session, target)
                session.add(
                    ApplicationRow(
                        invoice_id=invoice.id,
                        credit_memo_id=memo.id,
                        amount_minor=Money.parse(amount, "USD").minor,
                    )
                )

    async def void(self, number: str, kind: type[InvoiceRow] | type[CreditMemoRow]) -> None:
        async with self.db.begin() as session:
            found = await session.exec(select(kind).where(kind.number == number))
            row = found.one()
            assert isinstance(row, InvoiceRow | CreditMemoRow)
            row.status, row.row_hash = "voided", self._next()
            session.add(row)
            if isinstance(row, CreditMemoRow):
                await _lines_read(session, row)

    async def take(self, *, thorough: bool = False) -> TakenIn:
        return await take_in(self.db, self.settings, self.now, batch=2, thorough=thorough)

    async def _invoice(self, session: Session, number: str) -> InvoiceRow:
        found = await session.exec(select(InvoiceRow).where(InvoiceRow.number == number))
        day = self.now.date()
        return found.first() or InvoiceRow(
            netsuite_id=f"n-{number}",
            number=number,
            customer_id=1,
            currency="USD",
            issued_on=day,
            due_on=day,
        )

    def _next(self) -> str:
        self._hash += 1
        return f"h{self._hash}"

    async def line(self, key: str) -> RevenueObligationRow:
        async with self.db.read() as session:
            found = await session.exec(
                select(RevenueObligationRow).where(RevenueObligationRow.key == key)
            )
            return found.one()

    async def lines(self) -> dict[str, str]:
        """Every line: its status, planned amount, and the code of a hold."""
        async with self.db.read() as session:
            rows = (await session.exec(select(RevenueObligationRow))).all()
        return {
            row.key: f"{row.status} {row.planned_minor} {row.hold_code}".strip() for row in rows
        }

    async def cells(self, key: str, record: str = "") -> dict[str, int]:
        """What a line plans by service period."""
        async with self.db.read() as session:
            rows = await session.exec(
                select(RevenueCellRow)
                .join(
                    RevenueObligationRow,
                    col(RevenueObligationRow.id) == RevenueCellRow.obligation_id,
                )
                .where(RevenueObligationRow.key == key)
                .order_by(col(RevenueCellRow.service_starts_on))
            )
        found: dict[str, int] = {}
        for row in rows.all():
            if record in ("", row.record_id):
                found[row.service_period] = found.get(row.service_period, 0) + row.amount_minor
        return {period: minor for period, minor in found.items() if minor}

    async def events(self) -> list[str]:
        async with self.db.read() as session:
            rows = await session.exec(select(RevenueEventRow).order_by(col(RevenueEventRow.id)))
            return [f"{row.kind} {row.record_id} {row.revision}" for row in rows.all()]

    async def posted(self, key: str = "") -> dict[str, int]:
        """Amounts by posting period, of one line or of all."""
        async with self.db.read() as session:
            query = (
                select(RevenuePeriodRow.name, RevenuePostingRow)
                .join(RevenuePeriodRow, col(RevenuePeriodRow.id) == RevenuePostingRow.period_id)
                .join(
                    RevenueObligationRow,
                    col(RevenueObligationRow.id) == RevenuePostingRow.obligation_id,
                )
                .order_by(col(RevenuePeriodRow.starts_on))
            )
            if key:
                query = query.where(RevenueObligationRow.key == key)
            found: dict[str, int] = {}
            for name, row in (await session.exec(query)).all():
                found[name] = found.get(name, 0) + row.amount_minor
            return found


def _credit_lines(
    memo_id: int, of: str, read: list[tuple[int, str, int, date | None, date | None]]
) -> list[CreditMemoLineRow]:
    return [
        CreditMemoLineRow(
            credit_memo_id=memo_id,
            line=n,
            amount_minor=minor,
            item_netsuite_id=item,
            created_from_netsuite_id="" if of == "-" else f"n-{of}",
            service_starts_on=starts_on,
            service_ends_on=ends_on,
        )
        for n, item, minor, starts_on, ends_on in read
    ]


async def _lines_read(session: Session, memo: CreditMemoRow) -> None:
    """The lines of a memo were fetched as it stands."""
    found = await session.exec(
        select(RevenueSourceRow).where(
            RevenueSourceRow.kind == "credit_lines",
            RevenueSourceRow.netsuite_id == memo.netsuite_id,
        )
    )
    row = found.first() or RevenueSourceRow(
        kind="credit_lines", netsuite_id=memo.netsuite_id, row_hash="", read_at=NOW
    )
    row.row_hash = memo.row_hash
    session.add(row)


def _line(text: str, currency: str) -> tuple[str, int, date | None, date | None]:
    item, amount, *days = text.split()
    starts_on, ends_on = (
        (date.fromisoformat(days[0]), date.fromisoformat(days[1])) if days else (None, None)
    )
    return item, Money.parse(amount, currency).minor, starts_on, ends_on
