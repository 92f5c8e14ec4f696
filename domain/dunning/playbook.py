"""Playbooks as values, and the walk through one: what comes next, from where a customer stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from domain.dunning.calendar import Calendar
from domain.dunning.expressions import Condition, Values, judge
from domain.dunning.policy_values import Channel, Tone
from domain.dunning.reading import DocumentKind
from domain.dunning.standing import PauseReason
from domain.dunning.written.steps import PAPERS

_MOST_MOVES = 200
_PAPERS = {kind: name.replace("_", " ") for name, kind in PAPERS.items()}


@dataclass(frozen=True, slots=True)
class Send:
    """Write to the customer. `draft`: a person sends it, always; else as the policy allows.

    `attachments` go with it as far as they are on file.
    """

    tone: Tone
    draft: bool = True
    channel: Channel = Channel.EMAIL
    attachments: tuple[DocumentKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Escalate:
    """Give the conversation to a person and tell those on `route`."""

    reason: str
    route: str = "default"


@dataclass(frozen=True, slots=True)
class LoopIn:
    """A colleague gets copies of the mails to come."""

    email: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Business days of the customer's calendar."""

    days: int


@dataclass(frozen=True, slots=True)
class PauseFor:
    """Pause the customer for so many days; None until somebody resumes."""

    days: int | None
    reason: PauseReason = PauseReason.OTHER


@dataclass(frozen=True, slots=True)
class If:
    """A branch on facts. What is not known takes the branch for "no"."""

    text: str
    condition: Condition
    then: tuple[Step, ...] = ()
    otherwise: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """A branch on a question about what the customer wrote, answered by the model or a person."""

    question: str
    then: tuple[Step, ...] = ()
    otherwise: tuple[Step, ...] = ()


Action = Send | Escalate | LoopIn | Wait | PauseFor
Step = Send | Escalate | LoopIn | Wait | PauseFor | If | Ask


@dataclass(frozen=True, slots=True)
class Playbook:
    """`customers` are NetSuite ids; empty with `everybody`. It begins `start` business days after
    the oldest open invoice was due.
    """

    name: str
    steps: tuple[Step, ...]
    description: str = ""
    everybody: bool = False
    customers: tuple[str, ...] = ()
    start: int = 1

    def size(self) -> int:
        """How many steps it has, those in branches included."""
        return _size(self.steps)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a question, with the words it rests on."""

    yes: bool
    quote: str = ""

    @property
    def word(self) -> str:
        return "yes" if self.yes else "no"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a customer stands: the step that comes next ("" at the end), reached on a day."""

    path: str = "0"
    reached_on: date | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken: what it was, what came out, the words it rests on."""

    path: str
    step: str
    outcome: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Now:
    """What a walk is judged by. `sent`: steps whose message left, or was turned down, and when."""

    today: date
    calendar: Calendar
    facts: Values
    answers: Mapping[str, Answer]
    sent: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the walk stops and at which step; None at the end of the playbook.

    `until` is the day a wait is over. `taken` are the steps passed on the way.
    """

    place: Place
    step: Step | None
    taken: tuple[Taken, ...] = ()
    until: date | None = None


def walk(playbook: Playbook, place: Place, now: Now) -> Stand:
    """Go on as far as facts and answers carry; stop at a step that needs something to happen.

    Conditions, copies to colleagues, sent messages and waits that are over are passed.
    """
    taken: list[Taken] = []
    for _ in range(_MOST_MOVES):
        step = step_at(playbook.steps, place.path) if place.path else None
        if step is None:
            return Stand(replace(place, path=""), None, tuple(taken))
        moved = _pass(playbook, place, step, now)
        if moved is None:
            until = _until(place, step, now) if isinstance(step, Wait) else None
            return Stand(place, step, tuple(taken), until)
        place, told = moved
        taken.append(told)
    raise AssertionError("a playbook without loops ends")


def passed(playbook: Playbook, place: Place, outcome: str, today: date) -> tuple[Place, Taken]:
    """The place after a step that was acted on, and what to remember of it."""
    step = step_at(playbook.steps, place.path)
    told = Taken(place.path, describe(step) if step else "", outcome)
    return Place(after(playbook.steps, place.path), today), told


def next_place(steps: tuple[Step, ...], told: Taken) -> str:
    """The path of the step after one that was taken, into the branch that it took."""
    branch = "then" if told.outcome == "yes" else "else"
    inner = f"{told.path}.{branch}.0"
    step = step_at(steps, told.path)
    if isinstance(step, If | Ask) and step_at(steps, inner) is not None:
        return inner
    return after(steps, told.path)


def questions(steps: tuple[Step, ...], above: str = "") -> dict[str, str]:
    """The path of each question by its words, those in branches included."""
    found: dict[str, str] = {}
    for number, step in enumerate(steps):
        path = f"{above}{number}"
        if isinstance(step, Ask):
            found.setdefault(step.question, path)
        for branch in ("then", "else"):
            inner = questions(branch_of(step, branch), f"{path}.{branch}.")
            found = inner | found
    return found


def step_at(steps: tuple[Step, ...], path: str) -> Step | None:
    """The step at a path like "1.then.0"; None when there is none."""
    number, _, rest = path.partition(".")
    if not number.isdigit() or int(number) >= len(steps):
        return None
    step = steps[int(number)]
    if not rest:
        return step
    branch, _, inner = rest.partition(".")
    return step_at(branch_of(step, branch), inner)


def branch_of(step: Step, branch: str) -> tuple[Step, ...]:
    """The steps of a branch, "then" or "else"; none for a step without branches."""
    if not isinstance(step, If | Ask):
        return ()
    return step.then if branch == "then" else step.otherwise


def after(steps: tuple[Step, ...], path: str) -> str:
    """The path of the step after this one, out of its branch when that ends; "" at the end."""
    parts = path.split(".")
    while parts:
        parts[-1] = str(int(parts[-1]) + 1)
        if step_at(steps, ".".join(parts)) is not None:
            return ".".join(parts)
        parts = parts[:-2]
    return ""


def describe(step: Step) -> str:
    """A step in a few words."""
    match step:
        case Send(tone, draft, channel, papers):
            verb = "draft" if draft else "send"
            beside = f" with {', '.join(_PAPERS[paper] for paper in papers)}" if papers else ""
            return f"{verb} a {tone.value} message by {channel.value}{beside}"
        case Escalate(reason, _):
            return f"give it to a person: {reason}"
        case LoopIn(email):
            return f"copies to {email}"
        case Wait(days):
            return f"wait {days} business days"
        case PauseFor(days, _):
            return f"pause for {days} days" if days else "pause until resumed"
        case If(text, _, _, _):
            return f"if {text}"
        case Ask(question, _, _):
            return f"ask: {question}"
        case _:
            assert_never(step)


def tree(steps: tuple[Step, ...], depth: int = 0) -> list[tuple[int, str]]:
    """The steps in words, line by line with how deep each stands."""
    lines: list[tuple[int, str]] = []
    for step in steps:
        lines.append((depth, describe(step)))
        for word, branch in (("yes", branch_of(step, "then")), ("no", branch_of(step, "else"))):
            if branch:
                lines.append((depth + 1, f"{word}:"))
                lines += tree(branch, depth + 2)
    return lines


def _pass(playbook: Playbook, place: Place, step: Step, now: Now) -> tuple[Place, Taken] | None:
    """The next place and what was done, when this step holds the walk up no more."""
    match step:
        case If(text, condition, _, _):
            found = judge(condition, now.facts)
            outcome = {True: "yes", False: "no", None: "not known, so no"}[found]
            told = Taken(place.path, f"if {text}", outcome)
            return _into(playbook, place, now, yes=found is True), told
        case Ask(question, _, _):
            answer = now.answers.get(place.path)
            if answer is None:
                return None
            told = Taken(place.path, f"ask: {question}", answer.word, answer.quote)
            return _into(playbook, place, now, yes=answer.yes), told
        case LoopIn():
            return passed(playbook, place, "done", place.reached_on or now.today)
        case Wait():
            over = now.today >= _until(place, step, now)
            return passed(playbook, place, "done", now.today) if over else None
        case Send():
            sent = now.sent.get(place.path)
            return passed(playbook, place, "done", sent) if sent else None
        case Escalate() | PauseFor():
            return None
        case _:
            assert_never(step)


def _into(playbook: Playbook, place: Place, now: Now, *, yes: bool) -> Place:
    name = "then" if yes else "else"
    path = f"{place.path}.{name}.0"
    if step_at(playbook.steps, path) is None:
        path = after(playbook.steps, place.path)
    return Place(path, place.reached_on or now.today)


def _until(place: Place, step: Wait, now: Now) -> date:
    begin = place.reached_on or now.today
    return now.calendar.add_business_days(begin, step.days)


def _size(steps: tuple[Step, ...]) -> int:
    return sum(
        1 + _size(branch_of(step, "then")) + _size(branch_of(step, "else")) for step in steps
    )
