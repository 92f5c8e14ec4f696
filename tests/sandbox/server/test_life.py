"""A reminder goes in over SMTP; what debtors do comes out as webhooks, mail and money."""

from __future__ import annotations

import asyncio
import base64
import json
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import stripe
from imapclient import IMAPClient

from sandbox.company import Temperament
from sandbox.server import start_world
from tests.sandbox.receiver import Receiver, eventually
from tests.sandbox.server.conftest import TODAY, Town


def mails(town: Town) -> list[EmailMessage]:
    hooks = [h for h in town.receiver.hooks if h.path == "/webhooks/mail"]
    raws = [base64.b64decode(h.content["RawEmail"]) for h in hooks]
    return [message_from_bytes(raw, policy=policy.default) for raw in raws]


def charges(town: Town) -> list[dict[str, object]]:
    events = [
        stripe.Webhook.construct_event(
            h.body, h.headers["stripe-signature"], town.world.settings["STRIPE_WEBHOOK_SECRET"]
        )
        for h in town.receiver.hooks
        if h.path == "/webhooks/stripe"
    ]
    return [json.loads(str(e.data.object)) for e in events if e.type == "charge.succeeded"]


async def test_the_reminded_pay_what_was_named(town: Town) -> None:
    debtor, claims = town.debtor(Temperament.AFTER_REMINDER)
    named = claims[:2]
    due = sum(town.world.parts.purse.owed(c).open for c in named)
    await town.remind(debtor.people[0].email, *[c.number for c in named])
    await eventually(lambda: charges(town))
    (charge,) = charges(town)
    assert (charge["amount"], charge["currency"]) == (due, debtor.currency.lower())
    assert charge["customer"] == debtor.stripe_customer_id
    assert [town.world.parts.purse.owed(c).open for c in named] == [0] * len(named)


async def test_a_keeper_promises_then_pays_when_the_clock_gets_there(town: Town) -> None:
    debtor, claims = town.debtor(Temperament.PROMISE_KEEPER)
    await town.remind(debtor.people[0].email, claims[0].number)
    await eventually(lambda: mails(town))
    (answer,) = mails(town)
    assert answer["To"] == "ar+t.thread1@larkfield.example"
    assert answer["In-Reply-To"] == "<m1@larkfield.example>"
    assert answer["Authentication-Results"].startswith("mx.larkfield.example; spf=pass")
    assert charges(town) == []
    town.world.parts.clock.advance(days=6)
    await eventually(lambda: len(charges(town)) >= 1)
    paid = [c for c in charges(town) if c["customer"] == debtor.stripe_customer_id]
    assert len(paid) == 1


async def test_a_breaker_promises_and_does_not_pay(town: Town) -> None:
    debtor, claims = town.debtor(Temperament.PROMISE_BREAKER)
    await town.remind(debtor.people[0].email, claims[0].number)
    await eventually(lambda: mails(town))
    town.world.parts.clock.advance(days=120)
    await eventually(lambda: town.world.parts.memory.waiting() == 0)
    assert town.world.parts.purse.owed(claims[0]).open > 0


async def test_away_and_bounce(town: Town) -> None:
    away, claims = town.debtor(Temperament.OUT_OF_OFFICE)
    await town.remind(away.people[0].email, claims[0].number)
    await eventually(lambda: len(mails(town)) == 1)
    gone, claims = town.debtor(Temperament.BOUNCES)
    await town.remind(gone.people[0].email, claims[0].number, message_id="<m2@x.example>")
    await eventually(lambda: len(mails(town)) == 2)
    automatic, report = mails(town)
    assert automatic["Auto-Submitted"] == "auto-replied"
    assert report["To"] == "ar+b.bounce1@larkfield.example"
    assert report["Return-Path"] == "<>"
    assert report.get_content_type() == "multipart/report"


async def test_an_unknown_person_at_a_known_firm_bounces_and_strangers_vanish(town: Town) -> None:
    debtor, _ = town.debtor(Temperament.ON_TIME)
    await town.remind("nobody@elsewhere.example", "INV1")
    await town.remind(f"nobody@{debtor.people[0].email.partition('@')[2]}", "INV1")
    await eventually(lambda: mails(town))
    assert mails(town)[0]["Return-Path"] == "<>"
    assert town.world.parts.mail.count_accepted() == 2


async def test_where_one_mailbox_is_gone_a_colleague_pays(town: Town) -> None:
    parts = town.world.parts
    firms = {d.id: d for d in parts.company.debtors if len(d.people) > 1}
    claim = next(
        c
        for c in parts.company.claims
        if c.debtor_id in firms
        and firms[c.debtor_id].temperament is Temperament.BOUNCES
        and parts.purse.owed(c).open > 0
    )
    await town.remind(firms[claim.debtor_id].people[1].email, claim.number)
    await eventually(lambda: charges(town))
    assert mails(town) == []


async def test_answers_are_in_the_inbox_too(town: Town) -> None:
    debtor, claims = town.debtor(Temperament.DISPUTES)
    await town.remind(debtor.people[0].email, claims[0].number)
    await eventually(lambda: mails(town))
    settings = town.world.settings

    def look() -> tuple[int, int]:
        with IMAPClient(settings["IMAP_HOST"], int(settings["IMAP_PORT"]), ssl=False) as imap:
            imap.login(settings["IMAP_USERNAME"], settings["IMAP_PASSWORD"])
            imap.select_folder("INBOX", readonly=True)
            received = len(imap.search(["UNSEEN"]))
            imap.select_folder(settings["MAIL_SENT_FOLDER"], readonly=True)
            return received, len(imap.search(["HEADER", "Message-ID", "<m1@larkfield.example>"]))

    assert await asyncio.to_thread(look) == (1, 1)


async def test_plans_survive_a_restart_and_are_carried_out_once(tmp_path: Path) -> None:
    async with start_world(tmp_path, customers=24, invoices=200, today=TODAY) as world:
        company, secrets = world.parts.company, world.parts.secrets
        waiting = world.parts.memory.waiting()
        assert waiting > 0
    async with start_world(tmp_path, customers=5, invoices=9, seed=1) as world:
        assert world.parts.company == company
        assert world.parts.secrets == secrets
        assert world.parts.memory.waiting() == waiting
        world.parts.clock.advance(days=120)
        await eventually(lambda: world.parts.memory.waiting() == 0)
        count = world.parts.stripe.count("charge")
        assert 0 < count <= waiting
    async with start_world(tmp_path) as world:
        assert world.parts.stripe.count("charge") == count


async def _story(folder: Path, mood: Temperament) -> list[bytes]:
    receiver = Receiver()
    small = start_world(folder, customers=24, invoices=200, today=TODAY)
    async with small as world:
        town = Town(world, receiver)
        debtor, claims = town.debtor(mood)
        await town.remind(debtor.people[0].email, claims[0].number)
        await eventually(lambda: world.parts.memory.letters_seen(debtor.id))
        box, mail = world.settings["IMAP_USERNAME"], world.parts.mail
        filed = [mail.filed(box, "INBOX", uid) for uid in mail.uids(box, "INBOX")]
        return [m.raw.partition(b"\r\n\r\n")[2] for m in filed if m is not None]


@pytest.mark.parametrize("mood", [Temperament.PROMISE_KEEPER, Temperament.ALREADY_PAID])
async def test_the_same_world_tells_the_same_story(tmp_path: Path, mood: Temperament) -> None:
    first = await _story(tmp_path / "one", mood)
    assert first == await _story(tmp_path / "two", mood)
    assert len(first) == 1
