"""The answer of a turn, put together by code from what the tools said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.chat import ChatAnswer, Table
from agent.graph.chat_turn import Made, Turn
from agent.spoken.elsewhere import WORDS as ELSEWHERE
from agent.tools.catalogue import TOOLS
from agent.tools.outcome import Outcome
from security.permissions import allows

_MOST_CITED = 12
_FEW = 6
_SMALL = {
    "hello": "Hello. Ask about a customer, an invoice or everybody: I look it up.",
    "thanks": "You are welcome.",
    "cancel": "All right, nothing was done.",
    "self": "I am Dunwell, a program. I look things up in the books and propose; people decide. "
    "Write help for what I can do.",
    "cannot": "That is not done from here: I look things up and propose. Decide on a proposal on "
    "its card or on the review page; change records in NetSuite.",
    **ELSEWHERE,
}
_WITHOUT = "Without a language model I can do these things; write them in your own words:"
_HELP = "I can do these things; write them in your own words:"


def answer_of(turn: Turn, written_by: str) -> ChatAnswer:
    """What is said back: the draft if there is one, and always what code knows for certain."""
    outcomes = [made.outcome for made in turn.made]
    if not outcomes or _was_no_name(turn, outcomes):
        return _without_calls(turn, written_by)
    acts = [act for outcome in outcomes for act in outcome.acts]
    asked = next((o.asked for o in outcomes if o.asked is not None), None)
    cited = dict.fromkeys(link for o in outcomes for link in o.cited)
    return ChatAnswer(
        text=_text(turn, outcomes),
        tables=_tables(outcomes),
        cited=tuple(cited)[:_MOST_CITED],
        proposed=tuple(dict.fromkeys(a.effect_id for a in acts if a.effect_id is not None)),
        asks=tuple(choice.label for choice in asked.choices) if asked else (),
        suggestions=tuple(dict.fromkeys(s for o in outcomes for s in o.suggestions))[:4],
        used=tuple(made.call.name for made in turn.made),
        written_by=written_by,
    )


def _tables(outcomes: Sequence[Outcome]) -> tuple[Table, ...]:
    """All tables; of several customers each under its name."""
    several = sum(bool(o.tables) for o in outcomes) > 1
    return tuple(
        replace(t, title=o.cited[0].label) if several and o.cited else t
        for o in outcomes
        for t in o.tables
    )


def _text(turn: Turn, outcomes: list[Outcome]) -> str:
    if not turn.draft:
        told = "\n".join(dict.fromkeys(words_of(o) for o in outcomes if words_of(o)))
        return f"{told}\n{_without_model(turn)}".strip()
    certain = [line for made in turn.made for line in _certain(made) if line not in turn.draft]
    return "\n".join([turn.draft, *dict.fromkeys(certain)])


def _certain(made: Made) -> list[str]:
    """What is told by code beside a model's words: acts, refused acts, and our own questions."""
    outcome, tool = made.outcome, TOOLS.get(made.call.name)
    told = [act.words for act in outcome.acts]
    if outcome.asked is not None or (outcome.refused and tool is not None and tool.acts):
        told.append(outcome.text)
    return [line for line in told if line]


def _without_model(turn: Turn) -> str:
    """That a model was asked and is not behind these words; nothing when none is configured."""
    return f"(Looked up without the language model: {turn.failed}.)" if turn.failed else ""


def _was_no_name(turn: Turn, outcomes: list[Outcome]) -> bool:
    """A lone phrase taken for a name that is nobody's."""
    return not turn.sure and all(o.refused and o.asked is None for o in outcomes)


def words_of(outcome: Outcome) -> str:
    """Everything a tool says in words: its text, quotations, and what it did."""
    quotes = [f'{q.who}, {q.on.isoformat()}: "{q.words}"' for q in outcome.quotes]
    acts = [act.words for act in outcome.acts if act.words not in outcome.text]
    return "\n".join([*([outcome.text] if outcome.text else []), *quotes, *acts])


def _without_calls(turn: Turn, written_by: str) -> ChatAnswer:
    if turn.draft:
        return ChatAnswer(turn.draft, written_by=written_by)
    if turn.small in _SMALL:
        suggestions = () if turn.small != "hello" else _examples(turn)[:3]
        words = _of_them(_SMALL[turn.small], turn)
        return ChatAnswer(words, suggestions=suggestions, written_by=written_by)
    examples = _examples(turn)
    if turn.small == "help":
        return _listing(_HELP, examples, examples[:4], written_by)
    head = f"I did not understand that. {_WITHOUT}"
    if turn.failed:
        head = f"The language model did not help ({turn.failed}). {_WITHOUT}"
    near = (*_near(turn), *examples[:_FEW], "help")
    return _listing(head, near, near[:4], written_by)


def _of_them(words: str, turn: Turn) -> str:
    """The words with their examples of whom the message or the thread is about."""
    name, invoice = turn.small_about
    known = name if name and not name.startswith("id:") else (*turn.labels, "")[0]
    words = words.replace("Acme", known) if known else words
    return words.replace("INV-1042", invoice) if invoice else words


def _listing(head: str, lines: Sequence[str], typed: Sequence[str], by: str) -> ChatAnswer:
    text = "\n".join([head, *(f"- {line}" for line in lines)])
    return ChatAnswer(text, suggestions=tuple(typed), written_by=by)


def _near(turn: Turn) -> tuple[str, ...]:
    """What may be asked of whom the thread is about."""
    if not turn.labels:
        return ()
    name = turn.labels[0]
    return (f"what does {name} owe", f"history of {name}", f"who is the contact at {name}")


def _examples(turn: Turn) -> tuple[str, ...]:
    """A sentence for each tool that this person may use."""
    role = turn.request.by.role
    return tuple(t.example for t in TOOLS.values() if t.example and allows(role, t.permission))
