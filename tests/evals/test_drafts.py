from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals import drafts

CORPUS = Path(drafts.__file__).with_name("drafts.jsonl")
RECORD: dict[str, Any] = {
    "id": "d1",
    "today": "2026-03-16",
    "account": {
        "customer": "Corvel Freight LLC",
        "contacts": [{"name": "Dana Whitlock", "email": "dana@corvel.example"}],
        "invoices": [
            {"number": "INV-10432", "amount": 1200.00, "open": 700, "currency": "USD",
             "due": "2026-03-03", "po": "PO-7"},
        ],
        "promises": [{"date": "2026-03-20", "amount": "700.00", "invoice": "INV-10432",
                      "made": "2026-03-12"}],
        "payments": [{"date": "2026-03-05", "amount": 500.0, "reference": "ACH-55"}],
    },
    "draft": {
        "from": "Halden Robotics <ar@haldenrobotics.example>",
        "to": ["dana@corvel.example"],
        "subject": "INV-10432",
        "text": "Dear Dana,\n\nUSD 700.00 of INV-10432 is open.\n\nHalden Robotics AG",
        "html": "",
    },
    "honest": True,
}  # fmt: skip


def _file(tmp_path: Path, *records: object) -> Path:
    path = tmp_path / "drafts.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in records) + "\n\n", encoding="utf-8")
    return path


def _with(text: str, *, honest: bool | None, **more: object) -> dict[str, Any]:
    draft = {**RECORD["draft"], "text": text}
    return {**RECORD, "draft": draft, "honest": honest, **more}


def test_the_corpus_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert drafts.run(CORPUS) == 0
    printed = capsys.readouterr().out
    assert "false drafts passed:   0 of" in printed
    lines = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    assert sum(not r["honest"] for r in lines) >= 70
    assert sum(r["honest"] for r in lines) >= 70
    assert len({r["id"] for r in lines}) == len(lines)


def test_a_false_draft_that_passes_fails_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(tmp_path, RECORD, _with("Hello Dana,", honest=False, id="d2"))
    assert drafts.run(path) == 1
    printed = capsys.readouterr().out
    assert "! d2       allowed" in printed
    assert "false drafts passed:   1 of 1" in printed
    assert "honest drafts blocked: 0 of 1" in printed


def test_too_many_blocked_honest_drafts_fail_the_run(tmp_path: Path) -> None:
    blocked = _with("Please pay USD 7.77.", honest=True)
    assert drafts.run(_file(tmp_path, *[RECORD] * 49, blocked)) == 0
    assert drafts.run(_file(tmp_path, *[RECORD] * 48, blocked)) == 1
    assert drafts.run(_file(tmp_path, _with("USD 7.77", honest=None))) == 0


def test_json_output_is_one_record_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(tmp_path, RECORD, _with("Please pay USD 7.77.", honest=False, id="d2"))
    assert drafts.run(path, as_json=True) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {"id": "d1", "allowed": True, "violations": []}
    assert second["allowed"] is False
    assert second["violations"] == [{"kind": "amount", "detail": "USD 7.77", "part": "text"}]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"id": "x"}', '{"account": {}, "draft": {}}',
     ('{"account": {"customer": "x", "invoices": [{"number": "1"}]}, "today": "2026-01-01",'
     ' "draft": {"from": "a@b.example"}}'),
     '{"account": {"customer": "x"}, "today": "soon", "draft": {"from": "a@b.example"}}'],
)  # fmt: skip
def test_unreadable_records_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    path = tmp_path / "drafts.jsonl"
    path.write_text(line, encoding="utf-8")
    assert drafts.run(path) == 2
    assert "drafts.jsonl: " in capsys.readouterr().err


def test_the_readable_lines_beside_an_unreadable_one_are_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert drafts.run(_file(tmp_path, RECORD, {"id": "d2"}, RECORD)) == 2
    printed = capsys.readouterr()
    assert "drafts.jsonl: line 2: account or draft is missing" in printed.err
    assert "honest drafts blocked: 0 of 2" in printed.out


def test_amounts_people_and_days_in_other_spellings() -> None:
    account = {
        **RECORD["account"],
        "customer": None,
        "contacts": [{"name": "Dana Whitlock", "address": "dana@corvel.example"}],
        "invoices": [{"number": "INV-10432", "amount": "1,200.00", "open": 700, "currency": "usd",
                      "due": "2026-03-03"}],
        "promises": ["2026-03-20", {"promised_date": "2026-03-21", "amount": "1,000"}],
        "payments": [{"amount": "500.00", "paid_on": "2026-03-05"}, {"amount": "5.00"}],
    }  # fmt: skip
    draft = {**RECORD["draft"], "from": {"name": "AR", "email": "ar@haldenrobotics.example"},
             "to": [{"name": "Dana", "email": "dana@corvel.example"}]}  # fmt: skip
    assert drafts.judge({**RECORD, "account": account, "draft": draft}).allowed


def test_a_company_signing_a_mail_is_the_sender() -> None:
    signed = _with("Dear Dana,\n\nUSD 700.00 is open.\n\nMax\nAR, Brass Lamp Ltd", honest=True)
    assert drafts.judge(signed).allowed
    named = _with("Dear Dana,\n\nBrass Lamp Ltd wants USD 700.00.\n\nMax", honest=False)
    assert not drafts.judge(named).allowed


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert drafts.run(tmp_path / "none.jsonl") == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_shapes_others_may_write() -> None:
    account = {
        **RECORD["account"],
        "customer": {"name": "Corvel", "currency": "EUR"},
        "contacts": [
            "Dana <dana@corvel.example>",
            {"email": "x@corvel.example", "suppressed": True},
        ],
        "invoices": [],
        "promises": [],
        "payments": [],
    }
    draft = {**RECORD["draft"], "to": "dana@corvel.example", "cc": ["x@corvel.example"],
             "subject": None, "text": "Hello Dana,"}  # fmt: skip
    own = {"company": "Halden", "phones": ["123"]}
    record = {**RECORD, "account": account, "draft": draft, "own": own}
    found = drafts.judge(record).violations
    assert [(v.kind.value, v.detail) for v in found] == [("recipient", "x@corvel.example")]
