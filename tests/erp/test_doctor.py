"""The doctor says what is wrong, in NetSuite's words, and where a person puts it right."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from erp.netsuite.capabilities import capabilities
from erp.netsuite.config import Conventions, NetSuiteConfig, OAuth2Credentials
from erp.netsuite.doctor import Finding, examine
from erp.netsuite.doctor.permissions import PERMISSIONS, Permission
from sandbox.netsuite.access.roles import ARM
from sandbox.netsuite.keys import generate_key_pair
from tests.erp.account import CLIENT_ID, START, Connected, connected, small_company
from tests.erp.mangling import Mangler, Sent

COMPANY = small_company(3, 6)
ROLES = "Setup > Users/Roles > Manage Roles > (the role) > Edit > Permissions > "
WORKBOOK = f"Grant {ROLES}Reports > SuiteAnalytics Workbook: Edit (REPO_ANALYTICS)."


async def found(netsuite: Connected) -> dict[str, Finding]:
    return {f.name: f for f in await examine(netsuite.erp, START.date())}


def wrong(findings: dict[str, Finding]) -> dict[str, str]:
    return {f.name: f.detail for f in findings.values() if not f.ok}


async def test_a_healthy_account() -> None:
    async with connected(COMPANY) as netsuite:
        findings = await found(netsuite)
    assert [f for f in findings.values() if not f.ok or f.fix] == []
    told = {name.removeprefix("netsuite "): f.detail for name, f in findings.items()}
    assert told["clock"] == "UTC-7 h, 0 s apart"
    assert told["open period"] == "Mar 2026 is open"
    assert told["payment account"] == "payments go to undeposited funds"
    assert told["date format"] == "shown as M/D/YYYY, read as YYYY-MM-DD"
    assert told["language"] == "English"
    assert told["role"] == "not an administrator's"
    assert "USD" in told["currencies"]
    assert told["links"].startswith("Payment ")
    assert "A/R" in told["totals"]
    assert told["features"].startswith("OneWorld (subsidiaries), Multiple Currencies")


async def test_it_changes_nothing() -> None:
    async with connected(COMPANY) as netsuite:
        store = netsuite.account.store
        tables = ("transaction", "customer", "transactionline", "systemnote", "deletedrecord")

        def counts() -> list[int]:
            return [store.number(f'SELECT COUNT(*) FROM "{name}"') for name in tables]

        before = counts()
        await found(netsuite)
        assert counts() == before
        assert store.number("SELECT COUNT(*) FROM _write WHERE location IS NOT NULL") == 0


async def test_a_wrong_key_is_the_only_finding() -> None:
    def another(config: NetSuiteConfig) -> NetSuiteConfig:
        pem = generate_key_pair("ec").private_pem
        return replace(config, credentials=OAuth2Credentials(CLIENT_ID, "certificate-1", pem))

    async with connected(COMPANY, adjust=another) as netsuite:
        findings = await found(netsuite)
    assert list(findings) == ["netsuite sign-in"]
    assert not findings["netsuite sign-in"].ok
    assert "private key" in findings["netsuite sign-in"].fix


@pytest.mark.parametrize(
    ("permission", "words", "fix"),
    [
        ("ADMI_LOGIN_OAUTH2", "invalid_grant", "Log in using OAuth 2.0 Access Tokens: Full"),
        ("ADMI_RESTWEBSERVICES", "INSUFFICIENT_PERMISSION", "REST Web Services: Full"),
    ],
)
async def test_no_way_in(permission: str, words: str, fix: str) -> None:
    async with connected(COMPANY) as netsuite:
        netsuite.account.role.restrict({permission: "NONE"})
        (login,) = (await found(netsuite)).values()
    assert not login.ok
    assert words in login.detail
    assert f"{ROLES}Setup > {fix} ({permission})" in login.fix


@pytest.mark.parametrize("forbids", [False, True])
async def test_without_the_workbook_rights_are_still_found(forbids: bool) -> None:
    async with connected(COMPANY) as netsuite:
        netsuite.account.role.restrict({"REPO_ANALYTICS": "NONE", "TRAN_CUSTPYMT": "VIEW"})
        netsuite.account.role.forbids = forbids
        findings = await found(netsuite)
    assert set(wrong(findings)) == {
        "netsuite permission REPO_ANALYTICS",
        "netsuite permission TRAN_CUSTPYMT",
    }
    assert findings["netsuite permission REPO_ANALYTICS"].fix == WORKBOOK
    assert "does not have permission" in findings["netsuite permission REPO_ANALYTICS"].detail
    assert "create customerPayment" in findings["netsuite permission TRAN_CUSTPYMT"].detail


@pytest.mark.parametrize(
    ("one", "forbids"),
    [
        pytest.param(one, forbids, id=f"{one.id}-{forbids}")
        for one in PERMISSIONS
        for forbids in (False, True)
        if not (forbids and one.id in ("TRAN_REVARRNG", "LIST_REVENUEPLAN"))
    ],
)
async def test_each_missing_permission_is_named(one: Permission, forbids: bool) -> None:
    async with connected(COMPANY) as netsuite:
        netsuite.account.role.switch_on([ARM])
        netsuite.account.role.restrict({one.id: "NONE"})
        netsuite.account.role.forbids = forbids
        findings = await found(netsuite)
    told = findings[f"netsuite permission {one.id}"]
    assert told.ok is not one.needed
    assert f"{ROLES}{one.subtab} > {one.name}: {one.level} ({one.id})" in told.fix
    others = [f.name for f in findings.values() if "permission" in f.name and f.fix]
    assert others == [f"netsuite permission {one.id}"]
    for finding in findings.values():
        if not finding.ok:
            assert one.id in finding.fix, finding


@pytest.mark.parametrize(
    ("permission", "level", "words"),
    [
        ("TRAN_CUSTINVC", "VIEW", "create invoice"),
        ("TRAN_CUSTINVC", "CREATE", "change invoice"),
        ("TRAN_CUSTPYMT", "VIEW", "create customerPayment"),
        ("TRAN_CUSTPYMT", "CREATE", "change customerPayment"),
        ("LIST_CUSTJOB", "VIEW", "create customer"),
    ],
)
async def test_rights_to_write_are_known_without_writing(
    permission: str, level: str, words: str
) -> None:
    async with connected(COMPANY) as netsuite:
        netsuite.account.role.restrict({permission: level})
        findings = await found(netsuite)
    assert list(wrong(findings)) == [f"netsuite permission {permission}"]
    assert words in findings[f"netsuite permission {permission}"].detail


@pytest.mark.parametrize(
    ("feature", "permission", "name"),
    [
        ("MULTICURRENCY", "LIST_CURRENCY", "Multiple Currencies"),
        ("SUBSIDIARIES", "LIST_SUBSIDIARY", "OneWorld (subsidiaries)"),
        ("DEPARTMENTS", "LIST_DEPARTMENT", "Departments"),
        ("CLASSES", "LIST_CLASS", "Classes"),
        ("LOCATIONS", "LIST_LOCATION", "Locations"),
    ],
)
async def test_a_feature_that_is_off_is_no_missing_permission(
    feature: str, permission: str, name: str
) -> None:
    async with connected(COMPANY) as netsuite:
        netsuite.account.role.switch_off([feature])
        findings = await found(netsuite)
        known = await capabilities(netsuite.erp)
    assert wrong(findings) == {}
    told = findings[f"netsuite permission {permission}"]
    assert told.detail == f"the account has not the feature {name}"
    assert name in findings["netsuite features"].detail.partition("; without ")[2]
    assert name in known.missing
    assert name not in known.features


async def test_closed_period_and_wrong_bank_account() -> None:
    def bank(config: NetSuiteConfig) -> NetSuiteConfig:
        return replace(config, payment_account_id="4")

    async with connected(COMPANY, adjust=bank) as netsuite:
        netsuite.do("period", on=START.date().isoformat(), closed=True)
        findings = await found(netsuite)
    assert wrong(findings) == {
        "netsuite open period": "Mar 2026 is closed or locked",
        "netsuite payment account": "account 4 is no active bank account",
    }


@pytest.mark.parametrize("minutes", [4, -4])
async def test_a_clock_that_is_off(minutes: int) -> None:
    async with connected(COMPANY) as netsuite:
        netsuite.erp.client.clock = lambda: START + timedelta(minutes=minutes)
        findings = await found(netsuite)
    assert not findings["netsuite clock"].ok
    assert "240 s" in findings["netsuite clock"].detail


@pytest.mark.parametrize("pattern", ["DD/MM/YYYY", "DD.MM.YYYY", "YYYY-MM-DD", "M/D/YYYY"])
async def test_the_date_format_is_told(pattern: str) -> None:
    async with connected(COMPANY) as netsuite:
        netsuite.account.date_format = pattern
        findings = await found(netsuite)
    assert findings["netsuite date format"].detail == f"shown as {pattern}, read as YYYY-MM-DD"
    assert wrong(findings) == {}


async def test_assumptions_that_do_not_hold_are_told() -> None:
    def zoned(config: NetSuiteConfig) -> NetSuiteConfig:
        return replace(config, conventions=Conventions(time_zone="Europe/Berlin"))

    async with connected(COMPANY, adjust=zoned) as netsuite:
        store = netsuite.account.store
        store.execute("UPDATE nexttransactionlinelink SET linktype = 'Applied'")
        store.execute("UPDATE \"transaction\" SET status = 'X' WHERE type = 'CustInvc'")
        netsuite.account.role.administrator = True
        findings = await found(netsuite)
    told = {f.name.removeprefix("netsuite "): f for f in findings.values() if not f.ok}
    assert set(told) == {"role", "clock", "statuses", "links"}
    assert told["clock"].detail == "times are UTC-7 h, not those of Europe/Berlin"
    assert "NETSUITE_TIME_ZONE" in told["clock"].fix
    assert "X (6)" in told["statuses"].detail
    assert "NETSUITE_LINK_TYPES" in told["links"].fix


async def test_another_language_is_told() -> None:
    german = {"o:errorDetails": [{"detail": "Unbekannter Bezeichner", "o:errorCode": "X"}]}

    def translated(sent: Sent) -> Sent:
        if sent.status != 400:
            return sent
        return replace(sent, body=json.dumps({"status": 400, **german}).encode())

    mangler = Mangler()
    async with connected(COMPANY, around=mangler.around) as netsuite:
        mangler.spoil(translated, "/services/rest/query")
        findings = await found(netsuite)
    told = findings["netsuite language"]
    assert not told.ok
    assert "Unbekannter" in told.detail
    assert "English (U.S.)" in told.fix
