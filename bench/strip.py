"""How well quoted history and signatures are told from what was newly written.

Run: python -m bench.strip FOLDER [--misses 5]. The folder holds mails and, beside each, what its
writer wrote: NAME.txt, NAME.html or NAME.eml with NAME.expected (or NAME_reply_text). A file
NAME.jsonl holds records of `body`, `reply_text` and `from` instead. Prints how many are exact,
in how many something new was lost or something quoted leaked, and the slowest mail.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sources.mail.html import read_html
from sources.mail.message import InboundMail
from sources.mail.parse import parse
from sources.mail.signature import names_of
from sources.mail.strip import split

RECEIVED = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Case:
    """A mail and what was newly written in it."""

    name: str
    text: str
    expected: str
    sender: str = ""


def main(arguments: list[str] | None = None) -> int:
    """Measure a folder; 1 when it holds no case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="how many misses to print in full")
    options = parser.parse_args(arguments)
    tally: Counter[str] = Counter()
    slowest, shown = (0.0, ""), 0
    for case in _cases(options.folder):
        started = time.process_time()
        said = split(case.text, names_of(case.sender)).new_text
        slowest = max(slowest, (time.process_time() - started, case.name))
        verdict = judge(said, case.expected)
        tally[verdict] += 1
        if verdict != "exact" and shown < options.misses:
            shown += 1
            sys.stdout.write(f"{case.name}: {verdict}\n  want {case.expected!r}\n  got  {said!r}\n")
    total = sum(tally.values())
    for verdict in ("exact", "lost", "leaked"):
        share = 1000 * tally[verdict] // total if total else 0
        sys.stdout.write(f"{verdict:<8} {tally[verdict]:>5} of {total}  {share / 10:.1f} %\n")
    sys.stdout.write(f"slowest  {slowest[0] * 1000:.1f} ms  {slowest[1]}\n")
    return 0 if total else 1


def judge(said: str, expected: str) -> str:
    """ "exact" up to white space; "lost" when words of it are missing; else "leaked"."""
    got, want = said.split(), expected.split()
    if got == want:
        return "exact"
    return "lost" if Counter(want) - Counter(got) else "leaked"


def _cases(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".jsonl":
            yield from _records(path)
        answer = next((a for a in _answers(path) if a.is_file()), None)
        if path.suffix in (".txt", ".html", ".eml") and answer is not None:
            yield Case(path.name, _text(path), answer.read_text("utf-8", "replace").strip())


def _answers(path: Path) -> tuple[Path, ...]:
    return path.with_suffix(".expected"), path.with_name(f"{path.stem}_reply_text")


def _records(path: Path) -> Iterator[Case]:
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        if "body" not in record or "reply_text" not in record:
            continue
        body = str(record["body"])
        text = read_html(body).text if re.match(r"\s*<html", body, re.IGNORECASE) else body
        yield Case(str(record["id"]), text, str(record["reply_text"]), str(record.get("from", "")))


def _text(path: Path) -> str:
    raw = path.read_bytes()
    if path.suffix == ".eml":
        mail = parse(raw, RECEIVED)
        return mail.text if isinstance(mail, InboundMail) else ""
    text = raw.decode("utf-8", "replace")
    return read_html(text).text if path.suffix == ".html" else text


if __name__ == "__main__":
    sys.exit(main())
