"""Bringing pieces of SQL to one kind before they are compared, added or chosen between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sandbox.netsuite.errors import Refusal, invalid_query
from sandbox.netsuite.schema import Kind
from sandbox.netsuite.suiteql.scope import Typed

TIMES = (Kind.DATE, Kind.DATETIME)
TEXTS = (Kind.TEXT, Kind.BOOL)


def not_supported(what: str) -> Refusal:
    """A construct outside the subset this sandbox knows."""
    return invalid_query(f"Search error occurred: {what} is not supported by this sandbox.")


def as_number(piece: Typed) -> str:
    """SQL of a plain number."""
    if piece.kind in TIMES:
        raise invalid_query("Search error occurred: a date is used as a number.")
    if piece.kind is Kind.MONEY:
        return f"({piece.sql} / 1000.0)"
    if piece.kind is Kind.NUMBER and not piece.sql.startswith(":"):
        return piece.sql
    return f"CAST({piece.sql} AS NUMERIC)"


def to_kind(piece: Typed, kind: Kind) -> Typed:
    """`piece` as `kind`. Raises Refusal where Oracle would need TO_DATE."""
    if piece.kind is kind and not piece.loose:
        return piece
    if kind is Kind.MONEY:
        return Typed(_as_money(piece), Kind.MONEY)
    if kind is Kind.NUMBER:
        return Typed(as_number(piece), Kind.NUMBER)
    if kind in TEXTS:
        return _as_text(piece)
    if piece.kind in TIMES:
        return piece
    if piece.sql == "NULL":
        return replace(piece, kind=kind)
    raise invalid_query("Search error occurred: a text is compared with a date: use TO_DATE.")


def _as_money(piece: Typed) -> str:
    if piece.kind is Kind.MONEY or piece.sql == "NULL":
        return piece.sql
    return f"CAST(ROUND({as_number(piece)} * 1000) AS INTEGER)"


def _as_text(piece: Typed) -> Typed:
    if piece.kind in TEXTS or piece.sql == "NULL":
        return piece
    if piece.kind in TIMES:
        raise invalid_query("Search error occurred: a date is compared with a text: use TO_CHAR.")
    if piece.kind is Kind.MONEY:
        return Typed(f"ns_plain({piece.sql}, 1000)", Kind.TEXT)
    return Typed(f"CAST({piece.sql} AS TEXT)", Kind.TEXT)


def common_kind(pieces: Sequence[Typed]) -> Kind:
    """The kind several pieces agree on: the first firm one, money before number."""
    firm = [piece.kind for piece in pieces if not piece.loose]
    if Kind.MONEY in firm:
        return Kind.MONEY
    if Kind.DATETIME in firm:
        return Kind.DATETIME
    return (firm or [piece.kind for piece in pieces if piece.sql != "NULL"] or [Kind.TEXT])[0]


def unified(pieces: Sequence[Typed]) -> tuple[list[str], Kind]:
    """The SQL of pieces brought to their common kind."""
    kind = common_kind(pieces)
    return [to_kind(piece, kind).sql for piece in pieces], kind
