"""What replies bring about beyond their first effect: escalations, plans, contacts, bounces."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.dunning.actions import Trigger
from domain.dunning.reading import (
    DocumentClaim,
    DocumentKind,
    Evidence,
    Intent,
    NewContact,
    PaidClaim,
    PromiseClaim,
    Reading,
)
from domain.ledger.money import Money
from effects.actor import Actor, ActorKind, Person, Role
from effects.answers import Refusal
from effects.kinds import SendEmail
from flows import contacts, disputes, documents, followups, plans_of_answers, replies
from flows.followups import Quiet
from flows.intake import Finished, HumanReply
from store.answer_plans import AnswerPlanRow
from store.contact_proposals import ContactProposalRow
from store.conversations import ConversationRow
from store.effects import EffectRow
from store.engine import Database
from store.notices import NoticeRow
from store.parties import ContactRow
from store.standing import DisputeRow, HoldRow, PromiseRow
from store.stated import StatedFactRow
from store.touchpoints import ThreadRow, TouchpointRow
from tests.flows.mails import arrive, mail_desk, raw
from tests.flows.scene import NOW, Scene

PAT = Person(1, "Pat", Role.COLLECTOR)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


async def taken(db: Database, body: bytes, name: str = "1") -> HumanReply:
    event_id = await arrive(db, body, name)
    async with db.begin() as session:
        reply = await replies.take_in(session, mail_desk(), event_id, NOW)
    assert isinstance(reply, HumanReply), reply
    return reply


async def follows(db: Database, reply: HumanReply, reading: Reading) -> list[str]:
    async with db.begin() as session:
        actions = await replies.act(session, mail_desk(), reply, reading, NOW)
    return [type(action).__name__ for action in actions]


def said(*intents: Intent, words: str = "", **more: Any) -> Reading:
    evidence = tuple(Evidence(intent, words or f"they say {intent.value}") for intent in intents)
    return replace(Reading(evidence), **more)


@pytest.fixture
async def acme(scene: Scene) -> int:
    customer_id = await scene.customer()
    await scene.invoice(customer_id, "INV-1001 100.00 USD due 2026-02-10")
    return customer_id


TRIGGERS = {
    Trigger.LEGAL: said(Intent.LEGAL_THREAT, words="our counsel will write"),
    Trigger.PAYMENT_DISPUTE: said(Intent.DISPUTE, words="the amount is wrong"),
    Trigger.CONTRACT_DISCREPANCY: said(Intent.DISPUTE, words="the rate should be 90 per MSA"),
    Trigger.PAYMENT_CONFUSION: said(Intent.ALREADY_PAID, words="we already paid"),
    Trigger.TECHNICAL_PROBLEM: said(Intent.OTHER, words="the payment link gives 500"),
    Trigger.DOCUMENT_REQUEST: said(
        Intent.REQUEST_DOCUMENT, documents=(DocumentClaim(DocumentKind.BANK_LETTER, "letter"),)
    ),
    Trigger.TAX_FORM_REQUEST: said(
        Intent.REQUEST_DOCUMENT, documents=(DocumentClaim(DocumentKind.TAX_FORM, "W-9"),)
    ),
    Trigger.BANK_DETAILS: said(Intent.BANK_DETAILS_CHANGE, words="our IBAN changed"),
}


async def test_each_trigger_stops_what_leaves_flags_it_and_tells_once(
    db: Database, scene: Scene
) -> None:
    for number, (trigger, reading) in enumerate(TRIGGERS.items()):
        name = f"House{number}"
        customer_id = await scene.customer(name)
        await scene.invoice(customer_id, f"INV-2{number}01 100.00 USD due 2026-02-10")
        sender = f"billing@{name.lower()}.example"
        reply = await taken(db, raw("x", sender=sender, message_id=f"<{name}@x>"), name)
        await follows(db, reply, reading)
        await follows(db, reply, reading)
        async with db.begin() as session:
            later = NOW + timedelta(days=20)
            quiet = await followups.prepare(session, mail_desk(), customer_id, later)
        assert isinstance(quiet, Quiet), trigger
        told = [n for n in await scene.all(NoticeRow) if n.customer_id == customer_id]
        assert [n.detail["trigger"] for n in told] == [trigger.value]
        talks = {c.customer_id: c.state for c in await scene.all(ConversationRow)}
        assert talks[customer_id] == "escalated", trigger
        items = [i for i in await scene.items() if i.customer_id == customer_id]
        assert [i.detail["reason"] for i in items] == [trigger.value]


async def test_a_tax_form_is_sent_once_it_is_on_file(db: Database, scene: Scene, acme: int) -> None:
    async with db.begin() as session:
        by = Actor(ActorKind.PERSON, "1")
        kept = await documents.upload(session, by, DocumentKind.TAX_FORM, "w9.pdf", PDF, None, NOW)
    assert not isinstance(kept, documents.NotTaken)
    reply = await taken(db, raw("Please send your W-9."))
    asked = said(Intent.REQUEST_DOCUMENT, documents=(DocumentClaim(DocumentKind.TAX_FORM, "W-9"),))
    assert await follows(db, reply, asked) == ["SendDocuments"]
    (effect,) = await scene.all(EffectRow)
    (paper,) = SendEmail.from_payload(effect.payload).attachments
    assert paper.digest == kept.digest
    assert effect.state == "proposed"


async def test_two_mails_of_a_thread_are_answered_by_one_plan_taken_in_parts(
    db: Database, scene: Scene, acme: int
) -> None:
    question = said(Intent.INVOICE_QUESTION, words="what is the due date?")
    statement = said(
        Intent.REQUEST_DOCUMENT, documents=(DocumentClaim(DocumentKind.STATEMENT, "statement"),)
    )
    first = await taken(db, raw("What is the due date?"))
    await follows(db, first, question)
    (plan,) = await scene.all(AnswerPlanRow)
    assert plan.thread_id is not None
    (thread,) = {plan.thread_id}
    again = raw("And a statement please", message_id="<m2@acme.example>", answers="")
    second = await taken(db, again, "2")
    second = _in_thread(second, thread)
    await follows(db, second, statement)
    (plan,) = await scene.all(AnswerPlanRow)
    view = await _view(db, plan.id)
    assert [p.kind.value for p in view.parts] == ["invoice_facts", "send_documents"]
    waiting = [e for e in await scene.all(EffectRow) if e.state == "proposed"]
    assert [e.id for e in waiting] == [plan.effect_id]
    mail = SendEmail.from_payload(waiting[0].payload)
    assert len(mail.attachments) == 1
    async with db.begin() as session:
        kept = view.parts[0].id
        chosen = await plans_of_answers.choose(
            session, mail_desk(), plan.id, [kept], by=PAT, now=NOW
        )
    assert isinstance(chosen, plans_of_answers.Chosen), chosen
    (left,) = [e for e in await scene.all(EffectRow) if e.state == "proposed"]
    assert SendEmail.from_payload(left.payload).attachments == ()
    assert left.fingerprint == chosen.fingerprint != waiting[0].fingerprint
    async with db.begin() as session:
        none = await plans_of_answers.choose(session, mail_desk(), plan.id, [], by=PAT, now=NOW)
    assert none == plans_of_answers.Chosen(None)
    assert [e.state for e in await scene.all(EffectRow) if e.id == left.id] == ["superseded"]


def _in_thread(reply: HumanReply, thread_id: int) -> HumanReply:
    return replace(reply, thread_id=thread_id)


async def _view(db: Database, plan_id: int) -> plans_of_answers.PlanView:
    async with db.read() as session:
        found = await plans_of_answers.view(session, plan_id)
    assert found is not None
    return found


async def test_somebody_unknown_in_copy_waits_for_a_person_and_so_do_reminders(
    db: Database, scene: Scene, acme: int
) -> None:
    body = raw("Thanks!", more="Cc: Kim <kim@acme.example>, boss@acrne.example")
    await follows(db, await taken(db, body), said(Intent.ACKNOWLEDGEMENT, words="Thanks!"))
    rows = {row.email: row for row in await scene.all(ContactProposalRow)}
    assert {email: row.near for email, row in rows.items()} == {
        "kim@acme.example": "same_domain",
        "boss@acrne.example": "look_alike",
    }
    assert len(await scene.all(ContactRow)) == 1
    kim, boss = rows["kim@acme.example"], rows["boss@acrne.example"]
    async with db.begin() as session:
        refused = await contacts.confirm(session, boss.id, by=PAT, how=" ", now=NOW)
        assert isinstance(refused, Refusal)
        await contacts.refuse_contact(session, boss.id, by=PAT, reason="a fraud", now=NOW)
        assert isinstance(await contacts.confirm(session, kim.id, by=PAT, how="", now=NOW), int)
    assert {c.email for c in await scene.all(ContactRow)} == {
        "billing@acme.example",
        "kim@acme.example",
    }
    assert all(h.released_at == NOW for h in await scene.all(HoldRow))


async def test_the_successor_a_mail_names_is_proposed_and_gets_nothing(
    db: Database, scene: Scene, acme: int
) -> None:
    left = said(
        Intent.WRONG_PERSON, new_contact=NewContact("new@acme.example", "New", "write to New")
    )
    await follows(db, await taken(db, raw("I left")), left)
    (contact,) = await scene.all(ContactRow)
    assert contact.suppressed_at == NOW
    (row,) = await scene.all(ContactProposalRow)
    assert (row.email, row.state) == ("new@acme.example", "proposed")
    assert await scene.all(EffectRow) == []


async def test_a_dispute_has_a_team_and_a_clock_and_its_end_begins_the_cadence_anew(
    db: Database, scene: Scene, acme: int
) -> None:
    reply = await taken(db, raw("INV-1001 is a duplicate, see our PO 4711."))
    await follows(db, reply, said(Intent.DISPUTE, words="INV-1001 is a duplicate"))
    (row,) = await scene.all(DisputeRow)
    assert (row.team, row.due_on, row.invoice_id) == ("finance", date(2026, 3, 17), 1)
    stated = {f.topic: f.value for f in await scene.all(StatedFactRow)}
    assert stated["purchase_order"] == "4711"
    later = NOW + timedelta(days=9)
    assert await disputes.remind(db, later) == 1
    assert await disputes.remind(db, later) == 0
    async with db.begin() as session:
        await disputes.resolve(session, row.id, by=PAT, resolution="ours was right", now=later)
        again = await disputes.resolve(session, row.id, by=PAT, resolution="", now=later)
    assert isinstance(again, Refusal)
    (row,) = await scene.all(DisputeRow)
    assert (row.state, row.resolved_at, row.resolved_by) == ("resolved", later, "person:1")


async def test_the_payment_they_speak_of_is_looked_for_and_nothing_is_posted(
    db: Database, scene: Scene, acme: int
) -> None:
    paid = await scene.receipt("100.00 USD", "ACH77120", received_on=date(2026, 3, 4))
    await scene.receipt("55.00 USD", "other", received_on=date(2026, 3, 4))
    claim = PaidClaim((), Money.parse("100.00", "USD"), "ACH77120", ("INV-1001",))
    await follows(db, await taken(db, raw("Paid")), said(Intent.ALREADY_PAID, paid=claim))
    (item,) = await scene.items()
    found: Any = item.detail["payments"]
    assert [p["payment_id"] for p in found] == [paid]
    assert [e.kind for e in await scene.all(EffectRow)] == ["send_email"]


async def test_a_mail_of_another_thread_may_set_a_promise_and_open_no_case(
    db: Database, scene: Scene, acme: int
) -> None:
    other = await scene.customer("Beta")
    await scene.invoice(other, "INV-7700 100.00 USD due 2026-02-10")
    await scene.add(ContactRow(customer_id=acme, name="Sue", email="ap@shared.example"))
    await scene.add(ContactRow(customer_id=other, name="Sue", email="ap@shared.example"))
    plain = await arrive(db, raw("Hello", sender="ap@shared.example", message_id="<p@x>"), "p")
    async with db.begin() as session:
        nobody = await replies.take_in(session, mail_desk(), plain, NOW)
    assert nobody == Finished("unattached")
    body = raw("About INV-7700", sender="ap@shared.example", message_id="<s@x>")
    reply = await taken(db, body, "s")
    assert (reply.case.customer_id, reply.related) == (other, True)
    done = await follows(db, reply, said(Intent.DISPUTE, words="INV-7700 is wrong"))
    assert "OpenDispute" not in done
    assert "Escalate" in done
    assert await scene.all(DisputeRow) == []
    assert await scene.all(PromiseRow) == []


async def test_what_another_thread_tells_of_an_invoice_is_kept_with_it(
    db: Database, scene: Scene, acme: int
) -> None:
    named = PromiseClaim(invoice_numbers=("INV-1001",))
    paid = PaidClaim((), None, "ACH 7", ("INV-1001",))
    told = (
        (said(Intent.SUBMISSION_REQUIREMENT, promise=named), "INV-1001 needs our PO 4711"),
        (said(Intent.CREDIT_REQUEST, promise=named), "Set credit memo CM-88 against INV-1001"),
        (said(Intent.REMITTANCE_ADVICE, paid=paid), "INV-1001 is in payment ACH 7"),
        (said(Intent.DISPUTE, promise=named), "INV-1001 is wrong"),
    )
    for number, (reading, words) in enumerate(told):
        body = raw(words, message_id=f"<side{number}@x>", answers="")
        reply = replace(await taken(db, body, f"side{number}"), related=True)
        await follows(db, reply, reading)
    facts = {(f.topic, f.value): f.invoice_id for f in await scene.all(StatedFactRow)}
    assert facts.keys() >= {
        ("purchase_order", "4711"), ("credit_memo", "CM-88"), ("payment", "ACH 7"),
        ("dispute", "other"),
    }  # fmt: skip
    assert set(facts.values()) == {1}


DSN = """From: MAILER-DAEMON@mx.acme.example
To: ar@northwind.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <{name}@mx>
Return-Path: <>
In-Reply-To: <out@northwind.example>
References: <out@northwind.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It did not work.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.acme.example

Final-Recipient: rfc822; billing@acme.example
Action: failed
Status: {status}
Diagnostic-Code: smtp; {status} {words}

--b
Content-Type: message/rfc822

Message-ID: <out@northwind.example>

x
--b--
"""


async def _came_back(db: Database, name: str, status: str, words: str) -> None:
    body = DSN.format(name=name, status=status, words=words).replace("\n", "\r\n").encode()
    event_id = await arrive(db, body, name)
    async with db.begin() as session:
        await replies.take_in(session, mail_desk(), event_id, NOW)


async def test_three_full_mailboxes_rest_a_contact_and_a_refusal_is_our_own_problem(
    db: Database, scene: Scene, acme: int
) -> None:
    thread = ThreadRow(customer_id=acme, subject="x", token="t" * 16, created_at=NOW)
    await scene.add(thread)
    await scene.add(
        TouchpointRow(
            key="out", customer_id=acme, thread_id=thread.id, channel="email", direction="out",
            kind="mail", occurred_at=NOW, to_addresses=["billing@acme.example"],
            message_id="<out@northwind.example>",
        ),
        TouchpointRow(
            key="in", customer_id=acme, channel="email", direction="in", kind="reply",
            occurred_at=NOW, from_address="kim@acme.example",
        ),
    )  # fmt: skip
    await _came_back(db, "r1", "5.7.1", "rejected by policy, poor reputation")
    (operator,) = await scene.all(NoticeRow)
    assert operator.route == "operator"
    for number in range(2):
        await _came_back(db, f"s{number}", "5.2.2", "mailbox full")
    assert [c.suppressed_at for c in await scene.all(ContactRow)] == [None]
    await _came_back(db, "s2", "5.2.2", "mailbox full")
    assert [c.suppressed_at for c in await scene.all(ContactRow)] == [NOW]
    (row,) = await scene.all(ContactProposalRow)
    assert (row.email, row.source, row.replaces) == (
        "kim@acme.example",
        "bounce",
        "billing@acme.example",
    )
