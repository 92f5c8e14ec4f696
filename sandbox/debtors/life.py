"""The debtors' days: read what came, answer, pay, all on the sandbox clock."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from sandbox.company import Claim, Company, Debtor, Person, Temperament
from sandbox.debtors.bounces import bounce
from sandbox.debtors.dates import written
from sandbox.debtors.memory import Memory, Plan, Said, Task
from sandbox.debtors.mind import Away, Intention, Pay, Say, Thought, decide
from sandbox.debtors.purse import Purse
from sandbox.debtors.reading import Letter, read_letter
from sandbox.debtors.replies import Writer, out_of_office, reply
from sandbox.mail.inbound import Inbound
from sandbox.mail.store import Accepted, MailStore

_TICK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast debtors live. Their minute lasts a quarter of a second at `speed` 1.

    An answer after 16 to 56 minutes of theirs then comes after 4 to 14 seconds. Promised and
    other dates are dates of the clock. `spacing` real seconds lie between two acts.
    """

    speed: float = 1.0
    spacing: float = 0.4

    def wait(self, minutes: int) -> timedelta:
        return timedelta(seconds=minutes / 4 / self.speed)


class Life:
    """Carries out the debtors' plans one by one."""

    def __init__(
        self,
        company: Company,
        memory: Memory,
        purse: Purse,
        mail: MailStore,
        inbound: Inbound,
        clock: Callable[[], datetime],
        pace: Pace,
        seed: int,
    ) -> None:
        self._memory = memory
        self._purse = purse
        self._mail = mail
        self._inbound = inbound
        self._clock = clock
        self._pace = pace
        self._seed = seed
        self._debtors = {debtor.id: debtor for debtor in company.debtors}
        self._people = {p.email: (d, p) for d in company.debtors for p in d.people}
        self._domains = {p.email.partition("@")[2]: d for d, p in self._people.values()}
        self._claims: dict[int, dict[str, Claim]] = {}
        for claim in company.claims:
            self._claims.setdefault(claim.debtor_id, {})[claim.number] = claim

    def begin(self) -> None:
        """Plan what happens by itself: those who pay without being asked. Only once."""
        if self._memory.is_new():
            plans = [self._own_plan(c) for claims in self._claims.values() for c in claims.values()]
            self._memory.plan([plan for plan in plans if plan is not None])

    def owe(self, claim: Claim) -> None:
        """The seller has issued one more invoice."""
        self._purse.claims[claim.id] = claim
        self._claims.setdefault(claim.debtor_id, {})[claim.number] = claim
        plan = self._own_plan(claim)
        if plan is not None:
            self._memory.plan([plan])

    def received(self, message: Accepted) -> None:
        """A mail for debtors has come: it will be read, or bounce."""
        told: set[int] = set()
        for recipient in message.rcpt_tos:
            debtor, person = self._who(recipient)
            if debtor is None:
                continue
            gone = debtor.temperament is Temperament.BOUNCES and person == debtor.people[0]
            bounces = person is None or gone
            if not bounces and debtor.id in told:
                continue
            told.add(debtor.id)
            rng = random.Random(f"read:{self._seed}:{debtor.id}:{message.id}")
            wait = self._pace.wait(rng.randint(2, 8) if bounces else rng.randint(16, 56))
            content: dict[str, object] = {"mail": message.id, "to": recipient.lower()}
            kind = "bounce" if bounces else "read"
            self._memory.plan([Plan(kind, debtor.id, content, self._clock() + wait)])

    async def run(self) -> None:
        """Live until cancelled."""
        while True:
            task = self._memory.due(self._clock())
            if task is None:
                await asyncio.sleep(_TICK_SECONDS)
                continue
            self.act(task)
            await asyncio.sleep(self._pace.spacing)

    def act(self, task: Task) -> None:
        """Carry out one task. Doing it again after a crash changes nothing."""
        debtor = self._debtors[task.plan.debtor_id]
        following: list[Plan] = []
        if task.plan.kind == "pay":
            ids = [int(str(number)) for number in _listed(task.plan.content["claims"])]
            self._purse.pay(debtor, ids, task.id, self._clock())
        elif task.plan.kind == "bounce":
            self._bounce(task)
        else:
            following = self._read(task, debtor)
        self._memory.finish(task, following)

    def _who(self, recipient: str) -> tuple[Debtor | None, Person | None]:
        known = self._people.get(recipient.lower())
        if known is not None:
            return known
        return self._domains.get(recipient.lower().partition("@")[2]), None

    def _bounce(self, task: Task) -> None:
        message = self._mail.accepted_by_id(int(str(task.plan.content["mail"])))
        if message is None or not message.mail_from:
            return
        recipient = str(task.plan.content["to"])
        letter = read_letter(message.raw)
        raw = bounce(letter, recipient, message.mail_from, self._clock(), self._key(task))
        self._inbound.receive("", message.mail_from, raw)

    def _read(self, task: Task, debtor: Debtor) -> list[Plan]:
        message = self._mail.accepted_by_id(int(str(task.plan.content["mail"])))
        if message is None:
            return []
        letter = read_letter(message.raw)
        claims = self._claims.get(debtor.id, {})
        named = [self._purse.owed(claims[number]) for number in letter.names(claims)]
        now = self._clock()
        before = self._memory.letters_seen(debtor.id)
        rng = random.Random(f"mind:{self._seed}:{debtor.id}:{before}")
        thought = Thought(rng, debtor, [o for o in named if o.open > 0], before, now)
        if named and not thought.owed:
            return []
        if letter.answers and debtor.temperament is not Temperament.WANTS_PAPERS:
            return []
        _, person = self._who(str(task.plan.content["to"]))
        writer = Writer(debtor, person or debtor.people[0], now)
        plans: list[Plan] = []
        for intention in decide(thought):
            plans.extend(self._carry_out(intention, writer, letter, task, rng))
        return plans

    def _carry_out(
        self, intention: Intention, writer: Writer, letter: Letter, task: Task, rng: random.Random
    ) -> Sequence[Plan]:
        match intention:
            case Say():
                raw = reply(rng, writer, letter, intention.text, self._key(task))
                self._inbound.receive(writer.person.email, letter.reply_to, raw)
                self._memory.record_said(task.id, self._meant(intention, writer))
            case Away(until):
                when = written(until, writer.language).partition(" ")[2]
                colleague = writer.debtor.people[-1].email
                raw = out_of_office(writer, letter, when, colleague, self._key(task))
                self._inbound.receive(writer.person.email, letter.reply_to, raw)
            case Pay(claim_ids, at):
                soon = self._clock() + self._pace.wait(rng.randint(20, 60))
                content: dict[str, object] = {"claims": list(claim_ids)}
                return [Plan("pay", writer.debtor.id, content, at or soon)]
            case _:
                assert_never(intention)
        return []

    def _meant(self, say: Say, writer: Writer) -> Said:
        return Said(
            writer.debtor.id,
            writer.person.email,
            say.meaning.value,
            say.claim_ids,
            say.on,
            self._clock(),
        )

    def _key(self, task: Task) -> str:
        """A local part for Message-IDs, the same whenever the task is done again."""
        return hashlib.sha256(f"{self._seed}:{task.id}:{task.plan}".encode()).hexdigest()[:24]

    def _own_plan(self, claim: Claim) -> Plan | None:
        """Payment without a reminder, for those who need none."""
        debtor = self._debtors[claim.debtor_id]
        rng = random.Random(f"own:{self._seed}:{claim.id}")
        lags = {Temperament.ON_TIME: rng.randint(-1, 0), Temperament.LATE: rng.randint(6, 25)}
        lag = lags.get(debtor.temperament)
        if lag is None or self._purse.owed(claim).open == 0:
            return None
        at = time(10, rng.randrange(60), rng.randrange(60))
        on = claim.due_on + timedelta(days=lag)
        due_at = datetime.combine(on, at, ZoneInfo(debtor.timezone))
        if due_at <= self._clock() + timedelta(hours=1):
            return None
        return Plan("pay", debtor.id, {"claims": [claim.id]}, due_at)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []
