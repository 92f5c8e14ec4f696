"""Stored content as lines that people read: a label and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from domain.ledger.money import Money

Line = tuple[str, str]
_MONEY = {"minor", "currency"}
_MOST = 60
_UNSAID = frozenset(
    {"external_id", "customer_netsuite_id", "review", "facts", "certificate", "html", "text"}
)


def lines_of(content: Mapping[str, object]) -> tuple[Line, ...]:
    """Everything that a stored content says, leaf by leaf, without what is empty."""
    found = tuple(_leaves(content, ""))
    if len(found) <= _MOST:
        return found
    return (*found[:_MOST], ("And", f"{len(found) - _MOST} more lines"))


def label(name: str) -> str:
    """`due_on` as people say it: "Due"."""
    words = name.removesuffix("_on").removesuffix("_at").removesuffix("_minor")
    return words.replace("_", " ").strip().capitalize().replace("netsuite", "NetSuite")


def _leaves(value: Mapping[str, object], before: str) -> Iterator[Line]:
    for name, part in _with_money(value).items():
        if name in _UNSAID or _is_ours(name) or part in (None, "", [], {}, ()):
            continue
        here = f"{before}{label(name)}"
        if isinstance(part, Mapping):
            if set(part) == _MONEY:
                yield here, str(Money(int(str(part["minor"])), str(part["currency"])))
            else:
                yield from _leaves(part, f"{here}: ")
        elif isinstance(part, Sequence) and not isinstance(part, str):
            yield from _items(part, here)
        else:
            yield here, _spoken(part)


def _is_ours(name: str) -> bool:
    """Whether it is a number of our own, which says nothing to people."""
    return name.endswith("_id") and not name.endswith(("netsuite_id", "external_id", "source_id"))


def _items(parts: Sequence[object], here: str) -> Iterator[Line]:
    if all(not isinstance(part, Mapping) for part in parts):
        yield here, ", ".join(_spoken(part) for part in parts)
        return
    for number, part in enumerate(parts, 1):
        if isinstance(part, Mapping):
            title = part.get("number") or number
            rest = {name: value for name, value in part.items() if name != "number"}
            yield from _leaves(rest, f"{here} {title}: ")


def _with_money(value: Mapping[str, object]) -> Mapping[str, object]:
    """`open_minor` and `currency` side by side are one amount."""
    currency = value.get("currency")
    minors = [n for n, part in value.items() if n.endswith("_minor") and type(part) is int]
    if not isinstance(currency, str) or not minors:
        return value
    return {
        name: {"minor": part, "currency": currency} if name in minors else part
        for name, part in value.items()
        if name != "currency"
    }


def _spoken(part: object) -> str:
    if isinstance(part, bool):
        return "yes" if part else "no"
    return " ".join(str(part).split()) if not isinstance(part, str) else part
