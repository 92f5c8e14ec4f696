"""Changes of posted lines: the figures of every treatment, and the choice of a named person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from domain.ledger.money import Money
from domain.revenue.events import Billed, Modified
from domain.revenue.modification import (
    Added,
    Change,
    Figures,
    Proposal,
    Standing,
    Treatment,
    propose,
)
from domain.revenue.plan import Terms
from domain.revenue.settings import RevenueSettings
from effects.actor import Actor
from effects.audit import Entry, record
from flows.revenue.invoices import Found
from flows.revenue.project import project
from flows.revenue.recording import Source, write
from flows.revenue.revisions import ChangeFound, NewEvent
from flows.revenue.wire import from_payload, to_payload
from security.chain import digest
from store import revenue_changes, revenue_lines
from store.engine import Session
from store.revenue import RevenueModificationRow, RevenueObligationRow
from store.revenue_turns import BUSY, turn_soon


@dataclass(frozen=True, slots=True)
class Decided:
    """The treatment is in the books."""

    modification_id: int
    treatment: Treatment


@dataclass(frozen=True, slots=True)
class NotDecided:
    """Nothing was booked, and why."""

    why: str


async def note_changes(
    session: Session, found: Found, settings: RevenueSettings, now: datetime
) -> None:
    """Keep the changes that ask for a treatment, one a line; withdraw those that were undone."""
    asked = {change.key: change for change in found.changes}
    known = await revenue_changes.open_of_lines(session, asked.keys() | found.settled)
    for key in known.keys() - asked.keys():
        known[key].state = "withdrawn"
        session.add(known[key])
    for key, change in asked.items():
        before = known.get(key)
        if before is not None and before.change.get("facts") == change.facts:
            continue
        if before is not None:
            before.state = "withdrawn"
            session.add(before)
        session.add(await _proposed(session, change, settings, now))
    await session.flush()


async def _proposed(
    session: Session,
    change: ChangeFound,
    settings: RevenueSettings,
    now: datetime,
) -> RevenueModificationRow:
    line = await revenue_lines.by_key(session, change.key)
    if line is None:
        raise RuntimeError(f"{change.key} is posted and not projected")
    made = figures_of(change, line, settings, now.date())
    before, after = change.before, change.after
    stamp = digest({"facts": change.facts, "at": now.isoformat()})[:12]
    return RevenueModificationRow(
        record_id=f"change:{change.key}:{stamp}",
        obligation_id=line.id,
        effective_on=now.date(),
        change={
            "facts": change.facts,
            "record": before.record_id,
            "before": to_payload(before),
            "after": to_payload(after),
            "about": dict(change.about),
        },
        figures={figures.treatment.value: shown(figures) for figures in made.figures},
        suggested=made.suggested.value,
        because=made.because,
        proposed_at=now,
    )


def figures_of(
    change: ChangeFound, line: RevenueObligationRow, settings: RevenueSettings, today: date
) -> Proposal:
    """What every treatment would do to this line."""
    before, after = change.before.obligation, change.after.obligation
    delta = after.amount - before.amount
    currency = before.amount.currency
    stands = Standing(
        change.key, before.amount, Money(line.posted_minor, currency), Fraction(before.amount.minor)
    )
    added = (Added(f"{change.key}+", delta, Fraction(delta.minor)),) if delta.minor > 0 else ()
    asked = Change(
        (stands,),
        added,
        delta if delta.minor < 0 else None,
        remaining_distinct=True,
        progress=progress(after.terms, today),
    )
    made = propose(asked, band=settings.band)
    if delta:
        return made
    why = "only the service dates changed: the remaining periods"
    return replace(made, suggested=Treatment.PROSPECTIVE, because=why)


def progress(terms: Terms, today: date) -> Fraction | None:
    """The part of the service that is over; None where there are no dates."""
    if terms.starts_on is None or terms.ends_on is None or terms.ends_on < terms.starts_on:
        return None
    whole = (terms.ends_on - terms.starts_on).days + 1
    return Fraction(min(max((today - terms.starts_on).days, 0), whole), whole)


def shown(figures: Figures) -> dict[str, object]:
    """The figures of one treatment as they are stored."""
    return {
        "now": figures.now.minor,
        "currency": figures.now.currency,
        "remaining": [[name, amount.minor] for name, amount in figures.remaining],
        "because": figures.because,
    }


async def decide(
    session: Session,
    modification_id: int,
    treatment: Treatment,
    *,
    by: Actor,
    name: str,
    reason: str,
    settings: RevenueSettings,
    now: datetime,
) -> Decided | NotDecided:
    """Book a change as a named person chose. Text only is refused where an amount changed."""
    if not await turn_soon(session):
        return NotDecided(BUSY)
    row = await revenue_changes.modification(session, modification_id, for_update=True)
    refused = _refused(row, treatment, reason)
    if row is None or refused:
        return NotDecided(refused)
    line = await session.get(RevenueObligationRow, row.obligation_id)
    if line is None:
        return NotDecided("its line is gone")
    sides = (_billed(row, "before"), _billed(row, "after"))
    source = Source("decision", line.invoice_netsuite_id, line.subsidiary_id)
    found = _events(row, line.key, sides, treatment, (name, reason))
    touched = await write(session, [(key, source, new) for key, new in found], now)
    row.state, row.treatment = "decided", treatment.value
    row.decided_by, row.decided_at, row.reason = name, now, reason
    session.add(row)
    told = {"treatment": row.treatment, "reason": reason, "modification": row.id}
    entry = Entry(by, "revenue.change_decided", "revenue_line", line.key, told)
    await record(session, entry, now)
    await project(session, sorted(touched), settings, now)
    return Decided(row.id, treatment)


def _refused(row: RevenueModificationRow | None, treatment: Treatment, reason: str) -> str:
    if row is None:
        return "there is no such change"
    if row.state != "proposed":
        return f"it is {row.state} already"
    if not reason.strip():
        return "a reason is needed"
    before, after = (_billed(row, side) for side in ("before", "after"))
    delta = after.obligation.amount - before.obligation.amount
    if treatment is Treatment.NONE and delta:
        return f"the amount changed by {delta}: that is more than words"
    if treatment is Treatment.SEPARATE and delta.minor <= 0:
        return "only what was added can be a contract of its own"
    if treatment.value not in row.figures:
        return "there are no figures for it"
    return ""


def _billed(row: RevenueModificationRow, side: str) -> Billed:
    told: Any = row.change
    event = from_payload("billed", str(told["record"]), 0, told[side])
    if not isinstance(event, Billed):
        raise TypeError("a change is one of a billed line")
    return event


def _events(
    row: RevenueModificationRow,
    key: str,
    sides: tuple[Billed, Billed],
    treatment: Treatment,
    decided: tuple[str, str],
) -> list[tuple[str, NewEvent]]:
    before, after = sides
    name, reason = decided
    delta = after.obligation.amount - before.obligation.amount
    terms = after.obligation.terms
    moves = treatment in (Treatment.PROSPECTIVE, Treatment.CATCH_UP)
    event = Modified(
        row.record_id, 1, before.record_id, row.effective_on, treatment,
        delta if moves else Money.zero(delta.currency), name, reason,
        terms if moves and terms != before.obligation.terms else None,
        delta if moves else None,
    )  # fmt: skip
    about: Any = row.change.get("about", {})
    told: dict[str, object] = {"modification": row.id, "state": about.get("state", "")}
    found = [(key, NewEvent(event, row.record_id, told, reason))]
    if treatment is Treatment.SEPARATE:
        found.append(_addition(row, key, sides, delta))
    return found


def _addition(
    row: RevenueModificationRow, key: str, sides: tuple[Billed, Billed], delta: Money
) -> tuple[str, NewEvent]:
    """What was added as a line of its own: after the old service, or from the change on."""
    before, after = sides
    terms, old = after.obligation.terms, before.obligation.terms
    starts_on = max(row.effective_on, terms.starts_on or row.effective_on)
    if terms.ends_on and old.ends_on and terms.ends_on > old.ends_on:
        starts_on = old.ends_on + timedelta(days=1)
    own = f"{key}+{row.id}"
    made = replace(
        after.obligation,
        obligation_id=own,
        amount=delta,
        terms=replace(
            terms, starts_on=starts_on, ends_on=max(starts_on, terms.ends_on or starts_on)
        ),
    )
    event = Billed(own, 1, row.effective_on, made)
    about: Any = row.change.get("about", {})
    told = {**about, "sales_minor": delta.minor}
    return own, NewEvent(event, row.record_id, told, "sold separately")
