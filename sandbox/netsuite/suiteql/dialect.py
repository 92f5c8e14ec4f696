"""Reading SuiteQL text into a syntax tree, functions kept by name."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import sqlglot
from sqlglot import exp
from sqlglot.dialects.oracle import Oracle
from sqlglot.errors import SqlglotError
from sqlglot.parsers.oracle import OracleParser

from sandbox.netsuite.errors import invalid_query

_LONGEST = 100_000
_PIECES = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/|\?", re.DOTALL)
_NO_PARENS = OracleParser.NO_PAREN_FUNCTION_PARSERS


class SuiteQl(Oracle):
    """Oracle's grammar with every function call left as name and arguments."""

    class Parser(OracleParser):
        FUNCTIONS: ClassVar[dict[str, Any]] = {}
        FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {}
        NO_PAREN_FUNCTIONS: ClassVar[dict[Any, Any]] = {}
        NO_PAREN_FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {"CASE": _NO_PARENS["CASE"]}


def parse(text: str) -> tuple[exp.Select | exp.SetOperation, int]:
    """The query and how many `?` it has (they become `:p1`, `:p2`, ...). Raises Refusal."""
    if len(text) > _LONGEST:
        raise invalid_query("Search error occurred: the query is too long.")
    numbered, marks = _number_marks(text)
    try:
        statements = sqlglot.parse(numbered.rstrip().rstrip(";"), read=SuiteQl)
    except (SqlglotError, RecursionError) as error:
        raise invalid_query("Search error occurred: Invalid or unsupported search") from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Select | exp.SetOperation):
        raise invalid_query("Search error occurred: Invalid or unsupported search")
    return statements[0], marks


def _number_marks(text: str) -> tuple[str, int]:
    marks = 0

    def number(found: re.Match[str]) -> str:
        nonlocal marks
        if found.group() != "?":
            return found.group()
        marks += 1
        return f":p{marks}"

    return _PIECES.sub(number, text), marks
