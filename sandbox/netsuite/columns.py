"""How the tables of the NetSuite-shaped ERP are described: columns, kinds, storage.

Storage conventions: money is whole minor units of the row's currency and `_scale` / `_basescale`
are thousandths per minor unit; dates and times are whole seconds since 1970 on the account's wall
clock. Columns that begin with an underscore are invisible to SuiteQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a SuiteQL value is; decides how it is compared, computed with and printed."""

    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"
    BOOL = "bool"
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `references` names the table its ids point to; `scale` the money scale column.

    `formula` makes it computed: `{t}` is the row's alias, `{now}` the wall clock in seconds.
    """

    name: str
    kind: Kind
    references: str = ""
    scale: str = ""
    formula: str = ""
    in_star: bool = True

    @property
    def hidden(self) -> bool:
        return self.name.startswith("_")


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `display` is the column BUILTIN.DF shows for ids that point here."""

    name: str
    columns: tuple[Column, ...]
    display: str = ""
    indexes: tuple[str, ...] = ()
    keyed: bool = True

    def column(self, name: str) -> Column | None:
        """The visible column of that lower-case name."""
        return next((c for c in self.columns if c.name == name and not c.hidden), None)

    def ddl(self) -> list[str]:
        """Statements that create the table and its indexes."""
        parts = [_storage(c, keyed=self.keyed) for c in self.columns if not c.formula]
        made = [f'CREATE TABLE IF NOT EXISTS "{self.name}" ({", ".join(parts)})']
        for number, index in enumerate(self.indexes):
            unique = "UNIQUE " if index.startswith("!") else ""
            columns = ", ".join(f'"{name}"' for name in index.lstrip("!").split(", "))
            made.append(
                f"CREATE {unique}INDEX IF NOT EXISTS ix_{self.name}_{number}"
                f' ON "{self.name}" ({columns})'
            )
        return made


_TEXTUAL = (Kind.TEXT, Kind.BOOL)


def _storage(column: Column, *, keyed: bool) -> str:
    if column.name == "id" and keyed:
        return '"id" INTEGER PRIMARY KEY'
    return f'"{column.name}" {"TEXT" if column.kind in _TEXTUAL else "INTEGER"}'


def columns(spec: str, *computed: Column) -> tuple[Column, ...]:
    """Read `name:kind[>table][*scale][-]` words; a trailing `-` keeps the column out of `*`."""
    made = []
    for word in spec.split():
        name, _, rest = word.partition(":")
        in_star = not rest.endswith("-")
        rest, _, scale = rest.rstrip("-").partition("*")
        kind, _, references = rest.partition(">")
        made.append(Column(name, _KINDS[kind], references, scale, in_star=in_star))
    return (*made, *computed)


_KINDS = {
    "n": Kind.NUMBER,
    "m": Kind.MONEY,
    "t": Kind.TEXT,
    "b": Kind.BOOL,
    "d": Kind.DATE,
    "dt": Kind.DATETIME,
}
