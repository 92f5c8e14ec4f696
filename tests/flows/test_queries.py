"""What a customer costs is a fixed number of statements, however large the account is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import event

from domain.ledger.drift import Difference, DriftKind
from domain.ledger.money import Money
from effects.kinds import SendEmail
from flows import followups, replies
from flows.drift.findings import Desk
from flows.priority import queue
from flows.still_true import still_true_mail
from store.effects import EffectRow
from store.engine import Database
from store.overdue import Filter
from store.touchpoints import TouchpointRow
from tests.domain.ledger.drifting import document
from tests.flows.mails import arrive, mail_desk, raw
from tests.flows.scene import NOW, Scene, desk
from tests.flows.test_followups import AGENT, WHY


@contextmanager
def counted(db: Database) -> Iterator[list[str]]:
    """The statements that run inside the block."""
    seen: list[str] = []

    def hear(*heard: object) -> None:
        seen.append(str(heard[2]))

    event.listen(db.engine.sync_engine, "before_cursor_execute", hear)
    yield seen
    event.remove(db.engine.sync_engine, "before_cursor_execute", hear)


async def _grown(scene: Scene, customer_id: int, size: int) -> None:
    for n in range(size):
        await scene.invoice(customer_id, f"INV-{customer_id}{n:03} 100.00 USD due 2026-02-10")
        touch = TouchpointRow(
            key=f"mail:{customer_id}:{n}",
            customer_id=customer_id,
            channel="email",
            direction="out",
            kind="followup",
            occurred_at=NOW - timedelta(days=40 + n),
            body_text="words " * 1000,
        )
        await scene.add(touch)


async def _costs(db: Database, scene: Scene, customer_id: int) -> tuple[int, int, int]:
    with counted(db) as planned:
        async with db.begin() as session:
            ready = await followups.prepare(session, desk(), customer_id, NOW)
    assert isinstance(ready, followups.Ready)
    async with db.begin() as session:
        await followups.offer(session, desk(), ready, body=None, by=AGENT, because=WHY)
    mail = SendEmail.from_payload((await scene.all(EffectRow))[-1].payload)
    with counted(db) as checked:
        async with db.begin() as session:
            await still_true_mail(session, mail, NOW, desk=desk())
    who = ready.case.account.contacts[0].email
    body = raw("We will pay.", sender=who, message_id=f"<{customer_id}@x.example>")
    event_id = await arrive(db, body, str(customer_id))
    with counted(db) as taken:
        async with db.begin() as session:
            await replies.take_in(session, mail_desk(), event_id, NOW)
    return len(planned), len(checked), len(taken)


async def test_the_size_of_an_account_costs_no_statements(db: Database, scene: Scene) -> None:
    small, large = await scene.customer(), await scene.customer("Beta")
    await _grown(scene, small, 1)
    await _grown(scene, large, 12)
    costs = await _costs(db, scene, small)
    assert costs == await _costs(db, scene, large)
    assert costs[0] <= 18
    assert costs[1] <= 20


async def test_planning_reads_no_bodies_of_mail(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await _grown(scene, acme, 1)
    with counted(db) as seen:
        async with db.begin() as session:
            await followups.prepare(session, desk(), acme, NOW)
    assert not [statement for statement in seen if "body_text" in statement]


async def test_the_queue_costs_the_same_for_one_customer_as_for_many(
    db: Database, scene: Scene
) -> None:
    costs = []
    for n in range(4):
        customer_id = await scene.customer(f"Late{n}")
        await _grown(scene, customer_id, 2)
        if n in (0, 3):
            with counted(db) as seen:
                async with db.read() as session:
                    found = await queue(session, Filter(order="priority"), NOW)
            assert len(found) == n + 1
            costs.append(len(seen))
    assert costs[0] == costs[1]
    assert costs[1] <= 14


async def test_what_was_accepted_before_costs_no_statements_each(db: Database) -> None:
    told = []
    for size in (1, 30):
        states = [document(f"invoice {size}{n:02} 9.00 USD 5.00 open") for n in range(size)]
        stands = [replace(one, open=Money(one.open.minor - 1, "USD")) for one in states]
        wrong = [
            Difference(DriftKind.BALANCE_MISMATCH, *pair, ("open",))
            for pair in zip(states, stands, strict=True)
        ]
        async with db.begin() as session:
            findings = Desk(NOW, ())
            await findings.expect(session, wrong)
            for one in wrong:
                await findings.adopt(session, one)
        with counted(db) as asked:
            async with db.begin() as session:
                findings = Desk(NOW, ())
                await findings.expect(session, wrong)
                opened = [await findings.open(session, one) for one in wrong]
        assert opened == [None] * size
        told.append(len(asked))
    assert told == [2, 2]
