"""The one face of a language model, and of having none: what graphs ask and what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel

Value = TypeVar("Value", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call of an offered tool with arguments that are a JSON object; nothing is checked yet."""

    id: str
    name: str
    arguments: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation with a model.

    An assistant's message may hold the calls it made; a tool's holds the result of one of them.
    """

    role: Literal["system", "user", "assistant", "tool"]
    content: str
    calls: tuple[ToolCall, ...] = ()
    call_id: str = ""


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool the model may call: JSON Schema of its arguments in `parameters`."""

    name: str
    description: str
    parameters: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Usage:
    """What was spent: requests that were answered, and tokens as the server counted them."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.requests + other.requests,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
        )

    @property
    def tokens(self) -> int:
        """Tokens read and written together."""
        return self.prompt_tokens + self.completion_tokens

    def payload(self) -> dict[str, object]:
        return {
            "requests": self.requests,
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
        }


@dataclass(frozen=True, slots=True)
class Turn:
    """Text or calls. `abstained` says why there is neither."""

    text: str = ""
    calls: tuple[ToolCall, ...] = ()
    usage: Usage = Usage()
    abstained: str = ""


@dataclass(frozen=True, slots=True)
class Extraction(Generic[Value]):
    """A validated value, or None and why."""

    value: Value | None
    usage: Usage = Usage()
    abstained: str = ""


class Brain(Protocol):
    """What the graphs need of a mind. `name` is stored on every draft and reading."""

    @property
    def name(self) -> str:
        """ "rules/1" without a model, "openai:<model>" with one."""

    @property
    def thinks(self) -> bool:
        """Whether a language model stands behind it."""

    async def complete(
        self,
        messages: Sequence[Message],
        tools: Sequence[ToolSpec],
        *,
        deadline: float,
        most_tokens: int | None = None,
    ) -> Turn:
        """The next turn within `deadline` seconds, answered in at most `most_tokens` tokens.

        Never raises for what a server does.
        """
        ...

    async def extract(self, schema: type[Value], text: str, instructions: str) -> Extraction[Value]:
        """Values of a closed schema read from untrusted text, with no tool in reach."""
        ...


class RulesBrain:
    """No language model: drafts come from templates and replies are read by rules alone."""

    name = "rules/1"
    thinks = False

    async def complete(
        self,
        messages: Sequence[Message],
        tools: Sequence[ToolSpec],
        *,
        deadline: float,
        most_tokens: int | None = None,
    ) -> Turn:
        del messages, tools, deadline, most_tokens
        return Turn(abstained="no language model is configured")

    async def extract(self, schema: type[Value], text: str, instructions: str) -> Extraction[Value]:
        del schema, text, instructions
        return Extraction(None, abstained="no language model is configured")
