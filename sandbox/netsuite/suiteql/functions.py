"""The functions of the SuiteQL subset, each written as SQLite SQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sandbox.netsuite.errors import invalid_query
from sandbox.netsuite.schema import TABLES, Kind
from sandbox.netsuite.suiteql.kinds import (
    TIMES,
    as_number,
    common_kind,
    not_supported,
    to_kind,
    unified,
)
from sandbox.netsuite.suiteql.scope import Setting, Typed
from sandbox.netsuite.wallclock import DAY

Args = Sequence[Typed]
Function = Callable[[Args, Setting], Typed]

_NATIVE = {"YYYY": "%Y", "MM": "%m", "DD": "%d", "HH24": "%H", "MI": "%M", "SS": "%S"}
_NATIVE_FORMAT = re.compile(r"(?:YYYY|HH24|MM|DD|MI|SS|[-/:. ])+")


def _coalesce(args: Args, _: Setting) -> Typed:
    pieces, kind = unified(args)
    return Typed(f"COALESCE({', '.join(pieces)})", kind)


def _nvl2(args: Args, _: Setting) -> Typed:
    pieces, kind = unified(args[1:])
    return Typed(f"CASE WHEN {args[0].sql} IS NOT NULL THEN {pieces[0]} ELSE {pieces[1]} END", kind)


def _decode(args: Args, _: Setting) -> Typed:
    subject, rest = args[0], list(args[1:])
    default = rest.pop() if len(rest) % 2 else Typed("NULL", Kind.TEXT, loose=True)
    keys, results = rest[0::2], rest[1::2]
    kind = common_kind([*results, default])
    compare = common_kind([subject, *keys])
    left = to_kind(subject, compare).sql
    arms = "".join(
        f" WHEN {left} IS {to_kind(key, compare).sql} THEN {to_kind(result, kind).sql}"
        for key, result in zip(keys, results, strict=True)
    )
    return Typed(f"CASE{arms} ELSE {to_kind(default, kind).sql} END", kind)


def _to_char(args: Args, _: Setting) -> Typed:
    subject = args[0]
    if subject.kind not in TIMES:
        if len(args) > 1:
            raise not_supported("TO_CHAR of a number with a format")
        return to_kind(Typed(subject.sql, subject.kind), Kind.TEXT)
    if len(args) < 2 or args[1].constant is None:
        raise invalid_query("Search error occurred: TO_CHAR of a date needs a literal format.")
    form = args[1].constant
    if _NATIVE_FORMAT.fullmatch(form):
        native = re.sub("YYYY|HH24|MM|DD|MI|SS", lambda m: _NATIVE[m.group()], form)
        return Typed(f"strftime('{native}', {subject.sql}, 'unixepoch')", Kind.TEXT)
    return Typed(f"ns_to_char({subject.sql}, {args[1].sql})", Kind.TEXT)


def _to_date(args: Args, setting: Setting) -> Typed:
    form = args[1].sql if len(args) > 1 else f"'{setting.date_format}'"
    text = to_kind(Typed(args[0].sql, args[0].kind), Kind.TEXT).sql
    return Typed(f"ns_to_date({text}, {form})", Kind.DATETIME)


def _trunc(args: Args, _: Setting) -> Typed:
    subject = args[0]
    if subject.kind not in TIMES:
        places = as_number(args[1]) if len(args) > 1 else "0"
        return Typed(f"ns_trunc({as_number(subject)}, {places})", Kind.NUMBER)
    unit = (args[1].constant or "").upper() if len(args) > 1 else "DD"
    day = f"({subject.sql} - {subject.sql} % {DAY})"
    starts = {"MM": "start of month", "MONTH": "start of month", "YYYY": "start of year"}
    if unit in ("DD", "DDD", "J"):
        return Typed(day, Kind.DATE)
    if unit not in starts:
        raise not_supported(f"TRUNC of a date to '{unit}'")
    start = f"strftime('%s', {day}, 'unixepoch', '{starts[unit]}')"
    return Typed(f"CAST({start} AS INTEGER)", Kind.DATE)


def _add_months(args: Args, _: Setting) -> Typed:
    return Typed(f"ns_add_months({args[0].sql}, {as_number(args[1])})", args[0].kind)


def _same_kind(name: str) -> Function:
    def write(args: Args, _: Setting) -> Typed:
        pieces, kind = unified(args)
        return Typed(f"{name}({', '.join(pieces)})", kind)

    return write


def _aggregate(name: str) -> Function:
    def write(args: Args, _: Setting) -> Typed:
        kind = args[0].kind
        sql = args[0].sql if kind in (Kind.MONEY, *TIMES) else as_number(args[0])
        if name in ("MIN", "MAX"):
            sql = args[0].sql
        result = kind if kind in (Kind.MONEY, *TIMES) or name in ("MIN", "MAX") else Kind.NUMBER
        written = f"{name}({sql})"
        if name == "AVG" and kind is Kind.MONEY:
            written = f"CAST(ROUND({written}) AS INTEGER)"
        return Typed(written, result)

    return write


def _text(name: str, *, result: Kind = Kind.TEXT) -> Function:
    def write(args: Args, _: Setting) -> Typed:
        first = to_kind(Typed(args[0].sql, args[0].kind), Kind.TEXT).sql
        return Typed(f"{name}({', '.join([first, *(a.sql for a in args[1:])])})", result)

    return write


def _numeric(name: str) -> Function:
    def write(args: Args, _: Setting) -> Typed:
        return Typed(f"{name}({', '.join(as_number(a) for a in args)})", Kind.NUMBER)

    return write


def _nullif(args: Args, _: Setting) -> Typed:
    pieces, kind = unified(args)
    return Typed(f"NULLIF({pieces[0]}, {pieces[1]})", kind)


def _abs(args: Args, _: Setting) -> Typed:
    if args[0].kind is Kind.MONEY:
        return Typed(f"ABS({args[0].sql})", Kind.MONEY)
    return Typed(f"ABS({as_number(args[0])})", Kind.NUMBER)


FUNCTIONS: dict[str, tuple[int, int, Function]] = {
    "NVL": (2, 2, _coalesce),
    "COALESCE": (2, 50, _coalesce),
    "NVL2": (3, 3, _nvl2),
    "NULLIF": (2, 2, _nullif),
    "DECODE": (3, 200, _decode),
    "TO_CHAR": (1, 2, _to_char),
    "TO_DATE": (1, 2, _to_date),
    "TO_TIMESTAMP": (2, 2, _to_date),
    "TO_NUMBER": (1, 1, lambda args, _: Typed(as_number(args[0]), Kind.NUMBER)),
    "TRUNC": (1, 2, _trunc),
    "ADD_MONTHS": (2, 2, _add_months),
    "GREATEST": (2, 50, _same_kind("MAX")),
    "LEAST": (2, 50, _same_kind("MIN")),
    "SUM": (1, 1, _aggregate("SUM")),
    "AVG": (1, 1, _aggregate("AVG")),
    "MIN": (1, 1, _aggregate("MIN")),
    "MAX": (1, 1, _aggregate("MAX")),
    "UPPER": (1, 1, _text("UPPER")),
    "LOWER": (1, 1, _text("LOWER")),
    "TRIM": (1, 1, _text("TRIM")),
    "SUBSTR": (2, 3, _text("SUBSTR")),
    "REPLACE": (3, 3, _text("REPLACE")),
    "INSTR": (2, 2, _text("INSTR", result=Kind.NUMBER)),
    "LENGTH": (1, 1, _text("LENGTH", result=Kind.NUMBER)),
    "ABS": (1, 1, _abs),
    "ROUND": (1, 2, _numeric("ROUND")),
    "MOD": (2, 2, _numeric("ns_mod")),
    "CEIL": (1, 1, _numeric("ns_ceil")),
    "FLOOR": (1, 1, _numeric("ns_floor")),
}


def call(name: str, args: Args, setting: Setting) -> Typed:
    """A function call. Raises Refusal for an unknown name or a wrong number of arguments."""
    known = FUNCTIONS.get(name)
    if known is None:
        raise invalid_query(f"Search error occurred: Unknown function '{name}'.")
    fewest, most, write = known
    if not fewest <= len(args) <= most:
        raise invalid_query(f"Search error occurred: Wrong number of arguments of '{name}'.")
    return write(args, setting)


def display(piece: Typed) -> Typed:
    """BUILTIN.DF: the text a person would see for a value."""
    column = piece.origin
    if column is None:
        return to_kind(piece, Kind.TEXT) if piece.kind not in TIMES else piece
    if column.name == "status":
        return Typed(f'ns_status("{piece.alias}"."type", {piece.sql})', Kind.TEXT)
    if column.kind is Kind.BOOL:
        return Typed(f"CASE {piece.sql} WHEN 'T' THEN 'Yes' WHEN 'F' THEN 'No' END", Kind.TEXT)
    if column.references:
        shown = TABLES[column.references].display
        where = " ".join(("FROM", f'"{column.references}"', "r WHERE r.id =", piece.sql))
        return Typed(f'(SELECT r."{shown}" {where})', Kind.TEXT)
    return to_kind(piece, Kind.TEXT) if piece.kind not in TIMES else piece


def compound_status(piece: Typed) -> Typed:
    """BUILTIN.CF of a status: `CustInvc:A`."""
    if piece.origin is None or piece.origin.name != "status":
        raise not_supported("BUILTIN.CF of anything but a transaction's status")
    return Typed(f'("{piece.alias}"."type" || \':\' || {piece.sql})', Kind.TEXT)
