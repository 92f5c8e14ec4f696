"""Properties of a line item that HubSpot makes of others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

_MONTHS = {
    "monthly": 1,
    "quarterly": 3,
    "per_six_months": 6,
    "annually": 12,
    "per_two_years": 24,
    "per_three_years": 36,
    "per_four_years": 48,
    "per_five_years": 60,
}
_WEEKS = {"weekly": 1, "biweekly": 2}
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?")


def derived(line: Mapping[str, str]) -> dict[str, str]:
    """Net amount, discount, number of payments and months of the term, where they can be made."""
    return {**_amounts(line), **_term(line)}


def _amounts(line: Mapping[str, str]) -> dict[str, str]:
    names = ("price", "quantity", "discount", "hs_discount_percentage")
    texts = [line.get(name) or "0" for name in names]
    if not all(_NUMBER.fullmatch(text) for text in texts):
        return {}
    price, quantity, unit, percent = map(Fraction, texts)
    gross = price * quantity
    off = unit * quantity + gross * percent / 100
    return {
        "hs_pre_discount_amount": decimal_text(gross),
        "hs_total_discount": decimal_text(off),
        "amount": decimal_text(gross - off),
    }


def _term(line: Mapping[str, str]) -> dict[str, str]:
    every = line.get("recurringbillingfrequency", "")
    period = line.get("hs_recurring_billing_period", "")
    found = re.fullmatch(r"P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?", period)
    if not every or found is None:
        return {"hs_recurring_billing_terms": "AUTOMATICALLY_RENEW"} if every else {}
    years, months, weeks = (int(part or 0) for part in found.groups())
    length = weeks if every in _WEEKS else 12 * years + months
    step = _WEEKS.get(every) or _MONTHS.get(every) or 1
    made = {
        "hs_recurring_billing_terms": "FIXED",
        "hs_recurring_billing_number_of_payments": str(-(-length // step)),
    }
    return made if every in _WEEKS else made | {"hs_term_in_months": str(length)}


def decimal_text(value: Fraction) -> str:
    """Three digits after the point, as HubSpot writes amounts."""
    thousandths = (value * 1000 * 2 + 1) // 2
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"
