"""Names in a query: which table or subquery a column comes from, and what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sandbox.netsuite.errors import invalid_query
from sandbox.netsuite.schema import Column, Kind, Table


@dataclass(frozen=True, slots=True)
class Typed:
    """A piece of SQLite SQL and what it yields. Money is in thousandths.

    `loose` pieces (literals, parameters) take the kind of what they meet; `constant` is the text
    of a literal. `origin` is the table column behind a plain reference, for display texts.
    """

    sql: str
    kind: Kind
    loose: bool = False
    constant: str | None = None
    origin: Column | None = None
    alias: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a query runs under: the wall clock in seconds and the account's date format."""

    now: int
    date_format: str
    unseen: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    cap: int = 100_000


class Source(Protocol):
    """Something in FROM."""

    @property
    def alias(self) -> str: ...

    def column(self, name: str) -> Typed | None: ...

    def star(self) -> Iterator[tuple[str, Typed]]: ...


@dataclass(frozen=True, slots=True)
class TableSource:
    """A table of the schema under an alias."""

    alias: str
    table: Table
    now: int
    absent: frozenset[str] = frozenset()

    def column(self, name: str) -> Typed | None:
        found = self.table.column(name)
        if found and found.references in self.absent:
            return None
        return self._typed(found) if found else None

    def star(self) -> Iterator[tuple[str, Typed]]:
        for column in self.table.columns:
            if not column.hidden and column.in_star and column.references not in self.absent:
                yield column.name, self._typed(column)

    def _typed(self, column: Column) -> Typed:
        if column.formula:
            sql = column.formula.format(t=f'"{self.alias}"', now=self.now)
        else:
            sql = f'"{self.alias}"."{column.name}"'
        if column.scale:
            sql = f'({sql} * "{self.alias}"."{column.scale}")'
        return Typed(sql, column.kind, origin=column, alias=self.alias)


@dataclass(frozen=True, slots=True)
class QuerySource:
    """A subquery in FROM under an alias."""

    alias: str
    columns: Mapping[str, Typed]

    def column(self, name: str) -> Typed | None:
        found = self.columns.get(name)
        return self._typed(name, found) if found else None

    def star(self) -> Iterator[tuple[str, Typed]]:
        for name, column in self.columns.items():
            yield name, self._typed(name, column)

    def _typed(self, name: str, column: Typed) -> Typed:
        return Typed(f'"{self.alias}"."{name}"', column.kind)


@dataclass(slots=True)
class Scope:
    """The sources of one SELECT, inside those of the query around it."""

    setting: Setting
    outer: Scope | None = None
    sources: list[Source] = field(default_factory=list)

    def add(self, source: Source) -> None:
        """Make a source's columns known. Raises Refusal for a second use of its alias."""
        if any(known.alias == source.alias for known in self.sources):
            raise invalid_query(f"Search error occurred: Duplicate alias '{source.alias}'.")
        self.sources.append(source)

    def source(self, alias: str) -> Source | None:
        """The source of that alias, here or further out."""
        for known in self.sources:
            if known.alias == alias:
                return known
        return self.outer.source(alias) if self.outer else None

    def find(self, name: str, alias: str) -> Typed | None:
        """A column by name and perhaps alias. Raises Refusal when two sources have it."""
        if alias:
            source = self.source(alias)
            return source.column(name) if source else None
        found = [c for c in (source.column(name) for source in self.sources) if c]
        if len(found) > 1:
            raise invalid_query(
                f"Search error occurred: Field '{name}' is ambiguous: qualify it with a table."
            )
        if found:
            return found[0]
        return self.outer.find(name, alias) if self.outer else None
