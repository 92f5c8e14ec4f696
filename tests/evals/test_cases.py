"""Payment cases: the decision, what is applied, what stays open, and the harm that fails a run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from evals.cases import agreement, judge, run


def invoice(text: str, **more: Any) -> dict[str, Any]:
    """`invoice("I1 C1 412.17 USD")`."""
    name, customer, amount, currency = text.split()
    return {"id": name, "customer": customer, "amount": amount, "open": amount} | {
        "currency": currency,
        **more,
    }


def payment(told: str, **more: Any) -> dict[str, Any]:
    """`payment("P1 C1 412.17 USD")`; "-" for nobody."""
    name, customer, amount, currency = told.split()
    who = None if customer == "-" else customer
    return {"id": name, "customer": who, "amount": amount, "currency": currency} | more


def step(op: str, name: str, target: str = "", amount: str = "") -> dict[str, str]:
    found = {"op": op, "payment": name, "target": target, "amount": amount}
    return {key: value for key, value in found.items() if value}


KNOWN = {"account_no": "acct-1"}
TWO = [invoice("I1 C1 412.17 USD", refs=["INV-1001"]), invoice("I2 C1 980.03 USD")]


@pytest.mark.parametrize(
    ("case", "decision", "unapplied", "opens"),
    [
        (
            {"invoices": TWO, "payments": [payment("P1 C1 1392.20 USD", **KNOWN)]},
            "auto_apply",
            {"P1": "0.00"},
            {"I1": "0.00", "I2": "0.00"},
        ),
        (
            {
                "config": {"rule_auto": False},
                "invoices": TWO,
                "payments": [payment("P1 C1 412.17 USD", text={"label": "INV-1001"})],
            },
            "propose",
            {"P1": "0.00"},
            {"I1": "0.00", "I2": "980.03"},
        ),
        (
            {"invoices": TWO, "payments": [payment("P1 - 7.77 USD", text={"note": "X 21001"})]},
            "no_match",
            {"P1": "7.77"},
            {"I1": "412.17", "I2": "980.03"},
        ),
        (
            {"invoices": [], "payments": [payment("P1 C1 5.00 USD")]},
            "on_account",
            {"P1": "5.00"},
            {},
        ),
        (
            {
                "config": {"short_tolerance": {"type": "percent", "value": "1"}},
                "invoices": [invoice("I1 C1 1000.00 EUR", refs=["123456"])],
                "payments": [payment("P1 C1 989.99 EUR", text={"label": "123456"})],
            },
            "propose",
            {"P1": "0.00"},
            {"I1": "10.01"},
        ),
        (
            {"invoices": [invoice("I1 C1 100 JPY")], "payments": [payment("P1 C1 100.00 EUR")]},
            "no_match",
            {"P1": "100.00"},
            {"I1": "100"},
        ),
    ],
)
def test_what_a_case_comes_to(
    case: Mapping[str, Any], decision: str, unapplied: dict[str, str], opens: dict[str, str]
) -> None:
    verdict = judge({"id": "x", **case})
    assert (verdict.decision, verdict.unapplied, verdict.open_after) == (
        decision,
        unapplied,
        opens,
    )


@pytest.mark.parametrize(
    ("steps", "open_after", "unapplied"),
    [
        ([step("apply", "P1", "I1", "400.00"), step("ach_return", "P1")], "412.17", {}),
        ([step("apply", "P1", "I1", "400.00"), step("unapply", "P1", "I1")], "412.17", "400.00"),
        ([step("apply", "P1", "I1"), step("refund", "P1", "", "50.00")], "62.17", "0.00"),
        ([step("chargeback", "P1"), step("dispute_won", "P1")], "412.17", "400.00"),
        (
            [step("apply", "P1", "I1"), step("chargeback", "P1"), step("dispute_won", "P1")],
            "12.17",
            "0.00",
        ),
        ([step("apply", "P1", "I1"), {"op": "write_off", "target": "I1"}], "0.00", "0.00"),
        ([step("apply", "P1", "I1"), {"op": "void_invoice", "target": "I1"}], "0.00", "400.00"),
        ([step("fifo", "P1")], "12.17", "0.00"),
    ],
)
def test_the_ledger_of_a_case(
    steps: list[dict[str, str]], open_after: str, unapplied: str | dict[str, str]
) -> None:
    case = {"id": "x", "invoices": TWO, "payments": [payment("P1 C1 400.00 USD")], "steps": steps}
    verdict = judge(case)
    assert (verdict.decision, verdict.open_after["I1"]) == ("ledger", open_after)
    assert verdict.unapplied == (unapplied if isinstance(unapplied, dict) else {"P1": unapplied})


@pytest.mark.parametrize(
    ("payments", "steps", "code"),
    [
        ([payment("P1 C1 900.00 USD")], [step("apply", "P1", "I1", "412.18")], "over_allocation"),
        ([payment("P1 C1 9.00 USD")], [step("apply", "P1", "I1", "10.00")], "exceeds_payment"),
        ([payment("P1 C1 9.00 EUR")], [step("apply", "P1", "I1", "9.00")], "currency_mismatch"),
        ([payment("P1 C1 -9.00 USD")], [], "invalid_amount"),
        ([payment("P1 C1 9 USD", external_key="k"), payment("P2 C1 9 USD", external_key="k")], [],
         "duplicate_key"),
    ],
)  # fmt: skip
def test_what_a_ledger_refuses(
    payments: list[dict[str, Any]], steps: list[dict[str, str]], code: str
) -> None:
    verdict = judge({"id": "x", "invoices": TWO, "payments": payments, "steps": steps})
    assert (verdict.decision, verdict.reject, verdict.applications) == ("reject", code, [])


def test_what_a_processor_took_goes_to_what_it_asked_for() -> None:
    two = [invoice("I1 C1 50.00 USD"), invoice("I2 C1 50.00 USD")]
    took = [payment("P1 C1 10.00 USD", requested="50.00"), payment("P2 C1 50.00 USD")]
    verdict = judge({"id": "x", "tags": ["ledger"], "invoices": two, "payments": took})
    assert verdict.open_after == {"I1": "40.00", "I2": "0.00"}


def test_what_rests_on_a_mere_proposal_is_a_proposal_too() -> None:
    one = [invoice("I1 C1 412.17 USD", refs=["INV-1001"])]
    text = {"label": "INV-1001"}
    took = [payment("P1 C1 206.00 USD", text=text), payment("P2 C1 206.17 USD", text=text)]
    verdict = judge({"id": "x", "invoices": one, "payments": took})
    assert (verdict.decision, verdict.automatic) == ("propose", False)


def test_unknown_fields_and_steps_are_told() -> None:
    case = {"id": "x", "mood": 1, "invoices": TWO, "payments": [payment("P1 C1 1.00 USD", hue=3)]}
    assert judge(case).notes == ["field mood is not understood", "P1: field hue is not understood"]
    told = judge(case | {"steps": [{"op": "dance"}]}).notes
    assert told[-1] == "step dance is not understood and was left out"


def test_an_automatic_application_not_labelled_so_fails_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {"id": "a", "invoices": TWO, "payments": [payment("P1 C1 1392.20 USD", **KNOWN)]}
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([good | {"expected": {"decision": "auto_apply"}}]))
    assert run(file, as_json=True) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["decision"] == "auto_apply"
    assert agreement(judge(good), {"open_after": {"I1": "0.00"}})["open_after"]
    file.write_text(json.dumps([good | {"expected": {"decision": "propose"}}]))
    assert run(file) == 1
    assert "not labelled so: a" in capsys.readouterr().err
    file.write_text(json.dumps([{"id": "b", "payments": [{"id": "P1"}]}, good]))
    assert run(file) == 2
    file.write_text("{")
    assert run(file) == 2


def test_what_a_case_tells_that_nobody_understands_is_said_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paid = [step("apply", "P1", "I1", "10.00"), step("chargeback", "P1")]
    won = {"id": "won", "invoices": [invoice("I1 C1 10.00 USD")]} | {
        "payments": [payment("P1 C1 10.00 USD")],
        "steps": [*paid, step("chargeback_reversed", "P1")],
    }
    strange = {**won, "id": "strange", "steps": [*paid, step("chargeback_blessed", "P1")]}
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([won, strange]))
    assert run(file) == 0
    told = capsys.readouterr().out.splitlines()
    assert "open_after I1=0.00" in told[0]
    assert "(" not in told[0]
    assert "(step chargeback_blessed is not understood and was left out)" in told[1]
