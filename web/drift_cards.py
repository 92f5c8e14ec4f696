"""A finding of drift as two cards: what stood and what stands, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.ledger.drift import DocumentState
from domain.ledger.drift_record import state_of
from domain.ledger.money import Money
from store.drift import DriftFindingRow
from web.figures import day

KINDS = {
    "deleted": "Deleted",
    "voided": "Voided",
    "amount_changed": "Amount changed",
    "balance_mismatch": "Balance does not add up",
    "application_mismatch": "Applied otherwise",
    "status_mismatch": "Status does not fit",
    "due_date_changed": "Due date changed",
    "customer_changed": "Moved to another customer",
    "currency_or_rate_changed": "Currency or rate changed",
    "period_moved": "Moved to another period",
    "unexpected_document": "Not expected",
    "duplicate_suspect": "Maybe entered twice",
    "control_total_gap": "Ledger differs",
}
URGENCIES = {"now": "Now", "soon": "Soon", "later": "Later"}
TONES = {"now": "bad", "soon": "warn", "later": "plain"}
STATES = {
    "open": "Open",
    "ignored": "Ignored",
    "unsyncable": "Unsyncable",
    "closed": "Closed",
}
WHY = {
    "period_closed": "its posting period was closed already",
    "passed_over": "it was there before, but no pass over changes had shown it",
    "borrowed_id": "it bears an external id like ours, but nothing of ours has it",
}
_LABELS = {
    "number": "Number",
    "customer_netsuite_id": "Customer",
    "total": "Total",
    "open": "Open balance",
    "status": "Status",
    "on": "Date",
    "due_on": "Due on",
    "exchange_rate": "Exchange rate",
    "period_netsuite_id": "Posting period",
    "reference": "Reference",
    "external_id": "External id",
    "applications": "Applied to",
}


@dataclass(frozen=True, slots=True)
class Names:
    """Names for ERP ids: customers, posting periods, and numbers of documents."""

    customers: Mapping[str, str]
    periods: Mapping[str, str]
    numbers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One fact on both cards."""

    label: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    differs: bool


def states_of(row: DriftFindingRow) -> tuple[DocumentState | None, DocumentState | None]:
    """What stood and what stands, where the finding is on a document."""
    ours = state_of(row.ours) if "kind" in row.ours else None
    theirs = state_of(row.theirs) if "kind" in row.theirs else None
    return ours, theirs


def lines_of(row: DriftFindingRow, names: Names) -> list[Line]:
    """The cards of a finding, differing lines first marked by the finding's own fields."""
    ours, theirs = states_of(row)
    if ours is None and theirs is None:
        return [Line("Balance", _total(row.ours), _total(row.theirs), differs=True)]
    lines = []
    for name, label in _LABELS.items():
        before = _shown(ours, name, names) if ours else ()
        after = _shown(theirs, name, names) if theirs else ()
        if before or after:
            lines.append(Line(label, before, after, _differs(row, name)))
    return lines


def _differs(row: DriftFindingRow, name: str) -> bool:
    return name in row.fields or (row.kind == "duplicate_suspect" and name == "total")


def _shown(state: DocumentState, name: str, names: Names) -> tuple[str, ...]:
    value = getattr(state, name)
    if name == "applications":
        return tuple(f"{names.numbers.get(other, other)}: {amount}" for other, amount in value)
    if name == "customer_netsuite_id":
        return (names.customers.get(value, value),) if value else ()
    if name == "period_netsuite_id":
        return (names.periods.get(value, value),) if value else ()
    if name == "status":
        return (value.replace("_", " "),)
    if isinstance(value, date):
        return (day(value),)
    return (str(value),) if value or isinstance(value, Money) else ()


def _total(side: Mapping[str, object]) -> tuple[str, ...]:
    balance = side.get("balance")
    if not isinstance(balance, dict):
        return ()
    return (str(Money(int(balance["minor"]), str(balance["currency"]))),)
