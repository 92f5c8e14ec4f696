"""The SuiteQL of sums. Never ROWNUM here: it cuts rows before they are added up."""

from __future__ import annotations

from dataclasses import dataclass

from erp.netsuite.suiteql import DAY, Select, marks

_MAIN = "JOIN transactionline tl ON tl.transaction = t.id AND tl.mainline = 'T'"
_LEDGER = (
    "transactionaccountingline tal JOIN account a ON a.id = tal.account"
    " JOIN transactionline tl ON tl.transaction = tal.transaction AND tl.id = tal.transactionline"
)
_SPAN = f"t.trandate >= TO_DATE(?, '{DAY}') AND t.trandate <= TO_DATE(?, '{DAY}')"
_STANDS = "t.posting = 'T' AND t.voided = 'F' AND t.status <> 'V'"


@dataclass(frozen=True, slots=True)
class Shape:
    """What an account's totals can be told apart by; `book` is "" where it has only one."""

    subsidiaries: bool
    currencies: bool
    book: str

    @property
    def keys(self) -> tuple[str, ...]:
        return ("tl.subsidiary",) * self.subsidiaries + ("t.currency",) * self.currencies


def balances(column: str) -> Select:
    """Customers whose balance is not zero."""
    return Select(
        columns=("c.id", f"c.{column}"),
        tables="customer c",
        key="c.id",
        where=f"c.{column} <> 0",
        optional=("c.currency",),
    )


def control_totals(shape: Shape) -> tuple[str, tuple[str, ...]]:
    """The balance of all receivable accounts from posted ledger lines, and its parameters."""
    keys = ("tl.subsidiary",) * shape.subsidiaries
    where = "a.accttype = 'AcctRec' AND tal.posting = 'T'"
    if shape.book:
        where += " AND tal.accountingbook = ?"
    params = (shape.book,) if shape.book else ()
    return _grouped(keys, "SUM(tal.amount) AS balance", _LEDGER, where), params


def ledger_balances(shape: Shape, accounts: int) -> str:
    """Balances of so many accounts over posting periods that end by a day; the day comes first.

    The parameters are the day, the accounts and, where there are several, the book.
    """
    keys = (*("tl.subsidiary",) * shape.subsidiaries, "tal.account")
    where = (
        f"tal.posting = 'T' AND p.enddate <= TO_DATE(?, '{DAY}')"
        f" AND tal.account IN ({marks(['?'] * accounts)})"
    )
    if shape.book:
        where += " AND tal.accountingbook = ?"
    tables = (
        f"{_LEDGER} JOIN transaction t ON t.id = tal.transaction"
        " JOIN accountingperiod p ON p.id = t.postingperiod"
    )
    return _grouped(keys, "SUM(tal.amount) AS balance", tables, where)


def open_totals(shape: Shape) -> str:
    """Count, open amount and its base amount of open invoices."""
    base = "t.foreignamountunpaid * t.exchangerate" if shape.currencies else "t.foreignamountunpaid"
    sums = (
        f"COUNT(*) AS n, SUM(t.foreignamountunpaid) AS unpaid, SUM(ROUND({base}, 4)) AS unpaidbase"
    )
    where = f"t.type = 'CustInvc' AND t.foreignamountunpaid > 0 AND {_STANDS}"
    return _grouped(shape.keys, sums, f"transaction t {_MAIN}", where)


def period_totals(shape: Shape) -> str:
    """Count and sum by type of what was dated in a span (two parameters)."""
    keys = ("t.type", *shape.keys)
    where = f"t.type IN ('CustInvc', 'CustPymt', 'CustCred', 'CustRfnd') AND {_SPAN} AND {_STANDS}"
    return _grouped(keys, _SUM, f"transaction t {_MAIN}", where)


def deposited(shape: Shape) -> str:
    """Count and sum of what reached a bank account in a span (two parameters).

    Bank deposits, and payments and deposits of customers that were put into a bank directly.
    """
    banked = (
        "EXISTS (SELECT 1 FROM transactionaccountingline tal JOIN account a ON a.id = tal.account"
        " WHERE tal.transaction = t.id AND a.accttype = 'Bank' AND tal.posting = 'T')"
    )
    where = f"t.type IN ('CustPymt', 'CustDep', 'Deposit') AND {_SPAN} AND {_STANDS} AND {banked}"
    tables = f"transaction t {_MAIN}"
    return _grouped(shape.keys, _SUM, tables, where)


_SUM = "COUNT(*) AS n, SUM(t.foreigntotal) AS total"


def _grouped(keys: tuple[str, ...], sums: str, tables: str, where: str) -> str:
    listed = ", ".join(keys)
    words = ["SELECT", f"{listed}, {sums}" if keys else sums, "FROM", tables, "WHERE", where]
    words += ["GROUP BY", listed, "ORDER BY", listed] if keys else []
    return " ".join(words)
