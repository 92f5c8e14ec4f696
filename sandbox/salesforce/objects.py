"""The objects of the organisation: fields with their types, parents, and key prefixes.

Names and types are those of the object reference, API 66.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Fields = dict[str, str]
NUMBERS = ("double", "currency", "percent", "int")


@dataclass(frozen=True, slots=True)
class ObjectType:
    """One object. `parents` are its relationships: name -> (field with the id, object)."""

    name: str
    prefix: str
    fields: Mapping[str, str]
    parents: Mapping[str, tuple[str, str]]


def _type(
    name: str, prefix: str, fields: str, parents: Mapping[str, tuple[str, str]]
) -> ObjectType:
    """Fields as "Name:type" separated by blanks; a name alone is a string."""
    every = "Id:id IsDeleted:boolean CreatedDate:datetime SystemModstamp:datetime " + fields
    pairs = (part.partition(":") for part in every.split())
    return ObjectType(name, prefix, {n: kind or "string" for n, _, kind in pairs}, parents)


_ADDRESS = " ".join(
    f"Billing{part}"
    for part in ("Street:textarea", "City", "State", "PostalCode", "Country", "CountryCode")
)
_LINE = (
    "Product2Id:reference ProductCode Quantity:double UnitPrice:currency ListPrice:currency "
    "Subtotal:currency Discount:percent TotalPrice:currency ServiceDate:date Description "
    "SortOrder:int HasSchedule:boolean HasRevenueSchedule:boolean HasQuantitySchedule:boolean "
    "CurrencyIsoCode:picklist"
)
_TYPES = (
    _type(
        "Account",
        "001",
        f"Name ParentId:reference MasterRecordId:reference Website:url {_ADDRESS}",
        {"Parent": ("ParentId", "Account"), "MasterRecord": ("MasterRecordId", "Account")},
    ),
    _type(
        "Contact",
        "003",
        "Name Email:email AccountId:reference",
        {"Account": ("AccountId", "Account")},
    ),
    _type("Product2", "01t", "Name ProductCode", {}),
    _type(
        "Opportunity",
        "006",
        "Name AccountId:reference StageName:picklist IsWon:boolean IsClosed:boolean CloseDate:date "
        "Amount:currency CurrencyIsoCode:picklist ContractId:reference SyncedQuoteId:reference",
        {
            "Account": ("AccountId", "Account"),
            "Contract": ("ContractId", "Contract"),
            "SyncedQuote": ("SyncedQuoteId", "Quote"),
        },
    ),
    _type(
        "OpportunityLineItem",
        "00k",
        f"OpportunityId:reference {_LINE}",
        {
            "Opportunity": ("OpportunityId", "Opportunity"),
            "Product2": ("Product2Id", "Product2"),
        },
    ),
    _type(
        "OpportunityLineItemSchedule",
        "00o",
        "OpportunityLineItemId:reference Type:picklist Quantity:double Revenue:currency "
        "ScheduleDate:date Description CurrencyIsoCode:picklist",
        {"OpportunityLineItem": ("OpportunityLineItemId", "OpportunityLineItem")},
    ),
    _type(
        "Quote",
        "0Q0",
        "OpportunityId:reference QuoteNumber Name Status:picklist IsSyncing:boolean "
        "TotalPrice:currency ShippingHandling:currency Tax:currency GrandTotal:currency "
        "CurrencyIsoCode:picklist",
        {"Opportunity": ("OpportunityId", "Opportunity")},
    ),
    _type(
        "QuoteLineItem",
        "0QL",
        f"QuoteId:reference OpportunityLineItemId:reference {_LINE}",
        {"Quote": ("QuoteId", "Quote"), "Product2": ("Product2Id", "Product2")},
    ),
    _type(
        "Contract",
        "800",
        "AccountId:reference ContractNumber StartDate:date EndDate:date ContractTerm:int "
        "Status:picklist StatusCode:picklist CustomerSignedDate:date",
        {"Account": ("AccountId", "Account")},
    ),
    _type(
        "OpportunityContactRole",
        "00K",
        "OpportunityId:reference ContactId:reference Role:picklist IsPrimary:boolean",
        {
            "Opportunity": ("OpportunityId", "Opportunity"),
            "Contact": ("ContactId", "Contact"),
        },
    ),
)


def standard_objects() -> dict[str, ObjectType]:
    return {each.name: each for each in _TYPES}


def without(
    types: Mapping[str, ObjectType], *, objects: tuple[str, ...] = (), field: str = ""
) -> dict[str, ObjectType]:
    """The objects when a feature is off: these objects, or a field everywhere, do not exist."""
    return {
        name: ObjectType(
            name,
            each.prefix,
            {f: kind for f, kind in each.fields.items() if f != field},
            {n: (f, t) for n, (f, t) in each.parents.items() if t not in objects},
        )
        for name, each in types.items()
        if name not in objects
    }


def with_field(
    types: Mapping[str, ObjectType], table: str, field: str, kind: str
) -> dict[str, ObjectType]:
    """The objects with a custom field more ("Term__c" of type "double")."""
    old = types[table]
    new = ObjectType(table, old.prefix, {**old.fields, field: kind}, old.parents)
    return {**types, table: new}
