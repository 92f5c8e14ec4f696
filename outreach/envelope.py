"""What is handed to a mail server, and what may become of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from effects.outcomes import Refused, RetryLater, Unknown


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who a message is from and to as far as mail servers are concerned."""

    sender: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """The server has taken responsibility. `refused` recipients did not get it."""

    reply: str
    refused: Mapping[str, str] = field(default_factory=dict)


Outcome = Sent | RetryLater | Refused | Unknown
Transport = Callable[[Envelope, bytes], Awaitable[Outcome]]
