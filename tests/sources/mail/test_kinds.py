"""Bounces, complaints and machine answers are told from people."""

from __future__ import annotations

import pytest

from sources.mail.message import AutoReply, Bounce, Complaint, Human
from tests.sources.mail.messages import multipart, raw, read

TEXT = "Content-Type: text/plain\n\nThis is the mail system. Your message could not be delivered."
RETURNED = (
    "Content-Type: message/rfc822\n\nFrom: ar@seller.example\nMessage-ID: <m1@seller.example>\n\nhi"
)

RECEIPT = 'multipart/report; report-type=disposition-notification; boundary="B"'
GROUP = "ar@seller.example"


def status(recipient: str, code: str, action: str = "failed", diagnostic: str = "") -> str:
    said = f"\nDiagnostic-Code: smtp; {diagnostic}" if diagnostic else ""
    return (
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.seller.example\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {code}{said}\n"
    )


def report(*parts: str, **fields: str) -> Bounce:
    headers = {"From": "MAILER-DAEMON@mx.example", "Auto_Submitted": "auto-replied"} | fields
    kind = read(multipart(*parts, subtype="report", **headers)).kind
    assert isinstance(kind, Bounce), kind
    return kind


def test_a_standard_report_names_the_address_and_the_mail() -> None:
    bounce = report(
        TEXT, status("gone@x.example", "5.1.1", diagnostic="550 user unknown"), RETURNED
    )
    (recipient,) = bounce.recipients
    assert (recipient.address, recipient.status) == ("gone@x.example", "5.1.1")
    assert bounce.hard
    assert bounce.original_id == "<m1@seller.example>"


def test_a_report_comes_before_being_an_automatic_answer() -> None:
    assert report(TEXT, status("a@x.example", "5.1.1"), From="", Return_Path="<>").hard


@pytest.mark.parametrize(
    ("code", "diagnostic", "hard"),
    [
        ("5.1.1", "", True),
        ("5.1.10", "550 5.1.10 RecipientNotFound", True),
        ("5.0.0", "550 no such user here", True),
        ("5.0.0", "550 5.1.1 <a@x.example>", True),
        ("5.2.2", "552 mailbox full", False),
        ("5.7.1", "550 blocked by policy", False),
        ("5.1.1", "550 rejected as spam", False),
        ("4.2.2", "452 over quota", False),
        ("4.4.1", "connection timed out", False),
        ("", "", False),
    ],
)  # fmt: skip
def test_only_a_certain_no_is_hard(code: str, diagnostic: str, hard: bool) -> None:
    assert report(TEXT, status("a@x.example", code, diagnostic=diagnostic)).hard is hard


def test_a_delay_is_no_failure() -> None:
    bounce = report(TEXT, status("a@x.example", "4.4.1", action="delayed"))
    assert bounce.delayed
    assert not bounce.hard


def test_delivered_recipients_did_not_fail() -> None:
    assert report(TEXT, status("a@x.example", "2.0.0", action="delivered")).recipients == ()


def test_failed_recipients_header() -> None:
    mail = read(raw("550 user unknown", From="x@y.example", X_Failed_Recipients="gone@x.example"))
    assert isinstance(mail.kind, Bounce)
    assert mail.kind.recipients[0].address == "gone@x.example"
    assert mail.kind.hard


def test_a_report_without_structure_is_known_by_its_sender_and_subject() -> None:
    body = "Sorry, I couldn't deliver to gone@x.example: 550 No such user"
    mail = read(raw(body, From="postmaster@y.example", Subject="Undeliverable: Invoice"))
    assert isinstance(mail.kind, Bounce)
    assert (mail.kind.recipients[0].address, mail.kind.hard) == ("gone@x.example", True)


@pytest.mark.parametrize("sender", ["dana@corvel.example", "postmaster@corvel.example"])
def test_a_person_writing_about_delivery_is_no_report(sender: str) -> None:
    mail = read(raw("Your mail was undeliverable last week, we pay now.", From=sender))
    assert mail.kind == Human()


def test_a_spam_complaint() -> None:
    feedback = (
        "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\n"
        "Original-Rcpt-To: dana@corvel.example\n"
    )
    mail = read(multipart(TEXT, feedback, RETURNED, subtype="report"))
    assert mail.kind == Complaint("dana@corvel.example", "<m1@seller.example>")


@pytest.mark.parametrize(
    ("fields", "body", "expected"),
    [
        ({"Auto_Submitted": "auto-replied"}, "I am out of the office.", AutoReply(True)),
        ({"Subject": "Automatic reply: Invoice"}, "Received, thank you.", AutoReply()),
        ({"Subject": "Abwesenheitsnotiz"}, "Ich bin bis 20.03. im Urlaub.", AutoReply(True)),
        ({"Subject": "Réponse automatique : Facture"}, "Je suis absent du bureau", AutoReply(True)),
        ({"Subject": "Respuesta automática"}, "Estoy de vacaciones", AutoReply(True)),
        ({"Precedence": "bulk"}, "Ticket AP-448120 received", AutoReply()),
        ({"List_Id": "<ap.corvel.example>"}, "hello", AutoReply()),
        ({"X_Autoreply": "yes"}, "Dana works from home.", AutoReply()),
        ({"X_Autoreply": "yes"}, "Dana is no longer with Corvel.", AutoReply(left=True)),
        ({"Subject": "Resposta automática: Fatura"}, "Estou de férias.", AutoReply(True)),
        ({"Subject": "Risposta automatica"}, "Siamo in ferie.", AutoReply(True)),
        ({"Subject": "Automatisch antwoord"}, "Ik ben afwezig.", AutoReply(True)),
        ({"Subject": "自動返信: 請求書"}, "休暇をいただいております。", AutoReply(True)),
        ({"X_Autoreply": "yes"}, "Frau Fuchs ist ausgeschieden.", AutoReply(left=True)),
        ({"Content_Type": RECEIPT}, "--B\n\nYour message was read.", AutoReply(receipt=True)),
    ],
)  # fmt: skip
def test_machine_answers(fields: dict[str, str], body: str, expected: AutoReply) -> None:
    assert read(raw(body, **fields)).kind == expected


@pytest.mark.parametrize(
    "fields",
    [
        {"Auto_Submitted": "no"},
        {"Subject": "Re: Out of office chairs"},
        {"Subject": "Absence of a PO number"},
        {"List_Id": "Receivables <ar.seller.example>", "Precedence": "list", "To": GROUP},
    ],
)
def test_people_are_not_machines(fields: dict[str, str]) -> None:
    assert read(raw("I was out of the office; we pay on Friday.", **fields)).kind == Human()


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ({"Subject": "=?utf-8?Q?Delivery_Status_Notification_=28Failure=29?="}, "See below."),
        ({"Subject": "E"}, "Your message did not reach the following recipient(s): g@x.example"),
        ({"Subject": "Unzustellbar: Rechnung"}, "g@x.example"),
        ({"Subject": "配信不能のお知らせ"}, "g@x.example"),
    ],
)
def test_reports_of_mail_daemons_in_other_words(fields: dict[str, str], body: str) -> None:
    kind = read(raw(body, From="MAILER-DAEMON@mx.example", **fields)).kind
    assert isinstance(kind, Bounce)
