"""Amounts of money that a mail names, in whatever way its writer writes numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.dunning.guarding.amounts import AMOUNT, currencies_of, readings
from domain.ledger.account import Account
from domain.ledger.money import Money, exponent

_THOUSAND = re.compile(r"k|thousand|tsd|tausend|mille|mil", re.IGNORECASE)
_MYRIAD = re.compile(r"(?P<number>\d{1,4}(?:\.\d)?)万(?P<rest>\d{1,4})?円")
_BARE = re.compile(
    r"(?<![\w.,/:#-])(?P<number>\d{1,3}(?:[ '.,]\d{3})+(?:[.,]\d{2})?|"
    r"\d{3,7}(?:[.,]\d{2})?)(?![\w/:-])(?![.,]\d)"
)
_BARE_THOUSANDS = re.compile(r"(?<![\w.,/:#-])(?P<number>\d{1,3}(?:[.,]\d)?)k\b", re.IGNORECASE)
_SIGNS = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u5185\u5187-\u9fff]")
_AS_MONEY = re.compile(r"\d{1,3}(?:[ '.,]\d{3})*[.,]\d{2}|\d{1,3}(?:[',]\d{3})+|\d+[.,]\d{2}")
_VERB = re.compile(
    r"\b(?:pay|paying|paid|send|sending|sent|wire|wired|transfer\w*|remit\w*|zahl\w*|überw\w*|"
    r"payer\w*|pay\w+|vir\w+|pag\w+|transf\w+|abon\w+|betal\w*)\W{1,2}(?:you |exactly |only )?$",
    re.IGNORECASE,
)
_YEARS = range(1990, 2100)
_TAKEN_OFF = re.compile(
    r"(?:\b(?:less|minus|fees?|deduct\w*|discount|charges?|abzüglich|gebühr\w*|skonto|moins|frais|"
    r"menos|comisi\w+|taxa|meno|commission\w*|min|kosten|korting|not|statt|instead of)\b"
    r"[^.\n]{0,12}|-)$",
    re.IGNORECASE,
)
_A_FEE = re.compile(
    r"^\W{0,3}(?:\w+ )?(?:fee|charge|discount|commission|gebühr|spesen|frais|"
    r"comisión|taxa|spese|kosten)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """Words of a text and the amount they mean in a currency of the account."""

    start: int
    end: int
    span: str
    amount: Money


def find_amounts(text: str, account: Account) -> tuple[FoundAmount, ...]:
    """Every amount with a currency that the text names, in order.

    Digits that can be read in two ways are read as what is open on the account, if one way is.
    """
    found = _myriads(text)
    for match in AMOUNT.finditer(_SIGNS.sub(" ", text)):
        sign = match["before"] or match["after"]
        if not sign or any(match.start() < f.end and f.start < match.end() for f in found):
            continue
        options = _options(match["number"], sign, account)
        if match["scale"]:
            options = _scaled(options, match["scale"])
        if options:
            amount = _likeliest(options, account)
            span = text[match.start() : match.end()].strip()
            found.append(FoundAmount(match.start(), match.end(), span, amount))
    return tuple(sorted(found, key=lambda f: f.start))


def find_bare_amounts(text: str, account: Account) -> tuple[FoundAmount, ...]:
    """Numbers without a currency that may be amounts: for texts that speak of nothing else."""
    currencies = account.currencies() or (account.customer.currency,)
    if len(currencies) != 1:
        return ()
    found: list[FoundAmount] = []
    for match in _BARE.finditer(text):
        plain = match["number"]
        options = readings(plain, currencies[0])
        if options and not (plain.isdigit() and int(plain) in _YEARS):
            amount = _likeliest(options, account)
            found.append(FoundAmount(match.start(), match.end(), plain, amount))
    for match in _BARE_THOUSANDS.finditer(text):
        amounts = _scaled(readings(match["number"], currencies[0]), "k")
        found += [FoundAmount(match.start(), match.end(), match[0], one) for one in amounts]
    return tuple(sorted(found, key=lambda f: f.start))


def read(text: str, account: Account) -> tuple[Money | None, str]:
    """The one amount with a currency that the mail names, and its words; two are none.

    What is taken off (a fee, a discount) is not what is paid.
    """
    amounts = {
        found.amount: found.span
        for found in find_amounts(text, account)
        if not is_taken_off(text, found)
    }
    return next(iter(amounts.items())) if len(amounts) == 1 else (None, "")


def read_bare(text: str, account: Account, taken: Iterable[tuple[int, int]]) -> Money | None:
    """The one number of a text that is written as money is, or as an open amount is.

    `taken` are stretches that mean something else: days, numbers of documents.
    """
    spans = tuple(taken)
    known = {i.open.minor for i in account.invoices} | {i.total.minor for i in account.invoices}
    found = {
        one.amount
        for one in find_bare_amounts(text, account)
        if not any(a < one.end and one.start < b for a, b in spans)
        and not is_taken_off(text, one)
        and (
            one.amount.minor in known
            or _AS_MONEY.fullmatch(one.span)
            or _VERB.search(text[max(0, one.start - 16) : one.start])
        )
    }
    return next(iter(found)) if len(found) == 1 else None


def is_taken_off(text: str, found: FoundAmount) -> bool:
    """Whether the words around an amount say that it is a fee, a discount, a deduction."""
    before, after = text[max(0, found.start - 40) : found.start], text[found.end : found.end + 40]
    return bool(_TAKEN_OFF.search(before) or _A_FEE.match(after))


def _options(number: str, sign: str, account: Account) -> set[Money]:
    mine = account.currencies() or (account.customer.currency,)
    return {
        amount
        for currency in currencies_of(sign)
        if currency in mine or len(currencies_of(sign)) == 1
        for amount in readings(number, currency)
    }


def _scaled(options: Iterable[Money], scale: str) -> set[Money]:
    """ "5k" and "12.4k": the smallest reading, a thousand times."""
    if not _THOUSAND.fullmatch(scale.strip(" .")):
        return set()
    smallest = min(options, key=lambda m: m.minor, default=None)
    return {Money(smallest.minor * 1000, smallest.currency)} if smallest else set()


def _likeliest(options: Iterable[Money], account: Account) -> Money:
    known = {i.open for i in account.invoices} | {i.total for i in account.invoices}
    known |= {account.open_total(currency) for currency in account.currencies()}
    return max(options, key=lambda m: (m in known, m.minor))


def _myriads(text: str) -> list[FoundAmount]:
    """Amounts in units of ten thousand yen."""
    found = []
    for match in _MYRIAD.finditer(text):
        whole, _, tenth = match["number"].partition(".")
        yen = int(whole) * 10_000 + int(tenth or 0) * 1_000 + int(match["rest"] or 0)
        amount = Money(yen * 10 ** exponent("JPY"), "JPY")
        found.append(FoundAmount(match.start(), match.end(), match[0], amount))
    return found
