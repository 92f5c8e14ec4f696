"""Why an invoice gets no mail now: exactly one answer for each."""

from __future__ import annotations

from datetime import datetime

from domain.dunning.cadence import local_day, plan
from domain.dunning.calendar import Calendar
from domain.dunning.invoice_holds import invoice_hold
from domain.dunning.ladder import DunningPolicy
from domain.dunning.planned import Hold, HoldReason, PlannedTouch
from domain.dunning.standing import Standing
from domain.ledger.account import Account


def why_not(
    account: Account, standing: Standing, policy: DunningPolicy, calendar: Calendar, now: datetime
) -> dict[int, PlannedTouch | Hold]:
    """For each invoice id the mail it is part of, or the one reason why it is in none."""
    planned = plan(account, standing, policy, calendar, now)
    today = local_day(account, now)
    answers: dict[int, PlannedTouch | Hold] = {}
    for invoice in account.invoices:
        own = invoice_hold(invoice, standing, policy, today)
        if own is not None:
            answers[invoice.id] = own
        elif isinstance(planned, Hold) or invoice.id in planned.invoice_ids:
            answers[invoice.id] = planned
        else:
            detail = f"not asked for yet; due on {invoice.due_on}"
            answers[invoice.id] = Hold(HoldReason.NOT_DUE, detail)
    return answers
