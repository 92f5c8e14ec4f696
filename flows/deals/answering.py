"""What people say about a deal: missing terms, evidence, usage, its end, how a change counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from domain.ledger.billing.charges import Milestones, Usage
from domain.ledger.billing.periods import periods
from domain.ledger.deal import DealLine, number
from domain.ledger.deal_record import from_payload, keepable
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, total
from effects.actor import Actor, Person
from effects.audit import Entry, record
from flows.deals.accounts import confirm_account
from flows.deals.book import Book, book_of
from flows.deals.planning import GIVEN_UP
from flows.deals.settling import Settled, settle
from flows.deals.taking import Taken, end
from flows.drafts.drafting import Closed, Invalid, Missing
from store import billing, deals
from store.billing import MilestoneRow, UsageRow
from store.deals import DealAnswerRow, DealRow
from store.engine import Session

TREATMENTS = ("separate", "prospective", "catch_up")
FREQUENCIES = ("week", "month", "quarter", "half_year", "year")
MOST_BYTES = 10 * 1024 * 1024
_LEAST_REASON = 3
_DAY = "Write the day like 2026-03-31."


@dataclass(frozen=True, slots=True)
class Noted:
    """It holds; `settled` is what it led to."""

    settled: Settled


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    filename: str
    content_type: str
    content: bytes


Answer = Noted | Invalid | Missing | Closed


async def _locked(session: Session, deal_id: int) -> DealRow | None:
    row = await deals.locked_deal(session, deal_id)
    return row if row is not None and row.version > 0 else None


async def _noted(
    session: Session,
    row: DealRow,
    by: Actor,
    action: str,
    detail: Mapping[str, object],
    now: datetime,
) -> Noted:
    await record(session, Entry(by, action, "deal", str(row.id), detail), now)
    return Noted(await settle(session, row.id, now) or Settled())


async def answer(
    session: Session,
    deal_id: int,
    line_id: str,
    said: Mapping[str, object],
    by: Person,
    now: datetime,
) -> Answer:
    """Say what a line lacks: starts_on, ends_on, term_months, frequency, interval_count, billed,
    milestones (name, amount, planned_on). It is kept, and holds while the source says nothing.
    """
    row = await _locked(session, deal_id)
    if row is None:
        return Missing()
    deal = from_payload((await deals.current_versions(session, [row.id]))[row.id].payload)
    line = next((one for one in deal.lines if one.source_id == line_id), None)
    if line is None:
        return Missing()
    read = _read_answer(said, line)
    if isinstance(read, Invalid):
        return read
    known = {one.line_id: one.value for one in await deals.answers_of(session, row.id)}
    value = {**known.get(line_id, {}), **read}
    kept = DealAnswerRow(deal_id=row.id, line_id=line_id, value=value, by=str(by.actor),
                         name=by.name, at=now)  # fmt: skip
    await deals.put_answer(session, kept)
    detail = {"line": line_id, "said": read}
    return await _noted(session, row, by.actor, "deal.answered", detail, now)


def _read_answer(said: Mapping[str, object], line: DealLine) -> dict[str, object] | Invalid:
    read: dict[str, object] = {}
    problems: dict[str, str] = {}
    for name, raw in said.items():
        if raw in ("", None):
            continue
        value, problem = _part(name, raw, line)
        if problem:
            problems[name] = problem
        else:
            read[name] = value
    if not read and not problems:
        problems["answer"] = "Say at least one thing."
    return Invalid(problems) if problems else read


def _part(name: str, raw: object, line: DealLine) -> tuple[object, str]:
    text = str(raw).strip()
    match name:
        case "starts_on" | "ends_on":
            return text, "" if _day(text) else _DAY
        case "term_months" | "interval_count":
            most = 600 if name == "term_months" else 120
            fits = text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= most
            return text, "" if fits else f"Write a whole number from 1 to {most}."
        case "frequency":
            known = ", ".join(FREQUENCIES)
            return text, "" if text in FREQUENCIES else f"Known here: {known}."
        case "billed":
            ways = ("once", "advance", "arrears")
            return text, "" if text in ways else f"Known here: {', '.join(ways)}."
        case "milestones":
            return _milestones(raw, line)
        case _:
            return "", "This is not asked for."


def _milestones(raw: object, line: DealLine) -> tuple[object, str]:
    """Parts with name, amount and planned day that add up to the line."""
    if not isinstance(raw, list) or not 1 <= len(raw) <= 100:
        return "", "Write 1 to 100 milestones."
    currency, parts = line.unit_price.currency, []
    try:
        for one in raw:
            amount = Money.parse(str(one["amount"]), currency)
            name = " ".join(keepable(str(one["name"])).split())[:200]
            if not name or not _day(str(one["planned_on"])):
                return "", f"A milestone has a name and a day. {_DAY}"
            parts.append({"name": name, "minor": amount.minor, "planned_on": one["planned_on"]})
    except (LedgerError, KeyError, TypeError):
        return "", "A milestone has name, amount and planned_on."
    if len({one["name"] for one in parts}) != len(parts):
        return "", "Two milestones have the same name."
    summed = total((Money(int(str(one["minor"])), currency) for one in parts), currency)
    if summed != line.amount:
        return "", f"They add up to {summed}; the line is {line.amount}."
    return parts, ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def show_evidence(
    session: Session,
    deal_id: int,
    line_id: str,
    milestone: str,
    accepted_on: str,
    file: Upload,
    by: Person,
    now: datetime,
) -> Answer:
    """A milestone was reached and accepted: its document opens its instalment."""
    row = await _locked(session, deal_id)
    if row is None:
        return Missing()
    book = await book_of(session, row)
    if milestone not in _milestone_names(book, line_id):
        return Missing()
    accepted = _day(accepted_on.strip())
    problems: dict[str, str] = {}
    if accepted is None or accepted > now.date():
        problems["accepted_on"] = f"It was accepted on a day up to today. {_DAY}"
    if not file.content or len(file.content) > MOST_BYTES:
        problems["file"] = "Attach the document that shows it, at most 10 MB."
    if problems or accepted is None:
        return Invalid(problems)
    digest = sha256(file.content).hexdigest()
    shown = MilestoneRow(
        deal_id=row.id, line_id=line_id, name=milestone, accepted_on=accepted,
        filename=keepable(file.filename[:200]), content_type=keepable(file.content_type[:100]),
        digest=digest,
        body=file.content, by=str(by.actor), by_name=by.name, at=now,
    )  # fmt: skip
    await billing.put_evidence(session, shown)
    detail = {"line": line_id, "milestone": milestone, "accepted_on": accepted.isoformat(),
              "file": file.filename[:200], "sha256": digest}  # fmt: skip
    return await _noted(session, row, by.actor, "deal.milestone_reached", detail, now)


def _milestone_names(book: Book, line_id: str) -> tuple[str, ...]:
    for one in book.billable:
        if one.source.source_id == line_id and isinstance(one.line.charge, Milestones):
            return tuple(part.name for part in one.line.charge.parts)
    return ()


async def enter_usage(
    session: Session,
    deal_id: int,
    line_id: str,
    period_on: str,
    quantity: str,
    by: Person,
    now: datetime,
    *,
    final: bool = True,
) -> Answer:
    """The usage of a billing period; once it is final its invoice can be drafted."""
    row = await _locked(session, deal_id)
    if row is None:
        return Missing()
    book = await book_of(session, row)
    ends = _usage_periods(book, line_id)
    if not ends:
        return Missing()
    first = _day(period_on.strip())
    problems: dict[str, str] = {}
    if first not in ends:
        problems["period_on"] = "No billing period of this line begins on that day."
    elif final and ends[first] >= now.date():
        problems["final"] = f"The period runs until {ends[first]}: its usage is not final yet."
    try:
        if number(quantity) < 0:
            problems["quantity"] = "Usage is not negative."
    except LedgerError:
        problems["quantity"] = "Write a plain number like 12 or 0.25."
    if problems or first is None:
        return Invalid(problems)
    kept = UsageRow(deal_id=row.id, line_id=line_id, period_on=first, quantity=quantity.strip(),
                    final=final, by=str(by.actor), by_name=by.name, at=now)  # fmt: skip
    await billing.put_usage(session, kept)
    detail = {"line": line_id, "period_on": first.isoformat(), "quantity": quantity.strip(),
              "final": final}  # fmt: skip
    return await _noted(session, row, by.actor, "deal.usage_entered", detail, now)


def _usage_periods(book: Book, line_id: str) -> dict[date | None, date]:
    for one in book.billable:
        charge = one.line.charge
        if one.source.source_id == line_id and isinstance(charge, Usage):
            found = periods(charge.service, charge.every, charge.anchor_on)
            return {period.part.starts_on: period.part.ends_on for period in found}
    return {}


async def cancel_deal(
    session: Session, deal_id: int, last_on: str, why: str, by: Person, now: datetime
) -> Taken | Invalid | Missing | Closed:
    """End a deal with a day: what is due by then stays, the rest is dropped."""
    row = await _locked(session, deal_id)
    if row is None:
        return Missing()
    day, reason = _day(last_on.strip()), " ".join(keepable(why).split())[:1000]
    problems = {} if day else {"last_on": _DAY}
    if len(reason) < _LEAST_REASON:
        problems["reason"] = "Say why it ends."
    if problems or day is None:
        return Invalid(problems)
    if row.state not in ("won", "cancelled"):
        return Closed("This deal is not won.")
    return await end(session, row, "cancelled", day, reason, now, by.actor)


async def resume_deal(session: Session, deal_id: int, by: Person, now: datetime) -> Answer:
    """Take a cancellation back: the rest is planned again."""
    row = await _locked(session, deal_id)
    if row is None:
        return Missing()
    if row.state != "cancelled":
        return Closed("This deal was not cancelled here.")
    row.state, row.ended_on, row.stage = "won", None, ""
    session.add(row)
    return await _noted(session, row, by.actor, "deal.resumed", {}, now)


async def treat(
    session: Session, deal_id: int, treatment: str, by: Person, now: datetime
) -> Answer:
    """How a change of the contract counts for revenue: separate, prospective or catch_up."""
    row = await _locked(session, deal_id)
    if row is None:
        return Missing()
    if treatment not in TREATMENTS:
        return Invalid({"treatment": f"Known here: {', '.join(TREATMENTS)}."})
    row.treatment, row.treatment_by = treatment, str(by.actor)
    session.add(row)
    return await _noted(session, row, by.actor, "deal.treated", {"treatment": treatment}, now)


async def confirm(session: Session, deal_id: int, by: Person, now: datetime) -> Answer:
    """The link between the CRM's account and the customer stands as the account is now."""
    row = await _locked(session, deal_id)
    if row is None or not await confirm_account(session, row, by.actor, now):
        return Missing()
    return Noted(await settle(session, row.id, now) or Settled())


async def draft_now(session: Session, deal_id: int, key: str, by: Person, now: datetime) -> Answer:
    """Draft one instalment before its day, or once more after its draft was given up."""
    row = await _locked(session, deal_id)
    if row is None:
        return Missing()
    await settle(session, row.id, now)
    found = {one.key: one for one in await billing.instalments_of(session, row.id)}
    wanted: Any = found.get(key)
    if wanted is None:
        return Missing()
    if wanted.state == "dropped" and wanted.why == GIVEN_UP:
        wanted.state, wanted.draft_id, wanted.draft_line, wanted.why = "planned", None, 0, ""
        session.add(wanted)
        await session.flush()
    if wanted.state != "planned":
        return Closed(f"This instalment is {wanted.state}.")
    if row.state not in ("won", "cancelled"):
        return Closed("This deal is not won.")
    detail = {"instalment": key}
    await record(session, Entry(by.actor, "deal.drafted_early", "deal", str(row.id), detail), now)
    return Noted(await settle(session, row.id, now, also=[key]) or Settled())
