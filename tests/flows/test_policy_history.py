"""What a trial is made of: whoever was open, playbooks and their record, who had a conversation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.dunning.past import PastCustomer
from domain.dunning.playbook import Answer
from domain.dunning.policy import default_policy
from domain.dunning.standing import PauseKind
from effects.actor import Actor, ActorKind
from flows import playbooks
from flows.conversations import escalate, reopen, resolve
from flows.playbook_versions import activate
from flows.policy_history import history
from flows.policy_preview import compare
from store.engine import Database
from store.playbooks import PlaybookRunRow
from store.receivables import ApplicationRow
from tests.flows.scene import NOW, Scene, desk
from tests.flows.test_playbooks import CORA, kept

SINCE = NOW.date() - timedelta(days=60)


async def _past(db: Database, since: date = SINCE) -> list[PastCustomer]:
    async with db.read() as session:
        return list((await history(session, desk(), since, NOW.date())).customers)


async def test_whoever_was_open_in_the_time_is_met_though_all_is_paid_now(scene: Scene) -> None:
    acme, beta, gone = [await scene.customer(name) for name in ("Acme", "Beta", "Gone")]
    for customer_id, paid_on in ((acme, date(2026, 2, 20)), (gone, date(2025, 12, 20))):
        paid = await scene.invoice(customer_id, f"INV-{customer_id} 100.00 USD due 2025-12-01")
        receipt = await scene.receipt(
            "100.00 USD", str(paid), customer_id=customer_id, received_on=paid_on
        )
        await scene.add(ApplicationRow(invoice_id=paid, payment_id=receipt, amount_minor=10_000))
        await scene.pay(paid)
    await scene.invoice(beta, "INV-9 100.00 USD due 2026-03-01")
    assert [c.customer.id for c in await _past(scene.db)] == [acme, beta]
    async with scene.db.read() as session:
        few = await history(session, desk(), SINCE, NOW.date(), limit=1)
    assert (len(few.customers), few.left_out) == (1, 1)


async def test_who_was_with_a_person_then_is_seen_to_be_though_they_are_not_now(
    scene: Scene,
) -> None:
    acme = await scene.customer("Acme")
    invoice = await scene.invoice(acme, "INV-1 100.00 USD due 2026-01-20")
    days = [NOW - timedelta(days=n) for n in (40, 30, 20, 10)]
    async with scene.db.begin() as session:
        await escalate(session, acme, "legal_mention", now=days[0])
        await reopen(session, acme, by=CORA, now=days[1])
        await resolve(session, acme, by=CORA, reason="settled", now=days[2])
        await reopen(session, acme, by=CORA, now=days[3])
    (past,) = await _past(scene.db)
    stops = [(p.kind, p.invoice_id, s.begin, s.end) for p, s in past.pauses]
    assert stops == [
        (PauseKind.ESCALATED, None, days[0], days[1]),
        (PauseKind.RESOLVED, invoice, days[2], days[3]),
    ]
    assert (past.begun_anew, past.reopened) == ((days[1], days[3]), (days[3],))


BOOK = """
name: Book
customers: all
start: 1
steps:
  - send_email: {tone: friendly, mode: send}
  - wait: 4 business days
  - ask: Do they mention a payment plan?
    then:
      - send_email: {tone: firm}
"""


async def test_a_trial_knows_the_playbook_of_a_customer_and_what_was_answered(scene: Scene) -> None:
    acme = await scene.customer("Acme")
    await scene.invoice(acme, "INV-1 100.00 USD due 2026-02-02")
    saved = await kept(scene.db, BOOK)
    async with scene.db.begin() as session:
        await activate(session, saved.playbook_id, saved.version, by=CORA, now=NOW)
    said = Actor(ActorKind.PERSON, "1")
    start = datetime(2026, 2, 9, 9, tzinfo=UTC)
    log: list[dict[str, object]] = [
        {"path": "0", "step": "send a friendly message", "outcome": "done", "quote": "",
         "by": "x", "at": start.isoformat(), "reached_on": "2026-02-09"},
        {"path": "1", "step": "wait 4 business days", "outcome": "done", "quote": "",
         "by": "x", "at": (start + timedelta(days=7)).isoformat(), "reached_on": "2026-02-16"},
    ]  # fmt: skip
    run = PlaybookRunRow(
        playbook_id=saved.playbook_id, customer_id=acme, version=1, cycle="2026-02-02",
        position="2", started_at=start, moved_at=start, loop_in=[], log=log,
    )  # fmt: skip
    await scene.add(run)
    async with scene.db.begin() as session:
        (kept_run,) = await scene.all(PlaybookRunRow)
        given = Answer(yes=True, quote="in parts")
        answered_at = start + timedelta(days=8)
        assert await playbooks.answer(session, kept_run.id, "2", given, by=said, now=answered_at)
    (whole,) = await _past(scene.db)
    assert whole.playbook is not None
    assert whole.playbook.runs == {}
    assert whole.playbook.answered == (("2026-02-02", "2", answered_at, given),)
    (later,) = await _past(scene.db, date(2026, 2, 12))
    assert later.playbook is not None
    begun = later.playbook.runs["2026-02-02"]
    assert (begun.place.path, begun.place.reached_on) == ("1", date(2026, 2, 9))
    async with scene.db.read() as session:
        past = await history(session, desk(), SINCE, NOW.date())
    hasty = replace(default_policy(), grace_days=0, cadence=3)
    found = compare(past, default_policy(), hasty, desk().approval)
    assert (found["in_playbooks"], found["left_out"]) == (1, 0)
    days = found["differences"]
    assert isinstance(days, list)
    names = {t["playbook"] for d in days for t in (d["old"], d["new"]) if t}
    assert "Book" in names
