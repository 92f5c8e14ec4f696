"""Why nothing is sent about an invoice, and when the next message comes: for every door."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from domain.dunning.invoice_holds import invoice_holds
from domain.dunning.planned import Hold, HoldReason, PlannedTouch
from domain.dunning.why_not import WhyNot, why_not
from domain.ledger.invoice import Invoice, InvoiceStatus
from flows.desk import Desk
from flows.facts import Case, load_case
from flows.playbooks import preview
from store.engine import Session
from store.receivables import InvoiceRow


async def reasons_of(
    session: Session, desk: Desk, customer_id: int, now: datetime
) -> Mapping[int, WhyNot]:
    """For each invoice of a customer by its id; empty when there is no such customer."""
    case = await load_case(session, desk, customer_id, now)
    if case is None:
        return {}
    return of_case(case, await preview(session, case, now))


def of_case(case: Case, playbook: PlannedTouch | Hold | None = None) -> Mapping[int, WhyNot]:
    """The same for a case that is read already; `playbook` is what its playbook says, if any."""
    found = why_not(case.account, case.standing, case.policy, case.calendar, case.now)
    if playbook is None:
        return found
    return {i.id: _by(playbook, i, found[i.id], case) for i in case.account.invoices}


def _by(playbook: PlannedTouch | Hold, invoice: Invoice, found: WhyNot, case: Case) -> WhyNot:
    """What a playbook says in place of the ladder, for an invoice that nothing else holds."""
    if isinstance(playbook, PlannedTouch) and invoice.id in playbook.invoice_ids:
        return WhyNot((), playbook, playbook.at)
    held = any(invoice_holds(invoice, case.standing, case.policy, case.today))
    if held or isinstance(playbook, PlannedTouch) or invoice.due_on >= case.today:
        return found
    return WhyNot((playbook,), next_touch_at=None)


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
