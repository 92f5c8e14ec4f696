"""A process of its own that opens one hostile file and writes what it says as JSON.

`python -m sources.remittance.extracting pdf|xlsx` reads the file from its standard input. It
bounds its own memory and processor time before it touches a byte.
"""

from __future__ import annotations

import io
import json
import resource
import statistics
import sys
from typing import Any

_MEMORY, _CPU_SECONDS = 768 * 1024 * 1024, 10
_MOST_PAGES, _MOST_CHARACTERS = 30, 200_000
_SMALLEST_TYPE = 4
_WHITE = ((1,), (1, 1, 1), (0, 0, 0, 0), 1)


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def pdf_lines(body: bytes) -> dict[str, Any]:
    """The visible lines of a PDF, columns kept apart by blanks; or why there are none."""
    import pdfplumber

    lines: list[str] = []
    with pdfplumber.open(io.BytesIO(body)) as document:
        if len(document.pages) > _MOST_PAGES:
            return {"problem": f"The PDF has more than {_MOST_PAGES} pages."}
        for page in document.pages:
            words = page.filter(_visible).extract_words(
                x_tolerance_ratio=0.25, keep_blank_chars=False, use_text_flow=False
            )
            lines += _lines(words)
            page.close()
            if sum(map(len, lines)) > _MOST_CHARACTERS:
                return {"problem": "The PDF has too much text for an advice."}
    if not any(line.strip() for line in lines):
        return {"problem": "The PDF has no text: it is a scan or a picture."}
    return {"lines": lines}


def _visible(thing: dict[str, Any]) -> bool:
    """Whether somebody who looks at the page sees this: not tiny, not white."""
    if thing.get("object_type") != "char":
        return True
    colour = thing.get("non_stroking_color")
    colour = tuple(colour) if isinstance(colour, list | tuple) else colour
    return thing.get("size", 0) >= _SMALLEST_TYPE and colour not in _WHITE


def _lines(words: list[dict[str, Any]]) -> list[str]:
    """Words to lines; a gap wider than a letter is a new column and at least three blanks."""
    rows: dict[int, list[dict[str, Any]]] = {}
    for word in sorted(words, key=lambda w: (w["bottom"], w["x0"])):
        near = next((y for y in rows if abs(y - word["bottom"]) <= 3), None)
        rows.setdefault(round(word["bottom"]) if near is None else near, []).append(word)
    widths = [(w["x1"] - w["x0"]) / max(len(w["text"]), 1) for w in words]
    letter = max(statistics.median(widths), 1) if widths else 1
    return [_line(sorted(row, key=lambda w: w["x0"]), letter) for _, row in sorted(rows.items())]


def _line(row: list[dict[str, Any]], letter: Any) -> str:
    text, end = "", None
    for word in row:
        gap = word["x0"] - end if end is not None else letter * 2
        column = int(word["x0"] / letter * 1.5)
        if gap < letter * 1.2:
            text += " " + word["text"]
        else:
            text = text.ljust(max(column, len(text) + 3 if text else 0)) + word["text"]
        end = word["x1"]
    return text


def xlsx_sheets(body: bytes) -> dict[str, Any]:
    """The cells of a workbook as text."""
    from sources.remittance.xlsx import sheets_of, too_much

    problem = too_much(body)
    return {"problem": problem} if problem else {"sheets": sheets_of(body)}


def main() -> None:
    """Read standard input, write one JSON object."""
    _bound()
    kind = sys.argv[1] if len(sys.argv) > 1 else ""
    body = sys.stdin.buffer.read()
    found = pdf_lines(body) if kind == "pdf" else xlsx_sheets(body)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
