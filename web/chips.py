"""Filters that live in the address: the address of a view with some of them changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class View:
    """A page's path and the filters in force; called with changes it gives the changed address."""

    path: str
    filters: Mapping[str, str]

    def __call__(self, **changes: object) -> str:
        kept = {k: v for k, v in {**self.filters, **changes}.items() if v}
        return self.path + (f"?{urlencode(kept)}" if kept else "")

    def query(self) -> str:
        """The filters in force as a query string, without the question mark."""
        return urlencode({k: v for k, v in self.filters.items() if v})
