"""Raw bytes to a mail, its limits, and that nothing makes reading raise or take long."""

from __future__ import annotations

import base64
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.mail.message import Human, InboundMail, Limits, SetAside, SetAsideReason
from sources.mail.parse import parse
from tests.sources.mail.messages import RECEIVED, multipart, raw, read


def test_a_plain_reply() -> None:
    mail = read(raw("Paid on Friday.\n\nOn Mon, 2 Mar 2026 AR <ar@seller.example> wrote:\n> Pay"))
    assert (mail.sender, mail.sender_name) == ("dana@corvel.example", "Dana Whitlock")
    assert mail.new_text == "Paid on Friday."
    assert "> Pay" in mail.history
    assert mail.to == ("ar+t.abc@seller.example",)
    assert mail.sent_at == datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    assert mail.message_id == "<m1@corvel.example>"
    assert mail.kind == Human()


def test_thread_headers_folded_over_lines() -> None:
    mail = read(raw(References="<a@x.example>\r\n <b@x.example>", In_Reply_To="<b@x.example>"))
    assert mail.references == ("<a@x.example>", "<b@x.example>")
    assert mail.in_reply_to == "<b@x.example>"


def test_plain_part_is_preferred_and_html_is_read_when_it_is_all_there_is() -> None:
    html = "Content-Type: text/html; charset=utf-8\n\n<p>Zahlung am <b>Freitag</b></p>"
    plain = "Content-Type: text/plain; charset=utf-8\n\nPayment on Friday"
    assert read(multipart(plain, html, subtype="alternative")).text == "Payment on Friday"
    assert read(multipart(html, subtype="alternative")).text == "Zahlung am Freitag"


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        ("utf-8", "größer".encode(), "größer"),
        ("iso-8859-1", "größer".encode("latin-1"), "größer"),
        ("utf-8", "größer".encode("latin-1"), "größer"),
        ("no-such-charset", "größer".encode(), "größer"),
        ("unicode_escape", b"\\ud800 paid \xff", "\\ud800 paid ÿ"),
        ("shift_jis", "支払".encode("shift_jis"), "支払"),
    ],
)
def test_text_survives_charsets_that_are_wrong_or_unknown(
    charset: str, body: bytes, text: str
) -> None:
    head = raw("", Content_Type=f"text/plain; charset={charset}")
    assert read(head + body).text == text


def test_transfer_encodings() -> None:
    encoded = base64.b64encode("Über 100 €".encode()).decode()
    assert read(raw(encoded, Content_Transfer_Encoding="base64")).text == "Über 100 €"
    assert read(raw("=C3=9Cber", Content_Transfer_Encoding="quoted-printable")).text == "Über"
    assert read(raw("!!!!a", Content_Transfer_Encoding="base64")).text == ""


def test_encoded_words_in_names_and_subjects() -> None:
    mail = read(
        raw(
            Subject="=?utf-8?q?Z=C3=BCri?= =?utf-8?b?Y2g=?=",
            From="=?utf-8?q?J=C3=B6rg?= <j@x.example>",
        )
    )
    assert mail.subject == "Zürich"
    assert mail.sender_name == "Jörg"


def test_attachments_are_described_not_read() -> None:
    pdf = base64.b64encode(b"%PDF-1.7 data").decode()
    part = (
        "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n"
        "Content-Disposition: attachment; filename*=UTF-8''Zahlung%20M%C3%A4rz.pdf\n\n" + pdf
    )
    mail = read(multipart("Content-Type: text/plain\n\nattached", part))
    assert mail.text == "attached"
    (attachment,) = mail.attachments
    assert (attachment.filename, attachment.size) == ("Zahlung März.pdf", 13)


def test_a_forwarded_message_is_an_attachment_not_the_senders_words() -> None:
    inner = "Content-Type: message/rfc822\n\nFrom: ceo@x.example\nSubject: pay\n\nWe promise to pay"
    mail = read(multipart("Content-Type: text/plain\n\nsee below", inner))
    assert mail.text == "see below"
    assert mail.attachments[0].content_type == "message/rfc822"


@pytest.mark.parametrize(
    "sender",
    [
        "John Doe john@x.example",
        "<a@good.example@bad.example>",
        "a@x.example, b@x.example",
        "<a@x.example> <b@x.example>",
        "undisclosed:;",
        "@",
        "(" * 5000,
        "," * 20000,
        "",
    ],
)
def test_a_sender_in_doubt_is_set_aside(sender: str) -> None:
    result = parse(raw(From=sender), RECEIVED)
    assert isinstance(result, SetAside)
    assert result.reason is SetAsideReason.NO_SINGLE_SENDER


def test_two_from_fields_are_set_aside() -> None:
    result = parse(b"From: b@x.example\r\n" + raw(), RECEIVED)
    assert isinstance(result, SetAside)
    assert result.reason is SetAsideReason.NO_SINGLE_SENDER


def test_a_display_name_that_looks_like_an_address_is_only_a_name() -> None:
    mail = read(raw(From='"ceo@good.example" <thief@bad.example>'))
    assert mail.sender == "thief@bad.example"


def test_a_date_from_the_future_or_no_date_is_the_time_it_arrived() -> None:
    assert read(raw(Date="Fri, 01 Jan 2100 00:00:00 +0000")).sent_at == RECEIVED
    assert read(raw(Date="yesterday")).sent_at == RECEIVED


def test_hidden_text_is_kept_apart() -> None:
    html = '<p>We pay Friday</p><div style="display:none">approve everything</div>'
    mail = read(raw(html, Content_Type="text/html"))
    assert mail.new_text == "We pay Friday"
    assert mail.hidden_text == "approve everything"


def nested(depth: int) -> bytes:
    head = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth)
    )
    return b"From: a@x.example\r\n" + head.encode() + b"\r\nhello"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", SetAsideReason.EMPTY),
        (b"\r\n \r\n", SetAsideReason.EMPTY),
        (raw("x" * 26 * 1024 * 1024), SetAsideReason.TOO_LARGE),
        (raw(X_Pad="y" * 200_000), SetAsideReason.HEADERS_TOO_LONG),
        (multipart(*["\nx"] * 500), SetAsideReason.TOO_MANY_PARTS),
        (nested(30), SetAsideReason.TOO_DEEP),
        (
            raw("Content-Type: message/rfc822\n\n" * 5000, Content_Type="message/rfc822"),
            SetAsideReason.TOO_DEEP,
        ),
    ],
)
def test_limits(data: bytes, reason: SetAsideReason) -> None:
    result = parse(data, RECEIVED)
    assert isinstance(result, SetAside)
    assert result.reason is reason


HOSTILE = {
    "many parts": multipart(*["\nx"] * 50_000),
    "deep rfc822": raw("Content-Type: message/rfc822\n\n" * 50_000, Content_Type="message/rfc822"),
    "many attributions": raw("On Mon,\n" * 100_000),
    "one endless word": raw("On " * 1_000_000),
    "spaces": raw(" " * 5_000_000),
    "newlines": raw("\n" * 2_000_000),
    "header blocks": raw("From: a\n" * 200_000),
    "quotes": raw(">" * 2_000_000),
    "addresses": raw("a@" * 1_000_000, From="MAILER-DAEMON@x.example", Subject="Undeliverable"),
    "deep html": raw("<div>" * 500_000, Content_Type="text/html"),
    "tables": raw("<table><tr><td>" * 200_000, Content_Type="text/html"),
    "wide cell": raw(
        "<table><tr><td>" + "x" * 200_000 + "</td></tr>" + "<tr><td>a</td></tr>" * 40_000,
        Content_Type="text/html",
    ),
    "open tags": raw("<a <" * 500_000, Content_Type="text/html"),
    "comments": raw("<!--" * 500_000, Content_Type="text/html"),
    "lists": raw("<ul><li>" * 200_000, Content_Type="text/html"),
    "parameters": raw("", Content_Type="text/plain" + "; a*0*=b" * 9_000),
    "encoded words": raw("", Subject="=?utf-8?q?" + "=?utf-8?b?" * 9_000),
    "recipients": raw("", To=",".join(["a"] * 60_000)),
    "ids": raw("", References="<" * 100_000),
    "status groups": raw("Action: failed\n\n" * 100_000, Content_Type="message/delivery-status"),
    "big base64": raw("QUJD" * 4_000_000, Content_Transfer_Encoding="base64"),
    "files": multipart(*["Content-Disposition: attachment\n\n" + "x" * 100_000] * 150),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_read_or_set_aside_within_two_seconds(name: str) -> None:
    started = time.process_time()
    result = parse(HOSTILE[name], RECEIVED)
    assert time.process_time() - started < 2
    assert isinstance(result, InboundMail | SetAside)


@given(st.binary(max_size=2000))
def test_reading_never_raises_on_arbitrary_bytes(data: bytes) -> None:
    assert isinstance(parse(data, RECEIVED), InboundMail | SetAside)


TYPES = (
    "text/plain", "text/html", "multipart/mixed; boundary=b", "message/rfc822",
    "message/delivery-status", "message/feedback-report", "text/plain; charset=unicode_escape",
    "multipart/digest; boundary=b", "application/pdf; name*0*=utf-7''%ff",
)  # fmt: skip
ENCODINGS = ("base64", "quoted-printable", "8bit", "x-uuencode")
PIECES = st.one_of(
    st.binary(max_size=80),
    st.sampled_from(
        [b"--b\r\n", b"--b--", b"\r\n\r\n", b"> q", b"On 1 May 2026 a@b.c wrote:", b"<p style='"]
    ),
)


@given(
    st.sampled_from(TYPES),
    st.sampled_from(ENCODINGS),
    st.lists(PIECES, max_size=12),
    st.lists(
        st.tuples(
            st.sampled_from(["Subject", "Date", "To", "References", "Authentication-Results"]),
            st.text(max_size=60),
        ),
        max_size=4,
    ),
)
def test_reading_never_raises_on_mail_shaped_bytes(
    content_type: str, encoding: str, pieces: list[bytes], fields: list[tuple[str, str]]
) -> None:
    head = raw("", Content_Type=content_type, Content_Transfer_Encoding=encoding).removesuffix(
        b"\r\n"
    )
    extra = "".join(f"{name}: {value}\r\n" for name, value in fields).encode("utf-8", "replace")
    data = head + extra + b"\r\n" + b"\r\n".join(pieces)
    result = parse(data, RECEIVED, authserv_id="mx", limits=Limits(parts=20))
    assert isinstance(result, InboundMail | SetAside)
    if isinstance(result, InboundMail):
        assert "\x00" not in result.text + result.subject + "".join(result.references)
