"""The doctor's look at HubSpot, against an account on loopback."""

from __future__ import annotations

from dataclasses import replace

from app.hubspot_settings import HubSpotSettings
from app.probes.hubspot import account
from sources.hubspot.account import SCOPES
from tests.sources.hubspot.world import World, world


async def lines(hub: World, token: str = "pat-1") -> list[str]:
    known = HubSpotSettings(replace(hub.account, token=token), 300)
    return [finding.line() for finding in await account(known, 4)]


async def test_what_the_doctor_says() -> None:
    assert (await account(None, 4))[0].line().startswith("--  hubspot")
    async with world() as hub:
        assert "every kind of object can be read" in (await lines(hub))[0]
        hub.access.scopes = frozenset(SCOPES) - {"crm.objects.quotes.read"}
        (refused,) = await lines(hub)
        assert refused.startswith("NO  hubspot quotes")
        assert "crm.objects.quotes.read" in refused
        assert "pat-9" not in " ".join(await lines(hub, token="pat-9"))
        hub.limits.order(policy="DAILY")
        assert "raise the account's limit" in (await lines(hub))[0]
