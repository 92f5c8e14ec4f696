"""Replies as real mail clients send them: threading, quoted history, signature."""

from __future__ import annotations

import html
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parsedate_to_datetime
from zoneinfo import ZoneInfo

from sandbox.company import Debtor, Person
from sandbox.debtors import phrases
from sandbox.debtors.dates import month, weekday
from sandbox.debtors.reading import Letter

# email.policy.SMTP folds long In-Reply-To values into encoded words, which breaks threads
# (github.com/python/cpython/issues/100991).
WIRE = policy.SMTP.clone(max_line_length=990)
_PREFIX = {"en": "Re: ", "de": "AW: ", "fr": "RE: ", "es": "RE: "}
_PREFIXES = ("re:", "aw:", "sv:", "rv:", "tr:")
_WROTE = {
    "en": "On {day}, {name} <{address}> wrote:",
    "de": "Am {day} schrieb {name} <{address}>:",
    "fr": "Le {day}, {name} <{address}> a écrit :",
    "es": "El {day}, {name} <{address}> escribió:",
}
_OUTLOOK = {
    "en": ("From", "Sent", "To", "Subject"),
    "de": ("Von", "Gesendet", "An", "Betreff"),
    "fr": ("De", "Envoyé", "À", "Objet"),
    "es": ("De", "Enviado", "Para", "Asunto"),
}
_PHONE = {
    "en": "Sent from my iPhone",
    "de": "Von meinem iPhone gesendet",
    "fr": "Envoyé de mon iPhone",
    "es": "Enviado desde mi iPhone",
}


@dataclass(frozen=True, slots=True)
class Writer:
    """Who answers, and when."""

    debtor: Debtor
    person: Person
    now: datetime

    @property
    def language(self) -> str:
        return self.person.language

    @property
    def domain(self) -> str:
        return self.person.email.partition("@")[2]

    @property
    def signature(self) -> str:
        return f"{self.person.name}\n{phrases.JOB[self.language]}, {self.debtor.name}"


def reply(rng: random.Random, writer: Writer, letter: Letter, text: str, key: str) -> bytes:
    """An answer to `letter` in the style of the person's mail client. `key` makes its id."""
    message = _answer(writer, letter, key)
    message["Subject"] = _reply_subject(letter.subject, writer.language)
    styles: tuple[_Style, ...] = (_gmail, _outlook, _apple, _thunderbird, _phone)
    style = random.Random(f"client:{writer.person.id}").choice(styles)
    close = rng.choice(phrases.GOODBYE[writer.language])
    body = f"{phrases.HELLO[writer.language]}\n\n{text}\n\n{close}\n{writer.signature}"
    style(message, writer, letter, body)
    return message.as_bytes(policy=WIRE)


def out_of_office(writer: Writer, letter: Letter, until: str, colleague: str, key: str) -> bytes:
    """An automatic answer with the headers of RFC 3834 and of Exchange."""
    subject, text = phrases.AWAY[writer.language]
    message = _answer(writer, letter, key)
    message["Subject"] = subject.format(subject=letter.subject)
    message["Auto-Submitted"] = "auto-replied"
    message["X-Auto-Response-Suppress"] = "All"
    message["Precedence"] = "auto_reply"
    hello = phrases.HELLO[writer.language]
    body = text.format(until=until, colleague=colleague)
    message.set_content(f"{hello}\n\n{body}\n\n{writer.signature}\n")
    return message.as_bytes(policy=WIRE)


def _answer(writer: Writer, letter: Letter, key: str) -> EmailMessage:
    message = EmailMessage(policy=WIRE)
    message["From"] = formataddr((writer.person.name, writer.person.email))
    message["To"] = letter.reply_to
    message["Date"] = format_datetime(writer.now.astimezone(ZoneInfo(writer.debtor.timezone)))
    message["Message-ID"] = f"<{key}@{writer.domain}>"
    if letter.message_id:
        message["In-Reply-To"] = letter.message_id
        message["References"] = f"{letter.references} {letter.message_id}".strip()
    return message


def _reply_subject(subject: str, language: str) -> str:
    if subject.lower().startswith(_PREFIXES):
        return subject
    return f"{_PREFIX[language]}{subject}"


_Style = Callable[[EmailMessage, Writer, Letter, str], None]


def _gmail(message: EmailMessage, writer: Writer, letter: Letter, body: str) -> None:
    wrote = _wrote(writer, letter)
    message.set_content(f"{body}\n\n{wrote}\n\n{_quoted(letter.text)}\n")
    history = f'<blockquote class="gmail_quote">{_paragraphs(letter.text)}</blockquote>'
    attribution = f'<div dir="ltr" class="gmail_attr">{html.escape(wrote)}<br></div>'
    message.add_alternative(
        f'<div dir="ltr">{_paragraphs(body)}</div><br>'
        f'<div class="gmail_quote gmail_quote_container">{attribution}{history}</div>',
        subtype="html",
    )


def _outlook(message: EmailMessage, writer: Writer, letter: Letter, body: str) -> None:
    labels = _OUTLOOK[writer.language]
    values = (
        f"{letter.sender_name} <{letter.sender}>",
        _day(writer, letter),
        f"{writer.person.name} <{writer.person.email}>",
        letter.subject,
    )
    block = "\n".join(f"{label}: {value}" for label, value in zip(labels, values, strict=True))
    message.set_content(f"{body}\n\n{'_' * 32}\n{block}\n\n{letter.text}\n")
    lines = "<br>".join(
        f"<b>{label}:</b> {html.escape(value)}" for label, value in zip(labels, values, strict=True)
    )
    rule = '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0 0 0">'
    message.add_alternative(
        f'<html><body><div class="WordSection1">{_paragraphs(body)}</div>'
        f'<div id="divRplyFwdMsg">{rule}{lines}</div></div>'
        f"<div>{_paragraphs(letter.text)}</div></body></html>",
        subtype="html",
    )


def _apple(message: EmailMessage, writer: Writer, letter: Letter, body: str) -> None:
    wrote = _wrote(writer, letter)
    message.set_content(f"{body}\n\n> {wrote}\n> \n{_quoted(letter.text)}\n")


def _thunderbird(message: EmailMessage, writer: Writer, letter: Letter, body: str) -> None:
    text, _, signature = body.rpartition(f"\n{writer.signature}")
    wrote = _wrote(writer, letter)
    message.set_content(
        f"{text}{signature}\n\n{wrote}\n{_quoted(letter.text)}\n\n-- \n{writer.signature}\n"
    )


def _phone(message: EmailMessage, writer: Writer, letter: Letter, body: str) -> None:
    note = _PHONE[writer.language]
    message.set_content(f"{body}\n\n{note}\n\n{_wrote(writer, letter)}\n{_quoted(letter.text)}\n")


def _wrote(writer: Writer, letter: Letter) -> str:
    name = letter.sender_name or letter.sender
    form = _WROTE[writer.language]
    return form.format(day=_day(writer, letter), name=name, address=letter.sender)


def _day(writer: Writer, letter: Letter) -> str:
    """When the letter was sent, in the reader's zone and language."""
    try:
        sent = parsedate_to_datetime(letter.sent).astimezone(ZoneInfo(writer.debtor.timezone))
    except ValueError:
        sent = writer.now
    on = sent.date()
    language = writer.language
    return f"{weekday(on, language)} {on.day} {month(on, language)} {on.year} {sent:%H:%M}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())


def _paragraphs(text: str) -> str:
    return "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in text.splitlines())
