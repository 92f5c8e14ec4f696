"""Bank files: each movement once, no deposit counted beside its payers, returns taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from sqlmodel import select

from domain.ledger.money import Money
from effects.kinds_journal import PostJournal
from flows.bank.intake import Taken, read_file, take_file
from flows.bank.late_payouts import payout_told
from flows.cash.matching import match_payment
from sources.arrived import RefusedFile
from store.bank import BankFileRow, BankLineRow
from store.effects import EffectRow
from store.engine import Database
from store.payouts import PayoutRow
from store.receivables import PaymentRow
from store.worklist import WorkItemRow
from tests.flows.scene import BOB, NOW, Scene, desk
from tests.sources.bank.files import (
    IBAN,
    ach_entry,
    bai2,
    camt,
    entry,
    lockbox,
    lockbox_check,
    mt940,
    nacha,
    transaction,
)

ON = "260310"


@dataclass(frozen=True, slots=True)
class Bank:
    """Takes files in and reads back what became of them."""

    db: Database

    async def reads(self, body: bytes, name: str = "f.txt") -> str:
        async with self.db.begin() as session:
            taken = await take_file(session, body, name, "upload", BOB, NOW)
        assert isinstance(taken, Taken), taken
        return await read_file(self.db, desk(), taken.file_id, NOW)

    async def payments(self, *states: str) -> list[tuple[str, int]]:
        """Source and amount of receipts, those that were split left out."""
        async with self.db.read() as session:
            rows = (await session.exec(select(PaymentRow).order_by("id"))).all()
        wanted = states or ("received", "waiting", "proposed", "posted", "parked")
        return sorted((row.source, row.amount_minor) for row in rows if row.state in wanted)

    async def lines(self) -> list[tuple[str, str, int, str, str]]:
        async with self.db.read() as session:
            rows = (await session.exec(select(BankLineRow).order_by("id"))).all()
        return [(r.source, r.role, r.amount_minor, r.outcome, r.state) for r in rows]

    async def row(self, payment_id: int) -> PaymentRow:
        async with self.db.read() as session:
            found = await session.get(PaymentRow, payment_id)
        assert found is not None
        return found

    async def items(self) -> list[str]:
        async with self.db.read() as session:
            rows = (await session.exec(select(WorkItemRow).order_by("id"))).all()
        return [row.title for row in rows if row.closed_at is None]


@pytest.fixture
def house(db: Database) -> Bank:
    return Bank(db)


CHECKS = [
    lockbox_check("001", "001", 100000, ("INV-1001", 60000), ("INV-1002", 40000)),
    lockbox_check("001", "002", 2550, number="777", account="998"),
]
BOX = lockbox(("001", CHECKS), on=ON)
TWO_BATCHES = lockbox(
    ("001", CHECKS), ("002", [lockbox_check("002", "001", 5000, number="9")]), on=ON
)


def box_line(cents: int, text: str = "LOCKBOX DEPOSIT 0012345") -> bytes:
    return bai2(f"16,115,{cents},,BR7,,{text}", as_of=ON)


async def test_the_same_file_and_the_same_movement_in_another_file_add_nothing(
    house: Bank,
) -> None:
    first = camt(entry("10.00", ref="R1"), entry("20.00", ref="R2"), name="A")
    assert await house.reads(first) == "read"
    assert await house.reads(first) == "known"
    await house.reads(camt(entry("20.00", ref="R2"), entry("5.00", sign="DBIT"), name="B"))
    assert await house.payments() == [("bank", 1000), ("bank", 2000)]
    assert (await house.lines())[-1] == ("bank", "line", -500, "outgoing", "aside")


async def test_a_refused_file_leaves_nothing_and_a_person_is_told(house: Bank) -> None:
    assert await house.reads(bai2("16,165,5,,,,x", total=9), "monday.bai") == "refused"
    assert await house.payments() == []
    assert (await house.items()) == [
        "monday.bai is refused: the account adds up to 10005, its trailer says 9 (line 5)"
    ]
    async with house.db.begin() as session:
        assert isinstance(await take_file(session, b"", "x", "api", BOB, NOW), RefusedFile)


@pytest.mark.parametrize("order", ["box first", "line first"])
async def test_a_lockbox_deposit_is_its_payers_whichever_comes_first(
    house: Bank, order: str
) -> None:
    files = [BOX, box_line(102550)]
    for body in files if order == "box first" else reversed(files):
        await house.reads(body)
    assert await house.payments() == [("lockbox", 2550), ("lockbox", 100000)]
    assert {line[:3]: line[4] for line in await house.lines()} == {
        ("lockbox", "deposit", 102550): "matched",
        ("lockbox", "part", 100000): "matched",
        ("lockbox", "part", 2550): "matched",
        ("bank", "line", 102550): "matched",
    }
    assert await house.items() == []


@pytest.mark.parametrize("order", ["box first", "line first"])
async def test_batches_that_the_bank_booked_together(house: Bank, order: str) -> None:
    files = [TWO_BATCHES, box_line(107550)]
    for body in files if order == "box first" else reversed(files):
        await house.reads(body)
    assert [amount for _, amount in await house.payments()] == [2550, 5000, 100000]
    assert {line[4] for line in await house.lines()} == {"matched"}


@pytest.mark.parametrize("order", ["box first", "line first"])
async def test_a_deposit_that_is_not_the_sum_of_its_checks_is_told_to_the_cent(
    house: Bank, order: str
) -> None:
    files = [BOX, box_line(102500)]
    for body in files if order == "box first" else reversed(files):
        await house.reads(body)
    assert await house.payments() == [("lockbox", 2550), ("lockbox", 100000)]
    assert {line[4] for line in await house.lines()} == {"difference"}
    assert await house.items() == [
        "The bank booked 1,025.00 USD; that is 0.50 USD less than what is told of it"
    ]


async def test_another_deposit_of_the_lockbox_is_not_taken_for_this_one(house: Bank) -> None:
    await house.reads(BOX)
    back = bai2("16,475,102550,,BR9,,ADJUSTMENT LOCKBOX 0012345", as_of=ON)
    await house.reads(back)
    await house.reads(box_line(990000))
    assert await house.payments() == [("bank", 990000), ("lockbox", 2550), ("lockbox", 100000)]
    assert [line[4] for line in await house.lines() if line[1] == "deposit"] == ["open"]


async def test_the_whole_deposit_posted_before_its_detail_is_a_persons_work(house: Bank) -> None:
    await house.reads(box_line(102550))
    async with house.db.begin() as session:
        whole = (await session.exec(select(PaymentRow))).one()
        whole.state, whole.netsuite_id, whole.unapplied_minor = "posted", "77", 0
        session.add(whole)
    await house.reads(BOX)
    assert await house.payments() == [("bank", 102550)]
    assert await house.items() == [
        "The deposit of 1,025.50 USD was posted whole; its 2 payers are told now"
    ]


async def test_ach_entries_and_their_lines_one_by_one_or_as_a_batch(house: Bank) -> None:
    entries = nacha(ach_entry(150000, "INV-1", trace=1), ach_entry(2500, "INV-2", trace=2), on=ON)
    await house.reads(entries)
    one = "16,165,2500,,B1,,ORIG CO NAME:ACME CORP TRACE#:091000010000002"
    other = "16,165,2500,,B2,,ORIG CO NAME:OTHER INC TRACE#:091000010000099"
    await house.reads(bai2(one, other, account="123456789", as_of=ON))
    assert await house.payments() == [("bank", 2500), ("nacha", 2500), ("nacha", 150000)]
    await house.reads(bai2("16,165,150000,,B3,,ACME CORP", account="123456789", as_of=ON))
    assert await house.payments() == [("bank", 2500), ("nacha", 2500), ("nacha", 150000)]
    states = {line[:3]: line[4] for line in await house.lines()}
    assert states["nacha", "deposit", 152500] == "matched"


async def test_a_batch_told_whole_then_taken_apart_by_a_notification(house: Bank) -> None:
    parts = [transaction("2187.00", ref="T1"), transaction("1296.00", ref="T2", name="Beta")]
    on = {"on": "2026-03-10"}
    await house.reads(camt(entry("3483.00", ref="B1", **on), name="S"))
    assert await house.payments() == [("bank", 348300)]
    await house.reads(camt(entry("3483.00", *parts, ref="B1", **on), kind="054", name="N"))
    assert await house.payments() == [("bank", 129600), ("bank", 218700)]
    assert await house.payments("split") == [("bank", 348300)]
    await house.reads(camt(entry("3483.00", ref="B1", **on), name="S2"))
    assert len(await house.payments()) == 2


async def test_the_same_movement_in_another_format_is_one(house: Bank) -> None:
    await house.reads(camt(entry("250.00", ref="X1", on="2026-03-10"), entry("250.00", ref="X2",
                           on="2026-03-10")))  # fmt: skip
    moves = [f":61:{ON}0310C250,00NTRFA{n}//Z{n}\n:86:x" for n in (1, 2, 3)]
    await house.reads(mt940(*moves, closing="C260310EUR1750,00", account=IBAN))
    assert await house.payments() == [("bank", 25000)] * 3
    assert [line[3] for line in await house.lines()] == ["receipt"] * 2 + ["known"] * 2 + [
        "receipt"
    ]


async def test_equal_amounts_of_two_payers_in_two_formats_stay_two(house: Bank) -> None:
    acme = entry("250.00", transaction("250.00", name="Acme GmbH"), ref="X1", on="2026-03-10")
    await house.reads(camt(acme, kind="054", name="N"))
    moves = [
        f":61:{ON}0310C250,00NTRFNONREF\n:86:166?20SVWZ+x?32{name}" for name in ("BETA AG", "ACME")
    ]
    await house.reads(mt940(*moves, closing="C260310EUR1500,00"))
    assert [line[3] for line in await house.lines()] == ["receipt", "receipt", "known"]


async def test_a_detail_of_a_receipt_that_is_posted_adds_nothing(house: Bank) -> None:
    line = "16,165,5000,,B1,,ORIG CO NAME:ACME CORP TRACE#:091000010000001"
    await house.reads(bai2(line, account="123456789", as_of=ON))
    async with house.db.begin() as session:
        whole = (await session.exec(select(PaymentRow))).one()
        whole.state, whole.netsuite_id, whole.unapplied_minor = "posted", "77", 0
        session.add(whole)
    await house.reads(nacha(ach_entry(5000, "INV-1", trace=1), on=ON))
    assert await house.payments() == [("bank", 5000)]
    assert await house.items() == []
    assert {line[4] for line in await house.lines()} == {"matched"}


def payout(name: str, cents: int, trace: str = "") -> PayoutRow:
    return PayoutRow(
        source="stripe",
        source_id=name,
        currency="USD",
        amount_minor=cents,
        status="paid",
        arrives_on=date(2026, 3, 9),
        trace=trace,
        seen_at=NOW,
    )


def by_hand(name: str, cents: int) -> PaymentRow:
    return PaymentRow(
        source="manual",
        source_id=name,
        currency="USD",
        amount_minor=cents,
        unapplied_minor=cents,
        received_on=NOW.date(),
        created_at=NOW,
    )


async def test_payouts_are_reconciled_and_never_receipts(house: Bank) -> None:
    await Scene(house.db).add(payout("po_1", 5000, "TRACE123456"), payout("po_2", 700),
                              payout("po_3", 900), payout("po_4", 1100, "TRACE999999"))  # fmt: skip
    await house.reads(bai2(
        "16,142,5000,,TRACE123456,,payout",
        "16,142,700,,B2,,ORIG CO NAME:STRIPE",
        "16,142,900,,B3,,ORIG CO NAME:ACME CORP",
        "16,142,1000,,TRACE999999,,STRIPE",
        as_of=ON,
    ))  # fmt: skip
    assert await house.payments() == []
    assert [(line[3], line[4]) for line in await house.lines()] == [
        ("payout", "matched"), ("payout", "matched"), ("held", "open"), ("payout", "difference"),
    ]  # fmt: skip
    assert await house.items() == [
        "9.00 USD from the bank may be payout po_3: say whether it is",
        "Payout po_4 came as 10.00 USD, 1.00 USD less than announced",
    ]


async def test_a_payout_told_after_its_line_takes_the_receipt_back(house: Bank) -> None:
    await house.reads(bai2("16,142,5000,,TRACE123456,,batch", "16,142,700,,B2,,x", as_of=ON))
    assert await house.payments() == [("bank", 700), ("bank", 5000)]
    told = payout("po_1", 5000, "trace123456")
    await Scene(house.db).add(told)
    async with house.db.begin() as session:
        await payout_told(session, told, NOW)
        await payout_told(session, told, NOW)
        session.add(told)
    assert await house.payments() == [("bank", 700)]
    assert (await house.lines())[0][3:] == ("payout", "matched")


async def test_what_a_person_entered_is_not_counted_again(house: Bank) -> None:
    await Scene(house.db).add(by_hand("WIRE-123456", 5000), by_hand("CHK 9", 700))
    await house.reads(bai2(
        "16,195,5000,,WIRE-123456,,from Acme", "16,175,700,,B2,,deposit", as_of=ON))  # fmt: skip
    assert await house.payments() == [("manual", 700), ("manual", 5000)]
    assert [line[3] for line in await house.lines()] == ["receipt", "held"]


async def test_a_return_takes_back_the_receipt_of_its_trace_once(house: Bank) -> None:
    await house.reads(nacha(ach_entry(5000, "INV-1", trace=7), on=ON))
    back = ach_entry(5000, "99R01091000010000007      09100001", code="26", trace=8)
    await house.reads(nacha(back, sec="PPD", on=ON))
    assert await house.payments("reversed") == [("nacha", 5000)]
    reported = "16,557,5000,,RET9,,Reason: R01, TRACE: 091000010000007"
    await house.reads(bai2(reported, as_of=ON, account="123456789"))
    assert (await house.lines())[-1][3:] == ("returned", "matched")
    other = ach_entry(700, "99R02091000010000007      09100001", code="26", trace=9)
    await house.reads(nacha(other, sec="PPD", on=ON))
    assert (await house.items())[-1] == (
        "The bank took back 7.00 USD (R02); no receipt of it is known"
    )


async def test_what_a_bank_charges_for_a_return_goes_to_expense(house: Bank) -> None:
    scene = Scene(house.db)
    acme = await scene.customer("Acme GmbH", currency="EUR")
    await scene.invoice(acme, "INV-1001 100.00 EUR due 2026-03-01")
    paid = transaction("100.00", e2e="E-77", text="INV-1001")
    await house.reads(camt(entry("100.00", paid, ref="R1", on="2026-03-10")))
    kept = "<Chrgs><TtlChrgsAndTaxAmt Ccy='EUR'>3.50</TtlChrgsAndTaxAmt></Chrgs><RltdPties>"
    back = transaction("100.00", e2e="E-77").replace("CRDT", "DBIT").replace("<RltdPties>", kept)
    returned = entry("103.50", back, sign="DBIT", on="2026-03-10", ref="R2",
                     more="<RvslInd>true</RvslInd>")  # fmt: skip
    await house.reads(camt(returned))
    assert await house.payments("reversed") == [("bank", 10000)]
    (fee,) = [row for row in await scene.all(EffectRow) if row.kind == "post_journal"]
    content = PostJournal.from_payload(fee.payload)
    assert (content.purpose, content.amount) == ("bank_fee", Money(350, "EUR"))
    assert content.lines[0].debit == Money(350, "EUR")
    (item,) = [one for one in await scene.items() if one.kind == "source_event"]
    assert item.title.startswith("A payment of 100.00 EUR came back (RVSL), the bank charged 3.50")


async def test_a_file_of_many_lines_is_recorded_together_and_each_line_for_itself(
    house: Bank,
) -> None:
    await Scene(house.db).add(by_hand("WIRE778899", 8000), payout("po_9", 6000, "TRACE654321"))
    lines = [f"16,165,{1000 + n},,MANY{n:04d},,DBNM: PAYER {n}" for n in range(60)]
    lines[10] = "16,165,8000,,WIRE778899,,DBNM: ACME"
    lines[20] = "16,165,6000,,TRACE654321,,STRIPE"
    lines[30] = "16,557,1005,,MANY0005,,R01 insufficient funds"
    assert await house.reads(bai2(*lines, as_of=ON)) == "read"
    outcomes = [outcome for *_, outcome, _ in await house.lines()]
    assert (outcomes[10], outcomes[20], outcomes[30]) == ("receipt", "payout", "returned")
    assert outcomes.count("receipt") == 58
    assert len(await house.payments("received")) == 57
    assert await house.payments("reversed") == [("bank", 1005)]
    await house.reads(bai2(*lines[:59], lines[59].replace("MANY", "MORE"), as_of=ON))
    assert len(await house.lines()) == 61


async def test_a_receipt_of_a_file_is_matched_like_any_other(house: Bank) -> None:
    scene = Scene(house.db)
    await scene.invoice(await scene.customer("Acme"), "INV-1001 1500.00 USD due 2026-03-01")
    await house.reads(bai2("16,165,150000,,B1,,DBNM: ACME REMI: INV-1001", as_of=ON))
    async with house.db.begin() as session:
        (row,) = (await session.exec(select(PaymentRow))).all()
        decision = await match_payment(session, desk(), row.id, NOW)
    assert decision is not None
    assert "INV-1001" in str(decision)
    async with house.db.read() as session:
        file = (await session.exec(select(BankFileRow))).one()
    assert (file.format, file.movements, file.state) == ("bai2", 1, "read")
