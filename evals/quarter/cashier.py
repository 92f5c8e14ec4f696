"""The one at the office who knows the customers: places money that the matcher leaves to people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from app.wiring import Parts
from domain.ledger.money import Money
from effects.actor import Person
from evals.quarter.truth import Truth
from flows.cash import acts
from flows.cash.choosing import Choice, ChoiceLine
from flows.cash.matching import OPEN
from store.engine import Session
from store.receivables import InvoiceRow, PaymentRow


@dataclass(slots=True)
class Cashier:
    """Rings the payer up and learns what the money was for."""

    parts: Parts
    truth: Truth
    person: Person
    placed: int = 0

    async def work(self, now: datetime) -> None:
        """Place what nothing was proposed for."""
        async with self.parts.db.read() as session:
            found = await session.exec(
                select(PaymentRow.id)
                .where(col(PaymentRow.state).in_(OPEN), col(PaymentRow.effect_id).is_(None))
                .order_by(col(PaymentRow.id))
            )
            waiting = found.all()
        for payment_id in waiting:
            async with self.parts.db.begin() as session:
                await self._place(session, payment_id, now)

    async def _place(self, session: Session, payment_id: int, now: datetime) -> None:
        row = await session.get(PaymentRow, payment_id)
        if row is None:
            return
        invoices = await self._meant(session, row)
        if not invoices:
            return
        desk, by = self.parts.desk, self.person.actor
        payer = invoices[0].customer_id
        await acts.assign_payer(session, desk, row.id, payer, by, now, remember=True)
        lines = tuple(ChoiceLine(i.id, Money(i.open_minor, i.currency)) for i in invoices)
        choice = Choice(lines, reason="the customer said so on the telephone")
        done = await acts.choose(session, desk, row.id, choice, by, now)
        self.placed += isinstance(done, acts.Chosen)

    async def _meant(self, session: Session, row: PaymentRow) -> list[InvoiceRow]:
        """The open invoices that a payment was for; [] when nobody could tell."""
        options = []
        for numbers in self._told(row) or self._of_this_amount(row):
            found = await session.exec(
                select(InvoiceRow).where(col(InvoiceRow.netsuite_id).in_(numbers))
            )
            rows = list(found.all())
            if sum(i.open_minor for i in rows) == row.unapplied_minor:
                options.append(rows)
        return options[0] if len(options) == 1 else []

    def _told(self, row: PaymentRow) -> list[list[str]]:
        """What whoever made the transfer says it was for."""
        reference = re.search(r"\bT(\d{8})\b", row.reference) if row.source == "bank" else None
        transfers = self.truth.world.memory.transfers()
        if reference is None or int(reference[1]) >= len(transfers):
            return []
        said = transfers[int(reference[1])].reference.split()
        claims = self.truth.world.purse.claims.values()
        return [[str(claim.id) for claim in claims if claim.number in said]]

    def _of_this_amount(self, row: PaymentRow) -> list[list[str]]:
        """What each payment of this amount was for."""
        claims = self.truth.world.purse.claims
        return [
            list(map(str, paid))
            for paid in self.truth.world.memory.payments()
            if sum(paid.values()) == row.unapplied_minor
            and all(claims[number].currency == row.currency for number in paid)
        ]
