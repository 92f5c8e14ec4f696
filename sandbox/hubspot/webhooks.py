"""Webhooks as HubSpot sends them: batches of events, signed in the version asked for."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Literal

import httpx

from sandbox.hubspot.store import HubSpotStore, Json

MOST_EVENTS = 100


async def send_webhooks(
    store: HubSpotStore,
    http: httpx.AsyncClient,
    url: str,
    secret: str,
    version: Literal["v1", "v2", "v3"] = "v3",
) -> list[int]:
    """Send every event that waits, and forget it; the status of each request."""
    statuses = []
    while store.events:
        events, store.events[:] = store.events[:MOST_EVENTS], store.events[MOST_EVENTS:]
        statuses.append(await redeliver(store, http, url, secret, events, version))
    return statuses


async def redeliver(
    store: HubSpotStore,
    http: httpx.AsyncClient,
    url: str,
    secret: str,
    events: list[Json],
    version: Literal["v1", "v2", "v3"] = "v3",
) -> int:
    """Send these events, as HubSpot does again when nobody answered; the status."""
    raw = json.dumps(events, separators=(",", ":")).encode()
    stamp = str(int(store.now().timestamp() * 1000))
    headers = signed(secret, url, raw, stamp, version) | {"Content-Type": "application/json"}
    response = await http.post(url, content=raw, headers=headers)
    return response.status_code


def signed(
    secret: str, url: str, raw: bytes, stamp: str, version: Literal["v1", "v2", "v3"]
) -> dict[str, str]:
    """The headers of a signature; with version 3 the older one comes along."""
    source = secret if version != "v2" else f"{secret}POST{url}"
    headers = {
        "X-HubSpot-Signature": hashlib.sha256(source.encode() + raw).hexdigest(),
        "X-HubSpot-Signature-Version": "v2" if version == "v2" else "v1",
    }
    if version == "v3":
        mac = hmac.new(secret.encode(), f"POST{url}".encode() + raw + stamp.encode(), "sha256")
        headers["X-HubSpot-Signature-v3"] = base64.b64encode(mac.digest()).decode()
        headers["X-HubSpot-Request-Timestamp"] = stamp
    return headers
