"""A small outside world that counts what reaches it, and the values the tests propose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from domain.ledger.money import Money
from effects.actor import Actor, ActorKind, Person, Role
from effects.kinds import KINDS, AppliedAmount, Effect, PostCustomerPayment, SendEmail
from effects.outcomes import (
    Absent,
    CannotLook,
    Changed,
    Done,
    LookAgain,
    NotNow,
    Refused,
    RetryLater,
    Unchanged,
    Unknown,
)
from effects.performer import Performers
from effects.policy import ApprovalPolicy, KindPolicy, Limits, Rule
from effects.propose import Because, Proposed, propose
from store import parties, touchpoints
from store.effects import DecisionRow, EffectRow
from store.engine import Database, Session

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
AGENT = Actor(ActorKind.AGENT, "followup")
ANNA = Person(1, "Anna", Role.COLLECTOR)
BEN = Person(2, "Ben", Role.APPROVER)
CLEO = Person(3, "Cleo", Role.CONTROLLER)
ADMIN = Person(4, "Ada", Role.ADMIN)

Plan = Callable[[], Done | RetryLater | Refused | Unknown]


def approval(row: EffectRow) -> DecisionRow:
    """A controller's approval of what the row says, as the database asks for."""
    return DecisionRow(
        effect_id=row.id,
        fingerprint=row.fingerprint,
        verdict="approve",
        actor_kind=CLEO.actor.kind,
        actor_id=CLEO.actor.id,
        at=NOW,
    )


def usd(*amounts: str) -> Limits:
    return Limits(tuple(Money.parse(amount, "USD") for amount in amounts))


POLICY = ApprovalPolicy(
    name="tests",
    kinds={
        "send_email": KindPolicy(
            rules=(Rule("mail is read first", Role.COLLECTOR),), editor_approves=True
        ),
        "post_customer_payment": KindPolicy(
            rules=(
                Rule("too much", "forbidden", above=usd("1000000")),
                Rule("certain and small", "automatic", up_to=usd("1000"), confidence=95),
                Rule("medium", Role.APPROVER, up_to=usd("50000")),
                Rule("anything else", Role.CONTROLLER),
            ),
            each={Role.APPROVER: usd("20000"), Role.CONTROLLER: usd("900000")},
            day={Role.APPROVER: usd("30000")},
            customer_day=usd("500000"),
            automatic_day=usd("1500"),
        ),
        "create_invoice": KindPolicy(
            rules=(
                Rule("certain and small", "automatic", up_to=usd("1000"), confidence=95),
                Rule("invoices", Role.APPROVER),
            ),
            each={Role.APPROVER: usd("20000")},
        ),
        "update_invoice": KindPolicy(rules=(Rule("changes", Role.APPROVER),)),
        "put_applications": KindPolicy(rules=(Rule("applications", Role.APPROVER),)),
    },
)


def payment(source_id: str, amount: str = "100.00", customer_id: int = 1) -> PostCustomerPayment:
    whole = Money.parse(amount, "USD")
    return PostCustomerPayment(
        payment_id=1, source="stripe", source_id=source_id, customer_id=customer_id,
        customer_netsuite_id="7", amount=whole, received_on=date(2026, 3, 9),
        applications=(AppliedAmount(1, "71", "INV-1", whole),), external_id=f"dw-pay-{source_id}",
    )  # fmt: skip


def mail(occasion: str, text: str = "Dear Acme", customer_id: int = 1) -> SendEmail:
    return SendEmail(
        customer_id=customer_id, purpose="followup", occasion=occasion, thread_id=1,
        to=("ap@acme.example",), subject="Invoice INV-1", text=text, html=f"<p>{text}</p>",
        message_id=f"<{occasion}@dunwell.example>", reply_to="r@dunwell.example",
        envelope_from="b@dunwell.example",
    )  # fmt: skip


async def offer(
    db: Database, effect: Effect, *, confidence: int | None = None, by: Actor = AGENT,
    now: datetime = NOW, policy: ApprovalPolicy = POLICY,
) -> Proposed:  # fmt: skip
    """Propose in a transaction of its own, for the customer that all tests share."""
    evidence = {} if confidence is None else {"confidence": confidence}
    async with db.begin() as session:
        known = effect.customer_id
        if known is not None and await session.get(parties.CustomerRow, known) is None:
            session.add(customer_row(known))
            await session.flush()
        because = Because("tests", evidence)
        return await propose(session, effect, policy=policy, because=because, by=by, now=now)


def customer_row(customer_id: int) -> parties.CustomerRow:
    return parties.CustomerRow(
        id=customer_id, netsuite_id=str(customer_id), entity_number=f"C{customer_id}",
        name="Acme", legal_name="Acme Inc.", currency="USD",
    )  # fmt: skip


@dataclass
class Clock:
    """A clock the test moves."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Outside:
    """Remembers every act that reached it, and answers as it was told to.

    `answers` are used up in order, then everything works. An answer of "lost" means that the
    act reached it and the response did not come back.
    """

    answers: list[str] = field(default_factory=list)
    facts: list[Changed | NotNow] = field(default_factory=list)
    reached: list[str] = field(default_factory=list)
    recorded: list[Done] = field(default_factory=list)
    looked_after: list[timedelta] = field(default_factory=list)
    cannot_look: bool = False
    record_fails: int = 0

    async def still_true(self, _session: Session, _effect: Effect) -> Unchanged | Changed | NotNow:
        return self.facts.pop(0) if self.facts else Unchanged()

    async def act(self, effect: Effect) -> Done | RetryLater | Refused | Unknown:
        answer = self.answers.pop(0) if self.answers else "done"
        if answer in ("done", "lost", "crash"):
            self.reached.append(effect.key())
        match answer:
            case "done":
                return Done({"id": str(len(self.reached))})
            case "later":
                return RetryLater("busy")
            case "refused":
                return Refused("period is closed")
            case "crash":
                raise ConnectionError("cut")
            case _:
                return Unknown("no response")

    async def look(
        self, effect: Effect, since: timedelta
    ) -> Done | Absent | LookAgain | CannotLook:
        if self.cannot_look:
            return CannotLook("cannot be asked")
        self.looked_after.append(since)
        return Done({"seen": True}) if effect.key() in self.reached else Absent()

    async def record(self, session: Session, effect: Effect, effect_id: int, done: Done) -> None:
        if self.record_fails:
            self.record_fails -= 1
            raise RuntimeError("the mirror is broken")
        row = touchpoints.TouchpointRow(
            key=f"effect:{effect_id}", customer_id=effect.customer_id, channel="email",
            direction="out", kind=effect.kind, occurred_at=NOW, effect_id=effect_id,
        )  # fmt: skip
        if await touchpoints.add_touchpoint(session, row) is None:
            raise AssertionError("a touchpoint was written twice")
        self.recorded.append(done)


def hands(outside: Outside) -> Performers:
    return dict.fromkeys(KINDS, outside)
