"""Replies: on the timeline once, decided purely, acted on once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.dunning.reading_rules import read_rules
from effects.kinds import SendEmail
from effects.propose import Proposed
from flows import followups, replies
from flows.followups import Ready
from flows.intake import Finished, HumanReply
from store.effects import EffectRow
from store.engine import Database
from store.inbox import SourceEventRow
from store.parties import ContactRow
from store.standing import DisputeRow, HoldRow, PromiseRow
from store.touchpoints import TouchpointRow
from tests.flows.mails import arrive, mail_desk, raw
from tests.flows.scene import NOW, Scene
from tests.flows.test_followups import AGENT, WHY

PROMISE = "Hello,\n\nwe will pay INV-1001 on 20 March 2026.\n\nBest\nAnn"


async def handle(db: Database, event_id: int) -> object:
    """Take a mail in, read it by rules and act on it."""
    async with db.begin() as session:
        reply = await replies.take_in(session, mail_desk(), event_id, NOW)
    if isinstance(reply, Finished):
        return reply
    reading = read_rules(
        reply.mail.new_text, reply.case.account, reply.case.today, reply.case.calendar
    )
    async with db.begin() as session:
        return await replies.act(session, mail_desk(), reply, reading, NOW)


@pytest.fixture
async def acme(scene: Scene) -> int:
    customer_id = await scene.customer()
    await scene.invoice(customer_id, "INV-1001 100.00 USD due 2026-02-10")
    return customer_id


async def test_a_promise_is_recorded_and_thanked_for(db: Database, scene: Scene, acme: int) -> None:
    await handle(db, await arrive(db, raw(PROMISE)))
    (promise,) = await scene.all(PromiseRow)
    assert (promise.customer_id, promise.promised_on.isoformat()) == (acme, "2026-03-20")
    assert "will pay" in promise.quote
    (touch,) = await scene.all(TouchpointRow)
    assert (touch.kind, touch.direction, touch.customer_id) == ("reply", "in", acme)
    assert promise.touchpoint_id == touch.id
    assert touch.reading["actions"] == ["RecordPromise", "DraftAnswer"]
    (effect,) = await scene.all(EffectRow)
    answer = SendEmail.from_payload(effect.payload)
    assert (answer.purpose, answer.to) == ("reply", ("billing@acme.example",))
    assert answer.in_reply_to == "<m1@acme.example>"
    assert "March 20, 2026" in answer.text
    (event,) = await scene.all(SourceEventRow)
    assert event.state == "handled"


async def test_the_same_mail_by_two_ways_is_one_touchpoint(
    db: Database, scene: Scene, acme: int
) -> None:
    await handle(db, await arrive(db, raw(PROMISE), "webhook"))
    await handle(db, await arrive(db, b"Received: by imap\r\n" + raw(PROMISE), "imap"))
    first = await scene.all(SourceEventRow)
    assert await handle(db, first[0].id) == Finished("known")
    assert len(await scene.all(TouchpointRow)) == 1
    assert len(await scene.all(PromiseRow)) == 1
    assert {row.state for row in first} == {"handled"}


async def test_a_crash_between_reading_and_acting_loses_nothing(
    db: Database, scene: Scene, acme: int
) -> None:
    event_id = await arrive(db, raw(PROMISE))
    async with db.begin() as session:
        assert isinstance(await replies.take_in(session, mail_desk(), event_id, NOW), HumanReply)
    await handle(db, event_id)
    assert len(await scene.all(PromiseRow)) == 1
    assert len(await scene.all(TouchpointRow)) == 1


async def test_an_unproven_sender_gets_no_promise_recorded(
    db: Database, scene: Scene, acme: int
) -> None:
    await handle(db, await arrive(db, raw(PROMISE, proven=False)))
    assert await scene.all(PromiseRow) == []
    assert await scene.all(EffectRow) == []
    (item,) = await scene.items()
    assert (item.kind, item.customer_id) == ("reply", acme)
    assert "unverified" in item.title


async def test_already_paid_pauses_and_asks_for_remittance(
    db: Database, scene: Scene, acme: int
) -> None:
    await handle(db, await arrive(db, raw("We already paid INV-1001 last week by wire.")))
    (hold,) = await scene.all(HoldRow)
    assert (hold.reason, hold.customer_id) == ("payment_search", acme)
    (effect,) = await scene.all(EffectRow)
    assert "remittance" in str(effect.payload["text"])


async def test_what_nobody_understands_goes_to_a_person_and_stops_the_cadence(
    db: Database, scene: Scene, acme: int
) -> None:
    await handle(db, await arrive(db, raw("Purple monkeys dance on Tuesdays.")))
    (item,) = await scene.items()
    assert item.kind == "reply"
    later = NOW + timedelta(days=5)
    async with db.begin() as session:
        quiet = await followups.prepare(session, mail_desk(), acme, later)
    assert isinstance(quiet, followups.Quiet)
    assert quiet.reason == "replied"


async def test_a_lawyer_stops_everything(db: Database, scene: Scene, acme: int) -> None:
    await handle(db, await arrive(db, raw("Our lawyer will take legal action against you.")))
    (hold,) = await scene.all(HoldRow)
    assert (hold.reason, hold.invoice_id, hold.until_on) == ("legal", None, None)
    (item,) = await scene.items()
    assert item.detail["urgent"] is True


async def test_a_stop_suppresses_the_sender(db: Database, scene: Scene, acme: int) -> None:
    await handle(db, await arrive(db, raw("Please stop emailing me. Unsubscribe me.")))
    (contact,) = await scene.all(ContactRow)
    assert contact.suppressed_at == NOW


async def test_a_dispute_holds_the_named_invoice(db: Database, scene: Scene, acme: int) -> None:
    text = "INV-1001 is wrong, the goods were damaged. We dispute this invoice."
    await handle(db, await arrive(db, raw(text)))
    (dispute,) = await scene.all(DisputeRow)
    assert dispute.invoice_id is not None
    assert dispute.state == "open"


async def test_an_automatic_answer_only_stands_on_the_timeline(
    db: Database, scene: Scene, acme: int
) -> None:
    text = "I am out of the office until 20 March 2026. We will pay on 21 March 2026."
    mail = raw(text, subject="Automatic reply", more="Auto-Submitted: auto-replied")
    assert await handle(db, await arrive(db, mail)) == Finished("auto_reply")
    (touch,) = await scene.all(TouchpointRow)
    assert touch.kind == "auto_reply"
    assert await scene.all(PromiseRow) == []
    assert await scene.items() == []


async def test_a_stranger_waits_for_a_person(db: Database, scene: Scene, acme: int) -> None:
    mail = raw(PROMISE, sender="who@stranger.example")
    assert await handle(db, await arrive(db, mail)) == Finished("unattached")
    (item,) = await scene.items()
    assert (item.kind, item.customer_id) == ("reply", None)
    assert await scene.all(PromiseRow) == []


async def test_bytes_that_are_no_mail_are_set_aside(db: Database, scene: Scene) -> None:
    assert await handle(db, await arrive(db, b"\xff\x00nonsense")) == Finished("quarantined")
    (item,) = await scene.items()
    assert item.kind == "source_event"
    (event,) = await scene.all(SourceEventRow)
    assert event.state == "quarantined"


async def test_a_reply_withdraws_the_draft_that_waits_and_the_next_one_is_new(
    db: Database, scene: Scene, acme: int
) -> None:
    async with db.begin() as session:
        ready = await followups.prepare(session, mail_desk(), acme, NOW)
        assert isinstance(ready, Ready)
        await followups.offer(session, mail_desk(), ready, body=None, by=AGENT, because=WHY)
    await handle(db, await arrive(db, raw("Thanks, noted.")))
    (effect,) = await scene.all(EffectRow)
    assert effect.state == "superseded"
    later = NOW + timedelta(days=7)
    async with db.begin() as session:
        ready = await followups.prepare(session, mail_desk(), acme, later)
        assert isinstance(ready, Ready), ready
        again = await followups.offer(session, mail_desk(), ready, body=None, by=AGENT, because=WHY)
    assert isinstance(again, Proposed)
    assert again.state == "proposed"


BOUNCE = """\
From: MAILER-DAEMON@northwind.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <b1@northwind.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=X

--X
Content-Type: text/plain

The mail could not be delivered.
--X
Content-Type: message/delivery-status

Reporting-MTA: dns; northwind.example

Final-Recipient: rfc822; billing@acme.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
--X--
"""


async def _sent(scene: Scene, customer_id: int) -> None:
    await scene.add(
        TouchpointRow(
            key="effect:1",
            customer_id=customer_id,
            channel="email",
            direction="out",
            kind="followup",
            occurred_at=NOW,
            to_addresses=["billing@acme.example"],
            message_id="<out@northwind.example>",
        )
    )


async def test_a_bounce_flags_the_contact(db: Database, scene: Scene, acme: int) -> None:
    await _sent(scene, acme)
    async with db.begin() as session:
        ready = await followups.prepare(session, mail_desk(), acme, NOW + timedelta(days=9))
        assert isinstance(ready, Ready)
        await followups.offer(session, mail_desk(), ready, body=None, by=AGENT, because=WHY)
    (effect,) = await scene.all(EffectRow)
    back = BOUNCE.format(to=effect.payload["envelope_from"]).replace("\n", "\r\n")
    assert await handle(db, await arrive(db, back.encode())) == Finished("bounce")
    (contact,) = await scene.all(ContactRow)
    assert contact.suppressed_at is not None
    (item,) = await scene.items()
    assert (item.kind, item.customer_id) == ("bounce", acme)


async def test_a_made_up_bounce_flags_nobody(db: Database, scene: Scene, acme: int) -> None:
    await _sent(scene, acme)
    back = BOUNCE.format(to="ar@northwind.example").replace("\n", "\r\n")
    assert await handle(db, await arrive(db, back.encode())) == Finished("bounce")
    (contact,) = await scene.all(ContactRow)
    assert contact.suppressed_at is None


@pytest.mark.parametrize("language", ["de", "fr", "es"])
@pytest.mark.parametrize("text", [PROMISE, "We already paid INV-1001 last week by wire."])
async def test_answers_in_every_language_pass_the_guard(
    db: Database, scene: Scene, acme: int, language: str, text: str
) -> None:
    async with db.begin() as session:
        (contact,) = await scene.all(ContactRow)
        contact.language = language
        await session.merge(contact)
    await handle(db, await arrive(db, raw(text)))
    (effect,) = await scene.all(EffectRow)
    assert effect.payload["purpose"] == "reply"
    assert [item.detail["reasons"] for item in await scene.items()] in ([], [["payment_confusion"]])
