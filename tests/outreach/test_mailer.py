"""Every way a mail transaction can end, against a server that really does it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from effects.outcomes import Refused, RetryLater, Unknown
from outreach.envelope import Envelope, Outcome, Sent
from outreach.mailer import Security, SmtpAccount, send
from tests.outreach.certificates import loopback_certificate
from tests.outreach.faulty import faulty_server

RAW = b"From: ar@seller.example\r\nSubject: x\r\n\r\nhello\r\n.dotted\r\n"
ONE = Envelope("ar+b.abc@seller.example", ("a@x.example",))
TWO = Envelope("ar+b.abc@seller.example", ("a@x.example", "b@x.example"))


async def outcome_of(envelope: Envelope = ONE, **faults: Any) -> tuple[Outcome, list[bytes]]:
    async with faulty_server(**faults) as server:
        account = SmtpAccount("127.0.0.1", server.port, Security.NONE, timeout=0.5)
        return await send(account, envelope, RAW), server.bodies


async def test_accepted_is_sent_with_the_servers_answer() -> None:
    outcome, bodies = await outcome_of()
    assert outcome == Sent("250 2.0.0 queued as X1")
    assert bodies == [RAW]


async def test_the_envelope_is_what_was_asked_for() -> None:
    async with faulty_server() as server:
        await send(SmtpAccount("127.0.0.1", server.port, Security.NONE), TWO, RAW)
    assert server.senders == ["ar+b.abc@seller.example"]
    assert server.recipients == ["a@x.example", "b@x.example"]


async def test_an_unknown_recipient_is_refused_for_good() -> None:
    outcome, bodies = await outcome_of(rcpt_answers={"a@x.example": "550 5.1.1 no such user"})
    assert outcome == Refused("the mail server answered 550 5.1.1 no such user")
    assert bodies == []


async def test_greylisting_is_tried_again() -> None:
    outcome, bodies = await outcome_of(rcpt_answers={"a@x.example": "451 4.7.1 later"})
    assert outcome == RetryLater("the mail server answered 451 4.7.1 later")
    assert bodies == []


async def test_one_of_two_refused_is_sent_and_noted() -> None:
    outcome, bodies = await outcome_of(TWO, rcpt_answers={"b@x.example": "550 5.1.1 gone"})
    assert outcome == Sent("250 2.0.0 queued as X1", {"b@x.example": "550 5.1.1 gone"})
    assert len(bodies) == 1


async def test_all_refused_but_one_only_for_now_is_tried_again() -> None:
    answers = {"a@x.example": "550 5.1.1 gone", "b@x.example": "451 4.7.1 later"}
    outcome, bodies = await outcome_of(TWO, rcpt_answers=answers)
    assert isinstance(outcome, RetryLater)
    assert bodies == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("452 4.3.1 full", RetryLater),
        ("554 5.7.1 spam", Refused),
        ("421 4.3.2 closing", RetryLater),
    ],
)
async def test_an_explicit_answer_after_the_dot_is_certain(
    answer: str, expected: type[Outcome]
) -> None:
    outcome, _ = await outcome_of(data_answer=answer)
    assert isinstance(outcome, expected)
    assert answer in repr(outcome)


@pytest.mark.parametrize("ending", ["cut", "hang"])
async def test_no_answer_after_the_dot_is_unknown(ending: str) -> None:
    outcome, bodies = await outcome_of(after_dot=ending)
    assert isinstance(outcome, Unknown)
    assert bodies == [RAW]


async def test_an_answer_nobody_can_read_after_the_dot_is_unknown() -> None:
    outcome, bodies = await outcome_of(data_answer="hello there")
    assert isinstance(outcome, Unknown)
    assert bodies == [RAW]


async def test_a_cut_before_the_message_is_tried_again() -> None:
    outcome, bodies = await outcome_of(rcpt_answers={"a@x.example": "cut"})
    assert isinstance(outcome, RetryLater)
    assert bodies == []


@pytest.mark.parametrize(
    ("answer", "expected"), [("451 4.3.0 busy", RetryLater), ("550 5.7.1 not you", Refused)]
)
async def test_a_refused_sender(answer: str, expected: type[Outcome]) -> None:
    outcome, bodies = await outcome_of(mail_answer=answer)
    assert isinstance(outcome, expected)
    assert bodies == []


async def test_no_server_is_tried_again(free_port: int) -> None:
    account = SmtpAccount("127.0.0.1", free_port, Security.NONE, timeout=0.5)
    assert isinstance(await send(account, ONE, RAW), RetryLater)


async def test_a_server_that_never_greets_is_tried_again() -> None:
    hung_up = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        await writer.wait_closed()
        hung_up.set()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    account = SmtpAccount("127.0.0.1", port, Security.NONE, timeout=0.3)
    assert isinstance(await send(account, ONE, RAW), RetryLater)
    await hung_up.wait()
    server.close()
    await server.wait_closed()


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
async def test_a_server_without_the_protection_asked_for_gets_nothing(security: Security) -> None:
    async with faulty_server() as server:
        account = SmtpAccount("127.0.0.1", server.port, security, timeout=1)
        outcome = await send(account, ONE, RAW)
    assert isinstance(outcome, RetryLater)
    assert server.bodies == []


async def test_login() -> None:
    async with faulty_server(password="right") as server:
        port = server.port
        right = SmtpAccount("127.0.0.1", port, Security.NONE, "ar", "right")
        wrong = SmtpAccount("127.0.0.1", port, Security.NONE, "ar", "wrong")
        assert isinstance(await send(right, ONE, RAW), Sent)
        outcome = await send(wrong, ONE, RAW)
    assert isinstance(outcome, Refused)
    assert "wrong" not in repr(wrong) + outcome.reason


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
async def test_protected_connections_trust_only_a_known_authority(
    security: Security, tmp_path: Path
) -> None:
    context, authority = loopback_certificate(tmp_path)
    async with faulty_server(tls=context, wrapped=security is Security.TLS) as server:
        known = SmtpAccount("127.0.0.1", server.port, security, timeout=5, ca_file=authority)
        unknown = SmtpAccount("127.0.0.1", server.port, security, timeout=5)
        assert isinstance(await send(known, ONE, RAW), Sent)
        assert isinstance(await send(unknown, ONE, RAW), RetryLater)
    assert server.bodies == [RAW]
