"""Money that pays no open invoice: other companies', payouts, refunds of tax, prepayments."""

from __future__ import annotations

from datetime import date
from random import Random

from bench.cash.amounts import Prices
from bench.cash.ledger import Ledger
from bench.cash.people import Habit
from domain.ledger.money import Money
from domain.matching.decision import NotReceiptKind
from domain.matching.receipt import (
    AccountScheme,
    Channel,
    PayerAccount,
    Receipt,
    Reference,
    ReferenceKind,
)

_STRANGERS = (
    "Harbor Supplies Inc", "Granite Insurance Co", "Northgate Leasing LLC", "Summit Foods Ltd",
    "Willow Staffing", "Cedar Point Realty", "Apex Freight Services", "Blue Anchor GmbH",
)  # fmt: skip


def unrelated(
    rng: Random,
    ledger: Ledger,
    tariff: Prices,
    currencies: tuple[str, ...],
    number: int,
    day: date,
) -> tuple[Receipt, NotReceiptKind | None]:
    """Another company's money, maybe with a number that we use too; a payout; a tax refund."""
    amount = tariff.draw(rng, rng.choice(currencies))
    luck = rng.random()
    if luck < 0.4:
        return _stranger(rng, ledger, amount, number, day), None
    if luck < 0.75:
        text = f"STRIPE TRANSFER ST-{rng.randrange(10**10):010X}"
        return _line(number, amount, day, "STRIPE", text), NotReceiptKind.PAYOUT
    text = f"IRS TREAS 310 TAX REF {rng.randrange(10**8, 10**9)}"
    return _line(number, amount, day, "IRS TREAS 310", text), NotReceiptKind.TAX


def _stranger(rng: Random, ledger: Ledger, amount: Money, number: int, day: date) -> Receipt:
    luck = rng.random()
    open_ones = [ledger.items[rng.choice(ledger.invoices)] for _ in range(2)]
    if luck < 0.3:
        text = f"INV {open_ones[0].number}"
    elif luck < 0.6:
        text = f"INVOICE {rng.randrange(10**4, 10**6)}"
    else:
        text = rng.choice(("", "REBATE Q1", "CLAIM 20931", "DEPOSIT RETURN"))
    if rng.random() < 0.3 and open_ones[1].open.minor > 0:
        amount = open_ones[1].open
    name = rng.choice(_STRANGERS)
    account = PayerAccount(AccountScheme.US_ACCOUNT, f"88000000{len(name) % 10}/{10**8 + number}")
    receipt = _line(number, amount, day, name, text)
    if rng.random() < 0.6:
        return Receipt(
            number, amount, day, Channel.ACH, name, (account,), references=receipt.references,
            type_code="142", source="BAI2", source_id=f"{number}",
        )  # fmt: skip
    return receipt


def _line(number: int, amount: Money, day: date, name: str, text: str) -> Receipt:
    references = (Reference(ReferenceKind.REMITTANCE, text),) if text else ()
    return Receipt(
        number, amount, day, Channel.ACH, name, references=references, type_code="142",
        source="BAI2", source_id=f"{number}",
    )  # fmt: skip


def prepaid(
    rng: Random, habit: Habit, tariff: Prices, currencies: tuple[str, ...], number: int, day: date
) -> Receipt:
    """Money for what is not invoiced yet."""
    text = rng.choice(
        (
            "PREPAYMENT",
            f"ORDER {rng.randrange(10**4, 10**6)}",
            "DEPOSIT NEW ORDER",
            "QUOTE 2291",
            "",
        )
    )
    receipt = _line(number, tariff.draw(rng, currencies[0]), day, habit.name, text)
    if rng.random() < 0.6:
        return Receipt(
            number, receipt.amount, day, Channel.WIRE, habit.name, habit.accounts,
            references=receipt.references, type_code="195", source="BAI2", source_id=f"{number}",
        )  # fmt: skip
    return receipt
