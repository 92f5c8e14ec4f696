"""Payments, journals and refunds as NetSuite's records. Amounts stay Money for the encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.ledger.money import Money
from erp.netsuite.wire import Number, reference
from erp.netsuite.writing.bodies import Body, currency_part, given, some_reference
from erp.port import (
    CreditToUse,
    DepositToApply,
    JournalLineToPost,
    JournalToPost,
    PaymentToPost,
    RefundToPost,
)


def payment_body(
    payment: PaymentToPost,
    currency_id: str,
    account_id: str,
    undeposited: tuple[str, str] = ("T", "F"),
) -> Body:
    """A customer payment to an account of the ERP; without one it goes to undeposited funds."""
    yes, no = undeposited
    body: Body = {
        "externalId": payment.external_id,
        "customer": reference(payment.customer_netsuite_id),
        **currency_part(currency_id),
        "payment": payment.amount,
        "tranDate": payment.received_on.isoformat(),
        "autoApply": False,
        "toBeEmailed": False,
        "undepFunds": reference(no if account_id else yes),
        "apply": applied(payment.applications, payment.discounts),
    }
    return (
        body
        | given(
            account=some_reference(account_id),
            arAcct=some_reference(payment.ar_account_netsuite_id),
            exchangeRate=payment.exchange_rate and Number(payment.exchange_rate),
            memo=payment.memo,
            checkNumber=payment.check_number,
        )
        | _credits(payment.credits)
    )


def _credits(used: Sequence[CreditToUse]) -> Body:
    """Deposits have a sublist of their own; everything else in favour stands in `credit`."""
    deposits = [(one.netsuite_id, one.amount) for one in used if one.kind == "deposit"]
    others = [(one.netsuite_id, one.amount) for one in used if one.kind != "deposit"]
    return given(
        credit=applied(others) if others else None,
        deposit=applied(deposits) if deposits else None,
    )


def applied(
    applications: Sequence[tuple[str, Money]], discounts: Sequence[tuple[str, Money]] = ()
) -> Body:
    """A settling sublist of exactly these; zero takes a document off.

    `line` 0 is the invoice's main line, as in Oracle's own sample (article_0830082954); `disc` is
    the discount taken with it (schema browser, customerPayment).
    """
    taken = dict(discounts)
    return {"items": [_applied(doc, amount, taken) for doc, amount in applications]}


def _applied(doc: str, amount: Money, taken: Mapping[str, Money]) -> Body:
    line: Body = {"doc": reference(doc), "line": 0, "apply": bool(amount)}
    return line | ({"amount": amount} if amount else {}) | given(disc=taken.get(doc))


def journal_body(journal: JournalToPost, currency_id: str) -> Body:
    """A journal entry that posts at once."""
    body: Body = {
        "externalId": journal.external_id,
        **currency_part(currency_id),
        "tranDate": journal.posted_on.isoformat(),
        "approved": True,
        "line": {"items": [_journal_line(line) for line in journal.lines]},
    }
    return body | given(
        subsidiary=some_reference(journal.subsidiary_netsuite_id),
        exchangeRate=journal.exchange_rate and Number(journal.exchange_rate),
        memo=journal.memo,
    )


def _journal_line(line: JournalLineToPost) -> Body:
    side, amount = ("debit", line.amount) if line.amount.minor > 0 else ("credit", -line.amount)
    body: Body = {"account": reference(line.account_netsuite_id), side: amount}
    return body | given(entity=some_reference(line.entity_netsuite_id), memo=line.memo)


def refund_body(refund: RefundToPost, currency_id: str) -> Body:
    """A customer refund; deposits stand in their own sublist."""
    deposits = [(one.netsuite_id, one.amount) for one in refund.sources if one.kind == "deposit"]
    others = [(one.netsuite_id, one.amount) for one in refund.sources if one.kind != "deposit"]
    body: Body = {
        "externalId": refund.external_id,
        "customer": reference(refund.customer_netsuite_id),
        **currency_part(currency_id),
        "tranDate": refund.refunded_on.isoformat(),
        "account": reference(refund.account_netsuite_id),
        "toBeEmailed": False,
        "apply": applied(others),
    }
    return (
        body
        | ({"deposit": applied(deposits)} if deposits else {})
        | given(
            paymentMethod=some_reference(refund.method_netsuite_id),
            arAcct=some_reference(refund.ar_account_netsuite_id),
            memo=refund.memo,
            checkNumber=refund.reference,
        )
    )


def deposit_body(wanted: DepositToApply) -> Body:
    """What a deposit becomes when it is transformed into its application."""
    body: Body = {
        "externalId": wanted.external_id,
        "tranDate": wanted.applied_on.isoformat(),
        "apply": applied(wanted.applications),
    }
    return body | given(memo=wanted.memo)
