"""The policy as it holds for one customer: segment first, then what can only be stricter."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import time
from typing import Any

from domain.dunning.interest import InterestPolicy
from domain.dunning.ladder import DunningPolicy, Restraint, milder, stricter
from domain.dunning.segments import NOTHING, Beside, Segment, segment_of
from domain.ledger.account import Account
from domain.ledger.money import Money
from domain.ledger.party import Customer


def effective(policy: DunningPolicy, account: Account, beside: Beside = NOTHING) -> DunningPolicy:
    """The policy for this customer today. Applying it again changes nothing.

    The first segment that fits replaces what it names, amounts currency by currency. The
    customer's own settings, overrides by NetSuite id and the profile of natural persons come after
    it and only make it stricter.
    """
    segment = segment_of(policy.segments, account, beside)
    found = policy if segment is None else _in_segment(policy, segment)
    customer = account.customer
    found = replace(
        found,
        send_mode=found.mode_for(customer),
        tone_cap=found.tone_cap_for(customer),
        manual_only=found.manual_only or _by_hand(found, customer),
        segments=(),
    )
    if customer.zone_west > found.opens_later:
        minutes = customer.zone_west - found.opens_later
        opens = _later(found.opens, minutes, found.closes)
        found = replace(found, opens=opens, opens_later=customer.zone_west)
    if customer.natural_person or (segment and segment.changes.as_natural_persons):
        return _as_natural_person(found, customer)
    return found


def _later(opens: time, minutes: int, closes: time) -> time:
    """So much later, an hour before closing at the latest: no hour may be open everywhere."""
    latest = max(closes.hour * 60 + closes.minute - 60, opens.hour * 60 + opens.minute)
    moved = min(opens.hour * 60 + opens.minute + minutes, latest)
    return time(moved // 60, moved % 60)


def _in_segment(policy: DunningPolicy, segment: Segment) -> DunningPolicy:
    named: dict[str, Any] = {
        f.name: getattr(segment.changes, f.name)
        for f in fields(segment.changes)
        if f.name != "as_natural_persons" and getattr(segment.changes, f.name) is not None
    }
    for limits in ("floors", "review_above"):
        if limits in named:
            named[limits] = _by_currency(getattr(policy, limits), named[limits])
    return replace(policy, segment=segment.name, **named)


def _by_currency(usual: tuple[Money, ...], own: tuple[Money, ...]) -> tuple[Money, ...]:
    """What a segment says of a currency; the policy's own word on the others."""
    said = {money.currency for money in own}
    return (*own, *(money for money in usual if money.currency not in said))


def _by_hand(policy: DunningPolicy, customer: Customer) -> bool:
    return customer.vip or any(o.manual_only for o in policy.overrides_of(customer))


def _as_natural_person(policy: DunningPolicy, customer: Customer) -> DunningPolicy:
    profile = policy.natural_persons
    held = replace(restrained(policy, profile.everywhere), interest=InterestPolicy())
    here = {customer.country, f"{customer.country}-{customer.region}"}
    return restrained(held, profile.strict) if here & profile.strict_regions else held


def restrained(policy: DunningPolicy, limits: Restraint) -> DunningPolicy:
    """The policy within these limits; where both speak, the stricter holds."""
    return replace(
        policy,
        send_mode=stricter(policy.send_mode, limits.send_mode),
        tone_cap=milder(policy.tone_cap, limits.tone_cap),
        caps=policy.caps.tighter(limits.caps) if limits.caps else policy.caps,
        cadence=max(policy.cadence, limits.cadence),
        opens=max(policy.opens, limits.opens),
        closes=min(policy.closes, limits.closes),
    )
