"""Terms of a contract as values. Each shows the passage it was read from, or it is not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.ledger.deal import Frequency
from domain.ledger.money import Money

TermName = Literal[
    "kind",
    "amends",
    "amends_on",
    "vendor",
    "customer",
    "signature",
    "agreement_on",
    "effective_on",
    "starts_on",
    "ends_on",
    "term",
    "renewal",
    "renewal_months",
    "renewal_notice_days",
    "renewal_price_cap",
    "fee",
    "total",
    "currency",
    "billing_frequency",
    "billing_timing",
    "milestone",
    "payment_days",
    "payment_from",
    "po",
    "po_number",
    "tax",
    "late_fee",
    "late_fee_grace_days",
    "discount",
    "bill_to",
    "acceptance",
    "non_cash",
    "governing_law",
]
FeeKind = Literal[
    "subscription",
    "license",
    "support",
    "setup",
    "service",
    "usage",
    "minimum",
    "royalty",
    "expense",
    "other",
]
Gate = Literal["acceptance", "delivery", "signature", "go_live", "date", "completion", "other"]

# A contract may have many of these; of every other term it has one.
REPEATED: frozenset[TermName] = frozenset({"fee", "milestone", "discount"})


@dataclass(frozen=True, slots=True)
class Fee:
    """A price. `per` is the unit it is of ("user"), `quantity` how many were bought (decimal text).

    `frequency` is None where the contract does not say how often. `year` counts contract years
    of a price that changes (1 is the first), None when it holds throughout. `minimum` marks the
    least that is owed whatever is used.
    """

    kind: FeeKind
    amount: Money
    price_units: int = 1
    frequency: Frequency | None = None
    per: str = ""
    quantity: str = ""
    minimum: bool = False
    year: int | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A part that falls due when `gate` happens: an amount, or a percentage as decimal text."""

    description: str
    gate: Gate
    amount: Money | None = None
    percent: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Discount:
    """Taken off prices: an amount or a percentage as decimal text."""

    amount: Money | None = None
    percent: str = ""


@dataclass(frozen=True, slots=True)
class LateFee:
    """What late payment costs: `rate` percent (decimal text) for each `per`, or a fixed amount."""

    rate: str = ""
    per: Literal["day", "month", "year", "once"] = "month"
    amount: Money | None = None


Normal = str | int | bool | date | Money | Fee | Milestone | Discount | LateFee


@dataclass(frozen=True, slots=True)
class Term:
    """One term: `value` as written, `normalized` for programs, `quote` verbatim, `page` from 1.

    `confidence` runs from 0 to 1. How each name is normalized:
    kind: new, amendment, renewal; signature: signed, partly_signed, unsigned; *_on: date;
    term: months, or "perpetual"; renewal: True when it renews by itself; *_months, *_days: int;
    renewal_price_cap: percent as decimal text; fee: Fee; total: Money; currency: ISO code;
    billing_frequency: a Frequency; billing_timing: advance, arrears, milestone, usage, once;
    milestone: Milestone; payment_from: as in payment terms; po: True when a purchase order is
    needed; tax: exclusive, inclusive; late_fee: LateFee; discount: Discount; others: text.
    """

    name: TermName
    value: str
    normalized: Normal
    quote: str
    page: int
    confidence: float


@dataclass(frozen=True, slots=True)
class ContractFinding:
    """Something a person has to look at. `blocking`: no deal can be made before it is settled."""

    id: str
    message: str
    names: tuple[TermName, ...] = ()
    quote: str = ""
    page: int | None = None
    blocking: bool = False


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """Everything read from one contract: terms, what to look at, and the text of each page.

    `read_by` names the readers ("rules/1", "rules/1+openai:..."); `digest` is the SHA-256 of the
    file. Pages of a text or Word file are counted by their own page breaks.
    """

    name: str
    digest: str
    terms: tuple[Term, ...]
    findings: tuple[ContractFinding, ...]
    pages: tuple[str, ...]
    read_by: str = "rules/1"

    def one(self, name: TermName) -> Term | None:
        """The term of this name, the first if it may repeat."""
        return next((term for term in self.terms if term.name == name), None)

    def all(self, name: TermName) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.name == name)

    @property
    def blocking(self) -> tuple[ContractFinding, ...]:
        return tuple(finding for finding in self.findings if finding.blocking)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not read. `reason` is for programs, `message` tells a person what to do."""

    reason: str
    message: str
