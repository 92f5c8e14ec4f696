"""What a tool says back: facts in words and rows, what it did, and whose words it quotes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from agent.chat import Cited, Table


class ActKind(StrEnum):
    """What a tool may really do: put something before a person, or note something down."""

    PROPOSED = "proposed"
    RECORDED = "recorded"
    PAUSED = "paused"
    RESUMED = "resumed"
    NOTED = "noted"
    ASSIGNED = "assigned"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happened in this call. Only these are ever told as done."""

    kind: ActKind
    words: str
    effect_id: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody outside wrote: shown as a quotation, never read as an instruction."""

    who: str
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class About:
    """What a conversation is about: ids only. Zero means nothing yet."""

    customer_id: int = 0
    invoice_id: int = 0

    def over(self, earlier: About) -> About:
        """This, with what it leaves open taken from before; another customer has other invoices."""
        if not self.customer_id or self.customer_id == earlier.customer_id:
            customer_id = self.customer_id or earlier.customer_id
            return About(customer_id, self.invoice_id or earlier.invoice_id)
        return self


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things that a question may mean. `value` names it for ever."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Which argument of the call is open, and what it may be; no choices when it is missing."""

    argument: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer of one tool. A refused one states nothing that a later claim may rest on.

    `listed` names the rows that are shown, in their order: "the second one" points at them.
    """

    text: str
    tables: tuple[Table, ...] = ()
    cited: tuple[Cited, ...] = ()
    quotes: tuple[Quote, ...] = ()
    acts: tuple[Act, ...] = ()
    asked: Asked | None = None
    suggestions: tuple[str, ...] = ()
    refused: bool = False
    listed: tuple[Choice, ...] = ()
    about: About = field(default_factory=About)


def refusal(text: str, *suggestions: str) -> Outcome:
    """Nothing was found or done, and why."""
    return Outcome(text, refused=True, suggestions=suggestions)


def question(text: str, argument: str, choices: tuple[Choice, ...] = ()) -> Outcome:
    """The call cannot be made before a person says which is meant."""
    return Outcome(text, asked=Asked(argument, choices), refused=True)
