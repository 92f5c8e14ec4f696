"""Posts signed events to the endpoints of the settings, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

import httpx

from security.standard_webhooks import headers
from security.tokens import digest

_SECONDS = 15.0
_GONE = 410


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A receiver. `name` stands for its address where that may not be shown."""

    url: str = field(repr=False)

    @property
    def name(self) -> str:
        return digest(self.url)[:16]

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc


@dataclass(frozen=True, slots=True)
class Message:
    """An event as it is sent: the same id and content at every attempt."""

    id: str
    kind: str
    subject: str
    occurred_at: datetime
    data: Mapping[str, object]

    def body(self) -> bytes:
        told = {
            "type": self.kind,
            "timestamp": self.occurred_at.isoformat(),
            "subject": self.subject,
            "data": self.data,
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


@dataclass(frozen=True, slots=True)
class Taken:
    """The receiver answered with a status of success."""

    status: int


@dataclass(frozen=True, slots=True)
class NotTaken:
    """The receiver did not take it, or was not reached. `final`: it asks not to be sent more."""

    reason: str
    final: bool = False


@dataclass(frozen=True, slots=True)
class WebhookPoster:
    """Signs with every secret. Redirects are refused: the address is what the settings say.

    `clock` is real time, since receivers compare it with theirs.
    """

    secrets: Sequence[str] = field(repr=False)
    clock: Callable[[], datetime]
    seconds: float = _SECONDS

    async def __call__(self, endpoint: Endpoint, message: Message) -> Taken | NotTaken:
        body = message.body()
        sent = {
            "content-type": "application/json",
            "user-agent": "Dunwell-Webhooks/1",
            **headers(message.id, self.clock(), body, self.secrets),
        }
        try:
            status = await self._status(endpoint.url, body, sent)
        except httpx.TimeoutException:
            return NotTaken(f"no answer within {self.seconds:g} s")
        except httpx.HTTPError as error:
            return NotTaken(f"could not be reached ({type(error).__name__})")
        if 200 <= status < 300:
            return Taken(status)
        if 300 <= status < 400:
            return NotTaken(f"answered {status}, a redirect; those are not followed")
        return NotTaken(f"answered {status}", final=status == _GONE)

    async def _status(self, url: str, body: bytes, sent: Mapping[str, str]) -> int:
        """The answer's status; its content is never read."""
        async with (
            httpx.AsyncClient(
                timeout=self.seconds, follow_redirects=False, trust_env=url.startswith("https:")
            ) as client,
            client.stream("POST", url, content=body, headers=dict(sent)) as answer,
        ):
            return answer.status_code
