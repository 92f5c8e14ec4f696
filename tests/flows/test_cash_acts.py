"""What people do with receipts, what follows in the ERP, and what matching learns from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from domain.ledger.money import Money
from domain.matching.decision import MatchClass, Matched
from domain.matching.receipt import Reference, ReferenceKind, RemittanceRow
from effects.actor import Actor, ActorKind, Role
from effects.kinds import PostCustomerPayment, PostJournal
from effects.kinds_cash import ApplyCredit, ReversePayment
from effects.policy import ApprovalPolicy, KindPolicy, Rule
from flows import cash
from flows.cash import acts, queue, rules, standing
from flows.cash.acts import Acted, ActRefused, Choice, ChoiceLine, Chosen, Part
from flows.cash.choosing import AS_ADVISED
from flows.desk import Desk
from flows.receipts import NotReceipt, Recorded, record_arrived
from sources.arrived import Arrived
from store import matching
from store.effects import EffectRow
from store.engine import Database
from store.matching import AliasRow, MatchClassRow, MatchVerdictRow
from store.parties import CustomerRow
from store.receipt_values import remittance_out
from store.receivables import ApplicationRow, PaymentRow
from store.standing import DisputeRow, PromiseRow
from tests.effects.outside import approval
from tests.flows.scene import APPROVAL, BOB, NOW, Scene, desk

ANN = Actor(ActorKind.PERSON, "8")
ANY = KindPolicy((Rule("seen", Role.APPROVER),))
CERTAIN = KindPolicy(
    (Rule("certain", "automatic", confidence=95), Rule("money is seen", Role.APPROVER))
)


def free_desk() -> Desk:
    """A desk whose policy posts what is certain."""
    kinds = {**APPROVAL.kinds, "post_customer_payment": CERTAIN, "post_journal": ANY}
    return replace(desk(), approval=ApprovalPolicy("free", kinds))


def usd(text: str) -> Money:
    return Money.parse(text, "USD")


async def match(db: Database, payment: int, at: Desk | None = None) -> object:
    async with db.begin() as session:
        return await cash.match_payment(session, at or desk(), payment, NOW)


async def go_live(db: Database, *klasses: MatchClass) -> None:
    async with db.begin() as session:
        await matching.begin_live(session, klasses, by="test", reason="test", now=NOW)


async def posts(db: Database, scene: Scene, payment: int) -> PaymentRow:
    """Approve and record the posting of a receipt, as performer and wiring do."""
    row = next(p for p in await scene.all(PaymentRow) if p.id == payment)
    async with db.begin() as session:
        effect = await session.get(EffectRow, row.effect_id)
        assert effect is not None
        content = PostCustomerPayment.from_payload(effect.payload)
        effect.state = "approved"
        session.add(approval(effect))
        found = await session.get(PaymentRow, payment)
        assert found is not None
        found.state, found.netsuite_id = "posted", f"ns-{payment}"
        applied = sum(a.amount.minor for a in content.applications)
        found.unapplied_minor = content.amount.minor - applied
        for line in content.applications:
            session.add(
                ApplicationRow(
                    payment_id=payment, invoice_id=line.invoice_id, amount_minor=line.amount.minor
                )
            )
        await session.flush()
        await cash.posted(session, desk(), content, effect.id, NOW)
    return next(p for p in await scene.all(PaymentRow) if p.id == payment)


async def test_a_class_on_trial_waits_for_a_person_and_a_live_one_does_not(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 412.17 USD due 2026-03-01")
    await scene.invoice(acme, "INV-1002 980.03 USD due 2026-03-01")
    first = await scene.receipt("412.17 USD", "INV-1001")
    found = await match(db, first, free_desk())
    assert isinstance(found, Matched)
    assert not found.live
    (row,) = await scene.all(EffectRow)
    assert (row.state, row.policy_reason) == (
        "proposed",
        "matches by reference exact are still in review",
    )
    await go_live(db, MatchClass.REFERENCE_EXACT)
    second = await scene.receipt("980.03 USD", "INV-1002")
    found = await match(db, second, free_desk())
    assert isinstance(found, Matched)
    assert found.live
    states = {e.id: e.state for e in await scene.all(EffectRow)}
    assert [states[number] for number in sorted(states)] == ["proposed", "approved"]
    async with db.read() as session:
        counts = await queue.counts(session)
        (auto,) = await queue.queue(session, "auto")
        view = await queue.receipt_view(session, second)
        text = await queue.export_csv(session, "proposed", "1001")
    assert (counts["auto"], counts["proposed"]) == (1, 1)
    assert auto.proposal_numbers == ("INV-1002",)
    assert view is not None
    assert view.journal
    assert "412.17" in text


async def test_a_declined_match_never_returns_and_ends_the_trial(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 412.17 USD due 2026-03-01")
    await go_live(db, MatchClass.REFERENCE_EXACT)
    payment = await scene.receipt("412.17 USD", "INV-1001")
    assert isinstance(await match(db, payment), Matched)
    async with db.read() as session:
        view = await queue.receipt_view(session, payment)
    assert view is not None
    (digest,) = view.proposal_digests
    async with db.begin() as session:
        said = await acts.decline(session, desk(), payment, digest, "not theirs", BOB, NOW)
    assert isinstance(said, Acted)
    for _ in range(2):
        assert not isinstance(await match(db, payment), Matched)
    assert [e.state for e in await scene.all(EffectRow)] == ["superseded"]
    (klass,) = await scene.all(MatchClassRow)
    assert klass.state == "demoted"
    assert {i.kind for i in await scene.items()} == {"payment", "match_class"}
    async with db.begin() as session:
        assert isinstance(
            await standing.go_live(session, desk().matching, "reference_exact", BOB, NOW),
            ActRefused,
        )


async def test_people_teach_payers_and_confirm_matches(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 412.17 USD due 2026-03-01")
    payment = await scene.receipt("412.17 USD", "INV-1001", payer_name="ACME HOLDING 77")
    await match(db, payment)
    await posts(db, scene, payment)
    (alias,) = await scene.all(AliasRow)
    assert (alias.customer_id, alias.confirmed) == (acme, 1)
    (verdict,) = await scene.all(MatchVerdictRow)
    assert verdict.confirmed
    async with db.read() as session:
        found = await standing.standing_of_classes(session, desk().matching)
    assert [(s.klass, s.n) for s in found if s.n] == [(MatchClass.REFERENCE_EXACT, 1)]


async def test_a_deduction_is_a_case_and_a_write_off_waits_for_its_payment(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    one = await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    two = await scene.invoice(acme, "INV-1002 50.00 USD due 2026-03-01")
    payment = await scene.receipt("139.00 USD", customer_id=acme)
    lines = (
        ChoiceLine(one, usd("90.00"), deduction=usd("10.00"), deduction_code="freight"),
        ChoiceLine(two, usd("49.00"), writeoff=usd("1.00")),
    )
    async with db.begin() as session:
        said = await acts.choose(session, desk(), payment, Choice(lines), BOB, NOW)
    assert isinstance(said, Chosen)
    effects = {e.id: e for e in await scene.all(EffectRow)}
    kinds = [effects[i].kind for i in said.effect_ids]
    assert kinds == ["post_customer_payment", "post_journal", "apply_credit"]
    journal = PostJournal.from_payload(effects[said.effect_ids[1]].payload)
    assert journal.waits_for == effects[said.effect_ids[0]].key
    await posts(db, scene, payment)
    (dispute,) = await scene.all(DisputeRow)
    assert (dispute.invoice_id, dispute.reason_code) == (one, "freight")
    (item,) = [i for i in await scene.items() if i.kind == "deduction"]
    assert item.detail["minor"] == 1000
    async with db.begin() as session:
        await cash.settle_deduction(session, item, NOW)
    (dispute,) = await scene.all(DisputeRow)
    assert dispute.state == "resolved"


async def test_a_deduction_that_the_advice_explains_has_the_code_of_the_advice(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    one = await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    payment = await scene.receipt("90.00 USD", customer_id=acme)
    async with db.begin() as session:
        row = await session.get(PaymentRow, payment)
        assert row is not None
        advised = RemittanceRow("inv 1001", usd("90.00"), deduction=usd("10.00"), reason_code="07")
        row.remittance = remittance_out((advised,))
        session.add(row)
        line = ChoiceLine(one, usd("90.00"), deduction=usd("10.00"), deduction_code=AS_ADVISED)
        said = await acts.choose(session, desk(), payment, Choice((line,)), BOB, NOW)
    assert isinstance(said, Chosen)
    await posts(db, scene, payment)
    (dispute,) = await scene.all(DisputeRow)
    assert dispute.reason_code == "07"
    (item,) = [i for i in await scene.items() if i.kind == "deduction"]
    assert "10.00 USD were taken off INV-1001 (07)" in item.title


async def test_what_came_before_its_invoice_is_matched_once_the_invoice_is_here(
    db: Database, scene: Scene
) -> None:
    payment = await scene.receipt("100.00 USD", "INV-1001", payer_name="ACME", created_at=NOW)
    async with db.begin() as session:
        await cash.match_payment(session, desk(), payment, NOW)
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    async with db.begin() as session:
        assert await cash.match_ownerless(session, NOW + timedelta(days=1)) == 0
        assert await cash.match_ownerless(session, NOW - timedelta(days=1)) == 1
    assert await scene.jobs("payments.match") == [{"payment_id": payment}]
    async with db.begin() as session:
        await cash.match_payment(session, desk(), payment, NOW)
    (row,) = await scene.all(PaymentRow)
    payer = row.match["payer"]
    assert isinstance(payer, dict)
    assert payer["customer_id"] == acme


async def test_a_parent_pays_for_its_children_and_strangers_do_not(
    db: Database, scene: Scene
) -> None:
    parent, child = await scene.customer("Parent"), await scene.customer("Child")
    stranger = await scene.customer("Stranger")
    async with db.begin() as session:
        row = await session.get(CustomerRow, child)
        assert row is not None
        row.parent_id = parent
    one = await scene.invoice(parent, "INV-1001 100.00 USD due 2026-03-01")
    two = await scene.invoice(child, "INV-1002 50.00 USD due 2026-03-01")
    other = await scene.invoice(stranger, "INV-1003 50.00 USD due 2026-03-01")
    payment = await scene.receipt("150.00 USD", customer_id=child)
    for last, fits in ((other, False), (two, True)):
        choice = Choice((ChoiceLine(one, usd("100.00")), ChoiceLine(last, usd("50.00"))))
        async with db.begin() as session:
            said = await acts.choose(session, desk(), payment, choice, BOB, NOW)
        assert isinstance(said, Chosen) is fits, said
    (effect,) = await scene.all(EffectRow)
    assert effect.customer_id == parent


async def test_a_receipt_is_split_to_the_cent_parked_and_no_receipt(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    payment = await scene.receipt("100.00 USD", "lockbox")
    parts = [Part(usd("60.00"), "Acme", acme), Part(usd("39.99"), "Beta")]
    async with db.begin() as session:
        assert isinstance(await acts.split(session, desk(), payment, parts, BOB, NOW), ActRefused)
        parts[1] = replace(parts[1], amount=usd("40.00"))
        said = await acts.split(session, desk(), payment, parts, BOB, NOW)
    assert isinstance(said, Acted)
    rows = {p.id: p for p in await scene.all(PaymentRow)}
    assert rows[payment].state == "split"
    assert sum(rows[i].amount_minor for i in said.payment_ids) == 10000
    one, two = said.payment_ids
    soon = NOW.date() + timedelta(days=1)
    async with db.begin() as session:
        assert isinstance(await acts.park(session, desk(), one, "asked", soon, BOB, NOW), Acted)
        assert isinstance(
            await acts.not_a_receipt(session, desk(), two, "transfer", "ours", BOB, NOW), Acted
        )
    async with db.read() as session:
        counts = await queue.counts(session)
    assert (counts["parked"], counts["not_a_receipt"]) == (1, 1)
    assert await cash.take_up_parked(db, soon, NOW) == 1
    async with db.begin() as session:
        assert isinstance(await acts.not_a_receipt(session, desk(), two, "", "", BOB, NOW), Acted)
    assert {p.state for p in await scene.all(PaymentRow)} == {"split", "received"}


async def test_what_stands_unapplied_is_put_on_invoices_once_somebody_else_agrees(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    one = await scene.invoice(acme, "INV-1001 70.00 USD due 2026-03-01")
    payment = await scene.receipt("100.00 USD", "INV-1001")
    async with db.begin() as session:
        choice = Choice((ChoiceLine(one, usd("70.00")),), keep_unapplied=True, explicit="over")
        assert isinstance(await acts.choose(session, desk(), payment, choice, BOB, NOW), Chosen)
    row = await posts(db, scene, payment)
    assert row.unapplied_minor == 3000
    two = await scene.invoice(acme, "INV-1002 25.00 USD due 2026-03-02")
    other = await scene.invoice(await scene.customer("Beta"), "INV-1003 9.00 USD due 2026-03-02")

    async def put(amounts: dict[int, str]) -> Chosen | ActRefused:
        wanted = {number: usd(text) for number, text in amounts.items()}
        async with db.begin() as session:
            why = "told on the telephone"
            return await acts.apply_unapplied(session, desk(), payment, wanted, why, BOB, NOW)

    for wrong in ({two: "25.01"}, {other: "9.00"}, {two: "20.00", one: "11.00"}, {999: "1.00"}, {}):
        assert isinstance(await put(wrong), ActRefused)
    assert isinstance(await put({two: "25.00"}), Chosen)
    assert isinstance(await put({two: "25.00"}), ActRefused)
    (effect,) = [e for e in await scene.all(EffectRow) if e.kind == "apply_credit"]
    content = ApplyCredit.from_payload(effect.payload)
    assert (effect.state, content.credit.kind, content.amount) == (
        "proposed", "payment", usd("25.00")
    )  # fmt: skip
    assert [(a.invoice_id, a.amount) for a in content.applications] == [(two, usd("25.00"))]


async def _back(db: Database, **more: Any) -> str:
    told: dict[str, Any] = {"source": "manual", "code": "R01", "amount": usd("100.00"), **more}
    async with db.begin() as session:
        return await cash.take_back(session, desk(), now=NOW, **told)


async def test_money_that_went_back_stops_or_reverses_its_posting(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    one = await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    first = await scene.receipt("100.00 USD", "INV-1001", source_id="trace-1")
    await match(db, first)
    assert await _back(db, reference="trace-1") == "stopped"
    assert await _back(db, reference="trace-1") == "known"
    assert await _back(db, reference="nobody") == "unknown"
    second = await scene.receipt("100.00 USD", "INV-1001", source_id="trace-2")
    assert isinstance(await match(db, second), Matched)
    await posts(db, scene, second)
    promise = PromiseRow(
        key="p", customer_id=acme, invoice_ids=[one], promised_on=date(2026, 3, 9),
        state="kept", made_at=NOW, settled_at=NOW,
    )  # fmt: skip
    await scene.add(promise)
    for _ in range(2):
        assert await _back(db, reference="trace-2") == "proposed"
    rows = sorted(await scene.all(EffectRow), key=lambda row: row.id)
    assert rows[0].state == "superseded"
    (reversal,) = [r for r in rows if r.kind == "reverse_payment"]
    content = ReversePayment.from_payload(reversal.payload)
    assert [(a.invoice_id, a.amount) for a in content.applications] == [(one, usd("100.00"))]
    async with db.begin() as session:
        await cash.posted(session, desk(), content, reversal.id, NOW)
    assert [p.state for p in await scene.all(PromiseRow)] == ["open"]
    assert {p.state for p in await scene.all(PaymentRow)} == {"reversed"}


async def test_what_arrives_is_recorded_once_and_a_payout_is_no_receipt(
    db: Database, scene: Scene
) -> None:
    on = date(2026, 3, 9)
    text = (Reference(ReferenceKind.REMITTANCE, "INV-1001"),)
    wire = Arrived("bai2", "t-1", usd("10.00"), on, on, payer_name="Acme", references=text)
    payout = Arrived("bai2", "t-2", usd("10.00"), on, on, payer_name="STRIPE", references=(
        Reference(ReferenceKind.REMITTANCE, "STRIPE TRANSFER PAYOUT"),
    ))  # fmt: skip
    async with db.begin() as session:
        told = [await record_arrived(session, a, now=NOW) for a in (wire, wire, payout, payout)]
    assert isinstance(told[0], Recorded)
    assert isinstance(told[2], NotReceipt)
    assert {p.state for p in await scene.all(PaymentRow)} == {"received", "not_a_receipt"}
    assert len(await scene.jobs("payments.match")) == 1


async def test_a_rule_acts_only_once_a_person_switched_it_on(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    raw = {
        "name": "holding pays for acme",
        "when": {"payer_contains": ["Zeta Holding"]},
        "then": {"payer_is": acme},
    }
    policy = desk().matching
    async with db.begin() as session:
        made = await rules.propose_rule(session, policy, raw, BOB, NOW)
        again = await rules.propose_rule(session, policy, raw, BOB, NOW)
        assert not (await standing.standing_now(session, policy)).rules[0].live
    assert isinstance(made, rules.RuleStanding)
    assert isinstance(again, ActRefused)
    async with db.begin() as session:
        own = await rules.activate_rule(session, policy, made.name, BOB, NOW)
        assert own == ActRefused("You wrote it; somebody else must switch it on.")
        done = await rules.activate_rule(session, policy, made.name, ANN, NOW)
        assert (await standing.standing_now(session, policy)).rules[0].live
    assert isinstance(done, Acted)
