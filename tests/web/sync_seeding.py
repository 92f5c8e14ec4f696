"""The ERP's lists, mappings and drafts on top of the seeded world, for the pages of sync."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import col, select

from effects.actor import Actor, ActorKind
from flows.drafts.drafting import DraftInput, LineInput, Saved, begin_changes, create_draft
from flows.sync.mirror import MASTERS
from store.engine import Database, Session
from store.erp_masters import ClassificationRow, GlAccountRow, ItemRow, TermRow
from store.erp_mirror import PostingPeriodRow, advance
from store.lines import InvoiceLineRow
from store.mappings import MappingRow, put_mapping
from store.parties import CustomerRow, SubsidiaryRow
from tests.web.seeding import seed

ROBOT = Actor(ActorKind.SYSTEM, "orders")
SEATS = LineInput("SEATS", "990.00", quantity="10", rate="99.00", description="Seats")
SUPPORT = LineInput("Phone help", "250.00", description="Support by phone")


async def lists(session: Session, now: datetime) -> None:
    """Items, accounts, terms, classes, periods and a subsidiary that every customer belongs to."""
    own = SubsidiaryRow(netsuite_id="1", name="Example Seller Inc.", currency="USD", country="US")
    session.add(own)
    await session.flush()
    everybody = update(CustomerRow).values(subsidiary_id=own.id, terms_netsuite_id="2")
    await session.exec(everybody.where(col(CustomerRow.id) > 0))
    for netsuite_id, name, account, inactive in (
        ("7", "Seats (annual)", "40", False),
        ("8", "Seats (old)", "40", True),
        ("9", "Telephone support", "41", False),
    ):
        session.add(
            ItemRow(
                netsuite_id=netsuite_id,
                name=name,
                type="Service",
                income_account_netsuite_id=account,
                inactive=inactive,
                seen_at=now,
            )
        )
    for netsuite_id, number, name, kind in (
        ("12", "1200", "Accounts Receivable", "AcctRec"),
        ("40", "4000", "Subscription revenue", "Income"),
        ("41", "4100", "Service revenue", "Income"),
    ):
        session.add(
            GlAccountRow(netsuite_id=netsuite_id, number=number, name=name, type=kind, seen_at=now)
        )
    session.add(TermRow(netsuite_id="2", name="Net 30", days=30, seen_at=now))
    session.add(TermRow(netsuite_id="5", name="Net 60", days=60, seen_at=now))
    session.add(ClassificationRow(kind="department", netsuite_id="1", name="Sales", seen_at=now))
    for month in (2, 3, 4):
        session.add(_period(month))
    session.add(InvoiceLineRow(invoice_id=1, line=1, amount_minor=123_450, item_netsuite_id="7"))
    await session.flush()
    await advance(session, MASTERS, now=now)


def _period(month: int) -> PostingPeriodRow:
    return PostingPeriodRow(
        netsuite_id=f"90{month}",
        name=f"2026-{month:02}",
        starts_on=date(2026, month, 1),
        ends_on=date(2026, month, 28 if month == 2 else 30 + month % 2),
        closed=month == 2,
        ar_locked=month == 2,
        all_locked=month == 2,
    )


def order(
    source_id: str,
    customer: str,
    *lines: LineInput,
    customer_id: int | None = None,
    issued_on: str = "2026-03-10",
    due_on: str = "2026-04-09",
) -> DraftInput:
    """An order to be invoiced on 10 March 2026."""
    return DraftInput(
        source_id=source_id,
        currency="USD",
        issued_on=issued_on,
        due_on=due_on,
        lines=lines or (SEATS,),
        customer_name=customer,
        customer_id=customer_id,
    )


async def written(session: Session, wanted: DraftInput, now: datetime) -> int:
    """The draft's id."""
    answer = await create_draft(session, wanted, ROBOT, now)
    assert isinstance(answer, Saved), answer
    return answer.draft_id


async def seed_sync(db: Database, now: datetime) -> dict[str, int]:
    """Drafts by name: "ready", "unmapped", "stranger", "closed" and "changes"."""
    async with db.begin() as session:
        await lists(session, now)
        for kind, ours, target, score in (
            ("item", "SEATS", "7", 100),
            ("item", "phone", "9", 74),
            ("item", "old-seats", "8", 100),
            ("terms", "30 days", "2", 100),
        ):
            row = MappingRow(
                kind=kind,
                ours=ours,
                netsuite_id=target,
                guess=score < 100,
                score=score,
                remembered_by=str(ROBOT),
                remembered_at=now,
            )
            await put_mapping(session, row)
    ids: dict[str, int] = {}
    async with db.begin() as session:
        names = dict(await _customers(session))
        alder, elm = names["Alder Freight"], names["Elm Robotics"]
        ready = order("ORD-1", "Alder Freight", customer_id=alder)
        ids["ready"] = await written(session, ready, now)
        unmapped = order("ORD-2", "Elm Robotics", SEATS, SUPPORT, customer_id=elm)
        ids["unmapped"] = await written(session, unmapped, now)
        ids["stranger"] = await written(session, order("ORD-3", "Cedar Medicine Ltd"), now)
        closed = order(
            "ORD-4", "Alder Freight", customer_id=alder, issued_on="2026-02-10", due_on="2026-03-30"
        )
        ids["closed"] = await written(session, closed, now)
        changed = await begin_changes(session, 1, ROBOT, now)
        assert isinstance(changed, Saved), changed
        ids["changes"] = changed.draft_id
    return ids


async def seed_drafts(db: Database, now: datetime) -> dict[str, int]:
    """The seeded world with the drafts in it."""
    ids = await seed(db, now)
    return ids | await seed_sync(db, now)


async def _customers(session: Session) -> list[tuple[str, int]]:
    found = await session.exec(select(CustomerRow.name, CustomerRow.id))
    return list(found.all())
