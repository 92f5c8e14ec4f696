"""Delivery status notifications (RFC 3464) for addresses that do not exist."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime

from sandbox.debtors.reading import Letter
from sandbox.debtors.replies import WIRE

_NOTICE = """This is the mail system at host mx.{domain}.

I'm sorry to have to inform you that your message could not be delivered to one
or more recipients. It's attached below.

<{recipient}>: host mx.{domain} said: 550 5.1.1 <{recipient}>: Recipient address
    rejected: User unknown in virtual mailbox table (in reply to RCPT TO command)
"""


def bounce(letter: Letter, recipient: str, envelope_sender: str, now: datetime, key: str) -> bytes:
    """The notification that `recipient` is unknown, for the null return path."""
    domain = recipient.partition("@")[2]
    report = MIMEMultipart("report", policy=WIRE, report_type="delivery-status")
    report["From"] = f"Mail Delivery System <MAILER-DAEMON@mx.{domain}>"
    report["To"] = envelope_sender
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Date"] = format_datetime(now)
    report["Message-ID"] = f"<{key}@mx.{domain}>"
    report["Auto-Submitted"] = "auto-replied"
    report.attach(MIMEText(_NOTICE.format(domain=domain, recipient=recipient)))
    report.attach(_status(domain, recipient, now))
    report.attach(_original(letter))
    return report.as_bytes(policy=WIRE)


def _status(domain: str, recipient: str, now: datetime) -> Message:
    per_message, per_recipient = Message(), Message()
    per_message["Reporting-MTA"] = f"dns; mx.{domain}"
    per_message["Arrival-Date"] = format_datetime(now)
    per_recipient["Final-Recipient"] = f"rfc822; {recipient}"
    per_recipient["Original-Recipient"] = f"rfc822;{recipient}"
    per_recipient["Action"] = "failed"
    per_recipient["Status"] = "5.1.1"
    per_recipient["Remote-MTA"] = f"dns; mx.{domain}"
    per_recipient["Diagnostic-Code"] = f"smtp; 550 5.1.1 <{recipient}>: User unknown"
    part = Message(policy=WIRE)
    part["Content-Type"] = "message/delivery-status"
    part["Content-Description"] = "Delivery report"
    part.set_payload([per_message, per_recipient])
    return part


def _original(letter: Letter) -> EmailMessage:
    part = EmailMessage(policy=WIRE)
    part["Content-Type"] = "text/rfc822-headers"
    part["Content-Description"] = "Undelivered message headers"
    part.set_payload(letter.headers.decode("utf-8", "replace"))
    return part
