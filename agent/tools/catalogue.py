"""Every tool of the chat agent, and the one way in which any of them is called."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime

from agent.tools.account_summary import ACCOUNT_SUMMARY
from agent.tools.billing import DRAFT_INVOICE
from agent.tools.books import CLOSE_READINESS, DRIFT_FINDINGS
from agent.tools.calling import Asking, Tool
from agent.tools.correspondence import WHAT_WAS_SENT, WHO_REPLIED
from agent.tools.crediting import PROPOSE_CREDIT, PROPOSE_WRITE_OFF
from agent.tools.debtors import AGING, LIST_OVERDUE, TOTALS, WHO_OWES
from agent.tools.invoices import INVOICE_LOOKUP, WHY_NOT
from agent.tools.invoices_listed import LIST_INVOICES
from agent.tools.minding import ASSIGN, PAUSE, RECORD_NOTE, RESUME
from agent.tools.money_in import FIND_PAYMENTS
from agent.tools.outcome import Outcome, refusal
from agent.tools.promised import DISPUTES, PROMISES
from agent.tools.promising import RECORD_PROMISE
from agent.tools.recording import RECORD_PAYMENT
from agent.tools.reminding import PROPOSE_REMINDER
from agent.tools.revenue import RECOGNIZED_REVENUE
from agent.tools.waiting import WAITING
from agent.tools.what_was_said import TIMELINE, WHAT_DID_THEY_SAY
from agent.tools.who_they_are import CUSTOMER_DETAILS
from agent.tools.whom_first import CASH_EXPECTED, WHATS_NEW, WHO_IS_PAUSED, WHOM_FIRST
from effects.actor import Actor
from effects.audit import Entry, record
from security.permissions import Permission, allows
from store.engine import Session

_ALL = (
    ACCOUNT_SUMMARY,
    WHO_OWES,
    LIST_OVERDUE,
    WHOM_FIRST,
    INVOICE_LOOKUP,
    LIST_INVOICES,
    WHY_NOT,
    WHAT_DID_THEY_SAY,
    TIMELINE,
    CUSTOMER_DETAILS,
    WHO_REPLIED,
    WHAT_WAS_SENT,
    PROMISES,
    DISPUTES,
    AGING,
    TOTALS,
    FIND_PAYMENTS,
    CASH_EXPECTED,
    WHO_IS_PAUSED,
    WAITING,
    WHATS_NEW,
    DRIFT_FINDINGS,
    CLOSE_READINESS,
    RECOGNIZED_REVENUE,
    PROPOSE_REMINDER,
    RECORD_PAYMENT,
    RECORD_PROMISE,
    DRAFT_INVOICE,
    PAUSE,
    RESUME,
    RECORD_NOTE,
    ASSIGN,
    PROPOSE_CREDIT,
    PROPOSE_WRITE_OFF,
)
TOOLS: dict[str, Tool] = {tool.name: tool for tool in _ALL}
_WHO_MAY = {
    Permission.DECIDE: "Collectors, approvers and controllers may.",
    Permission.ENTER_PAYMENT: "Collectors, approvers and controllers may.",
}


def acts(name: str) -> bool:
    """Whether a tool of this name proposes; one that is not there does not."""
    tool = TOOLS.get(name)
    return tool is not None and tool.acts


async def call_tool(asking: Asking, name: str, arguments: Mapping[str, object]) -> Outcome:
    """Run a tool for the person who asks, and put call and result in the audit.

    A tool that is not there, that the role does not allow or whose arguments are wrong is refused;
    that is in the audit too.
    """
    outcome = await _run(asking, TOOLS.get(name), arguments)
    await audit_call(
        asking.session,
        by=asking.by.actor,
        thread=asking.thread,
        message_id=asking.message_id,
        call=(name, arguments),
        outcome=outcome,
        now=asking.now,
    )
    return outcome


async def audit_call(
    session: Session,
    *,
    by: Actor,
    thread: str,
    message_id: str,
    call: tuple[str, Mapping[str, object]],
    outcome: Outcome,
    now: datetime,
) -> None:
    """A call and the digest of what came of it, in the transaction of the call."""
    name, arguments = call
    detail = {
        "tool": name[:60],
        "arguments": _told(arguments),
        "result": _digest(outcome),
        "refused": outcome.refused,
        "effects": [act.effect_id for act in outcome.acts if act.effect_id],
        "message": message_id[:200],
    }
    await record(session, Entry(by, "chat.tool", "chat", thread[:200], detail), now)


async def _run(asking: Asking, tool: Tool | None, arguments: Mapping[str, object]) -> Outcome:
    if tool is None:
        return refusal("There is no such tool.")
    if not allows(asking.by.role, tool.permission):
        may = _WHO_MAY.get(tool.permission, "")
        return refusal(f"The role {asking.by.role} may read, but not do this. {may}".strip())
    wanted = tool.read(arguments)
    if isinstance(wanted, str):
        return refusal(f"This cannot be asked so: {wanted}.")
    outcome = await tool.run(asking, wanted)
    return replace(outcome, about=outcome.about.over(asking.about))


def _told(arguments: Mapping[str, object]) -> dict[str, object]:
    return {str(name)[:60]: str(value)[:300] for name, value in list(arguments.items())[:20]}


def _digest(outcome: Outcome) -> str:
    plain = json.dumps(asdict(outcome), sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()
