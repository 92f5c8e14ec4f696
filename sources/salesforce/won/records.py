"""The records read from Salesforce, checked when they enter: only the fields that are used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sources.salesforce.rest.wire import day_of, is_id, long_id, plain_number, stamp_of

_LONGEST = 2_000


def _text(found: object) -> str:
    if found is None:
        return ""
    if not isinstance(found, str):
        raise ValueError("a text was expected")
    lines = (" ".join(line.split()) for line in found[:_LONGEST].splitlines())
    return "\n".join("".join(c for c in line if c.isprintable()) for line in lines).strip()


def _number(found: object) -> str:
    text = _text(found)
    return plain_number(text) if text else ""


def _day(found: object) -> date | None:
    text = _text(found)
    return day_of(text) if text else None


def _stamp(found: object) -> datetime:
    return stamp_of(_text(found))


def _id(found: object) -> str:
    text = _text(found)
    if text and not is_id(text):
        raise ValueError(f"{text[:40]!r} is no id")
    return long_id(text) if text else ""


Text = Annotated[str, BeforeValidator(_text)]
Number = Annotated[str, BeforeValidator(_number)]
Day = Annotated[date | None, BeforeValidator(_day)]
Stamp = Annotated[datetime, BeforeValidator(_stamp)]
Id = Annotated[str, BeforeValidator(_id)]


class Record(BaseModel):
    """One row; a field that was not asked for has its default."""

    model_config = ConfigDict(frozen=True, extra="ignore", validate_default=False)

    id: Id = Field(alias="Id", min_length=18)
    changed_at: Stamp = Field(alias="SystemModstamp")
    is_deleted: bool = Field(False, alias="IsDeleted")


class _Term(Record):
    """What an organisation's own fields say of a term; the names are those of the settings."""

    start: Day = None
    end: Day = None
    term_months: Number = ""
    frequency: Text = ""
    timing: Text = ""


class OpportunityRow(_Term):
    name: Text = Field("", alias="Name")
    stage: Text = Field("", alias="StageName")
    is_won: bool = Field(alias="IsWon")
    closed_on: Day = Field(None, alias="CloseDate")
    amount: Number = Field("", alias="Amount")
    currency: Text = Field("", alias="CurrencyIsoCode")
    account_id: Id = Field("", alias="AccountId")
    contract_id: Id = Field("", alias="ContractId")
    synced_quote_id: Id = Field("", alias="SyncedQuoteId")
    po_number: Text = ""
    terms: Text = ""


class AccountRow(Record):
    name: Text = Field("", alias="Name")
    parent_id: Id = Field("", alias="ParentId")
    website: Text = Field("", alias="Website")
    street: Text = Field("", alias="BillingStreet")
    city: Text = Field("", alias="BillingCity")
    state: Text = Field("", alias="BillingState")
    postal_code: Text = Field("", alias="BillingPostalCode")
    country: Text = Field("", alias="BillingCountry")
    country_code: Text = Field("", alias="BillingCountryCode")
    master_id: Id = Field("", alias="MasterRecordId")
    tax_id: Text = ""
    erp_id: Text = ""


class ProductRow(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    name: Text = Field("", alias="Name")


class LineRow(_Term):
    """A line of the opportunity, or of its accepted quote (then with the line it came from)."""

    product_id: Id = Field("", alias="Product2Id")
    product: ProductRow | None = Field(None, alias="Product2")
    product_code: Text = Field("", alias="ProductCode")
    quantity: Number = Field("", alias="Quantity")
    unit_price: Number = Field("", alias="UnitPrice")
    list_price: Number = Field("", alias="ListPrice")
    discount: Number = Field("", alias="Discount")
    total_price: Number = Field("", alias="TotalPrice")
    service_on: Day = Field(None, alias="ServiceDate")
    description: Text = Field("", alias="Description")
    currency: Text = Field("", alias="CurrencyIsoCode")
    order: Number = Field("", alias="SortOrder")
    has_schedule: bool = Field(False, alias="HasSchedule")
    opportunity_line_id: Id = Field("", alias="OpportunityLineItemId")
    priced_per: Text = ""
    tax_code: Text = ""
    revenue_type: Text = ""

    @property
    def source_id(self) -> str:
        """The id that stays the same whether the opportunity or its synced quote is read."""
        return self.opportunity_line_id or self.id

    @property
    def title(self) -> str:
        return (self.product.name if self.product else "") or self.product_code or self.description


class ScheduleRow(Record):
    line_id: Id = Field(alias="OpportunityLineItemId", min_length=18)
    kind: Text = Field("", alias="Type")
    quantity: Number = Field("", alias="Quantity")
    revenue: Number = Field("", alias="Revenue")
    on: Day = Field(None, alias="ScheduleDate")
    description: Text = Field("", alias="Description")


class QuoteRow(Record):
    number: Text = Field("", alias="QuoteNumber")
    status: Text = Field("", alias="Status")
    is_syncing: bool = Field(False, alias="IsSyncing")
    total_price: Number = Field("", alias="TotalPrice")
    shipping: Number = Field("", alias="ShippingHandling")


class ContractRow(Record):
    number: Text = Field("", alias="ContractNumber")
    account_id: Id = Field("", alias="AccountId")
    starts_on: Day = Field(None, alias="StartDate")
    ends_on: Day = Field(None, alias="EndDate")
    term_months: Number = Field("", alias="ContractTerm")
    status: Text = Field("", alias="Status")
    status_code: Text = Field("", alias="StatusCode")
    signed_on: Day = Field(None, alias="CustomerSignedDate")


class ContactRow(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    name: Text = Field("", alias="Name")
    email: Text = Field("", alias="Email")


class RoleRow(Record):
    role: Text = Field("", alias="Role")
    contact: ContactRow | None = Field(None, alias="Contact")


def standard_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The names Salesforce gives to the fields of a model, without those of parents."""
    return tuple(f.alias for f in model.model_fields.values() if f.alias and not _is_row(f))


def renamed(row: Mapping[str, Any], names: Mapping[str, str]) -> Mapping[str, Any]:
    """The row with an organisation's own fields under our names ({"end": "End_Date__c"})."""
    return {**row, **{ours: row.get(theirs) for ours, theirs in names.items()}}


def _is_row(field: Any) -> bool:
    return "Row" in str(field.annotation)
