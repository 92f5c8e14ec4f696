"""The tables and columns of the NetSuite-shaped ERP: storage, SuiteQL names and display texts.

From Oracle's public record and SuiteQL documentation; `custentity_dw_*` columns are assumptions
(see ASSUMPTIONS.md). Storage conventions: money is whole minor units of the row's currency and
`_scale` / `_basescale` are thousandths per minor unit; dates and times are whole seconds since
1970 on the account's wall clock, `_created` and `_modified` the same instants in UTC. Columns that
begin with an underscore are invisible to SuiteQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a SuiteQL value is; decides how it is compared, computed with and printed."""

    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"
    BOOL = "bool"
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `references` names the table its ids point to; `scale` the money scale column.

    `formula` makes it computed: `{t}` is the row's alias, `{now}` the wall clock in seconds.
    """

    name: str
    kind: Kind
    references: str = ""
    scale: str = ""
    formula: str = ""
    in_star: bool = True

    @property
    def hidden(self) -> bool:
        return self.name.startswith("_")


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `display` is the column BUILTIN.DF shows for ids that point here."""

    name: str
    columns: tuple[Column, ...]
    display: str = ""
    indexes: tuple[str, ...] = ()
    keyed: bool = True

    def column(self, name: str) -> Column | None:
        """The visible column of that lower-case name."""
        return next((c for c in self.columns if c.name == name and not c.hidden), None)

    def ddl(self) -> list[str]:
        """Statements that create the table and its indexes."""
        parts = [_storage(c, keyed=self.keyed) for c in self.columns if not c.formula]
        made = [f'CREATE TABLE IF NOT EXISTS "{self.name}" ({", ".join(parts)})']
        for number, index in enumerate(self.indexes):
            unique = "UNIQUE " if index.startswith("!") else ""
            columns = ", ".join(f'"{name}"' for name in index.lstrip("!").split(", "))
            made.append(
                f"CREATE {unique}INDEX IF NOT EXISTS ix_{self.name}_{number}"
                f' ON "{self.name}" ({columns})'
            )
        return made


_TEXTUAL = (Kind.TEXT, Kind.BOOL)


def _storage(column: Column, *, keyed: bool) -> str:
    if column.name == "id" and keyed:
        return '"id" INTEGER PRIMARY KEY'
    return f'"{column.name}" {"TEXT" if column.kind in _TEXTUAL else "INTEGER"}'


def _columns(spec: str) -> tuple[Column, ...]:
    """Read `name:kind[>table][*scale][-]` words; a trailing `-` keeps the column out of `*`."""
    made = []
    for word in spec.split():
        name, _, rest = word.partition(":")
        in_star = not rest.endswith("-")
        rest, _, scale = rest.rstrip("-").partition("*")
        kind, _, references = rest.partition(">")
        made.append(Column(name, _KINDS[kind], references, scale, in_star=in_star))
    return tuple(made)


_KINDS = {
    "n": Kind.NUMBER,
    "m": Kind.MONEY,
    "t": Kind.TEXT,
    "b": Kind.BOOL,
    "d": Kind.DATE,
    "dt": Kind.DATETIME,
}

_OPEN = "COALESCE(SUM((o.foreignamountunpaid - o.foreignpaymentamountunused) * o._scale), 0)"
_OWN = 'FROM "transaction" o WHERE o.entity = {t}.id'
_BALANCE = " ".join(
    (
        "(SELECT",
        _OPEN,
        _OWN,
        "AND o.currency = {t}.currency AND o._open = 1 AND o.type <> 'CustDep'",
    )
)
_DEPOSITS = " ".join(
    (
        "(SELECT COALESCE(SUM(o.foreignpaymentamountunused * o._scale), 0)",
        _OWN,
        "AND o.currency = {t}.currency AND o._open = 1 AND o.type = 'CustDep')",
    )
)
_UNBILLED = " ".join(
    (
        "(SELECT COALESCE(SUM(o.foreigntotal * o._scale), 0)",
        _OWN,
        "AND o.currency = {t}.currency AND o.type = 'SalesOrd' AND o.status IN ('B', 'F'))",
    )
)
_OVERDUE = "AND o._open = 1 AND o.type = 'CustInvc' AND o.duedate < {now} - {now} % 86400"
_LATE = "({now} - {now} % 86400 - MIN(o.duedate)) / 86400"
_DAYS = " ".join(("(SELECT", _LATE, _OWN, _OVERDUE, ")"))

TRANSACTION = Table(
    "transaction",
    _columns(
        "id:n type:t recordtype:t tranid:t transactionnumber:t trandisplayname:t"
        " entity:n>customer trandate:d duedate:d closedate:d createddate:dt lastmodifieddate:dt"
        " status:t approvalstatus:n currency:n>currency exchangerate:n foreigntotal:m*_scale"
        " foreignamountpaid:m*_scale- foreignamountunpaid:m*_scale-"
        " foreignpaymentamountused:m*_scale- foreignpaymentamountunused:m*_scale-"
        " postingperiod:n>accountingperiod posting:b void:b voided:b memo:t otherrefnum:t"
        " externalid:t terms:n>term source:t _subsidiary:n _scale:n _basescale:n _basetotal:n"
        " _araccount:n _account:n _undep:t _open:n _created:n _modified:n _createdfrom:n"
        " isreversal:b _department:n _class:n _location:n"
    ),
    display="trandisplayname",
    indexes=(
        "!recordtype, externalid",
        "entity, _open",
        "lastmodifieddate, id",
        "type, id",
        "tranid",
    ),
)

LINE = Table(
    "transactionline",
    _columns(
        "transaction:n>transaction id:n uniquekey:n linesequencenumber:n mainline:b taxline:b"
        " accountinglinetype:t itemtype:t item:n>item quantity:n rate:m*_scale"
        " netamount:m*_basescale foreignamount:m*_scale foreignamountpaid:m*_scale"
        " foreignamountunpaid:m*_scale entity:n>customer"
        " subsidiary:n>subsidiary expenseaccount:n>account"
        " createdfrom:n>transaction memo:t linelastmodifieddate:dt department:n>department"
        " class:n>classification location:n>location _scale:n _basescale:n"
    ),
    indexes=("transaction, id", "mainline, transaction"),
    keyed=False,
)

ACCOUNTING_LINE = Table(
    "transactionaccountingline",
    _columns(
        "transaction:n>transaction transactionline:n accountingbook:n account:n>account"
        " amount:m*_basescale debit:m*_basescale credit:m*_basescale netamount:m*_basescale"
        " exchangerate:n posting:b lastmodifieddate:dt _basescale:n"
    ),
    indexes=("transaction, transactionline", "account"),
    keyed=False,
)

_LINK_COLUMNS = (
    "previousdoc:n>transaction previousline:n previoustype:t nextdoc:n>transaction nextline:n"
    " nexttype:t linktype:t foreignamount:m*_scale lastmodifieddate:dt _scale:n _base:n"
)
NEXT_LINK = Table(
    "nexttransactionlinelink",
    _columns(_LINK_COLUMNS),
    indexes=("previousdoc, nextdoc", "nextdoc, previousdoc", "lastmodifieddate"),
    keyed=False,
)
PREVIOUS_LINK = Table(
    "previoustransactionlinelink",
    _columns(_LINK_COLUMNS),
    indexes=("nextdoc, previousdoc", "previousdoc, nextdoc", "lastmodifieddate"),
    keyed=False,
)

_CUSTOMER_COLUMNS = (
    "id:n entityid:t altname:t companyname:t fullname:t email:t phone:t parent:n>customer"
    " toplevelparent:n>customer currency:n>currency terms:n>term creditlimit:n isinactive:b"
    " isperson:b language:t externalid:t datecreated:dt lastmodifieddate:dt"
    " receivablesaccount:n>account custentity_dw_timezone:t custentity_dw_country:t"
    " custentity_dw_region:t custentity_dw_stripe_customer:t"
    " _subsidiary:n _created:n _modified:n"
)
CUSTOMER = Table(
    "customer",
    (
        *_columns(_CUSTOMER_COLUMNS),
        Column("balancesearch", Kind.MONEY, formula=_BALANCE + ")"),
        Column("overduebalancesearch", Kind.MONEY, formula=f"{_BALANCE} {_OVERDUE})"),
        Column("daysoverduesearch", Kind.NUMBER, formula=_DAYS),
        Column("depositbalancesearch", Kind.MONEY, formula=_DEPOSITS),
        Column("unbilledorderssearch", Kind.MONEY, formula=_UNBILLED),
    ),
    display="entityid",
    indexes=("!externalid", "lastmodifieddate, id", "parent"),
)

CONTACT = Table(
    "contact",
    _columns(
        "id:n entityid:t firstname:t lastname:t company:n>customer email:t title:t phone:t"
        " isinactive:b subsidiary:n>subsidiary externalid:t datecreated:dt lastmodifieddate:dt"
        " custentity_dw_role:t custentity_dw_language:t _created:n _modified:n"
    ),
    display="entityid",
    indexes=("!externalid", "company", "lastmodifieddate, id"),
)

_MASTERS = (
    Table(
        "subsidiary",
        _columns(
            "id:n name:t fullname:t currency:n>currency country:t parent:n>subsidiary"
            " iselimination:b isinactive:b externalid:t _created:n _modified:n"
        ),
        display="name",
    ),
    Table(
        "currency",
        _columns(
            "id:n symbol:t name:t currencyprecision:n exchangerate:n isbasecurrency:b"
            " isinactive:b externalid:t _created:n _modified:n"
        ),
        display="name",
    ),
    Table(
        "term",
        _columns(
            "id:n name:t daysuntilnetdue:n discountpercent:n daysuntilexpiry:n isinactive:b"
            " externalid:t _created:n _modified:n"
        ),
        display="name",
    ),
    Table(
        "account",
        _columns(
            "id:n acctnumber:t acctname:t- fullname:t accountsearchdisplayname:t accttype:t"
            " currency:n>currency subsidiary:n>subsidiary isinactive:b externalid:t"
            " _created:n _modified:n"
        ),
        display="accountsearchdisplayname",
    ),
    Table(
        "accountingperiod",
        _columns(
            "id:n periodname:t startdate:d enddate:d closed:b alllocked:b arlocked:b aplocked:b"
            " allownonglchanges:b isposting:b isquarter:b isyear:b isadjust:b isinactive:b"
            " parent:n>accountingperiod closedondate:dt externalid:t _created:n _modified:n"
        ),
        display="periodname",
        indexes=("startdate",),
    ),
)

_SEGMENT = "id:n name:t fullname:t parent:n isinactive:b externalid:t _created:n _modified:n"
_BOOKS = (
    *(
        Table(name, _columns(_SEGMENT), display="name")
        for name in ("department", "classification", "location")
    ),
    Table(
        "item",
        _columns(
            "id:n itemid:t displayname:t fullname:t description:t itemtype:t subtype:t"
            " incomeaccount:n>account isinactive:b externalid:t lastmodifieddate:dt"
            " _record:t _created:n _modified:n"
        ),
        display="itemid",
    ),
    Table(
        "currencyrate",
        _columns(
            "id:n basecurrency:n>currency transactioncurrency:n>currency exchangerate:n"
            " effectivedate:d lastmodifieddate:dt"
        ),
    ),
)

_TRACES = (
    Table(
        "deletedrecord",
        _columns(
            "recordid:n type:t name:t recordtypeid:n scriptid:t context:t deletedby:t"
            " deleteddate:dt iscustomrecord:b iscustomlist:b iscustomtransaction:b"
        ),
        indexes=("deleteddate",),
        keyed=False,
    ),
    Table(
        "systemnote",
        _columns(
            "id:n recordid:n recordtypeid:n field:t oldvalue:t newvalue:t date:dt name:t role:t"
            " context:t type:t lineid:n"
        ),
        indexes=("recordid",),
    ),
    Table(
        "customersubsidiaryrelationship",
        _columns("id:n entity:n>customer subsidiary:n>subsidiary isprimarysub:b isinactive:b"),
        indexes=("entity",),
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        TRANSACTION,
        LINE,
        ACCOUNTING_LINE,
        NEXT_LINK,
        PREVIOUS_LINK,
        CUSTOMER,
        CONTACT,
        *_MASTERS,
        *_BOOKS,
        *_TRACES,
    )
}
