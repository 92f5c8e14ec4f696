"""Mail for the seller: in the INBOX, and posted to the service with a signature."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from datetime import UTC, datetime
from pathlib import Path

from sandbox.courier import Channel, Courier
from sandbox.mail.inbound import CHANNEL, Inbound
from sandbox.mail.store import INBOX, MailStore
from sandbox.serving import LoopbackServer
from tests.sandbox.receiver import Receiver, eventually

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MAILBOX = "ar@seller.example"
RAW = (
    b"From: Dana <dana@debtor.example>\r\nTo: ar+t.tok@seller.example\r\n"
    b"Subject: Re: INV1\r\nMessage-ID: <r1@debtor.example>\r\n\r\nWe will pay.\r\n"
)


def now() -> datetime:
    return NOW


def make(folder: Path) -> tuple[MailStore, Courier, Inbound]:
    store = MailStore(folder / "mail.db", now)
    store.open_mailbox(MAILBOX)
    channel = Channel("/webhooks/mail", "X-Dunwell-Signature", "secret")
    courier = Courier(folder / "hooks.db", {CHANNEL: channel}, now, first_pause=0.05)
    return store, courier, Inbound(store, courier, MAILBOX, now)


async def test_filed_and_posted_with_the_raw_message(tmp_path: Path) -> None:
    store, courier, inbound = make(tmp_path)
    receiver = Receiver(refuse=1)
    async with LoopbackServer(receiver.app()) as service:
        courier.service_url = service.url
        running = asyncio.create_task(courier.run())
        assert inbound.receive("dana@debtor.example", "ar+t.tok@seller.example", RAW)
        await eventually(lambda: receiver.hooks)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    (hook,) = receiver.hooks
    filed = store.filed(MAILBOX, INBOX, store.uids(MAILBOX, INBOX)[0])
    assert filed is not None
    assert filed.raw.endswith(RAW)
    assert filed.raw.startswith(b"Return-Path: <dana@debtor.example>\r\n")
    assert base64.b64decode(hook.content["RawEmail"]) == filed.raw
    assert hook.content["MailboxHash"] == "t.tok"
    stamp, mac = hook.headers["x-dunwell-signature"].removeprefix("t=").split(",v1=")
    signed = hmac.new(b"secret", f"{stamp}.".encode() + hook.body, hashlib.sha256).hexdigest()
    assert (int(stamp), mac) == (int(NOW.timestamp()), signed)
    courier.close()
    store.close()


async def test_kept_over_a_restart_until_the_service_is_there(tmp_path: Path) -> None:
    store, courier, inbound = make(tmp_path)
    inbound.receive("", "ar@seller.example", RAW)
    assert not inbound.receive("", "ar@seller.example", RAW)
    courier.close()
    store.close()
    store, courier, _ = make(tmp_path)
    assert len(store.uids(MAILBOX, INBOX)) == 1
    receiver = Receiver()
    async with LoopbackServer(receiver.app()) as service:
        courier.service_url = service.url
        running = asyncio.create_task(courier.run())
        await eventually(lambda: courier.waiting(CHANNEL) == 0)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert len(receiver.hooks) == 1
    courier.close()
    store.close()
