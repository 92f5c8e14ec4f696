"""Does the chat agent say what is true, with the tools it should use, and propose what was asked?

Reads conversations, one JSON record a line: `{id, turns[], tools[], figures[], asks, proposes,
never[], says[], role}`. Names in braces are parts of the seeded world ("{late}"), `figures` are
reckoned from its rows ("open:late"). The last answer of a conversation is judged.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import typer
from pydantic import BaseModel, ConfigDict, ValidationError

from agent.brain import Brain
from agent.chat import ChatAnswer, ChatRequest
from agent.graph.chat import ChatGraph
from effects.actor import Person, Role
from evals.chat_facts import Cast, cast_of, read_facts
from evals.chat_oracles import figures
from evals.chat_world import NOW, TODAY, desk, world
from evals.json_lines import UnreadableFile, lines_of
from store.engine import Database

GOLDEN = Path(__file__).parent / "data" / "chat_golden.jsonl"


class Golden(BaseModel):
    """One conversation and what its last answer must be."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    turns: list[str]
    tools: list[str] = []
    figures: list[str] = []
    says: list[str] = []
    never: list[str] = []
    asks: bool = False
    proposes: int = 0
    role: Role = Role.COLLECTOR


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was right. `missing` are figures and words the answer lacks, `false` those it may not.

    `text` is the answer with its tables, as it was judged.
    """

    id: str
    right_tools: bool
    missing: tuple[str, ...]
    false: tuple[str, ...]
    right_acts: bool
    used: tuple[str, ...]
    text: str
    asked: str = ""
    tokens: int = 0

    @property
    def passed(self) -> bool:
        return self.right_tools and self.right_acts and not self.missing and not self.false


@dataclass(slots=True)
class Run:
    """A run over all conversations."""

    name: str
    verdicts: list[Verdict] = field(default_factory=list)

    def summary(self) -> dict[str, object]:
        """How many were right, and in what."""
        all_ = self.verdicts
        return {
            "brain": self.name,
            "conversations": len(all_),
            "passed": sum(v.passed for v in all_),
            "right_tools": sum(v.right_tools for v in all_),
            "right_figures": sum(not v.missing for v in all_),
            "false_statements": sum(bool(v.false) for v in all_),
            "right_acts": sum(v.right_acts for v in all_),
        }


class BadGolden(ValueError):
    """A line of the golden set cannot be read."""


async def run(brain: Brain, *, file: Path = GOLDEN, as_json: bool = False) -> int:
    """Hold every conversation in a world of its own making and print the score; 1 when not all
    are right, 2 when the set cannot be read."""
    try:
        records = read_golden(file)
    except (UnreadableFile, BadGolden) as error:
        typer.echo(f"{file}: {error}", err=True)
        return 2
    with tempfile.TemporaryDirectory(prefix="dunwell-golden-") as folder:
        async with world(Path(folder)) as (db, person):
            done = await judged(db, person, brain, records)
    _report(done, as_json=as_json)
    return 0 if all(v.passed for v in done.verdicts) else 1


def read_golden(file: Path) -> list[Golden]:
    """The conversations of a file. Raises BadGolden with the line that is wrong, UnreadableFile."""
    found = []
    for line in lines_of(file):
        if line.problem:
            raise BadGolden(f"line {line.number}: {line.problem}")
        try:
            found.append(Golden.model_validate(line.value))
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise BadGolden(f"line {line.number}: {place}: {first['msg']}") from error
    return found


async def judged(db: Database, person: Person, brain: Brain, records: Sequence[Golden]) -> Run:
    """Every conversation in a thread of its own, in one world."""
    async with db.read() as session:
        cast = cast_of(await read_facts(session, TODAY))
    graph = ChatGraph(db, desk("Larkfield Instruments"), brain)
    done = Run(brain.name)
    for record in records:
        done.verdicts.append(await _judge(graph, replace(person, role=record.role), cast, record))
    return done


async def _judge(graph: ChatGraph, by: Person, cast: Cast, record: Golden) -> Verdict:
    answer = ChatAnswer("")
    said = ""
    for place, turn in enumerate(record.turns):
        said = _filled(turn, cast)
        name = f"golden:{record.id}"
        request = ChatRequest(name, f"{name}:{place}", said, by, NOW)
        answer = await graph.answer(request, progress=_unheard)
    text = shown(answer)
    wanted = [f for name in record.figures for f in figures(cast, name)]
    wanted += [_filled(words, cast) for words in record.says]
    low = text.casefold()
    return Verdict(
        id=record.id,
        right_tools=_tools(record, answer),
        missing=tuple(w for w in wanted if w.casefold() not in low),
        false=tuple(w for w in record.never if _filled(w, cast).casefold() in low),
        right_acts=len(answer.proposed) == record.proposes and bool(answer.asks) == record.asks,
        used=answer.used,
        text=text,
        asked=said,
    )


def _tools(record: Golden, answer: ChatAnswer) -> bool:
    """Without a model exactly these; a model may look at more, never act more."""
    if answer.written_by.startswith("rules/"):
        return list(answer.used) == record.tools
    return set(record.tools) <= set(answer.used)


def shown(answer: ChatAnswer) -> str:
    """Everything a person sees of an answer."""
    rows = ["  ".join(row) for t in answer.tables for row in ((f"== {t.title} ==",), *t.rows)]
    return "\n".join([answer.text, *rows, *answer.asks])


def _filled(text: str, cast: Cast) -> str:
    for name, words in cast.words.items():
        text = text.replace(f"{{{name}}}", words)
    return text


async def _unheard(words: str) -> None:
    del words


def _report(done: Run, *, as_json: bool) -> None:
    summary = done.summary()
    if as_json:
        rows = [asdict(v) | {"passed": v.passed} for v in done.verdicts]
        typer.echo(json.dumps({"records": rows, "summary": summary}, ensure_ascii=False, indent=1))
        return
    for verdict in done.verdicts:
        if not verdict.passed:
            typer.echo(f"{verdict.id}: {verdict.asked}")
            typer.echo(f"  used {', '.join(verdict.used) or 'nothing'}")
            typer.echo(f"  missing {list(verdict.missing)}, false {list(verdict.false)}")
            typer.echo("  " + verdict.text.replace("\n", "\n  ")[:600])
    for name, value in summary.items():
        typer.echo(f"{name}: {value}")
