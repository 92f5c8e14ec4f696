"""Amounts of money that a mail names, in whatever way its writer writes numbers."""

from __future__ import annotations

from dataclasses import dataclass

from domain.dunning.guarding.amounts import AMOUNT, currencies_of, readings
from domain.ledger.account import Account
from domain.ledger.money import Money


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """Words of a text and the amount they mean in a currency of the account."""

    start: int
    end: int
    span: str
    amount: Money


def find_amounts(text: str, account: Account) -> tuple[FoundAmount, ...]:
    """Every amount with a currency that the text names, in order."""
    mine = account.currencies() or (account.customer.currency,)
    found: list[FoundAmount] = []
    for match in AMOUNT.finditer(text):
        sign = match["before"] or match["after"]
        if not sign or match["scale"]:
            continue
        options = {
            m
            for c in currencies_of(sign)
            if c in mine or len(currencies_of(sign)) == 1
            for m in readings(match["number"], c)
        }
        if options:
            amount = max(options, key=lambda m: m.minor)
            found.append(FoundAmount(match.start(), match.end(), match[0].strip(), amount))
    return tuple(found)


def read(text: str, account: Account) -> tuple[Money | None, str]:
    """The one amount with a currency that the mail names, and its words; two are none."""
    amounts = {found.amount: found.span for found in find_amounts(text, account)}
    return next(iter(amounts.items())) if len(amounts) == 1 else (None, "")
