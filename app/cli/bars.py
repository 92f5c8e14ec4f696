"""Bars on the terminal for what is read in streams."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

Heard = Callable[[str, int], None]
_COUNTED: Mapping[str, tuple[str, ...]] = {
    "documents": ("invoices", "payments", "credit memos"),
    "applications": (),
    "lines": (),
}


@contextmanager
def bars(known: Mapping[str, int]) -> Generator[Heard]:
    """A bar per stream. `known` rows of an earlier read say about how long each will be."""
    columns = (
        TextColumn("{task.description:<14}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("rows"),
        TimeElapsedColumn(),
    )
    with Progress(*columns) as shown:
        streams = _Streams(shown, known)
        yield streams.heard
        streams.finish()


def quiet(stream: str, rows: int) -> None:
    """Nobody watches."""
    del stream, rows


class _Streams:
    def __init__(self, shown: Progress, known: Mapping[str, int]) -> None:
        self._shown = shown
        self._known = known
        self._tasks: dict[str, TaskID] = {}

    def heard(self, stream: str, rows: int) -> None:
        if stream not in self._tasks:
            self.finish()
            expected = _expected(stream, self._known)
            self._tasks[stream] = self._shown.add_task(stream, total=expected)
        self._shown.update(self._tasks[stream], completed=rows)

    def finish(self) -> None:
        """Streams are read one after another: those before are done."""
        for task in self._shown.tasks:
            self._shown.update(task.id, total=task.completed)


def _expected(stream: str, known: Mapping[str, int]) -> int | None:
    """About how many rows a stream has; None, a moving bar, when nobody knows."""
    names = _COUNTED.get(stream, (stream,))
    return sum(known.get(name, 0) for name in names) or None
