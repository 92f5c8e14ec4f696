"""Single fields of payment cases, read as plainly as they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from domain.ledger.money import Money
from domain.matching.decision import MatchClass
from domain.matching.item import EarlyDiscount
from domain.matching.settings import MatchSettings

DAY = date(2026, 1, 15)
_CAP = 10**15
_ALONE = frozenset(MatchClass) - {MatchClass.REFERENCE_PARTIAL}


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


CASE_FIELDS = words(
    "id title origin source tags invoices payments credits credit_notes customers config steps why"
    " source_expected expected remittance aliases date today note notes"
)
ITEM_FIELDS = words(
    "id customer currency amount open refs ref number po references date issued due due_date"
    " terms discount status state type rate subsidiary"
)
PAYMENT_FIELDS = words(
    "id customer currency amount text account_no account iban payer payer_name name date channel"
    " requested external_key key rate fee instructed remittance type code trace ref reference memo"
    " target invoice invoice_id stripe_customer subsidiary check_no"
)
CONFIG_FIELDS = words(
    "short_tolerance tolerance rule_auto discount_grace_days fees fee_list withholding"
    " withholding_rates equal_invoices_oldest_first payment_services"
)


def day(raw: object, otherwise: date = DAY) -> date:
    return date.fromisoformat(str(raw)[:10]) if raw else otherwise


def texts(raw: object) -> tuple[str, ...]:
    if raw is None or raw == "":
        return ()
    if isinstance(raw, Mapping):
        return tuple(str(v) for v in raw.values() if v)
    if isinstance(raw, Sequence) and not isinstance(raw, str):
        return tuple(str(v) for v in raw if v)
    return (str(raw),)


def house(row: Mapping[str, Any]) -> int | None:
    house = row.get("subsidiary")
    return None if house is None else sum(map(ord, str(house)))


def discount(raw: object, total: Money, issued: date, notes: list[str]) -> EarlyDiscount | None:
    """An amount or a percentage until a day or for some days; also "2/10 net 30"."""
    if not raw:
        return None
    if isinstance(raw, str):
        part, _, within = raw.split(" ")[0].partition("/")
        if not within.isdigit():
            return None
        raw = {"percent": part, "days": within}
    if isinstance(raw, Sequence) and raw:
        raw = raw[0]
    if not isinstance(raw, Mapping):
        notes.append("the discount is not understood")
        return None
    until = raw.get("until") or raw.get("date") or raw.get("by") or raw.get("discount_date")
    days = raw.get("days") or raw.get("discount_days") or "0"
    end = day(until, issued + timedelta(days=int(str(days))))
    percent = raw.get("percent") or raw.get("percentage") or raw.get("discount_percent")
    amount = raw.get("amount")
    if percent:
        return EarlyDiscount(_share(total, str(percent)), end)
    return EarlyDiscount(Money.parse(str(amount), total.currency), end) if amount else None


def basis_points(percent: str) -> int:
    """Hundredths of a percent, exactly."""
    return Money.parse(percent, "USD").minor


def _share(amount: Money, percent: str) -> Money:
    return Money((amount.minor * basis_points(percent) + 5_000) // 10_000, amount.currency)


def settings_of(
    config: Mapping[str, Any], currencies: Sequence[str], notes: list[str]
) -> MatchSettings:
    """The same settings as in production, from what a case configures.

    Every class acts alone except parts of an invoice, which people confirm.
    """
    notes += [f"config {name} is not understood" for name in sorted(set(config) - CONFIG_FIELDS)]
    live = _ALONE if config.get("rule_auto", True) is not False else frozenset()
    settings = MatchSettings(
        live=live,
        cap=tuple(Money(_CAP, c) for c in currencies),
        discount_grace_days=int(str(config.get("discount_grace_days") or 0)),
        fees=tuple(
            Money.parse(fee, c)
            for fee in texts(config.get("fees") or config.get("fee_list"))
            for c in currencies
        ),
        withholding=tuple(
            basis_points(p)
            for p in texts(config.get("withholding") or config.get("withholding_rates"))
        ),
        equal_invoices_oldest_first=config.get("equal_invoices_oldest_first") is True,
        payment_services=texts(config.get("payment_services")),
    )
    return _tolerance(settings, config, currencies)


def _tolerance(
    settings: MatchSettings, config: Mapping[str, Any], currencies: Sequence[str]
) -> MatchSettings:
    told = config.get("short_tolerance") or config.get("tolerance")
    if not isinstance(told, Mapping):
        return settings
    value = str(told.get("value") or "0")
    if str(told.get("type")) == "percent":
        return replace(settings, write_off_percent=basis_points(value))
    fixed = tuple(Money.parse(value, c) for c in currencies)
    return replace(settings, write_off=tuple(m for m in fixed if m.minor > 0))
