"""What will enter the ERP, as the review page shows it: exactly, with names instead of ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.ledger.money import Money
from effects.kinds import (
    AppliedAmount,
    ApplyCredit,
    CreateCreditMemo,
    CreateCustomer,
    CreateInvoice,
    InvoiceLineContent,
    PostJournal,
    PutApplications,
    RefundCustomer,
    ReversePayment,
    UnapplyPayment,
    UpdateInvoice,
    VoidRequest,
    WriteOffInvoice,
    applied_to,
)
from store.erp_names import ErpNames
from web.figures import plain_day
from web.reviewed_cash import CashAct, CashPreview, cash_preview
from web.reviewed_credits import CreditAct, CreditPreview, credit_preview

Heads = tuple[tuple[str, str], ...]
_SEGMENTS = ("department", "class", "location")


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of an invoice; `details` are its description, service dates and segments."""

    item: str
    details: tuple[str, ...]
    quantity: str
    rate: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """A line of the journal the invoice will make."""

    account: str
    debit: Money | None
    credit: Money | None


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """What the review found, and who accepted it and why."""

    severity: str
    message: str
    accepted_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class InvoicePreview:
    """An invoice as it will stand in the ERP. `tax` is what the total has beyond the lines."""

    heads: Heads
    lines: tuple[ShownLine, ...]
    subtotal: Money
    tax: Money
    total: Money
    journal: tuple[ShownEntry, ...]
    findings: tuple[ShownFinding, ...]

    def side(self, name: str) -> Money:
        """What one side of the journal ("debit", "credit") adds up to."""
        amounts = [getattr(entry, name) for entry in self.journal]
        return Money(sum(a.minor for a in amounts if a is not None), self.total.currency)


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """Fields before and after."""

    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class CustomerPreview:
    """A customer as it will stand in the ERP."""

    heads: Heads


@dataclass(frozen=True, slots=True)
class ApplicationsPreview:
    """What a payment is applied to, before and after, by invoice; None where it is not."""

    rows: tuple[tuple[str, Money | None, Money | None], ...]
    amount: Money
    unapplied_before: Money
    unapplied_after: Money


Preview = (
    InvoicePreview
    | ChangePreview
    | CustomerPreview
    | ApplicationsPreview
    | CashPreview
    | CreditPreview
)
Previewed = CreateInvoice | UpdateInvoice | CreateCustomer | PutApplications | CashAct | CreditAct


def preview_of(effect: Previewed, names: ErpNames) -> Preview:
    """The preview of an effect on the ERP."""
    match effect:
        case CreateInvoice():
            return _invoice(effect, names)
        case UpdateInvoice():
            return _change(effect, names)
        case CreateCustomer():
            return CustomerPreview(_customer(effect, names))
        case PutApplications():
            return _applications(effect)
        case ApplyCredit() | UnapplyPayment() | ReversePayment() | RefundCustomer() | PostJournal():
            return cash_preview(effect, names)
        case CreateCreditMemo() | WriteOffInvoice() | VoidRequest():
            return credit_preview(effect)


def _invoice(effect: CreateInvoice, names: ErpNames) -> InvoicePreview:
    subtotal = Money(sum(line.amount.minor for line in effect.lines), effect.currency)
    return InvoicePreview(
        heads=_invoice_heads(effect, names),
        lines=tuple(_line(line, names) for line in effect.lines),
        subtotal=subtotal,
        tax=effect.total - subtotal,
        total=effect.total,
        journal=tuple(_entry(raw) for raw in _objects(effect.review, "journal", "gl_preview")),
        findings=tuple(_finding(raw) for raw in _objects(effect.review, "findings")),
    )


def _invoice_heads(effect: CreateInvoice, names: ErpNames) -> Heads:
    due = plain_day(effect.due_on) if effect.due_on else "by its terms"
    every = (
        ("Number", effect.number or "the ERP numbers it"),
        ("Date", plain_day(effect.issued_on)),
        ("Due", due),
        ("Terms", names.of("terms", effect.terms_netsuite_id)),
        ("Purchase order", effect.po_number),
        ("Memo", effect.memo),
        ("Subsidiary", names.of("subsidiary", effect.subsidiary_netsuite_id)),
        ("Receivable account", names.of("account", effect.ar_account_netsuite_id)),
        *_segments(effect, names),
        ("Exchange rate", effect.exchange_rate),
        *effect.fields,
        ("External id", effect.external_id),
    )
    return _said(every)


def _line(line: InvoiceLineContent, names: ErpNames) -> ShownLine:
    dates = [plain_day(day) for day in (line.service_starts_on, line.service_ends_on) if day]
    segments = [f"{label}: {value}" for label, value in _segments(line, names) if value]
    details = [line.description, " to ".join(dates), *segments]
    details += [f"{name}: {value}" for name, value in line.fields]
    shown = tuple(part for part in details if part)
    return ShownLine(
        line.item_name or line.item_netsuite_id, shown, line.quantity, line.rate, line.amount
    )


def _segments(part: CreateInvoice | InvoiceLineContent, names: ErpNames) -> list[tuple[str, str]]:
    values = (part.department_netsuite_id, part.class_netsuite_id, part.location_netsuite_id)
    return [
        (kind.capitalize(), names.of(kind, value))
        for kind, value in zip(_SEGMENTS, values, strict=True)
    ]


def _change(effect: UpdateInvoice, names: ErpNames) -> ChangePreview:
    def shown(name: str, value: str) -> str:
        if name == "due_on" and value:
            return plain_day(date.fromisoformat(value))
        return names.of("terms", value) if name == "terms_netsuite_id" else value

    words = {
        "due_on": "Due date",
        "po_number": "Purchase order",
        "memo": "Memo",
        "terms_netsuite_id": "Terms",
    }
    return ChangePreview(
        tuple(
            (label, shown(name, effect.before[name]), shown(name, effect.after[name]))
            for name, label in words.items()
            if name in effect.after
        )
    )


def _customer(effect: CreateCustomer, names: ErpNames) -> Heads:
    return _said(
        (
            ("Name", effect.name),
            ("Legal name", effect.legal_name),
            ("E-mail", effect.email),
            ("Phone", effect.phone),
            ("Currency", effect.currency),
            ("Subsidiary", names.of("subsidiary", effect.subsidiary_netsuite_id)),
            ("Terms", names.of("terms", effect.terms_netsuite_id)),
            ("Not the same as", ", ".join(effect.distinct_from)),
            ("External id", effect.external_id),
        )
    )


def _applications(effect: PutApplications) -> ApplicationsPreview:
    before, after = applied_to(effect.before), applied_to(effect.after)
    numbers = {line.netsuite_id: line.number for line in (*effect.before, *effect.after)}
    return ApplicationsPreview(
        rows=tuple((numbers[one], before.get(one), after.get(one)) for one in numbers),
        amount=effect.amount,
        unapplied_before=_left(effect.amount, effect.before),
        unapplied_after=_left(effect.amount, effect.after),
    )


def _left(amount: Money, lines: Sequence[AppliedAmount]) -> Money:
    return Money(amount.minor - sum(line.amount.minor for line in lines), amount.currency)


def _said(heads: Iterable[tuple[str, str]]) -> Heads:
    return tuple((label, value) for label, value in heads if value)


def _objects(review: Mapping[str, object], *names: str) -> list[Mapping[str, object]]:
    found = next((review[name] for name in names if name in review), [])
    parts = found if isinstance(found, list) else []
    return [part for part in parts if isinstance(part, Mapping)]


def _entry(raw: Mapping[str, object]) -> ShownEntry:
    named = _first(raw, "account_name", "name", "account_netsuite_id", "account")
    account = named or "the account that the ERP chooses"
    return ShownEntry(account, _money(raw.get("debit")), _money(raw.get("credit")))


def _first(raw: Mapping[str, object], *names: str) -> str:
    return next((str(raw[name]) for name in names if raw.get(name)), "")


def _money(raw: object) -> Money | None:
    """An amount as minor units and currency, or as people write it: "1,234.50 USD"."""
    if isinstance(raw, Mapping):
        return Money(int(raw["minor"]), str(raw["currency"]))
    digits, _, currency = str(raw or "").partition(" ")
    return Money.parse(digits.replace(",", ""), currency) if currency else None


def _finding(raw: Mapping[str, object]) -> ShownFinding:
    return ShownFinding(
        severity=str(raw.get("severity", "")),
        message=str(raw.get("message", "")),
        accepted_by=_first(raw, "acknowledged_by"),
        reason=_first(raw, "acknowledged_reason", "reason"),
    )
