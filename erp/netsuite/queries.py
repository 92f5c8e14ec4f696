"""The SuiteQL queries for documents, applications and parties. Only bound parameters vary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from erp.netsuite.config import CustomFields
from erp.netsuite.suiteql import DAY, STAMP, Select, day, marks, stamp

NOW = " ".join(
    ("SELECT", stamp("SYSDATE"), "AS wall FROM accountingperiod FETCH FIRST 1 ROWS ONLY")
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
_HEADER = (
    "t.id",
    "t.type",
    "t.tranid",
    "t.status",
    "t.voided",
    "t.foreigntotal",
    "t.foreignamountunpaid",
    "t.foreignpaymentamountunused",
    "t.externalid",
    "t.memo",
    "t.otherrefnum",
    "t.postingperiod",
    f"{day('t.trandate')} AS trandate",
    f"{day('t.duedate')} AS duedate",
    f"{stamp('t.lastmodifieddate')} AS lmd",
)
_OPTIONAL = ("t.currency", "t.exchangerate", "t.terms", "tl.subsidiary")
DOCUMENTS = Select(
    columns=(*_HEADER, "t.entity"),
    tables="transaction t JOIN transactionline tl ON tl.transaction = t.id AND tl.mainline = 'T'",
    key="t.id",
    where="t.type IN ('CustInvc', 'CustPymt', 'CustCred', 'CustDep', 'DepAppl', 'CustRfnd')",
    optional=_OPTIONAL,
)
# A journal has no main line of its own: what counts is its line on a receivable account that
# names a customer. The ledger line tells the account; one not posted yet only its own line.
JOURNALS = Select(
    columns=(*_HEADER, "tl.entity", "tl.foreignamount"),
    tables=(
        "transaction t JOIN transactionline tl ON tl.transaction = t.id"
        " LEFT JOIN transactionaccountingline tal ON tal.transaction = tl.transaction"
        " AND tal.transactionline = tl.id"
        " JOIN account a ON a.id = NVL(tal.account, tl.expenseaccount)"
    ),
    key="t.id",
    where="t.type = 'Journal' AND a.accttype = 'AcctRec' AND tl.entity > 0",
    optional=_OPTIONAL,
    ties=("tl.id",),
)
_SETTLES = "'CustPymt', 'CustCred', 'DepAppl', 'CustRfnd', 'Journal'"
_SETTLED = "'CustInvc', 'Journal', 'CustPymt', 'CustCred', 'CustDep'"
LINKS = Select(
    columns=("l.nextdoc", "l.previousdoc", "l.foreignamount"),
    tables="nexttransactionlinelink l JOIN transaction t ON t.id = l.nextdoc",
    key="l.nextdoc",
    where=f"l.previoustype IN ({_SETTLED}) AND t.type IN ({_SETTLES})",
    optional=("t.currency",),
    ties=("l.previousdoc", "l.previousline", "l.nextline"),
)
_OPEN = (
    " AND ((t.type = 'CustInvc' AND t.status NOT IN ('B', 'V'))"
    " OR (t.type <> 'CustInvc' AND t.foreignpaymentamountunused > 0)"
    " OR (t.type = 'Journal' AND t.foreignamountunpaid > 0)"
    f" OR t.closedate >= TO_DATE(?, '{DAY}') OR t.trandate >= TO_DATE(?, '{DAY}'))"
)
DELETED = Select(
    columns=("d.recordid", "d.name", "d.type", f"{stamp('d.deleteddate')} AS deleteddate"),
    tables="deletedrecord d",
    key="d.recordid",
    optional=("d.deletedby", "d.scriptid"),
    ties=("d.deleteddate",),
)
# Transactions have record type -30 in system notes.
NOTES = Select(
    columns=(
        "n.recordid",
        "n.field",
        f"{stamp('n.date')} AS noted",
        "BUILTIN.DF(n.name) AS author",
    ),
    tables="systemnote n",
    key="n.recordid",
    where="n.recordtypeid = -30",
    optional=("n.oldvalue", "n.newvalue"),
    ties=("n.date", "n.id"),
)


def links(types: Sequence[str]) -> Select:
    """Applications: links of the types that settle a document."""
    return _narrowed(LINKS, f" AND l.linktype IN ({marks(types)})", tuple(types))


def journals(book: str) -> Select:
    """Journal lines on receivables, by the ledger lines of one accounting book ("" for any)."""
    if not book:
        return JOURNALS
    words = " AND (tal.accountingbook = ? OR tal.accountingbook IS NULL)"
    return _narrowed(JOURNALS, words, (book,))


def lines(starts: str, ends: str) -> Select:
    """Lines of invoices; `starts` and `ends` are the columns of the time a line is for."""
    return Select(
        columns=(
            "tl.transaction",
            "tl.id",
            "tl.item",
            "tl.quantity",
            "tl.foreignamount",
            "tl.expenseaccount",
            "tl.memo",
            "tl.taxline",
        ),
        tables="transactionline tl JOIN transaction t ON t.id = tl.transaction",
        key="tl.transaction",
        where="t.type = 'CustInvc' AND tl.mainline = 'F'",
        optional=(
            "t.currency",
            "tl.accountinglinetype",
            "tl.iscogs",
            "tl.department",
            "tl.class",
            "tl.location",
            f"{day(f'tl.{starts}')} AS starts",
            f"{day(f'tl.{ends}')} AS ends",
        ),
        ties=("tl.id",),
    )


def open_scope(select: Select, closed_since: date) -> Select:
    """Only documents `t` that are open, or were closed or dated since a day."""
    return _narrowed(select, _OPEN, (closed_since.isoformat(),) * 2)


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
            "c.creditlimit",
            "c.terms",
            "c.externalid",
            "c.language",
            "c.oncredithold",
            "c.creditholdoverride",
            f"c.{fields.timezone}",
            f"c.{fields.country}",
            f"c.{fields.region}",
            f"c.{fields.stripe_customer}",
            *(f"c.{name}" for name in fields.of_customers),
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


def containing(fields: CustomFields, columns: Sequence[str], part: str) -> Select:
    """Customers with a text in one of these columns, whatever its case (`part` in capitals)."""
    words = " OR ".join(f"UPPER({column}) LIKE ?" for column in columns)
    pattern = f"%{part.replace('%', '')}%"
    return _narrowed(customers(fields), f" AND ({words})", (pattern,) * len(columns))


def documents(fields: CustomFields) -> Select:
    """Documents of every kind but journals, with the custom fields that are kept."""
    kept = (f"t.{name}" for name in fields.of_documents)
    return replace(DOCUMENTS, optional=(*DOCUMENTS.optional, *kept))


def open_links(closed_since: date, types: Sequence[str] = ("Payment",)) -> Select:
    """The applications of the settlements among `open_documents`."""
    return open_scope(links(types), closed_since)


def among(select: Select, column: str, values: Sequence[str]) -> Select:
    """Only rows whose column is one of at most MOST_IN values."""
    return _narrowed(select, f" AND {column} IN ({marks(values)})", tuple(values))


def changed(
    select: Select, alias: str, low: str, high: str, *, name: str = "lastmodifieddate"
) -> Select:
    """Only rows changed between two wall-clock instants of the account."""
    column = f"{alias}.{name}"
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
