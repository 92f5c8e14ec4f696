"""Lockbox CSV: rows of one check stand together, one row for each invoice it pays."""

from __future__ import annotations

from collections.abc import Sequence

from domain.ledger.money import Money
from domain.matching.receipt import RemittanceRow
from sources.bank.csv_cells import read_amount, read_day
from sources.bank.csv_mapping import CsvMapping
from sources.bank.labels import is_nothing, payer_account
from sources.bank.lockbox import Check, Deposit
from sources.bank.refusal import Refuse
from sources.bank.row import Row


def checks_of(rows: Sequence[Row], mapping: CsvMapping) -> list[Deposit]:
    """Rows as deposits of checks. Raises Refuse where amounts contradict each other."""
    deposits: dict[tuple[str, str, str], Deposit] = {}
    checks: dict[tuple[str, ...], Check] = {}
    totals: dict[tuple[str, str, str], tuple[Money, int]] = {}
    for row in rows:
        at = (row.one("lockbox") or mapping.account, row.one("booked_on"), row.one("batch"))
        on = read_day(at[1], mapping.day_order, row.line)
        deposit = deposits.setdefault(at, Deposit(at[0], at[2], on, row.line))
        _take(row, mapping, deposit, at, checks)
        stated = _amount(row, mapping, "deposit_total")
        if stated is not None and totals.setdefault(at, (stated, row.line))[0] != stated:
            raise Refuse(row.line, "a deposit has two totals")
    for at, (stated, line) in totals.items():
        reached = Money(deposits[at].total(), stated.currency)
        if reached != stated:
            raise Refuse(line, f"the checks add up to {reached}, their deposit is {stated}")
    return list(deposits.values())


def _take(
    row: Row,
    mapping: CsvMapping,
    deposit: Deposit,
    at: tuple[str, str, str],
    checks: dict[tuple[str, ...], Check],
) -> None:
    amount = _amount(row, mapping, "amount")
    if amount is None or amount.minor <= 0:
        raise Refuse(row.line, "a check has no amount")
    payer, number, item = row.one("payer"), row.one("check_number"), row.one("item")
    name = (*at, number, item, payer, row.one("payer_account"))
    check = checks.get(name)
    if check is None:
        check = Check(row.line, item, amount, payer_name=payer, number=number)
        account = row.one("payer_account")
        if not is_nothing(account):
            check.account = payer_account(account.lstrip("0"), row.one("payer_routing"))
        checks[name] = check
        deposit.checks.append(check)
    if check.amount != amount:
        raise Refuse(row.line, f"check {number} is {check.amount} before and {amount} here")
    _pay(row, mapping, check)
    check.raw.append(mapping.delimiter.join(row.cells))


def _pay(row: Row, mapping: CsvMapping, check: Check) -> None:
    invoices = row.every("invoice")
    paid = _amount(row, mapping, "invoice_amount")
    if len(invoices) == 1 and not is_nothing(invoices[0]):
        discount = _amount(row, mapping, "discount")
        told = RemittanceRow(invoices[0][:200], paid, discount=discount, source="lockbox")
        check.rows.append(told)
    else:
        check.texts += [text for text in invoices if not is_nothing(text)]
    check.texts += row.every("reference")


def _amount(row: Row, mapping: CsvMapping, role: str) -> Money | None:
    currency = row.one("currency").upper() or mapping.currency
    return read_amount(row.one(role), mapping.decimal_mark, currency, row.line)
