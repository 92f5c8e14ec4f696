"""Signing in: both flows, renewal, refusals, and nothing secret in the logs."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from urllib.parse import unquote

import httpx
import pytest

from erp.netsuite.auth import (
    LOGIN_PATH,
    authorizer,
    signature_header,
    signing_algorithm,
)
from erp.netsuite.config import NetSuiteConfig, OAuth2Credentials, TbaCredentials
from erp.port import ErpRefused
from sandbox.netsuite.keys import generate_key_pair
from sandbox.netsuite.store import TbaCredentials as SandboxTba
from tests.erp.account import CERTIFICATE_ID, CLIENT_ID, Connected, connected, small_company

COMPANY = small_company(3, 6)


def test_golden_signature_covers_the_query() -> None:
    header = signature_header(
        TbaCredentials("ck", "cs", "tk", "ts"),
        "1234567_SB1",
        "POST",
        "https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/query/v1/suiteql"
        "?limit=1000&offset=0",
        timestamp=1700000000,
        nonce="abcdefghijk",
    )
    assert 'realm="1234567_SB1"' in header
    assert 'oauth_signature="LmJdRqBGBfxcpWsno9kqYArTnYe5Z8okMq4u19b7ToE="' in unquote(header)


def test_account_ids_become_hosts_and_realms() -> None:
    config = NetSuiteConfig(" 1234567_sb1", TbaCredentials("a", "b", "c", "d"))
    assert config.host == "https://1234567-sb1.suitetalk.api.netsuite.com"
    assert config.realm == "1234567_SB1"
    assert "b" not in repr(config.credentials).replace("TbaCredentials", "").split("=")[2]


def test_only_keys_that_netsuite_takes() -> None:
    assert signing_algorithm(generate_key_pair("ec").private_pem) == "ES256"
    assert signing_algorithm(generate_key_pair("rsa").private_pem) == "PS256"
    with pytest.raises(ErpRefused, match="not an unencrypted PEM key"):
        signing_algorithm("nonsense")


async def test_rsa_keys_sign_with_ps256() -> None:
    pair = generate_key_pair("rsa")

    def rsa(config: NetSuiteConfig) -> NetSuiteConfig:
        own = OAuth2Credentials(CLIENT_ID, "rsa-certificate", pair.private_pem)
        return replace(config, credentials=own)

    async with connected(COMPANY, adjust=rsa) as netsuite:
        netsuite.account.store.register_integration(CLIENT_ID, "rsa-certificate", pair.public_pem)
        assert len(await netsuite.erp.subsidiaries()) == 2


async def test_token_based_authentication() -> None:
    def tba(config: NetSuiteConfig) -> NetSuiteConfig:
        return replace(config, credentials=TbaCredentials("ck", "cs", "tk", "ts"))

    async with connected(COMPANY, adjust=tba) as netsuite:
        netsuite.account.store.register_tba(
            SandboxTba(consumer_key="ck", consumer_secret="cs", token_id="tk", token_secret="ts")
        )
        assert len(await netsuite.erp.subsidiaries()) == 2


async def test_wrong_key_is_refused_with_the_likely_cause() -> None:
    def wrong(config: NetSuiteConfig) -> NetSuiteConfig:
        pem = generate_key_pair("ec").private_pem
        return replace(config, credentials=OAuth2Credentials(CLIENT_ID, CERTIFICATE_ID, pem))

    async with connected(COMPANY, adjust=wrong) as netsuite:
        with pytest.raises(ErpRefused, match="do not belong together"):
            await netsuite.erp.periods()


async def test_one_fetch_serves_many_requests_and_a_revoked_token_is_replaced_once() -> None:
    async with connected(COMPANY) as netsuite:
        await asyncio.gather(
            *(netsuite.erp.query.rows("SELECT c.id FROM currency c") for _ in "ab")
        )
        assert tokens(netsuite) == 1
        netsuite.account.gatekeeper.expire_tokens()
        await netsuite.erp.periods()
        assert tokens(netsuite) == 1


async def test_token_is_renewed_at_four_fifths_of_its_life() -> None:
    async with connected(COMPANY) as netsuite, httpx.AsyncClient() as http:
        signer = authorizer(netsuite.config, http, netsuite.clock)
        first = await signer.header("GET", "")
        netsuite.clock.forward(minutes=47)
        assert await signer.header("GET", "") == first
        netsuite.clock.forward(minutes=2)
        second = await signer.header("GET", "")
        assert second != first
        netsuite.clock.forward(minutes=49)
        netsuite.fault(what="error", moment="before", path=LOGIN_PATH)
        assert await signer.header("GET", "") == second


async def test_no_secret_reaches_a_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with connected(COMPANY) as netsuite, httpx.AsyncClient() as http:
        await netsuite.erp.periods()
        token = await authorizer(netsuite.config, http, netsuite.clock).header("GET", "")
        assert token.removeprefix("Bearer ") not in caplog.text
        assert "client_assertion" not in caplog.text


def tokens(netsuite: Connected) -> int:
    return netsuite.account.store.number("SELECT COUNT(*) FROM _token")
