"""One won opportunity as a deal: what is unclear becomes a named problem, never a guess."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from domain.ledger.deal import Deal, DealCustomer, DealLine
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, total
from sources.salesforce.config import Reading
from sources.salesforce.values import Problem, Unreadable
from sources.salesforce.won.lines import Around, deal_lines
from sources.salesforce.won.prices import money
from sources.salesforce.won.reading import Bundle
from sources.salesforce.won.records import AccountRow, RoleRow
from sources.salesforce.won.term import Term, deal_term

_CURRENCY = re.compile(r"[A-Z]{3}")
_MAIL = re.compile(r"[^\s@<>,;]{1,64}@[^\s@<>,;]{1,190}")


def deal_from(found: Bundle, reading: Reading) -> Deal | Unreadable:
    """The deal, or every problem that was found. Never raises."""
    won, account = found.opportunity, found.account
    problems = [*_around_problems(found)]
    currency = won.currency or reading.currency
    if not _CURRENCY.fullmatch(currency):
        words = f"currency {currency[:20]!r}" if currency else "no currency, and none is configured"
        problems.append(Problem("currency_missing", "opportunity", words))
    term = deal_term(won, found.contract)
    if isinstance(term, Problem):
        problems.append(term)
    elif _CURRENCY.fullmatch(currency):
        lines, unclear = _lines(found, Around(won, currency, term, reading))
        problems += unclear
        problems += _quote_problems(found, currency)
        if not problems and account is not None:
            return _deal(found, account, currency, term, lines)
    return Unreadable(won.id, tuple(problems), won.name, won.stage)


def _deal(
    found: Bundle, account: AccountRow, currency: str, term: Term, lines: tuple[DealLine, ...]
) -> Deal:
    won = found.opportunity
    deal = Deal(
        source="salesforce",
        source_id=won.id,
        version="",
        customer=_customer(account, found.roles, found.merged_ids),
        currency=currency,
        closed_on=won.closed_on,
        starts_on=term.starts_on,
        ends_on=term.last_on,
        lines=lines,
        po_number=won.po_number,
        terms=won.terms,
        quote_id=found.quotes[0].id if found.quotes else "",
        name=won.name,
        amount=_worth(found.quotes[0].total_price if found.from_quote else won.amount, currency),
    )
    told = hashlib.sha256(repr(deal).encode()).hexdigest()[:16]
    version = f"{found.changed_at:%Y%m%dT%H%M%SZ}-{told}"
    return replace(deal, version=version, changed_at=found.changed_at)


def _lines(found: Bundle, around: Around) -> tuple[tuple[DealLine, ...], list[Problem]]:
    lines: list[DealLine] = []
    problems: list[Problem] = []
    ordered = sorted(found.lines, key=lambda line: (_place(line.order), line.id))
    for line in ordered:
        rows = tuple(row for row in found.schedules if row.line_id == line.source_id)
        made = deal_lines(line, rows, around)
        if isinstance(made, Problem):
            problems.append(made)
        else:
            lines += made
    if not found.lines:
        problems.append(Problem("lines_missing", "opportunity", "it has no products"))
    return tuple(lines), problems


def _around_problems(found: Bundle) -> Iterable[Problem]:
    won, contract = found.opportunity, found.contract
    if found.account is None:
        yield Problem("account_missing", "opportunity", "it has no account that can be read")
    if len(found.quotes) > 1:
        numbers = ", ".join(quote.number or quote.id for quote in found.quotes[:5])
        yield Problem("quotes_several", "opportunity", f"accepted quotes: {numbers}")
    if contract is None:
        return
    where = f"contract {contract.number or contract.id}"
    if contract.account_id != won.account_id:
        yield Problem("contract_account", where, "it is with another account")
    if contract.signed_on is None and contract.status_code != "Activated":
        words = f"it is {contract.status or 'a draft'} and has no date of signature"
        yield Problem("contract_unsigned", where, words)


def _quote_problems(found: Bundle, currency: str) -> Iterable[Problem]:
    """The accepted quote has to be what its lines are, or those of the opportunity it syncs."""
    if len(found.quotes) != 1:
        return
    quote = found.quotes[0]
    where = f"quote {quote.number or quote.id}"
    try:
        whole, shipping = money(quote.total_price, currency), money(quote.shipping, currency)
        amounts = [money(line.total_price, currency) for line in found.lines]
    except LedgerError as error:
        yield Problem("amount_unreadable", where, str(error)[:200])
        return
    if shipping:
        yield Problem("quote_extras", where, f"shipping and handling of {shipping} is no line")
    together = total((amount for amount in amounts if amount), currency)
    if whole is not None and whole != together:
        yield Problem("quote_differs", where, f"it comes to {whole}, its lines to {together}")


def _customer(
    account: AccountRow, roles: Iterable[RoleRow], merged_ids: tuple[str, ...]
) -> DealCustomer:
    place = " ".join(part for part in (account.postal_code, account.city, account.state) if part)
    address = (*account.street.splitlines(), place, account.country or account.country_code)
    mails = (role.contact.email.casefold() for role in roles if role.contact)
    return DealCustomer(
        external_id=account.id,
        name=account.name,
        domain=_domain(account.website),
        country=_country(account),
        tax_id=account.tax_id,
        billing_address=tuple(part.strip() for part in address if part.strip()),
        emails=tuple(dict.fromkeys(mail for mail in mails if _MAIL.fullmatch(mail))),
        merged_into=account.master_id,
        parent=account.parent_id,
        erp_id=account.erp_id,
        merged_ids=merged_ids,
    )


def _country(account: AccountRow) -> str:
    """ISO 3166-1 where the organisation keeps codes; a name in words stays in the address."""
    code = account.country_code or account.country
    return code if len(code) == 2 and code.isascii() and code.isupper() else ""


def _domain(website: str) -> str:
    try:
        host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if "." in host else ""


def _worth(text: str, currency: str) -> Money | None:
    """What Salesforce says the deal is worth; None where the text is no such amount."""
    try:
        return money(text, currency)
    except LedgerError:
        return None


def _place(order: str) -> int:
    return int(order) if order.isdecimal() and len(order) < 10 else 0
