"""Every SuiteQL query this service sends. Only bound parameters vary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from erp.netsuite.config import CustomFields
from erp.netsuite.suiteql import DAY, STAMP, Select, day, marks, stamp

NOW = " ".join(
    ("SELECT", stamp("SYSDATE"), "AS wall FROM accountingperiod FETCH FIRST 1 ROWS ONLY")
)
PAYMENT_BY_EXTERNAL_ID = (
    "SELECT t.id FROM transaction t WHERE t.externalid = ? AND t.type = 'CustPymt'"
    " ORDER BY t.id ASC"
)
# Which record tells how far the column's clock is from UTC: the one changed last.
LATEST_INVOICE = " ".join(
    (
        "SELECT t.id,",
        stamp("t.lastmodifieddate"),
        "AS lmd FROM transaction t WHERE t.type = 'CustInvc'",
        "ORDER BY t.lastmodifieddate DESC, t.id DESC FETCH FIRST 1 ROWS ONLY",
    )
)
CURRENCIES = Select(columns=("c.id", "c.symbol"), tables="currency c", key="c.id")
SUBSIDIARIES = Select(
    columns=("s.id", "s.name"),
    tables="subsidiary s",
    key="s.id",
    optional=("s.currency", "s.country"),
)
PERIODS = Select(
    columns=(
        "p.id",
        "p.periodname",
        f"{day('p.startdate')} AS startdate",
        f"{day('p.enddate')} AS enddate",
        "p.closed",
        "p.arlocked",
        "p.alllocked",
    ),
    tables="accountingperiod p",
    key="p.id",
    where="p.isyear = 'F' AND p.isquarter = 'F'",
)
RECEIVABLE_ACCOUNTS = Select(
    columns=("a.id", "a.fullname"),
    tables="account a",
    key="a.id",
    where="a.accttype = 'AcctRec' AND a.isinactive = 'F'",
)
BANK_ACCOUNTS = Select(
    columns=("a.id", "a.fullname"),
    tables="account a",
    key="a.id",
    where="a.accttype IN ('Bank', 'OthCurrAsset') AND a.isinactive = 'F'",
)
DOCUMENTS = Select(
    columns=(
        "t.id",
        "t.type",
        "t.tranid",
        "t.entity",
        "t.status",
        "t.voided",
        "t.foreigntotal",
        "t.foreignamountunpaid",
        "t.foreignpaymentamountunused",
        "t.externalid",
        "t.memo",
        "t.otherrefnum",
        f"{day('t.trandate')} AS trandate",
        f"{day('t.duedate')} AS duedate",
        f"{stamp('t.lastmodifieddate')} AS lmd",
    ),
    tables="transaction t JOIN transactionline tl ON tl.transaction = t.id AND tl.mainline = 'T'",
    key="t.id",
    where="t.type IN ('CustInvc', 'CustPymt', 'CustCred')",
    optional=("t.currency", "tl.subsidiary"),
)
LINKS = Select(
    columns=("l.nextdoc", "l.previousdoc", "l.foreignamount"),
    tables="nexttransactionlinelink l JOIN transaction t ON t.id = l.nextdoc",
    key="l.nextdoc",
    where=(
        "l.linktype = 'Payment' AND l.previoustype = 'CustInvc'"
        " AND t.type IN ('CustPymt', 'CustCred')"
    ),
    optional=("t.currency",),
)
_OPEN = (
    " AND ((t.type = 'CustInvc' AND t.status NOT IN ('B', 'V'))"
    " OR (t.type <> 'CustInvc' AND t.foreignpaymentamountunused > 0)"
    f" OR t.closedate >= TO_DATE(?, '{DAY}') OR t.trandate >= TO_DATE(?, '{DAY}'))"
)


def customers(fields: CustomFields) -> Select:
    """Customers with what the account knows of them."""
    return Select(
        columns=(
            "c.id",
            "c.entityid",
            "c.altname",
            "c.companyname",
            "c.email",
            "c.phone",
            "c.parent",
            "c.isinactive",
            f"{stamp('c.lastmodifieddate')} AS lmd",
        ),
        tables="customer c",
        key="c.id",
        optional=(
            "c.currency",
            "c.fullname",
            "c.language",
            "c.oncredithold",
            "c.creditholdoverride",
            f"c.{fields.timezone}",
            f"c.{fields.country}",
            f"c.{fields.region}",
            f"c.{fields.stripe_customer}",
            "r.subsidiary",
        ),
        optional_join=(
            "LEFT JOIN customersubsidiaryrelationship r ON r.entity = c.id AND r.isprimarysub = 'T'"
        ),
    )


def contacts(fields: CustomFields) -> Select:
    """Contacts of customers."""
    return Select(
        columns=("c.id", "c.entityid", "c.company", "c.email", "c.isinactive"),
        tables="contact c JOIN customer k ON k.id = c.company",
        key="c.id",
        optional=(
            "c.firstname",
            "c.lastname",
            f"c.{fields.contact_role}",
            f"c.{fields.contact_language}",
        ),
    )


def open_documents(closed_since: date) -> Select:
    """Documents that are open, or were closed or dated since a day."""
    return _narrowed(DOCUMENTS, _OPEN, (closed_since.isoformat(),) * 2)


def open_links(closed_since: date) -> Select:
    """The applications of the settlements among `open_documents`."""
    return _narrowed(LINKS, _OPEN, (closed_since.isoformat(),) * 2)


def among(select: Select, column: str, values: Sequence[str]) -> Select:
    """Only rows whose column is one of at most MOST_IN values."""
    return _narrowed(select, f" AND {column} IN ({marks(values)})", tuple(values))


def changed(select: Select, alias: str, low: str, high: str) -> Select:
    """Only rows changed between two wall-clock instants of the account."""
    column = f"{alias}.lastmodifieddate"
    words = f" AND {column} >= TO_DATE(?, '{STAMP}') AND {column} <= TO_DATE(?, '{STAMP}')"
    return _narrowed(select, words, (low, high))


def payments_like(customer_netsuite_id: str, first: date, last: date) -> Select:
    """Customer payments of one customer dated in a span."""
    words = (
        " AND t.type = 'CustPymt' AND t.entity = ?"
        f" AND t.trandate >= TO_DATE(?, '{DAY}') AND t.trandate <= TO_DATE(?, '{DAY}')"
    )
    params = (customer_netsuite_id, first.isoformat(), last.isoformat())
    return _narrowed(DOCUMENTS, words, params)


def _narrowed(select: Select, words: str, params: tuple[str, ...]) -> Select:
    return replace(select, where=select.where + words, params=(*select.params, *params))
