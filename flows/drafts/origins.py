"""The deals behind drafts, as the review needs them, with a fixed number of questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.ledger.billing.periods import Span
from domain.ledger.deal import Deal, DealLine, times
from domain.ledger.deal_record import from_payload
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, total
from erp.mapping import Mappings
from erp.review.draft import Draft
from erp.review.origin import Bundled, Changed, Origin, SoldLine
from erp.review.subject import Masters
from flows.drafts.contract_facts import ContractFacts, contract_facts
from flows.drafts.entry import read_draft, written
from flows.drafts.instalments import adopt, standing_for
from flows.drafts.sold import Made, Says, based_on, differing, filled, made_from, says
from flows.drafts.terms import erp_terms
from store import billing, deals, drafts
from store.billing import InstalmentRow
from store.deals import CrmAccountRow, DealRow
from store.drafts import InvoiceDraftRow
from store.engine import Session

_ON_THE_WAY = ("submitted", "pushed")
_KEPT = ("item_netsuite_id", "department_netsuite_id", "class_netsuite_id", "location_netsuite_id")


@dataclass(frozen=True, slots=True)
class _Told:
    """A deal, its instalments that are in drafts, and those drafts."""

    row: DealRow
    deal: Deal
    account: CrmAccountRow | None
    instalments: Sequence[InstalmentRow]
    drafts: Mapping[int, InvoiceDraftRow]
    modified: bool
    contract: ContractFacts


async def origins(
    session: Session,
    rows: Sequence[InvoiceDraftRow],
    values: Mapping[int, Draft],
    masters: Masters,
    mappings: Mappings,
) -> dict[int, Origin]:
    """By draft the deal behind it; drafts of no deal are left out."""
    made = {row.id: made_from(row.base) for row in rows}
    known = {draft_id: one for draft_id, one in made.items() if one is not None}
    told = await _told(session, {one.deal_id for one in known.values()})
    return {
        draft_id: _origin(values[draft_id], one, told[one.deal_id], masters, mappings)
        for draft_id, one in known.items()
        if one.deal_id in told
    }


async def _told(session: Session, ids: set[int]) -> dict[int, _Told]:
    if not ids:
        return {}
    rows = await deals.deals(session, ids)
    versions = await deals.current_versions(session, ids)
    accounts = await deals.accounts(session, {r.account_id for r in rows.values() if r.account_id})
    instalments = await billing.instalments_of_deals(session, ids)
    made_drafts = await billing.drafts_of(session, *ids)
    changed = {line.id for line in await billing.lines_of(session, *ids) if line.version > 1}
    contracts = await contract_facts(session, sorted(ids))
    found: dict[int, _Told] = {}
    for deal_id, row in rows.items():
        mine = [one for one in instalments if one.deal_id == deal_id]
        billed = any(i.state == "billed" and i.billing_line_id in changed for i in mine)
        found[deal_id] = _Told(
            row=row,
            deal=from_payload(versions[deal_id].payload),
            account=accounts.get(row.account_id or 0),
            instalments=mine,
            drafts=made_drafts,
            modified=billed or bool(row.amends),
            contract=contracts.get(deal_id, ContractFacts()),
        )
    return found


def _origin(draft: Draft, made: Made, told: _Told, masters: Masters, mappings: Mappings) -> Origin:
    row, deal, contract = told.row, told.deal, told.contract
    mine = standing_for(told.instalments, draft.id)
    before = date.fromisoformat(made.says.bill_on)
    now = says(deal, min((i.bill_on for i in mine), default=before), [i.content for i in mine])
    changes = differing(made.says, now)
    account = told.account
    return Origin(
        deal_id=row.id,
        name=row.name or row.source_id,
        won=row.state in ("won", "cancelled"),
        currency=deal.currency,
        worth=Money(row.worth_minor, deal.currency),
        billed=_billed(told, draft),
        sold=_sold(deal),
        lines=tuple(_line(one, told) for one in mine),
        terms=contract.terms or deal.terms,
        amount=deal.amount,
        contract_amount=contract.amount,
        changed_at=row.changed_at or row.updated_at,
        changes=tuple(Changed(one.part, one.before, one.after) for one in changes),
        refreshed=_refreshed(draft, now, masters, mappings) if changes else None,
        account_changes=_account_changes(account),
        party=deal.customer.name,
        signed_by=contract.party,
        tax_included=contract.tax_included if deal.tax_included is None else deal.tax_included,
        not_cash=deal.not_cash,
        ends_on=_last_day(row, deal, contract),
        modifies=(row.name or row.source_id) if told.modified else "",
        treatment=row.treatment,
        bundle=tuple(_bundled(line) for line in deal.lines) if _priced(deal) else (),
        doubts=contract.doubts,
    )


def _account_changes(account: CrmAccountRow | None) -> tuple[str, ...]:
    return deals.account_changes(account.seen, account.confirmed) if account else ()


def _last_day(row: DealRow, deal: Deal, contract: ContractFacts) -> date | None:
    days = (row.ended_on if row.state != "won" else None, contract.ends_on, deal.ends_on)
    known = [day for day in days if day is not None]
    return min(known, default=None)


def _billed(told: _Told, draft: Draft) -> Money:
    """What other invoices of the deal bill that are in the ERP or on their way there."""
    ids = {one.draft_id for one in told.instalments} - {draft.id, None}
    rows = [told.drafts[one] for one in ids if one is not None]
    amounts = (
        line.get("amount_minor")
        for row in rows
        if row.state in _ON_THE_WAY and row.currency == told.deal.currency
        for line in row.lines
    )
    minor = sum(amount for amount in amounts if isinstance(amount, int))
    return Money(minor, told.deal.currency)


def _sold(deal: Deal) -> Money:
    same = (line for line in deal.lines if line.unit_price.currency == deal.currency)
    return total((_amount(line) for line in same), deal.currency)


def _amount(line: DealLine) -> Money:
    try:
        return line.amount
    except LedgerError:
        return Money.zero(line.unit_price.currency)


def _line(row: InstalmentRow, told: _Told) -> SoldLine:
    pushed = _pushed(row, told)
    return SoldLine(
        amount=Money(row.amount_minor, row.currency),
        quantity=str(row.content.get("quantity") or "1"),
        service_starts_on=row.starts_on,
        service_ends_on=row.ends_on,
        number=row.sequence,
        milestone=row.slot.removeprefix("milestone:"),
        standing=row.standing,
        pushed_as=(pushed.number or pushed.netsuite_id) if pushed else "",
        pushed_netsuite_id=pushed.netsuite_id if pushed else "",
    )


def _pushed(row: InstalmentRow, told: _Told) -> InvoiceDraftRow | None:
    """Another draft of the same line that the ERP has, for the same days or milestone."""
    for other in told.instalments:
        draft = told.drafts.get(other.draft_id or 0)
        mine = other.billing_line_id == row.billing_line_id and other.draft_id != row.draft_id
        pushed = other.draft_line and draft is not None and draft.state == "pushed"
        if mine and pushed and _same_service(other, row):
            return draft
    return None


def _same_service(one: InstalmentRow, other: InstalmentRow) -> bool:
    if one.starts_on and one.ends_on and other.starts_on and other.ends_on:
        spans = Span(one.starts_on, one.ends_on), Span(other.starts_on, other.ends_on)
        return spans[0].common(spans[1]) is not None
    return one.slot == other.slot and one.starts_on is other.starts_on


def _refreshed(draft: Draft, now: Says, masters: Masters, mappings: Mappings) -> Draft | None:
    """The draft as the deal says it now, with the items and classes that people chose.

    Dropped, where nothing of the deal is left for it.
    """
    if not now.lines:
        return replace(draft, state="dropped")
    head = replace(
        written(draft),
        currency=now.currency,
        terms_netsuite_id=erp_terms(now.terms, draft.source, masters, mappings)
        or draft.terms_netsuite_id,
        due_on="",
    )
    wanted = filled(head, now, draft.source_id, draft.issued_on)
    chosen = {line.product: line for line in written(draft).lines}
    lines = tuple(
        replace(line, **{k: getattr(chosen[line.product], k) for k in _KEPT})
        if line.product in chosen
        else line
        for line in wanted.lines
    )
    read = read_draft(replace(wanted, lines=lines))
    if isinstance(read, dict):
        return None
    facts = replace(read.facts, distinct_from=draft.facts.distinct_from)
    return replace(
        read, id=draft.id, version=draft.version, facts=facts, effect_id=draft.effect_id,
        create_customer=draft.create_customer, created_by=draft.created_by,
    )  # fmt: skip


def _priced(deal: Deal) -> bool:
    return all(line.unit_price.currency == deal.currency for line in deal.lines)


def _bundled(line: DealLine) -> Bundled:
    product = line.product or line.sku or line.source_id
    alone = None
    if line.list_price is not None:
        try:
            alone = times(line.list_price, line.quantity)
        except LedgerError:
            alone = None
    return Bundled(product, _amount(line), alone)


async def made_anew(session: Session, row: InvoiceDraftRow) -> None:
    """The draft was refreshed: it is made from the present plan of its deal from now on."""
    made = made_from(row.base)
    told = (await _told(session, {made.deal_id})).get(made.deal_id) if made else None
    if made is None or told is None:
        return
    mine = standing_for(told.instalments, row.id)
    before = date.fromisoformat(made.says.bill_on)
    now = says(told.deal, min((i.bill_on for i in mine), default=before), [i.content for i in mine])
    row.base = based_on(row.base, made.deal_id, now)
    session.add(row)
    adopt(session, told.instalments, row.id)


async def hold_deal(session: Session, draft_id: int) -> None:
    """Lock the deal behind a draft, as settling it does, before the draft itself."""
    row = await drafts.draft(session, draft_id)
    made = made_from(row.base) if row is not None else None
    if made is not None:
        await deals.locked_deal(session, made.deal_id)
