"""The policy of small balances: `credits.yaml`, as a finance person edits it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from domain.dunning.policy import PolicyError
from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from domain.ledger.write_offs import SmallBalancePolicy
from sources.policy_file import load_policy

_KNOWN = ("each", "one_run", "after_days")
_LATEST = 3650


def load_credits(path: Path) -> SmallBalancePolicy:
    """Read `credits.yaml`. Raises PolicyFileError or OSError."""
    return load_policy(path, credit_policy_from)


def credit_policy_from(raw: Mapping[str, object]) -> SmallBalancePolicy:
    """The policy in parsed data. Raises PolicyError."""
    _only(raw, ("small_balances",), ())
    small = raw.get("small_balances") or {}
    path: tuple[str | int, ...] = ("small_balances",)
    if not isinstance(small, Mapping):
        raise PolicyError(path, "this has no `name: value` lines", "Indent them under this line.")
    _only(small, _KNOWN, path)
    each, together = (_amounts(small.get(name), (*path, name)) for name in _KNOWN[:2])
    capped = {money.currency for money in together}
    without = [money.currency for money in each if money.currency not in capped]
    if without:
        fix = f"Write the most of one run in {', '.join(without)}."
        raise PolicyError((*path, "one_run"), f"{without[0]} has no cap", fix)
    return SmallBalancePolicy(each, together, _days(small.get("after_days", 60), path))


def _days(value: object, path: tuple[str | int, ...]) -> int:
    if type(value) is not int or not 0 <= value <= _LATEST:
        fix = f"Write a whole number from 0 to {_LATEST}."
        raise PolicyError((*path, "after_days"), f"{value!r} does not fit", fix)
    return value


def _amounts(value: object, path: tuple[str | int, ...]) -> tuple[Money, ...]:
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        raise PolicyError(path, "these are no amounts", "Write them like {USD: 5.00, EUR: 5.00}.")
    return tuple(_amount(str(currency), text, path) for currency, text in value.items())


def _amount(currency: str, value: object, path: tuple[str | int, ...]) -> Money:
    fix = "Write an amount without separators, like 5.00."
    try:
        found = Money.parse(str(value), currency)
    except LedgerError as error:
        raise PolicyError((*path, currency), f"{value!r} is no amount", fix) from error
    if found.minor <= 0:
        raise PolicyError((*path, currency), f"{value!r} is not more than nothing", fix)
    return found


def _only(raw: Mapping[str, object], known: tuple[str, ...], path: tuple[str | int, ...]) -> None:
    for name in raw:
        if name not in known:
            fix = f"Known here: {', '.join(known)}."
            raise PolicyError((*path, str(name)), f"{name} is not known here", fix)
