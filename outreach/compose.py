"""Compose letters: the facts always by code, the words from templates or a checked draft.

Pure apart from reading our own template files: equal requests give equal letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from domain.dunning.ladder import Phase, Tone
from domain.dunning.reading import DocumentKind
from domain.ledger.account import Account
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money
from outreach.wording import (
    amount,
    day,
    language_of,
    locale_of,
    one_line,
    shown_name,
    shown_reference,
)

LETTERS = Path(__file__).parent / "letters"
_NAMED_IN_SUBJECT, _LINE = 3, 4000


@dataclass(frozen=True, slots=True)
class Sender:
    """Who we are in a letter. `person` can really be reached by answering."""

    company: str
    person: str = ""
    phone: str = ""


class Said(StrEnum):
    """What a customer said last, as far as a reminder may take it up."""

    NOTHING = ""
    IN_PROCESS = "in_process"
    PAID = "paid"
    UNDATED = "undated"
    ASKED = "asked"
    NOTED = "noted"


class AnswerKind(StrEnum):
    """What an answer does."""

    THANKS_FOR_PROMISE = "thanks_for_promise"
    ASK_REMITTANCE = "ask_remittance"
    SEND_DOCUMENTS = "send_documents"
    ASK_DATE = "ask_date"
    DISPUTE_RECEIVED = "dispute_received"
    PLAN_RECEIVED = "plan_received"
    INVOICE_FACTS = "invoice_facts"
    HANDOVER = "handover"


NEEDS_INVOICE = frozenset(AnswerKind) - {AnswerKind.SEND_DOCUMENTS, AnswerKind.HANDOVER}


@dataclass(frozen=True, slots=True)
class Reminder:
    """A dunning letter about `invoices` of `account`. `broken_promise_on` was not kept.

    `body` replaces the template's paragraphs; the table, totals and disclosure stay ours.
    `said` is what the customer said last and `variant` which of the template's wordings is taken,
    so that two letters in a row do not read alike; `reminded` is whether an earlier letter spoke
    of these invoices. `papers` are attached. `notes` are paragraphs of their own after the body.
    """

    account: Account
    invoices: tuple[Invoice, ...]
    phase: Phase
    tone: Tone
    sender: Sender
    language: str = "en"
    contact_name: str = ""
    broken_promise_on: date | None = None
    body: str | None = None
    said: Said = Said.NOTHING
    variant: int = 0
    reminded: bool = False
    papers: tuple[DocumentKind, ...] = ()
    disclose: bool = True
    notes: tuple[str, ...] = ()

    @property
    def purpose(self) -> str:
        return "reminder"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to what a customer wrote. Only `invoices` are spoken of; there may be none.

    `promised_on` is the day of a promise that is thanked for. `papers` are attached; `more` says
    that a colleague sees to the rest of what was asked.
    """

    kind: AnswerKind
    account: Account
    invoices: tuple[Invoice, ...]
    sender: Sender
    language: str = "en"
    contact_name: str = ""
    promised_on: date | None = None
    papers: tuple[DocumentKind, ...] = ()
    more: bool = False
    body: str | None = None

    @property
    def purpose(self) -> str:
        return self.kind.value


LetterRequest = Reminder | Answer


@dataclass(frozen=True, slots=True)
class Letter:
    """What the customer will read; text and HTML say the same."""

    subject: str
    text: str
    html: str


class NothingToSay(ValueError):
    """A letter needs an invoice, and every invoice in it is of its own account."""


def compose(request: LetterRequest) -> Letter:
    """The letter for a request. Raises NothingToSay for an invoice of another account."""
    own = {invoice.id for invoice in request.account.invoices}
    needed = isinstance(request, Reminder) or request.kind in NEEDS_INVOICE
    missing = needed and not request.invoices
    if missing or any(i.id not in own for i in request.invoices):
        raise NothingToSay
    language = language_of(request.language)
    locale = locale_of(language, request.account.customer.country)
    words = _words(request, language, locale)
    body = _paragraphs("\n\n".join((request.body or words["body"], words["attached"])))
    notes = request.notes if isinstance(request, Reminder) else ()
    values = words | {
        "language": language,
        "paragraphs": (*body, *((note,) for note in notes)),
        "signature": _signature(request.sender),
        "totals": totals_of(request.invoices, locale),
        "disclose": not isinstance(request, Reminder) or request.disclose,
        **_table(request, words, locale),
    }
    text = layout("letter.txt.j2").render(values)
    html = layout("letter.html.j2").render(values)
    return Letter(words["subject"], text.strip() + "\n", html.strip() + "\n")


def body_of(request: LetterRequest) -> str:
    """The template's paragraphs for a request: a letter with several tasks is made of them."""
    language = language_of(request.language)
    locale = locale_of(language, request.account.customer.country)
    return str(_words(request, language, locale)["body"])


@cache
def _environment(*, escape: bool) -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=FileSystemLoader(LETTERS), autoescape=escape, undefined=StrictUndefined
    )


def layout(name: str) -> Template:
    """A page template of ours; what is put into one for HTML is escaped."""
    return _environment(escape=name.endswith(".html.j2")).get_template(name)


def _words(request: LetterRequest, language: str, locale: str) -> dict[str, Any]:
    """Every named text of a language's template, with the facts of the request in place."""
    template = _environment(escape=False).get_template(f"{language}.j2")
    values = _variables(request, locale)
    scope = _scope(len(request.invoices))
    if scope == "many" and not values["customer"]:
        scope = "none"
    naming = vars(template.make_module(values | {"naming": ""}))[f"naming_{scope}"]
    module = vars(template.make_module(values | {"naming": naming}))
    found = {name: str(text).strip() for name, text in module.items() if not name.startswith("_")}
    return found | {"body": _begun(found["body"])}


def _begun(body: str) -> str:
    """Every paragraph but the first begins with a capital; German goes on after the greeting."""
    first, *rest = body.split("\n\n")
    return "\n\n".join((first, *(part[:1].upper() + part[1:] for part in rest)))


def _scope(size: int) -> str:
    if size <= 1:
        return "one" if size else "none"
    return "few" if size <= _NAMED_IN_SUBJECT else "many"


def _variables(request: LetterRequest, locale: str) -> dict[str, Any]:
    """What the words of a letter may mention; dates are ready to read."""
    return {
        "purpose": request.purpose,
        "one": len(request.invoices) == 1,
        "none": not request.invoices,
        "part": any(_part_paid(invoice) for invoice in request.invoices),
        "numbers": ", ".join(one_line(invoice.number) for invoice in request.invoices),
        "customer": shown_name(request.account.customer.name),
        "contact": shown_name(request.contact_name),
        "copies": DocumentKind.INVOICE_COPY in request.papers,
        "statement": DocumentKind.STATEMENT in request.papers,
        "tax_form": DocumentKind.TAX_FORM in request.papers,
        **(_of_reminder(request, locale) if isinstance(request, Reminder) else _NO_REMINDER),
        **(_of_answer(request, locale) if isinstance(request, Answer) else _NO_ANSWER),
    }


def _part_paid(invoice: Invoice) -> bool:
    return 0 < invoice.open.minor < invoice.total.minor


_NO_REMINDER = {
    "phase": "",
    "tone": "",
    "said": "",
    "other": False,
    "broken_on": "",
    "reminded": False,
}
_NO_ANSWER = {"promised_on": "", "more": False}


def _of_reminder(reminder: Reminder, locale: str) -> dict[str, Any]:
    broken_on = reminder.broken_promise_on
    return {
        "phase": reminder.phase.value,
        "tone": reminder.tone.value,
        "said": reminder.said.value,
        "other": reminder.variant % 2 == 1,
        "reminded": reminder.reminded,
        "broken_on": day(broken_on, locale) if broken_on else "",
    }


def _of_answer(answer: Answer, locale: str) -> dict[str, Any]:
    promised_on = answer.promised_on
    return {"promised_on": day(promised_on, locale) if promised_on else "", "more": answer.more}


def _paragraphs(body: str) -> tuple[tuple[str, ...], ...]:
    """The lines of each paragraph."""
    blocks = body.replace("\r\n", "\n").split("\n\n")
    return tuple(
        tuple(one_line(line, _LINE) for line in block.strip().split("\n"))
        for block in blocks
        if block.strip()
    )


def _signature(sender: Sender) -> tuple[str, ...]:
    lines = (sender.person, sender.company, sender.phone)
    return tuple(one_line(line) for line in lines if line.strip())


def totals_of(invoices: Iterable[Invoice], locale: str) -> tuple[str, ...]:
    """The open total of each currency in the letter."""
    sums: dict[str, Money] = {}
    for invoice in invoices:
        zero = Money.zero(invoice.open.currency)
        sums[invoice.open.currency] = sums.get(invoice.open.currency, zero) + invoice.open
    return tuple(amount(sums[currency], locale) for currency in sorted(sums))


def _table(request: LetterRequest, words: Mapping[str, str], locale: str) -> dict[str, Any]:
    """Headings and one row an invoice, oldest first; columns that would be empty are left out."""
    invoices = sorted(request.invoices, key=lambda i: (i.due_on, i.number))
    today = request.account.today
    asked = request.purpose == AnswerKind.INVOICE_FACTS
    part = any(_part_paid(invoice) for invoice in invoices)
    columns = {
        "invoice": [one_line(i.number) for i in invoices],
        "po": [shown_reference(i.po_number) for i in invoices],
        "issued": [day(i.issued_on, locale) if asked else "" for i in invoices],
        "due": [day(i.due_on, locale) for i in invoices],
        "late": [str(max(i.days_past_due(today), 0) or "") for i in invoices],
        "total_amount": [amount(i.total, locale) if asked or part else "" for i in invoices],
        "open": [amount(i.open, locale) for i in invoices],
    }
    shown = {name: cells for name, cells in columns.items() if any(cells)}
    rows = zip(*shown.values(), strict=True)
    return {
        "headings": tuple(words[f"{name}_heading"] for name in shown),
        "rows": tuple(tuple(cell or "-" for cell in row) for row in rows),
    }
