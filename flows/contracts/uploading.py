"""Contracts as they arrive: kept once, read by a job, their terms put before a person."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256

from domain.ledger.contract.payload import normal_payload
from domain.ledger.contract.terms import ContractTerms, Refused, Term
from domain.ledger.deal_record import keepable
from effects.actor import Person
from effects.audit import Entry, record
from flows.drafts.drafting import Invalid
from store import contracts, deals
from store.contracts import ContractRow, ContractTermRow
from store.engine import Session
from store.jobs import Job, enqueue
from store.worklist import WorkItemRow, ask_again, close_item

READ = "contracts.read"
MOST_BYTES = 15 * 1024 * 1024
KINDS = ("new", "amendment", "renewal")


@dataclass(frozen=True, slots=True)
class NewContract:
    """A file as it was sent. An amendment or renewal names the contract and its effective day.

    `replaces`: what is left of the other contract ends the day before. `deal_id` is a deal of a
    CRM that the contract belongs to: it makes no deal of its own.
    """

    filename: str
    content: bytes
    kind: str = "new"
    amends_id: int | None = None
    effective_on: str = ""
    replaces: bool = False
    deal_id: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The contract is kept; `created` is False when the same file was here already."""

    contract_id: int
    created: bool


async def take_contract(
    session: Session, sent: NewContract, by: Person, now: datetime
) -> Kept | Invalid:
    """Keep a contract once and have it read. Nothing is billed before its terms are confirmed."""
    problems, effective = await _problems(session, sent)
    if problems:
        return Invalid(problems)
    digest = sha256(sent.content).hexdigest()
    row = ContractRow(
        digest=digest,
        name=" ".join(keepable(sent.filename).split())[:200] or "contract",
        body=sent.content,
        kind=sent.kind,
        amends_id=sent.amends_id if sent.kind != "new" else None,
        effective_on=effective,
        replaces=sent.replaces and sent.kind == "amendment",
        deal_id=sent.deal_id,
        belongs=sent.deal_id is not None,
        uploaded_by=str(by.actor),
        uploaded_at=now,
        updated_at=now,
    )
    made = await contracts.insert_contract(session, row)
    if made is None:
        known = await contracts.contract_of_digest(session, digest)
        return Kept(known.id if known else 0, created=False)
    await enqueue(session, Job(READ, {"contract_id": made}, lane="contracts"))
    detail = {"name": row.name, "sha256": digest, "kind": row.kind}
    await record(session, Entry(by.actor, "contract.uploaded", "contract", str(made), detail), now)
    return Kept(made, created=True)


async def _problems(session: Session, sent: NewContract) -> tuple[dict[str, str], date | None]:
    problems: dict[str, str] = {}
    effective: date | None = None
    if not sent.content or len(sent.content) > MOST_BYTES:
        problems["file"] = "Choose a file of at most 15 MB with something in it."
    if sent.kind not in KINDS:
        problems["kind"] = f"Known here: {', '.join(KINDS)}."
    if sent.effective_on.strip():
        try:
            effective = date.fromisoformat(sent.effective_on.strip())
        except ValueError:
            problems["effective_on"] = "Write the day like 2026-03-31."
    if sent.kind in ("amendment", "renewal"):
        known = await contracts.contract(session, sent.amends_id or 0)
        if known is None:
            problems["amends_id"] = "Say which contract it changes or renews."
        if effective is None:
            problems.setdefault("effective_on", "Say from which day it holds.")
    if sent.deal_id is not None and await deals.deal(session, sent.deal_id) is None:
        problems["deal_id"] = "There is no such deal."
    return problems, effective


async def refuse(session: Session, contract_id: int, why: Refused, now: datetime) -> None:
    """The file cannot be read; a person is told what to do."""
    row = await contracts.locked_contract(session, contract_id)
    if row is None or row.state != "reading":
        return
    row.state, row.problem, row.updated_at = "refused", why.message[:1000], now
    session.add(row)
    await ask_again(session, _item(row, f"{row.name} cannot be read: {why.message}", now))


async def keep_terms(
    session: Session, contract_id: int, terms: ContractTerms, now: datetime
) -> None:
    """Put what was read before a person. Read again, it replaces what nobody has looked at."""
    row = await contracts.locked_contract(session, contract_id)
    if row is None or row.state != "reading":
        return
    row.pages = [keepable(page) for page in terms.pages]
    row.findings = [asdict(one) | {"names": list(one.names)} for one in terms.findings]
    row.read_with, row.state, row.updated_at = terms.read_by[:200], "to_confirm", now
    session.add(row)
    places: dict[str, int] = {}
    for position, term in enumerate(terms.terms):
        place = places.setdefault(term.name, 0)
        places[term.name] = place + 1
        session.add(term_row(contract_id, term, place, position))
    await ask_again(session, _item(row, f"Confirm the terms of {row.name}", now))


def term_row(contract_id: int, term: Term, place: int, position: int) -> ContractTermRow:
    """A term that nobody has looked at."""
    return ContractTermRow(
        contract_id=contract_id,
        name=term.name,
        place=place,
        position=position,
        value=keepable(term.value[:2000]),
        normalized={"v": normal_payload(term.normalized)},
        quote=keepable(term.quote[:4000]),
        page=term.page,
        confidence=min(100, round(term.confidence * 100)),
    )


def _item(row: ContractRow, title: str, now: datetime) -> WorkItemRow:
    return WorkItemRow(
        key=f"contract:{row.id}",
        kind="contract",
        title=title[:300],
        detail={"contract_id": row.id, "reason": row.problem[:500]},
        opened_at=now,
    )


async def settled(session: Session, row: ContractRow, by: Person, now: datetime) -> None:
    """It waits for nobody any more."""
    await close_item(session, f"contract:{row.id}", by=str(by.actor), now=now)
