"""Whether a NetSuite account is ready for us: every check really asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import date

from erp.netsuite.adapter import NetSuite
from erp.netsuite.connection import RECORDS
from erp.netsuite.doctor import checks
from erp.netsuite.doctor.finding import Finding, Wrong, checked
from erp.netsuite.doctor.permissions import LOGIN, PERMISSIONS, REST, WORKBOOK
from erp.netsuite.doctor.rights import permission
from erp.port import ErpRefused

_SIGN_IN = (
    "Check the account id, the certificate mapping (Setup > Integration > Manage Authentication >"
    " OAuth 2.0 Client Credentials (M2M) Setup; a sandbox refresh wipes it) and the private key"
    " file."
)
_TOLD = {"invalid_grant": f"The mapping needs an active user and a role with {LOGIN.path}."}
_LANGUAGE = (
    "Set the integration user's language to English (U.S.): Home > Set Preferences > General >"
    " Localization > Language. Refusals are told apart by their English words."
)
_CLOCK = "Set this machine's clock by NTP."
_PERIOD = "Open the period, or postings dated today are refused: Setup > Accounting > Manage"
_BANK = "Set NETSUITE_PAYMENT_ACCOUNT_ID to the internal id of an active bank account."


async def examine(erp: NetSuite, today: date) -> list[Finding]:
    """Everything worth knowing before the first import. Never raises for what NetSuite answers."""
    return [finding async for finding in _findings(erp, today)]


async def _findings(erp: NetSuite, today: date) -> AsyncGenerator[Finding]:
    erp.query.forget()
    login = await checked("netsuite sign-in", lambda: _signs_in(erp), _SIGN_IN)
    yield _explained(login)
    if not login.ok:
        return
    workbook = await checked(
        f"netsuite permission {WORKBOOK.id}",
        lambda: checks.queries_work(erp),
        f"Grant {WORKBOOK.path}.",
    )
    yield workbook
    asked = [permission(erp, one, queries=workbook.ok) for one in PERMISSIONS]
    for finding in await asyncio.gather(*asked):
        yield finding
    yield await checked("netsuite role", lambda: checks.role(erp), "")
    if not workbook.ok:
        return
    yield await checked("netsuite language", lambda: checks.language(erp), _LANGUAGE)
    yield await checked("netsuite features", lambda: checks.features(erp), "")
    yield await checked("netsuite columns", lambda: checks.columns(erp), WORKBOOK.path)
    yield await checked("netsuite clock", lambda: checks.clock(erp), _CLOCK)
    yield await checked("netsuite date format", lambda: checks.date_format(erp), "")
    async for finding in _books(erp, today):
        yield finding


async def _books(erp: NetSuite, today: date) -> AsyncGenerator[Finding]:
    period = f"{_PERIOD} Accounting Periods."
    yield await checked("netsuite open period", lambda: checks.period(erp, today), period)
    accounts = "Grant Lists > Accounts: View (LIST_ACCOUNT); the account needs an A/R account."
    yield await checked("netsuite receivables account", lambda: checks.receivables(erp), accounts)
    yield await checked("netsuite payment account", lambda: checks.payment_account(erp), _BANK)
    yield await checked("netsuite currencies", lambda: checks.currencies(erp), "")
    yield await checked("netsuite statuses", lambda: checks.statuses(erp), "")
    yield await checked("netsuite links", lambda: checks.links(erp), "")
    yield await checked("netsuite totals", lambda: checks.totals(erp), "")


async def _signs_in(erp: NetSuite) -> str:
    """A token, and one answer of the REST services."""
    try:
        await erp.client.get(f"{RECORDS}/metadata-catalog", {"select": "customer"})
    except ErpRefused as refused:
        if "INSUFFICIENT_PERMISSION" in str(refused):
            raise Wrong(str(refused), f"Grant {REST.path}.") from refused
        raise
    return erp.client.config.host


def _explained(login: Finding) -> Finding:
    """A finding whose fix is about the error code the token endpoint gave."""
    for code, fix in _TOLD.items():
        if not login.ok and code in login.detail:
            return Finding(login.name, ok=False, detail=login.detail, fix=fix)
    return login
