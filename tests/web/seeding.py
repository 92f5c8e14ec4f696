"""A small seeded world for the pages: customers, invoices, mails, promises, proposals."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from domain.ledger.money import Money
from effects.actor import Actor, ActorKind, Role
from effects.kinds import AppliedAmount, PostCustomerPayment, SendEmail
from effects.policy import ApprovalPolicy, KindPolicy, Limits, Rule
from effects.propose import Because, propose
from store.engine import Database, Session
from store.parties import ContactRow, CustomerRow
from store.people import UserRow, add_user
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow
from store.slots import report
from store.standing import PromiseRow
from store.touchpoints import ThreadRow, TouchpointRow
from store.worklist import WorkItemRow

AGENT = Actor(ActorKind.AGENT, "followup")
PLENTY = Limits(tuple(Money(100_000_000, c) for c in ("USD", "EUR", "JPY")))
POLICY = ApprovalPolicy(
    "test",
    {
        "send_email": KindPolicy((Rule("every mail", Role.COLLECTOR),), editor_approves=True),
        "post_customer_payment": KindPolicy(
            (Rule("every posting", Role.APPROVER),),
            each={Role.APPROVER: PLENTY, Role.CONTROLLER: PLENTY},
            day={Role.APPROVER: PLENTY, Role.CONTROLLER: PLENTY},
            customer_day=PLENTY,
        ),
        "create_invoice": KindPolicy((Rule("every invoice", Role.APPROVER),)),
        "update_invoice": KindPolicy((Rule("every change", Role.APPROVER),)),
        "create_customer": KindPolicy((Rule("every customer", Role.APPROVER),)),
    },
)
NAMES = ("Alder Freight", "Birch & Sons", "Cedar Medical", "Dogwood Foods", "Elm Robotics")


async def user(db: Database, role: str, now: datetime) -> UserRow:
    async with db.begin() as session:
        return await add_user(
            session, email=f"{role}@seller.example", name=f"Pat {role.title()}", role=role, now=now
        )


async def seed(db: Database, now: datetime) -> dict[str, int]:
    """The world; ids by name ("alder", "mail", "posting", "item")."""
    ids: dict[str, int] = {}
    async with db.begin() as session:
        for n, name in enumerate(NAMES, start=1):
            ids[name.split()[0].lower()] = await _customer(session, n, name, now.date())
        await _story(session, ids, now)
        await report(session, "netsuite", ok=True, detail="", now=now)
        detail = "The server did not answer within 20 seconds."
        await report(session, "imap", ok=False, detail=detail, now=now)
    async with db.begin() as session:
        ids["mail"] = await mail(session, ids["alder"], now)
    async with db.begin() as session:
        ids["posting"] = await posting(session, ids["birch"], now)
    return ids


async def _customer(session: Session, n: int, name: str, today: date) -> int:
    currency = ("USD", "EUR", "USD", "JPY", "USD")[n - 1]
    row = CustomerRow(
        netsuite_id=f"10{n}",
        entity_number=f"CUST-{n:04}",
        name=name,
        currency=currency,
        country="US",
        timezone="America/New_York",
        auto_followup=True,
    )
    session.add(row)
    await session.flush()
    address = f"ap@{name.split()[0].lower()}.example"
    session.add(ContactRow(customer_id=row.id, name="Accounts Payable", email=address))
    for i, late in enumerate((n * 20, n * 9, -12)):
        due_on = today - timedelta(days=late)
        session.add(
            InvoiceRow(
                netsuite_id=f"{n}{i}",
                number=f"INV-{n}00{i}",
                customer_id=row.id,
                currency=currency,
                total_minor=(i + 1) * 123_450,
                open_minor=(i + 1) * 123_450,
                issued_on=due_on - timedelta(days=30),
                due_on=due_on,
            )
        )
    await session.flush()
    return row.id


async def _story(session: Session, ids: dict[str, int], now: datetime) -> None:
    cedar = ids["cedar"]
    thread = ThreadRow(customer_id=cedar, subject="Overdue", token="tokencedar", created_at=now)
    session.add(thread)
    await session.flush()
    for day, direction, words in (
        (6, "out", "Three invoices are past their due date."),
        (5, "in", "We will pay INV-3000 on Friday. <script>alert(1)</script>"),
    ):
        session.add(_touch(cedar, thread.id, direction, words, now - timedelta(days=day)))
    session.add(
        PromiseRow(
            key="p1",
            customer_id=cedar,
            invoice_ids=[1],
            promised_on=now.date() + timedelta(days=3),
            currency="USD",
            amount_minor=123_450,
            quote="We will pay INV-3000 on Friday.",
            made_at=now - timedelta(days=5),
        )
    )
    payment = PaymentRow(
        source="stripe",
        source_id="ch_1",
        netsuite_id="901",
        number="PMT-901",
        customer_id=cedar,
        currency="USD",
        amount_minor=50_000,
        received_on=now.date() - timedelta(days=2),
        state="posted",
        reference="INV-3001",
        created_at=now - timedelta(days=2),
    )
    session.add(payment)
    await session.flush()
    session.add(ApplicationRow(invoice_id=8, payment_id=payment.id, amount_minor=50_000))
    item = WorkItemRow(
        key="w1",
        kind="reply",
        customer_id=cedar,
        touchpoint_id=None,
        title="Cedar Medical asks for a copy of INV-3002",
        detail={"reason": "They ask for a document"},
        opened_at=now - timedelta(hours=4),
    )
    session.add(item)
    await session.flush()
    ids["item"] = item.id


def _touch(
    customer_id: int, thread_id: int, direction: str, words: str, at: datetime
) -> TouchpointRow:
    return TouchpointRow(
        key=f"mail:{at.isoformat()}",
        customer_id=customer_id,
        thread_id=thread_id,
        channel="email",
        direction=direction,
        kind="followup" if direction == "out" else "reply",
        occurred_at=at,
        from_address="ar@seller.example" if direction == "out" else "ap@cedar.example",
        to_addresses=["ap@cedar.example"] if direction == "out" else ["ar@seller.example"],
        subject="Overdue invoices",
        excerpt=words,
        body_text=f"Hello,\n\n{words}\n\nINV-3000 1,234.50 USD\n",
        body_html=f"<p style='color:#333'>{words}</p>",
        facts={"invoices": [{"number": "INV-3000", "open": {"minor": 123450, "currency": "USD"}}]},
    )


async def mail(
    session: Session, customer_id: int, now: datetime, occasion: str = "std:1:c1"
) -> int:
    thread = ThreadRow(
        customer_id=customer_id, subject="Overdue", token=f"t{occasion}", created_at=now
    )
    session.add(thread)
    await session.flush()
    text = (
        "Hello,\n\naccording to our records INV-1000 for 1,234.50 USD was due on 18 Feb 2026."
        "\nPlease let us know when we can expect payment.\n\nKind regards\nExample Seller Inc."
    )
    effect = SendEmail(
        customer_id=customer_id,
        purpose="followup",
        occasion=occasion,
        thread_id=thread.id,
        to=("ap@alder.example",),
        subject="Overdue invoice INV-1000",
        text=text,
        html=f"<p style='font-family:sans-serif'>{text}</p>".replace("\n", "<br>"),
        message_id=f"<{occasion}@seller.example>",
        reply_to="ar+tok@seller.example",
        envelope_from="bounce@seller.example",
        invoice_ids=(1,),
        tone="friendly",
        written_by="template",
        facts={
            "today": now.date().isoformat(),
            "customer": "Alder Freight",
            "invoices": {
                "1": {
                    "number": "INV-1000",
                    "open_minor": 123450,
                    "currency": "USD",
                    "due_on": "2026-02-18",
                }
            },
        },
    )
    because = Because("overdue_step_1", {"step": "overdue-1", "days_past_due": 20})
    made = await propose(session, effect, policy=POLICY, because=because, by=AGENT, now=now)
    return made.effect_id


async def posting(session: Session, customer_id: int, now: datetime) -> int:
    receipt = PaymentRow(
        source="stripe",
        source_id="ch_2",
        customer_id=customer_id,
        currency="EUR",
        amount_minor=123_450,
        unapplied_minor=123_450,
        received_on=now.date(),
        state="proposed",
        payer_name="BIRCH AND SONS",
        reference="INV-2000",
        created_at=now,
    )
    session.add(receipt)
    await session.flush()
    effect = PostCustomerPayment(
        payment_id=receipt.id,
        source="stripe",
        source_id="ch_2",
        customer_id=customer_id,
        customer_netsuite_id="102",
        amount=Money(123_450, "EUR"),
        received_on=now.date(),
        applications=(AppliedAmount(4, "20", "INV-2000", Money(123_450, "EUR")),),
        external_id="dw-payment-stripe-ch_2",
        reference="INV-2000",
    )
    because = Because("exact_reference", {"reference": "INV-2000", "confidence": 100})
    made = await propose(session, effect, policy=POLICY, because=because, by=AGENT, now=now)
    receipt.effect_id = made.effect_id
    session.add(receipt)
    return made.effect_id
