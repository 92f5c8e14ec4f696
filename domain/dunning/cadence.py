"""What to send to a customer now, or why nothing: the follow-up cadence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from domain.dunning.calendar import Calendar, zone_named
from domain.dunning.contact_rules import cap_hold, gap_hold, recipients, reply_hold, window_hold
from domain.dunning.invoice_holds import customer_stop, invoice_hold
from domain.dunning.ladder import DunningPolicy, SendMode, milder
from domain.dunning.planned import Hold, HoldReason, PlannedTouch, SendOutcome
from domain.dunning.rungs import Ladder, Rung
from domain.dunning.standing import Standing
from domain.ledger.account import Account
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money, total
from domain.ledger.party import Contact

__all__ = ["Hold", "HoldReason", "PlannedTouch", "SendOutcome", "local_day", "plan"]


def plan(
    account: Account, standing: Standing, policy: DunningPolicy, calendar: Calendar, now: datetime
) -> PlannedTouch | Hold:
    """The one mail this customer may get at `now` (aware), or the one reason for none.

    All overdue invoices that nothing holds share one mail. After a silence of any length only
    the newest due step is planned. Days are those of the customer's own zone.
    """
    customer = account.customer
    zone = zone_named(customer.timezone)
    if zone is None:
        detail = f"{customer.timezone!r} is no time zone"
        return Hold(HoldReason.UNKNOWN_TIMEZONE, detail)
    today = now.astimezone(zone).date()
    stop = customer_stop(standing, today)
    if stop:
        return stop
    if not customer.auto_followup:
        return Hold(HoldReason.AUTO_FOLLOWUP_OFF, "follow-up is switched off for this customer")
    to = recipients(account.contacts)
    if isinstance(to, Hold):
        return to
    free = _free(account, standing, policy, today)
    if isinstance(free, Hold):
        return free
    rung = Ladder(policy, calendar, zone, today, standing).due(free)
    if isinstance(rung, Hold):
        return rung
    hold = _customer_hold(rung, to, standing, policy, calendar, now, zone)
    return hold or _touch(account, rung, to, standing, policy, now)


def local_day(account: Account, now: datetime) -> date:
    """The customer's calendar day at `now`; UTC when their zone is unknown."""
    return now.astimezone(zone_named(account.customer.timezone) or UTC).date()


def _free(
    account: Account, standing: Standing, policy: DunningPolicy, today: date
) -> tuple[Invoice, ...] | Hold:
    free: list[Invoice] = []
    holds: list[Hold] = []
    for invoice in account.invoices:
        hold = invoice_hold(invoice, standing, policy, today)
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


def _customer_hold(
    rung: Rung,
    to: tuple[Contact, ...],
    standing: Standing,
    policy: DunningPolicy,
    calendar: Calendar,
    now: datetime,
    zone: ZoneInfo,
) -> Hold | None:
    if _below(rung.invoices, policy.floors):
        return Hold(HoldReason.SMALL_BALANCE, "the total is below the floor of the policy")
    if standing.awaiting_decision:
        return Hold(HoldReason.AWAITING_DECISION, "a follow-up waits in the review queue")
    return (
        reply_hold(standing, policy, calendar, now, zone)
        or gap_hold(standing, policy, calendar, now, zone)
        or cap_hold(to, standing, policy, calendar, now, zone)
        or window_hold(calendar, now, zone)
    )


def _touch(
    account: Account,
    rung: Rung,
    to: tuple[Contact, ...],
    standing: Standing,
    policy: DunningPolicy,
    now: datetime,
) -> PlannedTouch:
    because = _review_reason(account, rung, standing, policy)
    ordered = sorted(rung.invoices, key=lambda i: (i.due_on, i.number))
    return PlannedTouch(
        customer_id=account.customer.id,
        policy_id=policy.id,
        step=rung.step.key,
        phase=rung.step.phase,
        cycle=rung.cycle,
        tone=milder(rung.tone, policy.tone_cap_for(account.customer)),
        invoice_ids=tuple(i.id for i in ordered),
        contact_ids=tuple(c.id for c in to),
        at=now.astimezone(UTC),
        outcome=SendOutcome.REVIEW if because else SendOutcome.AUTO,
        because=because,
    )


def _review_reason(account: Account, rung: Rung, standing: Standing, policy: DunningPolicy) -> str:
    mode = policy.mode_for(account.customer)
    if mode is SendMode.NEVER:
        return "follow-ups are never sent without review"
    if mode is SendMode.UNTIL_SOMEONE_REPLIES and standing.replies():
        return "the customer has replied"
    if _above(rung.invoices, policy.review_above):
        return "the total is above the limit for sending without review"
    return ""


def _sums(invoices: tuple[Invoice, ...]) -> tuple[Money, ...]:
    currencies = sorted({i.open.currency for i in invoices})
    return tuple(total((i.open for i in invoices if i.open.currency == c), c) for c in currencies)


def _below(invoices: tuple[Invoice, ...], floors: tuple[Money, ...]) -> bool:
    """Every currency's sum is below its floor."""
    limits = {floor.currency: floor for floor in floors}
    return all(s.currency in limits and s < limits[s.currency] for s in _sums(invoices))


def _above(invoices: tuple[Invoice, ...], limits: tuple[Money, ...]) -> bool:
    most = {limit.currency: limit for limit in limits}
    return any(s.currency in most and s > most[s.currency] for s in _sums(invoices))
