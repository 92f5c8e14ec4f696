"""Receipts become proposals or questions, once each."""

from __future__ import annotations

from dataclasses import replace

from domain.ledger.money import Money
from domain.matching.decision import Ambiguous, Matched
from effects.actor import Person, Role
from effects.answers import Rejected
from effects.decide import reject
from effects.kinds import PostCustomerPayment
from effects.lifecycle import EffectState
from flows import cash
from flows.cash import acts
from flows.cash.acts import ActRefused, Choice, ChoiceLine, Chosen
from flows.receipts import Entered, Invalid, ManualEntry
from store.effects import EffectRow
from store.engine import Database
from store.receivables import PaymentRow
from tests.effects.outside import approval
from tests.flows.scene import BOB, NOW, Scene, desk


def _usd(minor: int) -> Money:
    return Money(minor, "USD")


def pick(*lines: tuple[int, Money], over: bool = False) -> Choice:
    """A person's choice of amounts by invoice id."""
    chosen = tuple(ChoiceLine(invoice_id, amount) for invoice_id, amount in lines)
    return Choice(chosen, keep_unapplied=over, explicit="over" if over else "partial")


async def _match(db: Database, payment_id: int) -> object:
    async with db.begin() as session:
        return await cash.match_payment(session, desk(), payment_id, NOW)


async def test_an_exact_reference_is_proposed_with_its_proof(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    one = await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    two = await scene.invoice(acme, "INV-1002 60.00 USD due 2026-03-02")
    payment = await scene.receipt("160.00 USD", "INV-1001 INV-1002")
    assert isinstance(await _match(db, payment), Matched)
    (row,) = await scene.all(EffectRow)
    effect = PostCustomerPayment.from_payload(row.payload)
    assert [(a.invoice_id, a.amount.plain()) for a in effect.applications] == [
        (one, "100.00"),
        (two, "60.00"),
    ]
    assert effect.external_id.startswith("dw-pay-")
    assert effect.customer_netsuite_id == "ns-Acme"
    assert (row.state, row.required_role) == ("proposed", "approver")
    (paid,) = await scene.all(PaymentRow)
    assert (paid.state, paid.effect_id, paid.customer_id) == ("proposed", row.id, acme)
    assert await scene.items() == []


async def test_matching_again_changes_nothing(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    payment = await scene.receipt("100.00 USD", "INV-1001", customer_id=acme)
    assert await _match(db, payment) is not None
    assert await _match(db, payment) is None
    assert len(await scene.all(EffectRow)) == 1


async def test_a_tie_waits_for_a_person_with_candidates(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    await scene.invoice(acme, "INV-1002 100.00 USD due 2026-03-02")
    payment = await scene.receipt("100.00 USD", customer_id=acme, payer_name="ACME CORP")
    assert isinstance(await _match(db, payment), Ambiguous)
    (item,) = await scene.items()
    assert (item.kind, item.payment_id, item.customer_id) == ("payment", payment, acme)
    assert "ACME CORP" in item.title
    proposals = item.detail["proposals"]
    assert isinstance(proposals, list)
    assert [[i["number"] for i in p["invoices"]] for p in proposals][:2] == [
        ["INV-1001"],
        ["INV-1002"],
    ]
    assert await scene.all(EffectRow) == []


async def test_a_person_picks_and_the_item_closes(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    one = await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    payment = await scene.receipt("130.00 USD")
    await _match(db, payment)
    async with db.begin() as session:
        picked = await acts.choose(
            session, desk(), payment, pick((one, _usd(10000)), over=True), BOB, NOW
        )
    assert isinstance(picked, Chosen)
    assert await scene.items() == []
    (row,) = await scene.all(EffectRow)
    assert (row.proposed_by_kind, row.proposed_by_id) == ("person", "7")


async def test_impossible_choices_are_refused(db: Database, scene: Scene) -> None:
    acme, beta = await scene.customer(), await scene.customer("Beta")
    one = await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    other = await scene.invoice(beta, "INV-2001 50.00 USD due 2026-03-01")
    euro = await scene.invoice(acme, "INV-1003 50.00 EUR due 2026-03-01")
    payment = await scene.receipt("90.00 USD")
    wrong: list[list[tuple[int, Money]]] = [
        [],
        [(one, _usd(10001))],
        [(one, _usd(0))],
        [(one, _usd(9001))],
        [(one, _usd(10)), (one, _usd(10))],
        [(one, _usd(4000)), (other, _usd(5000))],
        [(euro, _usd(100))],
        [(999, _usd(100))],
    ]
    for choice in wrong:
        async with db.begin() as session:
            said = await acts.choose(session, desk(), payment, pick(*choice, over=True), BOB, NOW)
        assert isinstance(said, ActRefused), choice
    assert await scene.all(EffectRow) == []


async def test_nothing_is_picked_anew_once_posting_was_approved(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    one = await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    payment = await scene.receipt("100.00 USD", "INV-1001")
    await _match(db, payment)
    async with db.begin() as session:
        (row,) = await scene.all(EffectRow)
        row.state = EffectState.APPROVED
        await session.merge(row)
        session.add(approval(row))
    async with db.begin() as session:
        said = await acts.choose(session, desk(), payment, pick((one, _usd(5000))), BOB, NOW)
    assert said == ActRefused("Its posting is approved already.")


ENTRY = ManualEntry("12.50", "usd", "2026-03-09", "WIRE 42", reference="INV-1001")


async def test_the_same_entry_twice_is_one_receipt(db: Database, scene: Scene) -> None:
    async with db.begin() as session:
        first = await cash.enter_payment(session, ENTRY, BOB, NOW)
    async with db.begin() as session:
        again = await cash.enter_payment(session, ENTRY, BOB, NOW)
        other = await cash.enter_payment(session, replace(ENTRY, amount="99.00"), BOB, NOW)
    assert isinstance(first, Entered)
    assert again == Entered(first.payment_id, created=False)
    assert isinstance(other, Invalid)
    assert await scene.jobs("payments.match") == [{"payment_id": first.payment_id}]


async def test_entries_are_checked_by_field(db: Database) -> None:
    wrong = replace(
        ENTRY, amount="1,000.00", received_on="tomorrow", source_id="  ", customer_id=12345
    )
    async with db.begin() as session:
        said = await cash.enter_payment(session, wrong, BOB, NOW)
        late = await cash.enter_payment(session, replace(ENTRY, received_on="2026-03-20"), BOB, NOW)
        free = await cash.enter_payment(session, replace(ENTRY, amount="0"), BOB, NOW)
        odd = await cash.enter_payment(session, replace(ENTRY, currency="US"), BOB, NOW)
    assert isinstance(said, Invalid)
    assert set(said.problems) == {"amount", "received_on", "source_id", "customer_id"}
    assert isinstance(late, Invalid)
    assert set(late.problems) == {"received_on"}
    assert isinstance(free, Invalid)
    assert isinstance(odd, Invalid)


async def test_two_receipts_never_get_the_same_open_balance(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    one = await scene.receipt("100.00 USD", "INV-1001")
    two = await scene.receipt("100.00 USD", "INV-1001 again")
    assert isinstance(await _match(db, one), Matched)
    assert not isinstance(await _match(db, two), Matched)
    assert len(await scene.all(EffectRow)) == 1
    (item,) = await scene.items()
    assert item.payment_id == two


async def test_two_parts_fill_one_invoice_and_no_more(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    parts = [
        await scene.receipt("60.00 USD", "INV-1001 part", source_id=str(n), customer_id=acme)
        for n in range(3)
    ]
    outcomes = [await _match(db, part) for part in parts]
    assert [isinstance(o, Matched) for o in outcomes] == [True, False, False]
    rest = await scene.receipt("40.00 USD", "INV-1001 rest", customer_id=acme)
    assert isinstance(await _match(db, rest), Matched)


async def test_a_withdrawn_posting_is_matched_again_when_the_balance_moves(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    payment = await scene.receipt("100.00 USD", "INV-1001")
    await _match(db, payment)
    async with db.begin() as session:
        (row,) = await scene.all(EffectRow)
        row.state = EffectState.SUPERSEDED
        await session.merge(row)
    for _ in range(2):
        async with db.begin() as session:
            await cash.settled(session, desk(), acme, NOW)
    assert await scene.jobs("payments.match") == [{"payment_id": payment}]
    (paid,) = await scene.all(PaymentRow)
    assert paid.state == "received"


async def test_a_receipt_that_waited_is_proposed_when_its_invoice_arrives(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    payment = await scene.receipt("100.00 USD", "INV-1001", customer_id=acme)
    await _match(db, payment)
    assert len(await scene.items()) == 1
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    async with db.begin() as session:
        await cash.settled(session, desk(), acme, NOW)
    assert isinstance(await _match(db, payment), Matched)
    assert await scene.items() == []


async def test_a_posting_that_was_turned_down_waits_for_a_person(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    payment = await scene.receipt("100.00 USD", "INV-1001")
    await _match(db, payment)
    async with db.begin() as session:
        (row,) = await scene.all(EffectRow)
        row.state = EffectState.REJECTED
        await session.merge(row)
    async with db.begin() as session:
        await cash.settled(session, desk(), acme, NOW)
    await _match(db, payment)
    (item,) = await scene.items()
    assert "turned down" in item.title
    (row,) = await scene.all(EffectRow)
    assert row.state == "rejected"


async def test_a_rejected_posting_comes_back_to_a_person_at_once(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    one = await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    payment = await scene.receipt("100.00 USD", "nothing in it", payer_name="ACME")
    await _match(db, payment)
    async with db.begin() as session:
        await acts.choose(session, desk(), payment, pick((one, _usd(10000))), BOB, NOW)
    assert await scene.items() == []
    (row,) = await scene.all(EffectRow)
    ann = Person(8, "Ann", Role.APPROVER)
    async with db.begin() as session:
        said = await reject(session, row.id, row.fingerprint, ann, desk().approval, NOW, "no")
    assert isinstance(said, Rejected)
    assert await scene.jobs("payments.match") == [{"payment_id": payment}]
    await _match(db, payment)
    (item,) = await scene.items()
    assert item.payment_id == payment
    (paid,) = await scene.all(PaymentRow)
    assert paid.state == "waiting"
