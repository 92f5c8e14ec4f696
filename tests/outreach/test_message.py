"""The final MIME: threads survive, bytes repeat, the guard reads what will be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest

from outreach.message import Mailbox, Outgoing, UnsafeHeader, build, final_message

BOX = Mailbox("ar@seller.example", "Halden Robotics, Accounts Receivable")
OUTLOOK = "<" + "AM0PR04MB" + "X" * 70 + "@AM0PR04MB5412.eurprd04.prod.outlook.example>"
MAIL = Outgoing(
    mailbox=BOX,
    to=("dana@corvel.example", "ap@corvel.example"),
    cc=("boss@corvel.example",),
    subject="Zahlungserinnerung: Rechnung INV-1 über 1.234,50 EUR",
    text="Guten Tag,\n\nRechnung INV-1: 1.234,50 EUR\n.\nFrom here\n" + "langes Wort " * 40,
    html="<p>Guten Tag, größer &amp; besser</p>",
    message_id="<m1@seller.example>",
    reply_to=BOX.reply_address("abcd2345"),
    sent_at=datetime(2026, 3, 10, 15, 0, tzinfo=UTC),
)


def parsed(outgoing: Outgoing) -> Message:
    return message_from_bytes(build(outgoing))


def test_equal_values_give_equal_bytes() -> None:
    assert build(MAIL) == build(replace(MAIL))


def test_headers_of_a_first_mail() -> None:
    message = parsed(MAIL)
    assert message["Message-ID"] == "<m1@seller.example>"
    assert message["Date"] == "Tue, 10 Mar 2026 15:00:00 +0000"
    assert message["Reply-To"] == "ar+t.abcd2345@seller.example"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["From"] == '"Halden Robotics, Accounts Receivable" <ar@seller.example>'
    assert message["In-Reply-To"] is None
    assert message["Auto-Submitted"] is None
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_a_long_outlook_id_stays_as_it_is() -> None:
    assert len(OUTLOOK) > 100
    answer = replace(MAIL, in_reply_to=OUTLOOK, references=("<m0@seller.example>", OUTLOOK))
    raw = build(answer)
    assert f"\r\nIn-Reply-To: {OUTLOOK}\r\n".encode() in raw
    assert f"\r\nReferences: <m0@seller.example> {OUTLOOK}\r\n".encode() in raw
    assert b"=?utf-8?q?" not in raw.split(b"In-Reply-To")[1].split(b"X-Auto")[0]
    assert max(map(len, raw.split(b"\r\n"))) < 998


def test_references_keep_the_first_and_the_last_eight() -> None:
    ids = tuple(f"<r{n}@x.example>" for n in range(30))
    message = parsed(replace(MAIL, in_reply_to=ids[-1], references=ids))
    assert message["References"].split() == [ids[0], *ids[-8:]]


def test_the_answered_mail_is_the_last_reference() -> None:
    message = parsed(
        replace(MAIL, in_reply_to="<b@x.example>", references=("<b@x.example>", "<a@x.example>"))
    )
    assert message["References"].split() == ["<a@x.example>", "<b@x.example>"]


def test_no_line_of_the_body_is_too_long_for_any_server() -> None:
    raw = build(replace(MAIL, text="x" * 5000, html="<p>" + "y" * 5000))
    assert max(map(len, raw.split(b"\r\n"))) < 998
    assert raw.isascii()


def test_reading_back_gives_what_a_receiver_sees() -> None:
    final = final_message(build(MAIL))
    assert final.from_address == "ar@seller.example"
    assert final.to == MAIL.to
    assert final.cc == MAIL.cc
    assert final.reply_to == (MAIL.reply_to,)
    assert final.subject == MAIL.subject
    assert final.text.strip() == MAIL.text.strip()
    assert final.html.strip() == MAIL.html


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": ()},
        {"to": ("a@x.example\r\nBcc: b@x.example",)},
        {"to": ("a@x.example, b@y.example",)},
        {"cc": ("Dana <d@x.example>",)},
        {"reply_to": "nobody"},
        {"message_id": "m1"},
        {"in_reply_to": "<a b>"},
        {"references": ("x",)},
        {"subject": "a\r\nBcc: b@x.example"},
    ],
)
def test_what_cannot_be_a_header_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UnsafeHeader):
        build(replace(MAIL, **wrong))


def test_message_ids_are_stable_and_keyed() -> None:
    one = BOX.message_id(b"key", "email:followup:1:default:d1:1")
    assert one == BOX.message_id(b"key", "email:followup:1:default:d1:1")
    assert one != BOX.message_id(b"other", "email:followup:1:default:d1:1")
    assert one.endswith("@seller.example>")
    assert len(one) < 60


def test_tagged_addresses() -> None:
    assert BOX.bounce_address("abc") == "ar+b.abc@seller.example"
