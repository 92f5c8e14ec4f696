"""Segments: customers who are followed up in another way, and which one a customer is in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.dunning.policy_values import Caps, Channel, DunningStep, FirstMessage, SendMode, Tone
from domain.ledger.account import Account
from domain.ledger.money import Money


@dataclass(frozen=True, slots=True)
class Beside:
    """What a segment may ask and an account does not hold.

    `score`: how likely they pay late, in thousandths; None when nothing is known. `subsidiary`:
    NetSuite id of the seller's subsidiary.
    """

    score: int | None = None
    subsidiary: str = ""


NOTHING = Beside()


@dataclass(frozen=True, slots=True)
class Band:
    """Whole numbers from `least` to `most`, both included; None is open."""

    least: int | None = None
    most: int | None = None

    def holds(self, value: int | None) -> bool:
        """Whether a value is inside; an unknown one only when nothing is asked."""
        if self.least is None and self.most is None:
            return True
        if value is None:
            return False
        above = self.least is None or value >= self.least
        return above and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True)
class Match:
    """Who is in a segment: every condition that is set holds. Lists fit with any of their members.

    `balance_at_least`: open in one of these currencies, at least so much. `balance_below`: open in
    these currencies only, each below. `places` are countries ("US") or regions ("US-CA").
    `oldest_days`: days the oldest open invoice is past due, negative before it.
    """

    balance_at_least: tuple[Money, ...] = ()
    balance_below: tuple[Money, ...] = ()
    oldest_days: Band = Band()
    terms_days: Band = Band()
    score: Band = Band()
    tags: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    subsidiaries: frozenset[str] = frozenset()
    vip: bool | None = None
    natural_person: bool | None = None

    def fits(self, account: Account, beside: Beside) -> bool:
        customer = account.customer
        here = {customer.country, f"{customer.country}-{customer.region}"}
        return (
            self._owed(account)
            and self.oldest_days.holds(oldest_days(account))
            and self.terms_days.holds(terms_days(account))
            and self.score.holds(beside.score)
            and (not self.tags or bool(self.tags & {t.casefold() for t in customer.tags}))
            and (not self.places or bool(self.places & here))
            and (not self.subsidiaries or beside.subsidiary in self.subsidiaries)
            and self.vip in (None, customer.vip)
            and self.natural_person in (None, customer.natural_person)
        )

    def _owed(self, account: Account) -> bool:
        owed = [account.open_total(currency) for currency in account.currencies()]
        least = {m.currency: m for m in self.balance_at_least}
        below = {m.currency: m for m in self.balance_below}
        high = any(o.currency in least and o >= least[o.currency] for o in owed)
        low = all(o.currency in below and o < below[o.currency] for o in owed)
        return (not least or high) and (not below or low)


@dataclass(frozen=True, slots=True)
class Changes:
    """What holds in a segment in place of the policy's own; None leaves it."""

    cadence: int | None = None
    steps: tuple[DunningStep, ...] | None = None
    send_mode: SendMode | None = None
    tone_cap: Tone | None = None
    caps: Caps | None = None
    channel: Channel | None = None
    floors: tuple[Money, ...] | None = None
    review_above: tuple[Money, ...] | None = None
    cc_default: bool | None = None
    first_message: FirstMessage | None = None
    manual_only: bool | None = None
    as_natural_persons: bool | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A named group of customers and what differs for them."""

    name: str
    match: Match
    changes: Changes


def segment_of(
    segments: tuple[Segment, ...], account: Account, beside: Beside = NOTHING
) -> Segment | None:
    """The first segment that fits; None when the policy holds as it stands."""
    return next((s for s in segments if s.match.fits(account, beside)), None)


def oldest_days(account: Account) -> int | None:
    """Days the oldest open invoice is past its due date."""
    dues: list[date] = [i.due_on for i in account.invoices if i.collectable]
    return (account.today - min(dues)).days if dues else None


def terms_days(account: Account) -> int | None:
    """Days to pay: those of the customer, else those of the invoice issued last."""
    if account.customer.terms_days is not None:
        return account.customer.terms_days
    latest = max(account.invoices, key=lambda i: (i.issued_on, i.id), default=None)
    return None if latest is None else (latest.due_on - latest.issued_on).days
