"""What to send to a customer now, or why nothing: the follow-up cadence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from domain.dunning.calendar import Calendar, zone_named
from domain.dunning.contact_rules import cap_hold, gap_hold, recipients, reply_hold, window_hold
from domain.dunning.invoice_holds import customer_stops, invoice_hold
from domain.dunning.ladder import DunningPolicy
from domain.dunning.planned import Hold, HoldReason, PlannedTouch, SendOutcome
from domain.dunning.rungs import Ladder, Rung
from domain.dunning.standing import Standing
from domain.dunning.touching import about_first, touch_of
from domain.ledger.account import Account
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money, total
from domain.ledger.party import Contact

__all__ = [
    "Hold",
    "HoldReason",
    "PlannedTouch",
    "SendOutcome",
    "Situation",
    "local_day",
    "plan",
    "totals",
]


def plan(
    account: Account, standing: Standing, policy: DunningPolicy, calendar: Calendar, now: datetime
) -> PlannedTouch | Hold:
    """The one message this customer may get at `now` (aware), or the first reason for none.

    All overdue invoices that nothing holds share one mail. After a silence of any length only
    the newest due step is planned. Days are those of the customer's own zone. `policy` is the
    one that holds for this customer, see domain.dunning.effective.
    """
    zone = zone_named(account.customer.timezone)
    if zone is None:
        return _lost(account)
    here = Situation(account, standing, policy, calendar, now, zone)
    stop = next(here.stops(), None)
    if stop:
        return stop
    to = recipients(account.contacts)
    if isinstance(to, Hold):
        return to
    free = here.free()
    if isinstance(free, Hold):
        return free
    rung = here.rung(free)
    if isinstance(rung, Hold):
        return rung
    hold = next(here.waits(rung.invoices, to), None)
    return hold or touch_of(account, rung, to, standing, policy, calendar, now, zone)


def local_day(account: Account, now: datetime) -> date:
    """The customer's calendar day at `now`; UTC when their zone is unknown."""
    return now.astimezone(zone_named(account.customer.timezone) or UTC).date()


def totals(invoices: tuple[Invoice, ...]) -> tuple[Money, ...]:
    """What is open on these invoices, one amount a currency."""
    currencies = sorted({i.open.currency for i in invoices})
    return tuple(total((i.open for i in invoices if i.open.currency == c), c) for c in currencies)


@dataclass(frozen=True, slots=True)
class Situation:
    """A customer at one moment; each method yields reasons for silence, most decisive first."""

    account: Account
    standing: Standing
    policy: DunningPolicy
    calendar: Calendar
    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def stops(self) -> Iterator[Hold]:
        """What stops the whole customer until something changes."""
        yield from customer_stops(self.standing, self.today)
        if self.account.customer.inactive:
            yield Hold(HoldReason.INACTIVE, "the customer is inactive in the ERP")
        if not self.account.customer.auto_followup:
            off = "follow-up is switched off for this customer"
            yield Hold(HoldReason.AUTO_FOLLOWUP_OFF, off)
        if self.policy.manual_only:
            yield Hold(HoldReason.MANUAL_ONLY, "only people write to this customer")

    def free(self) -> tuple[Invoice, ...] | Hold:
        """The invoices that nothing holds, or what holds the first of them."""
        free: list[Invoice] = []
        holds: list[Hold] = []
        for invoice in self.account.invoices:
            hold = invoice_hold(invoice, self.standing, self.policy, self.today)
            if hold is None:
                free.append(invoice)
            else:
                holds.append(hold)
        if free:
            return tuple(free)
        told = [h for h in holds if h.reason not in (HoldReason.PAID, HoldReason.NOT_COLLECTABLE)]
        for hold in (*told, *holds):
            return hold
        return Hold(HoldReason.PAID, "there is no invoice")

    def rung(self, free: tuple[Invoice, ...]) -> Rung | Hold:
        """The step of the ladder that is due for these invoices."""
        ladder = Ladder(self.policy, self.calendar, self.zone, self.today, self.standing)
        return ladder.due(free)

    def waits(self, invoices: tuple[Invoice, ...], to: tuple[Contact, ...]) -> Iterator[Hold]:
        """What a due step still waits for."""
        yield from self.against(invoices)
        yield from self.hours(to)

    def against(self, invoices: tuple[Invoice, ...]) -> Iterator[Hold]:
        """What speaks against a message about these invoices together."""
        if _below(invoices, self.policy.floors):
            yield Hold(HoldReason.SMALL_BALANCE, "the total is below the floor of the policy")
        first = about_first(invoices, self.standing)
        if first and not self.policy.first_message.auto_draft:
            yield Hold(HoldReason.FIRST_MESSAGE_OFF, "the first message is left to a person")

    def hours(self, to: tuple[Contact, ...]) -> Iterator[Hold]:
        """Why this is not the moment, whatever the message is about."""
        if self.standing.awaiting_decision:
            yield Hold(HoldReason.AWAITING_DECISION, "a follow-up waits in the review queue")
        timed = (self.standing, self.policy, self.calendar, self.now, self.zone)
        found = (
            reply_hold(*timed),
            gap_hold(*timed),
            cap_hold(to, *timed),
            window_hold(self.calendar, self.now, self.zone),
        )
        yield from (hold for hold in found if hold is not None)


def _lost(account: Account) -> Hold:
    detail = f"{account.customer.timezone!r} is no time zone"
    return Hold(HoldReason.UNKNOWN_TIMEZONE, detail)


def _below(invoices: tuple[Invoice, ...], floors: tuple[Money, ...]) -> bool:
    """Every currency's sum is below its floor."""
    limits = {floor.currency: floor for floor in floors}
    return all(s.currency in limits and s < limits[s.currency] for s in totals(invoices))
