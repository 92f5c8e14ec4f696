"""A small world in the database: customers, contacts and invoices written as short texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlmodel import SQLModel, select

from domain.dunning.facts import OwnFacts
from domain.dunning.policy import default_policy
from domain.ledger.money import Money
from domain.matching.decision import MatchClass
from domain.matching.policy import MatchingPolicy, Trial
from domain.matching.settings import MatchSettings
from effects.actor import Actor, ActorKind, Role
from effects.policy import ApprovalPolicy, KindPolicy, Rule
from flows.desk import Desk
from outreach.compose import Sender
from outreach.message import Mailbox
from store.engine import Database, Session, driver_connection
from store.parties import ContactRow, CustomerRow
from store.receivables import InvoiceRow, PaymentRow
from store.worklist import WorkItemRow, open_items

Row = TypeVar("Row", bound=SQLModel)
NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
BOB = Actor(ActorKind.PERSON, "7")
APPROVAL = ApprovalPolicy(
    "test",
    {
        "send_email": KindPolicy((Rule("mail is seen", Role.COLLECTOR),)),
        "post_customer_payment": KindPolicy((Rule("money is seen", Role.APPROVER),)),
    },
)

LARGEST = (Money(5_000_000, "USD"), Money(5_000_000, "EUR"))
MATCHING = MatchingPolicy(
    settings=MatchSettings(live=frozenset(MatchClass), cap=LARGEST), trial=Trial(60, 50_000)
)


def desk() -> Desk:
    """Northwind Supply writes from ar@northwind.example."""
    return Desk(
        tenant="t1",
        mailbox=Mailbox("ar@northwind.example", "Northwind Supply"),
        sender=Sender("Northwind Supply"),
        token_key=b"k" * 32,
        own=OwnFacts("Northwind Supply", addresses=("ar@northwind.example",)),
        approval=APPROVAL,
        dunning=default_policy(),
        matching=MATCHING,
    )


@dataclass(frozen=True, slots=True)
class Scene:
    """Writes rows and reads them back; every method is one transaction."""

    db: Database

    async def add(self, *rows: SQLModel) -> None:
        async with self.db.begin() as session:
            for row in rows:
                session.add(row)

    async def customer(
        self, name: str = "Acme", *, currency: str = "USD", stripe: str | None = None
    ) -> int:
        """A customer in New York with one billing contact, billing@{name}.example."""
        row = CustomerRow(
            netsuite_id=f"ns-{name}",
            name=name,
            currency=currency,
            country="US",
            timezone="America/New_York",
            auto_followup=True,
            stripe_customer_id=stripe,
        )
        await self.add(row)
        mail = f"billing@{name.lower()}.example"
        await self.add(ContactRow(customer_id=row.id, name="Ann Lee", email=mail))
        return row.id

    async def invoice(self, customer_id: int, text: str) -> int:
        """`invoice(1, "INV-1001 100.00 USD due 2026-03-01")`."""
        number, amount, currency, _, due = text.split()
        minor = Money.parse(amount, currency).minor
        row = InvoiceRow(
            netsuite_id=f"ns-{number}",
            number=number,
            customer_id=customer_id,
            currency=currency,
            total_minor=minor,
            open_minor=minor,
            issued_on=date(2026, 1, 5),
            due_on=date.fromisoformat(due),
        )
        await self.add(row)
        return row.id

    async def receipt(self, text: str, reference: str = "", **more: Any) -> int:
        """`receipt("100.00 USD", "INV-1001", customer_id=1, source="manual")`."""
        amount, currency = text.split()
        minor = Money.parse(amount, currency).minor
        values: dict[str, Any] = {
            "source": "manual",
            "source_id": f"{text} {reference}",
            "reference": reference,
            "currency": currency,
            "amount_minor": minor,
            "unapplied_minor": minor,
            "received_on": date(2026, 3, 9),
            **more,
        }
        if values["source"] == "manual" and values.get("customer_id") is not None:
            values.setdefault("named_by", "person")
        row = PaymentRow(**values)
        await self.add(row)
        return row.id

    async def pay(self, invoice_id: int) -> None:
        """The ERP says that an invoice is paid."""
        async with self.db.begin() as session:
            row = await session.get(InvoiceRow, invoice_id)
            assert row is not None
            row.open_minor, row.status = 0, "paid"
            session.add(row)

    async def all(self, kind: type[Row]) -> Sequence[Row]:
        async with self.db.read() as session:
            return (await session.exec(select(kind).order_by(*inspect(kind).primary_key))).all()

    async def items(self) -> list[WorkItemRow]:
        async with self.db.read() as session:
            return list(await open_items(session))

    async def jobs(self, task: str) -> list[dict[str, object]]:
        """The arguments of the jobs of a task, oldest first."""
        async with self.db.read() as session:
            return await _jobs(session, task)


async def _jobs(session: Session, task: str) -> list[dict[str, object]]:
    connection = await driver_connection(session)
    cursor = await connection.execute(
        "SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", (task,)
    )
    return [row[0] for row in await cursor.fetchall()]
