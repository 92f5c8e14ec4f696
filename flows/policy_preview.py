"""What a replay showed, as plain JSON: for the page, the API and the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from domain.dunning.harm import Harm
from domain.dunning.ladder import DunningPolicy
from domain.dunning.past import History
from domain.dunning.planned import PlannedTouch
from domain.dunning.playbook import Playbook
from domain.dunning.replay import Difference, Tally, in_trial, replay
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
    trial: Playbook | None = None,
) -> dict[str, object]:
    """Two policies over one history: counts, the first differences, the first violations.

    `trial` is a playbook that the new side has for the customers it names.

    A message leaves by itself only where the approval policy lets one of our template do so.
    """
    found = replay(past, old, new, partial(_let, approval), trial=trial)
    names = {c.customer.id: c.customer.name for c in past.customers}
    numbers = {c.invoice.id: c.invoice.number for p in past.customers for c in p.claims}
    tried = [in_trial(p, trial) for p in past.customers]
    books = {p.playbook.playbook_id: p.playbook for p in (*past.customers, *tried) if p.playbook}
    said = _Names(names, numbers, {i: b.book.name for i, b in books.items()})
    return {
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "customers": found.customers,
        "left_out": past.left_out,
        "in_playbooks": sum(p.playbook is not None for p in past.customers),
        "in_trial": 0 if trial is None else sum(p.playbook is not None for p in tried),
        "collections_off": sum(not c.customer.auto_followup for c in past.customers),
        "old": _tally(found.old),
        "new": _tally(found.new),
        "differences_total": len(found.differences),
        "differences": [_difference(d, said) for d in found.differences[:shown]],
        "violations_total": len(found.violations),
        "violations": [_harm(h, said) for h in found.violations[:shown]],
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
        "handed": tally.handed,
        "unanswered": tally.unanswered,
        "harms": dict(sorted(Counter(h.kind.value for h in tally.harms).items())),
    }


@dataclass(frozen=True, slots=True)
class _Names:
    """What people call customers, invoices and playbooks."""

    customers: Mapping[int, str]
    numbers: Mapping[int, str]
    playbooks: Mapping[int, str]

    def playbook(self, step: str) -> str:
        """The name of the playbook that a step is of; "" for a step of the policy."""
        kind, _, rest = step.partition("_")
        number = rest.partition("_")[0]
        known = kind == "playbook" and number.isdigit()
        return self.playbooks.get(int(number), "a playbook") if known else ""


def _difference(found: Difference, said: _Names) -> dict[str, object]:
    return {
        "customer_id": found.customer_id,
        "customer": said.customers.get(found.customer_id, ""),
        "on": found.on.isoformat(),
        "old": _touch(found.old, said),
        "new": _touch(found.new, said),
    }


def _touch(touch: PlannedTouch | None, said: _Names) -> dict[str, object] | None:
    if touch is None:
        return None
    return {
        "step": touch.step,
        "playbook": said.playbook(touch.step),
        "tone": touch.tone.value,
        "channel": touch.channel.value,
        "outcome": touch.outcome.value,
        "because": touch.because,
        "segment": touch.segment,
        "invoices": [said.numbers.get(i, str(i)) for i in touch.invoice_ids],
        "attachments": [kind.value for kind in touch.attachments],
        "copies": len(touch.cc_contact_ids) + len(touch.loop_in),
    }


def _harm(harm: Harm, said: _Names) -> dict[str, object]:
    return {
        "customer_id": harm.customer_id,
        "customer": said.customers.get(harm.customer_id, ""),
        "at": harm.at.isoformat(),
        "kind": harm.kind.value,
        "detail": harm.detail,
    }
