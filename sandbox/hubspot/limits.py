"""Request limits and failures to order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from starlette.responses import JSONResponse

from sandbox.hubspot.answers import error, rate_limited


@dataclass(slots=True)
class Limits:
    """What the account may ask for; None is no limit. `fail` orders answers for the next requests.

    HubSpot's own: 5 searches a second, 190 requests in ten seconds, 250,000 or more a day.
    """

    searches_per_second: int | None = None
    per_ten_seconds: int | None = None
    daily: int | None = None
    fail: deque[JSONResponse] = field(default_factory=deque)
    asked: int = 0
    _moments: deque[datetime] = field(default_factory=deque)
    _searches: deque[datetime] = field(default_factory=deque)

    def order(self, *statuses: int, policy: str = "", retry_after: str = "") -> None:
        """Answer the next requests like this: a policy makes a 429 of the first one."""
        if policy:
            self.fail.append(rate_limited(policy, retry_after))
        for status in statuses:
            self.fail.append(error(status, "SERVER_ERROR", "The sandbox was told to fail"))

    def reset(self) -> None:
        """No limit, nothing ordered."""
        self.searches_per_second = self.per_ten_seconds = self.daily = None
        self.asked = 0
        for held in (self.fail, self._moments, self._searches):
            held.clear()

    def refusal(self, now: Callable[[], datetime], *, searching: bool) -> JSONResponse | None:
        """The answer to a request that is too many, or ordered to fail."""
        if self.fail:
            return self.fail.popleft()
        if self.daily is not None and self.asked >= self.daily:
            return rate_limited("DAILY")
        moment = now()
        if searching and _full(self._searches, moment, 1, self.searches_per_second):
            return rate_limited("SECONDLY")
        if _full(self._moments, moment, 10, self.per_ten_seconds):
            return rate_limited("TEN_SECONDLY_ROLLING", "10")
        self.asked += 1
        return None

    def headers(self) -> dict[str, str]:
        """What is left; search answers do not carry it."""
        if self.daily is None:
            return {}
        left = str(self.daily - self.asked)
        return {
            "X-HubSpot-RateLimit-Daily": str(self.daily),
            "X-HubSpot-RateLimit-Daily-Remaining": left,
        }


def _full(moments: deque[datetime], now: datetime, seconds: int, limit: int | None) -> bool:
    while moments and moments[0] <= now - timedelta(seconds=seconds):
        moments.popleft()
    if limit is not None and len(moments) >= limit:
        return True
    moments.append(now)
    return False
