"""What happened to customers, kept so that any earlier moment can be looked at again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.dunning.playbook_course import Assigned
from domain.dunning.segments import NOTHING, Beside
from domain.dunning.standing import (
    Dispute,
    Pause,
    PromiseStatus,
    PromiseToPay,
    Standing,
    Touch,
)
from domain.ledger.account import Account
from domain.ledger.invoice import Invoice, InvoiceStatus
from domain.ledger.money import Money
from domain.ledger.party import Contact, Customer


@dataclass(frozen=True, slots=True)
class Reduction:
    """Something that shrank an invoice: when the money came, and when we knew of it."""

    minor: int
    came_on: date
    known_on: date


@dataclass(frozen=True, slots=True)
class Claim:
    """An invoice with what shrank it. `void_on` is when it ceased to be a claim."""

    invoice: Invoice
    reductions: tuple[Reduction, ...] = ()
    void_on: date | None = None

    def known(self, day: date) -> Invoice | None:
        """What was open of it on a day as far as was known; None when that was nothing."""
        if day < self.invoice.issued_on or (self.void_on is not None and day >= self.void_on):
            return None
        gone = sum(r.minor for r in self.reductions if r.known_on <= day)
        left = self.invoice.total.minor - gone
        if left <= 0:
            return None
        amount = Money(left, self.invoice.total.currency)
        return replace(self.invoice, open=amount, status=InvoiceStatus.OPEN)

    def open_from(self, day: date) -> bool:
        """Whether anything was open of it on a day, or became so later."""
        return self.known(max(day, self.invoice.issued_on)) is not None

    def settled_on(self) -> date | None:
        """The day on which the last of the money had come; None while something is open."""
        if self.void_on is not None:
            return self.void_on
        if sum(r.minor for r in self.reductions) < self.invoice.total.minor:
            return None
        return max((r.came_on for r in self.reductions), default=self.invoice.issued_on)


@dataclass(frozen=True, slots=True)
class Spell:
    """From when until when something held; no end: it holds still."""

    begin: datetime
    end: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.begin <= at and (self.end is None or at < self.end)


@dataclass(frozen=True, slots=True)
class PastCustomer:
    """One customer: who they are today, and what happened, each with its spell.

    `touches` are what a replay takes as given: those that the cadence did not plan, and those it
    planned before the replay begins. `silenced` are contacts with the moment
    from which on they were not to be written to. `playbook` is the one that is active for the
    customer today; `begun_anew` is when a conversation was given back or opened again, and
    `reopened` when replies began to count anew.
    """

    customer: Customer
    contacts: tuple[Contact, ...] = ()
    silenced: tuple[tuple[int, datetime], ...] = ()
    claims: tuple[Claim, ...] = ()
    promises: tuple[tuple[PromiseToPay, Spell], ...] = ()
    disputes: tuple[tuple[Dispute, Spell], ...] = ()
    pauses: tuple[tuple[Pause, Spell], ...] = ()
    touches: tuple[Touch, ...] = ()
    holidays: frozenset[date] = frozenset()
    beside: Beside = NOTHING
    playbook: Assigned | None = None
    begun_anew: tuple[datetime, ...] = ()
    reopened: tuple[datetime, ...] = ()

    def account(self, at: datetime, zone: ZoneInfo) -> Account:
        """The account as it was known at a moment."""
        day = at.astimezone(zone).date()
        known = (claim.known(day) for claim in self.claims)
        barred = {contact_id for contact_id, since in self.silenced if since <= at}
        contacts = tuple(
            c if c.suppressed is (c.id in barred) else replace(c, suppressed=c.id in barred)
            for c in self.contacts
        )
        return Account(self.customer, day, contacts, tuple(i for i in known if i is not None))

    def standing(self, at: datetime, zone: ZoneInfo, planned: tuple[Touch, ...]) -> Standing:
        """Where the customer stood at a moment, had these messages been sent before it."""
        said = tuple(t for t in self.touches if t.at <= at)
        return Standing(
            promises=tuple(
                replace(p, status=PromiseStatus.OPEN if s.holds(at) else _past(p))
                for p, s in self.promises
                if s.begin <= at
            ),
            disputes=tuple(d for d, s in self.disputes if s.holds(at)),
            pauses=tuple(p for p, s in self.pauses if s.holds(at)),
            touches=(*said, *planned),
            conversation_since=max((m for m in self.reopened if m <= at), default=None),
            restarted_at=dict(self._restarts(at, zone)),
        )

    def _restarts(self, at: datetime, zone: ZoneInfo) -> Iterator[tuple[int | None, datetime]]:
        ended: list[tuple[datetime, int | None]] = [(m, None) for m in self.begun_anew if m <= at]
        for pause, spell in self.pauses:
            end = _ended(pause, spell, zone)
            if end is not None and end <= at:
                ended.append((end, pause.invoice_id))
        for dispute, spell in self.disputes:
            if spell.end is not None and spell.end <= at:
                ended += [(spell.end, i) for i in dispute.invoice_ids or (None,)]
        for end, key in sorted(ended, key=lambda e: e[0]):
            yield key, end

    def moments(
        self, zone: ZoneInfo, waited: Callable[[date], date], also: Iterable[date] = ()
    ) -> list[datetime]:
        """When something changed for this customer, in order, and the beginning of `also`.

        `waited` tells the last day on which a promise for a day is waited for.
        """
        found = [*(t.at for t in self.touches), *self.begun_anew, *self.reopened]
        if self.playbook is not None:
            found += [known_at for _, _, known_at, _ in self.playbook.answered]
        for _, spell in (*self.promises, *self.disputes, *self.pauses):
            found += [at for at in (spell.begin, spell.end) if at is not None]
        days = [c.invoice.issued_on for c in self.claims]
        days += [r.known_on for c in self.claims for r in c.reductions]
        days += [p.until_on + timedelta(days=1) for p, _ in self.pauses if p.until_on]
        days += also
        days += [waited(p.promised_on) + timedelta(days=1) for p, _ in self.promises]
        found += [datetime.combine(day, time(), tzinfo=zone).astimezone(UTC) for day in days]
        return sorted(set(found))


@dataclass(frozen=True, slots=True)
class History:
    """What happened between two days, both included. `left_out`: customers beyond the most."""

    since: date
    until: date
    customers: tuple[PastCustomer, ...] = ()
    left_out: int = 0


def _past(promise: PromiseToPay) -> PromiseStatus:
    return promise.status if promise.status is not PromiseStatus.OPEN else PromiseStatus.WITHDRAWN


def _ended(pause: Pause, spell: Spell, zone: ZoneInfo) -> datetime | None:
    """When the end of a stop began the cadence anew; None: it goes on, or only delayed a mail."""
    ends = [spell.end] if spell.end is not None else []
    if pause.until_on is not None and pause.restarts:
        after = pause.until_on + timedelta(days=1)
        ends.append(datetime.combine(after, time(), tzinfo=zone).astimezone(UTC))
    return min(ends, default=None)
