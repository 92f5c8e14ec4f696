"""Playbooks at work: kept in versions, one for each customer, walked by the policy's rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.dunning.planned import Hold, HoldReason, PlannedTouch, SendOutcome
from domain.dunning.playbook import Answer
from domain.dunning.policy import SendMode, default_policy
from domain.dunning.policy_values import Tone
from domain.dunning.standing import PauseReason
from effects.actor import Person, Role
from effects.answers import Refusal, RefusalCode
from effects.kinds import SendEmail
from effects.propose import Because, Proposed
from flows import followups, playbooks, why_not
from flows.facts import load_case
from flows.pauses import Target, pause
from flows.playbook_versions import Saved, Taken, activate, deactivate, save
from sources.policy_file import PolicyFileError
from store.conversations import ConversationRow
from store.effects import EffectRow
from store.engine import Database
from store.notices import NoticeRow
from store.people import add_user
from store.playbooks import PlaybookRow, PlaybookRunRow
from store.standing import DisputeRow
from store.touchpoints import TouchpointRow
from tests.flows.scene import BOB, NOW, Scene, desk

ANNA = Person(1, "Anna", Role.COLLECTOR)
CORA = Person(2, "Cora", Role.CONTROLLER)
OPEN_DESK = replace(desk(), dunning=replace(default_policy(), send_mode=SendMode.ALWAYS))
TEXT = """
name: {name}
customers: {customers}
steps:
  - if: days_overdue > 10 and overdue >= 100.00 USD
    then:
      - send_email: {{tone: firm, mode: send}}
  - loop_in: csm@northwind.example
  - wait: 2 business days
  - ask: Do they mention a payment plan?
    then:
      - send_email: {{tone: professional}}
    else:
      - escalate: {{reason: nobody answers, route: sales}}
"""


async def kept(db: Database, text: str) -> Saved:
    async with db.begin() as session:
        await add_user(session, email="csm@northwind.example", name="Sam", role="viewer", now=NOW)
        answer = await save(session, text, by=ANNA, now=NOW)
    assert isinstance(answer, Saved)
    return answer


async def made(db: Database, name: str, customers: str = "all") -> PlaybookRow | Taken | Refusal:
    found = await kept(db, TEXT.format(name=name, customers=customers))
    async with db.begin() as session:
        return await activate(session, found.playbook_id, found.version, by=CORA, now=NOW)


async def says(db: Database, customer_id: int, days: int = 0) -> PlannedTouch | Hold | None:
    now = NOW + timedelta(days=days)
    async with db.begin() as session:
        case = await load_case(session, OPEN_DESK, customer_id, now)
        assert case is not None
        return await playbooks.planned(session, OPEN_DESK, case, now)


async def sent(scene: Scene, touch: PlannedTouch, days: int = 0) -> None:
    at = NOW + timedelta(days=days)
    await scene.add(
        TouchpointRow(
            key=touch.key(),
            customer_id=touch.customer_id,
            channel="email",
            direction="out",
            kind="followup",
            occurred_at=at,
            to_addresses=["billing@acme.example"],
            step=touch.step,
            cycle=touch.cycle,
        )
    )


async def test_one_playbook_for_a_customer_made_active_by_somebody_else(scene: Scene) -> None:
    acme = await scene.customer("Acme")
    await scene.customer("Beta")
    first = await made(scene.db, "First", '["ns-Acme"]')
    assert isinstance(first, PlaybookRow)
    assert (first.active, first.customer_ids, first.steps) == (True, [acme], 7)
    assert await made(scene.db, "Second", '["ns-Beta", "ns-Acme"]') == Taken("First", 1)
    assert await made(scene.db, "Everybody") == Taken("First", 1)
    assert isinstance(await made(scene.db, "Third", '["ns-Beta"]'), PlaybookRow)
    stranger = await made(scene.db, "Fourth", '["ns-Nobody"]')
    assert isinstance(stranger, Refusal)
    assert "ns-Nobody" in stranger.message
    async with scene.db.begin() as session:
        own = await activate(session, first.id, 1, by=replace(CORA, user_id=1), now=NOW)
        assert isinstance(own, Refusal)
        assert own.code is RefusalCode.OWN_PROPOSAL
        low = await activate(session, first.id, 1, by=replace(ANNA, user_id=3), now=NOW)
        assert isinstance(low, Refusal)
        await deactivate(session, first.id, by=ANNA, now=NOW)
    assert isinstance(await made(scene.db, "Fifth", '["ns-Acme"]'), PlaybookRow)


async def test_what_is_wrong_is_refused_with_its_line(scene: Scene) -> None:
    async with scene.db.begin() as session:
        with pytest.raises(PolicyFileError) as refused:
            await save(session, TEXT.replace("overdue >=", "ovredue >=").format(
                name="X", customers="all"), by=ANNA, now=NOW)  # fmt: skip
    assert refused.value.line == 5
    assert "there is no fact 'ovredue'" in refused.value.problem


async def test_a_playbook_writes_waits_asks_and_hands_over(scene: Scene) -> None:
    acme = await scene.customer("Acme")
    await scene.invoice(acme, "INV-1 500.00 USD due 2026-02-10")
    await made(scene.db, "Book")
    touch = await says(scene.db, acme)
    assert isinstance(touch, PlannedTouch)
    assert (touch.tone, touch.outcome, touch.loop_in) == (Tone.PROFESSIONAL, SendOutcome.AUTO, ())
    assert await says(scene.db, acme) == touch
    await sent(scene, touch)
    waits = await says(scene.db, acme)
    assert isinstance(waits, Hold)
    assert (waits.reason, waits.until and waits.until.day) == (HoldReason.NOT_DUE, 12)
    asks = await says(scene.db, acme, 7)
    assert isinstance(asks, Hold)
    assert asks.reason is HoldReason.AWAITING_DECISION
    (item,) = await scene.items()
    assert item.kind == "playbook_question"
    assert len(await scene.jobs(playbooks.ASK)) == 1
    (run,) = await scene.all(PlaybookRunRow)
    async with scene.db.begin() as session:
        given = (session, run.id, run.position, Answer(False))
        assert await playbooks.answer(*given, by=BOB, now=NOW + timedelta(days=7))
        assert not await playbooks.answer(*given, by=BOB, now=NOW + timedelta(days=7))
    over = await says(scene.db, acme, 7)
    assert isinstance(over, Hold)
    assert over.reason is HoldReason.ESCALATED
    assert (await scene.all(ConversationRow))[0].state == "escalated"
    (notice,) = await scene.all(NoticeRow)
    assert (notice.kind, notice.route) == ("escalation", "sales")
    assert [i.kind for i in await scene.items()] == ["escalation"]


async def test_colleagues_get_copies_from_the_next_mail_on_and_drafts_stay_drafts(
    scene: Scene,
) -> None:
    acme = await scene.customer("Acme")
    await scene.invoice(acme, "INV-1 500.00 USD due 2026-02-10")
    await made(scene.db, "Book")
    touch = await says(scene.db, acme)
    assert isinstance(touch, PlannedTouch)
    await sent(scene, touch)
    await says(scene.db, acme, 7)
    (run,) = await scene.all(PlaybookRunRow)
    async with scene.db.begin() as session:
        await playbooks.answer(session, run.id, run.position, Answer(True, "in three parts"),
                               by=BOB, now=NOW + timedelta(days=7))  # fmt: skip
    draft = await says(scene.db, acme, 7)
    assert isinstance(draft, PlannedTouch)
    assert draft.loop_in == ("csm@northwind.example",)
    assert (draft.tone, draft.outcome) == (Tone.PROFESSIONAL, SendOutcome.REVIEW)
    async with scene.db.begin() as session:
        found = await why_not.reasons_of(session, OPEN_DESK, acme, NOW + timedelta(days=7))
        assert next(iter(found.values())).touch == draft
    async with scene.db.begin() as session:
        ready = await followups.prepare(session, OPEN_DESK, acme, NOW + timedelta(days=7))
        assert isinstance(ready, followups.Ready)
        why = Because("cadence", {})
        made_of = await followups.offer(session, OPEN_DESK, ready, body=None, by=BOB, because=why)
        assert isinstance(made_of, Proposed)
        row = await session.get(EffectRow, made_of.effect_id)
        assert row is not None
        mail = SendEmail.from_payload(row.payload)
    assert (mail.to, mail.cc) == (("billing@acme.example",), ("csm@northwind.example",))
    await sent(scene, draft, 7)
    end = await says(scene.db, acme, 14)
    assert isinstance(end, Hold)
    assert (end.reason, "at its end" in end.detail) == (HoldReason.EXHAUSTED, True)


TWO = """
name: Two
customers: all
steps:
  - send_email: {tone: friendly, mode: send}
  - send_email: {tone: firm, mode: send}
"""


async def test_the_policys_stops_and_caps_hold_for_playbooks_too(scene: Scene) -> None:
    acme = await scene.customer("Acme")
    invoice = await scene.invoice(acme, "INV-1 500.00 USD due 2026-02-10")
    found = await kept(scene.db, TWO)
    async with scene.db.begin() as session:
        await activate(session, found.playbook_id, 1, by=CORA, now=NOW)
    never = replace(OPEN_DESK, dunning=replace(OPEN_DESK.dunning, send_mode=SendMode.NEVER))
    async with scene.db.begin() as session:
        ready = await followups.prepare(session, never, acme, NOW)
    assert isinstance(ready, followups.Ready)
    assert ready.touch.outcome is SendOutcome.REVIEW
    assert await held(scene, acme, 4) is HoldReason.OUTSIDE_WINDOW
    touch = await says(scene.db, acme)
    assert isinstance(touch, PlannedTouch)
    await sent(scene, touch)
    assert await held(scene, acme, 1) is HoldReason.GAP
    async with scene.db.begin() as session:
        await pause(session, Target(acme, invoice), 7, PauseReason.APPROVAL, by=CORA, now=NOW)
    assert await held(scene, acme, 7) is HoldReason.PAUSED
    assert await held(scene, acme, 8) is HoldReason.NOT_DUE
    firm = await says(scene.db, acme, 14)
    assert isinstance(firm, PlannedTouch)
    assert (firm.tone, firm.step.rpartition("_")[2]) == (Tone.FIRM, "1")
    dispute = DisputeRow(key="d", customer_id=acme, invoice_id=invoice, opened_at=NOW)
    await scene.add(dispute)
    assert await held(scene, acme, 14) is HoldReason.DISPUTED


ASKS = "name: {name}\ncustomers: all\nsteps:\n  - ask: Is it so?\n    then: [wait: 2]\n"


async def test_a_question_that_nobody_needs_answered_leaves_the_worklist(scene: Scene) -> None:
    acme, beta = await scene.customer("Acme"), await scene.customer("Beta")
    paid = await scene.invoice(acme, "INV-1 500.00 USD due 2026-02-10")
    await scene.invoice(beta, "INV-2 500.00 USD due 2026-02-10")
    found = await kept(scene.db, ASKS.format(name="Asks"))
    async with scene.db.begin() as session:
        await activate(session, found.playbook_id, 1, by=CORA, now=NOW)
    for customer_id in (acme, beta):
        asks = await says(scene.db, customer_id)
        assert isinstance(asks, Hold)
    assert {run.state for run in await scene.all(PlaybookRunRow)} == {"waiting"}
    assert len(await scene.items()) == 2
    await scene.pay(paid)
    await followups.sweep(scene.db, NOW.date(), default_policy(), NOW)
    assert [item.customer_id for item in await scene.items()] == [beta]
    async with scene.db.begin() as session:
        await deactivate(session, found.playbook_id, by=ANNA, now=NOW)
    assert await scene.items() == []
    async with scene.db.begin() as session:
        await activate(session, found.playbook_id, 1, by=CORA, now=NOW)
    await says(scene.db, beta)
    assert [item.customer_id for item in await scene.items()] == [beta]


async def test_a_name_that_another_playbook_took_meanwhile_is_refused(scene: Scene) -> None:
    await scene.customer("Acme")
    first = await kept(scene.db, ASKS.format(name="First"))
    async with scene.db.begin() as session:
        again = await save(session, ASKS.format(name="Other"), by=ANNA, now=NOW,
                           playbook_id=first.playbook_id)  # fmt: skip
        assert isinstance(again, Saved)
        second = await save(session, ASKS.format(name="other"), by=ANNA, now=NOW)
        assert isinstance(second, Saved)
    async with scene.db.begin() as session:
        refused = await activate(session, first.playbook_id, 2, by=CORA, now=NOW)
    assert isinstance(refused, Refusal)
    assert refused.message == "There is a playbook named other."


async def held(scene: Scene, customer_id: int, days: int) -> HoldReason:
    found = await says(scene.db, customer_id, days)
    assert isinstance(found, Hold), found
    return found.reason
