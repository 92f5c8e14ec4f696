"""The seeded world in a store of its own, with a standing that questions can be asked about."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from app.database import embedded
from domain.dunning.facts import OwnFacts
from domain.dunning.policy import default_policy
from effects.actor import Person, Role
from effects.policy import ApprovalPolicy, KindPolicy, Rule
from evals.chat_facts import read_facts
from flows.desk import Desk
from outreach.compose import Sender
from outreach.message import Mailbox
from sandbox.company import Claim, Company, Debtor
from sandbox.world import build_company
from store.drift import DriftFindingRow
from store.engine import Database, Session
from store.erp_mirror import PostingPeriodRow
from store.lines import InvoiceLineRow
from store.migrations import upgrade
from store.parties import ContactRow, CustomerRow, SubsidiaryRow
from store.people import UserRow
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow
from store.revenue import RevenuePeriodRow, RevenueTotalRow
from store.standing import DisputeRow, HoldRow, PromiseRow
from store.touchpoints import TouchpointRow

SEED, CUSTOMERS, INVOICES = 7, 60, 450
NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
TODAY = NOW.date()


def desk(company: str) -> Desk:
    """The seller: every act waits for a person."""
    everything = {
        kind: KindPolicy((Rule("a person decides", Role.COLLECTOR),))
        for kind in ("send_email", "post_customer_payment")
    }
    return Desk(
        tenant="golden",
        mailbox=Mailbox("ar@seller.example", company),
        sender=Sender(company),
        token_key=b"g" * 32,
        own=OwnFacts(company, addresses=("ar@seller.example",)),
        approval=ApprovalPolicy("golden", everything),
        dunning=default_policy(),
    )


@asynccontextmanager
async def world(folder: Path) -> AsyncGenerator[tuple[Database, Person]]:
    """A database of its own with the world in it, and who asks."""
    with embedded(folder) as url:
        upgrade(url)
        db = Database(url)
        try:
            yield db, await fill(db)
        finally:
            await db.close()


async def fill(db: Database) -> Person:
    """Put the world into an empty database; the collector who asks."""
    company = build_company(SEED, TODAY, CUSTOMERS, INVOICES)
    async with db.begin() as session:
        robin = UserRow(
            email="robin@seller.example", name="Robin Hale", role=Role.COLLECTOR, created_at=NOW
        )
        casey = UserRow(
            email="casey@seller.example", name="Casey Ortiz", role=Role.CONTROLLER, created_at=NOW
        )
        session.add_all([robin, casey])
        ids = await _customers(session, company.debtors)
        await _papers(session, company, ids)
        await session.flush()
        await _standing(session)
        await _revenue(session)
        return Person(robin.id, robin.name, Role.COLLECTOR)


async def _customers(session: Session, debtors: Sequence[Debtor]) -> dict[int, int]:
    rows = [
        CustomerRow(
            netsuite_id=str(d.id),
            entity_number=d.entity_id,
            name=d.name,
            legal_name=d.legal_name,
            currency=d.currency,
            country=d.country,
            region=d.region,
            timezone=d.timezone,
            language=d.language,
            auto_followup=True,
        )
        for d in debtors
    ]
    session.add_all(rows)
    await session.flush()
    for debtor, row in zip(debtors, rows, strict=True):
        session.add_all(
            ContactRow(customer_id=row.id, name=p.name, email=p.email, role=p.role)
            for p in debtor.people
        )
    return {d.id: row.id for d, row in zip(debtors, rows, strict=True)}


async def _papers(session: Session, company: Company, ids: dict[int, int]) -> None:
    settled: dict[int, int] = {}
    for settlement in company.settlements:
        for claim_id, amount in settlement.applied:
            settled[claim_id] = settled.get(claim_id, 0) + amount
    invoices = {c.id: _invoice(c, ids[c.debtor_id], settled.get(c.id, 0)) for c in company.claims}
    session.add_all(invoices.values())
    payments = {
        s.id: PaymentRow(
            source="netsuite",
            source_id=str(s.id),
            netsuite_id=str(s.id),
            number=s.number,
            customer_id=ids[s.debtor_id],
            currency=s.currency,
            amount_minor=s.amount,
            unapplied_minor=s.amount - sum(a for _, a in s.applied),
            received_on=s.on,
            state="posted",
            created_at=NOW,
        )
        for s in company.settlements
        if s.kind == "payment"
    }
    session.add_all(payments.values())
    await session.flush()
    session.add_all(
        InvoiceLineRow(invoice_id=i.id, line=1, amount_minor=i.total_minor, item_netsuite_id="1")
        for i in invoices.values()
    )
    session.add_all(
        ApplicationRow(
            invoice_id=invoices[claim_id].id, payment_id=payments[s.id].id, amount_minor=amount
        )
        for s in company.settlements
        if s.kind == "payment"
        for claim_id, amount in s.applied
    )


def _invoice(claim: Claim, customer_id: int, settled: int) -> InvoiceRow:
    left = max(claim.total - settled, 0)
    return InvoiceRow(
        netsuite_id=f"i{claim.id}",
        number=claim.number,
        customer_id=customer_id,
        currency=claim.currency,
        total_minor=claim.total,
        open_minor=left,
        issued_on=claim.issued_on,
        due_on=claim.due_on,
        status="open" if left else "paid",
        po_number=claim.po_number,
    )


async def _revenue(session: Session) -> None:
    """A line of 12,000.00 USD over the year, of which January is posted and closed."""
    ours = SubsidiaryRow(netsuite_id="1", name="Larkfield", currency="USD")
    session.add(ours)
    await session.flush()
    january = date(TODAY.year, 1, 1)
    session.add(
        RevenuePeriodRow(
            subsidiary_id=ours.id, name=f"{january:%Y-%m}", starts_on=january,
            ends_on=january + timedelta(days=30), state="closed", mode="journal", run=1,
        )
    )  # fmt: skip
    posted = (("posted", "revenue", 100_000), ("document", "billing", 1_200_000))
    for measure, role, minor in posted:
        session.add(
            RevenueTotalRow(
                subsidiary_id=ours.id, measure=measure, period_starts_on=january, customer_id=0,
                revenue_type="subscription", revenue_account="400", deferred_account="240",
                contra_account="400", currency="USD", base_currency="USD", role=role,
                amount_minor=minor, base_minor=minor,
            )
        )  # fmt: skip


async def _standing(session: Session) -> None:
    """Promises, a dispute, a pause, mails, loose money, drift, periods: on the oldest debtors."""
    known = await read_facts(session, TODAY)
    late = known.late_customers()
    promised, broken, disputed, held, wrote, loose = late[2:8]
    session.add_all(
        [
            PromiseRow(
                key="p1", customer_id=promised.id, promised_on=TODAY + timedelta(days=3),
                currency=promised.currency, amount_minor=known.open_of(promised).minor,
                made_at=NOW - timedelta(days=2), quote="We pay on Friday.",
            ),
            PromiseRow(
                key="p2", customer_id=broken.id, promised_on=TODAY - timedelta(days=9),
                currency=broken.currency, amount_minor=known.open_of(broken).minor,
                state="broken", made_at=NOW - timedelta(days=20), settled_at=NOW,
            ),
            DisputeRow(
                key="d1", customer_id=disputed.id, invoice_id=known.oldest(disputed).id,
                reason_code="pricing", opened_at=NOW - timedelta(days=5),
            ),
            HoldRow(
                key="h1", customer_id=held.id, reason="paused", until_on=TODAY + timedelta(days=20),
                created_at=NOW - timedelta(days=1), created_by="person:1",
            ),
            _mail("in", wrote.id, 4, "Our new ERP is live, invoices are in process."),
            _mail("out", wrote.id, 6, "Payment overdue"),
            PaymentRow(
                source="bank", source_id="b1", customer_id=loose.id, currency=loose.currency,
                amount_minor=777_700, unapplied_minor=777_700, received_on=TODAY,
                state="waiting", reference="REF-4711", payer_name=loose.name, created_at=NOW,
            ),
            DriftFindingRow(
                key="f1", kind="deleted", document_kind="invoice", netsuite_id="x1",
                number="INV90001", customer_id=loose.id, first_seen_at=NOW, last_seen_at=NOW,
            ),
            *(_period(month) for month in (1, 2, 3)),
        ]
    )  # fmt: skip


def _mail(direction: str, customer_id: int, days: int, words: str) -> TouchpointRow:
    return TouchpointRow(
        key=f"mail:{direction}:{customer_id}",
        customer_id=customer_id,
        channel="email",
        direction=direction,
        kind="reply" if direction == "in" else "followup",
        occurred_at=NOW - timedelta(days=days),
        from_address="ap@customer.example" if direction == "in" else "ar@seller.example",
        excerpt=words,
    )


def _period(month: int) -> PostingPeriodRow:
    first = date(2026, month, 1)
    last = date(2026, month + 1, 1) - timedelta(days=1)
    name = f"{first:%b} 2026"
    return PostingPeriodRow(
        netsuite_id=f"per{month}", name=name, starts_on=first, ends_on=last, closed=month == 1
    )
