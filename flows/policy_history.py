"""What happened, read from the store, so that a policy can be tried on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from domain.dunning.past import Claim, History, PastCustomer, Reduction, Spell
from domain.dunning.segments import Beside
from domain.dunning.standing import Dispute, Pause, PauseKind
from domain.ledger.invoice import InvoiceStatus
from flows.desk import Desk
from flows.facts import promise_value, touch_value
from flows.playbooks import KEEPER
from flows.policy_playbooks import Books, assigned, books_of
from flows.policy_talks import talk_of
from flows.stops import DELAYS
from store.engine import Session
from store.parties import CustomerRow, contact_value, customer_value
from store.past import Applied, PastRows, past_rows
from store.playbooks import PlaybookRow
from store.receivables import InvoiceRow, invoice_value
from store.standing import DisputeRow, HoldRow

_T = TypeVar("_T")
MOST = 20_000
_KINDS = {kind.value: kind for kind in PauseKind}


async def history(
    session: Session, desk: Desk, since: date, until: date, *, limit: int = MOST
) -> History:
    """Every customer with an open invoice between two days, and what happened to them."""
    rows = await past_rows(session, since, until, limit=limit)
    active, books = await books_of(session, rows.runs)
    everybody = _customers(rows, active, books, desk, since, until)
    met = tuple(one for one in everybody if any(c.open_from(since) for c in one.claims))
    return History(since, until, met, rows.left_out)


def _customers(
    rows: PastRows,
    active: Sequence[PlaybookRow],
    books: Books,
    desk: Desk,
    since: date,
    until: date,
) -> Iterable[PastCustomer]:
    contacts, invoices = _by_customer(rows.contacts), _by_customer(rows.invoices)
    promises, disputes = _by_customer(rows.promises), _by_customer(rows.disputes)
    holds, moves = _by_customer(rows.holds), _by_customer(rows.moves)
    talks, runs = {row.customer_id: row for row in rows.conversations}, _by_customer(rows.runs)
    touches = _grouped((customer_id, touch) for customer_id, touch in rows.touches)
    applied = _grouped((a.invoice_id, a) for a in rows.applied)
    scores = {row.customer_id: row.per_mille for row in rows.scores}
    houses = {row.id: row.netsuite_id for row in rows.subsidiaries}
    years = tuple(range(since.year - 1, until.year + 2))
    for row in rows.customers:
        mine, score = contacts[row.id], scores.get(row.id)
        playbook = assigned(row.id, active, books, runs[row.id], since, score)
        talk = talk_of(talks.get(row.id), moves[row.id], since, in_playbook=playbook is not None)
        yield PastCustomer(
            customer=customer_value(row),
            contacts=tuple(contact_value(c) for c in mine),
            silenced=tuple((c.id, c.suppressed_at) for c in mine if c.suppressed_at is not None),
            claims=tuple(_claims(invoices[row.id], applied)),
            promises=tuple(
                (promise_value(p), Spell(p.made_at, p.settled_at)) for p in promises[row.id]
            ),
            disputes=tuple(_dispute(d) for d in disputes[row.id]),
            pauses=(*_pauses(holds[row.id], since, in_playbook=playbook is not None), *talk.stops),
            touches=tuple(touch_value(t) for t in touches[row.id]),
            holidays=desk.holidays(row.country, row.region, years),
            beside=Beside(score, _house(row, houses)),
            playbook=playbook,
            begun_anew=talk.begun_anew,
            reopened=talk.reopened,
        )


def _house(row: CustomerRow, houses: Mapping[int, str]) -> str:
    return houses.get(row.subsidiary_id or 0, "")


def _claims(
    rows: Sequence[InvoiceRow], applied: Mapping[int, Sequence[Applied]]
) -> Iterable[Claim]:
    for row in rows:
        if row.status not in (InvoiceStatus.OPEN, InvoiceStatus.PAID, InvoiceStatus.VOIDED):
            continue
        changed_on = (row.gone_at or row.erp_modified_at or datetime.max.replace(tzinfo=UTC)).date()
        voided = row.status == InvoiceStatus.VOIDED or row.gone_at is not None
        yield Claim(
            invoice_value(row),
            tuple(_reductions(row, applied.get(row.id, ()))),
            max(changed_on, row.issued_on) if voided else None,
        )


def _reductions(row: InvoiceRow, applied: Sequence[Applied]) -> Iterable[Reduction]:
    """What was set against an invoice; what the ERP has beside it came at its last change."""
    told = 0
    for one in applied:
        told += one.minor
        known = one.recorded_at.date() if one.recorded_at is not None else one.came_on
        yield Reduction(one.minor, one.came_on, max(one.came_on, known))
    rest = row.total_minor - row.open_minor - told
    if rest > 0:
        last = max((one.came_on for one in applied), default=row.due_on)
        day = row.erp_modified_at.date() if row.erp_modified_at is not None else last
        yield Reduction(rest, day, day)


def _dispute(row: DisputeRow) -> tuple[Dispute, Spell]:
    ids = () if row.invoice_id is None else (row.invoice_id,)
    return Dispute(ids, row.reason_code, open=True, id=row.id), Spell(
        row.opened_at, row.resolved_at
    )


def _pauses(
    rows: Sequence[HoldRow], since: date, *, in_playbook: bool
) -> Iterable[tuple[Pause, Spell]]:
    """Holds with their spells; those that the playbook lived through will set again are left."""
    for row in rows:
        if in_playbook and row.created_by == str(KEEPER) and row.created_at.date() >= since:
            continue
        kind = _KINDS.get(row.reason, PauseKind.PAUSED)
        words, restarts = row.detail or row.reason, row.created_by != DELAYS
        pause = Pause(kind, row.invoice_id, row.until_on, words, restarts)
        yield pause, Spell(row.created_at, row.released_at)


def _by_customer(rows: Sequence[Any]) -> Mapping[int, list[Any]]:
    return _grouped((row.customer_id, row) for row in rows)


def _grouped(pairs: Iterable[tuple[int, _T]]) -> Mapping[int, list[_T]]:
    found: dict[int, list[_T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
