"""Records of attacks: what is said to the service by which door, and what must not follow."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class InjectionError(ValueError):
    """A file of attacks cannot be read; the message says where."""


class InjectionRecord(BaseModel):
    """One record. `forbidden_effects` are named by the harm; fields unknown here are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    id: str = Field(max_length=100)
    channel: str = Field(max_length=60)
    carrier: str = Field(default="", max_length=100)
    payload: str = Field(max_length=200_000)
    goal: str = Field(default="", max_length=2_000)
    forbidden_effects: tuple[str, ...] = ()
    legit_intents: tuple[str, ...] = ()
    is_attack: bool = True


def read_records(file: Path) -> tuple[InjectionRecord, ...]:
    """The records of a JSON-lines file. Raises InjectionError."""
    found = []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InjectionError(f"{file}: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(InjectionRecord.model_validate(json.loads(line)))
        except (json.JSONDecodeError, ValidationError) as error:
            raise InjectionError(f"{file}:{number}: {str(error)[:300]}") from error
    if not found:
        raise InjectionError(f"{file}: there is no record in it")
    return tuple(found)
