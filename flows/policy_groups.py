"""The dunning policy in words, in three groups: follow-up, agent, escalation."""

from __future__ import annotations

from dataclasses import fields

from domain.dunning.ladder import DunningPolicy, DunningStep, Phase
from domain.dunning.policy_values import (
    Caps,
    CustomerOverride,
    FirstMessage,
    NaturalPersons,
    Restraint,
    SendMode,
)
from domain.dunning.segments import Band, Changes, Match, Segment
from domain.dunning.written.steps import PAPERS
from domain.ledger.party import CcMode

Group = dict[str, str]
_MODES = {
    "always": "by themselves, if the approval policy agrees",
    "until_someone_replies": "by themselves until somebody replies",
    "never": "never without a person",
}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PAPERS = {kind: name.replace("_", " ") for name, kind in PAPERS.items()}
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
        "cadence": f"{_days(policy.cadence)} at least",
        "after the last step": f"again every {policy.repeat_every} business days, "
        f"{policy.max_repeats} times",
        "grace": f"{policy.grace_days} days after the due date",
        "after a promised day": _days(policy.promise_grace_days),
        "after an answer": _days(policy.after_reply_business_days),
        "hours": f"{policy.opens:%H:%M} to {policy.closes:%H:%M} where the customer is",
        "weekend": ", ".join(_DAYS[day] for day in sorted(policy.weekend)) or "none",
        "closed days": ", ".join(_span(s.first, s.last) for s in policy.closed_days) or "none",
        "at most": f"one a contact in {caps.contact_business_days} business days, "
        f"{caps.per_7_days} in 7 days, {caps.per_30_days} in 30 days",
        "left alone below": ", ".join(map(str, policy.floors)) or "nothing",
        "read by a person above": ", ".join(map(str, policy.review_above)) or "nothing",
        "segments": "; ".join(_segment(s) for s in policy.segments) or "none",
        "single customers": "; ".join(_override(o) for o in policy.overrides) or "none",
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
        "people as debtors": _restraint(policy.natural_persons.everywhere),
        **_strictly(policy.natural_persons),
    }


def _escalation(policy: DunningPolicy) -> Group:
    found = policy.escalation
    routes = {trigger.replace("_", " "): route for trigger, route in found.routes}
    return {
        "colleagues are told": "yes" if found.notice else "no",
        "new contact": "stops automatic mail until a person has seen it"
        if policy.pause_on_new_contact
        else "stops nothing",
        **routes,
        "route of the others" if routes else "route": found.default or "nobody",
    }


def _step(step: DunningStep) -> str:
    days = abs(step.offset)
    when = f"{_days(days)} " if days else ""
    more = [
        "a person sends it" if step.draft_only else "",
        _MODES[step.send_mode.value] if step.send_mode is not SendMode.ALWAYS else "",
        f"with {', '.join(_PAPERS[p] for p in step.attachments)}" if step.attachments else "",
        f"by {step.channel.value}" if step.channel else "",
        f"copies {step.cc.value}" if step.cc is not CcMode.DEFAULT else "",
    ]
    beside = "".join(f", {words}" for words in more if words)
    return f"{step.key}: {when}{_PHASES[step.phase]}, {step.tone.value}{beside}"


def _days(count: int) -> str:
    return f"{count} business {'day' if count == 1 else 'days'}"


def _span(first: tuple[int, int], last: tuple[int, int]) -> str:
    one, other = f"{first[0]:02}-{first[1]:02}", f"{last[0]:02}-{last[1]:02}"
    return one if first == last else f"{one} to {other}"


def _segment(segment: Segment) -> str:
    when, then = _set(segment.match, Match()), _set(segment.changes, Changes())
    return f"{segment.name} ({'; '.join(when)}): {'; '.join(then)}"


def _set(values: Match | Changes, usual: Match | Changes) -> list[str]:
    """What differs from a value that asks, or changes, nothing."""
    told = ((f.name, getattr(values, f.name), getattr(usual, f.name)) for f in fields(values))
    return [f"{_said(name)} {_value(value)}" for name, value, none in told if value != none]


def _value(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Band(least, most):
            low = "" if least is None else f"from {least}"
            high = "" if most is None else f"to {most}"
            return " ".join(filter(None, (low, high)))
        case frozenset():
            return ", ".join(sorted(map(str, value)))
        case (DunningStep(), *_):
            return ", ".join(_step(step) for step in value if isinstance(step, DunningStep))
        case tuple():
            return ", ".join(map(str, value))
        case Caps(days, week, month):
            return f"one a contact in {days} business days, {week} in 7 days, {month} in 30 days"
        case FirstMessage(draft, send):
            return "as the others" if send else "a person sends it" if draft else "left to a person"
        case _:
            return _said(value)


def _strictly(profile: NaturalPersons) -> Group:
    where = ", ".join(sorted(profile.strict_regions))
    return {f"people as debtors in {where}": _restraint(profile.strict)} if where else {}


def _override(override: CustomerOverride) -> str:
    if override.manual_only:
        return f"{override.netsuite_id} written to by people only"
    return (
        f"{override.netsuite_id} {_MODES[override.send_mode.value]},"
        f" at most {override.tone_cap.value}"
    )


def _restraint(held: Restraint) -> str:
    caps = "" if held.caps is None else f", {_value(held.caps)}"
    return (
        f"{_MODES[held.send_mode.value]}, at most {held.tone_cap.value}, {held.cadence} business"
        f" days at least, {held.opens:%H:%M} to {held.closes:%H:%M}{caps}"
    )


def _said(code: object) -> str:
    return str(code).replace("_", " ")
