"""A seller's books in the mirror, for tests of invoices on their way into the ERP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from domain.ledger.money import Money
from effects import decide
from effects.actor import Person, Role
from effects.propose import Proposed
from flows import invoicing
from flows.desk import Desk
from flows.invoicing import DraftInput, DraftReview, Judged, LineInput, Saved
from flows.sync.mirror import MASTERS
from store import drafts, erp_mirror
from store.drafts import InvoiceDraftRow
from store.engine import Database
from store.erp_masters import GlAccountRow, ItemRow, TermRow
from store.erp_mirror import PostingPeriodRow
from store.lines import InvoiceLineRow
from store.parties import ContactRow, CustomerRow, SubsidiaryRow
from store.people import UserRow
from store.receivables import InvoiceRow
from tests.flows.scene import NOW, Scene, desk

DAY = NOW.date()
IDA = Person(0, "Ida Clerk", Role.COLLECTOR)
CORA = Person(0, "Cora Chief", Role.CONTROLLER)


@dataclass(slots=True)
class Office:
    """Ida prepares, Cora approves. Every method is one transaction."""

    scene: Scene
    desk: Desk = field(default_factory=desk)
    now: Any = NOW
    ida: Person = IDA
    cora: Person = CORA
    customer_id: int = 0

    @property
    def db(self) -> Database:
        return self.scene.db

    async def open(self) -> None:
        """People, lists and one customer, Brightwater Labs, in dollars at 30 days."""
        people = [
            UserRow(email=f"{p.name[:3].lower()}@x.example", name=p.name, role=p.role,
                    created_at=NOW)
            for p in (self.ida, self.cora)
        ]  # fmt: skip
        await self.scene.add(*people)
        self.ida = Person(people[0].id, self.ida.name, self.ida.role)
        self.cora = Person(people[1].id, self.cora.name, self.cora.role)
        await self.lists()
        own = (await self.scene.all(SubsidiaryRow))[0]
        self.customer_id = await self.customer("Brightwater Labs", "700", subsidiary_id=own.id)

    async def lists(self) -> None:
        rows: list[Any] = [
            SubsidiaryRow(netsuite_id="1", name="Larkfield Inc.", currency="USD", country="US"),
            TermRow(netsuite_id="2", name="Net 30", days=30),
            TermRow(netsuite_id="5", name="Net 60", days=60),
            ItemRow(netsuite_id="10", name="Support", type="Service",
                    income_account_netsuite_id="400"),
            ItemRow(netsuite_id="11", name="Platform", type="Service",
                    income_account_netsuite_id="401", deferral_account_netsuite_id="250"),
            GlAccountRow(netsuite_id="110", number="1100", name="Accounts Receivable",
                         type="AcctRec"),
            GlAccountRow(netsuite_id="250", number="2500", name="Deferred Revenue",
                         type="DeferRevenue"),
            GlAccountRow(netsuite_id="400", number="4000", name="Service Income", type="Income"),
            GlAccountRow(netsuite_id="401", number="4010", name="Subscription Income",
                         type="Income"),
        ]  # fmt: skip
        for month in range(1, 13):
            first = date(2026, month, 1)
            last = date(2026 + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            rows.append(
                PostingPeriodRow(netsuite_id=f"{100 + month}", name=f"{first:%b %Y}",
                                 starts_on=first, ends_on=last, closed=month < 3)
            )  # fmt: skip
        await self.scene.add(*rows)
        await self.lists_read()

    async def lists_read(self) -> None:
        async with self.db.begin() as session:
            await erp_mirror.advance(session, MASTERS, now=self.now)

    async def customer(self, name: str, netsuite_id: str, **more: Any) -> int:
        """A customer with one billing contact at its own domain."""
        values: dict[str, Any] = {
            "netsuite_id": netsuite_id,
            "entity_number": f"C-{netsuite_id}",
            "name": name,
            "currency": "USD",
            "country": "US",
            "terms_netsuite_id": "2",
            **more,
        }
        row = CustomerRow(**values)
        await self.scene.add(row)
        mail = f"ap@{name.split()[0].lower()}.example"
        await self.scene.add(ContactRow(customer_id=row.id, name="Ann Lee", email=mail))
        return row.id

    async def in_erp(self, number: str, amount: str, **more: Any) -> int:
        """An open invoice of the customer with one line of Support; its id."""
        minor = Money.parse(amount, "USD").minor
        values: dict[str, Any] = {
            "netsuite_id": f"5{number.rpartition('-')[2]}",
            "number": number,
            "customer_id": self.customer_id,
            "currency": "USD",
            "total_minor": minor,
            "open_minor": minor,
            "issued_on": DAY - timedelta(days=20),
            "due_on": DAY + timedelta(days=10),
            "terms_netsuite_id": "2",
            "erp_modified_at": NOW - timedelta(days=20),
            **more,
        }
        row = InvoiceRow(**values)
        await self.scene.add(row)
        await self.scene.add(
            InvoiceLineRow(invoice_id=row.id, line=1, amount_minor=minor, item_netsuite_id="10",
                           account_netsuite_id="400", quantity="1")
        )  # fmt: skip
        return row.id

    async def draft(self, source_id: str = "A-1", /, **more: Any) -> int:
        """A draft against which nothing stands, unless `more` spoils it."""
        async with self.db.begin() as session:
            answer = await invoicing.create_draft(
                session, self.wanted(source_id, **more), self.ida.actor, self.now
            )
        assert isinstance(answer, Saved), answer
        return answer.draft_id

    def wanted(self, source_id: str = "A-1", /, **more: Any) -> DraftInput:
        values: dict[str, Any] = {
            "source_id": source_id,
            "currency": "USD",
            "issued_on": DAY.isoformat(),
            "customer_id": self.customer_id,
            "customer_name": "Brightwater Labs",
            "lines": (LineInput("Support", "1000.00", quantity="10", rate="100.00"),),
            **more,
        }
        return DraftInput(**values)

    async def review(self, draft_id: int) -> DraftReview:
        async with self.db.read() as session:
            found = await invoicing.review_of(session, draft_id, self.desk, self.now)
        assert found is not None
        return found

    async def open_ids(self, draft_id: int) -> list[str]:
        """Findings that stand in the way."""
        return [j.finding.id for j in (await self.review(draft_id)).findings if j.open]

    async def finding(self, draft_id: int, name: str) -> Judged:
        found = [j for j in (await self.review(draft_id)).findings if j.finding.id == name]
        assert len(found) == 1, found
        return found[0]

    async def edit(self, draft_id: int, changes: Mapping[str, object]) -> Any:
        async with self.db.begin() as session:
            return await invoicing.edit_draft(session, draft_id, changes, self.ida.actor, self.now)

    async def fix(self, draft_id: int, name: str) -> Any:
        found = (await self.finding(draft_id, name)).finding
        async with self.db.begin() as session:
            return await invoicing.fix(
                session, draft_id, name, found.subject, self.ida.actor, self.desk, self.now
            )

    async def accept(self, draft_id: int, name: str, reason: str = "agreed by mail") -> Any:
        found = (await self.finding(draft_id, name)).finding
        async with self.db.begin() as session:
            return await invoicing.acknowledge(
                session, draft_id, name, found.subject, reason, self.ida, self.desk, self.now
            )

    async def submit(self, draft_id: int) -> Any:
        async with self.db.begin() as session:
            return await invoicing.submit(session, draft_id, self.ida.actor, self.desk, self.now)

    async def submitted(self, draft_id: int) -> int:
        """Submit what must be ready; the effect's id."""
        answer = await self.submit(draft_id)
        assert isinstance(answer, Proposed), answer
        return answer.effect_id

    async def decide(self, effect_id: int, fingerprint: str) -> Any:
        async with self.db.begin() as session:
            return await decide.approve(
                session, effect_id, fingerprint, self.cora, self.desk.approval, self.now, ""
            )

    async def row(self, draft_id: int) -> InvoiceDraftRow:
        async with self.db.read() as session:
            row = await drafts.draft(session, draft_id)
        assert row is not None
        return row
