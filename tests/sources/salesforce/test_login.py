"""Logging in, keeping the token, and staying with the configured organisation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import httpx
import jwt
import pytest

from sandbox.in_loop import served
from sandbox.salesforce.app import Fault
from sources.salesforce.client import Salesforce
from sources.salesforce.config import ClientCredentials
from sources.salesforce.errors import SalesforceBusy, SalesforceRefused, SalesforceUnavailable
from sources.salesforce.rest.auth import check_key
from sources.salesforce.values import Gone
from tests.sources.salesforce.office import SECRET, Office, key_pair, reading, settings_for, signed

NOBODY = "006000000000000AAA"
HERE = "http://127.0.0.1"


async def test_one_token_serves_until_it_is_refused() -> None:
    office = Office()
    async with reading(office) as source:
        assert await source.deal(NOBODY) == Gone(NOBODY)
        assert await source.deal(NOBODY) == Gone(NOBODY)
        assert office.server.logins.given == 1
        office.server.logins.end_all()
        assert await source.deal(NOBODY) == Gone(NOBODY)
    assert office.server.logins.given == 2


async def test_a_signed_assertion_logs_in() -> None:
    office = Office()
    async with reading(office, settings=signed(HERE)) as source:
        assert await source.deal(NOBODY) == Gone(NOBODY)
    assert office.server.logins.given == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"username": "eve@acme.example"}, "user hasn't approved this consumer"),
        ({"audience": "https://test.salesforce.com"}, "audience is invalid"),
        ({"client_id": "another"}, "not known there"),
        ({"private_key_pem": "-----BEGIN"}, "not an unencrypted PEM key"),
    ],
)
async def test_a_wrong_assertion_is_refused_in_words(changed: dict[str, str], words: str) -> None:
    office = Office()
    async with reading(office, settings=signed(HERE, **changed)) as source:
        with pytest.raises(SalesforceRefused, match=words):
            await source.deal(NOBODY)


async def test_an_assertion_by_another_key_or_too_late_gives_no_token() -> None:
    office = Office()
    office.server.logins.app = replace(office.server.logins.app, public_key_pem=OTHER_PUBLIC)
    async with reading(office, settings=signed(HERE)) as source:
        with pytest.raises(SalesforceRefused, match="invalid assertion"):
            await source.deal(NOBODY)


async def test_a_clock_that_goes_wrong_is_told() -> None:
    office = Office()
    office.server.logins.clock = lambda: office.watch.at - timedelta(minutes=5)
    async with reading(office, settings=signed(HERE)) as source:
        with pytest.raises(SalesforceRefused, match=r"its clock and ours differ by \d+ s"):
            await source.deal(NOBODY)
    office.server.logins.clock = lambda: office.watch.at - timedelta(seconds=40)
    async with reading(office, settings=signed(HERE)) as source:
        assert await source.deal(NOBODY) == Gone(NOBODY)


async def test_a_wrong_secret_is_refused_and_never_told() -> None:
    office = Office()
    wrong = replace(settings_for(HERE), credentials=ClientCredentials(SECRET.client_id, "guess"))
    async with reading(office, settings=wrong) as source:
        with pytest.raises(SalesforceRefused) as refusal:
            await source.deal(NOBODY)
    assert "do not belong together" in str(refusal.value)
    assert "guess" not in str(refusal.value) + repr(wrong)


async def test_an_instance_elsewhere_is_never_asked() -> None:
    office, elsewhere = Office(), Office()
    async with served(elsewhere.server.application()) as other:
        office.server.url = other
        async with reading(office) as source:
            with pytest.raises(SalesforceRefused, match="is configured"):
                await source.deal(NOBODY)
    assert elsewhere.server.used == 0


async def test_passing_faults_are_tried_again_and_lasting_ones_told() -> None:
    office = Office()
    async with reading(office) as source:
        await source.check()
        office.server.faults = [Fault(503, "SERVER_UNAVAILABLE"), Fault(500, "UNKNOWN_EXCEPTION")]
        assert await source.deal(NOBODY) == Gone(NOBODY)
        office.server.faults = [Fault(503, "SERVER_UNAVAILABLE")] * 3
        with pytest.raises(SalesforceUnavailable, match="SERVER_UNAVAILABLE"):
            await source.deal(NOBODY)
        assert office.server.faults == []


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (Fault(403, "REQUEST_LIMIT_EXCEEDED"), 900),
        (Fault(503, "SERVER_UNAVAILABLE", retry_after=120), 120),
        (Fault(429, "", retry_after=999_999), 3_600),
    ],
)
async def test_limits_say_when_to_come_back(fault: Fault, seconds: int) -> None:
    office = Office()
    async with reading(office) as source:
        await source.check()
        office.server.faults = [fault]
        with pytest.raises(SalesforceBusy) as busy:
            await source.deal(NOBODY)
    assert busy.value.seconds == seconds


async def test_what_is_forbidden_is_not_tried_again() -> None:
    office = Office()
    async with reading(office) as source:
        await source.check()
        office.server.faults = [Fault(403, "API_DISABLED_FOR_ORG", "API is not enabled")] * 2
        with pytest.raises(SalesforceRefused, match="API is not enabled"):
            await source.deal(NOBODY)
        assert len(office.server.faults) == 1


async def test_nobody_there_is_unavailable() -> None:
    async with httpx.AsyncClient(verify=False) as http:
        source = Salesforce(http, settings_for("http://127.0.0.1:1"), Office().watch)
        with pytest.raises(SalesforceUnavailable, match="ConnectError"):
            await source.deal(NOBODY)


def test_keys_salesforce_would_refuse_are_found_before() -> None:
    assert check_key(key_pair()[0]) == ""
    assert check_key(EC_KEY) == "must be an RSA key of 2048 bits or more"
    with pytest.raises(jwt.InvalidKeyError):
        jwt.encode({}, EC_KEY, algorithm="RS256")


EC_KEY = """-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2
OF/2NxApJCzGCEDdfSp6VQO30hyhRANCAAQRWz+jn65BtOMvdyHKcvjBeBSDZH2r
1RTwjmYSi9R/zpBnuQ4EiMnCqfMPWiZqB4QdbAd0E7oH50VpuZ1P087G
-----END PRIVATE KEY-----
"""
OTHER_PUBLIC = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9
q9UU8I5mEovUf86QZ7kOBIjJwqnzD1omageEHWwHdBO6B+dFabmdT9POxg==
-----END PUBLIC KEY-----
"""
