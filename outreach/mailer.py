"""SMTP: hand one message to the mail server and say truthfully what became of it.

After the final dot the server may have the message although we never see its answer
(RFC 1047): such an end is Unknown and nothing here tries again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import aiosmtplib

from effects.outcomes import Refused, RetryLater, Unknown
from outreach.envelope import Envelope, Outcome, Sent


class Security(StrEnum):
    """How the connection to the mail server is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class SmtpAccount:
    """Where mail is handed over. `timeout` is seconds for each exchange.

    `ca_file` names the certificate authority of a private mail server; empty means the system's.
    """

    host: str
    port: int
    security: Security = Security.STARTTLS
    username: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0
    ca_file: str = ""


async def send(account: SmtpAccount, envelope: Envelope, raw: bytes) -> Outcome:
    """Hand `raw` over in one transaction. Never raises for what a server or network does."""
    client = aiosmtplib.SMTP(
        hostname=account.host,
        port=account.port,
        timeout=account.timeout,
        local_hostname=envelope.sender.rpartition("@")[2] or None,
        cert_bundle=account.ca_file or None,
        use_tls=account.security is Security.TLS,
        start_tls=account.security is Security.STARTTLS,
    )
    refused = await _connect(client, account)
    if refused is not None:
        return refused
    try:
        outcome = await _transact(client, envelope, raw)
    finally:
        await _leave(client)
    return outcome


async def _connect(client: aiosmtplib.SMTP, account: SmtpAccount) -> RetryLater | Refused | None:
    """Nothing is sent yet, so every failure may be tried again; a wrong password needs a person."""
    try:
        await client.connect()
        if account.username:
            await client.login(account.username, account.password)
    except aiosmtplib.SMTPAuthenticationError as error:
        client.close()
        reason = f"the mail server refused our login: {error.code}"
        return Refused(reason) if error.code >= 500 else RetryLater(reason)
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        client.close()
        return RetryLater(f"the mail server cannot be reached: {_short(error)}")
    return None


async def _transact(client: aiosmtplib.SMTP, envelope: Envelope, raw: bytes) -> Outcome:
    refused: dict[str, aiosmtplib.SMTPResponse] = {}
    try:
        await client.mail(envelope.sender)
        for recipient in envelope.recipients:
            try:
                await client.rcpt(recipient)
            except aiosmtplib.SMTPRecipientRefused as error:
                refused[recipient] = aiosmtplib.SMTPResponse(error.code, error.message)
    except aiosmtplib.SMTPResponseException as error:
        return _answered(error.code, error.message)
    except (aiosmtplib.SMTPException, OSError) as error:
        return RetryLater(f"the connection ended before the message: {_short(error)}")
    if len(refused) == len(envelope.recipients):
        worst = min(refused.values(), key=lambda response: response.code)
        return _answered(worst.code, worst.message)
    return await _data(client, raw, {name: _line(*response) for name, response in refused.items()})


async def _data(client: aiosmtplib.SMTP, raw: bytes, refused: Mapping[str, str]) -> Outcome:
    """An answer after the dot is certain; no answer is not."""
    try:
        response = await client.data(raw)
    except aiosmtplib.SMTPResponseException as error:
        if error.code >= 400:
            return _answered(error.code, error.message)
        return Unknown(f"an answer nobody can read: {_line(error.code, error.message)}")
    except (aiosmtplib.SMTPException, OSError) as error:
        return Unknown(f"no answer after the message was handed over: {_short(error)}")
    return Sent(_line(*response), refused)


def _answered(code: int, message: str) -> RetryLater | Refused:
    reason = f"the mail server answered {_line(code, message)}"
    return Refused(reason) if code >= 500 else RetryLater(reason)


def _line(code: int, message: str) -> str:
    return f"{code} {' '.join(message.split())}"[:300]


def _short(error: Exception) -> str:
    return f"{type(error).__name__} {' '.join(str(error).split())}".strip()[:300]


async def _leave(client: aiosmtplib.SMTP) -> None:
    try:
        await client.quit()
    except (aiosmtplib.SMTPException, OSError):
        client.close()
