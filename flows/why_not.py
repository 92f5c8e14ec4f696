"""Why nothing is sent about an invoice, and when the next message comes: for every door."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from domain.dunning.planned import Hold, HoldReason
from domain.dunning.why_not import WhyNot, why_not
from domain.ledger.invoice import InvoiceStatus
from flows.desk import Desk
from flows.facts import Case, load_case
from flows.playbooks import course_of
from store.engine import Session
from store.receivables import InvoiceRow


async def reasons_of(
    session: Session, desk: Desk, customer_id: int, now: datetime
) -> Mapping[int, WhyNot]:
    """For each invoice of a customer by its id; empty when there is no such customer."""
    case = await load_case(session, desk, customer_id, now)
    return {} if case is None else await of_case(session, case)


async def of_case(session: Session, case: Case) -> Mapping[int, WhyNot]:
    """The same for a case that is read already."""
    course = await course_of(session, case, case.now)
    given = (case.account, case.standing, case.policy, case.calendar, case.now)
    return why_not(*given, course)


async def reasons_of_invoice(
    session: Session, desk: Desk, invoice_id: int, now: datetime
) -> WhyNot | None:
    """For one invoice; None when there is no such invoice."""
    row = await session.get(InvoiceRow, invoice_id)
    if row is None:
        return None
    found = (await reasons_of(session, desk, row.customer_id, now)).get(invoice_id)
    return found or WhyNot((_nothing_open(row),))


def _nothing_open(row: InvoiceRow) -> Hold:
    if row.status == InvoiceStatus.PAID.value:
        return Hold(HoldReason.PAID, "nothing is open on it")
    return Hold(HoldReason.NOT_COLLECTABLE, f"its status is {row.status.replace('_', ' ')}")


def plain(found: WhyNot) -> dict[str, object]:
    """As plain JSON; `reason` is the one that decides, None when a message is due."""
    at = found.next_touch_at
    touch = found.touch
    return {
        "reason": found.reasons[0].reason.value if found.reasons else None,
        "reasons": [_hold(hold) for hold in found.reasons],
        "next_touch_at": at.isoformat() if at else None,
        "planned": None
        if touch is None
        else {
            "step": touch.step,
            "tone": touch.tone.value,
            "channel": touch.channel.value,
            "outcome": touch.outcome.value,
            "because": touch.because,
        },
    }


def _hold(hold: Hold) -> dict[str, object]:
    until = hold.until.isoformat() if hold.until else None
    return {"code": hold.reason.value, "detail": hold.detail, "until": until}
