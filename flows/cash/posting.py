"""An allocation as what the ERP is to be told: one payment, and what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.ledger.money import Money, total
from domain.matching.decision import Allocation, Line
from domain.matching.item import ItemKind
from domain.matching.receipt import ReferenceKind
from effects.kinds import AppliedAmount, Effect, PostCustomerPayment
from effects.kinds_cash import ApplyCredit
from effects.kinds_journal import EntryLine, JournalPurpose, PostJournal
from effects.kinds_payments import CreditKind, UsedCredit
from erp.identity import external_id
from flows.cash.rates import bank_rate, rounding
from flows.cash_books import CashBooks, Ledger
from flows.desk import Desk
from store import parties, receipts
from store.cash_facts import credit_names, rate_of
from store.engine import Session
from store.parties import CustomerRow
from store.receipt_values import arrived_money, references_in
from store.receivables import InvoiceRow, PaymentRow

_CREDIT_KINDS: dict[ItemKind, CreditKind] = {
    ItemKind.CREDIT_MEMO: "credit_memo",
    ItemKind.DEPOSIT: "deposit",
    ItemKind.JOURNAL: "journal",
    ItemKind.UNAPPLIED_PAYMENT: "payment",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """The effects of one allocation with what each is for, the posting first."""

    customer_id: int
    effects: tuple[tuple[str, Effect], ...]


@dataclass(frozen=True, slots=True)
class CannotPost:
    """The ERP cannot hold it this way, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the effects are made of."""

    desk: Desk
    row: PaymentRow
    customer: CustomerRow
    invoices: Mapping[int, InvoiceRow]
    credits: Mapping[tuple[ItemKind, int], tuple[str, str]]
    rate: str

    @property
    def bank(self) -> Ledger:
        return self.desk.cash.of(self.row.source, self.row.own_account)

    @property
    def occasion(self) -> str:
        return f"{self.row.source}:{self.row.source_id}"

    def named(self, kind: str, role: str) -> str:
        return external_id(self.desk.tenant, self.row.source, f"{self.row.source_id}:{role}", kind)


async def plan(
    session: Session, desk: Desk, row: PaymentRow, allocation: Allocation
) -> Plan | CannotPost:
    """What is proposed for an allocation. Raises LookupError when a document vanished."""
    found = await receipts.invoices_named(session, [i.item_id for i in allocation.invoices])
    invoices = {i.id: i for i in found}
    owners = {i.customer_id for i in found} or {allocation.customer_id}
    customer = await _booked_on(session, desk.cash, owners, allocation.customer_id)
    if isinstance(customer, CannotPost):
        return customer
    if len({i.subsidiary_id for i in found}) > 1:
        return CannotPost("the invoices belong to several of our companies")
    facts = _Facts(
        desk=desk,
        row=row,
        customer=customer,
        invoices=invoices,
        credits=await credit_names(session, [(c.kind, c.item_id) for c in allocation.credits]),
        rate=await _rate(session, row, customer),
    )
    return Plan(customer.id, tuple(_effects(facts, allocation)))


async def _rate(session: Session, row: PaymentRow, customer: CustomerRow) -> str:
    """The bank's own rate for money of another currency, else the ERP's of the day."""
    if row.received_minor is not None:
        return bank_rate(arrived_money(row), Money(row.amount_minor, row.currency))
    return await rate_of(session, customer, row.currency, row.received_on)


async def _booked_on(
    session: Session, books: CashBooks, owners: set[int], payer_id: int
) -> CustomerRow | CannotPost:
    """The customer whose payment it is in the ERP.

    A payment lists its own customer's invoices and, with Consolidated Payments, its children's.
    """
    rows = {i: await parties.customer(session, i) for i in sorted(owners | {payer_id})}
    tops = {(r.parent_id or r.id) for i, r in rows.items() if r is not None and i in owners}
    if len(owners) == 1 and not books.top_level_only:
        (chosen,) = owners
    elif not books.consolidated and len(owners) > 1:
        return CannotPost("invoices of several customers need one payment each: split it")
    elif len(tops) == 1:
        (chosen,) = tops if books.consolidated or books.top_level_only else owners
    else:
        return CannotPost("the invoices belong to customers that are not related: split it")
    customer = await parties.customer(session, chosen)
    if customer is None:
        raise LookupError(f"customer {chosen} vanished")
    return customer


def _effects(facts: _Facts, allocation: Allocation) -> list[tuple[str, Effect]]:
    posting = _posting(facts, allocation)
    found: list[tuple[str, Effect]] = [("posting", posting)]
    if allocation.fee:
        found.append(("bank_fee", _fee(facts, allocation.fee, posting.key())))
    if over := _rounding(facts, allocation.fee, posting.key()):
        found.append(("fx_rounding", over))
    books = facts.desk.cash
    for role, ledger in (("write_off", books.write_off), ("withheld", books.withheld)):
        lines = [(i, _closed(i, role)) for i in allocation.invoices if _closed(i, role)]
        if lines:
            found += _closing(facts, role, ledger, lines, posting.key())
    return found


def _closed(line: Line, role: str) -> Money:
    return line.writeoff if role == "write_off" else line.withheld


def _posting(facts: _Facts, allocation: Allocation) -> PostCustomerPayment:
    row = facts.row
    received = Money(row.amount_minor, row.currency)
    fee = allocation.fee
    return PostCustomerPayment(
        payment_id=row.id,
        source=row.source,
        source_id=row.source_id,
        customer_id=facts.customer.id,
        customer_netsuite_id=facts.customer.netsuite_id,
        amount=received + fee,
        received_on=row.received_on,
        applications=tuple(
            _applied(facts, line, line.amount, line.discount) for line in allocation.invoices
        ),
        external_id=external_id(facts.desk.tenant, row.source, row.source_id),
        reference=row.reference[:200],
        memo=f"{row.source} {row.source_id}"[:200],
        credits=tuple(_used(facts, line) for line in allocation.credits),
        fee=fee or None,
        account_netsuite_id=facts.bank.netsuite_id,
        ar_account_netsuite_id=facts.desk.cash.receivable.netsuite_id,
        exchange_rate=facts.rate,
        arrived_by=row.channel,
        check_number=_check_number(row),
    )


def _check_number(row: PaymentRow) -> str:
    numbers = [r.text for r in references_in(row) if r.kind is ReferenceKind.CHECK_NUMBER]
    return numbers[0][:40] if numbers else ""


def _applied(facts: _Facts, line: Line, amount: Money, discount: Money | None) -> AppliedAmount:
    invoice = facts.invoices.get(line.item_id)
    if invoice is None:
        raise LookupError(f"invoice {line.item_id} vanished")
    return AppliedAmount(invoice.id, invoice.netsuite_id, invoice.number, amount, discount or None)


def _used(facts: _Facts, line: Line) -> UsedCredit:
    netsuite_id, number = facts.credits[line.kind, line.item_id]
    return UsedCredit(_CREDIT_KINDS[line.kind], line.item_id, netsuite_id, number, line.amount)


def _rounding(facts: _Facts, fee: Money, waits_for: str) -> PostJournal | None:
    """The cents of a large amount that the bank's rate with six decimals leaves over."""
    row = facts.row
    if row.received_minor is None:
        return None
    over = rounding(arrived_money(row), Money(row.amount_minor, row.currency), fee)
    if not over:
        return None
    gain = over.minor > 0
    more, less = (over, None) if gain else (None, -over)
    books = facts.desk.cash
    bank = EntryLine(facts.bank.netsuite_id, facts.bank.name, debit=more, credit=less)
    rest = EntryLine(books.gain.netsuite_id, books.gain.name, debit=less, credit=more)
    return PostJournal(
        purpose="other",
        customer_id=facts.customer.id,
        customer_netsuite_id=facts.customer.netsuite_id,
        lines=(bank, rest) if gain else (rest, bank),
        posted_on=row.received_on,
        occasion=f"{facts.occasion}:fx",
        external_id=facts.named("journal", "fx"),
        memo=f"rounding of the exchange rate: {row.source} {row.source_id}"[:200],
        waits_for=waits_for,
        payment_id=row.id,
    )


def _fee(facts: _Facts, fee: Money, waits_for: str) -> PostJournal:
    books = facts.desk.cash
    debit = EntryLine(books.fee.netsuite_id, books.fee.name, debit=fee)
    credit = EntryLine(facts.bank.netsuite_id, facts.bank.name, credit=fee)
    return _journal(facts, "bank_fee", (debit, credit), "bank charge", waits_for)


def _closing(
    facts: _Facts,
    role: str,
    ledger: Ledger,
    lines: Sequence[tuple[Line, Money]],
    waits_for: str,
) -> list[tuple[str, Effect]]:
    """A journal that credits receivables, and its application to the invoices it closes."""
    books = facts.desk.cash
    amount = total((closed for _, closed in lines), facts.row.currency)
    debit = EntryLine(ledger.netsuite_id, ledger.name, debit=amount)
    credit = EntryLine(
        books.receivable.netsuite_id,
        books.receivable.name,
        credit=amount,
        entity_netsuite_id=facts.customer.netsuite_id,
    )
    purpose: JournalPurpose = "write_off" if role == "write_off" else "other"
    memo = "small balance written off" if role == "write_off" else "tax withheld by the payer"
    journal = _journal(facts, purpose, (debit, credit), memo, waits_for)
    applying = ApplyCredit(
        customer_id=facts.customer.id,
        customer_netsuite_id=facts.customer.netsuite_id,
        credit=UsedCredit("journal", 0, "", "", amount),
        applications=tuple(_applied(facts, line, closed, None) for line, closed in lines),
        occasion=f"{facts.occasion}:{role}",
        applied_on=facts.row.received_on,
        external_id=facts.named("application", role),
        credit_external_id=journal.external_id,
        ar_account_netsuite_id=books.receivable.netsuite_id,
        waits_for=journal.key(),
        memo=memo,
    )
    return [(role, journal), (f"{role}_applied", applying)]


def _journal(
    facts: _Facts,
    purpose: JournalPurpose,
    lines: tuple[EntryLine, ...],
    memo: str,
    waits_for: str,
) -> PostJournal:
    return PostJournal(
        purpose=purpose,
        customer_id=facts.customer.id,
        customer_netsuite_id=facts.customer.netsuite_id,
        lines=lines,
        posted_on=facts.row.received_on,
        occasion=facts.occasion,
        external_id=facts.named("journal", purpose),
        exchange_rate=facts.rate,
        memo=f"{memo}: {facts.row.source} {facts.row.source_id}"[:200],
        waits_for=waits_for,
        payment_id=facts.row.id,
    )
