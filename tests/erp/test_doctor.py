"""The doctor says what is wrong and what to do about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from erp.netsuite.config import NetSuiteConfig, OAuth2Credentials
from erp.netsuite.doctor import Finding, examine
from sandbox.netsuite.keys import generate_key_pair
from tests.erp.account import CLIENT_ID, START, Connected, connected, small_company

COMPANY = small_company(3, 6)


async def found(netsuite: Connected) -> dict[str, Finding]:
    return {f.name: f for f in await examine(netsuite.erp, START.date())}


async def test_a_healthy_account() -> None:
    async with connected(COMPANY) as netsuite:
        findings = await found(netsuite)
    assert [f for f in findings.values() if not f.ok] == []
    assert findings["netsuite clock"].detail == "UTC-7 h, 0 s apart"
    assert findings["netsuite open period"].detail == "Mar 2026 is open"
    assert findings["netsuite payment account"].detail == "payments go to undeposited funds"


async def test_a_wrong_key_is_the_only_finding() -> None:
    def wrong(config: NetSuiteConfig) -> NetSuiteConfig:
        pem = generate_key_pair("ec").private_pem
        return replace(config, credentials=OAuth2Credentials(CLIENT_ID, "certificate-1", pem))

    async with connected(COMPANY, adjust=wrong) as netsuite:
        findings = await found(netsuite)
    assert list(findings) == ["netsuite sign-in"]
    assert not findings["netsuite sign-in"].ok
    assert "private key" in findings["netsuite sign-in"].fix


async def test_closed_period_and_wrong_bank_account() -> None:
    def bank(config: NetSuiteConfig) -> NetSuiteConfig:
        return replace(config, payment_account_id="4")

    async with connected(COMPANY, adjust=bank) as netsuite:
        netsuite.do("period", on=START.date().isoformat(), closed=True)
        findings = await found(netsuite)
    wrong = {f.name: f.detail for f in findings.values() if not f.ok}
    assert wrong == {
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
