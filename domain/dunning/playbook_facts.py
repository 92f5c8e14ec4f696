"""What the conditions of a playbook may ask of a customer, from its account and standing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, tzinfo

from domain.dunning.calendar import zone_named
from domain.dunning.expressions import Value
from domain.dunning.ladder import DunningPolicy
from domain.dunning.standing import PromiseStatus, Standing
from domain.ledger.account import Account
from domain.ledger.invoice import Invoice


def facts_of(
    account: Account, standing: Standing, policy: DunningPolicy, *, score: int | None = None
) -> dict[str, Value]:
    """Every fact of domain.dunning.expressions.FACTS by its name; None for what is not known."""
    zone = zone_named(account.customer.timezone) or UTC
    late = account.overdue()
    return {
        **_owed(account, late),
        **_said(standing, account.today, zone, late),
        **_promised(standing, account.today),
        **_who(account, policy),
        "score": score,
        "disputed": any(dispute.open for dispute in standing.disputes),
        "today": account.today,
    }


def _owed(account: Account, late: tuple[Invoice, ...]) -> dict[str, Value]:
    open_ = tuple(i for i in account.invoices if i.collectable)
    oldest = late[0] if late else None
    return {
        "balance": _sums(open_),
        "overdue": _sums(late),
        "largest_overdue": _largest(late),
        "overdue_invoices": len(late),
        "open_invoices": len(open_),
        "oldest_due_on": oldest.due_on if oldest else None,
        "days_overdue": oldest.days_past_due(account.today) if oldest else 0,
        "terms_days": (oldest.due_on - oldest.issued_on).days if oldest else None,
    }


def _said(
    standing: Standing, today: date, zone: tzinfo, late: tuple[Invoice, ...]
) -> dict[str, Value]:
    sent, replies = standing.sent(), standing.replies()
    since = late[0].due_on if late else today
    return {
        "days_since_last_mail": _days(today, [t.at.astimezone(zone).date() for t in sent]),
        "days_since_reply": _days(today, [t.at.astimezone(zone).date() for t in replies]),
        "mails_sent": sum(t.automatic and t.at.astimezone(zone).date() >= since for t in sent),
        "replied": bool(replies),
    }


def _promised(standing: Standing, today: date) -> dict[str, Value]:
    open_ = [p.promised_on for p in standing.promises if p.status is PromiseStatus.OPEN]
    last = max(open_, default=None)
    return {
        "promised": bool(open_),
        "promised_on": last,
        "days_to_promise": (last - today).days if last else None,
        "promises_broken": sum(p.status is PromiseStatus.BROKEN for p in standing.promises),
        "promises_kept": sum(p.status is PromiseStatus.KEPT for p in standing.promises),
    }


def _who(account: Account, policy: DunningPolicy) -> dict[str, Value]:
    customer = account.customer
    return {
        "natural_person": customer.natural_person,
        "vip": customer.vip,
        "country": customer.country,
        "region": customer.region,
        "language": customer.language,
        "currency": customer.currency,
        "segment": policy.segment,
        "customer": customer.netsuite_id,
        "tags": frozenset(customer.tags),
    }


def _sums(invoices: Iterable[Invoice]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for invoice in invoices:
        sums[invoice.open.currency] = sums.get(invoice.open.currency, 0) + invoice.open.minor
    return sums


def _largest(invoices: Iterable[Invoice]) -> dict[str, int]:
    most: dict[str, int] = {}
    for invoice in invoices:
        most[invoice.open.currency] = max(most.get(invoice.open.currency, 0), invoice.open.minor)
    return most


def _days(today: date, days: list[date]) -> int | None:
    return (today - max(days)).days if days else None
