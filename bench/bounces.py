"""How many delivery reports, complaints and automatic answers are recognised for what they are.

Run: python -m bench.bounces FOLDER [--misses 10]. The folder holds raw mails (*.eml). A file
expected.jsonl in it says {"file": ..., "kind": "bounce" | "complaint" | "auto_reply" | "human",
"hard": true | false | null}; without it every mail is taken for a bounce. Prints a table of what
was found for what it is, how often "gone for good" was right, and the time.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sources.mail.message import AutoReply, Bounce, Complaint, InboundMail
from sources.mail.parse import parse

RECEIVED = datetime(2030, 1, 1, tzinfo=UTC)


def main(arguments: list[str] | None = None) -> int:
    """Measure a folder; 1 when it holds no mail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="how many misses to name")
    options = parser.parse_args(arguments)
    known = expected(options.folder)
    kinds: Counter[tuple[str, str]] = Counter()
    verdicts: Counter[tuple[bool, bool]] = Counter()
    missed: list[str] = []
    started = time.process_time()
    for path in sorted(options.folder.rglob("*.eml")):
        want = known.get(path.name, {"kind": "bounce", "hard": None})
        kind, hard = found(path.read_bytes())
        kinds[want["kind"], kind] += 1
        if kind != want["kind"]:
            missed.append(f"{path.name}: {want['kind']} read as {kind}")
        elif want["hard"] is not None:
            verdicts[bool(want["hard"]), hard] += 1
    spent = time.process_time() - started
    _print(kinds, verdicts, missed[: options.misses], spent)
    return 0 if kinds else 1


def expected(folder: Path) -> dict[str, dict[str, Any]]:
    """What each mail is, by file name."""
    path = folder / "expected.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return {row["file"]: row for row in map(json.loads, lines)}


def found(raw: bytes) -> tuple[str, bool]:
    """What a mail is taken for, and whether an address of it is taken for gone."""
    mail = parse(raw, RECEIVED)
    if not isinstance(mail, InboundMail):
        return mail.reason.value, False
    match mail.kind:
        case Bounce():
            return "bounce", mail.kind.hard
        case Complaint():
            return "complaint", False
        case AutoReply():
            return "auto_reply", False
        case _:
            return "human", False


def _print(
    kinds: Counter[tuple[str, str]],
    verdicts: Counter[tuple[bool, bool]],
    missed: list[str],
    spent: float,
) -> None:
    total = sum(kinds.values())
    for (want, got), count in sorted(kinds.items()):
        of = sum(n for (w, _), n in kinds.items() if w == want)
        sys.stdout.write(f"{want:<11} read as {got:<17} {count:>5} of {of}\n")
    right, false = verdicts[True, True], verdicts[False, True]
    if verdicts:
        sys.stdout.write(
            f"gone for good: {right} of {right + false} said so rightly, "
            f"{right} of {right + verdicts[True, False]} found\n"
        )
    if total:
        sys.stdout.write(f"{total} mails, {1000 * spent / total:.2f} ms each\n")
    for line in missed:
        sys.stdout.write(f"  {line}\n")


if __name__ == "__main__":
    sys.exit(main())
