"""What is looked at in an account besides permissions: clock, formats, books, assumptions."""

from __future__ import annotations

import re
from datetime import date, timedelta

from erp.netsuite import queries
from erp.netsuite.adapter import NetSuite
from erp.netsuite.capabilities import capabilities
from erp.netsuite.client import QueryRefused
from erp.netsuite.doctor.finding import Wrong
from erp.netsuite.doctor.permissions import PERMISSIONS
from erp.netsuite.errors import Kind
from erp.netsuite.reading import list_queries
from erp.netsuite.suiteql import NOBODY, Select
from erp.port import ErpRefused, ErpUnavailable

_APART = timedelta(minutes=2)
_LIMITS = "/services/rest/system/v1/governanceLimits"
_SHOWN = (
    "SELECT p.enddate AS shown, TO_CHAR(p.enddate, 'YYYY-MM-DD') AS iso FROM accountingperiod p"
    " ORDER BY p.id ASC FETCH FIRST 1 ROWS ONLY"
)
_STATUSES = (
    "SELECT t.status, COUNT(*) AS n FROM transaction t WHERE t.type = 'CustInvc'"
    " GROUP BY t.status ORDER BY t.status"
)
_LINKS = (
    "SELECT l.linktype, COUNT(*) AS n FROM nexttransactionlinelink l"
    " WHERE l.previoustype = 'CustInvc' AND l.nexttype IN ('CustPymt', 'CustCred')"
    " GROUP BY l.linktype ORDER BY l.linktype"
)


async def queries_work(erp: NetSuite) -> str:
    """SuiteQL answers, if only that a table is not shown."""
    try:
        await erp.query.rows(queries.NOW)
    except QueryRefused as refused:
        if refused.problem.kind is not Kind.UNKNOWN_FIELD:
            raise
    return "SuiteQL answers"


async def role(erp: NetSuite) -> str:
    """Only an administrator is told the account's limits (Oracle help article_0625010817)."""
    try:
        await erp.client.get(_LIMITS)
    except (ErpRefused, ErpUnavailable):
        return "not an administrator's"
    raise Wrong("this is an administrator's role", "Give the integration a role of its own.")


async def language(erp: NetSuite) -> str:
    """A refusal that we provoke must be one that we understand."""
    try:
        await erp.query.rows("SELECT c.dw_no_such_column FROM customer c WHERE c.id = -1")
    except ErpUnavailable:
        return "unknown columns are answered like a failure of the server"
    except QueryRefused as refused:
        if refused.problem.kind is not Kind.UNKNOWN_FIELD:
            raise Wrong(f"an unknown column is refused with: {refused.problem.detail}") from refused
    return "English"


async def features(erp: NetSuite) -> str:
    """Features, as NetSuite calls them."""
    found = await capabilities(erp)
    without = f"; without {', '.join(found.missing)}" if found.missing else ""
    return f"{', '.join(found.features) or 'none'}{without}"


async def columns(erp: NetSuite) -> str:
    """Every query of the import, for an id nobody has."""
    fields, known = erp.client.config.fields, erp.client.config.conventions
    asked: tuple[tuple[Select, str], ...] = (
        (queries.customers(fields), "c.id"),
        (queries.contacts(fields), "c.id"),
        (queries.DOCUMENTS, "t.id"),
        (queries.links(known.link_types), "l.nextdoc"),
        (queries.lines(known.line_starts_column, known.line_ends_column), "tl.transaction"),
        (list_queries.items(known.deferral_column), "i.id"),
        (list_queries.ACCOUNTS, "a.id"),
    )
    for select, key in asked:
        await erp.query.all(queries.among(select, key, (NOBODY,)))
    absent = erp.query.absent()
    return f"without {', '.join(absent)}" if absent else "all there"


async def clock(erp: NetSuite) -> str:
    """The account's clock; its distance from ours to the nearest quarter of an hour is its zone."""
    theirs, ours = await erp.now(), erp.client.clock()
    seconds = int(abs(theirs - ours).total_seconds())
    if timedelta(seconds=seconds) > _APART:
        raise Wrong(f"its clock and ours differ by {seconds} s")
    measured = await erp.measured_offset()
    zone = erp.client.config.conventions.time_zone
    if zone and abs(measured - await erp.offset()) > timedelta(hours=1):
        hours = measured.total_seconds() / 3600
        raise Wrong(
            f"times are UTC{hours:+g} h, not those of {zone}", "Correct NETSUITE_TIME_ZONE."
        )
    hours = (await erp.offset()).total_seconds() / 3600
    return f"UTC{hours:+g} h{f' ({zone})' if zone else ''}, {seconds} s apart"


async def date_format(erp: NetSuite) -> str:
    """How the user's preference shows dates; we never rely on it."""
    found = await erp.query.rows(_SHOWN)
    if not found or "iso" not in found[0]:
        raise Wrong("dates cannot be read", "TO_CHAR of a date gave nothing: tell us, please.")
    year, month, day = found[0]["iso"].split("-")
    shown = found[0].get("shown", "")
    for text, sign in ((year, "YYYY"), (month, "MM"), (day, "DD"), (str(int(month)), "M")):
        shown = re.sub(rf"(?<!\d){text}(?!\d)", sign, shown, count=1)
    shown = shown if "MM" in shown else shown.replace("DD", "D")
    return f"shown as {shown}, read as YYYY-MM-DD"


async def period(erp: NetSuite, today: date) -> str:
    """The period of today takes postings."""
    found = [p for p in await erp.periods() if p.starts_on <= today <= p.ends_on]
    if not found:
        raise Wrong(f"there is no accounting period for {today}")
    shut = [p.name for p in found if p.closed or p.ar_locked or p.all_locked]
    if shut:
        raise Wrong(f"{', '.join(shut)} is closed or locked")
    return f"{found[0].name} is open"


async def receivables(erp: NetSuite) -> str:
    """There is an account that invoices are posted to."""
    accounts = await erp.query.all(list_queries.RECEIVABLE_ACCOUNTS)
    if not accounts:
        raise Wrong("no active account of type A/R")
    return ", ".join(row.get("fullname", row["id"]) for row in accounts[:3])


async def payment_account(erp: NetSuite) -> str:
    """Where payments go."""
    account_id = erp.client.config.payment_account_id
    if not account_id:
        return "payments go to undeposited funds"
    if not account_id.isdecimal():
        raise Wrong(f"{account_id!r} is not an internal id")
    found = await erp.query.all(queries.among(list_queries.BANK_ACCOUNTS, "a.id", (account_id,)))
    if not found:
        raise Wrong(f"account {account_id} is no active bank account")
    return found[0].get("fullname", account_id)


async def currencies(erp: NetSuite) -> str:
    """The currencies of the account."""
    known = dict(await erp.currencies())
    base = known.pop("")
    return ", ".join(sorted(known.values())) or f"only {base} (NETSUITE_BASE_CURRENCY)"


async def statuses(erp: NetSuite) -> str:
    """Every status letter of an invoice has a meaning."""
    known = dict(erp.client.config.conventions.invoice_statuses)
    found = {row.get("status", ""): row["n"] for row in await erp.query.rows(_STATUSES)}
    strange = [f"{letter} ({n})" for letter, n in found.items() if letter not in known]
    if strange:
        words = f"invoices have statuses nobody explained: {', '.join(strange)}"
        raise Wrong(words, "Say what they mean in NETSUITE_INVOICE_STATUSES.")
    return ", ".join(f"{known[letter]} {n}" for letter, n in found.items()) or "no invoices yet"


async def links(erp: NetSuite) -> str:
    """Payments and credits are tied to invoices by the link types that are configured."""
    known = erp.client.config.conventions.link_types
    found = {row.get("linktype", ""): row["n"] for row in await erp.query.rows(_LINKS)}
    if found and not any(name in known for name in found):
        words = f"payments are tied to invoices by {', '.join(found)}, not {', '.join(known)}"
        raise Wrong(words, "Name them in NETSUITE_LINK_TYPES.")
    return ", ".join(f"{name} {n}" for name, n in found.items()) or "no payments yet"


async def totals(erp: NetSuite) -> str:
    """The sums that the mirror is checked against can be asked for."""
    try:
        await erp.balances()
        control = await erp.control_totals()
    except QueryRefused:
        raise
    except ErpRefused as refused:
        raise Wrong(str(refused), _hidden(str(refused))) from refused
    return "; ".join(f"A/R {total.balance}" for total in control) or "no A/R lines yet"


def _hidden(words: str) -> str:
    """The permission for what a refusal of ours says the role does not see."""
    paths = [one.path for one in PERMISSIONS if any(f"see {name} " in words for name in one.tables)]
    return f"Grant {paths[0]}." if paths else ""
