"""The ERP's lists and our mappings as the review wants them."""

from __future__ import annotations

from erp.mapping import Mapped, Mappings, key
from erp.masters import ErpAccount, ErpClassification, ErpItem, ErpPeriod, ErpSubsidiary, ErpTerm
from erp.review.subject import Masters
from flows.sync.mirror import MASTERS
from store import erp_masters, erp_mirror, review_facts
from store.engine import Session
from store.erp_masters import ClassificationRow, GlAccountRow, ItemRow, TermRow
from store.erp_mirror import PostingPeriodRow
from store.mappings import mappings as mapping_rows


async def read_masters(session: Session) -> Masters:
    """The lists as the mirror has them, and when they were last read."""
    items = await erp_masters.items(session)
    accounts = await erp_masters.accounts(session)
    terms = await erp_masters.terms(session)
    classes = await erp_masters.classifications(session)
    own = await review_facts.subsidiaries(session)
    read = await erp_mirror.cursor(session, MASTERS)
    return Masters(
        items={r.netsuite_id: _item(r) for r in items},
        accounts={r.netsuite_id: _account(r) for r in accounts},
        terms={r.netsuite_id: _term(r) for r in terms},
        classifications={(r.kind, r.netsuite_id): _classification(r) for r in classes},
        subsidiaries={
            r.netsuite_id: ErpSubsidiary(r.netsuite_id, r.name, r.currency, r.country) for r in own
        },
        periods=tuple(_period(r) for r in await review_facts.periods(session)),
        read_at=read.updated_at if read else None,
    )


async def read_mappings(session: Session) -> Mappings:
    """All mappings."""
    rows = await mapping_rows(session)
    return Mappings(
        {
            (r.kind, r.source, key(r.ours)): Mapped(r.netsuite_id, guess=r.guess, score=r.score)
            for r in rows
        }
    )


def _item(row: ItemRow) -> ErpItem:
    return ErpItem(
        netsuite_id=row.netsuite_id,
        name=row.name,
        type=row.type,
        description=row.description,
        income_account_netsuite_id=row.income_account_netsuite_id,
        deferral_account_netsuite_id=row.deferral_account_netsuite_id,
        revenue_rule=row.revenue_rule,
        subsidiary_netsuite_ids=tuple(row.subsidiary_netsuite_ids),
        inactive=row.inactive,
    )


def _account(row: GlAccountRow) -> ErpAccount:
    return ErpAccount(
        netsuite_id=row.netsuite_id,
        number=row.number,
        name=row.name,
        type=row.type,
        currency=row.currency,
        subsidiary_netsuite_ids=tuple(row.subsidiary_netsuite_ids),
        summary=row.summary,
        inactive=row.inactive,
    )


def _term(row: TermRow) -> ErpTerm:
    return ErpTerm(
        netsuite_id=row.netsuite_id,
        name=row.name,
        days=row.days,
        discount_percent=row.discount_percent,
        discount_days=row.discount_days,
        inactive=row.inactive,
    )


def _classification(row: ClassificationRow) -> ErpClassification:
    return ErpClassification(row.netsuite_id, row.kind, row.name, inactive=row.inactive)


def _period(row: PostingPeriodRow) -> ErpPeriod:
    return ErpPeriod(
        netsuite_id=row.netsuite_id,
        name=row.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        closed=row.closed,
        ar_locked=row.ar_locked,
        all_locked=row.all_locked,
    )
