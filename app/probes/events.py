"""Where events are sent: each endpoint's host is reached, and nothing is sent to it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit

from app.probes.finding import Finding, bad, fine, unset
from app.webhook_settings import WebhookSettings


async def endpoints(known: WebhookSettings | None, seconds: float) -> Sequence[Finding]:
    """Open and close a connection to every endpoint, with TLS where it is spoken."""
    if known is None:
        fix = "set DUNWELL_WEBHOOK_URLS and DUNWELL_WEBHOOK_SECRET to tell other systems"
        return [unset("webhooks", fix)]
    return await asyncio.gather(*(_reached(url, seconds) for url in known.urls))


async def _reached(url: str, seconds: float) -> Finding:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    try:
        async with asyncio.timeout(seconds):
            opened = asyncio.open_connection(parts.hostname, port, ssl=secure or None)
            _, writer = await opened
            writer.close()
    except (OSError, TimeoutError) as error:
        words = f"{parts.netloc} cannot be reached: {type(error).__name__}"
        return bad("webhooks", words, "check DUNWELL_WEBHOOK_URLS and the network")
    return fine("webhooks", f"{parts.netloc} can be reached")
