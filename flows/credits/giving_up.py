"""Write-offs: one invoice by a person, or small balances by policy; always proposed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from domain.ledger.credit_shares import undelivered
from domain.ledger.credits import CreditFinding, Reason
from domain.ledger.money import Money, total
from domain.ledger.write_offs import (
    SmallBalances,
    Unpaid,
    WriteOff,
    proposed,
    small_balances,
    write_off_findings,
)
from effects.actor import Actor
from effects.kinds import AppliedAmount, CreditLineContent, WriteOffInvoice
from erp.identity import external_id
from flows.credits.asked import (
    CreditRefused,
    Planned,
    Requested,
    WriteOffAsked,
    refused,
    unacknowledged,
)
from flows.credits.gathering import Books, books_of, service_of
from flows.credits.planning import item_line
from flows.credits.requesting import GONE, again, keep
from flows.desk import Desk
from store import credit_requests, small_debts
from store.credit_requests import CreditRequestRow
from store.engine import Session
from store.still_deferred import still_deferred
from store.unsettled import Unsettled, unsettled_of

_MOST_IN_RUN = 200


async def request_write_off(
    session: Session, desk: Desk, asked: WriteOffAsked, by: Actor, now: datetime
) -> Requested | CreditRefused:
    """Propose to give up what is open of an invoice; the same source and id again is one."""
    known = await credit_requests.request_from(session, asked.source, asked.source_id)
    await credit_requests.lock_invoice(session, asked.invoice_id)
    if known is not None:
        return again(known, "write_off", asked.invoice_id)
    books = await books_of(session, asked.invoice_id)
    if books is None:
        return refused(*GONE)
    planned = await plan_write_off(session, books, asked, desk, now.date())
    if planned.blocked or unacknowledged(planned.findings, asked.note):
        return CreditRefused(planned.findings)
    row = _row(books, asked, planned, by, now)
    return await keep(session, desk, row, planned, asked.note, by, now)


async def plan_write_off(
    session: Session, books: Books, asked: WriteOffAsked, desk: Desk, today: date
) -> Planned:
    """What a write-off would be, with its findings."""
    on = asked.on or today
    facts = (await unsettled_of(session, [books.row.id])).get(books.row.id, Unsettled())
    unpaid = unpaid_of(books, facts, await deferred_of(session, books, on))
    if asked.amount is not None and asked.amount.currency != books.row.currency:
        fix = f"Write the amount in {books.row.currency}"
        return Planned(None, (CreditFinding("CRM-004", True, "The currency differs.", fix),))
    wanted = _part(unpaid, asked.amount, on)
    findings = (*_in_parts(asked, wanted, unpaid),
                *write_off_findings(wanted, unpaid, books.limits))  # fmt: skip
    if any(one.blocking for one in findings):
        return Planned(None, findings)
    return Planned(None, findings, _effect(books, asked, wanted, desk))


def _in_parts(asked: WriteOffAsked, wanted: WriteOff, unpaid: Unpaid) -> tuple[CreditFinding, ...]:
    """A part of a larger claim is no small balance, however small: its limits are the claim's."""
    if asked.reason is not Reason.SMALL_BALANCE or wanted.amount >= unpaid.open:
        return ()
    words = f"{unpaid.open} is open on {unpaid.number}: a part of that is no small balance."
    return (CreditFinding("WOF-004", True, words, "Write off all of it, or give another reason"),)


def unpaid_of(books: Books, facts: Unsettled, deferred: Money) -> Unpaid:
    """The invoice as the write-off rules see it; what is under way is no longer open."""
    currency = books.row.currency
    return Unpaid(
        id=str(books.row.id),
        number=books.row.number,
        customer=books.customer.name,
        open=books.invoice.open,
        deferred=deferred,
        unapplied=Money(facts.unapplied_minor, currency),
        disputed=facts.disputed,
        promised=facts.promised,
    )


async def deferred_of(session: Session, books: Books, on: date) -> Money:
    """What of the invoice is deferred, as the revenue ledger has it.

    Where that does not know its lines: what was billed for service after the day.
    """
    known = await still_deferred(session, books.row.netsuite_id)
    return by_days(books, on) if known is None else Money(known, books.row.currency)


def by_days(books: Books, on: date) -> Money:
    """What of the invoice was billed for service after a day, less what was credited of it."""
    parts = (
        undelivered(line.remaining, service_of(books.line(line.id)), on)
        for line in books.invoice.lines
        if line.deferrable and line.remaining.minor > 0
    )
    return total(parts, books.row.currency)


def _part(unpaid: Unpaid, amount: Money | None, on: date) -> WriteOff:
    """All that is open, or a part: what was not delivered goes first."""
    whole = proposed(unpaid, on)
    if amount is None or amount == whole.amount:
        return whole
    later = min(whole.undelivered, amount)
    return WriteOff(on, amount - later, later, bool(unpaid.deferred))


def _effect(books: Books, asked: WriteOffAsked, wanted: WriteOff, desk: Desk) -> WriteOffInvoice:
    row, known = books.row, desk.credits
    small = asked.reason is Reason.SMALL_BALANCE
    lines: list[CreditLineContent] = []
    if wanted.delivered:
        item = known.small_difference if small else known.bad_debt
        lines.append(item_line(books, item, wanted.delivered, f"Write-off of {row.number}"))
    if wanted.undelivered:
        words = f"Not delivered of {row.number}"
        lines.append(item_line(books, known.undelivered, wanted.undelivered, words))
    return WriteOffInvoice(
        request_id=0,
        customer_id=books.customer.id,
        customer_netsuite_id=books.customer.netsuite_id,
        invoice=AppliedAmount(row.id, row.netsuite_id, row.number, wanted.amount),
        lines=tuple(lines),
        undelivered=wanted.undelivered,
        written_off_on=wanted.on,
        reason=str(asked.reason),
        occasion=f"{asked.source}:{asked.source_id}",
        external_id=external_id(desk.tenant, asked.source, asked.source_id, "credit_memo"),
        subsidiary_netsuite_id=books.subsidiary_netsuite_id,
        exchange_rate="" if row.exchange_rate in ("", "1") else row.exchange_rate,
        memo=(asked.note.strip() or f"Write-off of {row.number}")[:200],
        review={"stops_schedule": wanted.stops_schedule},
    )


def _row(
    books: Books, asked: WriteOffAsked, planned: Planned, by: Actor, now: datetime
) -> CreditRequestRow:
    effect = planned.effect
    if not isinstance(effect, WriteOffInvoice):
        raise ValueError("a write-off that is blocked is not kept")
    return CreditRequestRow(
        source=asked.source,
        source_id=asked.source_id,
        kind="write_off",
        customer_id=books.customer.id,
        invoice_id=books.row.id,
        currency=books.row.currency,
        amount_minor=effect.amount.minor,
        offset_minor=effect.amount.minor,
        undelivered_minor=effect.undelivered.minor,
        reason=str(asked.reason),
        treatment="small_difference" if asked.reason is Reason.SMALL_BALANCE else "bad_debt",
        note=asked.note.strip()[:1000],
        on_day=effect.written_off_on,
        number=books.row.number,
        run=asked.run,
        created_by=str(by),
        created_at=now,
    )


async def run_small_balances(
    session: Session, desk: Desk, run: str, by: Actor, now: datetime
) -> Sequence[Requested]:
    """Propose to let small balances go, within the caps of one run; the same run again is one.

    What is disputed, promised, not delivered or has cash beside it stays.
    """
    done: list[Requested] = []
    known = desk.credits.small
    for each in known.each:
        together = next((m for m in known.together if m.currency == each.currency), each)
        spent = await credit_requests.run_total(session, run, each.currency)
        rules = SmallBalances(each, together - Money(spent, each.currency))
        for unpaid in await _small(session, rules, now.date(), known.after_days):
            asked = WriteOffAsked(
                int(unpaid.id), "small_balances", f"{run}:{unpaid.id}", Reason.SMALL_BALANCE,
                f"small balance, run {run}", run=run,
            )  # fmt: skip
            answer = await request_write_off(session, desk, asked, by, now)
            if isinstance(answer, Requested) and answer.created:
                done.append(answer)
    return done


async def _small(
    session: Session, rules: SmallBalances, today: date, after_days: int
) -> tuple[Unpaid, ...]:
    due = today - timedelta(days=after_days)
    ids = await small_debts.small_open(session, rules.each, due, limit=_MOST_IN_RUN)
    facts = await unsettled_of(session, ids)
    found: list[Unpaid] = []
    for invoice_id in ids:
        books = await books_of(session, invoice_id)
        if books is not None:
            deferred = await deferred_of(session, books, today)
            found.append(unpaid_of(books, facts.get(invoice_id, Unsettled()), deferred))
    return small_balances(found, rules)
