"""From what is asked to a credit memo: lines with tax, findings, effects and their journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.ledger.billing.periods import Span
from domain.ledger.credit_rules import credit_findings
from domain.ledger.credit_shares import nearest_gross, of_gross, of_lines, undelivered
from domain.ledger.credits import (
    CreditFinding,
    CreditLine,
    CreditRequest,
    Reason,
    Treatment,
    in_full,
)
from domain.ledger.money import Money, total
from effects.kinds import (
    AppliedAmount,
    CreateCreditMemo,
    CreditLineContent,
    RefundCustomer,
    UsedCredit,
)
from erp.identity import external_id
from flows.credit_books import CreditBooks, CreditItem
from flows.credits.asked import BOOKED, CreditAsked, Planned
from flows.credits.gathering import Books, service_of
from flows.desk import Desk
from store.lines import InvoiceLineRow

NO_CREDIT = CreditFinding(
    "WOF-003", True, "To give up a claim is a write-off, not a credit.", "Ask for a write-off"
)


def plan_credit(books: Books, asked: CreditAsked, desk: Desk, today: date) -> Planned:
    """What a credit would be; its journal is left to `flows.credits.showing`."""
    if not books.invoice.lines:
        return Planned(None, (_finding("CRM-014", "The invoice's lines are not known yet.",
                                       "Try again after the next look into the ERP"),))  # fmt: skip
    if gives_up(asked.reason, asked.treatment):
        return Planned(None, (NO_CREDIT,))
    lines = _lines(books, asked)
    if isinstance(lines, CreditFinding):
        return Planned(None, (lines,))
    request = _request(books, asked, lines, today)
    findings = (*credit_findings(request, books.invoice, books.limits), *_elsewhere(books))
    findings = (*_unread(books, request, findings), *findings)
    if any(one.blocking for one in findings):
        return Planned(request, findings)
    effect = _memo(books, asked, request, desk)
    return Planned(request, findings, effect, _refund(books, asked, request, effect, desk))


def gives_up(reason: Reason | None, treatment: Treatment | None) -> bool:
    """Whether this is a write-off by its reason or booking: those have rules of their own."""
    by_booking = treatment in ("bad_debt", "small_difference")
    return by_booking or reason in (Reason.CANNOT_PAY, Reason.SMALL_BALANCE)


def _lines(books: Books, asked: CreditAsked) -> tuple[CreditLine, ...] | CreditFinding:
    invoice = books.invoice
    if asked.lines:
        if len({one.line for one in asked.lines}) < len(asked.lines):
            return _finding("CRM-002", "A line is named twice.", "Name each line once")
        nets = {str(one.line): one.amount for one in asked.lines}
        if any(net.currency != invoice.ledger.currency for net in nets.values()):
            return _currency(books)
        days = {str(one.line): one.service for one in asked.lines if one.service is not None}
        return of_lines(invoice, nets, days)
    if asked.amount is None:
        whole = in_full(invoice, books.row.issued_on, Reason.BILLING_ERROR).lines
        return tuple(replace(x, service=service_of(books.line(x.line_id))) for x in whole)
    if asked.amount.currency != invoice.ledger.currency:
        return _currency(books)
    return of_gross(invoice, asked.amount) or _cannot(books, asked.amount)


def _cannot(books: Books, gross: Money) -> tuple[CreditLine, ...] | CreditFinding:
    """Why an amount cannot be credited; too large a one is left to the rules."""
    left = books.invoice.creditable
    if gross > left or gross.minor <= 0:
        first = books.invoice.lines[0]
        return (CreditLine(first.id, gross, Money.zero(gross.currency)),)
    lower = nearest_gross(books.invoice, gross)
    return _finding(
        "CRM-011", f"No net amount is {gross} with its tax.", f"Credit {lower}, or name the lines"
    )


def _request(
    books: Books, asked: CreditAsked, lines: tuple[CreditLine, ...], today: date
) -> CreditRequest:
    """What goes where: refund and balance as asked, the rest is set off as far as it is open."""
    invoice, currency = books.invoice, books.row.currency
    whole = total((part for x in lines for part in (x.amount, x.tax)), currency)
    refund = asked.refund or Money.zero(currency)
    if asked.keep is not None:
        keep, offset = asked.keep, whole - refund - asked.keep
    else:
        offset = max(Money.zero(currency), min(whole - refund, invoice.open))
        keep = whole - refund - offset
    return CreditRequest(
        ledger=invoice.ledger,
        on=asked.on or today,
        lines=lines,
        offset=offset,
        refund=refund,
        to_balance=keep,
        reason=asked.reason,
        treatment=asked.treatment or (BOOKED[asked.reason] if asked.reason else "reduce_revenue"),
        exchange_rate=invoice.exchange_rate,
    )


def _elsewhere(books: Books) -> tuple[CreditFinding, ...]:
    """Said where another credit of the invoice is under way: it was counted as if it stood."""
    if not books.pending:
        return ()
    message = f"Credits of {books.pending} on {books.row.number} are under way."
    return (CreditFinding("CRM-015", False, message, "Decide on them first", books.row.number),)


def _unread(
    books: Books, request: CreditRequest, found: tuple[CreditFinding, ...]
) -> tuple[CreditFinding, ...]:
    """Held where memos whose lines are not read yet may have taken what is credited."""
    beyond = request.total.currency == books.unread.currency and (
        request.total > books.invoice.creditable - books.unread
    )
    if not books.unread or not beyond or any(one.blocking for one in found):
        return ()
    message = f"Credit memos of {books.unread} may be of {books.row.number}: their lines are unread"
    return (_finding("CRM-018", f"{message}.", "Try again after the next look into the ERP"),)


def _memo(books: Books, asked: CreditAsked, request: CreditRequest, desk: Desk) -> CreateCreditMemo:
    row, customer = books.row, books.customer
    applied = AppliedAmount(row.id, row.netsuite_id, row.number, request.offset)
    occasion = f"{asked.source}:{asked.source_id}"
    currency = row.currency
    return CreateCreditMemo(
        request_id=0,
        customer_id=customer.id,
        customer_netsuite_id=customer.netsuite_id,
        lines=tuple(_contents(books, request, desk.credits)),
        tax=total((line.tax for line in request.lines), currency),
        applications=(applied,) if request.offset else (),
        issued_on=request.on,
        reason=str(request.reason or ""),
        occasion=occasion,
        external_id=external_id(desk.tenant, asked.source, asked.source_id, "credit_memo"),
        invoice_id=row.id,
        invoice_netsuite_id=row.netsuite_id,
        invoice_number=row.number,
        tax_account_netsuite_id=_tax_account(books, desk.credits),
        tax_account_name=desk.credits.tax.name,
        subsidiary_netsuite_id=books.subsidiary_netsuite_id,
        exchange_rate="" if row.exchange_rate in ("", "1") else row.exchange_rate,
        memo=(asked.note.strip() or f"Credit of {row.number}")[:200],
    )


def _tax_account(books: Books, known: CreditBooks) -> str:
    """Where the invoice's own tax is booked, or what is configured."""
    own = (line.account_netsuite_id for line in books.rows if line.tax and line.account_netsuite_id)
    return next(own, known.tax.netsuite_id)


def _contents(books: Books, request: CreditRequest, known: CreditBooks) -> list[CreditLineContent]:
    """The memo's lines. A concession takes what was delivered to an item of its own."""
    made: list[CreditLineContent] = []
    for taken in request.lines:
        line = books.line(taken.line_id)
        if line is None:
            continue
        if request.treatment == "reduce_revenue":
            made.append(_own_line(books, line, taken.amount, taken.service))
            continue
        later = undelivered(taken.amount, taken.service or service_of(line), request.on)
        later = later if _deferred(books, line) else Money.zero(later.currency)
        if taken.amount - later:
            made.append(_other_line(books, line, taken.amount - later, _item(request, known)))
        if later:
            made.append(_own_line(books, line, later, taken.service))
    return made


def _item(request: CreditRequest, known: CreditBooks) -> CreditItem:
    match request.treatment:
        case "bad_debt":
            return known.bad_debt
        case "small_difference":
            return known.small_difference
        case _:
            return known.concession


def _deferred(books: Books, line: InvoiceLineRow) -> bool:
    found = next((x for x in books.invoice.lines if x.id == str(line.line)), None)
    return found is not None and found.deferrable


def _own_line(
    books: Books, line: InvoiceLineRow, amount: Money, service: Span | None
) -> CreditLineContent:
    item = books.items.get(line.item_netsuite_id)
    booked = line.account_netsuite_id or (
        (item.deferral_account_netsuite_id or item.income_account_netsuite_id) if item else ""
    )
    return CreditLineContent(
        item_netsuite_id=line.item_netsuite_id,
        item_name=item.name if item else line.memo or line.item_netsuite_id,
        amount=amount,
        account_netsuite_id=booked,
        account_name=books.names.of("account", booked) if booked else "",
        description=line.memo,
        invoice_line=line.line,
        service_starts_on=service.starts_on if service else None,
        service_ends_on=service.ends_on if service else None,
        department_netsuite_id=line.department_netsuite_id,
        class_netsuite_id=line.class_netsuite_id,
        location_netsuite_id=line.location_netsuite_id,
    )


def _other_line(
    books: Books, line: InvoiceLineRow, amount: Money, item: CreditItem
) -> CreditLineContent:
    own = _own_line(books, line, amount, None)
    other = item_line(books, item, amount, own.description)
    return replace(
        other,
        invoice_line=own.invoice_line,
        department_netsuite_id=own.department_netsuite_id,
        class_netsuite_id=own.class_netsuite_id,
        location_netsuite_id=own.location_netsuite_id,
    )


def item_line(books: Books, item: CreditItem, amount: Money, description: str) -> CreditLineContent:
    """A line of an item of our own choice, and the account that it is booked to."""
    known = books.items.get(item.netsuite_id)
    booked = known.income_account_netsuite_id if known else ""
    return CreditLineContent(
        item_netsuite_id=item.netsuite_id,
        item_name=known.name if known else item.name,
        amount=amount,
        account_netsuite_id=booked,
        account_name=books.names.of("account", booked) if booked else "",
        description=description,
    )


def _refund(
    books: Books,
    asked: CreditAsked,
    request: CreditRequest,
    memo: CreateCreditMemo,
    desk: Desk,
) -> RefundCustomer | None:
    """What is paid back out of the memo, once that stands."""
    if not request.refund:
        return None
    ours = desk.cash
    return RefundCustomer(
        customer_id=books.customer.id,
        customer_netsuite_id=books.customer.netsuite_id,
        sources=(UsedCredit("credit_memo", 0, "", "", request.refund),),
        amount=request.refund,
        refunded_on=request.on,
        account_netsuite_id=ours.refund.netsuite_id or ours.bank.netsuite_id,
        external_id=external_id(desk.tenant, asked.source, asked.source_id, "refund"),
        occasion=f"credit:{asked.source}:{asked.source_id}",
        method_netsuite_id=ours.refund_method,
        reference=books.row.number,
        memo=memo.memo,
        credit_external_id=memo.external_id,
        waits_for=memo.key(),
    )


def _currency(books: Books) -> CreditFinding:
    return _finding(
        "CRM-004", "Credit and invoice do not match in currency.",
        f"Write the amount in {books.row.currency}",
    )  # fmt: skip


def _finding(rule: str, message: str, fix: str) -> CreditFinding:
    return CreditFinding(rule, True, message, fix)
