"""A mail is compared with the facts again just before it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.ledger.money import Money
from effects.kinds import SendEmail
from effects.outcomes import Changed, NotNow, Unchanged
from erp.port import Document, ErpInvoice, ErpUnavailable
from flows import followups
from flows.followups import Ready
from flows.still_true import ReadDocuments, still_true_mail
from store.effects import EffectRow
from store.engine import Database
from store.parties import ContactRow, CustomerRow
from store.receivables import InvoiceRow
from store.standing import DisputeRow, HoldRow, PromiseRow
from store.touchpoints import TouchpointRow
from tests.flows.scene import NOW, Scene, desk
from tests.flows.test_followups import AGENT, WHY

IN_ERP = ErpInvoice(
    netsuite_id="ns-INV-1001",
    number="INV-1001",
    customer_netsuite_id="ns-Acme",
    subsidiary_netsuite_id=None,
    total=Money(10000, "USD"),
    open=Money(10000, "USD"),
    issued_on=date(2026, 1, 5),
    due_on=date(2026, 2, 10),
    status="open",
)


@pytest.fixture
async def mail(db: Database, scene: Scene) -> SendEmail:
    """A follow-up about INV-1001 that waits."""
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    async with db.begin() as session:
        ready = await followups.prepare(session, desk(), acme, NOW)
        assert isinstance(ready, Ready)
        await followups.offer(session, desk(), ready, body=None, by=AGENT, because=WHY)
    (row,) = await scene.all(EffectRow)
    return SendEmail.from_payload(row.payload)


async def ask(
    db: Database, mail: SendEmail, *, now: datetime = NOW, erp: ReadDocuments | None = None
) -> object:
    async with db.begin() as session:
        return await still_true_mail(session, mail, now, desk=desk(), read_erp=erp)


async def test_unchanged_facts_let_it_leave(db: Database, mail: SendEmail) -> None:
    assert await ask(db, mail) == Unchanged()
    asked = await ask(db, mail, erp=_answers(IN_ERP))
    assert asked == Unchanged()
    assert isinstance(asked, Unchanged)
    assert (asked.evidence["source"], asked.evidence["read_at"]) == ("erp", NOW.isoformat())
    assert asked.evidence["read"] == ["INV-1001: open, 100.00 USD left, due 2026-02-10"]
    assert asked.evidence["hash"]


def _answers(*documents: Document) -> ReadDocuments:
    async def read(netsuite_ids: Sequence[str]) -> Sequence[Document]:
        assert netsuite_ids == ["ns-INV-1001"]
        return documents

    return read


@pytest.mark.parametrize(
    ("documents", "word"),
    [
        ((), "not in the ERP"),
        ((replace(IN_ERP, status="paid", open=Money(0, "USD")),), "is paid in the ERP"),
        ((replace(IN_ERP, open=Money(4000, "USD")),), "40.00 USD"),
        ((replace(IN_ERP, due_on=date(2026, 4, 1)),), "due on"),
    ],
)
async def test_the_erp_has_the_last_word(
    db: Database, mail: SendEmail, documents: tuple[Document, ...], word: str
) -> None:
    said = await ask(db, mail, erp=_answers(*documents))
    assert isinstance(said, Changed)
    assert word in said.reason


async def test_an_erp_that_is_away_is_waited_for(db: Database, mail: SendEmail) -> None:
    async def read(netsuite_ids: Sequence[str]) -> Sequence[Document]:
        raise ErpUnavailable(f"no answer about {len(netsuite_ids)}")

    assert isinstance(await ask(db, mail, erp=read), NotNow)


async def test_night_at_the_customer_is_not_now(db: Database, mail: SendEmail) -> None:
    night = NOW.replace(hour=5)
    said = await ask(db, mail, now=night)
    assert isinstance(said, NotNow)
    assert said.wait == timedelta(hours=7, minutes=30)


async def _row(scene: Scene, what: str, customer_id: int, invoice_id: int) -> None:
    rows = {
        "promise": PromiseRow(
            key="p", customer_id=customer_id, promised_on=date(2026, 3, 20), made_at=NOW
        ),
        "dispute": DisputeRow(
            key="d", customer_id=customer_id, invoice_id=invoice_id, opened_at=NOW
        ),
        "hold": HoldRow(key="h", customer_id=customer_id, reason="paused", created_at=NOW),
        "reply": TouchpointRow(
            key="mail:r",
            customer_id=customer_id,
            channel="email",
            direction="in",
            kind="reply",
            occurred_at=NOW + timedelta(minutes=1),
        ),
    }
    await scene.add(rows[what])


@pytest.mark.parametrize(
    ("what", "word"),
    [
        ("promise", "promised"),
        ("dispute", "disputed"),
        ("hold", "paused"),
        ("reply", "customer wrote"),
    ],
)
async def test_what_came_in_between_stops_it(
    db: Database, scene: Scene, mail: SendEmail, what: str, word: str
) -> None:
    await _row(scene, what, mail.customer_id, mail.invoice_ids[0])
    said = await ask(db, mail)
    assert isinstance(said, Changed)
    assert word in said.reason


async def test_an_automatic_answer_stops_nothing(
    db: Database, scene: Scene, mail: SendEmail
) -> None:
    await _row(scene, "reply", mail.customer_id, 0)
    async with db.begin() as session:
        (touch,) = await scene.all(TouchpointRow)
        touch.kind = "auto_reply"
        await session.merge(touch)
    assert await ask(db, mail) == Unchanged()


async def test_a_paid_or_part_paid_invoice_stops_it(
    db: Database, scene: Scene, mail: SendEmail
) -> None:
    async with db.begin() as session:
        row = await session.get(InvoiceRow, mail.invoice_ids[0])
        assert row is not None
        row.open_minor = 4000
        session.add(row)
    said = await ask(db, mail)
    assert isinstance(said, Changed)
    assert "40.00 USD" in said.reason
    await scene.pay(mail.invoice_ids[0])
    said = await ask(db, mail)
    assert isinstance(said, Changed)
    assert "not open any more" in said.reason


async def test_a_suppressed_contact_gets_nothing(
    db: Database, scene: Scene, mail: SendEmail
) -> None:
    async with db.begin() as session:
        (contact,) = await scene.all(ContactRow)
        contact.suppressed_at = NOW
        await session.merge(contact)
    said = await ask(db, mail)
    assert isinstance(said, Changed)
    assert "billing@acme.example" in said.reason


async def test_switched_off_customers_get_nothing(
    db: Database, scene: Scene, mail: SendEmail
) -> None:
    async with db.begin() as session:
        (customer,) = await scene.all(CustomerRow)
        customer.auto_followup = False
        await session.merge(customer)
    assert isinstance(await ask(db, mail), Changed)


async def test_a_customer_that_is_gone_gets_nothing(db: Database, mail: SendEmail) -> None:
    assert isinstance(await ask(db, replace(mail, customer_id=999)), Changed)


async def test_an_answer_may_leave_at_night_and_in_spite_of_a_promise(
    db: Database, scene: Scene, mail: SendEmail
) -> None:
    await _row(scene, "promise", mail.customer_id, 0)
    answer = replace(mail, purpose="reply", occasion="9")
    assert await ask(db, answer, now=NOW.replace(hour=5)) == Unchanged()


async def test_a_draft_that_is_not_true_any_more_is_withdrawn_by_the_next_look(
    db: Database, scene: Scene, mail: SendEmail
) -> None:
    await scene.pay(mail.invoice_ids[0])
    async with db.begin() as session:
        await followups.prepare(session, desk(), mail.customer_id, NOW)
    (row,) = await scene.all(EffectRow)
    assert row.state == "superseded"
