"""Why nothing is sent about an invoice, and when the next message comes: for every door."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from domain.dunning.planned import Hold, HoldReason
from domain.dunning.why_not import NO_CLAIM, WhyNot, why_not
from domain.ledger.invoice import InvoiceStatus
from flows.desk import Desk
from flows.facts import Case, load_case
from flows.playbooks import course_of
from store import switches
from store.engine import Session
from store.followups import FollowUpRow, follow_up_of
from store.receivables import InvoiceRow
from store.switches import SwitchRow


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
    found = why_not(*given, course)
    switch = await switches.stopping(session, channel="email", customer_id=case.customer_id)
    last = await follow_up_of(session, case.customer_id)
    return {i: _beside(one, switch, last) for i, one in found.items()}


def _beside(found: WhyNot, switch: SwitchRow | None, last: FollowUpRow | None) -> WhyNot:
    """With what stops a message that the cadence would send: a switch, a block of the guard."""
    if found.reasons and found.reasons[0].reason in NO_CLAIM:
        return found
    reasons, touch, at = found.reasons, found.touch, found.next_touch_at
    if touch and last and last.outcome == "blocked" and last.step == touch.step:
        blocked = Hold(HoldReason.BLOCKED, last.detail[:300])
        reasons, touch, at = (blocked, *reasons), None, None
    if switch is not None:
        stopped = Hold(HoldReason.SWITCHED_OFF, _switch(switch))
        reasons, touch, at = (stopped, *reasons), None, None
    return WhyNot(reasons, touch, at)


def _switch(row: SwitchRow) -> str:
    scope = {"global": "everything is stopped", "channel": f"{row.value} is stopped"}
    told = scope.get(row.scope, "what goes to this customer is stopped")
    return f"{told}: {row.reason}" if row.reason else told


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
