"""What customers write back is read once, believed when it is proven, and acted on."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest

from sandbox.debtors.bounces import bounce
from sandbox.debtors.replies import Writer, out_of_office
from store.effects import EffectRow
from store.inbox import SourceEventRow
from store.parties import ContactRow
from store.receivables import InvoiceRow
from store.standing import DisputeRow, HoldRow, PromiseRow
from store.touchpoints import TouchpointRow
from store.worklist import WorkItemRow
from tests.walks.house import House, eventually
from tests.walks.letters import Correspondence, sent_reminder

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]
CUSTOMERS = 65


async def read(house: House, story: Correspondence, kind: str = "reply") -> TouchpointRow:
    """The answer on the timeline, once, after both of its ways in were worked off."""
    touch = await house.row(TouchpointRow, customer_id=story.customer_id, direction="in", kind=kind)
    await house.settled()
    return touch


async def test_a_promise_that_comes_twice_is_recorded_once_and_thanked_for(shared: House) -> None:
    story = await sent_reminder(shared)
    day = shared.now().date() + timedelta(days=6)
    raw = story.answers(shared, f"We will pay everything on {day:%d %B %Y}.")
    promise = await shared.row(PromiseRow, customer_id=story.customer_id)
    assert (promise.promised_on, promise.state) == (day, "open")
    assert f"{day:%d %B %Y}" in promise.quote
    await shared.run("mail.poll", slot="now")
    touch = await read(shared, story)
    assert promise.touchpoint_id == touch.id
    events = [e for e in await shared.rows(SourceEventRow, source="mail") if raw in e.body]
    assert events
    assert {e.state for e in events} == {"handled"}
    thanks = await shared.proposal(story.customer_id)
    assert thanks.payload["purpose"] == "reply"
    assert thanks.payload["in_reply_to"] == touch.message_id
    assert thanks.payload["to"] == [story.person.email]
    kinds = [item["kind"] for item in await shared.timeline(story.customer_id)]
    assert kinds.count("promise") == 1, kinds
    await shared.audit_is_whole()


async def test_already_paid_pauses_and_asks_for_the_remittance(shared: House) -> None:
    story = await sent_reminder(shared)
    story.answers(shared, "We already paid all of this last week. Please check your records.")
    await read(shared, story)
    holds = await shared.rows(HoldRow, customer_id=story.customer_id)
    assert {h.reason for h in holds} == {"payment_search"}
    ask = await shared.proposal(story.customer_id)
    assert ask.payload["purpose"] == "reply"
    assert await shared.rows(PromiseRow, customer_id=story.customer_id) == []
    await shared.audit_is_whole()


async def test_a_dispute_goes_to_a_person(shared: House) -> None:
    story = await sent_reminder(shared)
    number = story.letter.names(c.number for c in shared.world.parts.company.claims)[0]
    story.answers(shared, f"We dispute {number}: two of the units arrived damaged.")
    touch = await read(shared, story)
    disputes = await shared.rows(DisputeRow, customer_id=story.customer_id)
    assert "quality" in {dispute.reason_code for dispute in disputes}
    assert all(number in dispute.quote for dispute in disputes)
    (item,) = await shared.rows(WorkItemRow, customer_id=story.customer_id)
    assert (item.kind, item.touchpoint_id) == ("reply", touch.id)
    await shared.audit_is_whole()


async def test_what_nobody_understands_goes_to_a_person(shared: House) -> None:
    story = await sent_reminder(shared)
    story.answers(shared, "The green parrot sings at dusk.")
    touch = await read(shared, story)
    (item,) = await shared.rows(WorkItemRow, customer_id=story.customer_id)
    assert (item.kind, item.touchpoint_id) == ("reply", touch.id)
    assert await shared.rows(PromiseRow, customer_id=story.customer_id) == []


async def test_an_automatic_answer_is_only_noted(shared: House) -> None:
    story = await sent_reminder(shared)
    writer = Writer(story.debtor, story.person, shared.now())
    raw = out_of_office(writer, story.letter, "23 March 2026", story.person.email, "away1")
    shared.world.parts.inbound.receive(story.person.email, story.letter.reply_to, raw)
    await read(shared, story, "auto_reply")
    assert await shared.rows(WorkItemRow, customer_id=story.customer_id) == []
    assert await shared.rows(PromiseRow, customer_id=story.customer_id) == []


async def test_a_delivery_report_stops_that_address(shared: House) -> None:
    story = await sent_reminder(shared)
    sender = str(story.effect.payload["envelope_from"])
    raw = bounce(story.letter, story.person.email, sender, shared.now(), "bounce1")
    shared.world.parts.inbound.receive("", sender, raw)
    await read(shared, story, "bounce")
    (item,) = await shared.rows(WorkItemRow, customer_id=story.customer_id)
    assert item.kind == "bounce"
    (contact,) = await shared.rows(
        ContactRow, customer_id=story.customer_id, email=story.person.email
    )
    assert contact.suppressed_at is not None
    await shared.audit_is_whole()


async def test_a_stolen_token_in_a_strangers_hand_proves_nothing(shared: House) -> None:
    story = await sent_reminder(shared)
    day = shared.now().date() + timedelta(days=5)
    mail = EmailMessage()
    mail["From"] = "Mallory <mallory@elsewhere.example>"
    mail["To"] = story.letter.reply_to
    mail["Subject"] = f"Re: {story.letter.subject}"
    mail["Message-ID"] = "<stolen@elsewhere.example>"
    mail["In-Reply-To"] = story.letter.message_id
    mail.set_content(f"We will pay everything on {day:%d %B %Y}.")
    shared.world.parts.inbound.receive(
        "mallory@elsewhere.example", story.letter.reply_to, mail.as_bytes()
    )
    await shared.row(TouchpointRow, message_id="<stolen@elsewhere.example>")
    await shared.settled()
    assert await shared.rows(PromiseRow, customer_id=story.customer_id) == []
    (touch,) = await shared.rows(TouchpointRow, message_id="<stolen@elsewhere.example>")
    assert (touch.customer_id, touch.thread_id) == (None, None)
    (item,) = await shared.rows(WorkItemRow, kind="reply", touchpoint_id=touch.id)
    assert item.closed_at is None
    assert [
        e
        for e in await shared.rows(EffectRow, customer_id=story.customer_id)
        if e.payload["to"] == ["mallory@elsewhere.example"]
    ] == []


async def test_a_promise_holds_until_it_is_broken_and_the_next_mail_says_so(
    shared: House,
) -> None:
    story = await sent_reminder(shared, step="overdue")
    keeper = await sent_reminder(shared, step="overdue")
    day = shared.now().date() + timedelta(days=3)
    story.answers(shared, f"We will pay everything on {day:%d %B %Y}.")
    keeper.answers(shared, f"We will pay everything on {day:%d %B %Y}.")
    promise = await shared.row(PromiseRow, customer_id=story.customer_id)
    kept = await shared.row(PromiseRow, customer_id=keeper.customer_id)
    await shared.settled()
    for one in (story, keeper):
        thanks = await shared.proposal(one.customer_id)
        assert (await shared.decide("reject", thanks, reason="not now")).status_code == 200
    await shared.follow_up(story.customer_id)
    told = await shared.api("GET", f"/effects?state=proposed&customer_id={story.customer_id}")
    assert told.json()["items"] == []
    await _pay_all(shared, kept)
    shared.world.parts.clock.advance(days=14)

    async def broken() -> bool:
        return (await shared.row(PromiseRow, id=promise.id)).state == "broken"

    await eventually(broken)
    items = await shared.rows(WorkItemRow, customer_id=story.customer_id)
    assert [i.kind for i in items] == ["promise_broken"]
    assert (await shared.row(PromiseRow, id=kept.id)).state == "kept"
    await shared.settled()
    await shared.follow_up(story.customer_id)
    again = await shared.proposal(story.customer_id)
    assert again.id != story.effect.id
    said = str(again.payload["text"])
    assert str(day.day) in said
    assert "2026" in said
    await shared.audit_is_whole()


async def _pay_all(house: House, promise: PromiseRow) -> None:
    """The customer pays in the ERP what was promised."""
    for invoice_id in promise.invoice_ids:
        row = await house.row(InvoiceRow, id=invoice_id)
        await house.erp("act", do="pay", id=int(row.netsuite_id))
    await house.sync()

    async def kept() -> bool:
        return (await house.row(PromiseRow, id=promise.id)).state == "kept"

    await eventually(kept)
