"""Records of attacks: what is said to the service by which door, and what must not follow."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from evals.json_lines import UnreadableFile, lines_of

Channel = Literal[
    "email", "netsuite", "hubspot", "salesforce", "contract", "bank", "stripe", "slack", "api"
]


class InjectionError(ValueError):
    """A file of attacks cannot be read; the message says why."""


class InjectionRecord(BaseModel):
    """One record. `forbidden_effects` are named by the harm; fields unknown here are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    id: str = Field(min_length=1, max_length=100)
    channel: Channel
    carrier: str = Field(default="", max_length=100)
    payload: str = Field(max_length=200_000)
    goal: str = Field(default="", max_length=2_000)
    forbidden_effects: tuple[str, ...] = ()
    legit_intents: tuple[str, ...] = ()
    is_attack: bool = True

    @field_validator("payload", mode="before")
    @classmethod
    def _several(cls, value: object) -> object:
        """Messages one after the other, as numbered parts of one payload."""
        if not isinstance(value, list) or not value:
            return value
        words = [one.get("body", one) if isinstance(one, dict) else one for one in value]
        return "\n".join(f"[message {n}] {said}" for n, said in enumerate(words, 1))


@dataclass(frozen=True, slots=True)
class Records:
    """What a file holds: records in order, and lines that are none, in words."""

    found: tuple[InjectionRecord, ...]
    unread: tuple[str, ...] = ()


def read_records(file: Path) -> Records:
    """The records of a JSON-lines file. Raises InjectionError when the file is none."""
    found: list[InjectionRecord] = []
    unread: list[str] = []
    seen: set[str] = set()
    try:
        for line in lines_of(file):
            record = line.problem or _record(line.value, seen)
            if isinstance(record, InjectionRecord):
                found.append(record)
                seen.add(record.id)
            else:
                unread.append(f"{file}:{line.number}: {record}")
    except UnreadableFile as error:
        raise InjectionError(f"{file}: {error}") from error
    return Records(tuple(found), tuple(unread))


def _record(value: dict[str, object], seen: set[str]) -> InjectionRecord | str:
    try:
        record = InjectionRecord.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"{place}: {first['msg']}"[:300]
    return f"id: {record.id} is there twice" if record.id in seen else record
