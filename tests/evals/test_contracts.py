"""Contracts of the repository are read as expected, and the command prints what it read."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from agent.brain import RulesBrain
from domain.ledger.contract.assembling import Origin
from domain.ledger.contract.terms import ContractTerms
from domain.ledger.contract.text import fold
from evals.contracts import run
from evals.contracts_score import scored
from sources.contract.document import Document, Limits
from sources.contract.opening import open_contract
from sources.contract.rules.reading import read_pages

DATA = Path(__file__).parents[2] / "evals" / "data" / "contracts"
NAMES = sorted(path.stem for path in DATA.glob("*.txt"))


def terms_of(name: str) -> ContractTerms:
    opened = open_contract((DATA / f"{name}.txt").read_bytes(), Limits())
    assert isinstance(opened, Document)
    return read_pages(opened.pages, Origin(name, "d"))


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_as_expected(name: str) -> None:
    terms = terms_of(name)
    expect = json.loads((DATA / f"{name}.expect.json").read_text(encoding="utf-8"))
    assert [score for score in scored(terms, expect) if not score.right] == []
    whole = fold(" ".join(terms.pages))
    assert all(term.quote in whole and term.value in term.quote for term in terms.terms)


def test_there_are_enough_of_them() -> None:
    assert len(NAMES) >= 12


async def test_the_command_prints_and_scores(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for suffix in ("txt", "expect.json"):
        text = (DATA / f"ramp.{suffix}").read_text(encoding="utf-8")
        (tmp_path / f"ramp.{suffix}").write_text(text, encoding="utf-8")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert await run(tmp_path, RulesBrain()) == 0
    printed, summary = capsys.readouterr()
    ramp, scan = (json.loads(line) for line in printed.splitlines())
    assert ramp["terms"]["payment_days"]["normalized"] == 60
    assert ramp["terms"]["renewal_months"] is None
    assert [fee["normalized"]["year"] for fee in ramp["terms"]["fee"]] == [1, 2, 3]
    assert (ramp["billable"], ramp["score"]["wrong"]) == (True, [])
    assert scan["refused"]["reason"] == "damaged"
    assert "fields right" in summary
    (tmp_path / "ramp.expect.json").write_text('{"terms": {"term": 12}}', encoding="utf-8")
    assert await run(tmp_path, RulesBrain()) == 1
    assert await run(tmp_path / "none", RulesBrain()) == 2


@pytest.mark.parametrize("piece", ["_", "1", "$1 ", "one ", "fee . ", "Acme Inc. and "])
def test_a_long_run_of_anything_is_read_in_bounded_time(piece: str) -> None:
    started = time.process_time()
    read_pages((piece * (4_000 // len(piece)) + " fee",), Origin("run", "d"))
    assert time.process_time() - started < 2
