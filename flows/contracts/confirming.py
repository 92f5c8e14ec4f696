"""A person confirms or corrects each term; only then a contract becomes a deal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast, get_args

from domain.ledger.contract.correcting import corrected
from domain.ledger.contract.deal import deal_of
from domain.ledger.contract.payload import term_from
from domain.ledger.contract.terms import (
    ContractFinding,
    ContractTerms,
    Term,
    TermName,
)
from domain.ledger.deal import Deal, DealLine, DealMilestone
from domain.ledger.errors import LedgerError
from effects.actor import Actor, Person
from effects.audit import Entry, record
from flows.contracts.uploading import settled, term_row
from flows.deals.taking import end, take_deal
from flows.drafts.drafting import Closed, Invalid, Missing
from store import contracts, deals
from store.contracts import ContractRow, ContractTermRow
from store.deals import DealRow
from store.engine import Session

NAMES: tuple[str, ...] = get_args(TermName)
SURE = 90
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """It holds. `deal_id` is that of the deal a finished contract became."""

    deal_id: int | None = None


Outcome = Confirmed | Invalid | Missing | Closed


def terms_now(row: ContractRow, rows: Sequence[ContractTermRow]) -> ContractTerms:
    """The terms as they stand now, with what people corrected."""
    return ContractTerms(
        name=row.name,
        digest=row.digest,
        terms=tuple(_term(one) for one in rows if one.state != "empty"),
        findings=tuple(_finding(one) for one in row.findings),
        pages=tuple(row.pages),
        read_by=row.read_with,
    )


def _term(row: ContractTermRow) -> Term:
    raw = {
        "name": row.name,
        "value": row.value,
        "normalized": row.normalized.get("v"),
        "quote": row.quote,
        "page": row.page,
        "confidence": row.confidence,
    }
    return replace(term_from(raw), confidence=row.confidence / 100)


def _finding(raw: dict[str, Any]) -> ContractFinding:
    told = {k: v for k, v in raw.items() if k != "settled_by"}
    return ContractFinding(**{**told, "names": tuple(told.get("names", ()))})


async def _open(session: Session, contract_id: int) -> ContractRow | Missing | Closed:
    row = await contracts.locked_contract(session, contract_id)
    if row is None:
        return Missing()
    if row.state != "to_confirm":
        return Closed(f"This contract is {row.state.replace('_', ' ')}.")
    return row


async def confirm_term(
    session: Session, contract_id: int, name: str, place: int, by: Person, now: datetime
) -> Outcome:
    """The term is as it was read."""
    row = await _open(session, contract_id)
    if not isinstance(row, ContractRow):
        return row
    rows = await contracts.terms_of(session, [row.id])
    found = next((one for one in rows if (one.name, one.place) == (name, place)), None)
    if found is None:
        return Missing()
    _mark(session, found, "confirmed", by, now)
    await _told(session, row, by.actor, "contract.term_confirmed", name, place, now)
    return Confirmed()


async def confirm_sure(session: Session, contract_id: int, by: Person, now: datetime) -> Outcome:
    """All that nobody looked at yet, was read with little doubt and has its quotation."""
    row = await _open(session, contract_id)
    if not isinstance(row, ContractRow):
        return row
    for one in await contracts.terms_of(session, [row.id]):
        if one.state == "open" and one.confidence >= SURE and one.quote:
            _mark(session, one, "confirmed", by, now)
            await _told(session, row, by.actor, "contract.term_confirmed", one.name, one.place, now)
    return Confirmed()


def _mark(session: Session, term: ContractTermRow, state: str, by: Person, now: datetime) -> None:
    term.state, term.by, term.by_name, term.at = state, str(by.actor), by.name, now
    session.add(term)


async def correct_term(
    session: Session,
    contract_id: int,
    name: str,
    place: int | None,
    words: str,
    by: Person,
    now: datetime,
) -> Outcome:
    """The term is what a person says; without a place one more of its name is added.

    Empty words say that there is none.
    """
    row = await _open(session, contract_id)
    if not isinstance(row, ContractRow):
        return row
    if name not in NAMES:
        return Missing()
    said = " ".join(words.split())[:500]
    rows = list(await contracts.terms_of(session, [row.id]))
    mine = [one for one in rows if one.name == name]
    if not said:
        return await _none_of_it(session, row, mine, place, by, now)
    standing = [one for one in mine if one.state != "empty"]
    at = next((n for n, one in enumerate(standing) if one.place == place), None)
    after = _corrected(terms_now(row, rows), name, said, at)
    if after is None:
        return Invalid({"words": f"This does not say a {name.replace('_', ' ')}."})
    found = after.all(cast("TermName", name))
    fresh = found[at] if at is not None and at < len(found) else found[-1]
    target = _meant(mine, place, alone=len(found) == 1)
    made = term_row(row.id, fresh, len(mine), len(rows))
    if target is not None:
        target.value, target.normalized = made.value, made.normalized
        target.quote, target.page, target.confidence = "", 0, made.confidence
    _mark(session, target or made, "corrected", by, now)
    row.findings, row.updated_at = _findings(row, after.findings), now
    session.add(row)
    await _told(session, row, by.actor, "contract.term_corrected", name, place or 0, now, said)
    return Confirmed()


def _meant(
    mine: Sequence[ContractTermRow], place: int | None, *, alone: bool
) -> ContractTermRow | None:
    """The row that a correction is about; a term there is one of has one row."""
    found = next((one for one in mine if one.place == place), None)
    return mine[0] if found is None and alone and mine else found


def _corrected(terms: ContractTerms, name: str, said: str, at: int | None) -> ContractTerms | None:
    try:
        return corrected(terms, cast("TermName", name), said, at)
    except LedgerError:
        return None


async def _none_of_it(
    session: Session,
    row: ContractRow,
    mine: Sequence[ContractTermRow],
    place: int | None,
    by: Person,
    now: datetime,
) -> Outcome:
    found = next((one for one in mine if one.place == place), None)
    if found is None:
        return Invalid({"words": "Write what the contract says."})
    _mark(session, found, "empty", by, now)
    await _told(session, row, by.actor, "contract.term_removed", found.name, found.place, now)
    return Confirmed()


def _findings(row: ContractRow, left: Sequence[ContractFinding]) -> list[dict[str, object]]:
    """Those that are left, with who answered for them."""
    by = {str(one["id"]): one.get("settled_by", "") for one in row.findings}
    told = (asdict(one) | {"names": list(one.names)} for one in left)
    return [one | ({"settled_by": by[one["id"]]} if by.get(one["id"]) else {}) for one in told]


async def settle_finding(
    session: Session, contract_id: int, finding_id: str, by: Person, now: datetime
) -> Outcome:
    """A person looked at a finding and answers for it."""
    row = await _open(session, contract_id)
    if not isinstance(row, ContractRow):
        return row
    if finding_id not in {str(one["id"]) for one in row.findings}:
        known = await _open_findings(session, row)
        more = [one for one in known if one.id == finding_id]
        if not more:
            return Missing()
        row.findings = [*row.findings, asdict(more[0]) | {"names": list(more[0].names)}]
    row.findings = [
        one | {"settled_by": by.name} if one["id"] == finding_id else one for one in row.findings
    ]
    session.add(row)
    await _told(session, row, by.actor, "contract.finding_settled", finding_id, 0, now)
    return Confirmed()


async def _open_findings(session: Session, row: ContractRow) -> tuple[ContractFinding, ...]:
    found = _deal(row, await contracts.terms_of(session, [row.id]))
    return found if isinstance(found, tuple) else ()


async def finish(session: Session, contract_id: int, by: Person, now: datetime) -> Outcome:
    """Every term was looked at: the contract becomes a deal, or belongs to its CRM's."""
    row = await _open(session, contract_id)
    if not isinstance(row, ContractRow):
        return row
    rows = await contracts.terms_of(session, [row.id])
    unseen = [one.name.replace("_", " ") for one in rows if one.state == "open"]
    if unseen:
        return Invalid({"terms": f"Confirm or correct first: {', '.join(unseen)}."})
    if not row.belongs:
        made = _deal(row, rows)
        if not isinstance(made, Deal):
            return Invalid({one.id: one.message for one in made})
        replaced = await _replaced(session, row)
        taken = await take_deal(session, await _amending(session, row, made), now, by.actor)
        row.deal_id = taken.deal_id
        await _end_replaced(session, row, replaced, by, now)
    row.state, row.confirmed_by, row.confirmed_at = "confirmed", str(by.actor), now
    row.updated_at = now
    session.add(row)
    await settled(session, row, by, now)
    await _told(session, row, by.actor, "contract.confirmed", row.kind, 0, now)
    return Confirmed(row.deal_id)


def _deal(row: ContractRow, rows: Sequence[ContractTermRow]) -> Deal | tuple[ContractFinding, ...]:
    done = frozenset(str(one["id"]) for one in row.findings if one.get("settled_by"))
    return deal_of(terms_now(row, rows), str(row.id), done)


async def _amending(session: Session, row: ContractRow, made: Deal) -> Deal:
    """The deal with what the person said at upload, and a day for milestones without one."""
    name = f"{made.customer.name}, {row.name}"[:300]
    starts_on = made.starts_on or row.effective_on
    lines = tuple(_planned(line, made) for line in made.lines)
    made = replace(made, name=name, starts_on=starts_on, lines=lines)
    other = await contracts.contract(session, row.amends_id or 0)
    if row.kind != "amendment" or other is None:
        return made
    return replace(made, amends=str(other.id))


def _planned(line: DealLine, made: Deal) -> DealLine:
    """A milestone is expected at the end of the term unless a day is told; evidence bills it."""
    planned_on = line.starts_on or made.ends_on or made.starts_on or made.closed_on
    if line.billed != "milestone" or line.milestones or planned_on is None:
        return line
    name = " ".join((line.description or line.source_id).split())[:200]
    return replace(line, milestones=(DealMilestone(name, line.amount, planned_on),))


async def _replaced(session: Session, row: ContractRow) -> DealRow | None:
    """The deal whose rest a contract replaces, locked before drafts of the new one are made."""
    other = await contracts.contract(session, row.amends_id or 0) if row.replaces else None
    return await deals.locked_deal(session, other.deal_id) if other and other.deal_id else None


async def _end_replaced(
    session: Session, row: ContractRow, known: DealRow | None, by: Person, now: datetime
) -> None:
    """What is left of a contract that is replaced ends on the day before."""
    if known is not None and known.state == "won" and row.effective_on is not None:
        why = f"replaced by {row.name}"
        await end(session, known, "cancelled", row.effective_on - _DAY, why, now, by.actor)


async def drop_contract(session: Session, contract_id: int, by: Person, now: datetime) -> Outcome:
    """Give a contract up that makes no deal."""
    row = await contracts.locked_contract(session, contract_id)
    if row is None:
        return Missing()
    if row.state == "confirmed":
        return Closed("This contract is confirmed: end its deal instead.")
    row.state, row.updated_at = "dropped", now
    session.add(row)
    await settled(session, row, by, now)
    await _told(session, row, by.actor, "contract.dropped", row.kind, 0, now)
    return Confirmed()


async def _told(
    session: Session,
    row: ContractRow,
    by: Actor,
    action: str,
    name: str,
    place: int,
    now: datetime,
    words: str = "",
) -> None:
    detail = {"what": name, "place": place} | ({"words": words} if words else {})
    await record(session, Entry(by, action, "contract", str(row.id), detail), now)
