"""Answers, automatic answers and bounces are mail as real systems send it."""

from __future__ import annotations

import random
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from sandbox.company import Temperament
from sandbox.debtors.bounces import bounce
from sandbox.debtors.reading import read_letter
from sandbox.debtors.replies import Writer, out_of_office, reply
from tests.sandbox.debtors.people import NOW, debtor, reminder

LONG_ID = f"<{'a' * 100}@namprd11.prod.outlook.example>"


def parse(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def writer(language: str = "en", person_id: int = 501) -> Writer:
    who = debtor(Temperament.LATE, language)
    return Writer(who, replace(who.people[0], id=person_id), NOW)


def test_reads_numbers_from_subject_text_and_markup() -> None:
    letter = read_letter(reminder("Dear Jörg,\nINV20001, inv20001 and INV999 are late."))
    assert letter.names(["INV20001", "INV20002", "INV3"]) == ("INV20002", "INV20001")
    assert letter.reply_to == "ar+t.tok123@larkfield.example"
    html = reminder().replace(b"text/plain", b"text/html").replace(b"INV20001", b"<b>INV20001</b>")
    assert "INV20001" in read_letter(html).names(["INV20001"])


def test_broken_mail_is_read_without_complaint() -> None:
    assert read_letter(b"").text == ""
    assert read_letter(b"\xff\xfe\x00").names(["INV20001"]) == ()
    strange = read_letter(reminder().replace(b"utf-8", b"klingon"))
    assert strange.names(["INV20002"]) == ("INV20002",)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
@pytest.mark.parametrize("person", range(12))
def test_a_reply_threads_and_quotes(language: str, person: int) -> None:
    letter = read_letter(reminder(References="<m0@larkfield.example>"))
    raw = reply(random.Random(1), writer(language, person), letter, "We will pay soon.", "k1")
    answer = parse(raw)
    assert answer["To"] == "ar+t.tok123@larkfield.example"
    assert answer["In-Reply-To"] == "<m1@larkfield.example>"
    assert answer["References"] == "<m0@larkfield.example> <m1@larkfield.example>"
    assert answer["From"].addresses[0].addr_spec == "joerg@harbor.example"
    assert answer["From"].addresses[0].display_name == "Jörg Weiß"
    assert answer["Date"].datetime == NOW
    assert "INV20002 is past due" in answer["Subject"]
    plain = answer.get_body(("plain",))
    assert plain is not None
    text = plain.get_content()
    assert text.index("We will pay soon.") < text.index("Please pay INV20001.")
    assert "Jörg Weiß" in text


def test_five_clients_quote_in_their_own_way() -> None:
    letter = read_letter(reminder())
    bodies = set()
    for person in range(40):
        answer = parse(reply(random.Random(1), writer("en", person), letter, "Soon.", "k"))
        body = answer.get_body(("plain",))
        assert body is not None
        bodies.add((body.get_content(), answer.get_body(("html",)) is not None))
    assert len(bodies) == 5


def test_long_ids_are_not_turned_into_encoded_words() -> None:
    raw = reminder().replace(b"<m1@larkfield.example>", LONG_ID.encode())
    answer = reply(random.Random(1), writer(), read_letter(raw), "Soon.", "k")
    assert f"In-Reply-To: {LONG_ID}\r\n".encode() in answer
    assert all(len(line) <= 998 for line in answer.split(b"\r\n"))


def test_out_of_office_says_so_in_its_headers() -> None:
    letter = read_letter(reminder())
    answer = parse(out_of_office(writer("de"), letter, "28. November", "x@harbor.example", "k"))
    assert answer["Auto-Submitted"] == "auto-replied"
    assert answer["X-Auto-Response-Suppress"] == "All"
    assert answer["Subject"].startswith("Automatische Antwort: ")
    assert answer["In-Reply-To"] == "<m1@larkfield.example>"
    assert "28. November" in answer.get_content()


def test_a_bounce_is_an_rfc_3464_report() -> None:
    letter = read_letter(reminder())
    raw = bounce(letter, "gone@harbor.example", "ar+b.xyz@larkfield.example", NOW, "k")
    report = parse(raw)
    assert report.get_content_type() == "multipart/report"
    assert report.get_param("report-type") == "delivery-status"
    assert report["To"] == "ar+b.xyz@larkfield.example"
    assert report["Auto-Submitted"] == "auto-replied"
    notice, status, headers = report.iter_parts()
    assert "550 5.1.1" in notice.get_content()
    assert status.get_content_type() == "message/delivery-status"
    per_recipient = status.get_payload(1)
    assert isinstance(per_recipient, EmailMessage)
    assert per_recipient["Final-Recipient"] == "rfc822; gone@harbor.example"
    assert (per_recipient["Action"], per_recipient["Status"]) == ("failed", "5.1.1")
    assert headers.get_content_type() == "text/rfc822-headers"
    assert "<m1@larkfield.example>" in headers.get_content()
