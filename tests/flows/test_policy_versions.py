"""Versions of the dunning policy: written, tried on history, made live by somebody else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from domain.dunning.harm import HarmKind
from domain.dunning.planned import HoldReason
from effects.actor import Person, Role
from effects.answers import Refusal, RefusalCode
from effects.propose import Because
from flows import policies, policy_versions
from flows.facts import load_case
from flows.followups import Quiet, Ready, offer, prepare
from flows.policy_versions import Drafted, WentLive, Wrong, since_of
from store.audit import AuditRow
from store.effects import EffectRow
from store.engine import Database
from store.parties import CustomerRow
from store.policies import PolicyVersionRow
from store.receivables import ApplicationRow
from store.standing import DisputeRow
from tests.flows.scene import NOW, Scene, desk

SHIPPED = (Path(__file__).parents[2] / "app" / "defaults" / "dunning.yaml").read_text()
ANN, BEA = Person(1, "Ann", Role.CONTROLLER), Person(2, "Bea", Role.ADMIN)
SEGMENTS = """segments:
  - name: strategic
    when: {tags: [strategic, vip-club], places: [US, UK]}
    then: {manual_only: yes}
"""
HASTY = "id: hasty\ncadence: 1\ngrace_days: 0\nsteps:\n  - {key: now, offset: 1}\n"


async def _write(db: Database, body: str, by: Person = ANN) -> Drafted | Wrong | Refusal:
    async with db.begin() as session:
        return await policy_versions.draft(session, body, "because", by, NOW)


async def _live(db: Database, version_id: int, by: Person = BEA) -> WentLive | Wrong | Refusal:
    async with db.begin() as session:
        return await policy_versions.make_live(session, version_id, by, NOW)


async def test_somebody_else_makes_a_version_live_after_it_was_tried(
    db: Database, scene: Scene
) -> None:
    acme, other = await scene.customer(), await scene.customer("Beta")
    for customer_id in (acme, other):
        await scene.invoice(customer_id, f"INV-{customer_id} 100.00 USD due 2026-03-01")
    async with db.begin() as session:
        known = await session.get(CustomerRow, acme)
        assert known is not None
        known.tags = ["Strategic"]
    text = SHIPPED.replace("segments: []\n", SEGMENTS)
    override = 'overrides: [{customer: "ns-Acne", manual_only: yes}]'
    drafted = await _write(db, text.replace("overrides: []", override))
    assert isinstance(drafted, Drafted)
    number = drafted.version_id
    assert await scene.jobs(policy_versions.PREVIEW) == [{"version_id": number}]
    untried = await _live(db, number)
    assert isinstance(untried, Refusal)
    assert await policy_versions.preview(db, desk(), number, NOW)
    (tried,) = await scene.all(PolicyVersionRow)
    assert tried.preview["in_vain"] == [
        "the customer ns-Acne of an override",
        "the tag vip-club of the segment strategic",
        "the place UK of the segment strategic",
    ]
    async with db.begin() as session:
        week = NOW + timedelta(days=8)
        late = await policy_versions.make_live(session, number, BEA, week)
    assert isinstance(late, Refusal)
    assert "within a week" in late.message
    own, clerk = (
        await _live(db, number, ANN),
        await _live(db, number, Person(3, "C", Role.APPROVER)),
    )
    assert isinstance(own, Refusal)
    assert isinstance(clerk, Refusal)
    assert (own.code, clerk.code) == (RefusalCode.OWN_PROPOSAL, RefusalCode.NOT_ALLOWED)
    async with db.begin() as session:
        assert isinstance(await prepare(session, desk(), acme, NOW), Ready)
    for customer_id in (acme, other):
        async with db.begin() as session:
            ready = await prepare(session, desk(), customer_id, NOW)
            assert isinstance(ready, Ready)
            await offer(session, desk(), ready, body=None, by=ANN.actor, because=Because("x", {}))
    assert await _live(db, number) == WentLive(number, None, withdrawn=1)
    waiting = [e.customer_id for e in await scene.all(EffectRow) if e.state == "proposed"]
    assert waiting == [other]
    async with db.begin() as session:
        held = await prepare(session, desk(), acme, NOW)
        assert isinstance(held, Quiet)
        assert held.reason == HoldReason.MANUAL_ONLY
        case = await load_case(session, desk(), acme, NOW)
        assert case is not None
        assert case.policy.segment == "strategic"
    (version,) = await scene.all(PolicyVersionRow)
    assert (version.author, version.live_by, version.note) == ("person:1", "person:2", "because")
    told = [r.action for r in await scene.all(AuditRow) if r.action.startswith("policy.")]
    assert told == ["policy.written", "policy.live"]
    again = await _live(db, number)
    assert isinstance(again, Refusal)
    assert again.code is RefusalCode.WRONG_STATE


async def test_a_text_with_a_mistake_is_not_stored_and_names_its_line(
    db: Database, scene: Scene
) -> None:
    wrong = await _write(db, "cadence: 4\nsteps:\n  - {key: one, tone: angry}\n")
    assert isinstance(wrong, Wrong)
    assert (wrong.line, wrong.column) == (3, 16)
    assert "'angry'" in wrong.words
    assert await scene.all(PolicyVersionRow) == []
    refused = await _write(db, SHIPPED, Person(4, "Dan", Role.COLLECTOR))
    assert isinstance(refused, Refusal)


async def test_the_trial_tells_what_would_differ_and_whom_it_should_not_have_met(
    db: Database, scene: Scene
) -> None:
    acme, beta = await scene.customer(), await scene.customer("Beta")
    paid = await scene.invoice(acme, "INV-1 100.00 USD due 2026-03-02")
    receipt = await scene.receipt(
        "100.00 USD", customer_id=acme, received_on=date(2026, 3, 4), created_at=NOW,
    )  # fmt: skip
    await scene.add(ApplicationRow(invoice_id=paid, payment_id=receipt, amount_minor=10_000))
    await scene.pay(paid)
    contested = await scene.invoice(beta, "INV-2 900.00 USD due 2026-02-02")
    opened = datetime(2026, 2, 3, tzinfo=UTC)
    await scene.add(DisputeRow(key="d", customer_id=beta, invoice_id=contested, opened_at=opened))
    drafted = await _write(db, HASTY)
    assert isinstance(drafted, Drafted)
    assert await policy_versions.preview(db, desk(), drafted.version_id, NOW)
    assert not await policy_versions.preview(db, desk(), 999, NOW)
    (row,) = await scene.all(PolicyVersionRow)
    found = row.preview
    assert found["customers"] == 2
    told = found["violations"]
    assert isinstance(told, list)
    assert [(h["customer"], h["kind"]) for h in told] == [("Acme", HarmKind.CROSSED.value)]
    differences = found["differences"]
    assert isinstance(differences, list)
    assert {d["customer_id"] for d in differences} <= {acme, beta}
    assert any(d["old"] and d["old"]["step"] == "heads_up" for d in differences)
    async with db.read() as session:
        assert (await policies.live(session, desk())).id == "default"


@pytest.mark.parametrize(
    ("over", "days"),
    [("12m", 365), ("90d", 90), ("8w", 56), ("1y", 365), ("0d", None), ("x", None)],
)
def test_spans_are_read(over: str, days: int | None) -> None:
    until = date(2026, 3, 10)
    expected = until - timedelta(days=days) if days else None
    assert since_of(over, until) == expected
