"""Files with one JSON object a line, as strangers send them: a line is an object or a problem."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_CHARACTERS = 5_000_000


class UnreadableFile(ValueError):
    """A whole file cannot be read as lines of JSON; the message says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number from 1: an object, or `problem` says what it is instead."""

    number: int
    text: str
    value: dict[str, Any]
    problem: str = ""


def lines_of(path: str | Path) -> Iterator[Line]:
    """Every line that is not blank. Raises UnreadableFile; a file without lines is one, too."""
    text = text_of(path)
    if not text.strip():
        raise UnreadableFile("it is empty; one JSON object a line is expected")
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _line(number, line.strip())


def whole(path: str | Path) -> Any:
    """A file that is one JSON value, its numbers as text. Raises UnreadableFile."""
    text = text_of(path)
    if not text.strip():
        raise UnreadableFile("it is empty; JSON is expected")
    try:
        return json.loads(text, parse_float=str, parse_int=str)
    except RecursionError as error:
        raise UnreadableFile("it is nested too deeply") from error
    except ValueError as error:
        raise UnreadableFile(f"it is no JSON: {str(error)[:100]}") from error


def text_of(path: str | Path) -> str:
    """The text of a file. Raises UnreadableFile."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableFile((error.strerror or str(error)).casefold()) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"it is not text in UTF-8 (byte {error.start})") from error


def _line(number: int, text: str) -> Line:
    if len(text) > MOST_CHARACTERS:
        words = f"it is longer than {MOST_CHARACTERS:,} characters"
        return Line(number, "", {}, words)
    try:
        value = json.loads(text)
    except RecursionError:
        return Line(number, text, {}, "it is nested too deeply")
    except ValueError as error:
        return Line(number, text, {}, f"it is no JSON: {str(error)[:100]}")
    if not isinstance(value, dict):
        return Line(number, text, {}, "it is no JSON object; one record a line is expected")
    return Line(number, text, value)
