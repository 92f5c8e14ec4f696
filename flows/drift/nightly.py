"""What only a pass over everything can tell: balances, twins, totals, what was passed over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from domain.ledger.drift import Around, Difference, DriftKind, standing
from erp.port import Erp, ErpRefused, ErpUnreadable
from flows.drift.findings import Desk
from flows.drift.judge import found
from flows.drift.rechecking import TWIN_DAYS, settle
from flows.drift.totals import check_customers, check_subsidiaries
from store import drift_around, drift_checks, erp_mirror, erp_states
from store.engine import Database, Session

T = TypeVar("T")
_FIRST = "drift"


@dataclass(slots=True)
class Lively:
    """What moved in the ERP while the pass was on, by the ERP's ids."""

    documents: set[str] = field(default_factory=set)
    customers: set[str] = field(default_factory=set)
    subsidiaries: set[str] = field(default_factory=set)


async def after_nightly(
    db: Database, erp: Erp, unexpected: Sequence[str], now: datetime
) -> tuple[str, ...]:
    """Judge the whole mirror, and settle what holds no more; what the role may not read, in words.

    `unexpected` are documents no pass had shown, `now` is when the pass began. What moved during
    the pass is left to the next one.
    """
    lively = await _lively(erp, now)
    async with db.begin() as session:
        desk = await Desk.ready(session, now)
        await settle(session, desk)
        around = await _around(session, unexpected, lively)
        await _judge(session, desk, around)
        await desk.finish(session)
    # Asked at the last moment: what is posted meanwhile must be on both sides.
    balances, no_balances = await _readable("balances", erp.balances)
    totals, no_totals = await _readable("control totals", erp.control_totals)
    async with db.begin() as session:
        desk = await Desk.ready(session, now)
        if not no_balances:
            await check_customers(session, desk, balances, lively.customers)
        await check_subsidiaries(session, desk, totals, lively.subsidiaries)
        await desk.finish(session)
    return (*no_balances, *no_totals)


async def _readable(
    name: str, read: Callable[[], Awaitable[Sequence[T]]]
) -> tuple[Sequence[T], tuple[str, ...]]:
    """What could be read, and what to say where the role may not."""
    try:
        return await read(), ()
    except ErpRefused as refused:
        return (), (f"{name}: {refused}",)


async def _lively(erp: Erp, now: datetime) -> Lively:
    # SuiteQL tells whole seconds: what moved just after the pass began bears an earlier stamp.
    lively, until, begun = Lively(), await erp.now(), now.replace(microsecond=0)
    if until <= now:
        return lively
    async for page in erp.changed_documents(since=begun, until=until):
        for one in page:
            if isinstance(one, ErpUnreadable) or one.modified_at is None or one.modified_at < begun:
                continue
            lively.documents.add(one.netsuite_id)
            lively.customers.add(one.customer_netsuite_id)
            lively.subsidiaries.add(one.subsidiary_netsuite_id or "")
    return lively


async def _around(
    session: Session, passed_over: Sequence[str], lively: Lively
) -> dict[str, Around]:
    """What surrounds each document that something may be wrong with, by ERP id."""
    suspects = await drift_checks.off_balance(session)
    applied = await drift_around.applied_to_invoices(session, suspects)
    twins = await drift_checks.twins(session, days=TWIN_DAYS)
    first = await erp_states.document_states(session, twins.values())
    borrowed = set(await drift_checks.borrowing(session))
    asked = {*suspects, *twins, *borrowed, *passed_over}
    asked |= set(await drift_checks.contradicting(session))
    return {
        key: Around(
            applied=applied.get(key),
            twin=first.get(twins.get(key, "")),
            borrowed_id=key in borrowed,
            passed_over=key in passed_over,
        )
        for key in sorted(asked - lively.documents)
    }


async def _judge(session: Session, desk: Desk, around: Mapping[str, Around]) -> None:
    """Findings on documents that are wrong by themselves.

    A balance that never followed from what is applied, because what settled it is older than
    what was imported, is taken as it is at the first time.
    """
    first = await erp_mirror.cursor(session, _FIRST) is None
    states = await erp_states.document_states(session, around)
    wrong = [one for key, state in states.items() for one in standing(state, around[key])]
    await desk.expect(session, wrong)
    for one in wrong:
        await _keep(session, desk, one, adopt=first)
    await erp_mirror.advance(session, _FIRST, now=desk.now)


async def _keep(session: Session, desk: Desk, one: Difference, *, adopt: bool) -> None:
    if adopt and one.kind is DriftKind.BALANCE_MISMATCH:
        await desk.adopt(session, one)
    else:
        await found(session, desk, one)
