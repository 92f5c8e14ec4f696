from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from agent.brain import RulesBrain
from evals import replies

RECORD: dict[str, Any] = {
    "id": "r1",
    "subject": "Re: INV-7001",
    "body": "We will pay INV-7001 on 20 May 2026.\n\nOn Mon, May 4, 2026 at 9:00 AM "
    "Northwind <ar@northwind.example> wrote:\n> Please pay by 15 May 2026.",
    "language": "en",
    "today": "2026-05-13",
    "from": "ana@acme.example",
    "headers": {},
    "attachments": [{"filename": "advice.pdf", "content_type": "application/pdf"}],
    "open_invoices": [{"number": "INV-7001", "amount": 125.5, "currency": "USD",
                       "due": "2026-04-01"}],
    "reply_text": "We will pay INV-7001 on 20 May 2026.",
    "labels": {"intents": ["promise_to_pay"], "optional_intents": [], "promise_kind": "firm",
               "promise_date": "2026-05-20", "promise_date_accept": [], "promises":
               [{"date": "2026-05-20", "amount": None, "invoice_refs": ["INV-7001"]}],
               "invoice_refs": ["INV-7001"], "dispute_reason": [], "documents": []},
}  # fmt: skip


def run(tmp_path: Path, *records: object, **options: Any) -> int:
    path = tmp_path / "replies.jsonl"
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in records))
    return asyncio.run(replies.run(path, RulesBrain(), **options))


def labelled(body: str, **labels: object) -> dict[str, Any]:
    return {**RECORD, "body": body, "reply_text": body, "labels": {**RECORD["labels"], **labels}}


def test_a_record_is_read_as_production_reads_a_mail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "predictions.jsonl"
    assert run(tmp_path, RECORD, out=out) == 0
    said = json.loads(out.read_text())
    assert said["reply_text"] == RECORD["reply_text"]
    assert said["promises"] == [
        {"date": "2026-05-20", "amount": None, "currency": None, "invoice_refs": ["INV-7001"]}
    ]
    assert (said["automatic"], said["escalated"]) == (["record_promise"], False)
    assert list(said) == [
        "id", "reply_text", "intents", "promise_kind", "promises", "invoice_refs",
        "dispute_reason", "documents", "paid_date", "paid_amount", "paid_reference", "ooo_until",
        "new_contact", "automatic", "escalated",
    ]  # fmt: skip
    assert "micro F1: 1.000" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("record", "goal"),
    [
        (labelled("Noted, thank you.", intents=["legal_threat"]), "a critical class was missed"),
        (labelled(RECORD["reply_text"], promise_kind=None), "false firm promises"),
        (labelled("We will pay INV-7001 on 21 May 2026."), "firm promise dates"),
        ({**RECORD, "reply_text": "We will"}, "quote stripping"),
    ],
)
def test_what_must_not_happen_fails_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], record: dict[str, Any], goal: str
) -> None:
    assert run(tmp_path, record, as_json=True) == 1
    assert goal in json.loads(capsys.readouterr().out)["summary"]["goals_missed"]


def test_optional_intents_count_neither_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = labelled(RECORD["reply_text"], intents=[], optional_intents=["promise_to_pay"])
    run(tmp_path, record, as_json=True)
    assert json.loads(capsys.readouterr().out)["summary"]["micro_f1"] == 1000


def test_a_broken_line_is_told_and_the_rest_is_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "{", RECORD, {**RECORD, "today": "soon"}) == 2
    printed = capsys.readouterr()
    assert "line 1" in printed.err
    assert "line 3" in printed.err
    assert "replies: 1" in printed.out
