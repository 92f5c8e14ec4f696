"""HubSpot's objects as typed records: only the properties that are used, every value as text."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from sources.hubspot.rest.words import plain


def _text(value: object) -> object:
    """HubSpot sends null for a property without a value, and flags as JSON or as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_text), Field(max_length=70_000)]
Id = Annotated[str, Field(pattern=r"^[0-9]{1,20}$")]


class Properties(BaseModel):
    """What every object has."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    hs_lastmodifieddate: Text = ""

    @classmethod
    def names(cls) -> list[str]:
        """The names to ask HubSpot for."""
        return list(cls.model_fields)


class DealProperties(Properties):
    """The deal's own properties that are used."""

    dealname: Text = ""
    amount: Text = ""
    deal_currency_code: Text = ""
    dealstage: Text = ""
    pipeline: Text = ""
    closedate: Text = ""
    hs_is_closed_won: Text = ""
    hs_merged_object_ids: Text = ""


class LineProperties(Properties):
    """A line item's properties that are used; amounts in the major unit."""

    name: Text = ""
    description: Text = ""
    hs_sku: Text = ""
    quantity: Text = ""
    price: Text = ""
    amount: Text = ""
    discount: Text = ""
    hs_discount_percentage: Text = ""
    hs_total_discount: Text = ""
    hs_line_item_currency_code: Text = ""
    hs_tax_rate_group_id: Text = ""
    hs_pricing_model: Text = ""
    hs_position_on_quote: Text = ""
    recurringbillingfrequency: Text = ""
    hs_recurring_billing_period: Text = ""
    hs_recurring_billing_start_date: Text = ""
    hs_recurring_billing_end_date: Text = ""
    hs_recurring_billing_number_of_payments: Text = ""
    hs_recurring_billing_terms: Text = ""
    hs_term_in_months: Text = ""
    hs_billing_start_delay_type: Text = ""


class QuoteProperties(Properties):
    """A quote's properties that are used: whether it binds, and in which currency."""

    hs_title: Text = ""
    hs_status: Text = ""
    hs_quote_status: Text = ""
    hs_sign_status: Text = ""
    hs_quote_esign_status: Text = ""
    hs_manually_signed: Text = ""
    hs_esign_num_signers_required: Text = ""
    hs_esign_num_signers_completed: Text = ""
    hs_payment_status: Text = ""
    hs_currency: Text = ""


class CompanyProperties(Properties):
    """The buyer."""

    name: Text = ""
    domain: Text = ""
    country: Text = ""
    hs_country_code: Text = ""
    address: Text = ""
    address2: Text = ""
    city: Text = ""
    state: Text = ""
    zip: Text = ""
    hs_parent_company_id: Text = ""
    hs_merged_object_ids: Text = ""


class ContactProperties(Properties):
    """A person at the buyer."""

    email: Text = ""


P = TypeVar("P", bound=Properties)


class Record(BaseModel):
    """One object as HubSpot answers; `properties` holds the account's own ones too."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Id
    properties: dict[str, Any] = {}
    archived: bool = False

    def read_as(self, model: type[P]) -> P | None:
        """Its properties as a model, or None where one is no text."""
        try:
            return model.model_validate(self.properties)
        except ValidationError:
            return None

    def own(self, name: str) -> str:
        """One of the account's own properties as text; empty without a name or a value."""
        value = _text(self.properties.get(name)) if name else ""
        return value[:4_000] if isinstance(value, str) else ""


class Kinship(BaseModel):
    """One type of an association; HubSpot's own type 5 is a deal's primary company."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    category: Text = ""
    type_id: Text = Field("", alias="typeId")
    label: Text = ""


class Target(BaseModel):
    """The other end of an association."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Id = Field(alias="toObjectId")
    kinships: tuple[Kinship, ...] = Field((), alias="associationTypes")


class Source(BaseModel):
    """The object whose associations were asked for."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Id


class Turn(BaseModel):
    """Where the next page begins."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    after: Text = ""


class Paging(BaseModel):
    """Whether there is a next page."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    next: Turn = Turn()


class Linked(BaseModel):
    """A page of one object's associations."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    source: Source = Field(alias="from")
    to: tuple[Target, ...] = ()
    paging: Paging = Paging()


class Failed(BaseModel):
    """A part of a batch that gave nothing; `category` is HubSpot's word for the reason."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    category: Text = ""
    sub_category: Text = Field("", alias="subCategory")

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to be read, and not merely an answer that failed."""
        none = "crm.associations.NO_ASSOCIATIONS_FOUND"
        return self.category == "OBJECT_NOT_FOUND" or self.sub_category == none


class Batch(BaseModel):
    """The answer to a batch; what is not there, or failed, is in `errors`."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    errors: tuple[Failed, ...] = ()


class LinkedPage(Batch):
    """The answer to a batch read of associations; who has none is in `errors`."""

    results: tuple[Linked, ...] = ()


class RecordPage(Batch):
    """The answer to a search or a batch read; what does not exist is left out of `results`."""

    results: tuple[Record, ...] = ()
