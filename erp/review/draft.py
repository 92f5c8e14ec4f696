"""An invoice in the making, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from domain.ledger.money import Money, total

Standing = Literal["new", "has_changes", "up_to_date"]


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line as its source wrote it. `quantity`, `rate` and `tax_rate` (percent) are plain text.

    `product` is the source's own word (an id, a SKU or a name); `item_netsuite_id` a choice made
    for this line. `usage` is measured consumption; `discount` says that the minus is meant.
    `deal_id` and `part` say which of the deal's instalments it bills; 0 for a line of no deal.
    """

    product: str
    amount: Money
    item_netsuite_id: str = ""
    quantity: str = "1"
    rate: str = ""
    description: str = ""
    service_starts_on: date | None = None
    service_ends_on: date | None = None
    department_netsuite_id: str = ""
    class_netsuite_id: str = ""
    location_netsuite_id: str = ""
    tax_code: str = ""
    tax_rate: str = ""
    tax: Money | None = None
    usage: bool = False
    discount: bool = False
    deal_id: int = 0
    part: int = 0


@dataclass(frozen=True, slots=True)
class BillTo:
    """The name and place the source bills to. `country` is ISO 3166-1; empty means: not told."""

    name: str = ""
    address: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    tax_id: str = ""

    @property
    def place(self) -> str:
        """What tax depends on, as one text."""
        parts = (self.country, self.region, self.postcode, self.city)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What only some sources know. `distinct_from` are ERP customers said to be somebody else.

    `customer_erp_id` is the customer's id, number or external id in the ERP as the source keeps it,
    `tax_place` the place that the tax was worked out for; `po_amount` what the order is worth.
    """

    customer_external_id: str = ""
    customer_erp_id: str = ""
    customer_phone: str = ""
    distinct_from: tuple[str, ...] = ()
    po_amount: Money | None = None
    po_blanket: bool = False
    tax_exempt: bool = False
    tax_place: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An invoice that shall enter the ERP, or (with `netsuite_id`) changes to one that is there."""

    id: int
    source: str
    source_id: str
    version: int
    state: str
    currency: str
    issued_on: date
    lines: tuple[DraftLine, ...]
    customer_id: int | None = None
    create_customer: bool = False
    customer_name: str = ""
    customer_email: str = ""
    bill_to: BillTo = BillTo()
    due_on: date | None = None
    terms_netsuite_id: str = ""
    subsidiary_netsuite_id: str = ""
    ar_account_netsuite_id: str = ""
    department_netsuite_id: str = ""
    class_netsuite_id: str = ""
    location_netsuite_id: str = ""
    exchange_rate: str = ""
    number: str = ""
    po_number: str = ""
    memo: str = ""
    facts: DraftFacts = field(default_factory=DraftFacts)
    netsuite_id: str = ""
    base_modified_at: datetime | None = None
    effect_id: int | None = None
    created_by: str = ""

    @property
    def net(self) -> Money:
        """The sum of the lines, without tax."""
        return total((line.amount for line in self.lines), self.currency)

    @property
    def tax(self) -> Money:
        """The tax that the source worked out; zero where it left that to the ERP."""
        return total((line.tax for line in self.lines if line.tax), self.currency)

    @property
    def total(self) -> Money:
        return self.net + self.tax

    @property
    def update(self) -> bool:
        """Whether the ERP has the invoice already."""
        return bool(self.netsuite_id)
