"""The rules of a matching policy: what must hold, and what is done then."""

from __future__ import annotations

from typing import Final

from domain.dunning.policy import PolicyError
from domain.matching.decision import NotReceiptKind
from domain.matching.pattern import Pattern, PatternError
from domain.matching.receipt import Channel
from domain.matching.rules import (
    Action,
    Hold,
    NoReceipt,
    OldestFirst,
    PayerIs,
    Rule,
    Shortfall,
    TreatShort,
    When,
    WholeBalanceOnly,
)
from sources.policy_values import (
    Path,
    Raw,
    amounts,
    basis_points,
    choice,
    choices,
    items,
    mapping,
    only,
    section,
    texts,
    whole,
)

_WHEN: Final = (
    "payer_contains", "reference_contains", "reference_matches", "at_least", "at_most", "channels",
    "currencies", "type_codes", "sources", "customers",
)  # fmt: skip
_THEN: Final = (
    "payer_is", "oldest_first", "whole_balance_only", "not_a_receipt", "short_pay", "hold",
)  # fmt: skip
_MOST: Final = 10**9


def rules_from(raw: Raw) -> tuple[Rule, ...]:
    """The rules under `rules`, in their order; none is live. Raises PolicyError."""
    found = [_rule(item, ("rules", n)) for n, item in enumerate(items(raw, "rules", ()))]
    names = [rule.name for rule in found]
    for n, name in enumerate(names):
        if name in names[:n]:
            fix = "Every rule needs a name of its own; people see it as the reason."
            raise PolicyError(("rules", n, "name"), f"{name!r} stands here twice", fix)
    return tuple(found)


def _rule(item: object, path: Path) -> Rule:
    raw = mapping(item, path)
    only(raw, ("name", "when", "then"), path)
    name = raw.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > 120:
        fix = "Write `name:` and a few words; people see them as the reason."
        raise PolicyError((*path, "name"), "the rule has no usable name", fix)
    return Rule(name.strip(), when_from(raw, path), then_from(raw, path))


def when_from(raw: Raw, path: Path) -> When:
    """What must hold; at least one condition."""
    found = section(raw, "when", path, _WHEN)
    path = (*path, "when")
    if not found:
        raise PolicyError(path, "there is no condition", f"Write one of: {', '.join(_WHEN)}.")
    return When(
        payer_contains=texts(found, "payer_contains", path),
        reference_contains=texts(found, "reference_contains", path),
        reference_matches=_pattern(found, path),
        at_least=amounts(found, "at_least", path),
        at_most=amounts(found, "at_most", path),
        channels=choices(found, "channels", path, Channel),
        currencies=frozenset(texts(found, "currencies", path)),
        type_codes=frozenset(texts(found, "type_codes", path)),
        sources=frozenset(texts(found, "sources", path)),
        customers=_customers(found, path),
    )


def _pattern(raw: Raw, path: Path) -> Pattern | None:
    value = raw.get("reference_matches")
    if value is None:
        return None
    try:
        return Pattern(str(value))
    except PatternError as error:
        where = (*path, "reference_matches")
        raise PolicyError(where, f"{value!r} cannot be searched for", str(error)) from error


def _customers(raw: Raw, path: Path) -> frozenset[int]:
    found = texts(raw, "customers", path)
    for text in found:
        if not text.isascii() or not text.isdigit() or not 0 < int(text) < _MOST:
            fix = "Write the number in the address of the customer's page."
            raise PolicyError((*path, "customers"), f"{text!r} is no customer", fix)
    return frozenset(int(text) for text in found)


def then_from(raw: Raw, path: Path) -> Action:
    """What is done; exactly one thing."""
    found = section(raw, "then", path, _THEN)
    path = (*path, "then")
    if len(found) != 1:
        raise PolicyError(path, "exactly one thing is done", f"Write one of: {', '.join(_THEN)}.")
    (key,) = found
    match key:
        case "payer_is":
            return PayerIs(_customer(found, key, path))
        case "oldest_first":
            return OldestFirst(_customer(found, key, path))
        case "whole_balance_only":
            return _whole_balance(found, path)
        case "not_a_receipt":
            return NoReceipt(choice(found, key, path, NotReceiptKind))
        case "short_pay":
            return _short(found, path)
        case _:
            return Hold(" ".join(texts(found, key, path)))


def _customer(raw: Raw, key: str, path: Path) -> int:
    return whole(raw, key, path, 0, 1, _MOST)


def _whole_balance(raw: Raw, path: Path) -> Action:
    if raw["whole_balance_only"] is not True:
        where = (*path, "whole_balance_only")
        raise PolicyError(where, "this can only be yes", "Write yes, or leave the rule out.")
    return WholeBalanceOnly()


def _short(raw: Raw, path: Path) -> Action:
    found = section(raw, "short_pay", path, ("as", "up_to", "percent", "reason"))
    path = (*path, "short_pay")
    limits = amounts(found, "up_to", path)
    if not limits:
        fix = "Write the most that may be missing, like {USD: 30.00}."
        raise PolicyError((*path, "up_to"), "there is no limit", fix)
    percent = found.get("percent", 0)
    return TreatShort(
        shortfall=choice(found, "as", path, Shortfall),
        up_to=limits,
        basis_points=basis_points(percent, (*path, "percent")),
        reason=" ".join(texts(found, "reason", path)),
    )
