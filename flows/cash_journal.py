"""The journal of an act on cash, with what the mirror knows of accounts and rates."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from effects.kinds import (
    ApplyCredit,
    CreateCreditMemo,
    PostCustomerPayment,
    PostJournal,
    RefundCustomer,
    ReversePayment,
    UnapplyPayment,
    VoidRequest,
    WriteOffInvoice,
)
from erp.review.credit_journal import CreditEffect, credit_journal
from erp.review.finding import JournalLine
from erp.review.payment_journal import BookAccount, Books, CashEffect, journal_of
from flows.cash_books import CashBooks, Ledger
from store.engine import Session
from store.erp_names import erp_names
from store.journal_facts import books_currency, exchange_rates, worth

Journalled = CashEffect | CreditEffect


async def journal_preview(
    session: Session, books: CashBooks, effect: Journalled
) -> tuple[JournalLine, ...]:
    """The journal that an effect makes, balanced. Raises UnbalancedJournal."""
    known = await books_of(session, books, effect)
    match effect:
        case CreateCreditMemo() | WriteOffInvoice() | VoidRequest():
            return credit_journal(effect, known)
        case _:
            return journal_of(effect, known)


async def books_of(session: Session, books: CashBooks, effect: Journalled) -> Books:
    """Accounts by name, and the rates that the journal needs as far as the mirror has them."""
    names = await erp_names(session)
    known = {key: name for (kind, key), name in names.known.items() if kind == "account"}
    base = await books_currency(session, effect.customer_id)
    return Books(
        receivable=_account(books.receivable, known),
        money=_account(books.bank, known),
        discount=_account(books.discount, known),
        deposits=_account(books.deposits, known),
        gain=_account(books.gain, known),
        names=known,
        base=base,
        rate=await worth(session, base, effect.amount.currency, _day(effect)),
        rates=await exchange_rates(session, _documents(effect)),
    )


def _account(ledger: Ledger, names: dict[str, str]) -> BookAccount:
    return BookAccount(ledger.netsuite_id, names.get(ledger.netsuite_id, ledger.name))


def _day(effect: Journalled) -> date:
    """The day it is posted on; what only moves stands at the documents' own rates."""
    match effect:
        case PostCustomerPayment():
            return effect.received_on
        case ApplyCredit():
            return effect.applied_on
        case ReversePayment():
            return effect.reversed_on
        case RefundCustomer():
            return effect.refunded_on
        case PostJournal():
            return effect.posted_on
        case CreateCreditMemo():
            return effect.issued_on
        case WriteOffInvoice():
            return effect.written_off_on
        case UnapplyPayment() | VoidRequest():
            return date.max
        case _:
            assert_never(effect)


def _documents(effect: Journalled) -> list[str]:
    match effect:
        case PostCustomerPayment():
            lines = [line.netsuite_id for line in effect.applications]
            return [*lines, *(credit.netsuite_id for credit in effect.credits)]
        case ApplyCredit():
            lines = [line.netsuite_id for line in effect.applications]
            return [*lines, effect.credit.netsuite_id]
        case UnapplyPayment():
            return [*(line.netsuite_id for line in effect.removed), effect.payment_netsuite_id]
        case ReversePayment():
            lines = [line.netsuite_id for line in effect.applications]
            return [*lines, effect.payment_netsuite_id]
        case RefundCustomer():
            return [one.netsuite_id for one in effect.sources]
        case PostJournal():
            return []
        case CreateCreditMemo() | WriteOffInvoice():
            return [line.netsuite_id for line in effect.applications]
        case VoidRequest():
            return [effect.netsuite_id]
        case _:
            assert_never(effect)
