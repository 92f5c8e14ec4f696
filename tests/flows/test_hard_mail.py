"""Mail as it really comes: machines, groups, wrong threads, houses of two, mails nobody reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from agent.brain import RulesBrain
from agent.extract import read_reply
from agent.remittance import work_off_mail
from domain.dunning.actions import AnswerKind, SenderTrust
from effects.actor import Person, Role
from effects.answers import Refusal
from flows import followups, replies
from flows.answers import parts_in
from flows.attaching import attach_by_hand
from flows.followups import Quiet
from flows.intake import Finished, HumanReply
from flows.mailbox import poll
from flows.remittance_mail import MailFacts
from sources.mail.imap import Batch, Cursor, Fetched, Oversized
from store import senders
from store.answer_plans import AnswerPlanRow
from store.conversations import ConversationRow
from store.effects import EffectRow
from store.engine import Database
from store.inbox import SourceEventRow
from store.parties import ContactRow
from store.standing import DisputeRow, HoldRow, PromiseRow
from store.touchpoints import ThreadRow, TouchpointRow
from tests.flows.mails import arrive, mail_desk, raw
from tests.flows.scene import NOW, Scene

MACHINE = "Auto-Submitted: auto-replied"
OURS = "<ours@northwind.example>"
TOKEN = "abcdefghijkl"


async def sent(db: Database, *mails: bytes) -> list[str]:
    """What became of mails, each read without a model."""
    return [await read(db, await arrive(db, body, str(hash(body)))) for body in mails]


async def read(db: Database, event_id: int) -> str:
    """What became of a stored mail."""
    async with db.begin() as session:
        reply = await replies.take_in(session, mail_desk(), event_id, NOW)
    if isinstance(reply, Finished):
        return reply.what
    reading = await read_reply(
        RulesBrain(),
        reply.mail.new_text,
        reply.case.account,
        reply.written_on,
        reply.case.calendar,
        subject=reply.mail.subject,
    )
    async with db.begin() as session:
        await replies.act(session, mail_desk(), reply, reading, NOW)
    return "acted"


async def wrote(scene: Scene, customer_id: int, to: str = "billing@acme.example") -> None:
    """We wrote to a customer three hours ago."""
    thread = ThreadRow(customer_id=customer_id, subject="Overdue", token=TOKEN, created_at=NOW)
    await scene.add(thread)
    row = TouchpointRow(
        key="out", customer_id=customer_id, thread_id=thread.id, channel="email", direction="out",
        kind="followup", occurred_at=NOW - timedelta(hours=3), to_addresses=[to], message_id=OURS,
    )  # fmt: skip
    await scene.add(row)


async def reasons(scene: Scene) -> list[object]:
    return [item.detail.get("reason") for item in await scene.items()]


@pytest.fixture
async def acme(scene: Scene) -> int:
    customer_id = await scene.customer()
    await scene.invoice(customer_id, "INV-1001 100.00 USD due 2026-02-10")
    return customer_id


@pytest.fixture
async def globex(scene: Scene) -> int:
    customer_id = await scene.customer("Globex")
    await scene.invoice(customer_id, "GX-2001 70.00 USD due 2026-02-10")
    return customer_id


async def test_a_person_behind_a_group_is_read_and_a_receipt_is_not(
    db: Database, scene: Scene, acme: int
) -> None:
    group = "List-ID: <ar.northwind.example>\r\nPrecedence: list"
    receipt = raw("Your message was read.", message_id="<r@x>").replace(
        b"text/plain; charset=utf-8", b"multipart/report; report-type=disposition-notification"
    )
    disputed = raw("We dispute invoice INV-1001, the quantity is wrong.", more=group)
    assert await sent(db, receipt, disputed) == ["auto_reply", "acted"]
    assert [d.reason_code for d in await scene.all(DisputeRow)] == ["quantity"]
    assert await reasons(scene) == ["payment_dispute"]


async def test_what_a_machine_says_that_matters_a_person_hears_once(
    db: Database, scene: Scene, acme: int
) -> None:
    rejected = "Your invoice INV-1001 was rejected: purchase order number missing. Case {}."
    first, second = (
        raw(rejected.format(n), sender="noreply@acme.example", message_id=f"<{n}@x>", more=MACHINE)
        for n in (41, 42)
    )
    assert await sent(db, first, second) == ["auto_reply", "auto_reply"]
    (item,) = await scene.items()
    assert item.detail["reason"] == "a machine wrote: submission_requirement"
    async with db.begin() as session:
        assert isinstance(await followups.prepare(session, mail_desk(), acme, NOW), Quiet)
    ticket = "Please send us a copy of invoice INV-1001. Ticket {}"
    asked = [raw(ticket.format(n), message_id=f"<{n}@x>", more=MACHINE) for n in (7, 8)]
    await sent(db, *asked, raw("Ticket 9 was received.", message_id="<9@x>", more=MACHINE))
    assert (await reasons(scene))[1:] == ["a machine wrote: request_document"]
    gone = "Automatic reply: insolvency proceedings have been opened over the assets of Acme."
    assert await sent(db, raw(gone, message_id="<i@x>", more=MACHINE)) == ["acted"]
    assert [hold.reason for hold in await scene.all(HoldRow)] == ["insolvency"]


async def test_a_forged_absence_moves_nothing_and_that_of_a_copy_delays_nobody(
    db: Database, scene: Scene, acme: int
) -> None:
    await scene.add(ContactRow(customer_id=acme, name="Bob", email="bob@acme.example"))
    await wrote(scene, acme)
    forged = raw("Ann Lee has left the company.", more=MACHINE)
    away = "I am out of office until 31 March 2026."
    copied = raw(away, sender="bob@acme.example", message_id="<b@x>", answers=OURS, more=MACHINE)
    await sent(db, forged.replace(b"dmarc=pass", b"dmarc=fail"), copied)
    contacts = {c.name: c for c in await scene.all(ContactRow)}
    assert contacts["Ann Lee"].suppressed_at is None
    assert contacts["Bob"].away_until == date(2026, 3, 31)
    assert await scene.all(HoldRow) == []
    assert await reasons(scene) == ["forged"]
    unproven = raw("Ann Lee has left the company.", message_id="<u@x>", proven=False, more=MACHINE)
    await sent(db, unproven)
    assert all(c.suppressed_at is None for c in await scene.all(ContactRow))
    assert "the contact has left" in await reasons(scene)


async def test_two_mails_of_one_message_id_are_two_if_their_words_differ(
    db: Database, scene: Scene, acme: int
) -> None:
    first, second = raw("Thanks, noted."), raw("We dispute INV-1001, the quantity is wrong.")
    by_other_way = raw("Thanks, noted.", more="X-Relay: 1")
    assert await sent(db, first, by_other_way, second) == ["acted", "known", "acted"]
    assert len(await scene.all(DisputeRow)) == 1


async def test_what_they_asked_for_is_still_answered_when_they_write_again(
    db: Database, scene: Scene, acme: int
) -> None:
    await sent(db, raw("Please send us a statement of account.", subject="A statement"))
    await sent(db, raw("Thanks!", message_id="<2@x>", subject="Another matter"))
    waiting = {e.id for e in await scene.all(EffectRow) if e.state == "proposed"}
    plans = {p.effect_id for p in await scene.all(AnswerPlanRow)}
    assert plans == waiting
    asked = [part.kind for plan in await scene.all(AnswerPlanRow) for part in parts_in(plan)]
    assert AnswerKind.SEND_DOCUMENTS in asked


async def test_who_asks_for_peace_after_a_question_gets_no_answer(
    db: Database, scene: Scene, acme: int
) -> None:
    await sent(db, raw("Please send us a statement of account."))
    await sent(db, raw("Do not contact me again. Stop writing to me.", message_id="<2@x>"))
    assert {e.state for e in await scene.all(EffectRow)} == {"superseded"}


async def test_a_promise_in_another_customers_conversation_is_nobodys_yet(
    db: Database, scene: Scene, acme: int, globex: int
) -> None:
    await wrote(scene, globex, "billing@globex.example")
    assert await sent(db, raw("We will pay on Friday.", answers=OURS)) == ["unattached"]
    assert await scene.all(PromiseRow) == []
    (item,) = await scene.items()
    assert item.detail["candidates"] == [acme, globex]


async def test_who_answers_for_two_customers_is_heard_for_both(
    db: Database, scene: Scene, acme: int, globex: int
) -> None:
    await scene.add(ContactRow(customer_id=globex, name="Ann", email="Billing@acme.example"))
    await wrote(scene, acme)
    await sent(db, raw("We dispute GX-2001, we never received the goods.", answers=OURS))
    assert await scene.all(DisputeRow) == []
    talks = {t.customer_id: t.state for t in await scene.all(ConversationRow)}
    assert talks == {globex: "escalated"}
    async with db.begin() as session:
        assert isinstance(await followups.prepare(session, mail_desk(), acme, NOW), Quiet)
    await sent(db, raw("Please stop writing to me.", message_id="<2@x>", answers=OURS))
    barred = {c.customer_id for c in await scene.all(ContactRow) if c.suppressed_at}
    assert barred == {acme, globex}


async def test_a_dispute_of_what_is_paid_is_not_one_of_what_is_open(
    db: Database, scene: Scene, acme: int
) -> None:
    await scene.pay(await scene.invoice(acme, "INV-0900 70.00 USD due 2026-01-10"))
    await sent(db, raw("The amount of INV-0900 is wrong, we dispute it."))
    assert [d.invoice_id for d in await scene.all(DisputeRow)] == [None]


async def test_reports_about_our_mail_are_heard_however_the_address_is_written(
    db: Database, scene: Scene, acme: int
) -> None:
    await wrote(scene, acme, "Billing@Acme.example")

    def report(recipient: str, status: str, action: str = "failed") -> bytes:
        parts = (
            "--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
            f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n--B--"
        )
        kind = b'multipart/report; report-type=delivery-status; boundary="B"'
        found = raw(parts, sender="mailer-daemon@mx.example", answers=OURS,
                    message_id=f"<{recipient}{status}@mx>")  # fmt: skip
        return found.replace(b"text/plain; charset=utf-8", kind)

    late = report("billing@acme.example", "4.4.1", "delayed")
    await sent(db, late, report("joe@elsewhere.example", "5.1.1"))
    (item,) = await scene.items()
    assert (item.kind, item.detail["addresses"]) == ("bounce", ["joe@elsewhere.example"])
    await sent(db, report("billing@acme.example", "5.1.1"))
    (contact,) = await scene.all(ContactRow)
    assert contact.suppressed_at is not None


async def test_a_mail_that_is_not_read_still_stops_reminders_to_who_wrote_it(
    db: Database, scene: Scene, acme: int, globex: int
) -> None:
    parts = "".join(f"--B\r\nContent-Type: application/pdf\r\n\r\n{n}\r\n" for n in range(500))
    many = raw(f"{parts}--B--", subject="We dispute it").replace(
        b"text/plain; charset=utf-8", b'multipart/mixed; boundary="B"'
    )
    assert await sent(db, many) == ["quarantined"]
    head = b"From: Ann <billing@globex.example>\r\nSubject: Photos of the damage\r\n\r\n"
    large = Oversized(5, 30_000_000, NOW, head)

    async def fetch(cursor: Cursor | None) -> Batch:
        return Batch((large,), Cursor(1, 5))

    await poll(db, fetch, NOW)
    items = {item.customer_id: item for item in await scene.items()}
    assert set(items) == {acme, globex}
    assert "Photos of the damage" in items[globex].title
    for customer_id in (acme, globex):
        async with db.begin() as session:
            quiet = await followups.prepare(session, mail_desk(), customer_id, NOW)
        assert isinstance(quiet, Quiet), customer_id


async def test_a_mailbox_full_of_years_is_read_from_the_last_weeks_on(db: Database) -> None:
    asked: list[Cursor | None] = []

    async def fetch(cursor: Cursor | None) -> Batch:
        asked.append(cursor)
        return Batch((), replace(cursor, uid_validity=7, last_uid=9) if cursor else Cursor(7, 9))

    await poll(db, fetch, NOW)
    await poll(db, fetch, NOW + timedelta(days=90))
    assert asked == [Cursor(0, 0, date(2026, 2, 24)), Cursor(7, 9, date(2026, 2, 24))]


async def test_nothing_leaves_while_what_waited_in_the_mailbox_is_unread(
    db: Database, acme: int
) -> None:
    old = Fetched(3, raw("We paid this on Monday."), NOW - timedelta(days=2))

    async def fetch(cursor: Cursor | None) -> Batch:
        return Batch((old,), Cursor(1, 3))

    await poll(db, fetch, NOW)
    async with db.read() as session:
        since = NOW - timedelta(minutes=15)
        assert await senders.unread_from(session, ["@acme.example"], since)
        assert not await senders.unread_from(session, ["@acme.example"], NOW)


async def test_whose_a_mail_is_a_person_may_say_and_it_proves_nobody(
    db: Database, scene: Scene, acme: int
) -> None:
    person = Person(1, "Pat", Role.COLLECTOR)
    await sent(db, raw("We dispute INV-1001, the quantity is wrong.", sender="ann@home.example"))
    (item,) = await scene.items()
    async with db.begin() as session:
        touched = await attach_by_hand(session, item.id, acme, by=person, now=NOW)
    assert isinstance(touched, int)
    (event,) = await scene.all(SourceEventRow)
    async with db.begin() as session:
        reply = await replies.take_in(session, mail_desk(), event.id, NOW)
    assert isinstance(reply, HumanReply)
    assert reply.trust is SenderTrust.DOMAIN
    assert await read(db, event.id) == "acted"
    assert [d.customer_id for d in await scene.all(DisputeRow)] == [acme]
    assert await scene.all(EffectRow) == []
    async with db.begin() as session:
        again = await attach_by_hand(session, item.id, acme, by=person, now=NOW)
    assert isinstance(again, Refusal)


async def test_what_cannot_be_opened_is_named_to_a_person(
    db: Database, scene: Scene, acme: int
) -> None:
    forms = {
        "application/ms-tnef; name=winmail.dat": "not opened: winmail.dat",
        "application/pkcs7-mime; name=smime.p7m": "not opened: smime.p7m",
        "text/calendar; method=REQUEST": "it is an invitation",
    }
    for kind, told in forms.items():
        part = f"--B\r\nContent-Type: {kind}\r\n\r\nxx\r\n--B--"
        body = raw(part, message_id=f"<{told[-4:]}@x>").replace(
            b"text/plain; charset=utf-8", b'multipart/mixed; boundary="B"'
        )
        await sent(db, body)
        assert told in str((await reasons(scene))[-1])


async def test_advices_beyond_what_is_read_of_one_mail_are_told(
    db: Database, scene: Scene, acme: int
) -> None:
    file = 'Content-Type: text/plain; name="remittance.txt"\r\n\r\nx'
    parts = "".join(f"--B\r\n{file}\r\n" for _ in range(22))
    body = raw(f"{parts}--B--", subject="Remittance advice").replace(
        b"text/plain; charset=utf-8", b'multipart/mixed; boundary="B"'
    )
    facts = MailFacts(await arrive(db, body, "22"), acme, proven=True, asked=True)
    await work_off_mail(db, mail_desk(), RulesBrain(), facts, NOW)
    assert "2 more files: of one mail 20 were read" in await reasons(scene)


async def test_who_asks_for_peace_in_another_thread_is_left_in_peace(
    db: Database, scene: Scene, acme: int, globex: int
) -> None:
    await scene.add(ContactRow(customer_id=globex, name="Ann", email="billing@acme.example"))
    await sent(db, raw("About INV-1001: do not contact me again. Stop writing to me."))
    barred = {c.customer_id for c in await scene.all(ContactRow) if c.suppressed_at}
    assert barred == {acme, globex}


async def test_what_they_add_to_a_mail_of_their_own_goes_into_the_same_answer(
    db: Database, scene: Scene, acme: int
) -> None:
    await sent(db, raw("Please send us a statement of account.", subject="A statement"))
    more = raw("What is the due date of INV-1001?", message_id="<2@x>", answers="<m1@acme.example>")
    await sent(db, more)
    (plan,) = await scene.all(AnswerPlanRow)
    kinds = {AnswerKind.SEND_DOCUMENTS, AnswerKind.INVOICE_FACTS}
    assert {part.kind for part in parts_in(plan)} == kinds
    (waiting,) = [e for e in await scene.all(EffectRow) if e.state == "proposed"]
    assert "A statement" not in str(waiting.payload["subject"])


async def test_who_contests_the_same_again_has_one_case(
    db: Database, scene: Scene, acme: int
) -> None:
    first = raw("We dispute INV-1001, the quantity is wrong.")
    again = raw("As we said, INV-1001 has the wrong quantity, we dispute it.", message_id="<2@x>")
    other = raw("We dispute INV-1001, you billed the wrong price.", message_id="<3@x>")
    await sent(db, first, again, other)
    assert [d.reason_code for d in await scene.all(DisputeRow)] == ["quantity", "pricing"]
