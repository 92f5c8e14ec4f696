"""The policy meets what the store knows of a customer: channels, days off, own settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.dunning.calendar import ClosedSpan
from domain.dunning.facts import Part, Violation, ViolationKind
from domain.dunning.planned import HoldReason
from domain.dunning.policy import from_mapping
from flows.followups import Quiet, Ready, give_up, prepare
from flows.why_not import reasons_of
from store.engine import Database
from store.erp_bulk import put_customers
from store.parties import ContactRow, CustomerRow, SubsidiaryRow
from store.scores import ScoreRow
from store.switches import set_switch
from store.touchpoints import TouchpointRow
from tests.flows.scene import NOW, Scene, desk


async def test_slack_and_mail_are_counted_together(db: Database, scene: Scene) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-01-05")
    for n, channel in enumerate(("email", "slack")):
        await scene.add(
            TouchpointRow(
                key=f"t{n}",
                customer_id=acme,
                channel=channel,
                direction="out",
                kind="followup",
                occurred_at=datetime(2026, 3, 4, 14 + n, tzinfo=UTC),
                step="overdue_1",
                cycle="2025-12-01",
            )
        )
    async with db.begin() as session:
        held = await prepare(session, desk(), acme, NOW)
    assert isinstance(held, Quiet)
    assert held.reason == HoldReason.CAP_REACHED
    assert "2 automatic messages in 7 days" in held.detail


async def test_a_segment_reads_score_and_subsidiary_and_copies_go_to_others(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    house = SubsidiaryRow(netsuite_id="3", name="North", currency="USD")
    await scene.add(house)
    await scene.add(
        ContactRow(customer_id=acme, name="Kim", email="kim@acme.example", role="other")
    )
    await scene.add(ScoreRow(customer_id=acme, per_mille=800, invoices=9, as_of=date(2026, 3, 9)))
    async with db.begin() as session:
        known = await session.get(CustomerRow, acme)
        assert known is not None
        known.subsidiary_id = house.id
    rules = from_mapping(
        {
            "steps": [{"key": "one"}],
            "segments": [
                {
                    "name": "late-payers",
                    "when": {"score_at_least": 700, "subsidiaries": ["3"]},
                    "then": {"copies": True, "send_mode": "never"},
                }
            ],
        }
    )
    office = replace(desk(), dunning=rules)
    async with db.begin() as session:
        ready = await prepare(session, office, acme, NOW)
    assert isinstance(ready, Ready)
    assert ready.touch.segment == "late-payers"
    assert ready.touch.because == "follow-ups are never sent without review"
    copied = {c.id: c.email for c in ready.case.account.contacts}
    assert [copied[i] for i in ready.touch.cc_contact_ids] == ["kim@acme.example"]


async def test_nothing_is_planned_on_days_that_the_policy_closes(
    db: Database, scene: Scene
) -> None:
    acme = await scene.customer()
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    closed = replace(desk().dunning, closed_days=(ClosedSpan((3, 9), (3, 12)),))
    async with db.begin() as session:
        held = await prepare(session, replace(desk(), dunning=closed), acme, NOW)
        assert isinstance(held, Quiet)
        assert held.until is not None
        assert held.until.date() == date(2026, 3, 13)
        assert isinstance(await prepare(session, desk(), acme, NOW), Ready)


async def test_what_stands_outside_the_cadence_is_among_the_reasons_too(
    db: Database, scene: Scene
) -> None:
    """A kill switch, a mail that the guard blocked, a customer who is inactive in the ERP."""
    acme = await scene.customer()
    invoice = await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")

    async def told() -> tuple[list[HoldReason], datetime | None]:
        async with db.read() as session:
            found = (await reasons_of(session, desk(), acme, NOW))[invoice]
        return [hold.reason for hold in found.reasons], found.next_touch_at

    assert await told() == ([], NOW)
    async with db.begin() as session:
        ready = await prepare(session, desk(), acme, NOW)
        assert isinstance(ready, Ready)
        await give_up(session, ready, (Violation(ViolationKind.AMOUNT, "no", Part.TEXT),))
    assert await told() == ([HoldReason.BLOCKED], None)
    async with db.begin() as session:
        await set_switch(session, "global", "", on=True, reason="audit", changed_by="x", now=NOW)
    assert await told() == ([HoldReason.SWITCHED_OFF, HoldReason.BLOCKED], None)
    async with db.begin() as session:
        known = await session.get(CustomerRow, acme)
        assert known is not None
        known.inactive = True
    assert (await told())[0][1] is HoldReason.INACTIVE
    async with db.begin() as session:
        assert isinstance(await prepare(session, desk(), acme, NOW), Quiet)


async def test_without_a_zone_on_file_mail_waits_for_the_morning_of_the_place(
    db: Database, scene: Scene
) -> None:
    row = dict.fromkeys(("entity_number", "legal_name", "email", "phone", "language"), "")
    told = {**row, "netsuite_id": "9", "name": "West", "currency": "USD", "country": "US"}
    more = {"region": "CA", "timezone": "", "inactive": False, "credit_hold": False, "terms": ""}
    async with db.begin() as session:
        await put_customers(session, [{**told, **more, "external_id": "", "custom": {}}], NOW)
    (west,) = await scene.all(CustomerRow)
    acme = west.id
    await scene.add(ContactRow(customer_id=acme, name="Ann Lee", email="ann@west.example"))
    await scene.invoice(acme, "INV-1001 100.00 USD due 2026-03-01")
    async with db.begin() as session:
        known = await session.get(CustomerRow, acme)
        assert known is not None
        known.auto_followup = True
    early = datetime(2026, 3, 10, 9, tzinfo=UTC)
    async with db.begin() as session:
        held = await prepare(session, desk(), acme, early)
        assert isinstance(held, Quiet)
        assert (held.reason, held.until) == (
            HoldReason.OUTSIDE_WINDOW, datetime(2026, 3, 10, 15, 30, tzinfo=UTC),
        )  # fmt: skip
