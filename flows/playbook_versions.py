"""Playbooks as people keep them: written, made active by somebody else, one for each customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.dunning.playbook import LoopIn, Playbook, Step, branch_of
from effects.actor import Person, Role, may_approve
from effects.answers import Refusal, RefusalCode
from effects.audit import Entry, record
from flows.playbooks import close_idle
from sources.playbook_file import read_playbook
from store import followups, parties, playbooks
from store.engine import Session
from store.people import colleagues_by_email
from store.playbooks import PlaybookRow, PlaybookVersionRow

LONGEST = 60_000


@dataclass(frozen=True, slots=True)
class Saved:
    """A version was kept; nothing acts by it before it is made active."""

    playbook_id: int
    version: int


@dataclass(frozen=True, slots=True)
class Taken:
    """Customers that an active playbook has already: its name, and how many."""

    name: str
    customers: int

    @property
    def message(self) -> str:
        many = "all customers" if self.customers == 0 else f"{self.customers} of these customers"
        return f"The playbook {self.name} has {many} already."


async def save(
    session: Session,
    text: str,
    *,
    by: Person,
    now: datetime,
    playbook_id: int | None = None,
    note: str = "",
) -> Saved | Refusal:
    """Keep a playbook as a new version. Raises PolicyFileError with its line when it is wrong."""
    refused = _refuse(by, Role.COLLECTOR)
    if refused is not None:
        return refused
    if len(text) > LONGEST:
        return Refusal(RefusalCode.OVER_LIMIT, "The playbook is too long.")
    book = read_playbook(text, "playbook")
    row = await _row(session, book, playbook_id, by, now)
    if isinstance(row, Refusal):
        return row
    known = await playbooks.versions_of(session, row.id)
    version = max((v.version for v in known), default=0) + 1
    session.add(
        PlaybookVersionRow(
            playbook_id=row.id, version=version, body=text, author=str(by.actor), created_at=now,
            note=note[:300],
        )
    )  # fmt: skip
    detail = {"name": book.name, "version": version, "note": note[:300]}
    await record(session, Entry(by.actor, "playbook.saved", "playbook", str(row.id), detail), now)
    return Saved(row.id, version)


async def activate(
    session: Session, playbook_id: int, version: int, *, by: Person, now: datetime
) -> PlaybookRow | Taken | Refusal:
    """Let a version act. Approvers and those above may, and never the one who wrote it.

    A customer is in one active playbook at most: Taken names the one that has it.
    """
    refused = _refuse(by, Role.APPROVER)
    if refused is not None:
        return refused
    every = await playbooks.lock_all(session)
    row = next((one for one in every if one.id == playbook_id), None)
    kept = await playbooks.version_of(session, playbook_id, version)
    if row is None or kept is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such playbook or version.")
    if kept.author == str(by.actor):
        return Refusal(RefusalCode.OWN_PROPOSAL, "Somebody else must make it active.")
    book = read_playbook(kept.body, row.name)
    ids = await _customers(session, book)
    if isinstance(ids, Refusal):
        return ids
    problem = (
        _named(every, row, book) or await _strangers(session, book) or _taken(every, row, book, ids)
    )
    if problem is not None:
        return problem
    row.name, row.description, row.steps = book.name, book.description, book.size()
    row.everybody, row.customer_ids = book.everybody, ids
    row.active, row.version = True, version
    return await _changed(session, row, "playbook.activated", by, now)


async def deactivate(
    session: Session, playbook_id: int, *, by: Person, now: datetime
) -> PlaybookRow | Refusal:
    """Stop a playbook: the policy's own steps decide for its customers again."""
    refused = _refuse(by, Role.COLLECTOR)
    if refused is not None:
        return refused
    every = await playbooks.lock_all(session)
    row = next((one for one in every if one.id == playbook_id), None)
    if row is None:
        return Refusal(RefusalCode.NOT_FOUND, "There is no such playbook.")
    row.active = False
    done = await _changed(session, row, "playbook.deactivated", by, now)
    await close_idle(session, now)
    return done


async def _row(
    session: Session, book: Playbook, playbook_id: int | None, by: Person, now: datetime
) -> PlaybookRow | Refusal:
    """The playbook that gets a version, made if it is new."""
    every = await playbooks.lock_all(session)
    same = next((one for one in every if one.id == playbook_id), None)
    taken = _named(every, same, book)
    if taken is not None:
        return taken
    if playbook_id is not None:
        return same or Refusal(RefusalCode.NOT_FOUND, "There is no such playbook.")
    row = PlaybookRow(
        name=book.name,
        description=book.description,
        steps=book.size(),
        everybody=book.everybody,
        changed_at=now,
        changed_by=str(by.actor),
    )
    session.add(row)
    await session.flush()
    return row


async def _customers(session: Session, book: Playbook) -> list[int] | Refusal:
    """Our ids of the customers named; refused when one of them is not ours."""
    known = await parties.ids_by_netsuite(session, book.customers)
    missing = [name for name in book.customers if name not in known]
    if missing:
        told = ", ".join(missing[:5])
        return Refusal(RefusalCode.FORBIDDEN, f"No customer has the NetSuite id {told}.")
    return sorted(known.values())


async def _strangers(session: Session, book: Playbook) -> Refusal | None:
    """Copies go to colleagues only."""
    wanted = sorted({email.lower() for email in _looped(book.steps)})
    known = await colleagues_by_email(session, wanted)
    missing = [email for email in wanted if email not in known]
    if not missing:
        return None
    return Refusal(RefusalCode.FORBIDDEN, f"{missing[0]} is no user here; add the colleague first.")


def _looped(steps: Sequence[Step]) -> list[str]:
    found = [step.email for step in steps if isinstance(step, LoopIn)]
    for step in steps:
        found += _looped(branch_of(step, "then")) + _looped(branch_of(step, "else"))
    return found


def _named(every: Sequence[PlaybookRow], row: PlaybookRow | None, book: Playbook) -> Refusal | None:
    """Refused when another playbook has the name, whatever the case of its letters."""
    for other in every:
        if other is not row and other.name.casefold() == book.name.casefold():
            return Refusal(RefusalCode.WRONG_STATE, f"There is a playbook named {other.name}.")
    return None


def _taken(
    every: Sequence[PlaybookRow], row: PlaybookRow, book: Playbook, ids: Sequence[int]
) -> Taken | None:
    for other in every:
        if other.id == row.id or not other.active:
            continue
        if other.everybody or book.everybody:
            return Taken(other.name, 0 if other.everybody else len(other.customer_ids))
        both = set(other.customer_ids) & set(ids)
        if both:
            return Taken(other.name, len(both))
    return None


async def _changed(
    session: Session, row: PlaybookRow, action: str, by: Person, now: datetime
) -> PlaybookRow:
    row.changed_at, row.changed_by = now, str(by.actor)
    session.add(row)
    await session.flush()
    detail = {"name": row.name, "version": row.version, "customers": len(row.customer_ids)}
    await record(session, Entry(by.actor, action, "playbook", str(row.id), detail), now)
    for customer_id in row.customer_ids:
        await followups.wake(session, customer_id, now)
    return row


def _refuse(by: Person, role: Role) -> Refusal | None:
    if may_approve(by.role, role):
        return None
    return Refusal(RefusalCode.NOT_ALLOWED, f"A {by.role} cannot do this with playbooks.")
