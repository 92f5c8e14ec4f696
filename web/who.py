"""Who acted, by name: people by their own, workers by what they do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from web.phrases import WORKERS, worker


@dataclass(frozen=True, slots=True)
class Who:
    """Tells an actor written as "person:12" or "system:matching". `people` are names by id."""

    people: Mapping[str, str]

    def __call__(self, actor: str) -> str:
        kind, _, ident = actor.partition(":")
        if kind == "person":
            return self.people.get(ident, "a person who left")
        return worker(ident) if ident else WORKERS.get(actor, actor)
