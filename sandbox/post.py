"""One HTTP POST over plain TCP, without the import time of a full client."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})\b")


class BadAnswer(ValueError):
    """The answer was not HTTP/1.1."""


async def post(url: str, headers: Mapping[str, str], body: bytes, seconds: float) -> int:
    """The status of the answer. Raises OSError or ValueError. https is not spoken."""
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname is None:
        raise BadAnswer(url)
    async with asyncio.timeout(seconds):
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port or 80)
        try:
            writer.write(_head(parts.path or "/", parts.netloc, headers, len(body)) + body)
            await writer.drain()
            found = _STATUS.match(await reader.readline())
        finally:
            writer.close()
    if found is None:
        raise BadAnswer(url)
    return int(found.group(1))


def _head(path: str, host: str, headers: Mapping[str, str], length: int) -> bytes:
    lines = [f"POST {path} HTTP/1.1", f"Host: {host}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, f"Content-Length: {length}", "", ""]).encode("ascii")
