"""A file of invoices, CSV or JSON, read into drafts: all of it or none, problems by line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from effects.actor import Actor
from flows.drafts.drafting import Invalid, Saved, create_draft
from flows.drafts.entry import DraftInput, LineInput, read_draft
from store.engine import Session

SOURCE = "file"
_MOST_BYTES = 2 * 1024 * 1024
_MOST_DRAFTS = 500
_MOST_ROWS = 5_000
_HEAD = {one.name for one in fields(DraftInput)} - {"lines", "bill_to", "source"}
_LINE = {one.name for one in fields(LineInput)}
_BILL_TO = {
    f"bill_to.{name}"
    for name in ("name", "address", "city", "region", "postcode", "country", "tax_id")
}
_NEEDED = ("source_id", "currency", "issued_on", "product", "amount")
_FLAGS = {"po_blanket", "tax_exempt", "usage", "discount"}
_GAP = re.compile(r"[\s,]*")
_YES = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What became of a file: drafts made, drafts that stood already."""

    created: tuple[int, ...]
    known: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FoundDraft:
    """A draft and the line of the file it starts on."""

    line: int
    wanted: DraftInput


class UnreadableFile(Exception):
    """The file cannot be read: the line, and what is wrong with it."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem


async def upload_drafts(
    session: Session, name: str, content: bytes, by: Actor, now: datetime
) -> Uploaded | Invalid:
    """Drafts from a CSV or JSON file, all or none; problems name lines. Twice adds nothing.

    CSV has a header line with the names of DraftInput and LineInput; rows with the same source_id
    are the lines of one invoice. JSON is a list of such objects with `lines`.
    """
    try:
        found = drafts_in(name, content)
    except UnreadableFile as error:
        return Invalid({f"line {error.line}": error.problem})
    problems: dict[str, str] = {}
    for one in found:
        read = read_draft(one.wanted)
        if isinstance(read, dict):
            problems |= {f"line {one.line}, {at}": what for at, what in read.items()}
    if problems:
        return Invalid(problems)
    return await _create(session, found, by, now)


async def _create(
    session: Session, found: list[FoundDraft], by: Actor, now: datetime
) -> Uploaded | Invalid:
    created: list[int] = []
    known: list[int] = []
    problems: dict[str, str] = {}
    async with session.begin_nested() as all_or_none:
        for one in found:
            answer = await create_draft(session, one.wanted, by, now)
            if isinstance(answer, Saved):
                (created if answer.created else known).append(answer.draft_id)
            else:
                at = {f"line {one.line}, {k}": what for k, what in answer.problems.items()}
                problems |= at
        if problems:
            await all_or_none.rollback()
    return Invalid(problems) if problems else Uploaded(tuple(created), tuple(known))


def drafts_in(name: str, content: bytes) -> list[FoundDraft]:
    """The drafts of a file, not yet judged. Raises UnreadableFile."""
    if len(content) > _MOST_BYTES:
        raise UnreadableFile(1, "The file is larger than 2 MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableFile(line, "This is not UTF-8 text: save it as CSV UTF-8.") from error
    if "\0" in text:
        raise UnreadableFile(text[: text.index("\0")].count("\n") + 1, "This is not a text file.")
    found = _json(text) if _looks_like_json(name, text) else _csv(text)
    if not found:
        raise UnreadableFile(1, "There is no invoice in this file.")
    if len(found) > _MOST_DRAFTS:
        raise UnreadableFile(found[_MOST_DRAFTS].line, f"At most {_MOST_DRAFTS} invoices a file.")
    return found


def _looks_like_json(name: str, text: str) -> bool:
    return name.lower().endswith(".json") or text.lstrip()[:1] in ("[", "{")


def _csv(text: str) -> list[FoundDraft]:
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
        _check_header(header)
        return _grouped(header, rows)
    except csv.Error as error:
        raise UnreadableFile(rows.line_num or 1, f"This is not CSV: {error}.") from error


def _check_header(header: list[str]) -> None:
    known = _HEAD | _LINE | _BILL_TO
    for name in header:
        if name not in known:
            told = ", ".join(sorted(known))
            raise UnreadableFile(1, f"The column “{name[:50]}” is not known. Known here: {told}.")
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise UnreadableFile(1, f"There is no column {', '.join(missing)}.")
    if len(set(header)) < len(header):
        raise UnreadableFile(1, "A column stands here twice.")


def _grouped(header: list[str], rows: Any) -> list[FoundDraft]:
    """One draft for each source_id, in the order of their first rows."""
    groups: dict[str, tuple[int, dict[str, str], list[LineInput]]] = {}
    count = 0
    for row in rows:
        at, count = rows.line_num, count + 1
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header) or count > _MOST_ROWS:
            why = f"{len(row)} cells under {len(header)} columns"
            limit = f"At most {_MOST_ROWS} rows."
            raise UnreadableFile(at, limit if count > _MOST_ROWS else f"There are {why}.")
        cells = dict(zip(header, (cell.strip() for cell in row), strict=True))
        line = LineInput(**_flagged({k: v for k, v in cells.items() if k in _LINE}, at))
        head = {k: v for k, v in cells.items() if k not in _LINE}
        start, before, lines = groups.setdefault(cells["source_id"], (at, head, []))
        if before != head:
            odd = next(k for k in head if head[k] != before[k])
            raise UnreadableFile(at, f"{odd} is not the same as on line {start} of this invoice.")
        lines.append(line)
    return [FoundDraft(at, _draft(head, lines, at)) for at, head, lines in groups.values()]


def _draft(head: Mapping[str, Any], lines: list[LineInput], at: int) -> DraftInput:
    told = _flagged({k: v for k, v in head.items() if k in _HEAD}, at)
    place = {k.removeprefix("bill_to."): v for k, v in head.items() if k in _BILL_TO and v}
    told["customer_id"] = _whole(told.get("customer_id", ""), at)
    return DraftInput(**told, lines=tuple(lines), bill_to=place, source=SOURCE)


def _flagged(cells: Mapping[str, Any], at: int) -> dict[str, Any]:
    told = dict(cells)
    for name in _FLAGS & set(told):
        word = str(told[name]).lower()
        if word not in _YES:
            raise UnreadableFile(at, f"{name} is neither yes nor no.")
        told[name] = _YES[word]
    if "quantity" in told:
        told["quantity"] = told["quantity"] or "1"
    return told


def _whole(text: object, at: int) -> int | None:
    told = str(text if text is not None else "").strip()
    if told and not re.fullmatch(r"[0-9]{1,18}", told):
        raise UnreadableFile(at, "customer_id is a whole number.")
    return int(told) if told else None


def _json(text: str) -> list[FoundDraft]:
    try:
        raw = json.loads(text, parse_float=str, parse_int=str)
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise UnreadableFile(line, "This is not JSON.") from error
    if not isinstance(raw, list):
        raise UnreadableFile(1, "Write a list of invoices: [{...}, {...}].")
    places = _places(text, raw)
    return [_from_json(one, at) for one, at in zip(raw, places, strict=True)]


def _places(text: str, items: list[object]) -> list[int]:
    """The line each item of the top list starts on."""
    decoder, at, found = json.JSONDecoder(), text.index("[") + 1, []
    for _ in items:
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
        found.append(text.count("\n", 0, at) + 1)
        _, at = decoder.raw_decode(text, at)
    return found


def _from_json(raw: object, at: int) -> FoundDraft:
    if not isinstance(raw, dict) or not isinstance(raw.get("lines"), list):
        raise UnreadableFile(at, "An invoice is an object with `lines`.")
    place = raw.get("bill_to", {})
    head = {k: v for k, v in raw.items() if k not in ("lines", "bill_to")}
    if not isinstance(place, dict):
        raise UnreadableFile(at, "bill_to is an object.")
    head |= {f"bill_to.{k}": v for k, v in place.items()}
    _known(head, _HEAD | _BILL_TO, ("source_id", "currency", "issued_on"), at)
    lines = []
    for one in raw["lines"]:
        if not isinstance(one, dict):
            raise UnreadableFile(at, "A line is an object.")
        _known(one, _LINE, ("product", "amount"), at)
        lines.append(LineInput(**_flagged(_text(one), at)))
    return FoundDraft(at, _draft(_text(head), lines, at))


def _known(raw: Mapping[str, object], known: set[str], needed: tuple[str, ...], at: int) -> None:
    for name, value in raw.items():
        if name not in known or isinstance(value, dict | list):
            raise UnreadableFile(at, f"{name[:50]} is not known here.")
    for name in needed:
        if name not in raw:
            raise UnreadableFile(at, f"{name} is missing.")


def _text(raw: Mapping[str, object]) -> dict[str, str]:
    words = {True: "yes", False: "no"}
    return {k: words[v] if isinstance(v, bool) else str(v) for k, v in raw.items() if v is not None}
