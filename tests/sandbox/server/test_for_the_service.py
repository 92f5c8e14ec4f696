"""The settings file is enough: the service's own clients work with what it names."""

from __future__ import annotations

import json
import random
from pathlib import Path

from app.settings import Settings, load, read_file
from erp.netsuite.adapter import NetSuite
from erp.netsuite.client import NetSuiteClient
from erp.netsuite.config import NetSuiteConfig, OAuth2Credentials
from sandbox.company import Temperament
from sandbox.debtors.purse import buyer
from sandbox.stripe.objects import Receipt
from security.signatures import Verified, verify
from sources.arrived import Arrived
from sources.mail.imap import ImapAccount, fetch_new, find_sent
from sources.mail.message import Bounce, InboundMail
from sources.mail.parse import parse
from sources.mail.webhook import Delivery, read_signed
from sources.stripe.events import StripeEvent, read_event
from sources.stripe.receipts import read_receipt
from tests.sandbox.receiver import eventually
from tests.sandbox.server.conftest import Town


def loaded(town: Town) -> Settings:
    folder = Path(town.world.settings["DUNWELL_CLOCK_FILE"]).parent
    return load(read_file(folder / "service.env"))


async def test_the_erp_lets_the_service_in(town: Town) -> None:
    settings = loaded(town).netsuite
    assert settings is not None
    assert settings.private_key_file is not None
    own = OAuth2Credentials(
        settings.client_id, settings.certificate_id, settings.private_key_file.read_text()
    )
    config = NetSuiteConfig(settings.account_id, own, base_url=settings.base_url)
    erp = NetSuite(NetSuiteClient(config, town.world.parts.clock, random.Random(1)))
    assert len(await erp.subsidiaries()) == 2
    now = await erp.now()
    found = [c async for page in erp.customers(since=None, until=now) for c in page]
    assert {c.netsuite_id for c in found} == {str(d.id) for d in town.world.parts.company.debtors}
    await erp.close()


async def test_the_service_reads_the_mail_it_is_handed(town: Town) -> None:
    settings, clock = loaded(town).mail, town.world.parts.clock
    assert settings is not None
    keeper, claims = town.debtor(Temperament.PROMISE_KEEPER)
    await town.remind(keeper.people[0].email, claims[0].number)
    gone, _ = town.debtor(Temperament.BOUNCES)
    await town.remind(gone.people[0].email, "INV1", message_id="<m2@larkfield.example>")
    await eventually(lambda: len(town.receiver.hooks) == 2)
    read = []
    for hook in town.receiver.hooks:
        delivery = read_signed(hook.headers, hook.body, settings.inbound_secrets, clock.now())
        assert isinstance(delivery, Delivery)
        mail = parse(delivery.raw, clock.now(), authserv_id=settings.trusted_authserv)
        assert isinstance(mail, InboundMail)
        read.append(mail)
    (report,) = [mail for mail in read if isinstance(mail.kind, Bounce)]
    assert isinstance(report.kind, Bounce)
    assert report.kind.recipients[0].address == gone.people[0].email
    (answer,) = [mail for mail in read if mail.sender == keeper.people[0].email]
    assert claims[0].number in answer.new_text
    assert "Still open" not in answer.new_text


async def test_the_service_finds_inbox_and_sent_by_imap(town: Town) -> None:
    settings = loaded(town).mail
    assert settings is not None
    assert settings.imap is not None
    account = ImapAccount(*settings.imap, security=settings.imap_security)
    away, claims = town.debtor(Temperament.OUT_OF_OFFICE)
    await town.remind(away.people[0].email, claims[0].number)
    await eventually(lambda: town.receiver.hooks)
    batch = await fetch_new(account, None)
    assert len(batch.mails) == 1
    assert await find_sent(account, "<m1@larkfield.example>", settings.sent_folder)
    assert not await find_sent(account, "<m9@larkfield.example>", settings.sent_folder)


async def test_the_service_believes_stripe_events_even_after_a_jump(town: Town) -> None:
    settings, parts = loaded(town).stripe, town.world.parts
    assert settings is not None
    parts.clock.advance(days=3)
    debtor, _ = town.debtor(Temperament.SILENT)
    key = parts.stripe.pay(Receipt("k", buyer(debtor), 4200, debtor.currency, "INV1"))
    await eventually(
        lambda: [h for h in town.receiver.hooks if h.content["type"] == "charge.succeeded"]
    )
    (hook,) = [h for h in town.receiver.hooks if key in h.body.decode() and b'"charge.s' in h.body]
    signature = hook.headers["stripe-signature"]
    checked = verify(signature, hook.body, settings.webhook_secrets, parts.clock.now())
    assert isinstance(checked, Verified)
    event = read_event(hook.body)
    assert isinstance(event, StripeEvent)
    assert (event.object_kind, event.object_id) == ("charge", key)
    receipt = read_receipt(json.loads(hook.body)["data"]["object"])
    assert isinstance(receipt, Arrived)
    assert (receipt.amount.minor, receipt.amount.currency) == (4200, debtor.currency)
    assert [a.value for a in receipt.payer_accounts] == [debtor.stripe_customer_id]
