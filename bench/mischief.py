"""Changes behind our back, made at random in the sandbox ERP: one method a kind of drift.

Each takes a document that nothing else of the run touches, so that every change has one cause.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import httpx

from domain.ledger.drift import DriftKind

# Kinds that are always made quietly, or always in the open.
_QUIET = {
    DriftKind.UNEXPECTED_DOCUMENT: True,
    DriftKind.DUPLICATE_SUSPECT: False,
    DriftKind.CONTROL_TOTAL_GAP: False,
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A mirrored document that can be tampered with; amounts in minor units."""

    netsuite_id: str
    customer: str
    currency: str
    base: str
    subsidiary: str
    total: int
    on: date


@dataclass(frozen=True, slots=True)
class Made:
    """A change that was made: the finding it must lead to, and whether no time stamp moved."""

    kind: DriftKind
    subject: str
    quiet: bool


@dataclass(slots=True)
class Door:
    """The sandbox's back door."""

    url: str
    refused: list[str] = field(default_factory=list)

    def act(self, do: str, **spec: object) -> Mapping[str, object] | None:
        """What the act answered; None when NetSuite itself would not allow it."""
        answer = httpx.post(
            f"{self.url}/admin/act",
            json={"do": do, **spec},
            headers={"Authorization": "Bearer bench"},
            timeout=60,
        )
        if answer.status_code >= 400:
            self.refused.append(f"{do}: {answer.text[:200]}")
            return None
        return dict(answer.json())


class Mischief:
    """Makes changes with a seed; `invoices` are open and unsettled, `payments` fully applied."""

    def __init__(
        self,
        door: Door,
        rng: random.Random,
        invoices: Sequence[Paper],
        payments: Sequence[Paper],
        now: datetime,
    ) -> None:
        self._door, self._rng, self._now = door, rng, now
        self._invoices, self._payments = list(invoices), list(payments)
        rng.shuffle(self._invoices)
        rng.shuffle(self._payments)
        self._customers = sorted({(p.subsidiary, p.currency, p.customer) for p in invoices})
        self._twins = list[Paper]()
        self._quiet = False
        self._kinds: dict[DriftKind, Callable[[], str | None]] = {
            DriftKind.DELETED: self._deleted,
            DriftKind.VOIDED: self._voided,
            DriftKind.AMOUNT_CHANGED: self._amount,
            DriftKind.BALANCE_MISMATCH: self._balance,
            DriftKind.APPLICATION_MISMATCH: self._application,
            DriftKind.STATUS_MISMATCH: self._status,
            DriftKind.DUE_DATE_CHANGED: self._due_date,
            DriftKind.CUSTOMER_CHANGED: self._customer,
            DriftKind.CURRENCY_OR_RATE_CHANGED: self._currency_or_rate,
            DriftKind.PERIOD_MOVED: self._period,
            DriftKind.UNEXPECTED_DOCUMENT: self._unexpected,
            DriftKind.DUPLICATE_SUSPECT: self._duplicate,
            DriftKind.CONTROL_TOTAL_GAP: self._gap,
        }

    def prepare(self, count: int) -> None:
        """Write a reference on documents that will be entered twice later: ordinary life."""
        for number in range(count):
            paper = self._invoices.pop() if number % 2 else self._payments.pop()
            self._door.act("edit", id=paper.netsuite_id, fields={"otherRefNum": f"R{number}"})
            self._twins.append(paper)

    def make(self, count: int) -> list[Made]:
        """So many changes, the kinds in turn, every third without a trace of time."""
        made: list[Made] = []
        kinds = list(self._kinds)
        for number in range(count * 3):
            if len(made) == count:
                break
            kind = kinds[number % len(kinds)]
            self._quiet = _QUIET.get(kind, number % 3 == 0)
            subject = self._kinds[kind]()
            if subject is not None:
                made.append(Made(kind, subject, self._quiet))
        return made

    def _do(self, paper: Paper, do: str, **spec: object) -> str | None:
        done = self._door.act(do, id=paper.netsuite_id, quiet=self._quiet, **spec)
        return paper.netsuite_id if done is not None else None

    def _one(self) -> Paper:
        return self._rng.choice([self._invoices, self._payments]).pop()

    def _deleted(self) -> str | None:
        return self._do(self._one(), "delete")

    def _voided(self) -> str | None:
        return self._do(self._one(), "void")

    def _amount(self) -> str | None:
        paper = self._invoices.pop()
        minor = paper.total + self._rng.choice((-1, 1)) * self._rng.randint(1, paper.total - 1)
        return self._do(paper, "edit_amount", amount=plain(minor, paper.currency))

    def _balance(self) -> str | None:
        paper = self._invoices.pop()
        left = plain(self._rng.randint(1, paper.total - 1), paper.currency)
        return self._do(paper, "distort", open=left)

    def _application(self) -> str | None:
        return self._do(self._payments.pop(), "unapply")

    def _status(self) -> str | None:
        paper = self._invoices.pop()
        if self._rng.random() < 0.5:
            return self._do(paper, "approve", status="pending")
        return self._do(paper, "distort", status="B")

    def _due_date(self) -> str | None:
        paper = self._invoices.pop()
        due = paper.on + timedelta(days=self._rng.randint(100, 300))
        return self._do(paper, "edit", fields={"dueDate": due.isoformat()})

    def _customer(self) -> str | None:
        paper = self._invoices.pop()
        others = [
            key
            for subsidiary, currency, key in self._customers
            if (subsidiary, currency) == (paper.subsidiary, paper.currency)
            and key != paper.customer
        ]
        return self._do(paper, "move_customer", customer=self._rng.choice(others))

    def _currency_or_rate(self) -> str | None:
        foreign = self._rng.random() < 0.5
        place = next(
            (n for n, p in enumerate(self._invoices) if (p.currency != p.base) is foreign), 0
        )
        paper = self._invoices.pop(place)
        if foreign:
            return self._do(paper, "edit", fields={"exchangeRate": "1.732"})
        other = self._rng.choice([c for c in ("USD", "EUR", "GBP") if c != paper.currency])
        return self._do(paper, "currency", currency=other)

    def _period(self) -> str | None:
        paper = self._invoices.pop()
        other = paper.on - timedelta(days=self._rng.randint(32, 60))
        return self._do(paper, "edit", fields={"tranDate": other.isoformat()})

    def _unexpected(self) -> str | None:
        customer = self._rng.choice(self._customers)[2]
        fields = {
            "entity": {"id": customer},
            "tranDate": (self._now.date() - timedelta(days=self._rng.randint(2, 20))).isoformat(),
            "item": {"items": [{"item": {"id": "501"}, "amount": self._rng.randint(50, 5000)}]},
        }
        as_of = (self._now - timedelta(days=2)).isoformat()
        done = self._door.act("create", type="invoice", fields=fields, quiet=True, as_of=as_of)
        return str(done["id"]) if done is not None else None

    def _duplicate(self) -> str | None:
        if not self._twins:
            return None
        paper = self._twins.pop()
        on = (paper.on + timedelta(days=self._rng.randint(0, 5))).isoformat()
        done = self._door.act("duplicate", id=paper.netsuite_id, on=on)
        return str(done["id"]) if done is not None else None

    def _gap(self) -> str | None:
        subsidiary = self._rng.choice(sorted({p[0] for p in self._customers}))
        amount = f"{self._rng.randint(100, 9999)}.{self._rng.randint(0, 99):02}"
        done = self._door.act("control_gap", subsidiary=subsidiary, amount=amount)
        return subsidiary if done is not None else None


def plain(minor: int, currency: str) -> str:
    """Minor units as NetSuite reads an amount."""
    if currency == "JPY":
        return str(minor)
    return f"{minor // 100}.{minor % 100:02}"
