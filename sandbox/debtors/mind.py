"""What each temperament does about a letter. Pure: the same seed decides the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.ledger.money import Money
from sandbox.company import Claim, Debtor, Temperament
from sandbox.debtors import phrases
from sandbox.debtors.dates import promised, working_day, written

SOON = None


@dataclass(frozen=True, slots=True)
class Owed:
    """A claim and what the debtor knows to be open of it, in minor units."""

    claim: Claim
    open: int


class Meaning(StrEnum):
    """What a debtor means by what it says, whatever the words."""

    PROMISE = "promise"
    PAID = "paid"
    DISPUTE = "dispute"
    NOTED = "noted"
    QUESTION = "question"
    STOP = "stop"
    LEGAL = "legal"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Say:
    """Answer with this text, which means something about claims; `on` is a promised day."""

    text: str
    meaning: Meaning = Meaning.NOTED
    claim_ids: tuple[int, ...] = ()
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """Answer automatically: away until this day."""

    until: date


@dataclass(frozen=True, slots=True)
class Pay:
    """Pay these claims at a moment; SOON is within the hour."""

    claim_ids: tuple[int, ...]
    at: datetime | None = SOON


Intention = Say | Away | Pay


@dataclass(frozen=True, slots=True)
class Thought:
    """All a debtor goes by: who it is, what the letter names, how many came before, today."""

    rng: random.Random
    debtor: Debtor
    owed: Sequence[Owed]
    letters_before: int
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.debtor.timezone)).date()

    def words(
        self, meaning: Meaning, when: str = "", on: date | None = None, first: int = 99
    ) -> Say:
        """One of the phrases in the debtor's language, filled in."""
        owed = self.owed[:first]
        said = phrases.ALREADY_PAID if meaning is Meaning.PAID and when else _PHRASES[meaning]
        total = Money(sum(item.open for item in owed), self.debtor.currency)
        form = self.rng.choice(said[self.debtor.language])
        numbers = listed([item.claim.number for item in owed], self.debtor.language)
        text = form.format(numbers=numbers, when=when, amount=total)
        starts_low = self.debtor.language == "de"
        text = text if starts_low else text[0].upper() + text[1:]
        return Say(text, meaning, tuple(item.claim.id for item in owed), on)

    def pay(self, on: date | None = None, owed: Sequence[Owed] | None = None) -> Pay:
        """Pay everything named, or `owed`: soon, or on a day in the debtor's morning."""
        ids = tuple(item.claim.id for item in (self.owed if owed is None else owed))
        return Pay(ids, SOON if on is None else self.morning(on))

    def pay_now(self) -> Pay:
        """Pay everything named at once, before the answer is read."""
        return Pay(tuple(item.claim.id for item in self.owed), self.now)

    def morning(self, on: date) -> datetime:
        at = time(9, self.rng.randrange(60), self.rng.randrange(60))
        return datetime.combine(on, at, ZoneInfo(self.debtor.timezone))


def listed(numbers: Sequence[str], language: str) -> str:
    """ "INV1", "INV1 and INV2", "INV1, INV2 and INV3"."""
    if len(numbers) < 2:
        return "".join(numbers)
    return f"{', '.join(numbers[:-1])} {phrases.AND[language]} {numbers[-1]}"


def decide(thought: Thought) -> tuple[Intention, ...]:
    """What the debtor does about the letter. Where the first person's mail
    bounces, it is another one who reads and pays."""
    if not thought.owed:
        return (thought.words(Meaning.QUESTION),) if thought.rng.randrange(2) else ()
    return _HABITS[thought.debtor.temperament](thought)


def _pays(thought: Thought) -> tuple[Intention, ...]:
    return (thought.pay(),)


def _pays_when_reminded(thought: Thought) -> tuple[Intention, ...]:
    if thought.rng.randrange(2):
        return thought.pay_now(), thought.words(Meaning.PAID)
    return (thought.pay(),)


def _pays_late(thought: Thought) -> tuple[Intention, ...]:
    on = working_day(thought.today + timedelta(days=thought.rng.randint(3, 8)))
    if thought.letters_before == 0 and thought.rng.randrange(2):
        return thought.words(Meaning.NOTED), thought.pay(on)
    return (thought.pay(on),)


def _keeps(thought: Thought) -> tuple[Intention, ...]:
    when, on = promised(thought.rng, thought.debtor.language, thought.today, soon=True)
    return thought.words(Meaning.PROMISE, when, on), thought.pay(on)


def _breaks(thought: Thought) -> tuple[Intention, ...]:
    if thought.letters_before >= 2:
        return thought.pay_now(), thought.words(Meaning.PAID)
    when, on = promised(thought.rng, thought.debtor.language, thought.today, soon=True)
    return (thought.words(Meaning.PROMISE, when, on),)


def _disputes(thought: Thought) -> tuple[Intention, ...]:
    said = thought.words(Meaning.DISPUTE, first=1)
    rest = thought.owed[1:]
    if not rest:
        return (said,)
    return said, thought.pay(working_day(thought.today + timedelta(days=5)), rest)


def _says_it_paid(thought: Thought) -> tuple[Intention, ...]:
    days = thought.rng.randint(1, 6)
    when = written(thought.today - timedelta(days=days), thought.debtor.language, days)
    said = thought.words(Meaning.PAID, when)
    return (thought.pay_now(), said) if thought.debtor.id % 2 else (said,)


def _is_away(thought: Thought) -> tuple[Intention, ...]:
    until = working_day(thought.today + timedelta(days=thought.rng.randint(3, 10)))
    if thought.letters_before > 0:
        return (Away(until),)
    return Away(until), thought.pay(until + timedelta(days=1))


def _says_nothing(thought: Thought) -> tuple[Intention, ...]:
    return (thought.pay(),) if thought.letters_before >= 4 else ()


def _wants_no_mail(thought: Thought) -> tuple[Intention, ...]:
    return (thought.words(Meaning.STOP),)


def _sends_lawyers(thought: Thought) -> tuple[Intention, ...]:
    return (thought.words(Meaning.LEGAL),)


def _wants_papers(thought: Thought) -> tuple[Intention, ...]:
    if thought.letters_before == 0:
        return (thought.words(Meaning.PAPERS),)
    return (thought.pay(working_day(thought.today + timedelta(days=2))),)


_PHRASES: dict[Meaning, Mapping[str, tuple[str, ...]]] = {
    Meaning.PROMISE: phrases.PROMISE,
    Meaning.PAID: phrases.PAID_NOW,
    Meaning.DISPUTE: phrases.DISPUTE,
    Meaning.NOTED: phrases.NOTED,
    Meaning.QUESTION: phrases.UNCLEAR,
    Meaning.STOP: phrases.STOP,
    Meaning.LEGAL: phrases.LEGAL,
    Meaning.PAPERS: phrases.PAPERS,
}

_HABITS: dict[Temperament, Callable[[Thought], tuple[Intention, ...]]] = {
    Temperament.ON_TIME: _pays,
    Temperament.LATE: _pays_late,
    Temperament.AFTER_REMINDER: _pays_when_reminded,
    Temperament.PROMISE_KEEPER: _keeps,
    Temperament.PROMISE_BREAKER: _breaks,
    Temperament.DISPUTES: _disputes,
    Temperament.ALREADY_PAID: _says_it_paid,
    Temperament.OUT_OF_OFFICE: _is_away,
    Temperament.BOUNCES: _pays,
    Temperament.SILENT: _says_nothing,
    Temperament.WANTS_NO_MAIL: _wants_no_mail,
    Temperament.SENDS_LAWYERS: _sends_lawyers,
    Temperament.WANTS_PAPERS: _wants_papers,
}
