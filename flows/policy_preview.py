"""What a replay showed, as plain JSON: for the page, the API and the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial

from domain.dunning.harm import Harm
from domain.dunning.ladder import DunningPolicy
from domain.dunning.past import History
from domain.dunning.planned import PlannedTouch
from domain.dunning.replay import Difference, Tally, replay
from effects.kinds import SendEmail
from effects.policy import ApprovalPolicy, Auto, Request, decide_policy
from flows.facts import FOLLOW_UP

SHOWN = 200


def compare(
    past: History,
    old: DunningPolicy,
    new: DunningPolicy,
    approval: ApprovalPolicy,
    *,
    shown: int = SHOWN,
) -> dict[str, object]:
    """Two policies over one history: counts, the first differences, the first violations.

    A message leaves by itself only where the approval policy lets one of our template do so.
    """
    found = replay(past, old, new, partial(_let, approval))
    names = {c.customer.id: c.customer.name for c in past.customers}
    numbers = {c.invoice.id: c.invoice.number for p in past.customers for c in p.claims}
    return {
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "customers": found.customers,
        "collections_off": sum(not c.customer.auto_followup for c in past.customers),
        "old": _tally(found.old),
        "new": _tally(found.new),
        "differences_total": len(found.differences),
        "differences": [_difference(d, names, numbers) for d in found.differences[:shown]],
        "violations_total": len(found.violations),
        "violations": [_harm(h, names) for h in found.violations[:shown]],
    }


def _let(approval: ApprovalPolicy, touch: PlannedTouch, before: int) -> bool:
    asked = Request(
        SendEmail.kind,
        purpose=FOLLOW_UP,
        step=touch.step,
        written_by="template",
        done_before=before,
    )
    return isinstance(decide_policy(approval, asked), Auto)


def _tally(tally: Tally) -> dict[str, object]:
    return {
        "messages": tally.messages,
        "automatic": tally.automatic,
        "reviewed": tally.reviewed,
        "customers": tally.customers,
        "harms": dict(sorted(Counter(h.kind.value for h in tally.harms).items())),
    }


def _difference(
    found: Difference, names: Mapping[int, str], numbers: Mapping[int, str]
) -> dict[str, object]:
    return {
        "customer_id": found.customer_id,
        "customer": names.get(found.customer_id, ""),
        "on": found.on.isoformat(),
        "old": _touch(found.old, numbers),
        "new": _touch(found.new, numbers),
    }


def _touch(touch: PlannedTouch | None, numbers: Mapping[int, str]) -> dict[str, object] | None:
    if touch is None:
        return None
    return {
        "step": touch.step,
        "tone": touch.tone.value,
        "channel": touch.channel.value,
        "outcome": touch.outcome.value,
        "because": touch.because,
        "segment": touch.segment,
        "invoices": [numbers.get(i, str(i)) for i in touch.invoice_ids],
        "attachments": [kind.value for kind in touch.attachments],
        "copies": len(touch.cc_contact_ids),
    }


def _harm(harm: Harm, names: Mapping[int, str]) -> dict[str, object]:
    return {
        "customer_id": harm.customer_id,
        "customer": names.get(harm.customer_id, ""),
        "at": harm.at.isoformat(),
        "kind": harm.kind.value,
        "detail": harm.detail,
    }
