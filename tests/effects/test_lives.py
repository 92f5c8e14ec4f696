"""Property: whatever happens to effects, in whatever order, the gate's promises hold.

A stateful machine on the real database. Two performers work at the same moment; the outside world
loses responses, refuses, breaks off and forgets; people approve, edit, reject and press old
buttons; workers die between their two transactions.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from effects import audit, decide, switching
from effects.kinds import Effect
from effects.performer import perform
from effects.steps import Pace, claim
from store import effects
from store.audit import walk
from store.effects import EffectRow
from store.engine import Database
from tests.effects.contents import applications, change, invoice, newcomer
from tests.effects.outside import (
    ANNA,
    BEN,
    CLEO,
    POLICY,
    Clock,
    Outside,
    hands,
    mail,
    offer,
    payment,
)

_UNAPPROVED = """
SELECT e.id, e.state FROM effect e
WHERE e.state IN ('approved', 'performing', 'unknown', 'done')
  AND NOT EXISTS (SELECT FROM decision d WHERE d.effect_id = e.id
                  AND d.verdict = 'approve' AND d.fingerprint = e.fingerprint)
"""
_T = TypeVar("_T")
PEOPLE = st.sampled_from([ANNA, BEN, CLEO])
ANSWERS = st.lists(
    st.sampled_from(["done", "lost", "vanished", "crash", "later", "refused"]), max_size=2
)
PACE = Pace(attempts=4)


async def no_objection(_effect: Effect) -> Sequence[str]:
    return ()


class Lives(RuleBasedStateMachine):
    """Effects by key, and every fingerprint anybody has seen of them."""

    seen = Bundle("seen")
    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.db = Database(self.url)
        self.outside = Outside()
        self.clock = Clock()

    def run(self, work: Coroutine[Any, Any, _T]) -> _T:
        return self.loop.run(work)

    def teardown(self) -> None:
        self.run(self.db.close())
        self.loop.close()

    @initialize()
    def empty(self) -> None:
        async def clear() -> None:
            async with self.db.begin() as session:
                await (await session.connection()).execute(
                    text(
                        "ALTER TABLE audit DISABLE TRIGGER USER;"
                        "TRUNCATE effect, audit, work_item, touchpoint, procrastinate_jobs,"
                        " kill_switch CASCADE;"
                        "ALTER TABLE audit ENABLE TRIGGER USER"
                    )
                )

        self.run(clear())

    @rule(target=seen, name=st.sampled_from("ab"), words=st.sampled_from(["one", "two"]))
    def propose_mail(self, name: str, words: str) -> tuple[int, str]:
        return self.run(self._offer(mail(name, words), None))

    @rule(
        target=seen,
        name=st.sampled_from("xy"),
        amount=st.sampled_from(["10.00", "900.00", "5000.00"]),
        confidence=st.sampled_from([None, 99]),
    )
    def propose_payment(self, name: str, amount: str, confidence: int | None) -> tuple[int, str]:
        return self.run(self._offer(payment(name, amount), confidence))

    @rule(
        target=seen,
        name=st.sampled_from("ij"),
        total=st.sampled_from(["10.00", "5000.00"]),
        confidence=st.sampled_from([None, 99]),
    )
    def propose_invoice(self, name: str, total: str, confidence: int | None) -> tuple[int, str]:
        return self.run(self._offer(invoice(name, total), confidence))

    @rule(target=seen, what=st.sampled_from([change("c"), newcomer("c"), applications("c")]))
    def propose_in_the_erp(self, what: Effect) -> tuple[int, str]:
        return self.run(self._offer(what, None))

    @rule(target=seen, memo=st.sampled_from(["one", "two"]))
    def propose_another_change(self, memo: str) -> tuple[int, str]:
        return self.run(self._offer(change("d", memo), None))

    async def _offer(self, effect: Effect, confidence: int | None) -> tuple[int, str]:
        proposed = await offer(self.db, effect, confidence=confidence, now=self.clock.now)
        return proposed.effect_id, (await self._row(proposed.effect_id)).fingerprint

    async def _row(self, effect_id: int) -> EffectRow:
        async with self.db.read() as session:
            row = await effects.effect(session, effect_id)
        assert row is not None
        return row

    @rule(button=seen, by=PEOPLE)
    def approve(self, button: tuple[int, str], by: Any) -> None:
        async def press() -> None:
            async with self.db.begin() as session:
                await decide.approve(session, *button, by, POLICY, self.clock.now)

        self.run(press())

    @rule(button=consumes(seen), by=PEOPLE)
    def reject(self, button: tuple[int, str], by: Any) -> None:
        async def press() -> None:
            async with self.db.begin() as session:
                await decide.reject(session, *button, by, POLICY, self.clock.now)

        self.run(press())

    @rule(target=seen, button=seen, words=st.sampled_from(["three", "four"]))
    def edit(self, button: tuple[int, str], words: str) -> Any:
        async def press() -> tuple[int, str]:
            row = await self._row(button[0])
            mail_ = row.kind == "send_email"
            changes = {"text": words, "html": words} if mail_ else {"memo": words}
            async with self.db.begin() as session:
                await decide.edit(
                    session, *button, changes, ANNA, POLICY, self.clock.now, guard=no_objection
                )
            return button[0], (await self._row(button[0])).fingerprint

        return multiple(self.run(press()))

    @rule(answers=ANSWERS)
    def two_performers(self, answers: list[str]) -> None:
        """Both take everything there is, at the same moment."""

        async def both() -> None:
            self.outside.answers = answers
            ids = await self._ids()
            await asyncio.gather(*(self._perform(n) for n in ids for _ in range(2)))
            self.outside.answers = []

        self.run(both())

    @rule(button=seen, reached=st.booleans())
    def die_in_the_middle(self, button: tuple[int, str], reached: bool) -> None:
        """A worker claims and is gone: before it acted, or after."""

        async def die() -> None:
            async with self.db.begin() as session:
                claimed = await claim(session, button[0], self.clock.now, PACE)
            if reached and not isinstance(claimed, str):
                self.outside.reached.append(claimed.key())

        self.run(die())

    @rule(button=seen, retry=st.booleans())
    def attend(self, button: tuple[int, str], retry: bool) -> None:
        """A person tries a failed effect again, or stops and resumes a channel."""

        async def press() -> None:
            async with self.db.begin() as session:
                if retry:
                    await decide.retry(session, *button, CLEO, self.clock.now)
                    return
                await switching.stop(session, "channel", "email", ANNA, self.clock.now)
            await self._perform(button[0])
            async with self.db.begin() as session:
                await switching.resume(session, "channel", "email", CLEO, self.clock.now)

        self.run(press())

    @rule(minutes=st.integers(1, 30))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(60 * minutes)

    async def _perform(self, effect_id: int) -> None:
        await perform(self.db, effect_id, hands(self.outside), self.clock, PACE)

    async def _ids(self) -> list[int]:
        async with self.db.read() as session:
            found = await (await session.connection()).execute(text("SELECT id FROM effect"))
            return list(found.scalars())

    @invariant()
    def nothing_happened_twice(self) -> None:
        assert len(self.outside.reached) == len(set(self.outside.reached))

    @invariant()
    def nothing_began_unapproved(self) -> None:
        """Also by the database's own account."""

        async def check() -> None:
            async with self.db.read() as session:
                found = await (await session.connection()).execute(text(_UNAPPROVED))
                assert found.all() == []

        self.run(check())

    @invariant()
    def every_act_was_approved_as_it_was(self) -> None:
        self.run(self._check_chain())

    async def _check_chain(self) -> None:
        """Each `performing` line follows an approval of the same fingerprint."""
        approved: set[tuple[str, object]] = set()
        async with self.db.read() as session:
            assert isinstance(await audit.verify(session), audit.Intact)
            async for line in walk(session):
                print_ = (line.subject_id, line.detail.get("fingerprint"))
                if line.action == "effect.approved":
                    approved.add(print_)
                if line.detail.get("new_state") == "performing":
                    assert print_ in approved

    def finish(self) -> None:
        """Let everything come to rest, and compare what is done with what happened."""

        async def settle() -> None:
            for _ in range(12):
                self.clock.advance(3600)
                for effect_id in await self._ids():
                    await self._perform(effect_id)
            rows = [await self._row(effect_id) for effect_id in await self._ids()]
            done = sorted(row.key for row in rows if row.state == "done")
            assert done == sorted(self.outside.reached)
            assert len(self.outside.recorded) == len(done)
            moving = {"approved", "performing", "unknown"}
            assert not moving & {row.state for row in rows}
            await self._check_chain()

        self.run(settle())


class FinishedLives(Lives):
    """Each history is brought to rest before it is judged."""

    def teardown(self) -> None:
        try:
            self.finish()
        finally:
            super().teardown()


@pytest.mark.timeout(180)
def test_the_promises_of_the_gate(database_url: str) -> None:
    machine = type("Machine", (FinishedLives,), {"url": database_url})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=18,
            stateful_step_count=18,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
