"""Compose letters: the facts always by code, the words from templates or a checked draft.

Pure apart from reading our own template files: equal requests give equal letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from domain.dunning.ladder import Phase, Tone
from domain.ledger.account import Account
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money
from outreach.wording import amount, day, language_of, locale_of, one_line

LETTERS = Path(__file__).parent / "letters"
_NAMED_IN_SUBJECT, _LINE = 3, 4000


@dataclass(frozen=True, slots=True)
class Sender:
    """Who we are in a letter. `person` can really be reached by answering."""

    company: str
    person: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A dunning letter about `invoices` of `account`. `broken_promise_on` was not kept.

    `body` replaces the template's paragraphs; the table, totals and disclosure stay ours.
    """

    purpose: ClassVar[str] = "reminder"

    account: Account
    invoices: tuple[Invoice, ...]
    phase: Phase
    tone: Tone
    sender: Sender
    language: str = "en"
    contact_name: str = ""
    broken_promise_on: date | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class PromiseThanks:
    """A thank-you for a promise to pay on `promised_on`."""

    purpose: ClassVar[str] = "thanks"

    account: Account
    invoices: tuple[Invoice, ...]
    promised_on: date
    sender: Sender
    language: str = "en"
    contact_name: str = ""
    body: str | None = None


@dataclass(frozen=True, slots=True)
class RemittanceRequest:
    """The customer says they have paid: ask for what we need to find the payment."""

    purpose: ClassVar[str] = "remittance"

    account: Account
    invoices: tuple[Invoice, ...]
    sender: Sender
    language: str = "en"
    contact_name: str = ""
    body: str | None = None


LetterRequest = Reminder | PromiseThanks | RemittanceRequest


@dataclass(frozen=True, slots=True)
class Letter:
    """What the customer will read; text and HTML say the same."""

    subject: str
    text: str
    html: str


class NothingToSay(ValueError):
    """A letter needs at least one invoice of its own account."""


def compose(request: LetterRequest) -> Letter:
    """The letter for a request. Raises NothingToSay without an invoice of the account."""
    own = {invoice.id for invoice in request.account.invoices}
    if not request.invoices or any(invoice.id not in own for invoice in request.invoices):
        raise NothingToSay
    language = language_of(request.language)
    locale = locale_of(language, request.account.customer.country)
    words = _words(request, language, locale)
    values = words | {
        "language": language,
        "paragraphs": _paragraphs(request.body or words["body"]),
        "signature": _signature(request.sender),
        "totals": _totals(request.invoices, locale),
        **_table(request, words, locale),
    }
    text = layout("letter.txt.j2").render(values)
    html = layout("letter.html.j2").render(values)
    return Letter(words["subject"], text.strip() + "\n", html.strip() + "\n")


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
    size = len(request.invoices)
    scope = "one" if size == 1 else "few" if size <= _NAMED_IN_SUBJECT else "many"
    naming = vars(template.make_module(values | {"naming": ""}))[f"naming_{scope}"]
    module = vars(template.make_module(values | {"naming": naming}))
    return {name: str(text).strip() for name, text in module.items() if not name.startswith("_")}


def _variables(request: LetterRequest, locale: str) -> dict[str, Any]:
    """What the words of a letter may mention; dates are ready to read."""
    reminder = request if isinstance(request, Reminder) else None
    broken_on = reminder.broken_promise_on if reminder else None
    promised_on = request.promised_on if isinstance(request, PromiseThanks) else None
    return {
        "purpose": request.purpose,
        "phase": reminder.phase.value if reminder else "",
        "tone": reminder.tone.value if reminder else "",
        "one": len(request.invoices) == 1,
        "numbers": ", ".join(one_line(invoice.number) for invoice in request.invoices),
        "customer": one_line(request.account.customer.name),
        "contact": one_line(request.contact_name),
        "broken_on": day(broken_on, locale) if broken_on else "",
        "promised_on": day(promised_on, locale) if promised_on else "",
    }


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


def _totals(invoices: Iterable[Invoice], locale: str) -> tuple[str, ...]:
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
    columns = {
        "invoice": [one_line(i.number) for i in invoices],
        "po": [one_line(i.po_number) for i in invoices],
        "due": [day(i.due_on, locale) for i in invoices],
        "late": [str(max(i.days_past_due(today), 0) or "") for i in invoices],
        "open": [amount(i.open, locale) for i in invoices],
    }
    shown = {name: cells for name, cells in columns.items() if any(cells)}
    rows = zip(*shown.values(), strict=True)
    return {
        "headings": tuple(words[f"{name}_heading"] for name in shown),
        "rows": tuple(tuple(cell or "-" for cell in row) for row in rows),
    }
