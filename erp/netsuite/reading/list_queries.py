"""The SuiteQL queries for lists: subsidiaries, periods, terms, items, accounts, rates."""

from __future__ import annotations

from erp.netsuite.suiteql import DAY, Select, day

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
TERMS = Select(
    columns=("m.id", "m.name", "m.isinactive"),
    tables="term m",
    key="m.id",
    optional=(
        "m.daysuntilnetdue",
        "m.discountpercent",
        "m.daysuntilexpiry",
        "m.datedriven",
        "m.installment",
    ),
)
ACCOUNTS = Select(
    columns=("a.id", "a.fullname", "a.accttype", "a.isinactive"),
    tables="account a",
    key="a.id",
    optional=("a.acctnumber", "a.currency", "a.subsidiary", "a.issummary"),
)
CLASSIFICATIONS = {
    kind: Select(columns=("k.id", "k.name", "k.isinactive"), tables=f"{table} k", key="k.id")
    for kind, table in (
        ("department", "department"),
        ("class", "classification"),
        ("location", "location"),
    )
}
RATES = Select(
    columns=(
        "r.id",
        "r.basecurrency",
        "r.transactioncurrency",
        "r.exchangerate",
        f"{day('r.effectivedate')} AS effectivedate",
    ),
    tables="currencyrate r",
    key="r.id",
    where=f"r.effectivedate >= TO_DATE(?, '{DAY}')",
)


def items(deferral: str) -> Select:
    """Items; `deferral` is the column of the account revenue is deferred to."""
    return Select(
        columns=("i.id", "i.itemid", "i.itemtype", "i.isinactive"),
        tables="item i",
        key="i.id",
        optional=(
            "i.displayname",
            "i.description",
            "i.incomeaccount",
            f"i.{deferral}",
            "i.revenuerecognitionrule",
            "i.subsidiary",
        ),
    )
