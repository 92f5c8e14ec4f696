"""Which columns a grouped query may show: those it groups by, and aggregates."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from sandbox.netsuite.errors import invalid_query

AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG")


def aggregates(nodes: Iterable[exp.Expr]) -> bool:
    """Whether any expression aggregates rows."""
    return any(_is_aggregate(call) for node in nodes for call in node.find_all(exp.Anonymous))


def check_grouping(select: exp.Select) -> None:
    """Raises Refusal for a column that is neither grouped nor aggregated."""
    group = select.args.get("group")
    shown = list(select.expressions)
    if group is None and not aggregates(shown):
        return
    keys = [_text(node) for node in (group.expressions if group else [])]
    having = select.args.get("having")
    for node in [*shown, *([having.this] if having else [])]:
        _check(node.this if isinstance(node, exp.Alias) else node, keys)


def _check(node: exp.Expr, keys: list[str]) -> None:
    if _text(node) in keys or _is_aggregate(node) or isinstance(node, exp.Subquery):
        return
    if isinstance(node, exp.Star) or (isinstance(node, exp.Column) and not _is_now(node)):
        if any(key.rpartition(".")[2] == _text(node).rpartition(".")[2] for key in keys):
            return
        raise invalid_query(
            f"Search error occurred: Invalid or unsupported search: '{node.sql()}' is not a"
            " GROUP BY expression."
        )
    for child in node.iter_expressions():
        if not isinstance(child, exp.Identifier):
            _check(child, keys)


def _is_aggregate(node: exp.Expr) -> bool:
    if not isinstance(node, exp.Anonymous) or isinstance(node.parent, exp.Window):
        return False
    return str(node.this).upper() in AGGREGATES


def _is_now(node: exp.Expr) -> bool:
    return node.name.upper() in ("SYSDATE", "CURRENT_DATE", "SYSTIMESTAMP", "CURRENT_TIMESTAMP")


def _text(node: exp.Expr) -> str:
    return str(node.sql()).lower()
