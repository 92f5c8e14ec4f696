"""What a tool is and what it gets: a session, who asks, when, and what the talk is about."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.config import JsonDict

from agent.brain import ToolSpec
from agent.spoken.intents import wants
from agent.tools.outcome import About, Outcome
from effects.actor import Person
from flows.desk import Desk
from security.permissions import Permission, allows
from store.engine import Session


class Arguments(BaseModel):
    """Arguments of a tool: closed, short, checked."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


class Origin(StrEnum):
    """Where the value of an argument must come from, as read by the argument check.

    NAME and INVOICE may come from what was said or shown, AMOUNT, COUNT, DAY and WORDS from what
    the person said; FREE is a choice among few.
    """

    NAME = "name"
    INVOICE = "invoice"
    AMOUNT = "amount"
    COUNT = "count"
    DAY = "day"
    WORDS = "words"
    CURRENCY = "currency"
    FREE = "free"


def text(description: str, origin: Origin, *, longest: int = 120) -> Any:
    """An optional text argument."""
    extra: JsonDict = {"origin": origin.value}
    return Field(default="", max_length=longest, description=description, json_schema_extra=extra)


def count(description: str, *, most: int) -> Any:
    """An optional whole number that a person said."""
    extra: JsonDict = {"origin": Origin.COUNT.value}
    return Field(default=0, ge=0, le=most, description=description, json_schema_extra=extra)


@dataclass(frozen=True, slots=True)
class Asking:
    """One call's surroundings. `said` is what the person wrote, `about` what was talked of."""

    session: Session
    desk: Desk
    by: Person
    now: datetime
    zone: ZoneInfo
    thread: str
    message_id: str
    said: str
    about: About

    @property
    def today(self) -> date:
        """The day where the person is."""
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that reads or proposes. `cues`: words of a request that make an act be offered."""

    name: str
    description: str
    arguments: type[Arguments]
    run: Callable[[Asking, Any], Awaitable[Outcome]]
    permission: Permission = Permission.READ
    cues: re.Pattern[str] | None = None
    example: str = ""

    @property
    def acts(self) -> bool:
        return self.cues is not None

    def offered_for(self, role: str, said: str) -> bool:
        """Whether a model may see it: the role allows it, and an act was asked for."""
        asked = self.cues is None or wants(said, self.cues)
        return asked and allows(role, self.permission)

    def spec(self) -> ToolSpec:
        """The tool as a model is told of it."""
        return ToolSpec(self.name, self.description, _schema(self.arguments))

    def read(self, arguments: Mapping[str, object]) -> Arguments | str:
        """The checked arguments, or what is wrong with them, without repeating a value."""
        try:
            return self.arguments.model_validate(dict(arguments))
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"]) or "arguments"
            return f"{place}: {first['msg']}"[:200]

    def origins(self) -> dict[str, str]:
        """Where each argument must come from."""
        found: dict[str, str] = {}
        for name, field in self.arguments.model_fields.items():
            extra = field.json_schema_extra
            origin = extra.get("origin") if isinstance(extra, dict) else None
            found[name] = str(origin or Origin.FREE)
        return found


def _schema(arguments: type[Arguments]) -> dict[str, object]:
    raw = arguments.model_json_schema()
    properties = raw.get("properties", {})
    return {
        "type": "object",
        "properties": {name: _plain(body) for name, body in properties.items()},
        "required": list(raw.get("required", [])),
        "additionalProperties": False,
    }


def _plain(body: Mapping[str, Any]) -> dict[str, object]:
    """A property as small servers understand it: type, description and choices."""
    kept = ("type", "description", "enum", "maxLength", "minimum", "maximum")
    return {name: body[name] for name in kept if name in body}
