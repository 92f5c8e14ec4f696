"""Plain English to tool calls, without a model: the same calls that a model would make.

The reader knows the words of the trade and nothing of the store: names, amounts and days go to
the tools as they were typed. What it does not understand it says so; it never guesses an act.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from agent.brain import ToolCall
from agent.spoken.acts import ACTS as _ACTS
from agent.spoken.amounts import CURRENCY
from agent.spoken.building import Built, built
from agent.spoken.days import DAY
from agent.spoken.elsewhere import elsewhere
from agent.spoken.intents import intent_of
from agent.spoken.ordinals import pointed, points
from agent.spoken.phrases import QUOTED, name_in
from agent.spoken.several import expanded, many_amounts
from agent.spoken.slots import Slots, slots_of

_LONGEST = 2_000
_MOST_PARTS = 3
_MOST_AROUND = 9
_PARTS = re.compile(
    r"(?<=\?)[?\s]*(?=\S)|[;\n]+|(?<=[a-z])[.!]\s+(?=[A-Z])|,?\s\band then\b|,?\s\band"
    r" (?=(?:what|"
    r"why|who|when|how|show|list|draft|pause|resume|remind|post|record|log|note|assign|send"
    r"|write|chase)\b)",
    re.IGNORECASE,
)
_SMALL = {
    "hello": r"(?:hi|hello|hey|good (?:morning|afternoon|evening)|moin|hallo)(?: there| all)?",
    "thanks": r"(?:ok(?:ay)?,? )?(?:thanks?|thank you|thx|cheers|great|perfect|cool|bye)(?:[ ,.!]+"
    r"(?:a lot|so much|very much|again|dunwell|mate|all good|bye|"
    r"for (?:now|that|the help|your help)|"
    r"that(?:'s| is) (?:all|it|great|good|helpful)|job|work|you))*"
    r"|ok(?:ay)?",
    "help": r"(?:(?:hi|hello|hey|good (?:morning|afternoon|evening))[,!. ]+)?"
    r"(?:help|\?|/?help me|commands?|what can (?:you|i) (?:do|ask)|how does this work|menu"
    r"|what do you (?:do|know)|options|examples?)",
    "self": r"(?:are|r) (?:you|u)\b.{0,40}|who (?:are|r) (?:you|u)|what are you",
    "cannot": r"(?:please |can you |could you )?(?:delete|remove|"
    r"void|cancel|change|update|edit|merge|unapply|wire|transfer)\b"
    r"(?!.*\b(?:paid|came)\b).+",
    "cancel": r"(?:no|nope|cancel|never ?mind|none(?: of (?:them|these))?|stop|forget it)",
}
_MENTION = re.compile(r"^\s*(?:<@\w+>|@\w+)[\s,:]*")
_SHORT = re.compile(r"\b(what|who|where|how|when)s\b", re.IGNORECASE)
_YES = re.compile(r"(?:yes|yep|yeah|y|correct|right|exactly|that one|the (?:first|only) one)", re.I)
_PLACES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
           "fifth": 5, "last": -1}  # fmt: skip
_PLACE = re.compile(r"(?:the |number |no\.? |#)?(\d|first|second|third|fourth|fifth|last|[1-5]\w\w)"
                    r"(?: one)?", re.I)  # fmt: skip
_MORE = re.compile(
    r"(?:(?:and|also|ok|now|then|what about|how about|(?:the )?same for|and for|for|and"
    r" with)\s)+",
    re.IGNORECASE,
)
_ONLY = re.compile(r"^(?:and|only|just|but|in|over|above|under|the|those|ones|with)\b", re.I)
_NARROW = re.compile(
    r"(?:and|but|only|just|(?:which|who|what) (?:ones? )?of (?:them|those|these)"
    r"|of (?:them|those|these))\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"^(?:which|what|who|any)\b.*\bof (?:them|those|these|it)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:they|them|their|theirs|it|its|he|she|this customer)\b", re.IGNORECASE)
_OWED = re.compile(
    r"\b(?:overdue|late|past due|open|outstanding|owed|balance|receivables?|due|totals?)\b", re.I
)
_THEY_PAID = re.compile(r"^(?:they|he|she)(?:'ve| have| has| just)? paid\b", re.IGNORECASE)
_AS_OF_TODAY = ("aging", "totals", "list_overdue", "who_owes", "account_summary", "list_invoices")
_WORDS = ("note", "reason")
_DAYS = ("until", "received", "by")
_LONG_DAY = 7
_HOW_MUCH = re.compile(
    r"^(?:and |so )?(?:by )?how (?:much|long|late|many)\b.{0,12}$|^since when$", re.I
)
_TONE_ONLY = re.compile(
    r"^(?:please |can you |and |but |now |ok,? )*(?:make|write|do|put) (?:it|that|this)\b"
    r"|^(?:a (?:bit|little) )?(?:more )?(?:firm|friendl|soft|polite|stern|gentl"
    r"|profession)\w*"
    r"(?: please)?$",
    re.IGNORECASE,
)
_REPEATED = ("propose_reminder", "pause", "resume", "assign")
_OF_PERIODS = ("recognized_revenue", "close_readiness")
_LISTS = (
    "list_overdue", "who_owes", "aging", "find_payments", "promises", "disputes", "list_invoices",
    "who_replied", "what_was_sent", "cash_expected", "whom_first",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pending:
    """A question that waits for its answer: the call, its open argument, what it may be."""

    tool: str
    arguments: Mapping[str, object]
    argument: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """What was asked last in this conversation. `listed` names the rows of the last list, `about`
    says whether a customer is talked about."""

    pending: Pending | None = None
    tool: str = ""
    arguments: Mapping[str, object] = field(default_factory=dict)
    listed: tuple[str, ...] = ()
    about: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """Calls to make, in order. `sure` is False for a lone name: it may be none."""

    calls: tuple[ToolCall, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """Nothing to look up: hello, thanks, help, cancel, or what is not done from here.

    `name` and `invoice` are those it was said of, if any.
    """

    kind: str
    name: str = ""
    invoice: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """The reader does not know what is meant."""


Command = Understood | SmallTalk | Unread


def read_command(message: str, before: Before) -> Command:
    """What a message asks for, given what was asked before."""
    message = _SHORT.sub(r"\1's", _MENTION.sub("", message))
    text = " ".join(message.replace("’", "'").split())[:_LONGEST].strip()
    bare = text.strip(" .!?,")
    small = next((k for k, form in _SMALL.items() if re.fullmatch(form, bare, re.I)), "")
    if small == "cannot":
        return _aside(message, before) or SmallTalk(small)
    if small and not (small in ("thanks", "help") and before.pending is not None):
        return SmallTalk(small)
    if before.pending is not None:
        answered = _answer(bare, before.pending)
        if answered is not None:
            return Understood((answered,))
    message = pointed(message.replace("’", "'")[:_LONGEST], before.listed)
    aside = _aside(message, before)
    if aside is not None:
        return aside
    found = _without_sums([call for part in _parts(message) for call in _calls(part, before)])
    if found:
        return Understood(tuple(ToolCall(f"rules:{n}", *call) for n, call in enumerate(found)))
    return _lone(" ".join(message.split()).strip(" .!?,"), before)


def _aside(message: str, before: Before) -> SmallTalk | None:
    """What is not done from here, a list that nobody remembers, or how things stood earlier."""
    slots = slots_of(message)
    kind = elsewhere(slots.text)
    named = QUOTED.search(message)
    if not kind and points(message) and not named and not slots.invoices:
        kind = "which"
    if not kind and many_amounts(message, intent_of(slots.text)):
        kind = "one_amount"
    short = _MORE.match(slots.text) and not name_in(slots.text)
    if not kind and short and slots.periods and before.tool in _AS_OF_TODAY:
        kind = "trend"
    number = slots.invoices[0] if slots.invoices else ""
    invoice = f"invoice {number}" if number.isdigit() else number
    return SmallTalk(kind, named[1].strip() if named else "", invoice) if kind else None


def _without_sums(calls: list[Built]) -> list[Built]:
    """ "Who promised, and how much in total", "who is paused and why": the list says that too."""
    said: tuple[Built, ...] = (("totals", {}), ("why_not", {}))
    lists = bool(calls) and calls[0][0] in (*_LISTS, "who_is_paused")
    return [c for n, c in enumerate(calls) if not (n and lists and c in said)]


def _calls(part: str, before: Before) -> list[Built]:
    """The call of a sentence; of several customers or periods, one for each."""
    found = _one(part, before)
    if found is None:
        return []
    tool, arguments = found
    told = {k: str(v).replace('"', "") if k in _WORDS else v for k, v in arguments.items()}
    return expanded(part, (tool, told))


def _parts(message: str) -> list[str]:
    if re.match(
        r"^\s*(?:please )?(?:add |make |take |leave |log |record )?(?:an? |the"
        r" )?(?:(?:phone )?call"
        r" with|note|remember)\b",
        message,
        re.I,
    ):
        return [" ".join(message.split())]
    parts = [" ".join(p.split()).strip(" ,.") for p in _PARTS.split(message)]
    return [p for p in parts if p][:_MOST_PARTS]


def _answer(bare: str, pending: Pending) -> ToolCall | None:
    """The pending call with its argument, when the message answers the question."""
    value = _chosen(bare, pending.choices) if pending.choices else _named(bare)
    if not value and pending.argument in _DAYS and len(bare.split()) < _LONG_DAY:
        value = bare if DAY.search(bare) and not intent_of(slots_of(bare).text) else ""
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
    if before.tool == "propose_reminder" and _TONE_ONLY.search(slots.text):
        tone = built("propose_reminder", part, slots)[1].get("tone", "")
        return (before.tool, {**before.arguments, "tone": tone}) if tone else None
    if (not tool or (more and tool == "account_summary")) and before.tool:
        return _again(part, slots, before, more=more is not None)
    if not tool:
        return None
    call = built(tool, part, slots)
    if _OF_THEM.search(part) and before.tool == "account_summary":
        return "account_summary", {}
    nobody = call == ("account_summary", {}) and not before.about
    if nobody and (_OWED.search(part) or CURRENCY.search(part)) and not _PRONOUN.search(part):
        return built("totals", part, slots)
    if call == ("find_payments", {}) and not before.about and _THEY_PAID.match(part):
        return "record_payment", {}
    narrows = _NARROW.match(slots.text) and before.tool == call[0] and tool in _LISTS
    return (call[0], _narrowed(before.arguments, call[1])) if narrows else call


def _narrowed(earlier: Mapping[str, object], changed: Mapping[str, object]) -> dict[str, object]:
    """The last question with something changed; another currency holds for its bound too."""
    kept = dict(earlier)
    if changed.get("currency") and "least" in kept and "least" not in changed:
        kept["least"] = CURRENCY.sub("", str(kept["least"])).strip()
    return {**kept, **changed}


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
        return (before.tool, _narrowed(before.arguments, changed)) if changed else None
    if before.about and _HOW_MUCH.match(part.strip(" ?")) and before.tool not in _ACTS:
        return before.tool, dict(before.arguments)
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
    quoted = QUOTED.search(bare) is not None
    most = _MOST_AROUND if quoted else 6
    if not name or len(words) > most or (len(name.split()) * 2 < len(words) and not quoted):
        return Unread()
    repeats = more and before.tool and before.tool not in _ACTS
    tool = before.tool if repeats else "account_summary"
    return Understood((ToolCall("rules:0", tool, {"customer": name}),), sure=False)
