"""Submission over real SMTP: kept and filed, refused, cut, hung, and killed at a moment."""

from __future__ import annotations

import asyncio
import signal
import smtplib
import subprocess
import sys
from email.message import EmailMessage

import aiosmtplib
import pytest

from sandbox.mail.faults import BadFault, Fault
from sandbox.mail.store import SENT
from tests.sandbox.mail.conftest import LOGIN, MailServer


def letter(message_id: str = "<1@seller.example>") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = LOGIN.username, "ap@debtor.example"
    message["Subject"], message["Message-ID"] = "Invoice INV1 is past due", message_id
    message.set_content("Please pay.\n.\n..dots\n")
    return message


async def send(mail: MailServer, patience: float = 10) -> None:
    await aiosmtplib.send(
        letter(),
        sender="ar+b.tok@seller.example",
        recipients=["ap@debtor.example"],
        hostname="127.0.0.1",
        port=mail.smtp_port,
        username=LOGIN.username,
        password=LOGIN.password,
        start_tls=False,
        timeout=patience,
    )


async def test_keeps_the_message_files_a_copy_and_passes_it_on(mail: MailServer) -> None:
    await send(mail)
    (kept,) = mail.store.accepted()
    assert kept.mail_from == "ar+b.tok@seller.example"
    assert kept.rcpt_tos == ("ap@debtor.example",)
    assert kept.message_id == "<1@seller.example>"
    assert b"\r\n.\r\n..dots\r\n" in kept.raw
    assert mail.store.has_message(LOGIN.username, SENT, "<1@seller.example>")
    assert mail.arrived == [kept]
    assert mail.store.accepted(to="AP@") == [kept]
    assert mail.store.accepted(to="nobody") == []


async def test_smtplib_submits_too(mail: MailServer) -> None:
    def submit() -> None:
        with smtplib.SMTP("127.0.0.1", mail.smtp_port) as client:
            client.login(LOGIN.username, LOGIN.password)
            client.send_message(letter())

    await asyncio.to_thread(submit)
    assert mail.store.count_accepted() == 1


async def test_wrong_password_and_no_password_send_nothing(mail: MailServer) -> None:
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=mail.smtp_port, start_tls=False) as smtp:
        with pytest.raises(aiosmtplib.SMTPAuthenticationError):
            await smtp.login(LOGIN.username, "guess")
        with pytest.raises(aiosmtplib.SMTPSenderRefused):
            await smtp.send_message(letter())
    assert mail.store.count_accepted() == 0


@pytest.mark.parametrize("code", ["550", "451", "452"])
async def test_refuses_a_recipient_once(mail: MailServer, code: str) -> None:
    mail.faults.arm(Fault(where="rcpt", do=code, address="@debtor"))
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as caught:
        await send(mail)
    assert caught.value.recipients[0].code == int(code)
    await send(mail)
    assert mail.store.count_accepted() == 1


async def test_refuses_the_data(mail: MailServer) -> None:
    mail.faults.arm(Fault(where="data", do="452"))
    with pytest.raises(aiosmtplib.SMTPDataError):
        await send(mail)
    assert mail.store.count_accepted() == 0


async def test_cut_after_the_dot_keeps_the_message(mail: MailServer) -> None:
    mail.faults.arm(Fault(where="data", do="cut"))
    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        await send(mail)
    assert mail.store.count_accepted() == 1


async def test_hang_after_the_dot_keeps_the_message(mail: MailServer) -> None:
    mail.faults.arm(Fault(where="data", do="hang", seconds=30))
    with pytest.raises(aiosmtplib.SMTPReadTimeoutError):
        await send(mail, patience=0.3)
    assert mail.store.count_accepted() == 1


async def test_cut_at_connect_on_the_second_connection_only(mail: MailServer) -> None:
    mail.faults.arm(Fault(where="connect", do="cut", nth=2))
    await send(mail)
    with pytest.raises((aiosmtplib.SMTPConnectError, aiosmtplib.SMTPServerDisconnected)):
        await send(mail)
    await send(mail)
    assert mail.store.count_accepted() == 2


_SENDER = """
import sys, smtplib
with smtplib.SMTP("127.0.0.1", int(sys.argv[1])) as client:
    client.login("ar@seller.example", "open sesame")
    client.sendmail("ar@seller.example", ["ap@debtor.example"], b"Subject: hi\\r\\n\\r\\nhello")
    sys.exit(7)
"""


@pytest.mark.parametrize(
    ("where", "moment", "name", "code", "kept"),
    [
        ("connect", "before", "KILL", -signal.SIGKILL, 0),
        ("data", "before", "KILL", -signal.SIGKILL, 0),
        ("data", "after", "KILL", -signal.SIGKILL, 1),
        ("data", "drop", "TERM", -signal.SIGTERM, 1),
        ("data", "before", "TERM", -signal.SIGTERM, 0),
    ],
)
async def test_kills_the_sender_at_the_moment_asked_for(
    mail: MailServer, where: str, moment: str, name: str, code: int, kept: int
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _SENDER, str(mail.smtp_port), stderr=subprocess.DEVNULL
    )
    fault = Fault(where=where, moment=moment, signal=name, pid=process.pid, seconds=0.1)
    mail.faults.arm(fault)
    assert await process.wait() == code
    assert mail.store.count_accepted() == kept
    assert mail.faults.armed() == ()


def test_a_fault_is_checked_when_it_is_ordered() -> None:
    assert Fault.from_mapping({"do": "hang", "seconds": 2}) == Fault(do="hang", seconds=2.0)
    for raw in ({"do": "explode"}, {"nth": 0}, {"surprise": 1}, {"where": "connect", "do": "451"}):
        with pytest.raises(BadFault):
            Fault.from_mapping(raw)
