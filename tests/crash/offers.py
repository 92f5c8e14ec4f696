"""Effects to be carried out while workers die: payments of real invoices, invoices, and mails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from sqlmodel import col, select

from domain.ledger.money import Money
from effects import decide
from effects.actor import Actor, ActorKind, Person, Role
from effects.kinds import (
    AppliedAmount,
    CreateCustomer,
    CreateInvoice,
    Effect,
    InvoiceLineContent,
    PostCustomerPayment,
    SendEmail,
)
from effects.policy import ApprovalPolicy, KindPolicy, Rule
from effects.propose import Because, propose
from erp.identity import external_id
from store.drafts import InvoiceDraftRow
from store.engine import Database, Session
from store.parties import CustomerRow
from store.receivables import InvoiceRow, PaymentRow
from store.touchpoints import ThreadRow
from tests.crash.cash_offers import CASH_KINDS, CashOffers, Claim

_ALL = KindPolicy((Rule("all", "automatic"),))
KINDS = (PostCustomerPayment.kind, SendEmail.kind, CreateInvoice.kind, *CASH_KINDS)
POLICY = ApprovalPolicy("crash", dict.fromkeys((*KINDS, CreateCustomer.kind), _ALL))
AGENT = Actor(ActorKind.AGENT, "crash")
CONTROLLER = Person(1, "Controller", Role.CONTROLLER)
_ITEM = "501"


async def claims(db: Database) -> Sequence[Claim]:
    """Open invoices in dollars, large enough for many small payments."""
    async with db.read() as session:
        found = await session.exec(
            select(InvoiceRow, CustomerRow)
            .join(CustomerRow, col(CustomerRow.id) == col(InvoiceRow.customer_id))
            .where(InvoiceRow.currency == "USD", InvoiceRow.status == "open")
            .where(col(InvoiceRow.open_minor) >= 100_000)
            .order_by(col(InvoiceRow.id))
        )
        return [
            Claim(invoice.id, invoice.netsuite_id, invoice.number, customer.id,
                  customer.netsuite_id)
            for invoice, customer in found.all()
        ]  # fmt: skip


class Offers:
    """Proposes numbered effects and remembers what must be found outside."""

    def __init__(
        self, db: Database, open_claims: Sequence[Claim], cash: CashOffers | None = None
    ) -> None:
        self._db = db
        self.cash = cash
        self._claims = open_claims
        self._numbers = count(1)
        self.external_ids: list[str] = []
        self.message_ids: list[str] = []
        self.invoice_ids: list[str] = []
        self.customer_ids: list[str] = []

    @property
    def count(self) -> int:
        made = (self.external_ids, self.message_ids, self.invoice_ids, self.customer_ids)
        return sum(map(len, made)) + (self.cash.count if self.cash else 0)

    async def make(self, kind: str, now: datetime) -> None:
        """Propose one effect, approved by policy and on its way."""
        await self.make_all([kind], now)

    async def make_all(self, kinds: Sequence[str], now: datetime) -> None:
        """Propose effects of these kinds in one transaction."""
        async with self._db.begin() as session:
            for kind in kinds:
                for effect in await self._effects(session, kind, now):
                    because = Because("crash", {"confidence": 100})
                    made = await propose(
                        session, effect, policy=POLICY, because=because, by=AGENT, now=now
                    )
                    if made.state == "proposed":
                        seen = (made.effect_id, effect.fingerprint(), CONTROLLER)
                        await decide.approve(session, *seen, POLICY, now)

    async def _effects(self, session: Session, kind: str, now: datetime) -> Sequence[Effect]:
        number = next(self._numbers)
        claim = self._claims[number % len(self._claims)]
        if kind in CASH_KINDS and self.cash is not None:
            return await self.cash.make(session, kind, number, claim, now)
        return [await self._effect(session, kind, number, claim, now)]

    async def _effect(
        self, session: Session, kind: str, number: int, claim: Claim, now: datetime
    ) -> Effect:
        match kind:
            case SendEmail.kind:
                return await self._mail(session, number, claim, now)
            case CreateInvoice.kind:
                return await self._invoice(session, number, claim, now)
            case CreateCustomer.kind:
                return self._customer(number)
            case _:
                return await self._payment(session, number, claim, now)

    def _customer(self, number: int) -> CreateCustomer:
        ours = external_id("crash", "crash", str(number), "customer")
        self.customer_ids.append(ours)
        return CreateCustomer(
            source="crash", source_id=str(number), name=f"Crash{number:06}", currency="USD",
            external_id=ours, email=f"ap@crash{number:06}.example", subsidiary_netsuite_id="1",
        )  # fmt: skip

    async def _mail(self, session: Session, number: int, claim: Claim, now: datetime) -> SendEmail:
        thread = ThreadRow(
            customer_id=claim.customer_id, subject="", token=f"crash-{number}", created_at=now
        )
        session.add(thread)
        await session.flush()
        message_id = f"<crash-{number}@larkfield.example>"
        self.message_ids.append(message_id)
        return SendEmail(
            customer_id=claim.customer_id, purpose="reply", occasion=f"crash-{number}",
            thread_id=thread.id, to=(f"reader-{number}@elsewhere.example",),
            subject=f"Number {number}", text="Thank you.", html="<p>Thank you.</p>",
            message_id=message_id, reply_to="ar@larkfield.example",
            envelope_from="ar@larkfield.example",
        )  # fmt: skip

    async def _invoice(
        self, session: Session, number: int, claim: Claim, now: datetime
    ) -> CreateInvoice:
        total = Money(10_000 + number, "USD")
        draft = InvoiceDraftRow(
            source="crash", source_id=str(number), customer_id=claim.customer_id, currency="USD",
            total_minor=total.minor, issued_on=now.date(), state="submitted", created_by="crash",
            created_at=now, updated_at=now,
        )  # fmt: skip
        session.add(draft)
        await session.flush()
        ours = external_id("crash", "crash", str(number), "invoice")
        self.invoice_ids.append(ours)
        return CreateInvoice(
            draft_id=draft.id, source="crash", source_id=str(number),
            customer_id=claim.customer_id, customer_netsuite_id=claim.customer_netsuite_id,
            currency="USD", total=total, issued_on=now.date(), due_on=None,
            lines=(InvoiceLineContent(_ITEM, "Support plan", total),), external_id=ours,
            number=f"CRASH-{number}",
        )  # fmt: skip

    async def _payment(
        self, session: Session, number: int, claim: Claim, now: datetime
    ) -> PostCustomerPayment:
        amount = Money(100 + number % 900, "USD")
        row = PaymentRow(
            source="crash", source_id=str(number), customer_id=claim.customer_id,
            currency="USD", amount_minor=amount.minor, unapplied_minor=amount.minor,
            received_on=now.date(), state="proposed", created_at=now,
        )  # fmt: skip
        session.add(row)
        await session.flush()
        ours = external_id("crash", "crash", str(number))
        self.external_ids.append(ours)
        line = AppliedAmount(claim.invoice_id, claim.invoice_netsuite_id, claim.number, amount)
        return PostCustomerPayment(
            payment_id=row.id, source="crash", source_id=str(number),
            customer_id=claim.customer_id, customer_netsuite_id=claim.customer_netsuite_id,
            amount=amount, received_on=now.date(), applications=(line,), external_id=ours,
            reference=f"crash {number}",
        )  # fmt: skip
