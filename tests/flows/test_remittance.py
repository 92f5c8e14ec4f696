"""Advices and money in any order of arrival; files of any form; files kept beside a receipt."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from domain.ledger.money import Money
from domain.matching.receipt import RemittanceRow
from effects.actor import Actor, ActorKind
from flows.attachments import Attached, NotAttached, attach, attached_to, download, kind_of
from flows.remittance import TakenAdvices, link_by_hand, rows_for, upload_advice
from flows.remittance_shares import shares
from sources.arrived import RefusedFile
from store.audit import AuditRow
from store.receipts import take_turns
from store.receivables import PaymentRow
from store.remittances import AdviceLinkRow, AdviceRow
from tests.flows.scene import BOB, NOW, Scene
from tests.sources.remittance.test_edi820 import interchange

CAROL = Actor(ActorKind.PERSON, "8")


async def upload(
    scene: Scene, body: bytes | str, name: str = "a.csv", customer_id: int | None = None
) -> TakenAdvices | RefusedFile:
    raw = body.encode() if isinstance(body, str) else body
    async with scene.db.begin() as session:
        return await upload_advice(session, raw, name, BOB, NOW, customer_id=customer_id)


async def linked(scene: Scene) -> set[tuple[str, int, str]]:
    keys = {row.id: row.filename for row in await scene.all(AdviceRow)}
    return {(keys[r.advice_id], r.payment_id, r.by) for r in await scene.all(AdviceLinkRow)}


async def look(scene: Scene, payment_id: int) -> list[str]:
    """What matching does first: the advised lines' numbers."""
    async with scene.db.begin() as session:
        await take_turns(session)
        return [row.reference for row in await rows_for(session, payment_id)]


STEPS = ("advice_100", "advice_60", "money_100", "money_60", "money_other")


async def arrived(scene: Scene, order: tuple[str, ...], payer: str) -> set[tuple[str, str, str]]:
    """Two advices and three payments of one payer, one after another; who is linked at the end."""
    names: dict[int, str] = {}
    for step in order:
        kind, _, amount = step.partition("_")
        if kind == "advice":
            text = f"Payer:,{payer}\nInvoice,Paid,Currency\n{payer}-{amount},{amount}.00,USD\n"
            await upload(scene, text, f"{payer} {amount}")
            continue
        minor = "7.00" if amount == "other" else f"{amount}.00"
        payment = await scene.receipt(
            f"{minor} USD", source="bank", source_id=f"{payer} {amount}", payer_name=payer
        )
        names[payment] = amount
        await look(scene, payment)
    told = await linked(scene)
    return {(f.removeprefix(payer), names[p], by) for f, p, by in told if p in names}


async def test_no_order_of_arrival_changes_what_is_linked(scene: Scene) -> None:
    orders = list(permutations(STEPS))[::17]
    assert len(orders) == 8
    for at, order in enumerate(orders):
        assert await arrived(scene, order, f"Payer{at}") == {
            (" 100", "100", "total"),
            (" 60", "60", "total"),
        }, order


async def test_a_rival_takes_a_link_away_again(scene: Scene) -> None:
    await scene.invoice(await scene.customer(), "INV-1001 100.00 USD due 2026-03-01")
    first = await scene.receipt("100.00 USD", source="bank", source_id="1", payer_name="Acme Inc")
    await upload(scene, "Invoice,Paid\nINV-1001,100.00\n")
    assert await look(scene, first) == ["INV-1001"]
    second = await scene.receipt("100.00 USD", source="bank", source_id="2", payer_name="ACME")
    asked = await scene.jobs("payments.match")
    assert await look(scene, second) == []
    assert await linked(scene) == set()
    assert {"payment_id": first} in asked
    async with scene.db.begin() as session:
        (advice,) = await scene.all(AdviceRow)
        assert await link_by_hand(session, advice.id, second, CAROL, NOW) == ""
    assert await look(scene, second) == ["INV-1001"]
    assert await look(scene, first) == []


async def test_what_is_posted_keeps_its_advice(scene: Scene) -> None:
    await scene.invoice(await scene.customer(), "INV-1001 100.00 USD due 2026-03-01")
    text = "Invoice,Paid\nINV-1001,100.00\n"
    await upload(scene, text)
    posted = await scene.receipt("100.00 USD", source="bank", source_id="1", payer_name="Acme")
    assert await look(scene, posted) == ["INV-1001"]
    async with scene.db.begin() as session:
        row = await session.get(PaymentRow, posted)
        assert row is not None
        row.state = "posted"
        session.add(row)
    later = await scene.receipt("100.00 USD", source="bank", source_id="2", payer_name="Acme")
    assert await look(scene, later) == []
    assert {pair[1:] for pair in await linked(scene)} == {(posted, "total")}


async def test_a_receipt_that_is_none_gives_its_advice_back(scene: Scene) -> None:
    await scene.invoice(await scene.customer(), "INV-1001 100.00 USD due 2026-03-01")
    await upload(scene, "Invoice,Paid\nINV-1001,100.00\n")
    first = await scene.receipt("100.00 USD", source="bank", source_id="1", payer_name="Acme")
    assert await look(scene, first) == ["INV-1001"]
    async with scene.db.begin() as session:
        row = await session.get(PaymentRow, first)
        assert row is not None
        row.state = "not_a_receipt"
        session.add(row)
    second = await scene.receipt("100.00 USD", source="bank", source_id="2", payer_name="Acme")
    assert await look(scene, second) == ["INV-1001"]
    assert {pair[1:] for pair in await linked(scene)} == {(second, "total")}


async def test_an_820_names_its_customer_by_its_documents(scene: Scene) -> None:
    acme = await scene.customer()
    for text in ("INV-1001 500.00 USD due 2026-03-01", "INV-1002 1000.00 USD due 2026-03-02"):
        await scene.invoice(acme, text)
    taken = await upload(scene, interchange(), "payer.edi")
    assert isinstance(taken, TakenAdvices)
    assert await upload(scene, interchange(), "again.edi") == TakenAdvices((), taken.advice_ids)
    (row,) = await scene.all(AdviceRow)
    assert (row.customer_id, row.total_minor, row.paid_on) == (acme, 141_500, date(2026, 3, 5))
    assert (row.raw, row.received_by) == (interchange(), str(BOB))
    assert [a.action for a in await scene.all(AuditRow)] == ["remittance.taken"]


async def test_currency_and_numbers_come_from_the_ledger(scene: Scene) -> None:
    acme = await scene.customer(currency="EUR")
    await scene.invoice(acme, "INV-1001 100.00 EUR due 2026-03-01")
    assert isinstance(await upload(scene, "INV-1001: 90,50\n", "note.txt"), TakenAdvices)
    (row,) = await scene.all(AdviceRow)
    assert (row.currency, row.total_minor, row.customer_id) == ("EUR", 9_050, acme)
    unknown = await upload(scene, "Invoice,Paid\nX-9,1.00\n")
    assert isinstance(unknown, RefusedFile)
    assert "no currency" in unknown.reason
    assert isinstance(
        await upload(scene, "Invoice,Paid\nX-9,1.00\n", customer_id=acme), TakenAdvices
    )


async def test_a_file_of_many_advices_is_kept_once(scene: Scene) -> None:
    lines = [f"P{n},INV-{n},10.00,USD" for n in range(5)]
    body = "\n".join(["Payment Reference,Invoice,Paid,Currency", *lines])
    await upload(scene, body)
    kept = [row.raw for row in await scene.all(AdviceRow)]
    assert kept == [body.encode(), *[b""] * 4]


async def test_lines_for_several_payments_are_shared_out_where_sums_leave_no_doubt(
    scene: Scene,
) -> None:
    acme = await scene.customer()
    for text in ("INV-1 100.00 USD due 2026-03-01", "INV-2 30.00 USD due 2026-03-01",
                 "INV-3 75.50 USD due 2026-03-01"):  # fmt: skip
        await scene.invoice(acme, text)
    await upload(scene, "Invoice,Paid\nINV-1,100.00\nINV-2,30.00\nINV-3,75.50\nCM-1,-5.00\n")
    first = await scene.receipt("125.00 USD", source="bank", source_id="1", payer_name="Acme Inc")
    assert await look(scene, first) == []
    second = await scene.receipt("75.50 USD", source="bank", source_id="2", payer_name="Acme Inc")
    assert await look(scene, second) == ["INV-3"]
    assert await look(scene, first) == ["INV-1", "INV-2", "CM-1"]
    assert {"payment_id": first} in await scene.jobs("payments.match")


def rows(*amounts: int) -> list[RemittanceRow]:
    return [RemittanceRow(f"INV-{n}", Money(minor, "USD")) for n, minor in enumerate(amounts)]


@pytest.mark.parametrize(
    ("amounts", "payments", "told"),
    [
        ((100, 30, 70), (100, 100), None),
        ((100, 30, 70), (130, 70), [[0, 1], [2]]),
        ((50, 50, 30), (50, 80), None),
        ((50, 60, 110), (110, 110), None),
        ((10, 200, 3_000), (3_000, 10, 200), [[2], [0], [1]]),
        ((10, 200, -60), (150,), None),
        ((10, 200, -60, 5), (150, 5), [[0, 1, 2], [3]]),
        ((10, 200), (10, 201), None),
        (tuple(range(1, 40)), (390, 390), None),
    ],
)
def test_lines_are_dealt_out_in_one_way_or_not_at_all(
    amounts: tuple[int, ...], payments: tuple[int, ...], told: list[list[int]] | None
) -> None:
    found = shares(rows(*amounts), {n: Money(minor, "USD") for n, minor in enumerate(payments)})
    numbers = found and [[int(r.reference[4:]) for r in found[n]] for n in range(len(payments))]
    assert numbers == told


async def test_a_creditor_reference_names_the_document_it_carries(scene: Scene) -> None:
    acme = await scene.customer(currency="EUR")
    await scene.invoice(acme, "539007547034 98.00 EUR due 2026-03-01")
    note = "Wir haben RF18 5390 0754 7034 mit 98,00 EUR bezahlt.\n"
    assert isinstance(await upload(scene, note, "note.txt"), TakenAdvices)
    (row,) = await scene.all(AdviceRow)
    assert [line["reference"] for line in row.rows] == ["RF18539007547034"]
    assert (row.total_minor, row.currency) == (9_800, "EUR")


async def test_files_beside_a_receipt(scene: Scene) -> None:
    payment = await scene.receipt("100.00 USD")
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 100
    async with scene.db.begin() as session:
        first = await attach(session, payment, "../check\n.exe", png, BOB, NOW)
        again = await attach(session, payment, "other.png", png, BOB, NOW)
        assert isinstance(first, Attached)
        assert again == Attached(first.attachment_id, created=False)
        assert isinstance(await attach(session, payment + 1, "a.png", png, BOB, NOW), NotAttached)
        (shown,) = await attached_to(session, payment)
        assert (shown.filename, shown.content_type, shown.size) == ("check.png", "image/png", 108)
        found = await download(session, payment, first.attachment_id)
        assert await download(session, payment + 1, first.attachment_id) is None
    assert found is not None
    assert found.body == png
    assert found.headers["Content-Disposition"].startswith('attachment; filename="check.png"')
    assert found.headers["Content-Security-Policy"].startswith("sandbox")
    assert found.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "body",
    [b"", b"x" * (10 * 1024 * 1024 + 1), b"<html><script>", b"<?xml version='1.0'?><svg/>",
     b"PK\x03\x04 zip", b"MZ\x90\0program", b"\xff\xfe\0\1"],
    ids=["empty", "large", "html", "svg", "zip", "program", "bytes"],
)  # fmt: skip
def test_what_is_not_kept(body: bytes) -> None:
    assert isinstance(kind_of(body), NotAttached)
