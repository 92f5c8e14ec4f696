"""HubSpot: ask for one object of each kind that deals are read from."""

from __future__ import annotations

from collections.abc import Sequence

import httpx

from app.hubspot_settings import HubSpotSettings
from app.probes.finding import Finding, bad, fine, unset
from sources.hubspot.client import HubSpot
from sources.hubspot.errors import HubSpotBusy, HubSpotError


async def account(known: HubSpotSettings | None, seconds: float) -> Sequence[Finding]:
    """One search of each kind; nothing that is found is kept."""
    if known is None:
        return [unset("hubspot", "set HUBSPOT_TOKEN to bill won deals")]
    async with httpx.AsyncClient(timeout=seconds / 4) as http:
        try:
            refused = await HubSpot(http, known.account, sleep=_at_once).refusals()
        except HubSpotBusy as error:
            return [bad("hubspot", str(error), "wait, or raise the account's limit")]
        except HubSpotError as error:
            return [bad("hubspot", str(error), "check the network, or try again later")]
    if not refused:
        return [fine("hubspot", f"{known.account.base_url}: every kind of object can be read")]
    fix = "check the token, and the scopes that docs/howto/hubspot.md lists"
    return [bad(f"hubspot {kind}", words, fix) for kind, words in refused.items()]


async def _at_once(seconds: float) -> None:
    """The doctor does not wait for a better moment."""
    del seconds
