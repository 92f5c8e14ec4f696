"""Whether a NetSuite account is ready for us: every probe really asks."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta

from erp.netsuite import queries
from erp.netsuite.adapter import NetSuite
from erp.netsuite.client import QueryRefused
from erp.netsuite.errors import Kind
from erp.netsuite.reading import list_queries
from erp.netsuite.suiteql import Select
from erp.port import ErpRefused, ErpUnavailable

_NOBODY = "-1"
_WORKBOOK = "Give the role the permission SuiteAnalytics Workbook (Reports), and REST Web Services."
# Table, whether the product needs it, and the permission that opens it (Oracle's permission ids).
_TABLES = (
    ("customer", True, "Lists > Customers, View"),
    ("contact", True, "Lists > Contacts, View"),
    ("transaction", True, "Transactions > Find Transaction, Invoice and Customer Payment, View"),
    ("transactionline", True, "Transactions > Find Transaction, View"),
    ("nexttransactionlinelink", True, "Transactions > Find Transaction, View"),
    ("accountingperiod", True, "Setup > Manage Accounting Periods, View"),
    ("account", True, "Lists > Accounts, View"),
    ("currency", False, "Lists > Currency, View (unless the account has one currency only)"),
    ("subsidiary", False, "Lists > Subsidiaries, View (OneWorld only)"),
    ("customersubsidiaryrelationship", False, "Lists > Customers, View (OneWorld only)"),
)
_KEYS = {
    "transactionline": "x.uniquekey",
    "nexttransactionlinelink": "x.nextdoc",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked. `fix` says what to do when it is not `ok`."""

    name: str
    ok: bool
    detail: str
    fix: str = ""


async def examine(erp: NetSuite, today: date) -> list[Finding]:
    """Everything worth knowing before the first import. Never raises for what NetSuite answers."""
    return [finding async for finding in _findings(erp, today)]


async def _findings(erp: NetSuite, today: date) -> AsyncGenerator[Finding]:
    login = await _probe("netsuite sign-in", lambda: _signs_in(erp), _SIGN_IN)
    yield login
    if not login.ok:
        return
    for table, needed, permission in _TABLES:
        yield await _table(erp, table, needed=needed, permission=permission)
    yield await _probe("netsuite columns", lambda: _columns(erp), _WORKBOOK)
    yield await _probe("netsuite clock", lambda: _clock(erp), _CLOCK)
    yield await _probe("netsuite open period", lambda: _period(erp, today), _PERIOD)
    yield await _probe("netsuite receivables account", lambda: _receivables(erp), _ACCOUNTS)
    yield await _probe("netsuite payment account", lambda: _payment_account(erp), _BANK)


_SIGN_IN = (
    "Check the account id, the certificate mapping (OAuth 2.0 Client Credentials Setup; a sandbox"
    " refresh wipes it) and the private key file."
)
_CLOCK = "Set this machine's clock by NTP."
_PERIOD = "Open the accounting period, or payments dated today will be refused."
_ACCOUNTS = "Give the role Lists > Accounts, View; the account needs an A/R account."
_BANK = "Set NETSUITE_PAYMENT_ACCOUNT_ID to the internal id of an active bank account."


class _Wrong(Exception):
    """A probe found something that must be put right."""


async def _probe(name: str, ask: Callable[[], Awaitable[str]], fix: str) -> Finding:
    try:
        return Finding(name, ok=True, detail=await ask())
    except QueryRefused as refused:
        hint = _WORKBOOK if refused.problem.kind is Kind.PERMISSION else fix
        return Finding(name, ok=False, detail=str(refused), fix=hint)
    except (ErpRefused, ErpUnavailable, _Wrong) as error:
        return Finding(name, ok=False, detail=str(error), fix=fix)


async def _signs_in(erp: NetSuite) -> str:
    found = await erp.query.rows(queries.NOW)
    if not found:
        raise _Wrong("the account shows no accounting period")
    return erp.client.config.host


async def _table(erp: NetSuite, table: str, *, needed: bool, permission: str) -> Finding:
    key = _KEYS.get(table, "x.id")
    name = f"netsuite table {table}"
    sql = " ".join(("SELECT", key, "FROM", table, "x WHERE", key, "= ?"))
    try:
        await erp.query.rows(sql, (_NOBODY,))
    except QueryRefused as refused:
        absent = not needed and refused.problem.kind is Kind.UNKNOWN_FIELD
        detail = "not in this account" if absent else str(refused)
        return Finding(name, ok=absent, detail=detail, fix="" if absent else f"Grant {permission}.")
    except (ErpRefused, ErpUnavailable) as error:
        return Finding(name, ok=False, detail=str(error), fix=f"Grant {permission}.")
    return Finding(name, ok=True, detail="readable")


async def _columns(erp: NetSuite) -> str:
    """Every query of the import, for an id nobody has."""
    fields = erp.client.config.fields
    asked: tuple[Select, ...] = (
        queries.among(queries.customers(fields), "c.id", (_NOBODY,)),
        queries.among(queries.contacts(fields), "c.id", (_NOBODY,)),
        queries.among(queries.DOCUMENTS, "t.id", (_NOBODY,)),
        queries.among(queries.LINKS, "l.nextdoc", (_NOBODY,)),
    )
    for select in asked:
        await erp.query.all(select)
    absent = erp.query.absent()
    return f"without {', '.join(absent)}" if absent else "all there"


async def _clock(erp: NetSuite) -> str:
    """The account's clock; its distance from ours to the nearest quarter of an hour is its zone."""
    theirs, ours = await erp.now(), erp.client.clock()
    apart = abs(theirs - ours)
    if apart > timedelta(minutes=2):
        raise _Wrong(f"its clock and ours differ by {int(apart.total_seconds())} s")
    hours = (await erp.offset()).total_seconds() / 3600
    return f"UTC{hours:+g} h, {int(apart.total_seconds())} s apart"


async def _period(erp: NetSuite, today: date) -> str:
    found = [p for p in await erp.periods() if p.starts_on <= today <= p.ends_on]
    if not found:
        raise _Wrong(f"there is no accounting period for {today}")
    shut = [p.name for p in found if p.closed or p.ar_locked or p.all_locked]
    if shut:
        raise _Wrong(f"{', '.join(shut)} is closed or locked")
    return f"{found[0].name} is open"


async def _receivables(erp: NetSuite) -> str:
    accounts = await erp.query.all(list_queries.RECEIVABLE_ACCOUNTS)
    if not accounts:
        raise _Wrong("no active account of type A/R")
    return ", ".join(row.get("fullname", row["id"]) for row in accounts[:3])


async def _payment_account(erp: NetSuite) -> str:
    account_id = erp.client.config.payment_account_id
    if not account_id:
        return "payments go to undeposited funds"
    if not account_id.isdecimal():
        raise _Wrong(f"{account_id!r} is not an internal id")
    found = await erp.query.all(queries.among(list_queries.BANK_ACCOUNTS, "a.id", (account_id,)))
    if not found:
        raise _Wrong(f"account {account_id} is no active bank account")
    return found[0].get("fullname", account_id)
