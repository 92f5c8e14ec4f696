"""Where customers pay changes by two administrators; mail with the old block does not leave."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from domain.dunning.reading import DocumentKind
from domain.ledger.remittance_block import RemittanceBlock
from effects.actor import Person, Role
from effects.answers import Refusal, RefusalCode
from effects.kinds import SendEmail
from effects.outcomes import Changed, Unchanged
from flows import documents, followups, paying_to
from flows.remittance_blocks import Dropped, InForce, Waits, Wrong, confirm, drop, offer
from flows.still_true import still_true_mail
from outreach.papers.reading import words_of
from store.audit import AuditRow
from store.effects import EffectRow
from store.engine import Database
from store.parties import SubsidiaryRow
from store.receivables import InvoiceRow
from store.remittance_blocks import RemittanceBlockRow
from tests.flows.scene import NOW, Scene, desk
from tests.flows.test_followups import AGENT, WHY

ADA, BEN = Person(91, "Ada", Role.ADMIN), Person(92, "Ben", Role.ADMIN)
OLD = RemittanceBlock("Northwind", "First Bank", routing="021000021", account="1111222233")
NEW = replace(OLD, account="9999888877")
EURO = RemittanceBlock("Northwind GmbH", iban="DE89370400440532013000")


async def proposed(
    db: Database, block: RemittanceBlock, by: Person = ADA, currency: str = "", seller: int = 0
) -> Waits:
    async with db.begin() as session:
        answer = await offer(
            session, block, "new bank", by, NOW, currency=currency, subsidiary_id=seller or None
        )
    assert isinstance(answer, Waits), answer
    return answer


async def confirmed(db: Database, waits: Waits, by: Person = BEN) -> InForce | Refusal:
    async with db.begin() as session:
        return await confirm(session, waits.block_id, waits.fingerprint, by, NOW)


async def put(db: Database, block: RemittanceBlock, currency: str = "", seller: int = 0) -> None:
    waits = await proposed(db, block, currency=currency, seller=seller)
    assert isinstance(await confirmed(db, waits), InForce)


async def printed(db: Database, customer_id: int, invoice_id: int) -> str:
    async with db.begin() as session:
        (paper,) = await documents.on_file(
            session, desk(), customer_id, DocumentKind.INVOICE_COPY, (invoice_id,), NOW
        )
        bodies = await documents.bodies_of(session, [paper.id])
    return words_of(bodies[paper.id], paper.media_type)


async def test_a_new_block_is_printed_once_another_administrator_confirmed_it(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    invoice = await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    assert "1111222233" not in await printed(db, acme, invoice)
    await put(db, OLD)
    waits = await proposed(db, NEW)
    assert "1111222233" in await printed(db, acme, invoice)
    for by, fingerprint, code in (
        (ADA, waits.fingerprint, RefusalCode.OWN_PROPOSAL),
        (replace(BEN, role=Role.CONTROLLER), waits.fingerprint, RefusalCode.NOT_ALLOWED),
        (BEN, "0" * 64, RefusalCode.CHANGED),
    ):
        answer = await confirmed(db, replace(waits, fingerprint=fingerprint), by)
        assert isinstance(answer, Refusal)
        assert answer.code is code
    assert isinstance(await confirmed(db, waits), InForce)
    after = await printed(db, acme, invoice)
    assert ("9999888877" in after, "1111222233" in after) == (True, False)
    again = await confirmed(db, waits)
    assert isinstance(again, Refusal)
    told = [row for row in await scene.all(AuditRow) if row.subject_kind == "remittance_block"]
    assert [row.action.partition(".")[2] for row in told] == ["proposed", "confirmed"] * 2
    assert "9999888877" not in str(told[-1].detail)


async def test_mail_with_a_paper_of_the_old_block_does_not_leave(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    await put(db, OLD)
    async with db.begin() as session:
        ready = await followups.prepare(session, desk(), acme, NOW)
        assert isinstance(ready, followups.Ready)
        kinds = (DocumentKind.INVOICE_COPY, DocumentKind.STATEMENT)
        ready = replace(ready, touch=replace(ready.touch, attachments=kinds))
        await followups.offer(session, desk(), ready, body=None, by=AGENT, because=WHY)
    (row,) = await scene.all(EffectRow)
    mail = SendEmail.from_payload(row.payload)

    async def still_true() -> object:
        async with db.begin() as session:
            return await still_true_mail(session, mail, NOW, desk=desk())

    assert isinstance(await still_true(), Unchanged)
    await put(db, EURO, currency="EUR")
    assert isinstance(await still_true(), Unchanged)
    waits = await proposed(db, NEW)
    assert isinstance(await still_true(), Unchanged)
    await confirmed(db, waits)
    found = await still_true()
    assert isinstance(found, Changed)
    assert "where we do not ask to pay any more" in found.reason


async def test_mail_does_not_leave_whose_invoice_another_subsidiary_turned_out_to_bill(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    invoice = await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    seller = SubsidiaryRow(netsuite_id="s-2", name="Northwind GmbH", currency="EUR")
    await scene.add(seller)
    await put(db, OLD)
    await put(db, NEW, seller=seller.id)
    async with db.begin() as session:
        told = (await paying_to.asked_for(session, [invoice])).facts()
    assert not await changes(db, invoice, told)
    async with db.begin() as session:
        row = await session.get(InvoiceRow, invoice)
        assert row is not None
        row.subsidiary_id = seller.id
        session.add(row)
    assert await changes(db, invoice, told)
    assert await changes(db, invoice, None)


async def changes(db: Database, invoice_id: int, told: object) -> bool:
    async with db.begin() as session:
        return await paying_to.changed(session, [invoice_id], told)


async def test_the_closest_block_is_printed_and_an_empty_one_prints_nothing(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    invoice = await scene.invoice(acme, "INV-1001 100.00 EUR due 2026-02-10")
    seller = SubsidiaryRow(netsuite_id="s-2", name="Northwind GmbH", currency="EUR")
    await scene.add(seller)
    async with db.begin() as session:
        row = await session.get(InvoiceRow, invoice)
        assert row is not None
        row.subsidiary_id = seller.id
        session.add(row)
    for block, currency, of, shows in (
        (OLD, "", 0, "1111222233"),
        (EURO, "EUR", 0, "DE89"),
        (NEW, "", seller.id, "9999888877"),
        (replace(EURO, holder="Northwind Bonn"), "EUR", seller.id, "Northwind Bonn"),
        (NEW, "USD", seller.id, "Northwind Bonn"),
        (RemittanceBlock(), "EUR", seller.id, ""),
    ):
        await put(db, block, currency, of)
        async with db.begin() as session:
            asked = await paying_to.asked_for(session, [invoice])
        assert shows in " ".join(
            text for one in asked.blocks for text in one.block.shown().values()
        )
    assert asked.blocks == ()
    await put(db, replace(EURO, holder="Northwind Ulm"), "EUR", seller.id)
    home = await scene.invoice(acme, "INV-1002 100.00 USD due 2026-02-10")
    async with db.begin() as session:
        both = await paying_to.asked_for(session, [invoice, home])
    assert [(one.block.holder, one.named) for one in both.blocks] == [
        ("Northwind", ("USD",)),
        ("Northwind Ulm", ("Northwind GmbH EUR",)),
    ]


async def test_of_two_proposals_for_the_same_papers_one_is_confirmed(db: Database) -> None:
    first, second = await proposed(db, OLD), await proposed(db, NEW, BEN)
    assert isinstance(await confirmed(db, first), InForce)
    late = await confirmed(db, second, ADA)
    assert isinstance(late, Refusal)
    assert late.code is RefusalCode.WRONG_STATE
    async with db.begin() as session:
        assert isinstance(await drop(session, second.block_id, ADA, NOW), Dropped)
        over = await confirm(session, second.block_id, second.fingerprint, ADA, NOW)
    assert isinstance(over, Refusal)


@pytest.mark.parametrize(
    ("block", "reason", "currency", "seller", "says"),
    [
        (replace(OLD, routing="021000022"), "why", "", None, "check digit"),
        (OLD, " ", "", None, "why it changes"),
        (OLD, "why", "E1", None, "currency"),
        (OLD, "why", "", 4711, "no such subsidiary"),
        (RemittanceBlock(), "why", "", None, "printed already"),
    ],
)
async def test_what_is_no_block_is_not_proposed(
    db: Database, block: RemittanceBlock, reason: str, currency: str, seller: int | None, says: str
) -> None:
    async with db.begin() as session:
        answer = await offer(
            session, block, reason, ADA, NOW, currency=currency, subsidiary_id=seller
        )
    assert isinstance(answer, Wrong)
    assert says in answer.words


async def test_a_row_changed_behind_their_backs_is_not_printed(db: Database, scene: Scene) -> None:
    await put(db, OLD)
    waits = await proposed(db, NEW)
    async with db.begin() as session:
        connection = await session.connection()
        await connection.execute(text("UPDATE remittance_block SET account = '6666666666'"))
        assert await paying_to.in_force(session) == []
    answer = await confirmed(db, waits)
    assert isinstance(answer, Refusal)
    assert answer.code is RefusalCode.CHANGED
    (_, row) = await scene.all(RemittanceBlockRow)
    with pytest.raises(IntegrityError, match="block_has_two_people"):
        async with db.begin() as session:
            row.confirmed_by, row.confirmed_at = row.proposed_by, NOW
            await session.merge(row)
