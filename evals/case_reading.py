"""A payment case as the matcher sees it: items, parties, receipts, settings.

Invoices without a date are as old as their place in the list. What a case says in fields
that nothing here understands is told in `notes`, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from domain.matching.item import Item, ItemKind, ItemState, Party
from domain.matching.receipt import (
    AccountScheme,
    Channel,
    PayerAccount,
    Receipt,
    Reference,
    ReferenceKind,
    RemittanceRow,
)
from domain.matching.settings import MatchSettings
from evals.case_fields import (
    CASE_FIELDS,
    DAY,
    ITEM_FIELDS,
    PAYMENT_FIELDS,
    day,
    discount,
    house,
    settings_of,
    texts,
)

_SUBJECTS = {"invoices", "credits", "credit_notes", "payments", "payment", "steps"}


class BadCase(ValueError):
    """A case cannot be read."""


@dataclass(slots=True)
class Names:
    """Their ids as whole numbers, in the order in which they appear."""

    known: dict[str, int] = field(default_factory=dict)

    def number(self, name: str) -> int:
        return self.known.setdefault(name, len(self.known) + 1)

    def name(self, number: int) -> str:
        return next((name for name, n in self.known.items() if n == number), str(number))


@dataclass(slots=True)
class ReadCase:
    """Everything a case tells. `receipts` in its order; `keys` are idempotency keys."""

    id: str
    items: list[Item]
    parties: list[Party]
    receipts: list[tuple[str, Receipt]]
    settings: MatchSettings
    targets: Names
    customers: Names
    payments: Mapping[str, Mapping[str, Any]]
    notes: list[str]


def read_case(raw: Mapping[str, Any]) -> ReadCase:
    """The case. Raises BadCase when an amount, a date or a shape makes no sense."""
    try:
        return _read(raw)
    except (LedgerError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadCase(f"case {raw.get('id', '?')}: {error!r}") from error


def _read(raw: Mapping[str, Any]) -> ReadCase:
    if not _SUBJECTS & set(raw):
        raise ValueError("it has no invoices and no payments")
    notes = [f"field {name} is not understood" for name in sorted(set(raw) - CASE_FIELDS)]
    targets, customers = Names(), Names()
    invoices, credits_ = _rows(raw, "invoices"), _rows(raw, "credits", "credit_notes")
    payments = _rows(raw, "payments")
    items = [_item(r, ItemKind.INVOICE, targets, customers, notes) for r in invoices]
    items += [_item(r, ItemKind.CREDIT_MEMO, targets, customers, notes) for r in credits_]
    currencies = {i.open.currency for i in items} | {str(p["currency"]) for p in payments}
    rows = _advices(raw, payments)
    named = bool(raw.get("customers") or raw.get("aliases"))
    receipts = [
        (str(p["id"]), _receipt(n, p, rows.get(str(p["id"]), []), notes, named=named))
        for n, p in enumerate(payments, 1)
    ]
    return ReadCase(
        id=str(raw.get("id", "")),
        items=items,
        parties=_parties(raw, customers, payments),
        receipts=receipts,
        settings=settings_of(raw.get("config") or {}, sorted(currencies), notes),
        targets=targets,
        customers=customers,
        payments={str(p["id"]): p for p in payments},
        notes=notes,
    )


def _rows(raw: Mapping[str, Any], *names: str) -> list[Mapping[str, Any]]:
    for name in names:
        found = raw.get(name)
        if found:
            if not all(isinstance(row, Mapping) for row in found):
                raise ValueError(f"{name} holds something that is no object")
            return list(found)
    return []


def _strange(row: Mapping[str, Any], known: frozenset[str], notes: list[str]) -> None:
    notes += [
        f"{row.get('id', '?')}: field {n} is not understood" for n in sorted(set(row) - known)
    ]


def _item(
    row: Mapping[str, Any], kind: ItemKind, targets: Names, customers: Names, notes: list[str]
) -> Item:
    _strange(row, ITEM_FIELDS, notes)
    currency = str(row["currency"])
    total = Money.parse(str(row["amount"]), currency)
    open_ = Money.parse(str(row.get("open", row["amount"])), currency)
    if total.minor < 0 or str(row.get("type", "")).startswith("credit"):
        kind = ItemKind.CREDIT_MEMO
    names = [n for f in ("number", "refs", "ref", "references", "po") for n in texts(row.get(f))]
    number = targets.number(str(row["id"]))
    issued = day(row.get("date") or row.get("issued"), DAY + timedelta(days=number))
    due = day(row.get("due") or row.get("due_date"), issued)
    void = str(row.get("status") or row.get("state") or "") in ("void", "voided", "cancelled")
    state = ItemState.VOIDED if void else ItemState.OPEN if open_ else ItemState.PAID
    return Item(
        kind=kind,
        id=number,
        number=names[0] if names else str(row["id"]),
        customer_id=customers.number(str(row.get("customer"))),
        open=Money(abs(open_.minor), currency),
        total=Money(abs(total.minor), currency),
        issued_on=issued,
        due_on=due,
        state=state,
        subsidiary_id=house(row),
        references=tuple(names[1:]),
        discount=discount(row.get("discount") or row.get("terms"), total, issued, notes),
    )


def _receipt(
    number: int,
    row: Mapping[str, Any],
    rows: Sequence[RemittanceRow],
    notes: list[str],
    *,
    named: bool,
) -> Receipt:
    _strange(row, PAYMENT_FIELDS, notes)
    currency = str(row["currency"])
    customer = row.get("customer")
    channel = str(row.get("channel") or "unknown")
    return Receipt(
        id=number,
        amount=Money.parse(str(row["amount"]), currency),
        received_on=day(row.get("date")),
        channel=Channel(channel) if channel in set(Channel) else Channel.UNKNOWN,
        payer_name=_payer_name(row, None if customer is None else str(customer), named=named),
        accounts=tuple(_accounts(row)),
        references=tuple(_references(row)),
        remittance=tuple(rows),
        fee=Money.parse(str(row["fee"]), currency) if row.get("fee") else None,
        subsidiary_id=house(row),
        source="case",
        source_id=str(row.get("external_key") or row["id"]),
    )


def customer_name(customer: str) -> str:
    """A name for a customer of which a case tells only its id."""
    return f"Customer {customer}"


def _payer_name(row: Mapping[str, Any], customer: str | None, *, named: bool) -> str:
    """Who the case says has paid. A customer without an account is a name, not a proof.

    Where customers are `named`, the label of a payment from nobody may be a name.
    """
    told = row.get("payer_name") or row.get("payer") or row.get("name")
    if told and not isinstance(told, Mapping):
        return str(told)
    if customer is not None:
        return customer_name(customer)
    text = row.get("text")
    return str(text.get("label") or "") if named and isinstance(text, Mapping) else ""


def _accounts(row: Mapping[str, Any]) -> Iterator[PayerAccount]:
    for name, scheme in _SCHEMES.items():
        if row.get(name):
            yield PayerAccount(scheme, str(row[name]).replace(" ", "").upper())


_SCHEMES = {
    "iban": AccountScheme.IBAN,
    "account_no": AccountScheme.OTHER_ACCOUNT,
    "account": AccountScheme.OTHER_ACCOUNT,
    "stripe_customer": AccountScheme.STRIPE_CUSTOMER,
}
_KINDS = {
    "label": ReferenceKind.LABEL,
    "note": ReferenceKind.REMITTANCE,
    "ref": ReferenceKind.REMITTANCE,
    "reference": ReferenceKind.REMITTANCE,
    "memo": ReferenceKind.REMITTANCE,
    "structured": ReferenceKind.STRUCTURED,
    "end_to_end": ReferenceKind.END_TO_END,
}


def _references(row: Mapping[str, Any]) -> Iterator[Reference]:
    text = row.get("text")
    fields = dict(text) if isinstance(text, Mapping) else {"note": text} if text else {}
    fields |= {name: row[name] for name in ("ref", "reference", "memo") if row.get(name)}
    for name in sorted(fields):
        for part in texts(fields[name]):
            yield Reference(_KINDS.get(name, ReferenceKind.REMITTANCE), part)


def _advices(
    raw: Mapping[str, Any], payments: Sequence[Mapping[str, Any]]
) -> dict[str, list[RemittanceRow]]:
    """Remittance lines by payment: on the payment, or beside it with the payment's id."""
    found: dict[str, list[RemittanceRow]] = {}
    currency = {str(p["id"]): str(p["currency"]) for p in payments}
    told = [(p, row) for p in payments for row in p.get("remittance") or []]
    for advice in raw.get("remittance") or []:
        rows = advice.get("rows") or advice.get("lines") or [advice]
        told += [(advice, row) for row in rows]
    for owner, row in told:
        payment = str(owner.get("payment") or row.get("payment") or owner.get("id") or "")
        payment = payment if payment in currency else next(iter(currency), "")
        found.setdefault(payment, []).append(_row(row, currency[payment]))
    return found


def _row(row: Mapping[str, Any] | str, currency: str) -> RemittanceRow:
    if isinstance(row, str):
        return RemittanceRow(row, source="edi820")
    names = ("ref", "reference", "invoice", "number", "target")
    reference = next((str(row[n]) for n in names if row.get(n)), "")

    def money(*fields: str) -> Money | None:
        told = next((row[f] for f in fields if row.get(f) is not None), None)
        return None if told is None else Money.parse(str(told), currency)

    return RemittanceRow(
        reference,
        money("paid", "amount", "net"),
        money("gross"),
        money("discount"),
        money("deduction", "adjustment"),
        str(row.get("code") or row.get("reason") or row.get("reason_code") or ""),
        "edi820",
    )


def _parties(
    raw: Mapping[str, Any], customers: Names, payments: Sequence[Mapping[str, Any]]
) -> list[Party]:
    """Customers by their names, parents and accounts.

    An account that comes with a customer on a payment is that customer's.
    """
    told = {str(row.get("id")): row for row in _rows(raw, "customers")}
    for row in (*told.values(), *payments):
        for name in (row.get("parent"), row.get("customer")):
            if name is not None:
                customers.number(str(name))
    for name in told:
        customers.number(name)
    accounts: dict[str, set[PayerAccount]] = {}
    for payment in payments:
        if payment.get("customer") is not None:
            accounts.setdefault(str(payment["customer"]), set()).update(_accounts(payment))
    return [
        _party(name, number, told.get(name, {}), accounts.get(name, set()), raw, customers)
        for name, number in customers.known.items()
    ]


def _party(
    name: str,
    number: int,
    row: Mapping[str, Any],
    accounts: set[PayerAccount],
    raw: Mapping[str, Any],
    customers: Names,
) -> Party:
    names = [n for f in ("name", "names", "aliases", "alias", "brand") for n in texts(row.get(f))]
    names += _aliases(raw.get("aliases"), name)
    owned = accounts | set(_accounts(row))
    for more in (*texts(row.get("accounts")), *texts(row.get("account_nos"))):
        owned.add(PayerAccount(AccountScheme.OTHER_ACCOUNT, more.replace(" ", "").upper()))
    parent = row.get("parent")
    return Party(
        number,
        (*names, customer_name(name)),
        customers.number(str(parent)) if parent is not None else None,
        tuple(sorted(owned, key=lambda a: (a.scheme.value, a.value))),
    )


def _aliases(raw: object, customer: str) -> list[str]:
    """Further names of a customer: `{name: customer}` or `[{alias, customer}]`."""
    if isinstance(raw, Mapping):
        return [str(alias) for alias, owner in raw.items() if str(owner) == customer]
    found: list[str] = []
    for row in raw if isinstance(raw, list) else []:
        if isinstance(row, Mapping) and str(row.get("customer")) == customer:
            told = (row.get(n) for n in ("alias", "name", "pattern", "text", "label"))
            found += [str(next((t for t in told if t), ""))]
    return [name for name in found if name]
