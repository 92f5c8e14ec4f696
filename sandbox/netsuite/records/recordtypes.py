"""The record types of the record service: their fields, and the columns that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """How a field looks in JSON."""

    TEXT = "text"
    BOOL = "bool"
    DATE = "date"
    DATETIME = "datetime"
    MONEY = "money"
    NUMBER = "number"
    REFERENCE = "reference"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Field:
    """A body field: JSON name, column, shape; `target` is the record type a reference means."""

    name: str
    column: str
    shape: Shape
    target: str = ""
    writable: bool = True


@dataclass(frozen=True, slots=True)
class RecordType:
    """A record type; `accepts` are further writable names without a column of their own."""

    name: str
    table: str
    fields: tuple[Field, ...]
    required: tuple[tuple[str, str], ...] = ()
    accepts: tuple[str, ...] = ()
    document: str = ""
    label: str = ""
    only: tuple[str, str] = ("", "")
    sublists: tuple[str, ...] = ()

    @property
    def condition(self) -> str:
        """SQL that tells its rows from others of the table."""
        column, value = ("recordtype", self.document) if self.document else self.only
        return f"{column} = '{value}'" if column else "1 = 1"

    def field(self, name: str) -> Field | None:
        """The field of that JSON name."""
        return next((field for field in self.fields if field.name == name), None)


_SHAPES = {
    "t": Shape.TEXT,
    "b": Shape.BOOL,
    "d": Shape.DATE,
    "dt": Shape.DATETIME,
    "m": Shape.MONEY,
    "n": Shape.NUMBER,
    "r": Shape.REFERENCE,
    "c": Shape.CHOICE,
}


def _fields(spec: str) -> tuple[Field, ...]:
    """Read `jsonName[=column]:shape[>record][!]` words; `!` means read only."""
    made = []
    for word in spec.split():
        names, _, rest = word.partition(":")
        name, _, column = names.partition("=")
        shape, _, target = rest.rstrip("!").partition(">")
        made.append(
            Field(name, column or name.lower(), _SHAPES[shape], target, not rest.endswith("!"))
        )
    return tuple(made)


_MODIFIED = " lastModifiedDate=_modified:dt! externalId:t"
_DOCUMENT = (
    "tranId:t transactionNumber:t! tranDate:d memo:t otherRefNum:t currency:r>currency"
    " exchangeRate:n subsidiary=_subsidiary:r>subsidiary postingPeriod:r>accountingperiod"
    " status:c! voided:b! createdDate=_created:dt! createdFrom=_createdfrom:r>transaction!"
    " department=_department:r>department class=_class:r>classification"
    " location=_location:r>location custbody_dw_project:t custbody_dw_reference:t" + _MODIFIED
)
_SENT = ("toBeEmailed", "customForm")

_CUSTOMER = RecordType(
    "customer",
    "customer",
    _fields(
        "entityId:t companyName:t altName:t email:t phone:t parent:r>customer currency:r>currency"
        " terms:r>term creditLimit:n isInactive:b isPerson:b language:t"
        " subsidiary=_subsidiary:r>subsidiary custentity_dw_timezone:t custentity_dw_country:t"
        " custentity_dw_region:t custentity_dw_stripe_customer:t custentity_dw_segment:t"
        " creditHoldOverride:c receivablesAccount:r>account dateCreated=_created:dt!" + _MODIFIED
    ),
    required=(("subsidiary", "Subsidiary"), ("companyName", "Company Name")),
    label="Customer",
)
_CONTACT = RecordType(
    "contact",
    "contact",
    _fields(
        "entityId:t firstName:t lastName:t company:r>customer email:t title:t phone:t isInactive:b"
        " subsidiary:r>subsidiary custentity_dw_role:t custentity_dw_language:t"
        " dateCreated=_created:dt!" + _MODIFIED
    ),
    required=(("entityId", "Contact"),),
    label="Contact",
)
_INVOICE = RecordType(
    "invoice",
    "transaction",
    _fields(
        "entity:r>customer dueDate:d terms:r>term approvalStatus:c total=foreigntotal:m!"
        " amountPaid=foreignamountpaid:m! amountRemaining=foreignamountunpaid:m!"
        " account=_araccount:r>account email:t " + _DOCUMENT
    ),
    required=(("entity", "Customer"), ("item", "Items")),
    accepts=("item", *_SENT),
    sublists=("item",),
    document="invoice",
    label="Invoice",
)
_PAYMENT = RecordType(
    "customerpayment",
    "transaction",
    _fields(
        "customer=entity:r>customer payment=foreigntotal:m applied=foreignpaymentamountused:m!"
        " unapplied=foreignpaymentamountunused:m! arAcct=_araccount:r>account"
        " account=_account:r>account undepFunds=_undep:c checkNumber=otherrefnum:t " + _DOCUMENT
    ),
    required=(("customer", "Customer"), ("payment", "Payment Amount")),
    accepts=("apply", "credit", "deposit", "autoApply", *_SENT),
    sublists=("apply", "credit", "deposit"),
    document="customerpayment",
    label="Customer Payment",
)
_CREDIT = RecordType(
    "creditmemo",
    "transaction",
    _fields(
        "entity:r>customer total=foreigntotal:m! applied=foreignpaymentamountused:m!"
        " unapplied=foreignpaymentamountunused:m! amountRemaining=foreignpaymentamountunused:m!"
        " account=_araccount:r>account " + _DOCUMENT
    ),
    required=(("entity", "Customer"), ("item", "Items")),
    accepts=("item", "apply", "autoApply", "email", *_SENT),
    sublists=("item", "apply"),
    document="creditmemo",
    label="Credit Memo",
)
_DEPOSIT = RecordType(
    "customerdeposit",
    "transaction",
    _fields(
        "customer=entity:r>customer payment=foreigntotal:m applied=foreignpaymentamountused:m!"
        " unapplied=foreignpaymentamountunused:m! account=_account:r>account undepFunds=_undep:c"
        " checkNumber=otherrefnum:t " + _DOCUMENT
    ),
    required=(("customer", "Customer"), ("payment", "Payment Amount")),
    accepts=("salesOrder", "paymentMethod", "paymentOption", *_SENT),
    document="customerdeposit",
    label="Customer Deposit",
)
_DEPOSIT_USE = RecordType(
    "depositapplication",
    "transaction",
    _fields(
        "customer=entity:r>customer deposit=_createdfrom:r>customerdeposit! total=foreigntotal:m!"
        " applied=foreignpaymentamountused:m! unapplied=foreignpaymentamountunused:m!"
        " arAcct=_araccount:r>account " + _DOCUMENT
    ),
    accepts=("apply", "limit", *_SENT),
    sublists=("apply",),
    document="depositapplication",
    label="Deposit Application",
)
_REFUND = RecordType(
    "customerrefund",
    "transaction",
    _fields(
        "customer=entity:r>customer total=foreigntotal:m! arAcct=_araccount:r>account"
        " account=_account:r>account checkNumber=otherrefnum:t " + _DOCUMENT
    ),
    required=(("customer", "Customer"), ("apply", "Apply")),
    accepts=("apply", "deposit", "paymentMethod", "paymentOption", *_SENT),
    sublists=("apply", "deposit"),
    document="customerrefund",
    label="Customer Refund",
)
_JOURNAL = RecordType(
    "journalentry",
    "transaction",
    _fields("total=foreigntotal:m! void:b! isReversal=isreversal:b! " + _DOCUMENT),
    required=(("line", "Lines"),),
    accepts=("line", "approved", "reversalDate", "reversalDefer", *_SENT),
    sublists=("line",),
    document="journalentry",
    label="Journal Entry",
)
_ORDER = RecordType(
    "salesorder",
    "transaction",
    _fields("entity:r>customer total=foreigntotal:m! terms:r>term approvalStatus:c " + _DOCUMENT),
    required=(("entity", "Customer"), ("item", "Items")),
    accepts=("item", "email", *_SENT),
    sublists=("item",),
    document="salesorder",
    label="Sales Order",
)
_ITEM_FIELDS = (
    "itemId:t displayName:t description:t incomeAccount:r>account"
    " deferredRevenueAccount=deferralaccount:r>account isInactive:b createdDate=_created:dt!"
    + _MODIFIED
)
_ITEMS = tuple(
    RecordType(name, "item", _fields(_ITEM_FIELDS), only=("_record", kind), label=label)
    for name, kind, label in (
        ("noninventorysaleitem", "nonInventorySaleItem", "Non-Inventory Item for Sale"),
        ("servicesaleitem", "serviceSaleItem", "Service for Sale"),
    )
)
_SEGMENTS = tuple(
    RecordType(name, name, _fields("name:t parent:r>" + name + " isInactive:b" + _MODIFIED))
    for name in ("department", "classification", "location")
)
_MASTERS = (
    RecordType(
        "term",
        "term",
        _fields(
            "name:t daysUntilNetDue:n discountPercent:n daysUntilExpiry:n dateDriven:b"
            " dayOfMonthNetDue:n installment:b preferred:b isInactive:b" + _MODIFIED
        ),
    ),
    RecordType(
        "currency",
        "currency",
        _fields(
            "name:t symbol:t currencyPrecision:n exchangeRate:n isBaseCurrency:b isInactive:b"
            + _MODIFIED
        ),
    ),
    RecordType(
        "subsidiary",
        "subsidiary",
        _fields(
            "name:t fullName:t currency:r>currency country:t parent:r>subsidiary isInactive:b"
            + _MODIFIED
        ),
    ),
    RecordType(
        "account",
        "account",
        _fields(
            "acctName:t acctNumber:t acctType=accttype:c currency:r>currency isSummary:b"
            " parent:r>account isInactive:b" + _MODIFIED
        ),
    ),
    RecordType(
        "accountingperiod",
        "accountingperiod",
        _fields(
            "periodName:t startDate:d endDate:d closed:b allLocked:b arLocked:b apLocked:b"
            " allowNonGLChanges:b isPosting:b isQuarter:b isYear:b isAdjust:b" + _MODIFIED
        ),
    ),
)

RECORD_TYPES: dict[str, RecordType] = {
    record.name: record
    for record in (
        _CUSTOMER,
        _CONTACT,
        _INVOICE,
        _PAYMENT,
        _CREDIT,
        _DEPOSIT,
        _DEPOSIT_USE,
        _REFUND,
        _JOURNAL,
        _ORDER,
        *_MASTERS,
        *_ITEMS,
        *_SEGMENTS,
    )
}
TRANSFORMS = {
    ("customer", "invoice"),
    ("customer", "customerpayment"),
    ("salesorder", "invoice"),
    ("invoice", "customerpayment"),
    ("invoice", "creditmemo"),
    ("customerpayment", "customerrefund"),
    ("customerdeposit", "depositapplication"),
    ("customerdeposit", "customerrefund"),
}
