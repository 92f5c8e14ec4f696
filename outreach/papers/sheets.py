"""What a paper states, as ready strings: all of it facts of one account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.dunning.guarding.plain_words import plain_description
from domain.ledger.account import Account
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money, total
from domain.ledger.remittance_block import RemittanceBlock
from outreach.compose import NothingToSay, Sender
from outreach.papers.words import WORDS
from outreach.wording import (
    amount,
    day,
    language_of,
    locale_of,
    one_line,
    shown_name,
    shown_reference,
)

_MOST_ROWS = 500
_MOST_NAMED = 1_000


@dataclass(frozen=True, slots=True)
class LineItem:
    """One line of an invoice as the ERP has it; `quantity` as written there."""

    text: str
    amount: Money
    quantity: str = ""
    tax: bool = False


@dataclass(frozen=True, slots=True)
class PayTo:
    """Where to pay. `named` says for which invoices, where a paper has several blocks."""

    block: RemittanceBlock
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper before it is drawn. `right` are the columns whose cells are figures.

    `pay_to` are headings, each with the parts of a remittance block.
    """

    title: str
    filename: str
    language: str
    as_of: date
    seller: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    headings: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, str], ...]
    note: str
    pay_to: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    def figures(self) -> tuple[str, ...]:
        """Every string of the paper that states something."""
        told = (part for heading, parts in self.pay_to for part in (("", heading), *parts))
        pairs = [value for _, value in (*self.facts, *self.totals, *told)]
        return (*self.seller, self.title, *pairs, *(cell for row in self.rows for cell in row))


def invoice_sheet(
    account: Account,
    invoice: Invoice,
    lines: Sequence[LineItem],
    sender: Sender,
    language: str,
    pay_to: Sequence[PayTo] = (),
) -> Sheet:
    """A copy of an invoice. Lines are shown only when they add up to its total."""
    language = language_of(language)
    words, locale = WORDS[language], locale_of(language, account.customer.country)
    shown = lines if _add_up(lines, invoice.total) else ()
    return Sheet(
        title=f"{words['invoice_title']} {one_line(invoice.number)}",
        filename=_filename(words["file_invoice"], invoice.number),
        language=language,
        as_of=account.today,
        seller=_seller(sender),
        facts=_filled(
            (words["to"], _customer(account)),
            (words["number"], one_line(invoice.number)),
            (words["issued"], day(invoice.issued_on, locale)),
            (words["due"], day(invoice.due_on, locale)),
            (words["po"], shown_reference(invoice.po_number)),
            (words["as_of"], day(account.today, locale)),
        ),
        headings=(words["description"], words["quantity"], words["amount"]) if shown else (),
        right=(False, True, True),
        rows=tuple(_line(line, words["tax"], locale) for line in shown[:_MOST_ROWS]),
        totals=_filled(
            (words["total"], amount(invoice.total, locale)),
            (words["paid"], _unless_zero(invoice.total - invoice.open, locale)),
            (words["open"], amount(invoice.open, locale)),
        ),
        note=words["copy_note"],
        pay_to=_pay_to(pay_to, words),
    )


def statement_sheet(
    account: Account, sender: Sender, language: str, pay_to: Sequence[PayTo] = ()
) -> Sheet:
    """Every open invoice of the account, oldest first, with the total of each currency."""
    language = language_of(language)
    words, locale = WORDS[language], locale_of(language, account.customer.country)
    invoices = open_invoices(account)
    return Sheet(
        title=words["statement_title"],
        filename=_filename(words["file_statement"], account.today.isoformat()),
        language=language,
        as_of=account.today,
        seller=_seller(sender),
        facts=(
            (words["customer"], _customer(account)),
            (words["as_of"], day(account.today, locale)),
        ),
        headings=tuple(words[k] for k in ("number", "issued", "due", "late", "total", "open")),
        right=(False, False, False, True, True, True),
        rows=tuple(_statement_row(i, account.today, locale) for i in invoices[:_MOST_ROWS]),
        totals=tuple((words["total_open"], text) for text in _sums(invoices, locale)),
        note=words["statement_note"],
        pay_to=_pay_to(pay_to, words),
    )


def open_invoices(account: Account) -> tuple[Invoice, ...]:
    """What a statement lists."""
    return tuple(
        sorted((i for i in account.invoices if i.collectable), key=lambda i: (i.due_on, i.number))
    )


def _pay_to(
    asked: Sequence[PayTo], words: Mapping[str, str]
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The blocks with their labels; of several, each says for which invoices it is."""
    found = []
    for one in asked:
        named = f" ({one_line(', '.join(one.named), _MOST_NAMED)})" if len(asked) > 1 else ""
        parts = tuple((words[name], text) for name, text in one.block.shown().items())
        found.append((words["pay_to"] + named, parts))
    return tuple(found)


def _customer(account: Account) -> str:
    """The customer as a paper names it. Raises NothingToSay when it has no plain name."""
    customer = account.customer
    names = (shown_name(customer.legal_name), shown_name(customer.name))
    found = next((name for name in names if name), "")
    if not found:
        raise NothingToSay
    return found


def _add_up(lines: Sequence[LineItem], expected: Money) -> bool:
    if not lines or any(line.amount.currency != expected.currency for line in lines):
        return False
    return total((line.amount for line in lines), expected.currency) == expected


def _line(line: LineItem, tax: str, locale: str) -> tuple[str, ...]:
    shown = one_line(line.text) if plain_description(line.text) else ""
    text = shown or (tax if line.tax else "-")
    return (text, one_line(line.quantity, 20), amount(line.amount, locale))


def _statement_row(invoice: Invoice, today: date, locale: str) -> tuple[str, ...]:
    return (
        one_line(invoice.number),
        day(invoice.issued_on, locale),
        day(invoice.due_on, locale),
        str(max(invoice.days_past_due(today), 0) or "-"),
        amount(invoice.total, locale),
        amount(invoice.open, locale),
    )


def _sums(invoices: Iterable[Invoice], locale: str) -> tuple[str, ...]:
    sums: dict[str, Money] = {}
    for i in invoices:
        sums[i.open.currency] = sums.get(i.open.currency, Money.zero(i.open.currency)) + i.open
    return tuple(amount(sums[currency], locale) for currency in sorted(sums))


def _unless_zero(money: Money, locale: str) -> str:
    return amount(money, locale) if money else ""


def _filled(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in pairs if pair[1])


def _seller(sender: Sender) -> tuple[str, ...]:
    return tuple(one_line(line) for line in (sender.company, sender.phone) if line.strip())


def _filename(word: str, name: str) -> str:
    kept = "".join(c if (c.isalnum() and c.isascii()) or c in "-_." else "-" for c in name)[:80]
    return f"{word} {kept}.pdf"
