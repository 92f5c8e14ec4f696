"""A mail that a person must see: on the worklist once, told once, and nothing leaves meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.dunning.actions import AskPerson, Escalate, Trigger
from flows.conversations import escalate
from flows.notices import Notice, tell
from store.engine import Session
from store.worklist import WorkItemRow, open_item

_ALARMS = (Trigger.SUSPICIOUS, Trigger.FORGED, Trigger.BANK_DETAILS)
_DISPUTES = (Trigger.PAYMENT_DISPUTE, Trigger.CONTRACT_DISCREPANCY)


async def hand_over(
    session: Session,
    about: tuple[int, str],
    touchpoint_id: int,
    asked: Sequence[Escalate | AskPerson],
    detail: dict[str, object],
    now: datetime,
) -> None:
    """Put what people are asked for on the worklist as one item; escalate and tell once a mail.

    `about` is the customer's id and name; `detail` goes with the item. The strictest comes first.
    """
    if not asked:
        return
    customer_id, name = about
    item_key = f"touchpoint:{touchpoint_id}"
    first = asked[0]
    urgent = any(action.urgent for action in asked)
    reasons = list(dict.fromkeys(reason_of(action) for action in asked))
    told = {"reason": reasons[0], "reasons": reasons, "quote": first.quote, "urgent": urgent}
    await open_item(
        session,
        WorkItemRow(
            key=item_key,
            kind="reply",
            customer_id=customer_id,
            touchpoint_id=touchpoint_id,
            title=f"{name}: {reasons[0].replace('_', ' ')}"[:300],
            detail={**detail, **told},
            opened_at=now,
        ),
    )
    escalations = [action for action in asked if isinstance(action, Escalate)]
    if escalations:
        began = await _escalate(session, customer_id, touchpoint_id, escalations[0], now)
        if escalations[0].notice and (began or escalations[0].urgent):
            await _tell(session, about, item_key, escalations[0], now)


def reason_of(action: Escalate | AskPerson) -> str:
    """Why a person is asked, in words."""
    return action.trigger.value if isinstance(action, Escalate) else action.reason


async def _escalate(
    session: Session, customer_id: int, touchpoint_id: int, action: Escalate, now: datetime
) -> bool:
    return await escalate(
        session,
        customer_id,
        action.trigger.value,
        invoice_ids=action.invoice_ids,
        quote=action.quote,
        touchpoint_id=touchpoint_id,
        now=now,
    )


async def _tell(
    session: Session, about: tuple[int, str], item_key: str, action: Escalate, now: datetime
) -> None:
    customer_id, name = about
    kind = "escalation"
    if action.trigger in _ALARMS:
        kind = "suspicious"
    elif action.trigger in _DISPUTES:
        kind = "dispute"
    notice = Notice(
        key=f"escalation:{item_key}",
        kind=kind,
        title=f"{name}: {action.trigger.value.replace('_', ' ')}",
        customer_id=customer_id,
        route=action.route,
        urgent=action.urgent,
        work_item_key=item_key,
        detail={"trigger": action.trigger.value, "invoice_ids": list(action.invoice_ids)},
    )
    await tell(session, notice, now)
