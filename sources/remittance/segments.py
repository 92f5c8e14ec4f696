"""ASC X12 text cut into segments, by the separators that its first segment names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sources.arrived import RefusedFile

_MOST_SEGMENTS = 100_000
_NAME = re.compile(r"[A-Z][A-Z0-9]{1,2}")
_BARE_START = re.compile(r"\s*(ISA|GS|ST|BPR|TRN|ENT|RMR|N1|REF|DTM)([^A-Za-z0-9\s])")
_ELEMENTS_OF_ISA = 16


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its name, its elements from 01 on, and the line it begins on (from 1)."""

    name: str
    elements: tuple[str, ...]
    line: int

    def at(self, position: int) -> str:
        """The element with this number, as in BPR02; empty when it is left out."""
        return self.elements[position - 1].strip() if position <= len(self.elements) else ""


def segments_of(text: str) -> tuple[Segment, ...] | RefusedFile:
    """The segments of an interchange, or of a piece of one without its envelope.

    In the addenda of ACH payments a backslash ends a segment.
    """
    start = _BARE_START.match(text)
    if start is None:
        return RefusedFile(1, "This does not begin with a segment of X12.")
    if start[1] == "ISA":
        marks = _marks_of_isa(text[start.start(1) :])
        if marks is None:
            return RefusedFile(1, "The ISA segment is cut off.")
    else:
        marks = (start[2], _end_mark(text, start[2]))
    separator, end = marks
    return _cut(text, separator, end)


def _marks_of_isa(text: str) -> tuple[str, str] | None:
    """ISA16 is one character; the one after it ends every segment."""
    separator = text[3]
    pieces = text.split(separator, _ELEMENTS_OF_ISA)
    if len(pieces) <= _ELEMENTS_OF_ISA or len(pieces[-1]) < 2 or separator.isspace():
        return None
    end = pieces[-1][1]
    return None if end.isalnum() or end == separator else (separator, end)


def _end_mark(text: str, separator: str) -> str:
    return next((mark for mark in ("\\", "~", "'") if mark in text and mark != separator), "\n")


def _cut(text: str, separator: str, end: str) -> tuple[Segment, ...] | RefusedFile:
    found: list[Segment] = []
    line = 1
    for piece in text.split(end):
        lead = piece[: len(piece) - len(piece.lstrip())]
        begins = line + lead.count("\n")
        line += piece.count("\n") + (end == "\n")
        words = piece.strip().split(separator)
        if not piece.strip():
            continue
        if not _NAME.fullmatch(words[0].strip()):
            return RefusedFile(begins, f"{words[0][:20]!r} is no segment name.")
        found.append(Segment(words[0].strip(), tuple(words[1:]), begins))
        if len(found) > _MOST_SEGMENTS:
            return RefusedFile(begins, "The file has too many segments.")
    return tuple(found)
