"""How many rows are left in a walk by keyset pages, without counting them again."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

_MOST = 64


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of `total` rows: its keys in order; `tied` when the last one goes on after it."""

    version: int
    total: int
    keys: tuple[str, ...]
    tied: bool


@dataclass(slots=True)
class Walks:
    """The last page of each query that is being walked. `version` moves with every change."""

    _pages: dict[Hashable, _Page] = field(default_factory=dict)

    def keep(
        self, query: Hashable, version: int, total: int, keys: Sequence[object], *, tied: bool
    ) -> None:
        """Remember a page."""
        if len(self._pages) >= _MOST:
            self._pages.clear()
        self._pages[query] = _Page(version, total, tuple(map(str, keys)), tied)

    def left_after(self, query: Hashable, version: int, key: str) -> int | None:
        """Rows above a key of the page kept last; None when that cannot be told."""
        page = self._pages.get(query)
        if page is None or page.version != version or key not in page.keys:
            return None
        last = len(page.keys) - 1 - page.keys[::-1].index(key)
        if page.tied and last == len(page.keys) - 1:
            return None
        return page.total - last - 1
