"""What the review found: findings, the customers it may be, the journal it will make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.ledger.money import Money


class Severity(StrEnum):
    """A block cannot be pushed; a warning needs a named person and a reason; info needs nothing."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class ReviewFinding:
    """A check that fired. `subject` tells findings of one check apart ("line 2", an invoice).

    `values` are those in the message, as text. `fixable`: the change can be made at once.
    """

    id: str
    severity: Severity
    message: str
    fix: str
    fixable: bool = False
    subject: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer of the ERP that may be meant: how alike (percent), and by which signals.

    Signals: link, external_id, tax_id, legal_name (with country), email_domain, name.
    """

    customer_id: int
    netsuite_id: str
    name: str
    score: int
    signals: tuple[str, ...]
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class JournalLine:
    """An amount on one side of one account. An empty account id: nobody knows which it will be.

    The base amounts are None where no exchange rate is known.
    """

    account_netsuite_id: str
    account_name: str
    debit: Money | None
    credit: Money | None
    base_debit: Money | None = None
    base_credit: Money | None = None
