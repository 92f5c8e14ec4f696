"""Propose: a reminder to a customer, which somebody else approves."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from agent.tools.calling import Arguments, Asking, Origin, Tool, text
from agent.tools.invoices import HOLDS
from agent.tools.outcome import About, Act, ActKind, Outcome, refusal
from agent.tools.phrasing import clipped, customer_link, effect_link, listed
from agent.tools.pointing import customer_meant, invoice_meant
from domain.dunning.policy_values import Tone
from effects.propose import Because
from flows.followups import Blocked, Quiet
from flows.questions.requested import Requested, Wish, requested_reminder
from security.permissions import Permission
from store import parties
from store.effects import effect
from store.parties import CustomerRow


class Remind(Arguments):
    """Whom to remind, about what, how."""

    customer: str = text("The customer, as the person wrote it.", Origin.NAME)
    invoice: str = text("Only this invoice, as the person wrote it.", Origin.INVOICE)
    tone: Literal["", "friendly", "professional", "firm"] = Field(
        default="", description="The tone; empty: as the policy has it."
    )


async def propose_reminder(asking: Asking, wanted: Remind) -> Outcome:
    """Draft a reminder and put it up for approval."""
    found = await _whom(asking, wanted)
    if isinstance(found, Outcome):
        return found
    row, invoice_id = found
    tone = Tone(wanted.tone) if wanted.tone else None
    because = Because("chat", {"asked_in": asking.thread[:200], "message": asking.message_id[:200]})
    done = await requested_reminder(
        asking.session,
        asking.desk,
        Wish(row.id, invoice_id, tone),
        by=asking.by,
        because=because,
        now=asking.now,
    )
    if isinstance(done, Quiet):
        why = HOLDS.get(done.reason, done.reason.replace("_", " "))
        detail = f" ({clipped(done.detail, 160)})" if done.detail else ""
        return refusal(f"No reminder to {row.name}: {why}{detail}.", f"what does {row.name} owe")
    if isinstance(done, Blocked):
        words = listed([clipped(v.detail, 60) for v in done.violations[:3]])
        return refusal(f"No reminder to {row.name}: it would say what is not a fact ({words}).")
    return await _told(asking, row, done)


async def _whom(asking: Asking, wanted: Remind) -> tuple[CustomerRow, int] | Outcome:
    if not wanted.invoice:
        row = await customer_meant(asking, wanted.customer, exactly=True)
        return row if isinstance(row, Outcome) else (row, 0)
    invoice = await invoice_meant(asking, wanted.invoice)
    if isinstance(invoice, Outcome):
        return invoice
    owner = await parties.customer(asking.session, invoice.customer_id)
    if owner is None:
        raise RuntimeError(f"customer {invoice.customer_id} vanished")
    return owner, invoice.id


async def _told(asking: Asking, row: CustomerRow, done: Requested) -> Outcome:
    effect_id = done.proposed.effect_id
    known = await effect(asking.session, effect_id)
    title = known.title if known is not None else f"Effect {effect_id}"
    if done.proposed.state != "proposed":
        words = f"The reminder to {row.name} of today is {done.proposed.state} already."
        return Outcome(words, cited=(effect_link(effect_id, title),), about=About(row.id))
    act = Act(
        ActKind.PROPOSED,
        f"A {done.tone.value} reminder to {row.name} waits for approval by somebody else than you.",
        effect_id,
    )
    warned = f"Mind that {'; '.join(done.warnings)}." if done.warnings else ""
    return Outcome(
        text=warned,
        acts=(act,),
        cited=(effect_link(effect_id, title), customer_link(row)),
        about=About(row.id),
    )


PROPOSE_REMINDER = Tool(
    "propose_reminder",
    "Draft a reminder to a customer in a tone and put it up for approval. Nothing is sent.",
    Remind,
    propose_reminder,
    permission=Permission.DECIDE,
    cues=re.compile(
        r"remind|chase|nudge|dun\b|follow[ -]?up|mail|letter|write|draft|firmer|friendlier|mahn|"
        r"erinner|relanc|rappel|recorda|escrib",
        re.IGNORECASE,
    ),
    example="draft a firmer reminder to Acme",
)
