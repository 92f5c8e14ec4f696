"""The journal that a credit memo, a write-off or a void makes: always balanced, or not shown."""

from __future__ import annotations

from domain.ledger.money import total
from effects.kinds import CreateCreditMemo, CreditLineContent, VoidRequest, WriteOffInvoice
from erp.review.finding import JournalLine
from erp.review.payment_journal import BookAccount, Booked, Books, balanced

CreditEffect = CreateCreditMemo | WriteOffInvoice | VoidRequest
_OWN = BookAccount("", "The accounts of its lines")


def credit_journal(effect: CreditEffect, books: Books) -> tuple[JournalLine, ...]:
    """Debits of what is taken back, account by account, and the receivables they lower.

    What is set against an invoice clears it at the invoice's own rate. Raises UnbalancedJournal.
    """
    match effect:
        case CreateCreditMemo() | WriteOffInvoice():
            return balanced(_memo(effect, books), books)
        case VoidRequest():
            return balanced(_void(effect, books), books)


def _memo(effect: CreateCreditMemo | WriteOffInvoice, books: Books) -> list[Booked]:
    rate = effect.exchange_rate or books.rate
    entries = [Booked(_account(x, books), x.item_name, x.amount, rate) for x in effect.lines]
    if isinstance(effect, CreateCreditMemo) and effect.tax:
        named = BookAccount("", effect.tax_account_name or "Sales tax")
        account = books.account(effect.tax_account_netsuite_id, named)
        entries.append(Booked(account, "tax", effect.tax, rate))
    receivable = books.account(effect.ar_account_netsuite_id, books.receivable)
    for line in effect.applications:
        own = books.rates.get(line.netsuite_id, rate)
        entries.append(Booked(receivable, line.number, -line.amount, own))
    applied = total((line.amount for line in effect.applications), effect.amount.currency)
    if effect.amount - applied:
        entries.append(Booked(receivable, "stays open", applied - effect.amount, rate))
    return entries


def _account(line: CreditLineContent, books: Books) -> BookAccount:
    otherwise = line.account_name or f"account of {line.item_name}, not known"
    return books.account(line.account_netsuite_id, BookAccount("", otherwise))


def _void(effect: VoidRequest, books: Books) -> list[Booked]:
    """The document's own entry turned round; a payment was booked to where money stands."""
    rate = books.rates.get(effect.netsuite_id, books.rate)
    amount = effect.amount if effect.record == "invoice" else -effect.amount
    other = books.money if effect.record == "payment" else _OWN
    return [
        Booked(other, f"void of {effect.number}", amount, rate),
        Booked(books.receivable, effect.number, -amount, rate),
    ]
