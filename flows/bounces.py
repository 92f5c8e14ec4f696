"""Delivery reports and spam complaints: a contact rests, another address is asked for.

What a receiver's policy, authentication or reputation check refused (RFC 3463 class X.7) is our
own problem: the operator hears of it and the contact stays.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from flows.contacts import Found, propose, retire
from flows.notices import Notice, tell
from sources.mail.message import Bounce, Complaint, FailedRecipient
from store import candidates, followups, senders, undelivered
from store.engine import Session
from store.undelivered import UndeliveredRow
from store.worklist import WorkItemRow, open_item

_SOFT_ALLOWED, _WITHIN = 3, timedelta(days=14)
_OURS = re.compile(
    r"spam|black ?list|block ?list|reputation|dmarc|spf|dkim|unauthenticated|policy (?:violation|"
    r"reasons?)|poor reputation|rate limit",
    re.IGNORECASE,
)
_MOST_CANDIDATES = 2


async def take_bounce(
    session: Session, bounce: Bounce, customer_id: int | None, touchpoint_id: int, now: datetime
) -> None:
    """Judge each address we wrote to that a report names; a report about nothing of ours is not.

    A server that is still trying has not failed.
    """
    if customer_id is None or bounce.delayed:
        return
    known = [
        one
        for one in bounce.recipients
        if await senders.written_to(session, customer_id, one.address)
    ]
    for failed in known:
        await _judge(session, failed, customer_id, touchpoint_id, now)
    if not known:
        await _unclear(session, bounce, customer_id, touchpoint_id, now)


async def take_complaint(
    session: Session,
    complaint: Complaint,
    customer_id: int | None,
    touchpoint_id: int,
    now: datetime,
) -> None:
    """A receiver marked our mail as spam: that address is not written to any more."""
    if customer_id is None or not complaint.address:
        return
    if await senders.written_to(session, customer_id, complaint.address):
        reason = "marked our mail as spam"
        await _stop(session, customer_id, complaint.address, reason, touchpoint_id, now)


async def _unclear(
    session: Session, bounce: Bounce, customer_id: int, touchpoint_id: int, now: datetime
) -> None:
    """Our mail came back, from where theirs is passed on to perhaps: a person finds out."""
    named = [one.address for one in bounce.recipients][:5]
    told = f" from {', '.join(named)}, where we did not write to" if named else ""
    item = WorkItemRow(
        key=f"bounce:{touchpoint_id}", kind="bounce", customer_id=customer_id,
        touchpoint_id=touchpoint_id, title=f"A mail of ours came back{told}"[:300],
        detail={"reason": "a mail of ours came back", "addresses": named}, opened_at=now,
    )  # fmt: skip
    await open_item(session, item)


def grade(failed: FailedRecipient) -> str:
    """ "hard": the address is gone. "ours": they refuse us. "soft": it may work another time."""
    if failed.hard:
        return "hard"
    refused = failed.status[1:].startswith(".7.")
    return "ours" if refused or _OURS.search(failed.diagnostic) else "soft"


async def _judge(
    session: Session, failed: FailedRecipient, customer_id: int, touchpoint_id: int, now: datetime
) -> None:
    kind = grade(failed)
    row = UndeliveredRow(
        key=f"{touchpoint_id}:{failed.address.lower()}",
        customer_id=customer_id,
        address=failed.address.lower(),
        status=failed.status,
        grade=kind,
        detail=failed.diagnostic[:500],
        touchpoint_id=touchpoint_id,
        at=now,
    )
    if not await undelivered.add_undelivered(session, row):
        return
    if kind == "hard":
        reason = f"mail bounced {failed.status}".strip()
        await _stop(session, customer_id, failed.address, reason, touchpoint_id, now)
    elif kind == "ours":
        await _refused(session, failed, customer_id, now)
    else:
        since = now - _WITHIN
        soft = await undelivered.soft_since(session, customer_id, failed.address, since)
        if soft >= _SOFT_ALLOWED:
            reason = f"mail came back {soft} times in two weeks"
            await _stop(session, customer_id, failed.address, reason, touchpoint_id, now)


async def _refused(
    session: Session, failed: FailedRecipient, customer_id: int, now: datetime
) -> None:
    """Told once a day and receiving domain: the sender's records or reputation need a look."""
    domain = failed.address.rpartition("@")[2].lower()
    key = f"refused:{domain}:{now.date().isoformat()}"
    title = f"{domain} refuses our mail: {failed.status} {failed.diagnostic[:120]}".strip()
    detail = {"domain": domain, "status": failed.status, "reason": "our mail was refused"}
    item = WorkItemRow(
        key=key, kind="failed_delivery", customer_id=customer_id, title=title[:300],
        detail=dict(detail), opened_at=now,
    )  # fmt: skip
    await open_item(session, item)
    notice = Notice(key, "escalation", title, route="operator", work_item_key=key, detail=detail)
    await tell(session, notice, now)


async def _stop(
    session: Session,
    customer_id: int,
    address: str,
    reason: str,
    touchpoint_id: int,
    now: datetime,
) -> None:
    await retire(session, customer_id, address, reason=reason, now=now)
    await followups.wake(session, customer_id, now)
    others = await _candidates(session, customer_id, address, touchpoint_id, now)
    await open_item(
        session,
        WorkItemRow(
            key=f"bounce:{customer_id}:{address}",
            kind="bounce",
            customer_id=customer_id,
            touchpoint_id=touchpoint_id,
            title=f"{address}: {reason}; name another contact"[:300],
            detail={"address": address, "reason": reason, "candidates_seen": others},
            opened_at=now,
        ),
    )


async def _candidates(
    session: Session, customer_id: int, gone: str, touchpoint_id: int, now: datetime
) -> list[str]:
    """People of that house who wrote or were in copy, put before a person with where they stood."""
    domain = gone.rpartition("@")[2].lower()
    seen = await candidates.colleagues_seen(session, customer_id, domain)
    found = [one for one in seen if one[0] != gone.lower()][:_MOST_CANDIDATES]
    for address, source in found:
        proposal = Found(address, "", "bounce", source, touchpoint_id, replaces=gone)
        await propose(session, customer_id, proposal, now)
    return [address for address, _ in found]
