"""A row of a table, asked by what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass

from sources.bank.csv_mapping import CsvMapping


@dataclass(frozen=True, slots=True)
class Row:
    """One row and the line it stands in."""

    line: int
    cells: tuple[str, ...]
    mapping: CsvMapping | None

    def one(self, role: str) -> str:
        """The cell of a role, blank where no column has it."""
        return next(iter(self.every(role)), "")

    def every(self, role: str) -> list[str]:
        """All that the columns of a role say."""
        places = self.mapping.all(role) if self.mapping else []
        return [self.cells[place] for place in places if self.cells[place]]
