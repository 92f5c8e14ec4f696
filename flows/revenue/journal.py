"""The journals of a posted period: one for each currency, through the gate like any other act.

They are in the subsidiary's own currency, because their rows come from many exchange rates. Where
the ERP posts revenue there is nothing to propose, and the effect itself refuses to be made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from domain.ledger.money import Money
from domain.revenue.settings import Mode
from effects.actor import Actor
from effects.kinds import PostJournal
from effects.kinds_journal import EntryLine
from effects.lifecycle import EffectState
from effects.policy import ApprovalPolicy
from effects.propose import Because, propose
from erp.identity import external_id
from store import erp_masters, revenue_journals
from store.engine import Session
from store.parties import SubsidiaryRow
from store.revenue import RevenueJournalRow, RevenuePeriodRow
from store.revenue_journals import AccountSum

_GIVEN_UP = (EffectState.REJECTED, EffectState.EXPIRED, EffectState.SUPERSEDED)


async def propose_journals(
    session: Session,
    period: RevenuePeriodRow,
    subsidiary: SubsidiaryRow,
    *,
    tenant: str,
    policy: ApprovalPolicy,
    by: Actor,
    now: datetime,
) -> Sequence[int]:
    """Propose what is not proposed yet, and anew what was rejected; the effects of this posting."""
    if period.mode != Mode.JOURNAL.value:
        return []
    known = {
        (row.currency, row.base_currency): (row, effect)
        for row, effect in await revenue_journals.journals_of(session, period.id, period.run)
    }
    names = {row.netsuite_id: row.name for row in await erp_masters.accounts(session)}
    found = list[int]()
    sums = await revenue_journals.account_sums(session, period.id, period.run)
    for key, lines in groupby(sums, key=lambda one: (one.currency, one.base_currency)):
        before = known.get(key)
        if before is not None and EffectState(before[1].state) not in _GIVEN_UP:
            found.append(before[1].id)
            continue
        attempt = before[0].attempt + 1 if before else 1
        effect = journal(period, subsidiary, list(lines), attempt, tenant, names)
        if effect is not None:
            evidence = {"period": period.name, "run": period.run, "currency": key[0]}
            because = Because("revenue of the period", evidence)
            made = await propose(session, effect, policy=policy, because=because, by=by, now=now)
            session.add(_kept(period, key, attempt, made.effect_id, now))
            found.append(made.effect_id)
    await session.flush()
    return found


def _kept(
    period: RevenuePeriodRow, key: tuple[str, str], attempt: int, effect_id: int, now: datetime
) -> RevenueJournalRow:
    return RevenueJournalRow(
        period_id=period.id,
        run=period.run,
        currency=key[0],
        base_currency=key[1],
        attempt=attempt,
        effect_id=effect_id,
        proposed_at=now,
    )


def journal(
    period: RevenuePeriodRow,
    subsidiary: SubsidiaryRow,
    sums: Sequence[AccountSum],
    attempt: int,
    tenant: str,
    names: dict[str, str],
) -> PostJournal | None:
    """The entry of these sums, None where nothing is left of them in the books' currency."""
    lines = tuple(_lines(sums, names, f"Revenue {period.name}, {sums[0].currency} invoices"))
    if not lines:
        return None
    occasion = f"{subsidiary.id}:{period.starts_on}:{sums[0].currency}:{period.run}:{attempt}"
    return PostJournal(
        purpose="revenue",
        customer_id=None,
        customer_netsuite_id="",
        lines=lines,
        posted_on=period.ends_on,
        occasion=occasion,
        external_id=external_id(tenant, "revenue", occasion, "journal"),
        subsidiary_netsuite_id=subsidiary.netsuite_id,
        memo=f"Revenue {period.name} {subsidiary.name}, {sums[0].currency} invoices",
        revenue_mode="journal" if period.mode == Mode.JOURNAL.value else "",
    )


def _lines(sums: Iterable[AccountSum], names: dict[str, str], memo: str) -> Iterable[EntryLine]:
    for one in sums:
        if not one.base:
            continue
        amount = Money(abs(one.base), one.base_currency)
        debit, credit = (amount, None) if one.base > 0 else (None, amount)
        name = names.get(one.account, one.account) or "revenue"
        yield EntryLine(one.account, name, debit, credit, memo=memo)
