"""The ERP and the mail server as the crash tests use them: effects to do, faults, and the tally."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import httpx
from sqlmodel import col, select

from app.wiring import Parts
from domain.ledger.money import Money
from effects.actor import Actor, ActorKind
from effects.kinds import AppliedAmount, PostCustomerPayment
from effects.propose import Because, Proposed, propose
from erp.identity import external_id
from flows.followups import Ready, offer, prepare
from sandbox.mail.faults import Fault
from sandbox.server import World
from store.engine import Session
from store.parties import CustomerRow
from store.receivables import InvoiceRow, PaymentRow

AGENT = Actor(ActorKind.AGENT, "crash")
POSTING = "/services/rest/record/v1/customerPayment"


@dataclass(slots=True)
class Erp:
    """Customer payments in the sandbox ERP."""

    world: World
    kind: str = "post_customer_payment"
    table: str = "application"

    async def prepare(self, parts: Parts, count: int) -> list[int]:
        """Propose a full payment for each of `count` open invoices."""
        made = []
        async with parts.db.begin() as session:
            invoices = await session.exec(
                select(InvoiceRow, CustomerRow)
                .join(CustomerRow, col(CustomerRow.id) == col(InvoiceRow.customer_id))
                .where(InvoiceRow.status == "open")
                .order_by(col(InvoiceRow.id))
                .limit(count)
            )
            for number, (invoice, customer) in enumerate(invoices.all()):
                made.append(await self._propose(session, parts, number, invoice, customer))
        return made

    async def _propose(
        self,
        session: Session,
        parts: Parts,
        number: int,
        invoice: InvoiceRow,
        customer: CustomerRow,
    ) -> int:
        now, name = parts.clock(), f"receipt-{number}"
        amount = Money(invoice.open_minor, invoice.currency)
        payment = PaymentRow(
            source="manual",
            source_id=name,
            customer_id=customer.id,
            currency=amount.currency,
            amount_minor=amount.minor,
            unapplied_minor=amount.minor,
            received_on=now.date(),
            state="proposed",
            created_at=now,
        )
        session.add(payment)
        await session.flush()
        line = AppliedAmount(invoice.id, invoice.netsuite_id, invoice.number, amount)
        effect = PostCustomerPayment(
            payment_id=payment.id,
            source="manual",
            source_id=name,
            customer_id=customer.id,
            customer_netsuite_id=customer.netsuite_id,
            amount=amount,
            received_on=now.date(),
            applications=(line,),
            external_id=external_id(parts.desk.tenant, "manual", name),
        )
        because = Because("crash", {})
        proposed = await propose(
            session, effect, policy=parts.desk.approval, because=because, by=AGENT, now=now
        )
        payment.effect_id = proposed.effect_id
        session.add(payment)
        return proposed.effect_id

    async def arm(self, moment: Literal["before", "after", "drop"], pid: int) -> None:
        fault: dict[str, object] = {"method": "POST", "path": POSTING, "nth": 1}
        if moment == "drop":
            fault |= {"what": "drop", "moment": "after"}
        else:
            fault |= {"what": "kill", "moment": moment, "pid": pid, "signal": "KILL"}
        await self._admin("POST", fault)

    async def calm(self) -> None:
        await self._admin("DELETE", None)

    async def _admin(self, method: str, body: dict[str, object] | None) -> None:
        token = self.world.parts.secrets.control_token
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.request(
                method,
                f"{self.world.erp_url}/admin/faults",
                json=body,
                headers={"Authorization": f"Bearer {token}"},
            )
        answer.raise_for_status()

    def recorded(self) -> int:
        return len(self.identities())

    def identities(self) -> list[str]:
        """The external ids of our payments, one for every record."""
        rows = self.world.erp.rows(
            """SELECT externalid FROM "transaction" WHERE externalid LIKE 'dw-pay-%'"""
        )
        return [str(row[0]) for row in rows]


@dataclass(slots=True)
class Post:
    """Mails in the sandbox mail server."""

    world: World
    kind: str = "send_email"
    table: str = "touchpoint"

    async def prepare(self, parts: Parts, count: int) -> list[int]:
        """Propose the follow-up of each customer that has one due, `count` at most."""
        made: list[int] = []
        async with parts.db.read() as session:
            found = await session.exec(select(CustomerRow.id).order_by(col(CustomerRow.id)))
            customers = found.all()
        for customer_id in customers:
            if len(made) == count:
                break
            async with parts.db.begin() as session:
                ready = await prepare(session, parts.desk, customer_id, parts.clock())
                if isinstance(ready, Ready):
                    because = Because("crash", {})
                    proposed = await offer(
                        session, parts.desk, ready, body=None, by=AGENT, because=because
                    )
                    assert isinstance(proposed, Proposed), proposed
                    made.append(proposed.effect_id)
        return made

    async def arm(self, moment: Literal["before", "after", "drop"], pid: int) -> None:
        do = "cut" if moment == "drop" else "kill"
        when = "before" if moment == "drop" else moment
        self.world.parts.mail_faults.arm(Fault("data", do, pid=pid, moment=when))

    async def calm(self) -> None:
        self.world.parts.mail_faults.clear()

    def recorded(self) -> int:
        return self.world.parts.mail.count_accepted()

    def identities(self) -> list[str]:
        """The Message-ID of every accepted mail."""
        return [accepted.message_id for accepted in self.world.parts.mail.accepted()]
