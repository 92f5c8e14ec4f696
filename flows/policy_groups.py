"""The dunning policy in words, in three groups: follow-up, agent, escalation."""

from __future__ import annotations

from domain.dunning.ladder import DunningPolicy, DunningStep, Phase
from domain.dunning.segments import Segment

Group = dict[str, str]
_MODES = {
    "always": "by themselves, if the approval policy agrees",
    "until_someone_replies": "by themselves until somebody replies",
    "never": "never without a person",
}
_PHASES = {Phase.PRE_DUE: "before due", Phase.DUE: "on the due date", Phase.OVERDUE: "after due"}


def groups_of(policy: DunningPolicy) -> dict[str, Group]:
    """Each group's settings by name, as sentences or values that a finance person reads."""
    return {
        "follow_up": _follow_up(policy),
        "agent": _agent(policy),
        "escalation": _escalation(policy),
    }


def _follow_up(policy: DunningPolicy) -> Group:
    first, caps = policy.first_message, policy.caps
    return {
        "reminders leave": _MODES[policy.send_mode.value],
        "first message": "drafted and sent as the others"
        if first.auto_send
        else "drafted, a person sends it"
        if first.auto_draft
        else "left to a person",
        "steps": "; ".join(_step(s) for p in Phase for s in policy.phase(p)),
        "cadence": f"{policy.cadence} business days at least",
        "after the last step": f"again every {policy.repeat_every} business days, "
        f"{policy.max_repeats} times",
        "grace": f"{policy.grace_days} days after the due date",
        "hours": f"{policy.opens:%H:%M} to {policy.closes:%H:%M} where the customer is",
        "closed days": ", ".join(_span(s.first, s.last) for s in policy.closed_days) or "none",
        "at most": f"one a contact in {caps.contact_business_days} business days, "
        f"{caps.per_7_days} in 7 days, {caps.per_30_days} in 30 days",
        "left alone below": ", ".join(map(str, policy.floors)) or "nothing",
        "read by a person above": ", ".join(map(str, policy.review_above)) or "nothing",
        "segments": "; ".join(_segment(s) for s in policy.segments) or "none",
    }


def _agent(policy: DunningPolicy) -> Group:
    enabled = [t.name for t in policy.interest.tables if t.enabled]
    return {
        "signature": policy.signature or "the company",
        "firmest tone": policy.tone_cap.value,
        "channel": policy.channel.value,
        "copies": "to contacts who get copies" if policy.cc_default else "none",
        "says it is software": "yes" if policy.disclose_software else "no",
        "names hidden from the model": "yes" if policy.mask_names else "no",
        "late interest shown": ", ".join(enabled) or "nowhere",
        "people as debtors": _MODES[policy.natural_persons.everywhere.send_mode.value],
    }


def _escalation(policy: DunningPolicy) -> Group:
    found = policy.escalation
    routes = {trigger.replace("_", " "): route for trigger, route in found.routes}
    return {
        "colleagues are told": "yes" if found.notice else "no",
        "new contact": "stops automatic mail until a person has seen it"
        if policy.pause_on_new_contact
        else "stops nothing",
        "route": found.default or "nobody",
        **routes,
    }


def _step(step: DunningStep) -> str:
    days = abs(step.offset)
    when = f"{days} {'day' if days == 1 else 'days'} " if days else ""
    more = " (a person sends it)" if step.draft_only else ""
    return f"{step.key}: {when}{_PHASES[step.phase]}, {step.tone.value}{more}"


def _span(first: tuple[int, int], last: tuple[int, int]) -> str:
    one, other = f"{first[0]:02}-{first[1]:02}", f"{last[0]:02}-{last[1]:02}"
    return one if first == last else f"{one} to {other}"


def _segment(segment: Segment) -> str:
    by_hand = ", written to by people only" if segment.changes.manual_only else ""
    return f"{segment.name}{by_hand}"
