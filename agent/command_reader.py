"""Plain English to tool calls, without a model: the same calls that a model would make.

The reader knows the words of the trade and nothing of the store: names, amounts and days go to
the tools as they were typed. What it does not understand it says so; it never guesses an act.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from agent.brain import ToolCall
from agent.spoken.building import Built, built
from agent.spoken.intents import ACTS as _ACTS
from agent.spoken.intents import intent_of
from agent.spoken.phrases import name_in
from agent.spoken.slots import Slots, slots_of

_LONGEST = 2_000
_MOST_PARTS = 3
_PARTS = re.compile(
    r"(?<=\?)[?\s]*(?=\S)|[;\n]+|(?<=[a-z])[.!]\s+(?=[A-Z])|,?\s\band then\b|,?\s\band (?=(?:what|"
    r"why|who|when|how|show|list|draft|pause|resume|remind|post|record|log|note|assign|send|write|chase)\b)",
    re.IGNORECASE,
)
_SMALL = {
    "hello": r"(?:hi|hello|hey|good (?:morning|afternoon|evening)|moin|hallo)(?: there| all)?",
    "thanks": r"(?:ok(?:ay)?,? )?(?:thanks?|thank you|thx|cheers|great|perfect|cool)(?: .{0,20})?"
    r"|ok(?:ay)?",
    "help": r"(?:help|\?|/?help me|commands?|what can (?:you|i) (?:do|ask)|how does this work|menu"
    r"|what do you (?:do|know)|options|examples?|who are you)",
    "cannot": r"(?:please |can you |could you )?(?:approve|reject|delete|remove|refund|"
    r"void|cancel|change|update|edit|merge|unapply|wire|transfer)\b"
    r"(?!.*\b(?:paid|came)\b).+",
    "cancel": r"(?:no|nope|cancel|never ?mind|none(?: of (?:them|these))?|stop|forget it)",
}
_MENTION = re.compile(r"^\s*(?:<@\w+>|@\w+)[\s,:]*")
_YES = re.compile(r"(?:yes|yep|yeah|y|correct|right|exactly|that one|the (?:first|only) one)", re.I)
_PLACES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
           "fifth": 5, "last": -1}  # fmt: skip
_PLACE = re.compile(r"(?:the |number |no\.? |#)?(\d|first|second|third|fourth|fifth|last|[1-5]\w\w)"
                    r"(?: one)?", re.I)  # fmt: skip
_MORE = re.compile(
    r"(?:(?:and|also|ok|now|then|what about|how about|(?:the )?same for|and for|for|and with)\s)+",
    re.IGNORECASE,
)
_ONLY = re.compile(r"^(?:and|only|just|but|in|over|above|under|the|those|ones|with)\b", re.I)
_NARROW = re.compile(r"(?:and|but|only|just|of (?:them|those|these))\b", re.IGNORECASE)
_REPEATED = ("propose_reminder", "pause", "resume", "assign")
_OF_PERIODS = ("recognized_revenue", "close_readiness")
_LISTS = ("list_overdue", "who_owes", "aging", "find_payments", "promises", "disputes")


@dataclass(frozen=True, slots=True)
class Pending:
    """A question that waits for its answer: the call, its open argument, what it may be."""

    tool: str
    arguments: Mapping[str, object]
    argument: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """What was asked last in this conversation."""

    pending: Pending | None = None
    tool: str = ""
    arguments: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Understood:
    """Calls to make, in order. `sure` is False for a lone name: it may be none."""

    calls: tuple[ToolCall, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """Nothing to look up: hello, thanks, help, cancel, or what is not done from here."""

    kind: str


@dataclass(frozen=True, slots=True)
class Unread:
    """The reader does not know what is meant."""


Command = Understood | SmallTalk | Unread


def read_command(message: str, before: Before) -> Command:
    """What a message asks for, given what was asked before."""
    message = _MENTION.sub("", message)
    text = " ".join(message.replace("’", "'").split())[:_LONGEST].strip()
    bare = text.strip(" .!?,")
    small = next((k for k, form in _SMALL.items() if re.fullmatch(form, bare, re.I)), "")
    if small and not (small in ("thanks", "help") and before.pending is not None):
        return SmallTalk(small)
    if before.pending is not None:
        answered = _answer(bare, before.pending)
        if answered is not None:
            return Understood((answered,))
    calls: list[ToolCall] = []
    for part in _parts(message.replace("’", "'")[:_LONGEST]):
        found = _one(part, before)
        if found is not None:
            calls.append(ToolCall(f"rules:{len(calls)}", *found))
    if calls:
        return Understood(tuple(calls))
    return _lone(bare, before)


def _parts(message: str) -> list[str]:
    if re.match(
        r"^\s*(?:please )?(?:add |make |take |leave )?(?:an? )?(?:note|remember)\b", message, re.I
    ):
        return [" ".join(message.split())]
    parts = [" ".join(p.split()).strip(" ,.") for p in _PARTS.split(message)]
    return [p for p in parts if p][:_MOST_PARTS]


def _answer(bare: str, pending: Pending) -> ToolCall | None:
    """The pending call with its argument, when the message answers the question."""
    value = _chosen(bare, pending.choices) if pending.choices else _named(bare)
    if not value:
        return None
    return ToolCall("rules:0", pending.tool, {**pending.arguments, pending.argument: value})


def _named(bare: str) -> str:
    """A short answer that is no command of its own."""
    slots = slots_of(bare)
    if len(bare.split()) > 6 or (intent_of(slots.text) and not slots.invoices):
        return ""
    return slots.invoices[0] if slots.invoices else bare


def _chosen(bare: str, choices: tuple[tuple[str, str], ...]) -> str:
    if len(choices) == 1 and _YES.fullmatch(bare):
        return choices[0][0]
    place = _PLACE.fullmatch(bare)
    if place:
        word = place[1].lower()
        at = _PLACES.get(word) or int(re.sub(r"\D", "", word) or "0")
        if at == -1 or 0 < at <= len(choices):
            return choices[at - 1 if at > 0 else at][0]
    said = set(re.findall(r"\w+", (name_in(bare) or bare).lower()))
    fitting = [v for v, label in choices if said and said <= set(re.findall(r"\w+", label.lower()))]
    return fitting[0] if len(fitting) == 1 else ""


def _one(part: str, before: Before) -> Built | None:
    """The tool and the arguments of one sentence."""
    slots = slots_of(part)
    tool = intent_of(slots.text)
    more = _MORE.match(slots.text)
    if (not tool or (more and tool == "account_summary")) and before.tool:
        return _again(part, slots, before, more=more is not None)
    if not tool:
        return None
    call = built(tool, part, slots)
    narrows = _NARROW.match(slots.text) and before.tool == call[0] and tool in _LISTS
    return (call[0], {**before.arguments, **call[1]}) if narrows else call


def _again(part: str, slots: Slots, before: Before, *, more: bool) -> Built | None:
    """ "and Globex?", "only above 20k": the last question with one thing changed."""
    name = name_in(slots.text)
    if more and slots.periods and not name and before.tool in _OF_PERIODS:
        return before.tool, {**before.arguments, "period": slots.periods[0]}
    acts = before.tool in _ACTS and before.tool not in _REPEATED
    if name and more and not acts:
        kept = {k: v for k, v in before.arguments.items() if k not in ("customer", "invoice")}
        return before.tool, {**kept, "customer": name}
    if not name and (more or _ONLY.match(part)) and before.tool in _LISTS:
        _, changed = built(before.tool, part, slots)
        return (before.tool, {**before.arguments, **changed}) if changed else None
    return None


def _lone(bare: str, before: Before) -> Command:
    """A name and nothing else is a question about that customer, or the last one again."""
    if re.fullmatch(r"\d{3,12}", bare):
        call = ToolCall("rules:0", "invoice_lookup", {"invoice": bare})
        return Understood((call,), sure=False)
    if "<" in slots_of(bare).text:
        return Unread()
    more = _MORE.match(bare)
    name = name_in(_MORE.sub("", bare, count=1))
    words = bare.split()
    if not name or len(words) > 6 or len(name.split()) * 2 < len(words):
        return Unread()
    repeats = more and before.tool and before.tool not in _ACTS
    tool = before.tool if repeats else "account_summary"
    return Understood((ToolCall("rules:0", tool, {"customer": name}),), sure=False)
