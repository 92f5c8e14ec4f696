"""Contracts of a folder, read as uploads are; beside NAME.expect.json also scored.

Prints one JSON object a file and line: every term with its value, normalized form, quote, page and
confidence (null or an empty list where the contract does not say it), findings, and the score.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

from agent.brain import Brain
from agent.contract import read_with
from domain.ledger.contract.deal import deal_of
from domain.ledger.contract.payload import term_payload
from domain.ledger.contract.terms import REPEATED, ContractTerms, Refused, TermName
from domain.ledger.deal import Deal
from evals.contracts_score import FieldScore, scored
from sources.contract.reading import ContractReaders

_KINDS = (".pdf", ".docx", ".txt")
_MOST_FILES = 5_000


async def run(folder: Path, brain: Brain) -> int:
    """Print every contract. 0 when all fields are right or none are expected, 1, 2 unreadable."""
    files = await asyncio.to_thread(_files, folder)
    if not files:
        there = await asyncio.to_thread(folder.exists)
        missing = "no PDF, DOCX or TXT files" if there else "no such file or folder"
        sys.stderr.write(f"{folder}: {missing}\n")
        return 2
    if len(files) > _MOST_FILES:
        left = len(files) - _MOST_FILES
        sys.stderr.write(f"{folder}: {left} files beyond {_MOST_FILES} are not read\n")
    counted: Counter[bool] = Counter()
    readers = ContractReaders()
    try:
        for file in files[:_MOST_FILES]:
            read = await readers.read(await asyncio.to_thread(file.read_bytes), file.name)
            if isinstance(read, ContractTerms):
                read = await read_with(brain, read)
            scores = await asyncio.to_thread(_scores, file, read)
            counted.update(score.right for score in scores)
            sys.stdout.write(json.dumps(_row(file, read, scores), ensure_ascii=False) + "\n")
    finally:
        await readers.close()
    if counted:
        sys.stderr.write(f"{counted[True]} of {counted.total()} fields right\n")
    return 1 if counted[False] else 0


def _files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    return sorted(f for f in folder.rglob("*") if f.suffix.lower() in _KINDS and f.is_file())


def _scores(file: Path, read: ContractTerms | Refused) -> tuple[FieldScore, ...]:
    expected = file.with_name(f"{file.stem}.expect.json")
    if not expected.exists():
        return ()
    expect = json.loads(expected.read_text(encoding="utf-8"))
    if isinstance(read, Refused):
        wanted = expect.get("refused")
        return (FieldScore("refused", wanted, read.reason, wanted == read.reason),)
    return scored(read, expect)


def _row(
    file: Path, read: ContractTerms | Refused, scores: tuple[FieldScore, ...]
) -> dict[str, Any]:
    if isinstance(read, Refused):
        row: dict[str, Any] = {"file": file.name, "refused": asdict(read)}
    else:
        row = {
            "file": file.name,
            "pages": len(read.pages),
            "read_by": read.read_by,
            "terms": _terms(read),
            "findings": [asdict(finding) for finding in read.findings],
            "billable": isinstance(deal_of(read, file.stem), Deal),
        }
    if scores:
        row["score"] = {
            "right": sum(score.right for score in scores),
            "fields": len(scores),
            "wrong": [asdict(score) for score in scores if not score.right],
        }
    return row


def _terms(read: ContractTerms) -> dict[str, Any]:
    """Every name there is, so that what is missing is seen to be missing."""
    found: dict[str, Any] = {}
    for name in get_args(TermName):
        shown = [_shown(term_payload(term)) for term in read.all(name)]
        found[name] = shown if name in REPEATED else (shown[0] if shown else None)
    return found


def _shown(term: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in term.items() if key != "name"}
