"""Deals as a CRM would tell them, and an office that takes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.ledger.deal import Deal, DealCustomer, DealLine
from domain.ledger.money import Money
from flows.deals.settling import Settled, bill, settle
from flows.deals.taking import Taken, take_deal, take_ended
from flows.invoicing import drop_draft
from store.billing import InstalmentRow
from store.deals import DealRow
from store.drafts import InvoiceDraftRow, draft_named, pushed
from store.mappings import MappingRow, put_mapping
from store.worklist import WorkItemRow
from tests.flows.office import Office
from tests.flows.scene import NOW

WON = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
PARTY = DealCustomer("9001", "Brightwater Labs", country="US", emails=("ap@brightwater.example",))


def usd(text: str) -> Money:
    return Money.parse(text, "USD")


YEAR = DealLine(
    "L1", "Platform", "", "Platform", "10", usd("100.00"), frequency="quarter",
    starts_on=date(2026, 3, 1), term_months=12, billed="advance", revenue_type="subscription",
)  # fmt: skip
SETUP = DealLine("L2", "Support", "", "Setup", "1", usd("500.00"))


def deal(*lines: DealLine, **said: Any) -> Deal:
    """A deal of Brightwater Labs, won yesterday, version v1."""
    plain = Deal(
        "hubspot", "77", "v1", PARTY, "USD", date(2026, 3, 9), None, None, lines or (YEAR, SETUP),
        "PO-1", "Net 30", changed_at=WON, name="Brightwater renewal",
    )  # fmt: skip
    return replace(plain, **said)


def later(told: Deal, minutes: int = 5, **said: Any) -> Deal:
    """The same deal, changed some minutes after it was last changed."""
    at = (told.changed_at or WON) + timedelta(minutes=minutes)
    return replace(told, version=f"{told.version}+", changed_at=at, **said)


@dataclass(slots=True)
class Sales:
    """Takes deals into an office whose customer is linked."""

    office: Office
    now: datetime = NOW

    async def open(self) -> None:
        async with self.office.db.begin() as session:
            row = MappingRow(kind="customer", source="hubspot", ours="9001", netsuite_id="700",
                             remembered_by="x", remembered_at=NOW)  # fmt: skip
            await put_mapping(session, row)

    async def take(self, told: Deal) -> Taken:
        async with self.office.db.begin() as session:
            return await take_deal(session, told, self.now)

    async def ended(self, state: str) -> Taken:
        async with self.office.db.begin() as session:
            return await take_ended(session, "hubspot", "77", state, "closed lost", self.now)

    async def settle(self) -> Settled:
        row = (await self.office.scene.all(DealRow))[0]
        async with self.office.db.begin() as session:
            found = await settle(session, row.id, self.now)
        assert found is not None
        return found

    async def bill(self) -> int:
        """What the clock does: every deal that is due or whose draft ended."""
        return await bill(self.office.db, self.now)

    async def drafts(self) -> list[InvoiceDraftRow]:
        return sorted(await self.office.scene.all(InvoiceDraftRow), key=lambda row: row.id)

    async def amounts(self) -> list[tuple[str, str, int]]:
        """State, day and amount of each instalment by date, without what was replaced."""
        rows = [r for r in await self.office.scene.all(InstalmentRow) if r.state != "replaced"]
        rows.sort(key=lambda row: (row.bill_on, row.key))
        return [(row.state, row.bill_on.isoformat(), row.amount_minor) for row in rows]

    async def push(self, draft: InvoiceDraftRow, netsuite_id: str = "9") -> None:
        """The ERP has it now."""
        async with self.office.db.begin() as session:
            await pushed(session, draft.id, netsuite_id, self.now)
        await self.settle()

    async def drop(self, draft_id: int) -> None:
        async with self.office.db.begin() as session:
            await drop_draft(session, draft_id, "not this", self.office.ida.actor, self.now)
        await self.settle()

    async def named(self, source_id: str) -> InvoiceDraftRow | None:
        async with self.office.db.read() as session:
            return await draft_named(session, "hubspot", source_id)

    async def work(self) -> list[WorkItemRow]:
        rows = await self.office.scene.all(WorkItemRow)
        return [row for row in rows if row.closed_at is None]
