"""People decide on exactly what they saw, within their limits, and never on their own proposals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from effects import audit, decide, switching
from effects.actor import Actor, ActorKind, Person, Role
from effects.answers import Approved, Edited, FieldChange, Refusal, Rejected, Responded
from effects.expire import expire
from effects.kinds import Effect
from effects.performer import Nothing, perform
from effects.policy import ApprovalPolicy
from store import effect_history, effects
from store.audit import latest
from store.effects import EffectRow
from store.engine import Database
from tests.effects.outside import (
    ADMIN,
    AGENT,
    ANNA,
    BEN,
    CLEO,
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


async def offered(db: Database, effect: Effect, by: Actor = AGENT) -> EffectRow:
    return await stored(db, (await offer(db, effect, by=by)).effect_id)


async def yes(
    db: Database, row: EffectRow, by: Person, policy: ApprovalPolicy = POLICY
) -> Approved | Refusal:
    async with db.begin() as session:
        return await decide.approve(session, row.id, row.fingerprint, by, policy, NOW)


async def rewrite(
    db: Database, row: EffectRow, by: Person, changes: dict[str, object], wrong: Sequence[str] = ()
) -> Edited | Refusal:
    async def guard(_effect: Effect) -> Sequence[str]:
        return wrong

    async with db.begin() as session:
        return await decide.edit(
            session, row.id, row.fingerprint, changes, by, POLICY, NOW, guard=guard
        )


def code(answer: object) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


async def test_approval_is_on_record_with_its_reason(db: Database) -> None:
    row = await offered(db, mail("a"))
    async with db.begin() as session:
        await decide.approve(session, row.id, row.fingerprint, ANNA, POLICY, NOW, "looks right")
    async with db.read() as session:
        line = (await latest(session, limit=1))[0]
        decisions = await effects.decisions_of(session, row.id)
    assert (line.action, line.actor_id, line.detail["old_state"]) == (
        "effect.approved", "1", "proposed",
    )  # fmt: skip
    assert [(d.verdict, d.reason, d.fingerprint) for d in decisions] == [
        ("approve", "looks right", row.fingerprint)
    ]


async def test_a_double_click_is_harmless(db: Database) -> None:
    row = await offered(db, mail("a"))
    assert await yes(db, row, ANNA) == Approved(row.id)
    assert await yes(db, row, ANNA) == Approved(row.id, again=True)
    assert code(await yes(db, row, BEN)) == "wrong_state"
    async with db.read() as session:
        assert len(await effects.decisions_of(session, row.id)) == 1


async def test_an_old_button_is_told_what_changed(db: Database) -> None:
    row = await offered(db, mail("a", "first"))
    changed = await offered(db, mail("a", "second"))
    answer = await yes(db, row, ANNA)
    assert isinstance(answer, Refusal)
    assert answer.code == "changed"
    assert answer.fingerprint == changed.fingerprint
    assert FieldChange("text", "first", "second") in answer.changes
    assert (await stored(db, row.id)).state == "proposed"


async def test_an_unknown_effect_is_not_found(db: Database) -> None:
    async with db.begin() as session:
        assert code(await decide.approve(session, 99, "x", ANNA, POLICY, NOW)) == "not_found"
        assert code(await decide.reject(session, 99, "x", ANNA, POLICY, NOW)) == "not_found"
        answer = await decide.resolve_unknown(session, 99, ANNA, NOW, happened=True)
    assert code(answer) == "not_found"


async def test_the_proposer_does_not_approve(db: Database) -> None:
    row = await offered(db, payment("m1"), by=BEN.actor)
    assert code(await yes(db, row, BEN)) == "own_proposal"
    assert await yes(db, row, CLEO) == Approved(row.id)


@pytest.mark.parametrize(
    ("amount", "who", "expected"),
    [
        ("100.00", ANNA, "not_allowed"),
        ("100.00", ADMIN, "not_allowed"),
        ("20000.01", BEN, "over_limit"),
        ("60000.00", BEN, "not_allowed"),
    ],
)
async def test_roles_and_limits(db: Database, amount: str, who: Person, expected: str) -> None:
    row = await offered(db, payment("ch_1", amount))
    assert code(await yes(db, row, who)) == expected


async def test_daily_cap_counts_what_one_person_approved(db: Database) -> None:
    first = await offered(db, payment("ch_1", "20000.00"))
    second = await offered(db, payment("ch_2", "10000.01"))
    assert await yes(db, first, BEN) == Approved(first.id)
    assert code(await yes(db, second, BEN)) == "cap"
    assert await yes(db, second, CLEO) == Approved(second.id)


async def test_daily_cap_ends_after_a_day(db: Database) -> None:
    first = await offered(db, payment("ch_1", "20000.00"))
    await yes(db, first, BEN)
    second = await offered(db, payment("ch_2", "20000.00"))
    async with db.begin() as session:
        later = NOW + timedelta(hours=24, seconds=1)
        answer = await decide.approve(session, second.id, second.fingerprint, BEN, POLICY, later)
    assert answer == Approved(second.id)


async def test_automatic_cap_hands_over_to_people(db: Database) -> None:
    assert (await offer(db, payment("ch_1", "1000.00"), confidence=99)).state == "approved"
    assert (await offer(db, payment("ch_2", "1000.00"), confidence=99)).state == "proposed"
    assert (await offer(db, payment("ch_3", "500.00"), confidence=99)).state == "approved"


async def test_what_is_forbidden_ends_at_once(db: Database) -> None:
    proposed = await offer(db, payment("ch_1", "1000000.01"))
    assert proposed.state == "rejected"


async def test_a_stricter_policy_forbids_an_older_proposal(db: Database) -> None:
    row = await offered(db, payment("ch_1", "100.00"))
    strict = ApprovalPolicy(
        "strict",
        {"post_customer_payment": POLICY.kinds["post_customer_payment"].__class__(
            rules=(POLICY.kinds["post_customer_payment"].rules[0].__class__("no", "forbidden"),)
        )},
    )  # fmt: skip
    assert code(await yes(db, row, CLEO, strict)) == "forbidden"


async def test_an_edit_needs_a_new_approval(db: Database) -> None:
    row = await offered(db, mail("a"))
    await yes(db, row, ANNA)
    answer = await rewrite(db, row, ANNA, {"text": "Hello", "html": "<p>Hello</p>"})
    assert isinstance(answer, Edited)
    assert await perform(db, row.id, hands(Outside()), Clock()) == Nothing("proposed")
    assert code(await yes(db, row, ANNA)) == "changed"
    assert await yes(db, await stored(db, row.id), ANNA) == Approved(row.id)


async def test_who_edits_a_payment_does_not_approve_it(db: Database) -> None:
    row = await offered(db, payment("ch_1"))
    assert isinstance(await rewrite(db, row, BEN, {"memo": "wire"}), Edited)
    row = await stored(db, row.id)
    assert code(await yes(db, row, BEN)) == "own_proposal"
    assert await yes(db, row, CLEO) == Approved(row.id)


@pytest.mark.parametrize(
    "changes",
    [
        {"message_id": "<x>"},
        {"text": "only one half"},
        {"to": []},
        {"to": ["nobody"]},
        {"subject": "two\nlines"},
        {"text": "x" * 50_001, "html": ""},
        {"to": 5},
    ],
)
async def test_edits_that_are_refused(db: Database, changes: dict[str, object]) -> None:
    row = await offered(db, mail("a"))
    assert code(await rewrite(db, row, ANNA, changes)) == "forbidden"
    assert (await stored(db, row.id)).fingerprint == row.fingerprint


async def test_the_amount_of_a_payment_is_not_editable(db: Database) -> None:
    row = await offered(db, payment("ch_1"))
    changes: dict[str, object] = {"amount": {"minor": 1, "currency": "USD"}}
    assert code(await rewrite(db, row, BEN, changes)) == "forbidden"


async def test_the_guard_reads_an_edit(db: Database) -> None:
    row = await offered(db, mail("a"))
    changes: dict[str, object] = {"text": "999.00", "html": "999.00"}
    answer = await rewrite(db, row, ANNA, changes, wrong=["999.00 is no fact"])
    assert isinstance(answer, Refusal)
    assert "999.00 is no fact" in answer.message


async def test_rejecting_stops_what_was_approved(db: Database) -> None:
    row = await offered(db, mail("a"))
    await yes(db, row, ANNA)
    async with db.begin() as session:
        answer = await decide.reject(session, row.id, row.fingerprint, ANNA, POLICY, NOW, "paid")
        again = await decide.reject(session, row.id, row.fingerprint, BEN, POLICY, NOW)
    assert (answer, again) == (Rejected(row.id), Rejected(row.id, again=True))
    assert await perform(db, row.id, hands(Outside()), Clock()) == Nothing("rejected")


async def test_a_viewer_decides_nothing(db: Database) -> None:
    row = await offered(db, mail("a"))
    viewer = Person(9, "Vic", Role.VIEWER)
    assert code(await yes(db, row, viewer)) == "not_allowed"
    assert code(await rewrite(db, row, viewer, {"subject": "x"})) == "not_allowed"
    async with db.begin() as session:
        for call in (decide.reject, decide.respond):
            answer = await call(session, row.id, row.fingerprint, viewer, POLICY, NOW)
            assert code(answer) == "not_allowed"


async def test_a_response_keeps_the_proposal_waiting(db: Database) -> None:
    row = await offered(db, mail("a"))
    async with db.begin() as session:
        answer = await decide.respond(session, row.id, row.fingerprint, ANNA, POLICY, NOW, "why?")
    assert answer == Responded(row.id)
    assert (await stored(db, row.id)).state == "proposed"


@pytest.mark.parametrize(
    ("scope", "value"), [("global", ""), ("channel", "email"), ("customer", "1")]
)
async def test_switches_stop_approving_and_performing(
    db: Database, scope: switching.Scope, value: str
) -> None:
    approved, waiting = await offered(db, mail("a")), await offered(db, mail("b"))
    await yes(db, approved, ANNA)
    async with db.begin() as session:
        await switching.stop(session, scope, value, ANNA, NOW, "wrong bank account")
    outside = Outside()
    assert await perform(db, approved.id, hands(outside), Clock()) == Nothing("stopped")
    assert code(await yes(db, waiting, ANNA)) == "stopped"
    async with db.begin() as session:
        assert code(await switching.resume(session, scope, value, ANNA, NOW)) == "not_allowed"
        await switching.resume(session, scope, value, CLEO, NOW)
    await perform(db, approved.id, hands(outside), Clock())
    assert len(outside.reached) == 1


async def test_a_viewer_stops_nothing(db: Database) -> None:
    async with db.begin() as session:
        viewer = Person(9, "Vic", Role.VIEWER)
        assert code(await switching.stop(session, "global", "", viewer, NOW)) == "not_allowed"


async def test_proposals_expire_and_may_come_back(db: Database) -> None:
    row = await offered(db, mail("a"))
    async with db.begin() as session:
        assert await expire(session, NOW + timedelta(days=6)) == 0
        assert await expire(session, NOW + timedelta(days=7)) == 1
    assert code(await yes(db, row, ANNA)) == "wrong_state"
    back = await offer(db, mail("a"), now=NOW + timedelta(days=8))
    assert (back.effect_id, back.state, back.created) == (row.id, "proposed", False)


async def test_proposing_again_is_harmless(db: Database) -> None:
    first = await offer(db, mail("a"))
    again = await offer(db, mail("a"))
    assert (again.effect_id, again.created) == (first.effect_id, False)
    async with db.read() as session:
        assert len(await effect_history.versions_of(session, first.effect_id)) == 1


async def test_new_content_does_not_touch_what_was_approved_or_edited(db: Database) -> None:
    row = await offered(db, mail("a"))
    await yes(db, row, ANNA)
    assert (await offered(db, mail("a", "other"))).fingerprint == row.fingerprint
    edited = await offered(db, mail("b"))
    await rewrite(db, edited, ANNA, {"subject": "Better"})
    after = await offered(db, mail("b", "the machine's words"))
    assert after.payload["subject"] == "Better"


async def test_what_a_person_rejected_comes_back_only_from_a_person(db: Database) -> None:
    row = await offered(db, payment("ch_1"))
    async with db.begin() as session:
        await decide.reject(session, row.id, row.fingerprint, BEN, POLICY, NOW)
    assert (await offer(db, payment("ch_1", "90.00"))).state == "rejected"
    person = Actor(ActorKind.PERSON, "1")
    assert (await offer(db, payment("ch_1", "90.00"), by=person)).state == "proposed"


async def test_a_broken_chain_is_found(db: Database) -> None:
    await offer(db, mail("a"))
    await offer(db, mail("b"))
    async with db.begin() as session:
        driver = await session.connection()
        await driver.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER USER")
        await driver.exec_driver_sql("UPDATE audit SET actor_id = 'somebody' WHERE id = 1")
    async with db.read() as session:
        assert await audit.verify(session) == audit.Broken(1, "its content is not what was hashed")
    async with db.begin() as session:
        driver = await session.connection()
        await driver.exec_driver_sql("DELETE FROM audit WHERE id = 1")
    async with db.read() as session:
        found = await audit.verify(session)
    assert found == audit.Broken(2, "a line before it was removed, added or changed")
