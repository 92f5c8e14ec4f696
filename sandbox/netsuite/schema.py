"""The tables and columns of the NetSuite-shaped ERP: storage, SuiteQL names and display texts.

From Oracle's public record and SuiteQL documentation; `custentity_dw_*` columns are assumptions
(see ASSUMPTIONS.md). `_created` and `_modified` are UTC seconds; formulas name the row's alias
`{t}` and the wall clock `{now}`.
"""

from __future__ import annotations

from sandbox.netsuite.columns import Column, Kind, Table
from sandbox.netsuite.columns import columns as _columns
from sandbox.netsuite.revenue_schema import REVENUE_TABLES

__all__ = ["TABLES", "Column", "Kind", "Table"]

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

_GROUP = _BALANCE.replace(
    "o.entity = {t}.id",
    "o.entity IN (SELECT k.id FROM customer k WHERE k.id = {t}.id OR k.parent = {t}.id)",
)
_HELD = (
    "(CASE WHEN {t}.creditholdoverride = 'ON' THEN 'T'"
    " WHEN {t}.creditholdoverride = 'AUTO' AND {t}.creditlimit IS NOT NULL"
    f" AND {_BALANCE}) > {{t}}.creditlimit * 1000 THEN 'T' ELSE 'F' END)"
)
_AGE = (
    "(CASE WHEN {{t}}._open = 1 AND {{t}}.{since} IS NOT NULL"
    " THEN MAX(0, ({{now}} - {{now}} % 86400 - {{t}}.{since}) / 86400) END)"
)

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
        " isreversal:b email:t abbrevtype:t custbody_dw_project:t"
        " custbody_dw_reference:t _department:n _class:n _location:n",
        Column("daysopen", Kind.NUMBER, formula=_AGE.format(since="trandate")),
        Column("daysoverduesearch", Kind.NUMBER, formula=_AGE.format(since="duedate")),
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


def _one_sided(name: str, comparison: str, sign: str) -> Column:
    amount = "{t}.foreignamount"
    formula = f"(CASE WHEN {amount} {comparison} 0 THEN {sign}{amount} END)"
    return Column(name, Kind.MONEY, scale="_scale", formula=formula)


_ELEMENT = (
    '(SELECT x.id FROM revenueelement x WHERE x._transaction = {t}."transaction"'
    " AND x._line = {t}.id)"
)
LINE = Table(
    "transactionline",
    _columns(
        "transaction:n>transaction id:n uniquekey:n linesequencenumber:n mainline:b taxline:b"
        " accountinglinetype:t itemtype:t item:n>item quantity:n rate:n units:t"
        " netamount:m*_basescale foreignamount:m*_scale foreignamountpaid:m*_scale"
        " foreignamountunpaid:m*_scale entity:n>customer"
        " subsidiary:n>subsidiary expenseaccount:n>account"
        " createdfrom:n>transaction memo:t linelastmodifieddate:dt department:n>department"
        " class:n>classification location:n>location closedate:d isclosed:b iscogs:b"
        " revrecstartdate:d>revrecschedule revrecenddate:d>revrecschedule custcol_dw_project:t"
        " custcol_dw_service_start:d custcol_dw_service_end:d _scale:n _basescale:n",
        Column("revenueelement", Kind.NUMBER, "revenueelement", formula=_ELEMENT),
        _one_sided("debitforeignamount", ">", ""),
        _one_sided("creditforeignamount", "<", "-"),
    ),
    indexes=("transaction, id", "mainline, transaction"),
    keyed=False,
)


def _in_books(name: str, column: str) -> Column:
    """A main line's amount at the document's rate, in whole minor units of the books."""
    amount = f"h.{column} * h._scale * h.exchangerate / h._basescale"
    words = (
        "(CASE {t}.transactionline WHEN 0 THEN",
        f"(SELECT CAST(ROUND({amount}) * h._basescale AS INTEGER)",
        'FROM "transaction" h WHERE h.id = {t}."transaction") END)',
    )
    return Column(name, Kind.MONEY, formula=" ".join(words))


ACCOUNTING_LINE = Table(
    "transactionaccountingline",
    _columns(
        "transaction:n>transaction transactionline:n accountingbook:n account:n>account"
        " amount:m*_basescale debit:m*_basescale credit:m*_basescale netamount:m*_basescale"
        " exchangerate:n posting:b lastmodifieddate:dt _basescale:n",
        _in_books("amountpaid", "foreignamountpaid"),
        _in_books("amountunpaid", "foreignamountunpaid"),
        _in_books("paymentamountused", "foreignpaymentamountused"),
        _in_books("paymentamountunused", "foreignpaymentamountunused"),
    ),
    indexes=("transaction, transactionline", "account"),
    keyed=False,
)

_LINK_COLUMNS = (
    "previousdoc:n>transaction previousline:n previoustype:t nextdoc:n>transaction nextline:n"
    " nexttype:t linktype:t foreignamount:m*_scale lastmodifieddate:dt _scale:n _base:n _discount:n"
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
    " receivablesaccount:n>account creditholdoverride:t"
    " custentity_dw_timezone:t custentity_dw_country:t custentity_dw_region:t"
    " custentity_dw_stripe_customer:t custentity_dw_segment:t"
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
        Column("consolbalancesearch", Kind.MONEY, formula=_GROUP + ")"),
        Column("consoloverduebalancesearch", Kind.MONEY, formula=f"{_GROUP} {_OVERDUE})"),
        Column("oncredithold", Kind.BOOL, formula=_HELD),
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
            "id:n name:t daysuntilnetdue:n discountpercent:n daysuntilexpiry:n datedriven:b"
            " dayofmonthnetdue:n installment:b preferred:b isinactive:b externalid:t _created:n"
            " _modified:n"
        ),
        display="name",
    ),
    Table(
        "account",
        _columns(
            "id:n acctnumber:t acctname:t- fullname:t accountsearchdisplayname:t accttype:t"
            " currency:n>currency subsidiary:t>subsidiary includechildren:b issummary:b"
            " parent:n>account generalrate:t eliminate:b isinactive:b externalid:t"
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

_SEGMENT = (
    "id:n name:t fullname:t parent:n subsidiary:t>subsidiary includechildren:b isinactive:b"
    " externalid:t _created:n _modified:n"
)
_BOOKS = (
    *(
        Table(name, _columns(_SEGMENT), display="name")
        for name in ("department", "classification", "location")
    ),
    Table(
        "item",
        _columns(
            "id:n itemid:t displayname:t fullname:t description:t itemtype:t subtype:t"
            " incomeaccount:n>account deferralaccount:n>account"
            " revenuerecognitionrule:n>revenuerecognitionrule"
            " createrevenueplanson:t>revenuearrangement subsidiary:t>subsidiary"
            " includechildren:b isinactive:b externalid:t createddate:dt"
            " lastmodifieddate:dt _record:t _created:n _modified:n"
        ),
        display="itemid",
    ),
    Table(
        "currencyrate",
        _columns(
            "id:n basecurrency:n>currency transactioncurrency:n>currency exchangerate:n"
            " effectivedate:d lastmodifieddate:dt"
        ),
        indexes=("effectivedate",),
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
        *REVENUE_TABLES,
        *_TRACES,
    )
}
