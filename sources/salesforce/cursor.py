"""Where reading of changes stands: kept after each page, so that a stop loses nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from sources.salesforce.rest.wire import stamp_of, stamp_text
from sources.salesforce.values import NotWon

_MOST_MARKS = 40
_STREAM = re.compile(r"[a-z_]{1,40}")
_ID = re.compile(r"(?:[A-Za-z0-9]{18})?")


class InvalidCursor(ValueError):
    """A stored cursor is not one of ours."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far one stream of changes is read: all up to (`stamp`, `after_id`).

    `begun_at` is Salesforce's time when the pass that stands here began; None between passes.
    """

    stream: str
    stamp: datetime
    after_id: str = ""
    begun_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """One mark for each stream; a stream without one begins at `starts_at`."""

    starts_at: datetime
    marks: tuple[Mark, ...] = ()

    @classmethod
    def starting(cls, at: datetime) -> Self:
        """Everything that changed since `at`."""
        return cls(at.astimezone(UTC).replace(microsecond=0))

    def mark(self, stream: str) -> Mark:
        found = next((mark for mark in self.marks if mark.stream == stream), None)
        return found or Mark(stream, self.starts_at)

    def moved(self, mark: Mark) -> Self:
        """The cursor with this stream at `mark`."""
        others = tuple(m for m in self.marks if m.stream != mark.stream)
        return type(self)(self.starts_at, (*others, mark))

    def payload(self) -> dict[str, object]:
        """The cursor as JSON for `from_payload`."""
        marks = [
            [
                m.stream,
                stamp_text(m.stamp),
                m.after_id,
                stamp_text(m.begun_at) if m.begun_at else "",
            ]
            for m in self.marks
        ]
        return {"version": 1, "starts_at": stamp_text(self.starts_at), "marks": marks}

    @classmethod
    def from_payload(cls, payload: Mapping[str, object]) -> Self:
        """What `payload` wrote. Raises InvalidCursor."""
        try:
            if payload["version"] != 1:
                raise InvalidCursor(f"version {payload['version']!r}")
            return cls(stamp_of(str(payload["starts_at"])), _marks(payload["marks"]))
        except (ValueError, KeyError, TypeError) as error:
            raise InvalidCursor(f"{type(error).__name__} {error}"[:200]) from None


@dataclass(frozen=True, slots=True)
class Page:
    """Opportunities to read again, each once, and the cursor to keep when that is done.

    `open` are those of them that are not won, as the rows of the page say.
    """

    deal_ids: tuple[str, ...]
    cursor: Cursor
    open: tuple[NotWon, ...] = ()


def _marks(raw: object) -> tuple[Mark, ...]:
    if not isinstance(raw, list) or len(raw) > _MOST_MARKS:
        raise InvalidCursor("the marks are no list")
    marks = []
    for stream, stamp, after_id, begun_at in raw:
        if not _STREAM.fullmatch(stream) or not _ID.fullmatch(after_id):
            raise InvalidCursor("a mark is not written like one")
        begun = stamp_of(begun_at) if begun_at else None
        marks.append(Mark(stream, stamp_of(stamp), after_id, begun))
    if len({mark.stream for mark in marks}) != len(marks):
        raise InvalidCursor("a stream has two marks")
    return tuple(marks)
