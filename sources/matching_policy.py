"""Parsed data of a matching policy -> MatchingPolicy, refusing what it does not know."""

from __future__ import annotations

import re
from pathlib import Path as FilePath
from typing import Final

from domain.dunning.policy import PolicyError
from domain.matching.calibration import three_over_n
from domain.matching.decision import MatchClass
from domain.matching.policy import MatchingPolicy, Trial
from domain.matching.settings import MatchSettings
from sources.matching_rules import rules_from
from sources.policy_file import load_policy
from sources.policy_values import (
    Raw,
    amount_lists,
    amounts,
    basis_points,
    choices,
    flag,
    items,
    only,
    section,
    texts,
    whole,
)

_TOP: Final = (
    "name", "may_act_alone", "trial", "largest_alone", "lead_bits", "amount_only",
    "early_discount_grace_days", "bank_fees", "withholding_percent", "write_off",
    "parent_pays_for_children", "payment_services", "remembered_payers", "rules",
)  # fmt: skip
_AMOUNT: Final = ("most_open_invoices", "comparisons", "equal_invoices_oldest_first")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_PROPOSALS: Final = frozenset({MatchClass.GUESS, MatchClass.ON_ACCOUNT})


def load_matching(path: FilePath) -> MatchingPolicy:
    """Read `matching.yaml`. Raises PolicyFileError or OSError."""
    return load_policy(path, matching_from)


def matching_from(raw: Raw) -> MatchingPolicy:
    """The policy in parsed data. Raises PolicyError."""
    only(raw, _TOP, ())
    name = raw.get("name", "default")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise PolicyError(("name",), f"{name!r} is no name", "Use small letters, digits, - and _.")
    return MatchingPolicy(name, _settings(raw), _trial(raw), rules_from(raw))


def _settings(raw: Raw) -> MatchSettings:
    alone = section(raw, "amount_only", (), _AMOUNT)
    off = section(raw, "write_off", (), ("up_to", "percent"))
    payers = section(raw, "remembered_payers", (), ("confirmations", "half_life_days"))
    where = ("amount_only",)
    return MatchSettings(
        live=_live(raw),
        cap=amounts(raw, "largest_alone", ()),
        margin_millibits=1000 * whole(raw, "lead_bits", (), 10, 5, 60),
        most_open_for_amount=whole(alone, "most_open_invoices", where, 10, 1, 10),
        decoys=whole(alone, "comparisons", where, 250, 200, 1000),
        equal_invoices_oldest_first=flag(
            alone, "equal_invoices_oldest_first", where, default=False
        ),
        discount_grace_days=whole(raw, "early_discount_grace_days", (), 0, 0, 30),
        fees=amount_lists(raw, "bank_fees", ()),
        withholding=tuple(
            basis_points(value, ("withholding_percent", n))
            for n, value in enumerate(items(raw, "withholding_percent", ()))
        ),
        write_off=amounts(off, "up_to", ("write_off",)),
        write_off_percent=basis_points(off.get("percent", 0), ("write_off", "percent")),
        parent_pays_children=flag(raw, "parent_pays_for_children", (), default=True),
        payment_services=texts(raw, "payment_services", ()),
        alias_confirmations=whole(payers, "confirmations", ("remembered_payers",), 3, 3, 100),
        alias_half_life_days=whole(payers, "half_life_days", ("remembered_payers",), 45, 7, 365),
    )


def _live(raw: Raw) -> frozenset[MatchClass]:
    found = choices(raw, "may_act_alone", (), MatchClass)
    never = sorted(found & _PROPOSALS)
    if never:
        fix = "Leave it out; a person decides each of them."
        raise PolicyError(("may_act_alone",), f"{', '.join(never)} never acts alone", fix)
    return found


def _trial(raw: Raw) -> Trial:
    found = section(raw, "trial", (), ("cases", "wrong_at_most_per_million"))
    path = ("trial",)
    trial = Trial(
        whole(found, "cases", path, 600, 60, 1_000_000),
        whole(found, "wrong_at_most_per_million", path, 5_000, 1, 50_000),
    )
    if three_over_n(trial.cases) > trial.wrong_ppm:
        needed = -(-3_000_000 // trial.wrong_ppm)
        fix = f"Write at least {needed} cases: without an error, N cases show 3/N at best."
        raise PolicyError((*path, "cases"), "so few cases cannot show it", fix)
    return trial
