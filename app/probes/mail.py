"""Mail: sign in to the sending server and to the mailbox; nothing is sent or changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import aiosmtplib
from imapclient.exceptions import LoginError

from app.probes.finding import Finding, bad, fine, unset
from app.settings import MailSettings
from app.wiring import inbox_of
from sources.mail.imap import ImapAccount, MailboxUnavailable, find_sent

_NOBODY = "<doctor@dunwell.invalid>"


async def sending(known: MailSettings | None, seconds: float) -> Sequence[Finding]:
    """Connect, encrypt and sign in to the mail server."""
    if known is None:
        return [unset("smtp", "set SMTP_HOST and MAIL_FROM to send mail")]
    host, port, username, password = known.smtp
    at = f"{host}:{port}"
    client = aiosmtplib.SMTP(
        hostname=host,
        port=port,
        timeout=seconds,
        local_hostname=known.from_address.rpartition("@")[2] or None,
        use_tls=known.smtp_security == "tls",
        start_tls=known.smtp_security == "starttls",
    )
    try:
        await client.connect()
        if username:
            await client.login(username, password)
        await client.quit()
    except aiosmtplib.SMTPAuthenticationError as error:
        fix = "check SMTP_USERNAME and SMTP_PASSWORD"
        return [bad("smtp", f"{at} refused the login ({error.code})", fix)]
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        fix = "check SMTP_HOST, SMTP_PORT and SMTP_SECURITY"
        return [bad("smtp", f"{at}: {_words(error)}", fix)]
    finally:
        client.close()
    signed = f"signed in as {username}" if username else "no authentication"
    return [fine("smtp", f"{at}, {known.smtp_security}, {signed}")]


async def receiving(known: MailSettings | None, seconds: float) -> Sequence[Finding]:
    """Sign in to the mailbox; open the inbox and the folder of sent mail; is there a webhook."""
    if known is None:
        return []
    inbox = inbox_of(known)
    hook = _hook(known)
    if inbox is None:
        if known.inbound_secrets:
            return [unset("imap", "set IMAP_HOST to poll a mailbox; the webhook serves too"), hook]
        fix = "set IMAP_HOST, or MAIL_INBOUND_SECRET for the webhook"
        return [bad("imap", "answers of customers arrive nowhere", fix), hook]
    account = replace(inbox, timeout=seconds)
    opened = await _opened("imap", account, account.folder, "check that the mailbox has an INBOX")
    if not opened.ok:
        return [opened, hook]
    return [opened, await _sent(account, known.sent_folder), hook]


async def _sent(account: ImapAccount, folder: str) -> Finding:
    if not folder:
        fix = "set MAIL_SENT_FOLDER, or a person is asked after an interrupted mail"
        return unset("sent folder", fix)
    return await _opened("sent folder", account, folder, "check MAIL_SENT_FOLDER")


async def _opened(name: str, account: ImapAccount, folder: str, fix: str) -> Finding:
    at = f"{account.host}:{account.port}"
    try:
        await find_sent(account, _NOBODY, folder)
    except MailboxUnavailable as error:
        if isinstance(error.__cause__, LoginError):
            words = f"{at} refused the login"
            return bad(name, words, "check IMAP_USERNAME and IMAP_PASSWORD")
        if isinstance(error.__cause__, OSError):
            fix = "check IMAP_HOST, IMAP_PORT and IMAP_SECURITY"
        return bad(name, str(error), fix)
    return fine(name, f"{at}, {folder} opens")


def _hook(known: MailSettings) -> Finding:
    if known.inbound_secrets:
        return fine("mail webhook", "its secret is set")
    return unset("mail webhook", "set MAIL_INBOUND_SECRET to receive mail at /webhooks/mail")


def _words(error: Exception) -> str:
    return f"{type(error).__name__} {error}".strip()[:200]
