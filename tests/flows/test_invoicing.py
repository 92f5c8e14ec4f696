"""Drafts: written, reviewed, corrected, accepted, submitted, and bound to what was approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from effects.actor import Actor, ActorKind
from effects.answers import Approved, Refusal
from effects.lifecycle import EffectState
from effects.propose import Proposed
from flows import invoicing
from flows.drafts.review import check_all
from flows.invoicing import (
    Closed,
    DuplicateCustomers,
    Invalid,
    LineInput,
    Missing,
    NotReady,
    QueueFilter,
    Saved,
)
from store import drafts, effects
from store.audit import AuditRow
from store.drafts import DraftAcknowledgementRow, InvoiceDraftRow
from store.effects import EffectRow
from store.mappings import MappingRow, put_mapping
from store.parties import CustomerRow
from store.receivables import InvoiceRow
from tests.flows.office import DAY, Office
from tests.flows.scene import NOW, Scene

YEAR = LineInput(
    "Platform", "1200.00", description="Platform", service_starts_on="2026-03-01",
    service_ends_on="2027-02-28",
)  # fmt: skip
MINUS = LineInput("Support", "-50.00", rate="")


@pytest.fixture
async def office(scene: Scene) -> Office:
    made = Office(scene)
    await made.open()
    return made


async def test_a_draft_against_which_nothing_stands_is_ready(office: Office) -> None:
    told = await office.review(await office.draft())
    assert (told.ready, told.standing, told.next_step) == (True, "new", "create_invoice")
    assert told.customer_netsuite_id == "700"
    assert [(line.item_netsuite_id, line.found) for line in told.lines] == [("10", "sku")]
    sides = [(line.account_netsuite_id, line.debit, line.credit) for line in told.journal]
    whole = told.draft.total
    assert sides == [("110", whole, None), ("400", None, whole)]


async def test_the_same_source_twice_is_one_draft_and_another_content_is_refused(
    office: Office,
) -> None:
    draft_id = await office.draft()
    async with office.db.begin() as session:
        again = await invoicing.create_draft(session, office.wanted(), office.ida.actor, office.now)
        other = await invoicing.create_draft(
            session, office.wanted(memo="other"), office.ida.actor, office.now
        )
    assert again == Saved(draft_id, created=False)
    assert isinstance(other, Invalid)
    assert len(await office.scene.all(InvoiceDraftRow)) == 1


@pytest.mark.parametrize(
    ("spoiled", "field"),
    [
        ({"currency": "DOLLARS"}, "currency"),
        ({"issued_on": "10.3.2026"}, "issued_on"),
        ({"source": "netsuite"}, "source"),
        ({"customer_id": 999_999}, "customer_id"),
        ({"terms_netsuite_id": "two"}, "terms_netsuite_id"),
        ({"bill_to": {"planet": "Mars"}}, "bill_to.planet"),
        ({"lines": (LineInput("Support", "1,000.00"),)}, "lines.1.amount"),
        ({"lines": (LineInput("Support", "1.001"),)}, "lines.1.amount"),
        ({"lines": (LineInput("Support", "1.00", quantity="ten"),)}, "lines.1.quantity"),
        ({"memo": "x" * 1000}, "memo"),
    ],
)
async def test_what_cannot_be_read_is_refused_by_field(
    office: Office, spoiled: dict[str, object], field: str
) -> None:
    async with office.db.begin() as session:
        answer = await invoicing.create_draft(
            session, office.wanted("bad", **spoiled), office.ida.actor, office.now
        )
    assert isinstance(answer, Invalid)
    assert field in answer.problems
    assert await office.scene.all(InvoiceDraftRow) == []


async def test_a_block_is_never_submitted(office: Office) -> None:
    draft_id = await office.draft(issued_on="2026-02-10")
    answer = await office.submit(draft_id)
    assert isinstance(answer, NotReady)
    assert [one.finding.id for one in answer.findings] == ["HDR-001"]
    assert await office.accept(draft_id, "HDR-001") == Closed(
        "There is no such warning on this draft."
    )
    assert await office.scene.all(EffectRow) == []


async def test_a_warning_needs_a_named_person_and_a_reason(office: Office) -> None:
    lines = (LineInput("Support", "1000.00"), MINUS)
    draft_id = await office.draft(lines=lines)
    assert await office.open_ids(draft_id) == ["LIN-007"]
    assert isinstance(await office.submit(draft_id), NotReady)
    assert isinstance(await office.accept(draft_id, "LIN-007", " "), Invalid)
    assert isinstance(await office.accept(draft_id, "LIN-007", "goodwill, see ticket 8"), Saved)
    judged = await office.finding(draft_id, "LIN-007")
    assert (judged.open, judged.acknowledged_by) == (False, "Ida Clerk")
    effect_id = await office.submitted(draft_id)
    row = next(r for r in await office.scene.all(EffectRow) if r.id == effect_id)
    review = row.payload["review"]
    assert isinstance(review, dict)
    accepted = [one for one in review["findings"] if one["id"] == "LIN-007"]
    assert accepted[0]["acknowledged_by"] == "Ida Clerk"
    assert accepted[0]["reason"] == "goodwill, see ticket 8"
    assert review["journal"][0]["debit"] == "950.00 USD"


async def test_an_edit_of_what_was_accepted_asks_again_and_another_edit_does_not(
    office: Office,
) -> None:
    lines = (LineInput("Support", "1000.00"), MINUS)
    draft_id = await office.draft(lines=lines)
    await office.accept(draft_id, "LIN-007")
    await office.edit(draft_id, {"memo": "March"})
    assert await office.open_ids(draft_id) == []
    changed = [{"product": "Support", "amount": amount} for amount in ("1000.00", "-500.00")]
    await office.edit(draft_id, {"lines": changed})
    assert await office.open_ids(draft_id) == ["LIN-007"]
    assert len(await office.scene.all(DraftAcknowledgementRow)) == 1


async def test_a_fix_shows_what_it_changes_and_changes_just_that(office: Office) -> None:
    line = LineInput("Support", "990.00", quantity="10", rate="100")
    draft_id = await office.draft(lines=(line,), due_on="2026-05-01")
    before = await office.review(draft_id)
    assert {j.finding.id for j in before.findings if j.open} == {"HDR-011", "LIN-005"}
    due = await office.finding(draft_id, "HDR-011")
    assert [(c.field, c.before, c.after) for c in due.changes] == [
        ("due_on", "2026-05-01", "2026-04-09")
    ]
    amount = await office.finding(draft_id, "LIN-005")
    assert [(c.field, c.before, c.after) for c in amount.changes] == [
        ("line 1, amount", "990.00", "1000.00")
    ]
    await office.fix(draft_id, "LIN-005")
    await office.fix(draft_id, "HDR-011")
    after = await office.review(draft_id)
    assert after.ready
    expected = replace(before.draft.lines[0], amount=after.draft.total)
    assert after.draft.lines == (expected,)
    assert after.draft.due_on == DAY + timedelta(days=30)


async def test_the_service_period_is_written_into_the_text(office: Office) -> None:
    draft_id = await office.draft(lines=(YEAR,))
    assert await office.open_ids(draft_id) == ["LIN-010"]
    await office.fix(draft_id, "LIN-010")
    told = await office.review(draft_id)
    assert told.draft.lines[0].description == "Platform (2026-03-01 to 2027-02-28)"
    assert told.ready
    assert [line.account_netsuite_id for line in told.journal] == ["110", "250"]


async def test_old_lists_are_read_again_by_a_job(office: Office) -> None:
    draft_id = await office.draft()
    office.now = NOW + timedelta(hours=25)
    assert await office.open_ids(draft_id) == ["SYN-004"]
    await office.fix(draft_id, "SYN-004")
    assert await office.scene.jobs("sync.masters") == [{}]
    await office.lists_read()
    assert await office.open_ids(draft_id) == []


async def test_an_invoice_that_is_there_already_is_linked_not_pushed(office: Office) -> None:
    draft_id = await office.draft()
    own = (await office.submitted(draft_id), await office.row(draft_id))
    payload = (await office.scene.all(EffectRow))[0].payload
    await office.in_erp("INV-9", "1000.00", external_id=str(payload["external_id"]))
    assert "HDR-004" in await office.open_ids(draft_id)
    await office.fix(draft_id, "HDR-004")
    row = await office.row(draft_id)
    assert (row.state, row.netsuite_id, row.number) == ("pushed", "59", "INV-9")
    assert (await office.scene.all(EffectRow))[0].state == "superseded"
    assert own[1].state == "submitted"


async def test_submitting_twice_is_one_effect(office: Office) -> None:
    draft_id = await office.draft()
    first = await office.submit(draft_id)
    again = await office.submit(draft_id)
    assert isinstance(first, Proposed)
    assert again == Proposed(first.effect_id, EffectState.PROPOSED, created=False)
    assert (await office.row(draft_id)).state == "submitted"


async def test_approval_binds_the_exact_content(office: Office) -> None:
    draft_id = await office.draft()
    effect_id = await office.submitted(draft_id)
    row = (await office.scene.all(EffectRow))[0]
    assert isinstance(await office.decide(effect_id, "0" * 64), Refusal)
    assert isinstance(await office.decide(effect_id, row.fingerprint), Approved)


async def test_an_edit_takes_back_what_waited_or_was_approved(office: Office) -> None:
    draft_id = await office.draft()
    effect_id = await office.submitted(draft_id)
    row = (await office.scene.all(EffectRow))[0]
    await office.decide(effect_id, row.fingerprint)
    assert isinstance(await office.edit(draft_id, {"memo": "new"}), Saved)
    assert (await office.scene.all(EffectRow))[0].state == "superseded"
    assert (await office.row(draft_id)).state == "draft"
    again = await office.submitted(draft_id)
    assert again == effect_id
    revived = (await office.scene.all(EffectRow))[0]
    assert (revived.state, revived.payload["memo"]) == ("proposed", "new")


async def test_what_is_on_its_way_is_not_edited(office: Office) -> None:
    draft_id = await office.draft()
    effect_id = await office.submitted(draft_id)
    waiting = (await office.scene.all(EffectRow))[0]
    await office.decide(effect_id, waiting.fingerprint)
    async with office.db.begin() as session:
        row = await effects.locked(session, effect_id)
        assert row is not None
        row.state = "performing"
    assert await office.edit(draft_id, {"memo": "new"}) == Closed("It is on its way into the ERP.")


async def test_a_mapping_changed_after_submission_shows_that_approval_is_for_another_content(
    office: Office,
) -> None:
    line = LineInput("Sup-1", "10.00")
    await office.scene.add(_mapping("item", "Sup-1", "10"))
    draft_id = await office.draft(lines=(line,))
    await office.submitted(draft_id)
    assert await office.open_ids(draft_id) == []
    async with office.db.begin() as session:
        await put_mapping(session, _mapping("item", "Sup-1", "11"))
    assert "SYN-005" in await office.open_ids(draft_id)
    await office.submitted(draft_id)
    assert await office.open_ids(draft_id) == []
    lines = (await office.scene.all(EffectRow))[0].payload["lines"]
    assert isinstance(lines, list)
    assert [line["item_netsuite_id"] for line in lines] == ["11"]


def _mapping(kind: str, ours: str, netsuite_id: str) -> MappingRow:
    return MappingRow(kind=kind, ours=ours, netsuite_id=netsuite_id, remembered_at=NOW)


async def test_a_dropped_draft_takes_its_proposal_with_it(office: Office) -> None:
    draft_id = await office.draft()
    await office.submitted(draft_id)
    async with office.db.begin() as session:
        answer = await invoicing.drop_draft(
            session, draft_id, "billed elsewhere", office.ida.actor, office.now
        )
    assert isinstance(answer, Saved)
    assert (await office.scene.all(EffectRow))[0].state == "superseded"
    assert isinstance(await office.edit(draft_id, {"memo": "x"}), Closed)
    assert isinstance(await office.submit(draft_id), NotReady)


async def test_an_item_is_mapped_once_and_remembered(office: Office) -> None:
    first = await office.draft(lines=(LineInput("Zeppelin hours", "10.00"),))
    second = await office.draft("A-2", lines=(LineInput("zeppelin  HOURS", "20.00"),))
    assert await office.open_ids(first) == ["LIN-002"]
    async with office.db.begin() as session:
        await invoicing.choose_item(session, first, 1, "10", office.ida.actor, office.now)
    assert await office.open_ids(first) == await office.open_ids(second) == []
    assert (await office.review(second)).lines[0].found == "mapped"
    async with office.db.begin() as session:
        unknown = await invoicing.choose_item(session, first, 1, "77", office.ida.actor, office.now)
    assert isinstance(unknown, Invalid)


async def test_a_guess_of_an_item_is_never_pushed_unconfirmed(office: Office) -> None:
    draft_id = await office.draft(lines=(LineInput("Supports", "10.00"),))
    assert await office.open_ids(draft_id) == ["LIN-004"]
    async with office.db.begin() as session:
        await invoicing.choose_item(session, draft_id, 1, "10", office.ida.actor, office.now)
    assert await office.open_ids(draft_id) == []


async def test_a_name_alone_never_chooses_a_customer(office: Office) -> None:
    draft_id = await office.draft(customer_id=None)
    assert await office.open_ids(draft_id) == ["CUS-002"]
    told = await office.review(draft_id)
    assert [(c.name, c.accepted) for c in told.candidates] == [("Brightwater Labs", False)]
    async with office.db.begin() as session:
        await invoicing.choose_customer(
            session, draft_id, office.customer_id, office.ida.actor, office.now
        )
    assert await office.open_ids(draft_id) == []
    later = await office.draft("A-2", customer_id=None)
    told = await office.review(later)
    assert told.candidates[0].signals[0] == "link"
    assert told.ready
    assert told.customer_netsuite_id == "700"


async def test_two_signals_choose_a_customer(office: Office) -> None:
    mail = {"customer_id": None, "customer_email": "joe@brightwater.example"}
    told = await office.review(await office.draft(**mail))
    assert told.candidates[0].accepted
    assert told.ready
    await office.customer("Brightwater Labs", "701")
    told = await office.review(await office.draft("A-2", **mail))
    assert not any(one.accepted for one in told.candidates)
    assert "CUS-002" in [j.finding.id for j in told.findings]


async def test_nobody_like_it_is_a_block_that_offers_a_new_customer(office: Office) -> None:
    draft_id = await office.draft(
        customer_id=None, customer_name="Zorn Optics", customer_email="ap@zorn.example"
    )
    assert await office.open_ids(draft_id) == ["CUS-001"]
    async with office.db.begin() as session:
        answer = await invoicing.new_customer(
            session, draft_id, office.ida.actor, office.desk, office.now
        )
    assert isinstance(answer, Saved)
    told = await office.review(draft_id)
    assert (told.ready, told.next_step) == (True, "create_customer")
    await office.submitted(draft_id)
    row = (await office.scene.all(EffectRow))[0]
    assert (row.kind, row.payload["name"]) == ("create_customer", "Zorn Optics")
    new = CustomerRow(netsuite_id="900", name="Zorn Optics", currency="USD")
    await office.scene.add(new)
    async with office.db.begin() as session:
        await drafts.customer_created(session, draft_id, new.id, NOW)
    told = await office.review(draft_id)
    assert (told.draft.state, told.next_step) == ("draft", "create_invoice")


async def test_a_new_customer_next_to_one_like_it_needs_a_reason(office: Office) -> None:
    draft_id = await office.draft(customer_id=None, customer_email="ap@else.example")

    async def create(reason: str = "") -> object:
        async with office.db.begin() as session:
            return await invoicing.new_customer(
                session, draft_id, office.ida.actor, office.desk, office.now, sure_because=reason
            )

    asked = await create()
    assert isinstance(asked, DuplicateCustomers)
    assert asked.candidates[0].name == "Brightwater Labs"
    assert isinstance(await create("another firm in Ohio"), Saved)
    assert (await office.review(draft_id)).next_step == "create_customer"
    await office.submitted(draft_id)
    payload = (await office.scene.all(EffectRow))[0].payload
    assert payload["distinct_from"] == ["700"]
    detail = [r.detail for r in await office.scene.all(AuditRow) if r.action.endswith("_new")]
    assert detail[0]["because"] == "another firm in Ohio"


async def test_a_duplicate_of_last_week_asks(office: Office) -> None:
    await office.in_erp("INV-8", "1000.00", issued_on=DAY - timedelta(days=3))
    draft_id = await office.draft()
    assert await office.open_ids(draft_id) == ["DUP-002"]
    await office.accept(draft_id, "DUP-002", "two deliveries")
    await office.submitted(draft_id)


async def test_changes_of_an_invoice_are_proposed_as_such(office: Office) -> None:
    invoice_id = await office.in_erp("INV-7", "500.00")
    async with office.db.begin() as session:
        begun = await invoicing.begin_changes(session, invoice_id, office.ida.actor, NOW)
    assert isinstance(begun, Saved)
    told = await office.review(begun.draft_id)
    assert (told.standing, told.next_step) == ("up_to_date", "nothing")
    assert isinstance(await office.submit(begun.draft_id), NotReady)
    refused = await office.edit(begun.draft_id, {"currency": "EUR"})
    assert isinstance(refused, Invalid)
    await office.edit(begun.draft_id, {"due_on": "2026-05-15", "po_number": "PO-77"})
    told = await office.review(begun.draft_id)
    assert (told.standing, told.ready) == ("has_changes", True)
    assert {one.field for one in told.differences} == {"due_on", "po_number"}
    await office.submitted(begun.draft_id)
    row = (await office.scene.all(EffectRow))[0]
    assert row.kind == "update_invoice"
    assert row.payload["after"] == {"due_on": "2026-05-15", "po_number": "PO-77"}
    assert row.payload["before"] == {"due_on": (DAY + timedelta(days=10)).isoformat(),
                                     "po_number": ""}  # fmt: skip


async def test_changes_begun_on_an_older_copy_are_blocked(office: Office) -> None:
    invoice_id = await office.in_erp("INV-7", "500.00")
    async with office.db.begin() as session:
        begun = await invoicing.begin_changes(session, invoice_id, office.ida.actor, NOW)
    assert isinstance(begun, Saved)
    await office.edit(begun.draft_id, {"memo": "ours"})
    async with office.db.begin() as session:
        row = await session.get(InvoiceRow, invoice_id)
        assert row is not None
        row.erp_modified_at = NOW
        session.add(row)
    assert await office.open_ids(begun.draft_id) == ["SYN-001"]
    async with office.db.begin() as session:
        await invoicing.begin_changes(session, invoice_id, office.ida.actor, NOW)
    await office.edit(begun.draft_id, {"memo": "ours"})
    assert await office.open_ids(begun.draft_id) == []


async def test_a_pushed_draft_tells_when_the_erp_has_it_otherwise(office: Office) -> None:
    draft_id = await office.draft()
    await office.submitted(draft_id)
    invoice_id = await office.in_erp("INV-6", "1000.00", issued_on=DAY)
    async with office.db.begin() as session:
        await drafts.pushed(session, draft_id, "56", NOW)
    assert (await office.review(draft_id)).standing == "up_to_date"
    async with office.db.begin() as session:
        row = await session.get(InvoiceRow, invoice_id)
        assert row is not None
        row.total_minor = 90_000
        row.open_minor = 90_000
        session.add(row)
    told = await office.review(draft_id)
    assert told.standing == "has_changes"
    assert [one.field for one in told.differences] == ["total"]


async def test_the_list_is_narrowed_by_status_source_amount_and_date(office: Office) -> None:
    first = await office.draft("A-1")
    second = await office.draft("A-2", source="api", issued_on="2026-03-02")
    third = await office.draft("A-3", lines=(LineInput("Support", "5.00"),))
    invoice_id = await office.in_erp("INV-5", "70.00")
    async with office.db.begin() as session:
        begun = await invoicing.begin_changes(session, invoice_id, office.ida.actor, NOW)
    assert isinstance(begun, Saved)

    async def ids(**wanted: Any) -> list[int]:
        async with office.db.read() as session:
            found = await invoicing.queue(session, QueueFilter(**wanted), office.desk, office.now)
        return [one.draft.id for one in found.items]

    assert await ids() == [first, second, third, begun.draft_id]
    assert await ids(status="new") == [first, second, third]
    assert await ids(status="up_to_date") == [begun.draft_id]
    assert await ids(source="api") == [second]
    assert await ids(amount_from="70", amount_to="999.99") == [begun.draft_id]
    assert await ids(date_to=DAY - timedelta(days=5), status="new") == [second]
    async with office.db.read() as session:
        page = await invoicing.queue(
            session, QueueFilter(), office.desk, office.now, after=first, limit=2
        )
        wrong = await invoicing.queue(
            session, QueueFilter(amount_from="many"), office.desk, office.now
        )
    assert ([one.draft.id for one in page.items], page.next_after) == ([second, third], third)
    assert wrong.problems


async def test_many_are_submitted_at_once_and_one_holds_up_no_other(office: Office) -> None:
    good = await office.draft("A-1")
    bad = await office.draft("A-2", issued_on="2026-02-02")
    async with office.db.begin() as session:
        answers = await invoicing.submit_many(
            session, [bad, good, 999], office.ida.actor, office.desk, office.now
        )
    assert isinstance(answers[good], Proposed)
    assert isinstance(answers[bad], NotReady)
    assert answers[999] == Missing()


async def test_a_refusal_for_want_of_permission_blocks_until_the_lists_are_read_again(
    office: Office,
) -> None:
    draft_id = await office.draft()
    effect_id = await office.submitted(draft_id)
    office.now = NOW + timedelta(minutes=5)
    async with office.db.begin() as session:
        row = await effects.locked(session, effect_id)
        assert row is not None
        row.state, row.changed_at = "failed", office.now
        row.outcome = {"reason": "permission: You do not have permission to create."}
    assert "SYN-003" in await office.open_ids(draft_id)
    assert isinstance(await office.submit(draft_id), NotReady)
    office.now += timedelta(minutes=5)
    await office.lists_read()
    assert await office.open_ids(draft_id) == []


async def test_a_program_may_prepare_and_only_people_accept(office: Office) -> None:
    async with office.db.begin() as session:
        answer = await invoicing.create_draft(
            session, office.wanted("B-1", source="crm"), Actor(ActorKind.SYSTEM, "crm"), NOW
        )
    assert isinstance(answer, Saved)
    assert (await office.row(answer.draft_id)).created_by == "system:crm"


async def test_review_asks_as_many_questions_for_thirty_drafts_as_for_one(
    office: Office,
) -> None:
    for n in range(31):
        await office.draft(f"Q-{n}", customer_id=None if n % 2 else office.customer_id)
    counted: list[str] = []

    def count(*arguments: object) -> None:
        counted.append(str(arguments[2]))

    event.listen(office.db.engine.sync_engine, "before_cursor_execute", count)
    sizes = []
    for limit in (2, 30):
        counted.clear()
        async with office.db.read() as session:
            rows = await drafts.drafts_page(session, drafts.Wanted(), limit=limit)
            await check_all(session, rows, office.desk, office.now)
        sizes.append(len(counted))
    event.remove(office.db.engine.sync_engine, "before_cursor_execute", count)
    assert sizes[0] == sizes[1] <= 25


async def test_what_was_taken_back_and_is_the_same_again_can_be_submitted_again(
    office: Office,
) -> None:
    draft_id = await office.draft()
    effect_id = await office.submitted(draft_id)
    await office.edit(draft_id, {"memo": "other"})
    await office.edit(draft_id, {"memo": ""})
    assert await office.submitted(draft_id) == effect_id
    assert (await office.scene.all(EffectRow))[0].state == "proposed"


async def test_a_new_customer_survives_an_edit_of_the_invoice(office: Office) -> None:
    draft_id = await office.draft(
        customer_id=None, customer_name="Zorn Optics", customer_email="ap@zorn.example"
    )
    async with office.db.begin() as session:
        await invoicing.new_customer(session, draft_id, office.ida.actor, office.desk, office.now)
    effect_id = await office.submitted(draft_id)
    await office.edit(draft_id, {"memo": "later"})
    assert await office.submitted(draft_id) == effect_id
    assert (await office.scene.all(EffectRow))[0].state == "proposed"


async def test_what_expired_is_submitted_again_and_what_was_rejected_is_changed_first(
    office: Office,
) -> None:
    draft_id = await office.draft()
    effect_id = await office.submitted(draft_id)
    await _becomes(office, effect_id, "expired")
    assert (await office.review(draft_id)).ready
    assert await office.submitted(draft_id) == effect_id
    await _becomes(office, effect_id, "rejected")
    assert not (await office.review(draft_id)).ready
    refused = await office.submit(draft_id)
    assert isinstance(refused, NotReady)
    assert "rejected" in refused.reason
    await office.edit(draft_id, {"po_number": "PO-5"})
    assert await office.submitted(draft_id) == effect_id


async def test_what_the_erp_refused_stays_submitted_so_that_it_may_be_tried_again(
    office: Office,
) -> None:
    draft_id = await office.draft()
    await _becomes(office, await office.submitted(draft_id), "failed")
    refused = await office.submit(draft_id)
    assert isinstance(refused, NotReady)
    assert "refused" in refused.reason
    assert (await office.row(draft_id)).state == "submitted"


async def _becomes(office: Office, effect_id: int, state: str) -> None:
    async with office.db.begin() as session:
        row = await effects.locked(session, effect_id)
        assert row is not None
        row.state = state
