"""What happened with a customer, each thing in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.ledger.money import Money
from store.effects import DecisionRow, EffectRow
from store.engine import Session
from store.receivables import PaymentRow
from store.standing import DisputeRow, HoldRow, PromiseRow
from store.timeline import Entry, entries
from store.touchpoints import TouchpointRow
from store.worklist import WorkItemRow


@dataclass(frozen=True, slots=True)
class Happened:
    """One event. `sent`: a message of ours that left. `detail` holds no words of a stranger."""

    at: datetime
    what: str
    detail: str = ""
    sent: bool = False


async def history_of(session: Session, customer_id: int, *, limit: int) -> Sequence[Happened]:
    """The latest events, newest first; one bounded query a kind."""
    found = await entries(session, customer_id, limit=limit)
    return [_told(entry) for entry in found]


def _told(entry: Entry) -> Happened:
    at, row = entry.moment.at, entry.row
    match row:
        case TouchpointRow():
            return _contact(at, row)
        case PromiseRow():
            amount = _amount(row.currency, row.amount_minor) or "the whole balance"
            settled = entry.moment.kind == "promise_settled"
            what = f"Promise {row.state}" if settled else "Promise to pay"
            return Happened(at, what, f"{amount} by {row.promised_on.isoformat()}")
        case PaymentRow():
            return Happened(at, "Payment", str(Money(row.amount_minor, row.currency)))
        case DecisionRow():
            title = entry.effect.title if entry.effect is not None else ""
            return Happened(at, f"Decision: {row.verdict}", title)
        case EffectRow():
            kind = "Proposed" if entry.moment.kind == "proposal" else row.state.capitalize()
            return Happened(at, kind, row.title)
        case DisputeRow():
            return Happened(at, "Dispute", row.reason_code.replace("_", " "))
        case HoldRow():
            until = f"until {row.until_on.isoformat()}" if row.until_on else ""
            return Happened(at, "Reminders rest", until)
        case WorkItemRow():
            return Happened(at, "Worklist", row.kind.replace("_", " "))


def _contact(at: datetime, row: TouchpointRow) -> Happened:
    outbound = row.direction == "out"
    kind = row.kind.replace("_", " ")
    what = f"We wrote ({row.channel}, {kind})" if outbound else f"They wrote ({kind})"
    return Happened(at, what, row.step if outbound else "", sent=outbound)


def _amount(currency: str | None, minor: int | None) -> str:
    return str(Money(minor, currency)) if currency is not None and minor is not None else ""
