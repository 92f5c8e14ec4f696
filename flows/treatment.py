"""How one customer is treated beside the policy: tags, VIP, person as debtor, send mode, copies.

And whose the relationship is: disputes go to that colleague, and the morning digest tells them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from domain.dunning.policy_values import SendMode
from domain.ledger.party import CcMode
from effects.actor import Person, Role, may_approve
from effects.answers import Refusal, RefusalCode
from effects.audit import Entry, record
from effects.withdraw import withdraw_all
from flows.facts import FOLLOW_UP
from store import followups
from store.engine import Session
from store.parties import CustomerRow
from store.people import works_here

_MOST_TAGS, _LONGEST = 20, 40


@dataclass(frozen=True, slots=True)
class Treatment:
    """What a person says of a customer. `send_mode` "" is as the policy says.

    `vip`: only people write to them. `natural_person`: the debtor is a person, or one guarantees.
    `owner_id` is the user who looks after them.
    """

    tags: tuple[str, ...] = ()
    vip: bool = False
    natural_person: bool = False
    send_mode: str = ""
    cc_mode: CcMode = CcMode.DEFAULT
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Treated:
    """It holds from now on; `withdrawn` messages that waited will not leave."""

    changed: bool
    withdrawn: int = 0


def treatment_of(row: CustomerRow) -> Treatment:
    """How a customer is treated now."""
    return Treatment(
        tags=tuple(row.tags),
        vip=row.vip,
        natural_person=row.natural_person,
        send_mode=row.send_mode or "",
        cc_mode=CcMode(row.cc_mode or CcMode.DEFAULT),
        owner_id=row.owner_user_id,
    )


async def treat(
    session: Session, row: CustomerRow, wanted: Treatment, by: Person, reason: str, now: datetime
) -> Treated | Refusal:
    """Change how a customer is treated. What only makes it stricter may be done by a collector.

    Tags choose segments, so they need an approver; loosening needs a controller. Follow-ups that
    wait for a customer who becomes stricter are withdrawn: they are planned anew.
    """
    wanted = _tidy(wanted)
    before = treatment_of(row)
    if wanted == before:
        return Treated(changed=False)
    needed = _needed(before, wanted)
    if not may_approve(by.role, needed):
        told = f"This makes it less strict: it needs a {needed}, you are a {by.role}."
        return Refusal(RefusalCode.NOT_ALLOWED, told)
    if wanted.owner_id is not None and not await works_here(session, wanted.owner_id):
        return Refusal(RefusalCode.NOT_FOUND, "There is no such colleague.")
    row.owner_user_id = wanted.owner_id
    row.tags, row.vip = list(wanted.tags), wanted.vip
    row.natural_person = wanted.natural_person
    row.send_mode, row.cc_mode = wanted.send_mode or None, wanted.cc_mode.value
    session.add(row)
    detail = {"before": _plain(before), "after": _plain(wanted), "reason": reason[:1000]}
    entry = Entry(by.actor, "customer.treatment", "customer", str(row.id), detail)
    await record(session, entry, now)
    await followups.wake(session, row.id, now)
    withdrawn = 0
    if _stricter(before, wanted):
        waiting = await followups.undecided_mail(session, row.id)
        reasons = {
            mail.id: "this customer is treated more strictly now"
            for mail in waiting
            if mail.payload.get("purpose") == FOLLOW_UP
        }
        withdrawn = await withdraw_all(session, reasons, by=by.actor, now=now)
    return Treated(changed=True, withdrawn=withdrawn)


def _tidy(wanted: Treatment) -> Treatment:
    tags = (" ".join(tag.split())[:_LONGEST] for tag in wanted.tags)
    found = dict.fromkeys(tag for tag in tags if tag)
    mode = wanted.send_mode if wanted.send_mode in list(SendMode) else ""
    return replace(wanted, tags=tuple(found)[:_MOST_TAGS], send_mode=mode)


def _needed(before: Treatment, after: Treatment) -> Role:
    looser = (
        (before.vip and not after.vip)
        or (before.natural_person and not after.natural_person)
        or _rank(after.send_mode) < _rank(before.send_mode)
    )
    if looser:
        return Role.CONTROLLER
    return Role.APPROVER if set(before.tags) != set(after.tags) else Role.COLLECTOR


def _stricter(before: Treatment, after: Treatment) -> bool:
    return (
        (after.vip and not before.vip)
        or (after.natural_person and not before.natural_person)
        or _rank(after.send_mode) > _rank(before.send_mode)
    )


def _rank(mode: str) -> int:
    """How strict a mode is; none is as loose as always."""
    return list(SendMode).index(SendMode(mode)) if mode else 0


def _plain(treatment: Treatment) -> dict[str, object]:
    return {**asdict(treatment), "tags": list(treatment.tags), "cc_mode": treatment.cc_mode.value}
