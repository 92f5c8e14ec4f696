"""The doctor at Salesforce: all well, a wrong secret, a wrong field, nobody there."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from app.probes.finding import Finding
from app.probes.salesforce import organisation
from app.settings import load
from sandbox.clock import real_now
from sandbox.in_loop import served
from sandbox.salesforce.objects import without
from tests.sources.salesforce.office import SECRET, Office, Watch


@pytest.fixture
async def address() -> AsyncIterator[str]:
    office = Office(Watch(real_now()))
    office.org.types = without(office.org.types, objects=("Quote", "QuoteLineItem"))
    async with served(office.server.application()) as url:
        yield url


async def seen(url: str, **changed: str) -> list[Finding]:
    given = {
        "SALESFORCE_URL": url,
        "SALESFORCE_CLIENT_ID": SECRET.client_id,
        "SALESFORCE_CLIENT_SECRET": SECRET.client_secret,
    }
    return list(await organisation(load(given | changed), 10))


async def test_what_it_finds(address: str) -> None:
    well, requests = await seen(address, SALESFORCE_FIELDS="line_start=ServiceDate")
    assert well.ok
    assert "fields of your own: 1; not there or not readable: Quote, QuoteLineItem" in well.detail
    assert "requests used today" in requests.detail
    (refused,) = await seen(address, SALESFORCE_CLIENT_SECRET="wrong")
    assert (refused.ok, "SALESFORCE_CLIENT_ID" in refused.fix) == (False, True)
    (unknown,) = await seen(address, SALESFORCE_FIELDS="line_end=End__c")
    assert (unknown.ok, "SALESFORCE_FIELDS" in unknown.fix) == (False, True)
    (nobody,) = await seen("http://127.0.0.1:1")
    assert (nobody.ok, "network" in nobody.fix) == (False, True)


async def test_without_settings_it_is_an_advice() -> None:
    (found,) = await organisation(load({}), 10)
    assert (found.ok, "SALESFORCE_URL" in found.fix) == (True, True)
