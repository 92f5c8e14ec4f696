"""Settings of the account that tests and people turn while it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sandbox.netsuite.account import Account

Turn = Callable[[Account, object], None]


def turn_knobs(account: Account, wanted: Mapping[str, object]) -> None:
    """Turn each named knob. Raises ValueError for an unknown name or an unfit value."""
    for name, value in wanted.items():
        known = _KNOBS.get(name)
        if known is None or not isinstance(value, known[0]):
            raise ValueError(f"no knob {name!r} takes {value!r}")
        known[1](account, value)


def _attribute(name: str) -> Turn:
    return lambda account, value: setattr(account, name, value)


def _concurrency(account: Account, value: object) -> None:
    account.governor.limit = int(str(value))


def _latency(account: Account, value: object) -> None:
    account.governor.latency_seconds = float(str(value))


def _permissions(account: Account, value: object) -> None:
    if isinstance(value, Mapping):
        account.role.restrict(value)


def _features(account: Account, value: object) -> None:
    if isinstance(value, list):
        account.role.switch_off(value)


def _bought(account: Account, value: object) -> None:
    if isinstance(value, list):
        account.role.switch_on(value)


def _forbids(account: Account, value: object) -> None:
    account.role.forbids = value is True


def _administrator(account: Account, value: object) -> None:
    account.role.administrator = value is True


_KNOBS: dict[str, tuple[type | tuple[type, ...], Turn]] = {
    "bump_invoice_lmd_on_apply": (bool, _attribute("bump_invoice_lmd_on_apply")),
    "void_by_journal": (bool, _attribute("void_by_journal")),
    "date_format": (str, _attribute("date_format")),
    "clock_skew_seconds": (int, _attribute("clock_skew_seconds")),
    "row_cap": (int, _attribute("row_cap")),
    "concurrency": (int, _concurrency),
    "latency_seconds": ((int, float), _latency),
    "permissions": (dict, _permissions),
    "features_off": (list, _features),
    "features_on": (list, _bought),
    "forbids": (bool, _forbids),
    "administrator": (bool, _administrator),
    "consolidated_payments": (bool, _attribute("consolidated_payments")),
    "top_level_payments": (bool, _attribute("top_level_payments")),
    "job_seconds": (int, _attribute("job_seconds")),
}
