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
from flows.drafts.instalments import adopt, standing_for, taken_out
from flows.drafts.line_origins import billed_of, in_order, of_deal
from flows.drafts.sold import Made, Part, Says, based_on, differing, filled, made_from, says
from flows.drafts.terms import erp_terms
from store import billing, deals, drafts
from store.billing import InstalmentRow
from store.deals import CrmAccountRow, DealRow
from store.drafts import InvoiceDraftRow
from store.engine import Session

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
) -> dict[int, tuple[Origin, ...]]:
    """By draft the deals behind it, in the order of its lines; drafts of none are left out."""
    made = {row.id: made_from(row.base) for row in rows}
    known = {draft_id: one for draft_id, one in made.items() if one is not None}
    told = await _told(session, {part.deal_id for one in known.values() for part in one.parts})
    return {
        draft_id: tuple(
            _origin(values[draft_id], one, part, told[part.deal_id], masters, mappings)
            for part in one.parts
        )
        for draft_id, one in known.items()
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


def _origin(
    draft: Draft, made: Made, part: Part, told: _Told, masters: Masters, mappings: Mappings
) -> Origin:
    row, deal, contract = told.row, told.deal, told.contract
    mine = standing_for(told.instalments, draft.id)
    now = _says_now(part.says, told, mine)
    changes = differing(part.says, now)
    fresh = replace(part, says=now)
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
        refreshed=_refreshed(draft, made, fresh, masters, mappings) if changes else None,
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
        keys={i.draft_line: i.key for i in told.instalments if i.draft_id == draft.id},
    )


def _says_now(before: Says, told: _Told, mine: Sequence[InstalmentRow]) -> Says:
    """What a deal says now of a draft of which it said this before."""
    planned_on = date.fromisoformat(before.bill_on)
    first = min((i.bill_on for i in mine), default=planned_on)
    return says(told.deal, first, [i.content for i in mine])


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
    currency = told.deal.currency
    out = (row for row in rows if _is_out(row) and row.currency == currency)
    return Money(sum(billed_of(row.lines, told.row.id) for row in out), currency)


def _is_out(row: InvoiceDraftRow) -> bool:
    """In the ERP, also while changes to it are worked on, or on its way there."""
    return bool(row.netsuite_id) or row.state == "submitted"


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
        pushed = other.draft_line and draft is not None and draft.netsuite_id
        if mine and pushed and _same_service(other, row):
            return draft
    return None


def _same_service(one: InstalmentRow, other: InstalmentRow) -> bool:
    if one.starts_on and one.ends_on and other.starts_on and other.ends_on:
        spans = Span(one.starts_on, one.ends_on), Span(other.starts_on, other.ends_on)
        return spans[0].common(spans[1]) is not None
    return one.slot == other.slot and one.starts_on is other.starts_on


def _refreshed(
    draft: Draft, made: Made, fresh: Part, masters: Masters, mappings: Mappings
) -> Draft | None:
    """The draft as the deal says it now, with the items and classes that people chose.

    Of several deals only the lines of this one change; they go where it belongs on this invoice
    no longer. Dropped, where nothing of the only deal is left for it.
    """
    deal_id, now = fresh.deal_id, fresh.says
    if made.joint and leaves(made, fresh):
        return _left(draft, made.without(deal_id), made)
    if not now.lines:
        return replace(draft, state="dropped")
    read = _read_anew(draft, now, masters, mappings)
    if read is None:
        return None
    lines = of_deal(read.lines, deal_id)
    if made.joint:
        after = made.having(fresh)
        others = (line for line in draft.lines if line.deal_id != deal_id)
        return replace(draft, lines=in_order(after, (*others, *lines)), memo=after.memo)
    facts = replace(read.facts, distinct_from=draft.facts.distinct_from)
    return replace(
        read, id=draft.id, version=draft.version, facts=facts, effect_id=draft.effect_id,
        create_customer=draft.create_customer, created_by=draft.created_by, lines=lines,
    )  # fmt: skip


def leaves(made: Made, fresh: Part) -> bool:
    """Whether a deal belongs on an invoice with the others no longer."""
    return not fresh.says.lines or not made.fits(fresh.says, besides=fresh.deal_id)


def _left(draft: Draft, left: Made, before: Made) -> Draft:
    """The draft with the lines of the deals that are left."""
    ids = {part.deal_id for part in left.parts}
    lines = tuple(line for line in draft.lines if line.deal_id in ids)
    return replace(draft, lines=lines, memo=left.memo if draft.memo == before.memo else draft.memo)


def _read_anew(draft: Draft, now: Says, masters: Masters, mappings: Mappings) -> Draft | None:
    """The invoice that a deal would be now; None where it cannot be written so."""
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
    return None if isinstance(read, dict) else read


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


async def made_anew(session: Session, row: InvoiceDraftRow, subject: str = "") -> None:
    """The draft was refreshed: it is made from the present plan of the deal from now on.

    `subject` names which of several deals it was.
    """
    made = made_from(row.base)
    if made is None:
        return
    parts = [one for one in made.parts if not made.joint or subject == f"deal {one.deal_id}"]
    told = await _told(session, {one.deal_id for one in parts})
    for part in parts:
        one = told[part.deal_id]
        mine = standing_for(one.instalments, row.id)
        fresh = replace(part, says=_says_now(part.says, one, mine))
        if made.joint and leaves(made, fresh):
            made = made.without(part.deal_id)
            taken_out(session, one.instalments, row.id)
        else:
            made = made.having(fresh)
            adopt(session, one.instalments, row.id)
    row.base = based_on(row.base, made)
    session.add(row)


async def hold_deals(session: Session, draft_id: int) -> None:
    """Lock the deals behind a draft, as settling them does, before the draft itself."""
    row = await drafts.draft(session, draft_id)
    made = made_from(row.base) if row is not None else None
    for deal_id in sorted(part.deal_id for part in made.parts) if made is not None else ():
        await deals.locked_deal(session, deal_id)
