"""An imported account, people who ask for credits and approve them, and the real performers."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlmodel import SQLModel, select

from app.policies import DEFAULTS
from app.wiring import _erp_hands
from domain.ledger.credits import Reason
from domain.ledger.money import Money
from effects import decide
from effects.answers import Refusal
from effects.performer import Ended, perform
from erp.port import InvoiceToPost, LineToPost, Posted
from flows.cash_books import CashBooks, Ledger
from flows.credit_books import CreditBooks, CreditItem
from flows.credits.asked import CreditAsked, CreditRefused, Requested
from flows.credits.requesting import request_credit
from flows.desk import Desk
from flows.invoicing import NotReady, submit
from flows.revenue.credit_lines import mirror_credit_lines
from flows.sync.first_import import first_import
from flows.sync.passes import fast_pass
from sources.policy_file import load_approval
from store.credit_requests import requests_on
from store.drift import standing
from store.effects import EffectRow
from store.engine import Database
from store.lines import InvoiceLineRow
from store.parties import CustomerRow
from store.receivables import InvoiceRow
from store.unsettled import unsettled
from tests.effects.outside import ANNA, CLEO
from tests.erp.account import START, Connected, connected, small_company
from tests.flows.scene import desk

COMPANY = replace(small_company(24, 110), breadth=True)
CASH = CashBooks(
    receivable=Ledger("2", "Receivables"), refund=Ledger("1", "Bank"), gain=Ledger("7", "Gain")
)
CREDITS = CreditBooks(
    bad_debt=CreditItem("515", "bad debt"),
    undelivered=CreditItem("516", "not delivered"),
    concession=CreditItem("517", "concession"),
    small_difference=CreditItem("518", "small difference"),
    tax=Ledger("10", "Sales tax"),
    recovery=Ledger("20", "Recovery"),
)


@dataclass(slots=True)
class Till:
    """Anna asks, Cleo approves; the ERP is the sandbox's."""

    db: Database
    netsuite: Connected
    desk: Desk

    async def asks(self, invoice: InvoiceRow, **asked: Any) -> Requested | CreditRefused:
        known: dict[str, Any] = {
            "reason": Reason.BILLING_ERROR, "source": f"test {invoice.number}", "source_id": "1",
            "note": "why",
        }  # fmt: skip
        wanted = CreditAsked(invoice.id, **{**known, **asked})
        async with self.db.begin() as session:
            return await request_credit(
                session, self.desk, wanted, ANNA.actor, self.netsuite.clock()
            )

    async def approved(self, *effect_ids: int) -> list[str]:
        """Let effects happen, one after the other; the states they end in."""
        now = self.netsuite.clock()
        for effect_id in effect_ids:
            async with self.db.begin() as session:
                row = await session.get(EffectRow, effect_id)
                assert row is not None
                if row.state == "proposed":
                    answer = await decide.approve(
                        session, effect_id, row.fingerprint, CLEO, self.desk.approval, now
                    )
                    assert not isinstance(answer, Refusal), answer
        return [await self.performed(effect_id) for effect_id in effect_ids]

    async def why_not_pushed(self, draft_id: int) -> str:
        """What keeps a draft from being submitted; "" if nothing does."""
        async with self.db.begin() as session:
            answer = await submit(session, draft_id, ANNA.actor, self.desk, self.netsuite.clock())
        return answer.reason if isinstance(answer, NotReady) else ""

    async def rejected(self, *effect_ids: int) -> None:
        """Say no to effects."""
        for effect_id in effect_ids:
            async with self.db.begin() as session:
                row = await session.get(EffectRow, effect_id)
                assert row is not None
                answer = await decide.reject(
                    session,
                    effect_id,
                    row.fingerprint,
                    CLEO,
                    self.desk.approval,
                    self.netsuite.clock(),
                )
                assert not isinstance(answer, Refusal), answer

    async def performed(self, effect_id: int) -> str:
        looks = [timedelta(seconds=1)]
        hands = _erp_hands(self.netsuite.erp, self.desk, self.netsuite.clock, looks)
        ended = await perform(self.db, effect_id, hands, self.netsuite.clock)
        assert isinstance(ended, Ended), ended
        return str(ended.state)

    async def rows(self, table: type[Any], /, **wanted: object) -> Sequence[Any]:
        query = select(table)
        for name, value in wanted.items():
            query = query.where(getattr(table, name) == value)
        async with self.db.read() as session:
            return (await session.exec(query.order_by(table.id))).all()

    async def invoice(self, invoice_id: int) -> InvoiceRow:
        (found,) = await self.rows(InvoiceRow, id=invoice_id)
        assert isinstance(found, InvoiceRow)
        return found

    async def add(self, *rows: SQLModel) -> None:
        async with self.db.begin() as session:
            for row in rows:
                session.add(row)

    async def some(
        self, *, taxed: bool = False, dated: bool = False, foreign: bool | None = None
    ) -> InvoiceRow:
        """An open invoice nothing was paid of or asked about, of a customer without credits."""
        for row in await self.rows(InvoiceRow, status="open"):
            lines = await self.rows(InvoiceLineRow, invoice_id=row.id)
            has_tax = any(line.tax for line in lines)
            has_days = any(line.service_starts_on for line in lines)
            whole = row.open_minor == row.total_minor > 20_000
            if whole and lines and has_tax == taxed and has_days == dated:
                async with self.db.read() as session:
                    asked = await requests_on(session, row.id)
                    waits = await unsettled(session, row.id, row.currency)
                abroad = row.exchange_rate not in ("", "1")
                if not asked and not waits and foreign in (None, abroad):
                    assert isinstance(row, InvoiceRow)
                    return row
        raise AssertionError("the company has no such invoice")

    async def billed(self, *amounts: str) -> list[InvoiceRow]:
        """New invoices in dollars of one line each, with every memo's lines read."""
        customer = (await self.rows(CustomerRow, currency="USD"))[0]
        made, known = [], len(await self.rows(InvoiceRow))
        for n, amount in enumerate(amounts, known):
            lines = (LineToPost("501", Money.parse(amount, "USD")),)
            wanted = InvoiceToPost(f"b-{n}", customer.netsuite_id, "USD", START.date(), lines)
            posted = await self.netsuite.erp.post_invoice(wanted)
            assert isinstance(posted, Posted), posted
            made.append(posted.netsuite_id)
        await self.pass_finds()
        await mirror_credit_lines(self.db, self.netsuite.erp, self.netsuite.clock())
        return [(await self.rows(InvoiceRow, netsuite_id=one))[0] for one in made]

    async def pass_finds(self) -> int:
        """Drift after a pass: 0 when all that was done here stands in the ERP as we have it."""
        self.netsuite.clock.forward(minutes=5)
        await fast_pass(self.db, self.netsuite.erp, self.netsuite.clock())
        async with self.db.read() as session:
            return len(await standing(session))

    def booked(self, netsuite_id: str) -> dict[str, int]:
        """Debits less credits of a transaction in the books' minor units, by account."""
        rows = self.netsuite.account.store.rows(
            'SELECT account, SUM(amount) FROM transactionaccountingline WHERE "transaction" = ?'
            " GROUP BY account HAVING SUM(amount) <> 0",
            (int(netsuite_id),),
        )
        return {str(row[0]): int(row[1]) for row in rows}


@asynccontextmanager
async def opened(db: Database) -> AsyncGenerator[Till]:
    async with connected(COMPANY) as netsuite:
        await first_import(db, netsuite.erp, START)
        policy = load_approval(DEFAULTS / "approval.yaml")
        free = replace(desk(), approval=policy, cash=CASH, credits=CREDITS)
        yield Till(db, netsuite, free)


def journal_of(effect: EffectRow) -> dict[str, int]:
    """Debits less credits by account, as the effect was shown and approved."""
    found: dict[str, int] = {}
    review = effect.payload["review"]
    assert isinstance(review, dict)
    for line in review["journal"]:
        for side, sign in (("debit", 1), ("credit", -1)):
            if line[side]:
                number, currency = line[side].split()
                minor = Money.parse(number.replace(",", ""), currency).minor
                found[line["account"]] = found.get(line["account"], 0) + sign * minor
    return {account: minor for account, minor in found.items() if minor}
