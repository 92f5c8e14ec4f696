"""What every revenue report is made of: tables of cells; a figure knows which lines it adds up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.ledger.money import Money

Value = str | int | date | Money | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value. `opens` is the narrowing under which its lines are listed, `href` a page of ours."""

    value: Value = None
    opens: Mapping[str, str] | None = None
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; numbers stand right."""

    key: str
    title: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row. The first cell names it; a `total` row adds up those above."""

    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind. `more` are rows that exist and are told together as "others"."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    empty: str = "Nothing fits."
    next: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it stands. `mode` is who posts revenue; `told` says what was asked."""

    key: str
    title: str
    mode: str
    told: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    empty: str = ""
    warnings: tuple[str, ...] = field(default_factory=tuple)

    @property
    def holds(self) -> bool:
        """Whether there is any row."""
        return any(table.rows for table in self.tables)

    @property
    def next(self) -> str:
        """Where the next page begins, "" on the last one."""
        return next((table.next for table in self.tables if table.next), "")


def heads(*titles: str, numbers: Sequence[str] = ()) -> tuple[Column, ...]:
    """Columns by title, texts first."""
    plain = [Column(_key(title), title) for title in titles]
    return (*plain, *(Column(_key(title), title, number=True) for title in numbers))


def _key(title: str) -> str:
    return "_".join("".join(c if c.isalnum() else " " for c in title.lower()).split())


def summed(rows: Iterable[Row], title: str, columns: Sequence[Column]) -> list[Row]:
    """A total for each currency among the money of `rows`."""
    found: dict[str, dict[int, int]] = {}
    for row in rows:
        for place, cell in enumerate(row.cells):
            if isinstance(cell.value, Money) and columns[place].number:
                sums = found.setdefault(cell.value.currency, {})
                sums[place] = sums.get(place, 0) + cell.value.minor
    return [
        Row(
            tuple(
                Cell(f"{title} {currency}")
                if place == 0
                else Cell(Money(sums[place], currency))
                if place in sums
                else Cell()
                for place in range(len(columns))
            ),
            total=True,
        )
        for currency, sums in sorted(found.items())
    ]
