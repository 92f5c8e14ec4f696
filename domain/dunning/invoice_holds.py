"""Why one invoice is not asked for today, whatever the customer's cadence says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.dunning.ladder import DunningPolicy
from domain.dunning.planned import Hold, HoldReason
from domain.dunning.standing import STOPPING, Pause, PauseKind, PromiseStatus, Standing
from domain.ledger.invoice import Invoice, InvoiceStatus

_REASONS = {
    PauseKind.PAUSED: HoldReason.PAUSED,
    PauseKind.PAYMENT_SEARCH: HoldReason.PAUSED,
    PauseKind.CREDIT_HOLD: HoldReason.CREDIT_HOLD,
    PauseKind.LEGAL: HoldReason.LEGAL,
    PauseKind.INSOLVENCY: HoldReason.INSOLVENCY,
    PauseKind.RESOLVED: HoldReason.RESOLVED,
    PauseKind.ESCALATED: HoldReason.ESCALATED,
}

# A promise is noticed as broken the day after; transfers that left in time get their grace.
_WAITED_FOR = (PromiseStatus.OPEN, PromiseStatus.BROKEN)


def customer_stop(standing: Standing, today: date) -> Hold | None:
    """The first stop of the whole customer; None when there is none."""
    return next(customer_stops(standing, today), None)


def customer_stops(standing: Standing, today: date) -> Iterator[Hold]:
    """Every stop of the whole customer.

    Legal, insolvency and credit hold stop it from any invoice.
    """
    holding = [p for p in standing.pauses if p.holds(today)]
    stopping = [p for kind in STOPPING for p in holding if p.kind is kind]
    whole = [p for p in holding if p.invoice_id is None and p not in stopping]
    for pause in (*stopping, *whole):
        yield _paused(pause)
    if standing.unplaced_payment:
        yield Hold(HoldReason.PAYMENT_ARRIVED, "a payment came that is not matched yet")


def invoice_hold(
    invoice: Invoice, standing: Standing, policy: DunningPolicy, today: date
) -> Hold | None:
    """The first reason that keeps this invoice out of a mail; None when it may be in one."""
    return next(invoice_holds(invoice, standing, policy, today), None)


def invoice_holds(
    invoice: Invoice, standing: Standing, policy: DunningPolicy, today: date
) -> Iterator[Hold]:
    """Every reason that keeps this invoice out of a mail, most decisive first."""
    none = _not_a_claim(invoice)
    if none is not None:
        yield none
        return
    found = (
        _paying(invoice, standing),
        _disputed(invoice, standing),
        _promised(invoice, standing, policy, today),
        _pause_of(invoice, standing, today),
    )
    yield from (hold for hold in found if hold is not None)


def _not_a_claim(invoice: Invoice) -> Hold | None:
    if invoice.collectable:
        return None
    if invoice.status in (InvoiceStatus.OPEN, InvoiceStatus.PAID):
        return Hold(HoldReason.PAID, "nothing is open on it")
    return Hold(HoldReason.NOT_COLLECTABLE, f"its status is {invoice.status.value}")


def _paying(invoice: Invoice, standing: Standing) -> Hold | None:
    if invoice.id not in standing.paying:
        return None
    return Hold(HoldReason.PAYMENT_ARRIVED, "a payment for it came and waits to be posted")


def _disputed(invoice: Invoice, standing: Standing) -> Hold | None:
    for dispute in standing.disputes:
        if dispute.covers(invoice.id):
            return Hold(HoldReason.DISPUTED, f"disputed: {dispute.reason_code}")
    return None


def _promised(
    invoice: Invoice, standing: Standing, policy: DunningPolicy, today: date
) -> Hold | None:
    days = [
        p.promised_on for p in standing.promises if p.status in _WAITED_FOR and p.covers(invoice.id)
    ]
    if days and today <= policy.promise_ends_on(max(days)):
        return Hold(HoldReason.PROMISED, f"payment is promised for {max(days)}")
    return None


def _pause_of(invoice: Invoice, standing: Standing, today: date) -> Hold | None:
    for pause in standing.pauses:
        if pause.invoice_id == invoice.id and pause.holds(today):
            return _paused(pause)
    return None


def _paused(pause: Pause) -> Hold:
    end = f" until {pause.until_on}" if pause.until_on else ""
    return Hold(_REASONS[pause.kind], (pause.reason or pause.kind.value) + end)
