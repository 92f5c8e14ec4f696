"""Follow-ups: swept once, planned purely, guarded, proposed once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from agent.slots import fill
from domain.dunning.planned import SendOutcome
from domain.dunning.policy import default_policy
from effects.actor import Actor, ActorKind
from effects.kinds import SendEmail
from effects.outcomes import Changed
from effects.propose import Because, Proposed
from flows import followups
from flows.followups import Blocked, Quiet, Ready
from flows.last_words import last_words_of
from flows.letters import violations
from flows.slots import slot_values
from flows.still_true import still_true_mail
from store import people
from store.effects import EffectRow, effect
from store.engine import Database
from store.followups import FollowUpRow, wake
from store.parties import ContactRow, CustomerRow
from store.receivables import ApplicationRow, CreditMemoRow, InvoiceRow
from store.standing import HoldRow
from store.touchpoints import ThreadRow, TouchpointRow
from tests.flows.scene import NOW, Scene, desk

DAY = date(2026, 3, 10)
AGENT = Actor(ActorKind.AGENT, "followup")
WHY = Because("cadence", {})


async def _offer(db: Database, customer_id: int, body: str | None = None) -> Proposed | Blocked:
    async with db.begin() as session:
        ready = await followups.prepare(session, desk(), customer_id, NOW)
        assert isinstance(ready, Ready), ready
        return await followups.offer(session, desk(), ready, body=body, by=AGENT, because=WHY)


async def test_a_sweep_enqueues_each_customer_once(db: Database, scene: Scene) -> None:
    acme, beta, late = [await scene.customer(n) for n in ("Acme", "Beta", "Gamma")]
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    await scene.invoice(acme, "INV-1002 100.00 USD due 2026-03-02")
    await scene.invoice(late, "INV-3001 100.00 USD due 2026-12-01")
    await scene.pay(await scene.invoice(beta, "INV-2001 10.00 USD due 2026-03-01"))
    assert await followups.sweep(db, DAY, default_policy(), NOW) == 1
    assert await followups.sweep(db, DAY, default_policy(), NOW) == 0
    assert await scene.jobs("followups.customer") == [{"customer_id": acme, "day": "2026-03-10"}]


async def test_a_customer_is_asked_about_again_on_the_next_day_or_when_woken(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    await followups.sweep(db, DAY, default_policy(), NOW)
    await _offer(db, acme)
    soon = NOW + timedelta(minutes=5)
    assert await followups.sweep(db, DAY, default_policy(), soon) == 0
    async with db.begin() as session:
        await wake(session, acme, soon)
    assert await followups.sweep(db, DAY, default_policy(), soon) == 1
    tomorrow = NOW + timedelta(days=1)
    assert await followups.sweep(db, tomorrow.date(), default_policy(), tomorrow) == 1


async def test_a_lost_job_is_enqueued_again(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    assert await followups.sweep(db, DAY, default_policy(), NOW) == 1
    later = NOW + timedelta(hours=2)
    assert await followups.sweep(db, DAY, default_policy(), later) == 1


async def test_one_mail_for_all_overdue_invoices_waits_for_approval(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    one = await scene.invoice(acme, "INV-1001 1234.50 USD due 2026-02-10")
    two = await scene.invoice(acme, "INV-1002 60.00 USD due 2026-02-12")
    proposed = await _offer(db, acme)
    assert isinstance(proposed, Proposed), proposed
    (row,) = await scene.all(EffectRow)
    mail = SendEmail.from_payload(row.payload)
    assert mail.to == ("billing@acme.example",)
    assert mail.invoice_ids == (one, two)
    assert "INV-1001" in mail.subject
    assert "1,234.50 USD" in mail.text
    assert "1,234.50 USD" in mail.html
    assert mail.reply_to.startswith("ar+t.")
    assert mail.envelope_from.startswith("ar+b.")
    assert mail.facts is not None
    assert (row.state, row.proposed_by_kind) == ("proposed", "agent")
    evidence: Any = row.because["evidence"]
    kept = {name: evidence[name] for name in ("tone", "phase", "ordinal", "step")}
    assert kept == {"tone": mail.tone, "phase": "overdue", "ordinal": 4, "step": mail.step}
    (noted,) = await scene.all(FollowUpRow)
    assert (noted.outcome, noted.effect_id, noted.step) == ("planned", row.id, mail.step)


async def test_preparing_again_holds_while_the_draft_waits(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    await _offer(db, acme)
    async with db.begin() as session:
        quiet = await followups.prepare(session, desk(), acme, NOW)
    assert isinstance(quiet, Quiet)
    assert quiet.reason == "awaiting_decision"
    async with db.read() as session:
        noted = await followups.why_not(session, acme)
    assert noted is not None
    assert (noted.outcome, noted.reason) == ("hold", "awaiting_decision")


async def test_a_hold_is_recorded_with_its_reason(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    await scene.add(
        HoldRow(key="h", customer_id=acme, reason="paused", detail="audit", created_at=NOW)
    )
    async with db.begin() as session:
        quiet = await followups.prepare(session, desk(), acme, NOW)
    assert isinstance(quiet, Quiet)
    assert quiet.reason == "paused"
    (noted,) = await scene.all(FollowUpRow)
    assert (noted.reason, noted.next_at) == ("paused", None)


@pytest.mark.parametrize(
    "body",
    [
        "Please pay 999.00 USD for INV-1001 at once.",
        "Please pay INV-7777.",
        "We waive a discount of 10 % if you pay today.",
        "Pay at https://evil.example/pay please.",
    ],
)
async def test_a_draft_with_anything_untrue_is_blocked_and_leaves_no_trace(
    db: Database, scene: Scene, body: str
) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    blocked = await _offer(db, acme, body)
    assert isinstance(blocked, Blocked)
    assert blocked.violations
    assert await scene.all(EffectRow) == []
    assert await scene.all(ThreadRow) == []


async def test_an_honest_draft_is_proposed(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    body = "A short note about INV-1001.\n\nCould you tell us when you will pay?"
    assert isinstance(await _offer(db, acme, body), Proposed)
    (row,) = await scene.all(EffectRow)
    assert "A short note about INV-1001." in str(row.payload["text"])


async def test_giving_up_asks_a_person_once(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    blocked = await _offer(db, acme, "Pay 5.00 USD")
    assert isinstance(blocked, Blocked)
    for _ in range(2):
        async with db.begin() as session:
            ready = await followups.prepare(session, desk(), acme, NOW)
            assert isinstance(ready, Ready)
            await followups.give_up(session, ready, blocked.violations)
    (item,) = await scene.items()
    assert item.customer_id == acme
    (noted,) = await scene.all(FollowUpRow)
    assert (noted.outcome, noted.reason) == ("blocked", "guard")


async def test_an_address_that_is_none_is_blocked(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    async with db.begin() as session:
        contact = (await scene.all(ContactRow))[0]
        contact.email = "ann lee@acme.example\nBcc: x@evil.example"
        await session.merge(contact)
    assert isinstance(await _offer(db, acme), Blocked)


async def test_a_note_about_some_of_the_coming_invoices_may_state_their_sum(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-13")
    await scene.invoice(acme, "INV-1002 60.00 USD due 2026-03-16")
    await scene.invoice(acme, "INV-1003 70.00 USD due 2026-05-20")
    assert isinstance(await _offer(db, acme), Proposed)
    (row,) = await scene.all(EffectRow)
    assert "160.00 USD" in str(row.payload["text"])
    assert "INV-1003" not in str(row.payload["text"])


async def _effect(db: Database, effect_id: int) -> EffectRow:
    async with db.read() as session:
        row = await effect(session, effect_id)
    assert row is not None
    return row


async def test_a_mail_that_waits_is_written_anew_when_its_days_are_not_true_any_more(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    first = await _offer(db, acme)
    assert isinstance(first, Proposed)
    row = await _effect(db, first.effect_id)
    mail, tomorrow = SendEmail.from_payload(row.payload), NOW + timedelta(days=1)
    assert "28" in mail.text
    async with db.read() as session:
        verdict = await still_true_mail(session, mail, tomorrow, desk=desk())
    assert isinstance(verdict, Changed)
    async with db.begin() as session:
        ready = await followups.prepare(session, desk(), acme, tomorrow)
        assert isinstance(ready, Ready), ready
        again = await followups.offer(session, desk(), ready, body=None, by=AGENT, because=WHY)
    assert isinstance(again, Proposed)
    assert again.effect_id == first.effect_id
    row = await _effect(db, first.effect_id)
    assert row.state == "proposed"
    assert "29" in SendEmail.from_payload(row.payload).text


async def test_a_letter_may_name_the_colleague_who_looks_after_them(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    async with db.begin() as session:
        robin = await people.add_user(
            session, email="robin@ours.example", name="Robin Hale", role="collector", now=NOW
        )
        row = await session.get(CustomerRow, acme)
        assert row is not None
        row.owner_user_id = robin.id
    async with db.begin() as session:
        ready = await followups.prepare(session, desk(), acme, NOW)
        assert isinstance(ready, Ready), ready
        values = await slot_values(session, ready.case, ready.touch, desk())
    assert (values["owner"], values["terms"]) == ("Robin Hale", "36")
    words = "Our payment terms of {{terms}} days are over. {{owner}} is glad to help."
    body = fill(words, values)
    assert isinstance(body, str)
    assert isinstance(await _offer(db, acme, body), Proposed)


async def test_the_company_signs_until_a_policy_names_somebody(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-02-10")
    named = replace(desk(), dunning=replace(default_policy(), signature="Julia Marsh"))
    letters = []
    for at_desk in (desk(), named):
        async with db.begin() as session:
            ready = await followups.prepare(session, at_desk, acme, NOW)
            assert isinstance(ready, Ready)
            last = await last_words_of(session, ready.case)
            mail = await followups.composed(session, at_desk, ready, last, None, "template/1")
        assert violations(mail, ready.case, at_desk) == ()
        letters.append(mail.text.partition("Kind regards\n")[2].splitlines()[:2])
    assert letters == [["Northwind Supply", ""], ["Julia Marsh", "Northwind Supply"]]


async def test_an_answer_holds_back_the_next_mail_of_its_own_conversation_only(
    db: Database, scene: Scene
) -> None:
    quiet, loud = [await scene.customer(name) for name in ("Quiet", "Loud")]
    for customer_id in (quiet, loud):
        await scene.invoice(customer_id, f"INV-{customer_id} 100.00 USD due 2026-02-10")
    words: dict[str, Any] = {"channel": "email", "occurred_at": NOW - timedelta(days=8)}
    heard = TouchpointRow(
        key="in", customer_id=loud, direction="in", kind="reply", reading={"certain": True}, **words
    )
    await scene.add(heard)
    outcomes = {}
    for customer_id in (quiet, loud):
        async with db.begin() as session:
            ready = await followups.prepare(session, desk(), customer_id, NOW)
        assert isinstance(ready, Ready), ready
        outcomes[customer_id] = ready.touch.outcome
    assert outcomes == {quiet: SendOutcome.AUTO, loud: SendOutcome.REVIEW}


async def test_a_credit_is_not_called_a_payment(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    ids = [await scene.invoice(acme, f"INV-100{n} 100.00 USD due 2026-02-1{n}") for n in range(2)]
    async with db.begin() as session:
        for invoice_id in ids:
            row = await session.get(InvoiceRow, invoice_id)
            assert row is not None
            row.open_minor = 7000
    payment_id = await scene.receipt(
        "30.00 USD", "ACH 1", customer_id=acme, state="posted", netsuite_id="p1", unapplied_minor=0
    )
    memo = CreditMemoRow(
        netsuite_id="cm1", number="CM-1", customer_id=acme, currency="USD", total_minor=3000,
        open_minor=0, issued_on=DAY,
    )  # fmt: skip
    await scene.add(memo)
    await scene.add(
        ApplicationRow(invoice_id=ids[0], payment_id=payment_id, amount_minor=3000),
        ApplicationRow(invoice_id=ids[1], credit_memo_id=memo.id, amount_minor=3000),
    )
    async with db.begin() as session:
        ready = await followups.prepare(session, desk(), acme, NOW)
        assert isinstance(ready, Ready), ready
        values = await slot_values(session, ready.case, ready.touch, desk())
    assert {name: text for name, text in values.items() if name.startswith("paid:")} == {
        "paid:INV-1000": "30.00 USD"
    }
