"""A credit that belongs to no invoice: an item, an amount without tax and a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.ledger.billing.periods import Span
from domain.ledger.credit_rules import closed_period, reason_findings
from domain.ledger.credits import CreditFinding, Reason, Treatment
from domain.ledger.money import Money
from effects.actor import Actor
from effects.kinds import CreateCreditMemo, CreditLineContent
from erp.identity import external_id
from flows.credits.asked import (
    BOOKED,
    CreditRefused,
    Planned,
    Requested,
    refused,
    unacknowledged,
)
from flows.credits.planning import NO_CREDIT, gives_up
from flows.credits.requesting import OTHER, again, keep
from flows.desk import Desk
from store import credit_requests, erp_masters, parties
from store.credit_requests import CreditRequestRow
from store.engine import Session
from store.erp_masters import ItemRow
from store.erp_names import erp_names
from store.parties import CustomerRow
from store.review_facts import periods


@dataclass(frozen=True, slots=True)
class AloneAsked:
    """A credit for a customer; without an item that of price concessions is taken."""

    customer_id: int
    amount: Money
    reason: Reason
    note: str
    source: str
    source_id: str
    item_netsuite_id: str = ""
    on: date | None = None


async def request_alone(
    session: Session, desk: Desk, asked: AloneAsked, by: Actor, now: datetime
) -> Requested | CreditRefused:
    """Propose a credit memo that stays in the customer's favour; once per source and id."""
    known = await credit_requests.request_from(session, asked.source, asked.source_id)
    if known is not None:
        own = known.customer_id == asked.customer_id
        return again(known, "credit", None) if own else refused(*OTHER)
    owner = await parties.customer(session, asked.customer_id)
    if owner is None:
        return refused("CRM-004", "There is no such customer.", "Choose another")
    on = asked.on or now.date()
    named = asked.item_netsuite_id or desk.credits.concession.netsuite_id
    item = next((i for i in await erp_masters.items(session) if i.netsuite_id == named), None)
    findings = await _findings(session, asked, owner, item, on)
    if any(x.blocking for x in findings) or unacknowledged(findings, asked.note):
        return CreditRefused(findings)
    line = await _line(session, desk, asked, named, item)
    planned = Planned(None, findings, await _effect(session, desk, asked, owner, line, on))
    return await keep(session, desk, _row(asked, on, by, now), planned, asked.note, by, now)


async def _findings(
    session: Session, asked: AloneAsked, owner: CustomerRow, item: ItemRow | None, on: date
) -> tuple[CreditFinding, ...]:
    shut = [p for p in await periods(session) if p.closed or p.ar_locked or p.all_locked]
    found = list(closed_period(on, tuple(Span(p.starts_on, p.ends_on) for p in shut)))
    if gives_up(asked.reason, None):
        found.append(NO_CREDIT)
    if asked.amount.minor <= 0:
        words = "A credit must be of more than nothing."
        found.append(CreditFinding("CRM-013", True, words, "Enter positive amounts"))
    if asked.amount.currency != owner.currency:
        words = f"{owner.name} is billed in {owner.currency}."
        found.append(CreditFinding("CRM-004", True, words, "Write the amount in that"))
    if item is not None and item.inactive:
        words = f"{item.name} is inactive."
        found.append(CreditFinding("CRM-016", True, words, "Choose another item"))
    if asked.item_netsuite_id and item is None:
        words = f"The ERP has no item {asked.item_netsuite_id}."
        found.append(CreditFinding("CRM-016", True, words, "Choose another item"))
    if not asked.note.strip():
        words = "A credit of no invoice says what it is for."
        found.append(CreditFinding("CRM-009", True, words, "Say why"))
    return (*found, *reason_findings(asked.reason, _treatment(asked)))


def _treatment(asked: AloneAsked) -> Treatment:
    return "contra_revenue" if not asked.item_netsuite_id else BOOKED[asked.reason]


async def _line(
    session: Session, desk: Desk, asked: AloneAsked, named: str, item: ItemRow | None
) -> CreditLineContent:
    booked = item.deferral_account_netsuite_id or item.income_account_netsuite_id if item else ""
    names = await erp_names(session)
    return CreditLineContent(
        item_netsuite_id=named,
        item_name=item.name if item else desk.credits.concession.name,
        amount=asked.amount,
        account_netsuite_id=booked,
        account_name=names.of("account", booked) if booked else "",
        description=asked.note.strip()[:200],
    )


async def _effect(
    session: Session,
    desk: Desk,
    asked: AloneAsked,
    owner: CustomerRow,
    line: CreditLineContent,
    on: date,
) -> CreateCreditMemo:
    home = owner.subsidiary_id
    return CreateCreditMemo(
        request_id=0,
        customer_id=owner.id,
        customer_netsuite_id=owner.netsuite_id,
        lines=(line,),
        tax=Money.zero(asked.amount.currency),
        applications=(),
        issued_on=on,
        reason=str(asked.reason),
        occasion=f"{asked.source}:{asked.source_id}",
        external_id=external_id(desk.tenant, asked.source, asked.source_id, "credit_memo"),
        subsidiary_netsuite_id=(
            await parties.subsidiary_netsuite_id(session, home) if home is not None else ""
        ),
        memo=asked.note.strip()[:200],
    )


def _row(asked: AloneAsked, on: date, by: Actor, now: datetime) -> CreditRequestRow:
    return CreditRequestRow(
        source=asked.source,
        source_id=asked.source_id,
        kind="credit",
        customer_id=asked.customer_id,
        currency=asked.amount.currency,
        amount_minor=asked.amount.minor,
        balance_minor=asked.amount.minor,
        reason=str(asked.reason),
        treatment=_treatment(asked),
        note=asked.note.strip()[:1000],
        on_day=on,
        created_by=str(by),
        created_at=now,
    )
