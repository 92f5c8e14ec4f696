"""The written replies are well formed, and their labels agree with their texts."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.dunning.reading import DisputeReason, DocumentKind, Intent
from sources.mail.html import read_html

FOLDER = Path(__file__).parents[2] / "evals" / "data"
KINDS = {intent.value for intent in Intent}
HIDDEN = {"bounce", "settlement_offer", "promise_conditional", "promise_vague"}
LANGUAGES = {"en", "de", "fr", "es", "pt", "it", "nl", "ja"}


def records(name: str) -> list[dict[str, Any]]:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return [json.loads(line, parse_float=str, parse_int=str) for line in lines]


DEVELOPMENT, HOLDOUT = records("replies_dev.jsonl"), records("replies_holdout.jsonl")


def shown(record: dict[str, Any]) -> str:
    body = str(record["body"])
    return read_html(body).text if body.startswith("<html") else body


def problems(record: dict[str, Any]) -> list[str]:
    labels, body = record["labels"], " ".join(shown(record).split())
    written = date.fromisoformat(record["today"])
    numbers = [invoice["number"] for invoice in record["open_invoices"]]
    firm = [part["date"] for part in labels["promises"]]
    checks = {
        "weekday": f"{written:%A}" == record["weekday"],
        "intents": bool(labels["intents"]) and set(labels["intents"]) <= KINDS - HIDDEN,
        "optional intents": set(labels["optional_intents"]) <= KINDS - HIDDEN,
        "both ways": not set(labels["intents"]) & set(labels["optional_intents"]),
        "reasons": set(labels["dispute_reason"]) <= {r.value for r in DisputeReason},
        "disputed": ("dispute" in labels["intents"]) == bool(labels["dispute_reason"]),
        "documents": set(labels["documents"]) <= {d.value for d in DocumentKind},
        "asked": ("request_document" in labels["intents"]) == bool(labels["documents"]),
        "promise": ("promise_to_pay" in labels["intents"]) == bool(labels["promise_kind"]),
        "firm": (labels["promise_kind"] == "firm") == bool(firm),
        "days": all(written <= date.fromisoformat(day) for day in firm),
        "paid": not labels["paid_date"] or date.fromisoformat(labels["paid_date"]) <= written,
        "back": not labels["ooo_until"] or written < date.fromisoformat(labels["ooo_until"]),
        "invoices": len(set(numbers)) == len(numbers) and set(labels["invoice_refs"]) <= {*numbers},
        "due": all(date.fromisoformat(i["due"]) < written for i in record["open_invoices"]),
        "sender": record["from"].endswith(".example") and record["language"] in LANGUAGES,
        "text": all(" ".join(line.split()) in body for line in record["reply_text"].split("\n")),
        "signature": record["signature"].split("\n")[0] in body,
    }
    return [f"{record['id']}: {name}" for name, good in checks.items() if not good]


@pytest.mark.parametrize("known", [DEVELOPMENT, HOLDOUT], ids=["development", "holdout"])
def test_every_reply_is_well_formed_and_agrees_with_its_labels(known: list[dict[str, Any]]) -> None:
    assert [problem for record in known for problem in problems(record)] == []
    assert len({record["id"] for record in known}) == len(known)


def test_the_sets_are_large_varied_and_do_not_overlap() -> None:
    intents = Counter(i for record in DEVELOPMENT for i in record["labels"]["intents"])
    reasons = {r for record in DEVELOPMENT for r in record["labels"]["dispute_reason"]}
    assert len(DEVELOPMENT) >= 260
    assert len(HOLDOUT) >= 160
    assert set(intents) == KINDS - HIDDEN
    assert min(intents.values()) >= 8
    assert reasons == {reason.value for reason in DisputeReason}
    assert {record["language"] for record in DEVELOPMENT} == LANGUAGES
    assert not {r["reply_text"] for r in DEVELOPMENT} & {r["reply_text"] for r in HOLDOUT}
