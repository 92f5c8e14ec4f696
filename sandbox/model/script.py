"""What the scripted model does on each request, the failures of real ones included."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Say:
    """Answer in prose. `cut_off` ends it as the token limit would."""

    text: str
    cut_off: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """Call a tool as the protocol wants it. `arguments` may be text that is no JSON."""

    name: str
    arguments: Json | str = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Calls:
    """Call several tools in one turn."""

    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Fenced:
    """Write a call as one fenced JSON object in prose, as some servers do."""

    name: str
    arguments: Json


@dataclass(frozen=True, slots=True)
class Deaf:
    """Drop `tools` silently and answer in prose, as a chat template without a tools block does."""

    text: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """Refuse in the protocol's own field, with no content."""

    reason: str = "I cannot help with that."


@dataclass(frozen=True, slots=True)
class Fail:
    """Answer with an error status."""

    status: int
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class Overflow:
    """Refuse a request that is longer than the context, as servers word it."""

    most_tokens: int = 4096


@dataclass(frozen=True, slots=True)
class Hang:
    """Do not answer for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Slow:
    """Answer, but only after so many seconds."""

    seconds: float
    then: Say | Call | Calls | Fenced


@dataclass(frozen=True, slots=True)
class Nonsense:
    """Answer 200 with something that is no completion."""


Step = Say | Call | Calls | Fenced | Deaf | Refuse | Fail | Overflow | Hang | Slow | Nonsense
Answer = Callable[[Json], Step]


def say_json(value: Json) -> Say:
    """An answer that is one JSON object."""
    return Say(json.dumps(value))


@dataclass(slots=True)
class Script:
    """Steps taken in order, the last one again and again; every request is kept."""

    steps: list[Step | Answer]
    requests: list[Json] = field(default_factory=list)

    def next(self, request: Json) -> Step:
        at = min(len(self.requests), len(self.steps) - 1)
        self.requests.append(request)
        step = self.steps[at]
        return step(request) if callable(step) else step
