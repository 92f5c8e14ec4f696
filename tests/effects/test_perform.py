"""One approved effect is carried out once, whatever happens on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from effects import audit, decide
from effects.answers import Approved, Refusal, Resolved
from effects.lifecycle import EffectState as S
from effects.outcomes import Changed, NotNow
from effects.performer import Busy, Ended, Nothing, perform
from effects.steps import Pace
from store import effect_history, effects, worklist
from store.effects import EffectRow
from store.engine import Database
from tests.effects.outside import (
    ANNA,
    BEN,
    NOW,
    POLICY,
    Clock,
    Outside,
    hands,
    mail,
    offer,
    payment,
)


async def stored(db: Database, effect_id: int) -> EffectRow:
    async with db.read() as session:
        row = await effects.effect(session, effect_id)
    assert row is not None
    return row


async def approved_mail(db: Database, occasion: str = "p:s:1") -> int:
    proposed = await offer(db, mail(occasion))
    row = await stored(db, proposed.effect_id)
    async with db.begin() as session:
        answer = await decide.approve(session, row.id, row.fingerprint, ANNA, POLICY, NOW)
    assert answer == Approved(row.id)
    return row.id


async def audit_verdict(db: Database) -> audit.Intact | audit.Broken:
    async with db.read() as session:
        return await audit.verify(session)


async def work_kinds(db: Database) -> list[str]:
    async with db.read() as session:
        return [item.kind for item in await worklist.open_items(session)]


async def test_an_approved_effect_is_done_once_and_leaves_its_traces(db: Database) -> None:
    outside, clock = Outside(), Clock()
    effect_id = await approved_mail(db)
    assert await perform(db, effect_id, hands(outside), clock) == Ended(S.DONE)
    assert await perform(db, effect_id, hands(outside), clock) == Nothing("done")
    assert outside.reached == ["email:followup:1:p:s:1"]
    row = await stored(db, effect_id)
    assert row.outcome == {"id": "1"}
    async with db.read() as session:
        attempts = await effects.attempts_of(session, effect_id)
    assert [(a.number, a.outcome) for a in attempts] == [(1, "effect.done")]
    assert isinstance(await audit_verdict(db), audit.Intact)


async def test_a_proposal_is_not_performed(db: Database) -> None:
    outside = Outside()
    proposed = await offer(db, mail("p:s:1"))
    assert await perform(db, proposed.effect_id, hands(outside), Clock()) == Nothing("proposed")
    assert outside.reached == []


async def test_a_lost_response_is_looked_for_and_not_repeated(db: Database) -> None:
    outside, clock = Outside(answers=["lost"]), Clock()
    effect_id = await approved_mail(db)
    assert await perform(db, effect_id, hands(outside), clock) == Ended(S.UNKNOWN)
    assert await perform(db, effect_id, hands(outside), clock) == Ended(S.DONE)
    assert len(outside.reached) == 1


async def test_an_act_that_raises_may_have_happened(db: Database) -> None:
    outside, clock = Outside(answers=["crash"]), Clock()
    effect_id = await approved_mail(db)
    assert await perform(db, effect_id, hands(outside), clock) == Ended(S.UNKNOWN)
    assert await perform(db, effect_id, hands(outside), clock) == Ended(S.DONE)
    assert len(outside.reached) == 1


async def test_what_did_not_arrive_is_sent_again_after_looking(db: Database) -> None:
    outside, clock = Outside(answers=["vanished"]), Clock()
    effect_id = await approved_mail(db)
    states = [await perform(db, effect_id, hands(outside), clock) for _ in range(3)]
    assert states == [Ended(S.UNKNOWN), Ended(S.APPROVED), Ended(S.DONE)]
    assert len(outside.reached) == 1


async def test_a_channel_that_cannot_be_asked_waits_for_a_person(db: Database) -> None:
    outside, clock = Outside(answers=["lost"], cannot_look=True), Clock()
    effect_id = await approved_mail(db)
    for _ in range(3):
        assert await perform(db, effect_id, hands(outside), clock) == Ended(S.UNKNOWN)
    assert await work_kinds(db) == ["unknown_effect"]
    async with db.begin() as session:
        answer = await decide.resolve_unknown(session, effect_id, BEN, NOW, happened=True)
    assert answer == Resolved(effect_id, happened=True)
    assert await perform(db, effect_id, hands(outside), clock) == Ended(S.DONE)
    assert await work_kinds(db) == []
    assert len(outside.reached) == 1


async def test_a_payment_that_happened_is_named_by_its_record(db: Database) -> None:
    outside, clock = Outside(answers=["lost"], cannot_look=True), Clock()
    proposed = await offer(db, payment("ch_1"), confidence=99)
    for _ in range(2):
        await perform(db, proposed.effect_id, hands(outside), clock)
    async with db.begin() as session:
        answer = await decide.resolve_unknown(session, proposed.effect_id, BEN, NOW, happened=True)
        assert isinstance(answer, Refusal)
        await decide.resolve_unknown(
            session, proposed.effect_id, BEN, NOW, happened=True, evidence={"netsuite_id": "77"}
        )
    assert await perform(db, proposed.effect_id, hands(outside), clock) == Ended(S.DONE)
    assert outside.recorded[-1].evidence["netsuite_id"] == "77"


async def test_a_person_says_that_it_did_not_happen(db: Database) -> None:
    outside, clock = Outside(answers=["vanished"], cannot_look=True), Clock()
    effect_id = await approved_mail(db)
    for _ in range(2):
        await perform(db, effect_id, hands(outside), clock)
    async with db.begin() as session:
        await decide.resolve_unknown(session, effect_id, BEN, NOW, happened=False)
    assert await perform(db, effect_id, hands(outside), clock) == Ended(S.DONE)
    assert len(outside.reached) == 1


async def test_retries_wait_longer_and_end_with_a_person(db: Database) -> None:
    outside, clock = Outside(answers=["later"] * 3), Clock()
    pace = Pace(attempts=3)
    effect_id = await approved_mail(db)
    waits = []
    for _ in range(2):
        assert await perform(db, effect_id, hands(outside), clock, pace) == Ended(S.APPROVED)
        row = await stored(db, effect_id)
        assert row.next_at is not None
        waits.append(row.next_at - clock.now)
        clock.now = row.next_at
    assert waits == [timedelta(seconds=5), timedelta(seconds=10)]
    assert await perform(db, effect_id, hands(outside), clock, pace) == Ended(S.FAILED)
    assert await work_kinds(db) == ["failed_effect"]
    row = await stored(db, effect_id)
    async with db.begin() as session:
        assert await decide.retry(session, effect_id, row.fingerprint, ANNA, clock.now)
    assert await perform(db, effect_id, hands(outside), clock, pace) == Ended(S.DONE)
    assert await work_kinds(db) == []


async def test_a_retry_is_not_made_before_its_time(db: Database) -> None:
    outside, clock = Outside(answers=["later"] * 9), Clock()
    pace = Pace(first_retry=timedelta(seconds=60))
    effect_id = await approved_mail(db)
    await perform(db, effect_id, hands(outside), clock, pace)
    clock.advance(-1)
    assert await perform(db, effect_id, hands(outside), clock, pace) == Nothing("waiting")


async def test_what_the_other_side_refuses_goes_to_a_person(db: Database) -> None:
    outside = Outside(answers=["refused"])
    effect_id = await approved_mail(db)
    assert await perform(db, effect_id, hands(outside), Clock()) == Ended(S.FAILED)
    assert (await stored(db, effect_id)).outcome == {"reason": "period is closed"}
    assert await work_kinds(db) == ["failed_effect"]


async def test_changed_facts_end_a_payment_and_tell_a_person(db: Database) -> None:
    outside = Outside(facts=[Changed("INV-1 was paid")])
    proposed = await offer(db, payment("ch_1"), confidence=99)
    assert await perform(db, proposed.effect_id, hands(outside), Clock()) == Ended(S.SUPERSEDED)
    assert outside.reached == []
    assert await work_kinds(db) == ["failed_effect"]


async def test_not_now_does_not_count_as_a_try(db: Database) -> None:
    outside, clock = Outside(facts=[NotNow("night", timedelta(hours=8))]), Clock()
    effect_id = await approved_mail(db)
    assert await perform(db, effect_id, hands(outside), clock) == Ended(S.APPROVED)
    row = await stored(db, effect_id)
    assert (row.attempts, row.next_at) == (0, NOW + timedelta(hours=8))
    clock.advance(8 * 3600)
    assert await perform(db, effect_id, hands(outside), clock) == Ended(S.DONE)


async def test_a_record_that_fails_does_not_repeat_the_act(db: Database) -> None:
    outside, clock = Outside(record_fails=2, cannot_look=True), Clock()
    effect_id = await approved_mail(db)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="mirror"):
            await perform(db, effect_id, hands(outside), clock)
    assert await perform(db, effect_id, hands(outside), clock) == Ended(S.DONE)
    assert len(outside.reached) == 1
    assert (await stored(db, effect_id)).outcome == {"id": "1"}


async def test_a_live_performer_is_not_mistaken_for_a_dead_one(db: Database) -> None:
    outside = Outside()
    effect_id = await approved_mail(db)
    async with effect_history.holding(db, effect_id) as held:
        assert held
        assert await perform(db, effect_id, hands(outside), Clock()) == Busy()
    assert outside.reached == []
    async with db.read() as session:
        waiting = await (await session.connection()).execute(
            text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        )
        assert waiting.scalar_one() == 2


async def test_content_nobody_approved_never_leaves(db: Database) -> None:
    outside = Outside()
    effect_id = await approved_mail(db)
    async with db.begin() as session:
        row = await effects.locked(session, effect_id)
        assert row is not None
        row.payload = {**row.payload, "text": "Pay to another account"}
        session.add(row)
    with pytest.raises(RuntimeError, match="effect"):
        await perform(db, effect_id, hands(outside), Clock())
    assert outside.reached == []


async def test_what_does_not_arrive_twice_waits_for_a_person(db: Database) -> None:
    outside, clock = Outside(answers=["vanished", "vanished"]), Clock()
    effect_id = await approved_mail(db)
    states = [await perform(db, effect_id, hands(outside), clock) for _ in range(4)]
    assert states == [Ended(S.UNKNOWN), Ended(S.APPROVED), Ended(S.UNKNOWN), Ended(S.FAILED)]
    assert outside.reached == []
    assert await work_kinds(db) == ["failed_effect"]
    row = await stored(db, effect_id)
    assert row.outcome == {"reason": "not there after 2 tries"}
    async with db.begin() as session:
        await decide.retry(session, effect_id, row.fingerprint, BEN, NOW)
    outside.answers = ["vanished"]
    states = [await perform(db, effect_id, hands(outside), clock) for _ in range(3)]
    assert states == [Ended(S.UNKNOWN), Ended(S.APPROVED), Ended(S.DONE)]


async def test_one_posting_at_a_time_for_one_account(db: Database) -> None:
    outside, clock = Outside(), Clock()
    waiting = await offer(db, payment("a", "1.00"), confidence=99)
    elsewhere = await offer(db, payment("b", "1.00", customer_id=2), confidence=99)
    letter = await approved_mail(db)
    async with effect_history.holding(db, 999, account_of=1) as held:
        assert held
        assert await perform(db, waiting.effect_id, hands(outside), clock) == Busy()
        assert await perform(db, elsewhere.effect_id, hands(outside), clock) == Ended(S.DONE)
        assert await perform(db, letter, hands(outside), clock) == Ended(S.DONE)
    assert await perform(db, waiting.effect_id, hands(outside), clock) == Ended(S.DONE)
