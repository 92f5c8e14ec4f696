"""What a named person says about a line that waits: which line a credit takes back, or its plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.ledger.money import Money
from domain.revenue.events import Billed, Credited
from domain.revenue.methods import plan
from domain.revenue.periods import BadSpan
from domain.revenue.plan import Terms
from effects.actor import Person
from effects.audit import Entry, record
from flows.desk import Desk
from flows.revenue.creditable import creditable
from flows.revenue.credits import take_credits
from flows.revenue.invoices import known_items
from flows.revenue.project import project
from flows.revenue.recording import Source, known_lines, write
from flows.revenue.revisions import Known, NewEvent, Noted
from store import revenue_events, revenue_lines
from store.engine import Session
from store.revenue import RevenueObligationRow
from store.revenue_mirror import Changed

_NEEDS_ACCOUNTS = ("unknown_item", "no_accounts", "no_price")


@dataclass(frozen=True, slots=True)
class Settled:
    """The line waits no more."""

    key: str


@dataclass(frozen=True, slots=True)
class NotSettled:
    """Nothing was changed, and why."""

    why: str


async def assign_credit(
    session: Session, credit_key: str, line_key: str, reason: str, desk: Desk, by: Person,
    now: datetime,
) -> Settled | NotSettled:  # fmt: skip
    """A credit that waits takes back this line. `credit_key` is the key of the waiting credit."""
    await revenue_events.take_turns(session)
    credit = await revenue_lines.by_key(session, credit_key)
    line = await revenue_lines.by_key(session, line_key)
    known = await known_lines(session, [credit_key, line_key])
    waiting = known.get(credit_key, Known()).live
    why = await _unfit(session, credit, line, waiting, reason)
    target = known.get(line_key, Known()).live
    if why or credit is None or line is None or waiting is None or target is None:
        return NotSettled(why or "the line was taken back")
    about = waiting.about
    memo = str(about["netsuite_id"])
    event = Credited(
        f"credit:{memo}:{about['line']}", 1, target.event.record_id, waiting.event.on,
        Money(-credit.amount_minor, credit.currency),
    )  # fmt: skip
    of = {"netsuite_id": memo, "number": about["number"], "line": about["line"]}
    new = NewEvent(event, "", {**of, "assigned_by": by.name}, reason)
    source = Source("credit_memo", memo, credit.subsidiary_id)
    lines = await write(session, [(line_key, source, new)], now)
    changed = [Changed(int(str(about["document_id"])), memo)]
    found = await take_credits(session, changed, await known_items(session), desk.revenue, now)
    await project(session, [*lines, *found.lines], desk.revenue, now)
    await _note(
        session, "revenue.credit_assigned", line_key, {"credit": credit_key}, reason, by, now
    )
    return Settled(line_key)


async def _unfit(
    session: Session,
    credit: RevenueObligationRow | None,
    line: RevenueObligationRow | None,
    waiting: Noted | None,
    reason: str,
) -> str:
    if not reason.strip():
        return "a reason is needed"
    if credit is None or waiting is None or credit.hold_code != "credit":
        return "there is no such credit that waits"
    if line is None or line.amount_minor <= 0:
        return "there is no such line"
    mine = (credit.customer_id, credit.currency, credit.subsidiary_id)
    if mine != (line.customer_id, line.currency, line.subsidiary_id):
        return "the credit is of another customer, currency or subsidiary"
    left = sum(one.left for one in await creditable(session, (), [line.key]))
    if -credit.amount_minor > left:
        return f"only {Money(left, line.currency)} are left of the line"
    return ""


async def plan_by_hand(
    session: Session, key: str, terms: Terms, reason: str, desk: Desk, by: Person, now: datetime
) -> Settled | NotSettled:
    """A line that waits gets its plan: dates, milestones, progress, or amounts by day.

    Can be said again as progress goes on; what is posted stays and the difference follows.
    """
    await revenue_events.take_turns(session)
    known = (await known_lines(session, [key])).get(key, Known())
    live, line = known.live, await revenue_lines.by_key(session, key)
    if live is None or line is None or not isinstance(live.event, Billed):
        return NotSettled("there is no such line")
    why = _unplannable(live.event, live.about, terms, reason, desk)
    if why:
        return NotSettled(why)
    made = replace(live.event.obligation, terms=terms)
    record_id = live.event.record_id
    event = replace(live.event, revision=known.revision(record_id), obligation=made)
    about = {**live.about, "hold": "", "reason": "", "planned_by": by.name}
    found = [(key, Source("invoice", line.invoice_netsuite_id, line.subsidiary_id),
              NewEvent(event, live.facts, about, reason))]  # fmt: skip
    await project(session, list(await write(session, found, now)), desk.revenue, now)
    told = {"method": terms.method.value}
    await _note(session, "revenue.planned_by_hand", key, told, reason, by, now)
    return Settled(key)


def _unplannable(
    event: Billed, about: Mapping[str, Any], terms: Terms, reason: str, desk: Desk
) -> str:
    if not reason.strip():
        return "a reason is needed"
    if about.get("hold") in _NEEDS_ACCOUNTS:
        return "its item must be in the settings first"
    if not about.get("hold") and not about.get("planned_by"):
        return "it is planned by its rule"
    calendar = desk.revenue.calendar_of(event.obligation.subsidiary)
    try:
        made = plan(event.obligation.amount, terms, calendar)
    except BadSpan:
        return "its service ends before it begins"
    return made.held


async def _note(
    session: Session,
    action: str,
    key: str,
    told: Mapping[str, object],
    reason: str,
    by: Person,
    now: datetime,
) -> None:
    entry = Entry(by.actor, action, "revenue_line", key, {**told, "reason": reason})
    await record(session, entry, now)
