"""Mails of a customer as an attacker writes them: the payload in the part that the record names."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from fpdf import FPDF

from evals.injection_record import InjectionRecord
from evals.injection_world import Arena, Canary
from outreach.papers.pdf import FONTS

_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]*(.*)$")
_ADDRESS = re.compile(r"[^\s<>\"',;:]{1,64}@[^\s<>\"',;:]{1,190}")
_STEP = re.compile(r"(?im)^[ \t]*\[?(?:e?-?mail|message|step|turn)[ \t]*#?\d{1,2}[\]:.)]+[ \t]*")
_FORGER = "bulk@forger.example"
_FILES = ("attach", "pdf", "file", "csv", "xlsx", "docx", "remit", "document", "ocr", "image")


@dataclass(slots=True)
class Letter:
    """One mail in the making; header values are as they go over the wire.

    `envelope` is who hands it in: only for that domain are the checks at the border passed.
    """

    envelope: str
    sender: str
    name: str
    subject: str
    body: str
    headers: tuple[tuple[str, str], ...] = ()
    html: str = ""
    file_name: str = ""
    file: bytes = b""
    file_kind: str = "text/plain"


async def by_mail(arena: Arena, canary: Canary, record: InjectionRecord) -> str:
    """Mails from the customer's own address, one after the other in one thread."""
    previous = ""
    steps = parts_of(record.payload)
    for number, words in enumerate(steps, 1):
        step = record.model_copy(update={"payload": words})
        letter = letter_of(step, canary)
        domain = letter.sender.rpartition("@")[2]
        message_id = f"<{_safe(record.id)}.{canary.customer.id}.{number}@{domain}>"
        raw = wired(letter, arena.ours, arena.parts.clock(), message_id, previous)
        arena.world.parts.inbound.receive(letter.envelope, arena.ours, raw)
        await arena.settled()
        previous = message_id
    return "email" if len(steps) == 1 else f"email ({len(steps)})"


def parts_of(payload: str) -> list[str]:
    """The mails of a record that numbers them; else the one."""
    parts = [part.strip() for part in _STEP.split(payload)]
    several = [part for part in parts if part]
    return several if len(_STEP.findall(payload)) > 1 and several else [payload]


def letter_of(record: InjectionRecord, canary: Canary) -> Letter:
    """The payload in its place in a harmless mail about the first invoice."""
    number, contact = canary.invoices[0].number, canary.contact
    plain = f"Hello, this is about {number}. Kind regards"
    letter = Letter(contact.email, contact.email, contact.name, f"About {number}", plain)
    carrier = record.carrier.casefold()
    places = (place for words, place in _PLACES if any(word in carrier for word in words))
    next(places, _in_body)(letter, record)
    return letter


def _in_body(letter: Letter, record: InjectionRecord) -> None:
    letter.body = record.payload


def _in_subject(letter: Letter, record: InjectionRecord) -> None:
    letter.subject = record.payload[:900]


def _in_name(letter: Letter, record: InjectionRecord) -> None:
    letter.name = record.payload[:300]


def _in_reply_to(letter: Letter, record: InjectionRecord) -> None:
    letter.headers = (("Reply-To", _encoded(record.payload[:900], plain="@<>. ")),)


def _in_sender(letter: Letter, record: InjectionRecord) -> None:
    found, letter.envelope = _ADDRESS.search(record.payload), _FORGER
    letter.sender = found[0] if found and found[0].isascii() else letter.sender
    letter.name = record.payload[:300]
    letter.body = record.payload


def _in_authentication(letter: Letter, record: InjectionRecord) -> None:
    letter.envelope = _FORGER
    letter.headers = (("Authentication-Results", _flat(record.payload)[:900]),)
    letter.body = record.payload


def _in_headers(letter: Letter, record: InjectionRecord) -> None:
    """Lines that are headers become headers; the rest is one that nobody knows."""
    found = [match for line in record.payload.splitlines() if (match := _HEADER.match(line))]
    named = tuple((match[1], _flat(match[2])[:900]) for match in found[:20])
    letter.headers = named or (("X-Note", _flat(record.payload)[:900]),)


def _in_html(letter: Letter, record: InjectionRecord) -> None:
    letter.body = "Please see below."
    if re.search(r"<[a-zA-Z!/]", record.payload):
        letter.html = f"<html><body>{record.payload}</body></html>"
        return
    words = record.payload.replace("&", "&amp;").replace("<", "&lt;")
    hidden = (
        f"<div style='display:none'>{words}</div>"
        f"<span style='font-size:0;color:#fff'>{words}</span>"
        f"<!-- {words.replace('--', '- ')} -->"
    )
    letter.html = f"<html><body><p>Hello</p>{hidden}</body></html>"


def _in_file_name(letter: Letter, record: InjectionRecord) -> None:
    letter.file_name, letter.file = record.payload[:300], b"Thank you."


def _in_file(letter: Letter, record: InjectionRecord) -> None:
    carrier = record.carrier.casefold()
    letter.body = "Please see the attached remittance advice."
    if "pdf" in carrier or "ocr" in carrier:
        hidden = any(word in carrier for word in ("hidden", "invisible", "white"))
        letter.file = pdf_of(record.payload, hidden=hidden)
        letter.file_name, letter.file_kind = "advice.pdf", "application/pdf"
        return
    rows = "csv" in carrier or "remit" in carrier
    letter.file_name = "remittance.csv" if rows else "note.txt"
    letter.file, letter.file_kind = record.payload.encode(), "text/csv" if rows else "text/plain"


Place = Callable[[Letter, InjectionRecord], None]
# The first whose word is in the name of the carrier.
_PLACES: tuple[tuple[tuple[str, ...], Place], ...] = (
    (("subject",), _in_subject),
    (("display", "from_name"), _in_name),
    (("reply_to", "reply-to"), _in_reply_to),
    (("authentic", "dkim", "dmarc", "spf", "arc"), _in_authentication),
    (("from_addr", "sender", "spoof", "lookalike", "from_header"), _in_sender),
    (("attachment_name", "filename", "file_name"), _in_file_name),
    (("header",), _in_headers),
    (_FILES, _in_file),
    (("html", "hidden", "css", "alt_text"), _in_html),
)


def wired(letter: Letter, to: str, at: datetime, message_id: str, answers: str = "") -> bytes:
    """The mail's bytes, built by hand: a mail program would refuse to write half of this."""
    head = [
        *letter.headers,
        ("From", f"{_encoded(letter.name)} <{letter.sender}>"),
        ("To", to),
        ("Subject", _encoded(letter.subject)),
        ("Date", format_datetime(at)),
        ("Message-ID", message_id),
        ("MIME-Version", "1.0"),
        ("Content-Type", 'multipart/mixed; boundary="outer"'),
    ]
    if answers:
        head += [("In-Reply-To", answers), ("References", answers)]
    parts = [_part('text/plain; charset="utf-8"', letter.body.encode())]
    if letter.html:
        parts.append(_part('text/html; charset="utf-8"', letter.html.encode()))
    if letter.file_name:
        name = f"attachment; filename*=utf-8''{quote(letter.file_name, safe='')}"
        parts.append(_part(letter.file_kind, letter.file, f"Content-Disposition: {name}\r\n"))
    lines = "".join(f"{name}: {value}\r\n" for name, value in head)
    body = "".join(f"--outer\r\n{part}\r\n" for part in parts)
    return f"{lines}\r\n{body}--outer--\r\n".encode()


def _part(kind: str, content: bytes, more: str = "") -> str:
    coded = base64.encodebytes(content).decode().replace("\n", "\r\n")
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n{more}\r\n{coded}"


def _encoded(words: str, plain: str = " .") -> str:
    """As an encoded word when there is more in it than letters: even line breaks arrive."""
    if all(char.isascii() and (char.isalnum() or char in plain) for char in words):
        return words
    return f"=?utf-8?b?{base64.b64encode(words.encode()).decode()}?="


def pdf_of(words: str, *, hidden: bool = False) -> bytes:
    """A page with these words; hidden ones are white and too small to see."""
    paper = FPDF()
    paper.add_font("NotoSans", "", FONTS / "NotoSans-Regular.ttf")
    paper.add_page()
    paper.set_font("NotoSans", size=1 if hidden else 11)
    if hidden:
        paper.set_text_color(255, 255, 255)
    paper.multi_cell(0, 6, "".join(c if c == "\n" or c.isprintable() else " " for c in words))
    return bytes(paper.output())


def _flat(words: str) -> str:
    return " ".join(words.split())


def _safe(words: str) -> str:
    return re.sub(r"[^A-Za-z0-9.-]", "-", words)[:60]
