"""Items, parties and receipts written as short texts, for the matcher."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from domain.ledger.money import Money
from domain.matching.book import Book, Declined, build_book
from domain.matching.decision import MatchClass
from domain.matching.item import EarlyDiscount, Item, ItemKind, ItemState, Party, Remembered
from domain.matching.receipt import (
    AccountScheme,
    PayerAccount,
    Receipt,
    Reference,
    ReferenceKind,
    RemittanceRow,
)
from domain.matching.settings import MatchSettings

ON = date(2026, 3, 9)
ALL_LIVE = MatchSettings(
    live=frozenset(MatchClass),
    cap=tuple(Money(10**12, c) for c in ("USD", "EUR", "JPY")),
)


def usd(text: str, currency: str = "USD") -> Money:
    return Money.parse(text, currency)


def claim(text: str, customer: int = 1, *, off: str = "", until: str = "2026-03-20") -> Item:
    """`claim("INV-1001 100.00 USD due 2026-03-01")`; `off` is an early discount."""
    number, amount, currency, _, due = text.split()
    money = Money.parse(amount, currency)
    on = date.fromisoformat(due)
    digits = int("".join(c for c in number if c.isdigit()) or 0)
    offer = EarlyDiscount(usd(off, currency), date.fromisoformat(until)) if off else None
    return Item(ItemKind.INVOICE, digits, number, customer, money, money, on, on, discount=offer)


def credit(text: str, customer: int = 1) -> Item:
    """`credit("CM-31 50.25 USD")`."""
    number, amount, currency = text.split()
    item = claim(f"{number} {amount} {currency} due 2026-02-01", customer)
    return replace(item, kind=ItemKind.CREDIT_MEMO)


def paid(item: Item, state: ItemState = ItemState.PAID) -> Item:
    return replace(item, open=Money.zero(item.open.currency), state=state)


def account(customer: int) -> PayerAccount:
    return PayerAccount(AccountScheme.US_ACCOUNT, f"021000021/{1000 + customer}")


def party(customer: int, name: str = "", parent: int | None = None) -> Party:
    return Party(customer, (name or f"Firm{customer} Ltd",), parent, (account(customer),))


def book(
    items: Iterable[Item],
    parties: Iterable[Party] = (),
    *,
    remembered: Iterable[Remembered] = (),
    declined: Iterable[Declined] = (),
) -> Book:
    items = tuple(items)
    known = tuple(parties) or tuple(party(c) for c in sorted({i.customer_id for i in items} | {1}))
    return build_book(items, known, remembered, declined)


def got(text: str, reference: str = "", *, payer: int | None = 1, name: str = "") -> Receipt:
    """`got("100.00 USD", "INV-1001")`, from the account of customer 1 unless told otherwise."""
    amount, currency = text.split()
    return Receipt(
        7,
        Money.parse(amount, currency),
        ON,
        payer_name=name,
        accounts=(account(payer),) if payer is not None else (),
        references=(Reference(ReferenceKind.REMITTANCE, reference),) if reference else (),
    )


def row(text: str, **more: str) -> RemittanceRow:
    """`row("INV-1001 90.00 USD", discount="10.00")`; "-" for no amount."""
    reference, amount, currency = text.split()
    paid_ = None if amount == "-" else usd(amount, currency)
    off = {k: usd(more[k], currency) if k in more else None for k in _PARTS}
    return RemittanceRow(
        reference,
        paid_,
        off["gross"],
        off["discount"],
        off["deduction"],
        source=more.get("source", "edi820"),
    )


_PARTS = ("gross", "discount", "deduction")
