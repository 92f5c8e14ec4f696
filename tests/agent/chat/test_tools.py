"""Tools on a real database: whose role may what, what is asked back, what is never done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent.brain import RulesBrain
from agent.graph.chat import ChatGraph
from agent.graph.memory import chat_memory
from agent.tools.catalogue import TOOLS
from effects.actor import Person, Role
from effects.answers import Refusal
from effects.decide import approve
from sandbox.clock import real_now
from store.audit import latest
from store.colleague_notes import ColleagueNoteRow
from store.effects import EffectRow
from store.engine import Database
from store.receivables import PaymentRow
from store.standing import DisputeRow, HoldRow
from store.threads import forget_idle
from tests.agent.chat.talk import Talk, talk
from tests.flows.scene import APPROVAL, NOW, Scene, desk


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUDITOR, Role.ADMIN])
async def test_who_only_reads_proposes_nothing(db: Database, role: Role) -> None:
    """Viewers, auditors and admins see everything and may do nothing; that they tried is kept."""
    world = await talk(db, role=role)
    assert "140.50 USD" in (await world.say("what does Acme owe")).text
    for wish in (
        "draft a reminder to Acme",
        "Acme paid 100 today, ref 1",
        "pause Acme until Friday",
        "note on Acme: hello",
        "assign Acme to me",
        "credit 10 on INV-1001",
        "Acme promised to pay by Friday",
    ):
        answer = await world.say(wish)
        assert answer.text.startswith(f"The role {role} may read"), wish
        assert answer.proposed == ()
    scene = Scene(db)
    for kind in (EffectRow, PaymentRow, HoldRow, ColleagueNoteRow):
        assert await scene.all(kind) == []
    async with db.read() as session:
        tried = [r for r in await latest(session) if r.action == "chat.tool"]
    assert sum(bool(r.detail["refused"]) for r in tried) == 7
    assert {r.actor_id for r in tried} == {str(world.by.user_id)}
    helped = await world.say("help")
    assert "draft" not in helped.text
    assert "what does Acme owe" in helped.text


async def test_whoever_asked_for_a_reminder_does_not_approve_it(db: Database) -> None:
    world = await talk(db)
    answer = await world.say("draft a firm reminder to Acme")
    (row,) = await Scene(db).all(EffectRow)
    assert answer.proposed == (row.id,)
    assert row.payload["tone"] == "firm"
    other = Person(99, "Casey", Role.COLLECTOR)
    async with db.begin() as session:
        own = await approve(session, row.id, row.fingerprint, world.by, APPROVAL, NOW)
        assert isinstance(own, Refusal)
        assert own.code == "own_proposal"
        assert not isinstance(
            await approve(session, row.id, row.fingerprint, other, APPROVAL, NOW), Refusal
        )


async def test_a_second_wish_rewrites_the_mail_that_waits(db: Database) -> None:
    world = await talk(db)
    await world.say("draft a friendly reminder to Acme")
    answer = await world.say("draft a firmer reminder to Acme")
    (row,) = await Scene(db).all(EffectRow)
    assert answer.proposed == (row.id,)
    assert (row.payload["tone"], row.version) == ("firm", 2)


async def test_nobody_is_reminded_who_disputes_paused_or_wrote(db: Database) -> None:
    world = await talk(db)
    scene = Scene(db)
    await scene.add(
        DisputeRow(key="d", customer_id=1, invoice_id=1, reason_code="pricing", opened_at=NOW)
    )
    assert "it is in dispute" in (await world.say("remind Acme")).text
    assert "nothing is overdue" in (await world.say("remind Acme about INV-1002")).text
    await world.say("pause Globex until Friday")
    assert "it is paused" in (await world.say("chase Globex")).text
    assert await scene.all(EffectRow) == []


async def test_a_payment_is_recorded_once_matched_and_its_posting_waits(db: Database) -> None:
    world = await talk(db)
    said = "Globex paid 12,400 by wire yesterday, ref 88-201"
    answer = await world.say(said)
    (row,) = await Scene(db).all(PaymentRow)
    assert (row.amount_minor, row.currency, row.received_on.isoformat()) == (
        1_240_000, "USD", "2026-03-09",
    )  # fmt: skip
    assert row.source_id == "88-201"
    assert answer.proposed == (row.effect_id,)
    assert "waits for approval" in answer.text
    assert "recorded before" in (await world.say(said)).text
    assert len(await Scene(db).all(PaymentRow)) == 1
    assert "Which day" in (await world.say("Globex paid 5 usd on 3/4/2026")).text


async def test_the_same_message_answered_twice_does_the_same_once(db: Database) -> None:
    """A job that runs again finds the thread as it was before the message."""
    world = await talk(db)
    assert (await world.say("pause Birch until Friday")).asks
    first = await world.say("the second one")
    world.count -= 1
    again = await world.say("the second one")
    assert first.text == again.text
    await world.say("note on Acme: closed on Mondays")
    world.count -= 1
    await world.say("note on Acme: closed on Mondays")
    scene = Scene(db)
    assert [h.customer_id for h in await scene.all(HoldRow) if h.released_at is None] == [4]
    assert len(await scene.all(ColleagueNoteRow)) == 1


async def test_a_near_name_is_answered_but_not_acted_upon(db: Database) -> None:
    world = await talk(db)
    assert "12,400.00 USD" in (await world.say("what does Globexx owe")).text
    answer = await world.say("pause Globexx until Friday")
    assert answer.text == "Do you mean Globex?"
    assert await Scene(db).all(HoldRow) == []
    assert "rest up to and including 13 Mar 2026" in (await world.say("yes")).text


async def test_a_thread_is_kept_in_the_database_by_ids_and_forgotten_in_the_end(
    db: Database,
) -> None:
    world = await talk(db)
    async with chat_memory(db) as memory:
        world.graph = ChatGraph(db, desk(), RulesBrain(), memory)
        asked = await world.say("what does Birch owe")
        assert asked.asks == ("Birch Foods", "Birch Tools")
        assert (await world.say("tools")).text.startswith("Birch Tools owes nothing")
        other = Talk(db, ChatGraph(db, desk(), RulesBrain(), memory), world.by, world.count)
        assert "Globex owes 12,400.00 USD" in (await other.say("and Globex?")).text
        kept = [c async for c in memory.alist({"configurable": {"thread_id": "t:1"}})]
        assert len(kept) == 1
        assert "12,400" not in str(kept[0].checkpoint)
        async with db.begin() as session:
            assert await forget_idle(session, real_now() - timedelta(days=1)) == 0
            assert await forget_idle(session, real_now() + timedelta(days=1)) == 1
        assert "Which customer" in (await other.say("what do they owe")).text


def test_every_tool_is_documented_closed_and_only_acts_ask_for_more_than_reading() -> None:
    for name, tool in TOOLS.items():
        schema = tool.spec().parameters
        assert schema["additionalProperties"] is False, name
        assert tool.description.endswith(".") or name == "account_summary"
        assert tool.acts is (tool.permission != "read"), name
        assert tool.example, name
        assert set(tool.origins()) == set(tool.arguments.model_fields), name


async def test_a_promise_told_of_one_invoice_is_told_back_as_that(db: Database) -> None:
    world = await talk(db)
    answer = await world.say("Acme promised to pay INV-1002 by Friday")
    assert "to pay all that is open of INV-1002 by" in answer.text
    many = " ".join(f"#{n}" for n in range(20, 41))
    refused = await world.say(f"Acme promised to pay {many} by Friday")
    assert "name 20 invoices at once" in refused.text
