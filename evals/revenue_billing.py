"""Answers to vectors of the kinds `billing` and `credit`, in the shape of their `expect`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from domain.ledger.billing.periods import Span
from domain.ledger.credit_rules import CreditLimits, credit_findings
from domain.ledger.credits import (
    CreditableInvoice,
    CreditableLine,
    CreditLine,
    CreditRequest,
    Ledger,
    Reason,
    credited,
)
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money, total
from evals.revenue_billing_given import billed

# Lago names these two (docs.getlago.com, credit notes); the review catalogue has no id for them.
_LAGO = {"CRM-012": "does_not_match_item_amounts", "CRM-013": "total_amount_must_be_positive"}
_TOLD_WHEN_ASKED = {"CRM-006": "exchange_rate", "CRM-011": "tax", "CRM-009": "reason"}
_ALL = "*"


def answer(vector: Mapping[str, Any]) -> dict[str, Any] | list[Any] | None:
    """What we compute for one vector; None for another kind, `{"error": ...}` if it is unreadable.

    Billing gives rows of [date, amount]; a credit gives `ok` with the open balance or the rule.
    """
    try:
        if vector.get("kind") == "billing":
            return billed(vector["given"])
        if vector.get("kind") == "credit":
            return _credit(vector)
    except (LedgerError, KeyError, ValueError, TypeError, AttributeError, OverflowError) as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return None


def _credit(vector: Mapping[str, Any]) -> dict[str, Any]:
    asked = vector["request"]
    invoice = _after(_invoice(vector["invoice"]), vector.get("prior") or {})
    request = _request(asked, invoice)
    found = credit_findings(request, invoice, _limits(vector))
    blocking = next((finding.id for finding in found if finding.blocking), None)
    if blocking:
        return {"ok": False, "error": _LAGO.get(blocking, blocking)}
    result = {"ok": True, "open_balance": credited(invoice, request).open.plain()}
    if request.refund:
        result["refunded"] = request.refund.plain()
    if request.to_balance:
        result["credit_balance"] = request.to_balance.plain()
    warnings = [f.id for f in found if _TOLD_WHEN_ASKED.get(f.id, _ALL) in asked]
    return result | ({"warnings": warnings} if warnings else {})


def _invoice(told: Mapping[str, Any]) -> CreditableInvoice:
    currency = str(told.get("currency", "USD"))
    zero = Money.zero(currency)
    whole = Money.parse(str(told["total"]), currency)
    taxes = told.get("tax") if isinstance(told.get("tax"), Mapping) else {}
    lines = tuple(
        CreditableLine(name, *_amounts(value, taxes, name, currency), zero, zero)
        for name, value in (told.get("lines") or {_ALL: told["total"]}).items()
    )
    return CreditableInvoice(
        id=str(told.get("id", "the invoice")),
        ledger=_ledger(told, Ledger("", currency)),
        total=whole,
        lines=lines,
        paid=Money.parse(str(told.get("paid", "0")), currency),
        offset=zero,
        refunded=zero,
        to_balance=zero,
        exchange_rate=str(told.get("exchange_rate", "")),
    )


def _after(
    invoice: CreditableInvoice, prior: Mapping[str, Any] | Sequence[Mapping[str, Any]]
) -> CreditableInvoice:
    """The invoice after earlier credits: one, or several; lines by name or under `lines`.

    Where a credit does not say how it was split, the open part was set off first.
    """
    for each in [prior] if isinstance(prior, Mapping) else prior:
        if not each:
            continue
        names = {line.id for line in invoice.lines}
        lines = each.get("lines", {name: each[name] for name in each if name in names})
        request = _request({**each, "lines": lines}, invoice)
        if not request.parts and request.total:
            offset = min(request.total, invoice.open)
            request = replace(request, offset=offset, to_balance=request.total - offset)
        invoice = credited(invoice, request)
    return invoice


def _request(asked: Mapping[str, Any], invoice: CreditableInvoice) -> CreditRequest:
    currency = str(asked.get("currency", invoice.ledger.currency))

    def money(*names: str) -> Money:
        said = next((asked[name] for name in names if name in asked), "0")
        return Money.parse(str(said), currency)

    parts = (money("offset"), money("refund", "refunded"), money("credit", "balance", "to_balance"))
    taxes = asked.get("tax") if isinstance(asked.get("tax"), Mapping) else {}
    whole = asked.get("amount", asked.get("total", total(parts, currency).plain()))
    told = asked.get("lines") or {_ALL: whole}
    on = date.fromisoformat(str(asked.get("date", "2026-01-01")))
    lines = tuple(
        CreditLine(name, *_amounts(value, taxes, name, currency), Span(on, on))
        for name, value in told.items()
    )
    reason = Reason(asked["reason"]) if asked.get("reason") in list(Reason) else None
    rate = str(asked.get("exchange_rate", invoice.exchange_rate))
    ledger = _ledger(asked, invoice.ledger)
    return CreditRequest(ledger, on, lines, *parts, reason=reason, exchange_rate=rate)


def _amounts(value: Any, taxes: Any, name: str, currency: str) -> tuple[Money, Money]:
    """Net amount and tax of a line that is told as text or as an object."""
    told = value if isinstance(value, Mapping) else {"amount": value, "tax": taxes.get(name, "0")}
    amount, tax = str(told["amount"]), str(told.get("tax", "0"))
    return Money.parse(amount, currency), Money.parse(tax, currency)


def _ledger(told: Mapping[str, Any], known: Ledger) -> Ledger:
    return Ledger(
        str(told.get("customer", known.customer_id)),
        str(told.get("currency", known.currency)),
        str(told.get("subsidiary", known.subsidiary_id)),
        str(told.get("ar_account", known.ar_account_id)),
    )


def _limits(vector: Mapping[str, Any]) -> CreditLimits:
    limit, through = vector.get("limit"), vector.get("closed_through")
    currency = str(vector["invoice"].get("currency", "USD"))
    closed = (Span(date(1, 1, 1), date.fromisoformat(str(through))),) if through else ()
    return CreditLimits(closed, Money.parse(str(limit), currency) if limit else None)
