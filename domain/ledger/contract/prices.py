"""Fees, milestones and discounts read from the words around one amount."""

from __future__ import annotations

import re

from domain.ledger.contract.amounts import FoundAmount, Writing, find_amounts, plain_number, reduces
from domain.ledger.contract.days import first_day
from domain.ledger.contract.percents import percent
from domain.ledger.contract.phrases import FEE_KIND, FREQUENCY, GATE
from domain.ledger.contract.terms import Discount, Fee, FeeKind, Milestone
from domain.ledger.deal import Frequency, number, rounded, times
from domain.ledger.errors import InvalidAmount
from domain.ledger.money import Money

_PERIODS = (
    r"month|year|annum|quarter|week|annual|calendar|contract|term|period|cent|monat|jahr|"
    r"an\b|of\b|mois|mes\b|año|the\b|this\b|such\b|section|schedule|exhibit|party|occurrence"
)
_PER = re.compile(
    rf"(?:\b(?:per|for each|pro|par|por|je)\s+|(?<=[\d\s])/ ?)(?!(?:{_PERIODS}))"
    r"(?P<unit>(?:\d[\d,.]*\s)?[a-zäöüéñ]+(?:[ -](?:user|seat|call|unit|license|transaction|day|"
    r"hour|device|employee|request|message|member))?)",
    re.IGNORECASE,
)
_UNITS = (
    r"users?|seats?|licen[sc]es?|devices?|units?|employees?|locations?|stores?|copies|hours?|days?|"
    r"servers?|members?|subscribers?|nutzer|benutzer|utilisateurs?|usuarios?|API calls"
)
_QUANTITY = re.compile(rf"(?<![\w$€£.,])(\d[\d,]*)\)?\s+(?:[a-z]+\s)?(?:{_UNITS})\b", re.IGNORECASE)
_YEAR = re.compile(
    r"\b(?:contract |license |service |vertrags|lizenz)?(?:year|jahr|année|año)\s?(?P<n>[1-9])\b|"
    r"\b(?P<o>first|second|third|fourth|fifth|erstes?|zweites?|drittes?)\s"
    r"(?:contract |license |service |lease |vertrags)?(?:year|jahr)",
    re.IGNORECASE,
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_GERMAN = ("erste", "zweite", "dritte")
_RATE = re.compile(
    r"(?:per|/|pro|par|por|al|each|every|a) ?(?:calendar |contract )?(?:month|quarter|year|annum|"
    r"week|monat|quartal|jahr|mois|trimestre|an\b|mes\b|año)",
    re.IGNORECASE,
)
_BILLS = re.compile(
    r"\b(?:billed|invoiced?|payable|paid|due|charged|berechnet|facturée?)(?: and payable)?"
    r"(?: in)?(?: equal)? \w+(?: (?:in advance|in arrears|install?ments))?",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"(?:%|percent|prozent|pour cent|por ciento)\s?\)?\s*(?:of|von|de|del|der|des)\b[^(,;=|]*$",
    re.IGNORECASE,
)
_CELLS = re.compile(r"\s*\|\s*")


def single_amount(text: str, writing: Writing) -> FoundAmount | None:
    """The amount of a passage that holds one, or the same one more than once."""
    found = list(find_amounts(text, writing))
    return found[0] if len({(a.money, a.price_units) for a in found}) == 1 else None


def read_fee(value: str, quote: str, writing: Writing) -> Fee | None:
    """A fee from the passage `value`; what it does not say itself is looked for in `quote`.

    None where an amount is taken off: that is no price.
    """
    if reduces(value):
        return None
    if " | " in value:
        return _row_fee(value, quote, writing)
    amount = single_amount(value, writing)
    if amount is None or amount.money.minor <= 0:
        return None
    kind = fee_kind(value) or fee_kind(quote) or "other"
    per = unit(value[value.find(amount.text) + len(amount.text) :]) or unit(value)
    return Fee(
        kind,
        amount.money,
        amount.price_units,
        frequency(value) or _only_frequency(quote),
        per,
        _quantity(value, writing) or _quantity(quote, writing) if per else "",
        minimum=kind == "minimum",
        year=contract_year(value),
        description=value[:200],
    )


def fee_kind(text: str) -> FeeKind | None:
    """What a price is for; a minimum of something else only where no other kind is named."""
    return FEE_KIND.first(text)


def frequency(text: str) -> Frequency | None:
    """How often, as the words nearest the amount say; "year 2" is no frequency.

    The rhythm of bills ("billed quarterly") counts only where no other is named.
    """
    plain = _YEAR.sub(" ", text)
    rate = _RATE.search(plain)
    return (
        (FREQUENCY.first(rate[0]) if rate else None)
        or FREQUENCY.first(_BILLS.sub(" ", plain))
        or FREQUENCY.first(plain)
    )


def _only_frequency(quote: str) -> Frequency | None:
    found = set(FREQUENCY.every(_BILLS.sub(" ", _YEAR.sub(" ", quote))))
    return next(iter(found)) if len(found) == 1 else None


def unit(text: str) -> str:
    """What a price is of ("user", "api call"), empty when it is of the whole."""
    match = _PER.search(text)
    return " ".join(match["unit"].casefold().split()) if match else ""


def contract_year(text: str) -> int | None:
    """The contract year a price holds in, if it names one."""
    match = _YEAR.search(text)
    if not match:
        return None
    if match["n"]:
        return int(match["n"])
    word = match["o"].casefold()
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    return next(n for n, stem in enumerate(_GERMAN, 1) if word.startswith(stem))


def _quantity(text: str, writing: Writing) -> str:
    match = _QUANTITY.search(text)
    return (plain_number(match[1], writing) or "") if match else ""


def _row_fee(row: str, quote: str, writing: Writing) -> Fee | None:
    """A row of a price table: a name, then a quantity, a price and their product in some order."""
    cells = [cell for cell in _CELLS.split(row) if cell]
    amounts = [a for cell in cells[1:] for a in find_amounts(cell, writing)]
    if not cells or not amounts or amounts[0].money.minor <= 0:
        return None
    numbers = [plain_number(c, writing) or "" for c in cells[1:] if re.fullmatch(r"\d[\d.,]*", c)]
    price, quantity = amounts[0], ""
    words = [c for c in cells if re.search(r"[^\W\d_]{2}", c) and not single_amount(c, writing)]
    for many in numbers:
        if len(amounts) > 1 and _product(price, many, amounts[-1]):
            quantity = many
    if len(amounts) > 1 and not quantity and amounts[0].money != amounts[-1].money:
        return None
    return Fee(
        fee_kind(cells[0]) or fee_kind(row) or "other",
        price.money,
        price.price_units,
        frequency(row) or _only_frequency(quote),
        unit(row) or ("unit" if quantity not in {"", "1"} else ""),
        quantity,
        year=contract_year(row),
        description=" ".join(words[:2])[:200],
    )


def _product(price: FoundAmount, number: str, total: FoundAmount) -> bool:
    try:
        return times(price.money, number, price.price_units) == total.money
    except InvalidAmount:
        return False


def read_milestone(value: str, writing: Writing) -> Milestone | None:
    """A part that falls due when something happens or on a day."""
    amount = single_amount(value, writing)
    share = percent(value)
    on = first_day(value)
    gate = GATE.first(value) or ("date" if on else None)
    if gate is None or (amount is None and share is None):
        return None
    return Milestone(
        value[:200],
        gate,
        _part(value, amount, share) if amount else None,
        share if share and not amount else "",
        on if gate == "date" else None,
    )


def _part(value: str, amount: FoundAmount, share: str | None) -> Money:
    """The amount that falls due: "30% of $100,000" is $30,000, "30% ($30,000)" is too."""
    if share is None or not _SHARE_OF.search(value[: amount.start]):
        return amount.money
    return rounded(number(share) * amount.money.minor / 100, amount.money.currency)


def read_discount(value: str, writing: Writing) -> Discount | None:
    """A percentage, else an amount."""
    share = percent(value)
    if share:
        return Discount(percent=share)
    amount = single_amount(value, writing)
    return Discount(amount=amount.money) if amount else None
