"""One sentence about several customers, invoices or periods: a call for each, and none dropped."""

from __future__ import annotations

import re

from agent.spoken.building import Built
from agent.spoken.phrases import QUOTED
from agent.spoken.slots import slots_of

_PER_CUSTOMER = (
    "account_summary", "why_not", "what_did_they_say", "timeline", "customer_details", "aging",
    "promises", "disputes", "find_payments", "recognized_revenue", "list_invoices",
    "what_was_sent", "drift_findings", "pause", "resume", "propose_reminder", "assign",
)  # fmt: skip
_PER_INVOICE = (
    "invoice_lookup", "why_not", "pause", "resume", "propose_reminder", "propose_write_off",
)  # fmt: skip
_PER_PERIOD = ("find_payments", "recognized_revenue", "close_readiness")
_NO_AMOUNT = re.compile(
    r"\b(?:ref|reference|no|number|check|cheque|suite|phase|part|week|day)\W{0,3}<amt>"
    r"|<amt> (?:invoices?|bills?|days?|weeks?|months?|hours?|%|percent|instal?\w+)",
    re.IGNORECASE,
)
_OF_AMOUNT = ("record_payment", "record_promise", "propose_credit")


def expanded(part: str, call: Built) -> list[Built]:
    """The calls of a sentence whose first call this is.

    An act with an amount is about one customer and one invoice: named more, the name is left
    open and asked back.
    """
    tool, arguments = call
    names = list(dict.fromkeys(m[1].strip() for m in QUOTED.finditer(part)))
    slots = slots_of(part)
    if tool in _OF_AMOUNT:
        return [(tool, _without_the_open(tool, arguments, names, slots.invoices))]
    if len(slots.invoices) > 1 and tool in _PER_INVOICE:
        return [(tool, {**arguments, "invoice": n}) for n in dict.fromkeys(slots.invoices)]
    if len(names) > 1 and tool in _PER_CUSTOMER:
        return [(tool, {**arguments, "customer": name}) for name in names]
    if len(slots.periods) > 1 and tool in _PER_PERIOD:
        name = "when" if tool == "find_payments" else "period"
        return [(tool, {**arguments, name: period}) for period in dict.fromkeys(slots.periods)]
    return [call]


def many_amounts(part: str, tool: str) -> bool:
    """Whether an act that takes one amount is told several; a number of something is none."""
    return tool in _OF_AMOUNT and _NO_AMOUNT.sub(" ", slots_of(part).text).count("<amt>") > 1


def _without_the_open(
    tool: str, arguments: dict[str, object], names: list[str], invoices: list[str]
) -> dict[str, object]:
    kept = dict(arguments)
    if len(names) > 1:
        kept.pop("customer", None)
    if len(invoices) > 1 and tool == "propose_credit":
        kept.pop("invoice", None)
    elif len(invoices) > 1:
        kept["invoice"] = " ".join(invoices)
    return kept
