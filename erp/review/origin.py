"""What an invoice in the making comes from: the deal or contract behind it, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.ledger.money import Money
from erp.review.draft import Draft


@dataclass(frozen=True, slots=True)
class SoldLine:
    """What the deal says of a line of the invoice now.

    `standing` is ready, waits_for_evidence or waits_for_usage. `pushed_as` is the invoice that
    bills the same instalment already, with its id in the ERP.
    """

    amount: Money
    quantity: str = "1"
    service_starts_on: date | None = None
    service_ends_on: date | None = None
    number: int = 1
    milestone: str = ""
    standing: str = "ready"
    pushed_as: str = ""
    pushed_netsuite_id: str = ""


@dataclass(frozen=True, slots=True)
class Bundled:
    """A product of the deal at what it costs in it, and what it costs by itself if that is known.

    Both are for the whole quantity.
    """

    product: str
    price: Money
    alone: Money | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A part of the invoice that the deal says otherwise since it was drafted."""

    part: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The deal behind an invoice, as far as the review needs it.

    `worth` is what the whole plan comes to, `billed` what other invoices of the deal bill that are
    in the ERP or on their way. `amount` is what the source says the deal is worth,
    `contract_amount` what the contract says. `refreshed` is the draft as the deal says it now.
    `ends_on` is the last day that may be billed. `modifies` names what the deal changes. `keys`
    are the instalments that the draft's lines bill, by their number on it.
    """

    deal_id: int
    name: str
    won: bool
    currency: str
    worth: Money
    billed: Money
    sold: Money
    lines: tuple[SoldLine, ...] = ()
    terms: str = ""
    amount: Money | None = None
    contract_amount: Money | None = None
    changed_at: datetime | None = None
    changes: tuple[Changed, ...] = ()
    refreshed: Draft | None = None
    account_changes: tuple[str, ...] = ()
    party: str = ""
    signed_by: str = ""
    tax_included: bool | None = None
    not_cash: str = ""
    ends_on: date | None = None
    modifies: str = ""
    treatment: str = ""
    bundle: tuple[Bundled, ...] = ()
    doubts: tuple[str, ...] = ()
    keys: Mapping[int, str] = field(default_factory=dict)

    @property
    def part(self) -> str:
        """How findings name this deal where a draft bills several."""
        return f"deal {self.deal_id}"
