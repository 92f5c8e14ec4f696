"""Search as HubSpot's works: filters, one sort, pages by position up to 10,000."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from starlette.responses import JSONResponse, Response

from sandbox.hubspot.answers import error, thing_body
from sandbox.hubspot.store import HubSpotStore

CAP, MAX_LIMIT = 10_000, 200
MAX_GROUPS, MAX_FILTERS, MAX_TOTAL = 5, 10, 25
Value = tuple[int, Fraction | int, str]
_EPOCH = datetime.fromtimestamp(0, UTC)
_COMPARE: Mapping[str, Callable[[Value, Value], bool]] = {
    "EQ": lambda one, other: one == other,
    "NEQ": lambda one, other: one != other,
    "LT": lambda one, other: one < other,
    "LTE": lambda one, other: one <= other,
    "GT": lambda one, other: one > other,
    "GTE": lambda one, other: one >= other,
}


class BadSearch(Exception):
    """The search cannot be run."""


def search(store: HubSpotStore, kind: str, body: Mapping[str, object]) -> Response:
    """A page of results, or the 400 that HubSpot answers."""
    try:
        return _page(store, kind, body)
    except BadSearch as problem:
        return error(400, "VALIDATION_ERROR", str(problem))


def _page(store: HubSpotStore, kind: str, body: Mapping[str, object]) -> Response:
    limit, after = _count(body, "limit", 10), _count(body, "after", 0)
    if not 1 <= limit <= MAX_LIMIT:
        raise BadSearch(f"limit must be between 1 and {MAX_LIMIT}")
    if after + limit > CAP:
        raise BadSearch(f"paging is limited to {CAP} results of one query")
    groups = [] if store.search_ignores_filters else _groups(body)
    rows = [(thing, store.values(thing)) for thing in store.of_kind(kind)]
    rows = [row for row in rows if not groups or any(_passes(row[1], g) for g in groups)]
    name, descending = _sort(body)
    rows.sort(key=lambda row: value_of(row[1].get(name)), reverse=descending)
    properties = body.get("properties")
    asked = [str(name) for name in properties] if isinstance(properties, list) else []
    page = [thing_body(store, thing, asked) for thing, _ in rows[after : after + limit]]
    answer: dict[str, object] = {"total": len(rows), "results": page}
    if after + limit < len(rows):
        answer["paging"] = {"next": {"after": str(after + limit)}}
    return JSONResponse(answer)


def value_of(text: object) -> Value:
    """Comparable: numbers, moments in milliseconds, then words; what is missing comes first."""
    word = "" if text is None else str(text)
    if not word:
        return (0, 0, "")
    try:
        return (1, Fraction(word), "")
    except (ValueError, ZeroDivisionError):
        pass
    try:
        return (1, (datetime.fromisoformat(word) - _EPOCH) // timedelta(milliseconds=1), "")
    except (ValueError, TypeError):
        return (2, 0, word.lower())


def _passes(values: Mapping[str, str], filters: list[Mapping[str, object]]) -> bool:
    return all(_holds(values, one) for one in filters)


def _holds(values: Mapping[str, str], one: Mapping[str, object]) -> bool:
    operator, mine = str(one.get("operator")), values.get(str(one.get("propertyName")))
    if operator in ("HAS_PROPERTY", "NOT_HAS_PROPERTY"):
        return bool(mine) == (operator == "HAS_PROPERTY")
    if operator in ("IN", "NOT_IN"):
        listed = one.get("values")
        known = {value_of(value) for value in listed} if isinstance(listed, list) else set()
        return (value_of(mine) in known) == (operator == "IN")
    if operator == "BETWEEN":
        low, high = value_of(one.get("value")), value_of(one.get("highValue"))
        return bool(mine) and low <= value_of(mine) <= high
    compare = _COMPARE.get(operator)
    if compare is None:
        raise BadSearch(f"operator {operator} is not valid")
    return bool(mine) and compare(value_of(mine), value_of(one.get("value")))


def _groups(body: Mapping[str, object]) -> list[list[Mapping[str, object]]]:
    groups = body.get("filterGroups")
    if not isinstance(groups, list) or len(groups) > MAX_GROUPS:
        raise BadSearch(f"filterGroups must be a list of {MAX_GROUPS} at most")
    found = [group.get("filters") for group in groups if isinstance(group, dict)]
    lists = [filters for filters in found if isinstance(filters, list)]
    if len(lists) != len(groups) or not all(0 < len(each) <= MAX_FILTERS for each in lists):
        raise BadSearch(f"a group has 1 to {MAX_FILTERS} filters")
    if sum(map(len, lists)) > MAX_TOTAL:
        raise BadSearch(f"a search has {MAX_TOTAL} filters at most")
    return lists


def _sort(body: Mapping[str, object]) -> tuple[str, bool]:
    sorts = body.get("sorts")
    if not isinstance(sorts, list) or not sorts:
        return "hs_object_id", False
    if len(sorts) > 1 or not isinstance(sorts[0], dict):
        raise BadSearch("only one sort is supported")
    return str(sorts[0].get("propertyName")), sorts[0].get("direction") == "DESCENDING"


def _count(body: Mapping[str, object], name: str, default: int) -> int:
    text = str(body.get(name, default))
    if not text.isdigit():
        raise BadSearch(f"{name} must be a number")
    return int(text)
