"""`dunwell eval revenue`: every kind computed, differences told, nothing passed over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import evals
from domain.ledger.money import Money
from evals.revenue import compare, run

EVEN = {
    "kind": "schedule", "id": "even", "method": "even_periods", "start": "2025-01-01",
    "end": "2025-02-28", "amount": "10.00", "lines": {"2025-01": "5.00", "2025-02": "5.00"},
}  # fmt: skip


def written(folder: Path, *vectors: dict[str, Any]) -> Path:
    file = folder / "vectors.json"
    file.write_text(json.dumps({"vectors": vectors}), encoding="utf-8")
    return file


def computed(vector: dict[str, Any]) -> Any:
    return compare(vector).computed


def test_equal_vectors_end_well_and_different_ones_do_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(written(tmp_path, EVEN)) == 0
    assert "equal   schedule     even" in capsys.readouterr().out
    wrong = EVEN | {"id": "wrong", "lines": {"2025-01": "5.00", "2025-02": "4.99"}}
    assert run(written(tmp_path, EVEN, wrong), as_json=True) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["equal"], report["different"]) == (1, 1)
    assert report["vectors"][1]["differences"] == [
        "schedule.lines.2025-02: expected 4.99, computed 5.00"
    ]


def test_the_worked_ledger_of_the_guide(capsys: pytest.CaptureFixture[str]) -> None:
    file = Path(evals.__file__).parent / "data" / "revenue_worked.json"
    assert run(file) == 0
    guide = (file.parent.parent.parent / "docs" / "howto" / "revenue.md").read_text("utf-8")
    rows = json.loads(file.read_text("utf-8"))["vectors"][0]["expect"]["deferred_rollforward"]
    for row in rows:
        cells = " | ".join(f"{Money.parse(v, 'USD')}"[:-4] for v in list(row.values())[1:])
        assert f"| {cells} |" in guide
    assert "1 vectors, 1 equal, 0 different" in capsys.readouterr().out


def test_a_line_that_nobody_expects_is_a_difference() -> None:
    found = compare(EVEN | {"lines": {"2025-01": "5.00"}})
    assert found.differences == ("schedule.lines.2025-02: nothing expected, 5.00",)


@pytest.mark.parametrize(
    "vector",
    [
        {"kind": "tides", "id": "x", "expect": {}},
        {"kind": "schedule", "id": "x", "method": "unheard_of", "amount": "1.00", "lines": {}},
        {"kind": "modification", "id": "x", "given": {"rule": "guess"}, "expect": {}},
        {"kind": "modification", "id": "x", "expect": {}},
        {"kind": "allocation", "id": "x", "lines": [["A", "1.00", "1"]]},
    ],
)
def test_what_is_not_understood_counts_as_different(vector: dict[str, Any]) -> None:
    assert len(compare(vector).differences) == 1


def test_an_unreadable_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "vectors.json"
    file.write_text('{"vectors": 3}', encoding="utf-8")
    assert run(file) == 2
    assert "must be a list" in capsys.readouterr().err


def test_schedules_read_their_inputs() -> None:
    base = {"kind": "schedule", "id": "x", "amount": "9.00", "lines": {}}
    steps = {"method": "percent_complete", "progress": {"2025-01": "50", "2025-03-02": "100%"}}
    assert computed(base | steps)["lines"] == {"2025-01": "4.50", "2025-03": "4.50"}
    usage = {"method": "usage_as_billed", "usage": [["2025-01-31", "9.00"]]}
    assert computed(base | usage)["lines"] == {"2025-01": "9.00"}
    weeks = {"method": "exact_days", "start": "2026-01-04", "end": "2026-02-28"}
    assert computed(base | weeks | {"calendar": "4-4-5"})["lines"] == {
        "FY2026-P01": "4.50", "FY2026-P02": "4.50",
    }  # fmt: skip
    assert computed(base | {"method": "exact_days"})["held"] == "the service start is missing"


def test_a_delivery_and_a_bill_of_usage_need_only_their_day() -> None:
    base = {"kind": "schedule", "id": "x", "amount": "9.00", "lines": {}, "date": "2025-02-03"}
    for method in ("point_in_time", "usage_as_billed"):
        assert computed(base | {"method": method})["lines"] == {"2025-02": "9.00"}


def test_base_lines_close_to_the_amount_at_its_rate() -> None:
    vector = EVEN | {"amount": "9.99", "currency": "USD", "base_currency": "JPY", "rate": "151.3"}
    found = compare(vector | {"lines": {"2025-01": "5.00", "2025-02": "4.99"}, "base_lines": {
        "2025-01": "757", "2025-02": "754"}})  # fmt: skip
    assert found.differences == ()
    assert found.computed["base_lines"]["2025-02"] == "754"


def test_allocations_hold_what_has_no_price() -> None:
    lines = [{"item": "A", "ssp": "40"}, {"item": "B", "ssp": "residual"}]
    vector = {"kind": "allocation", "id": "x", "price": "50.00", "lines": lines, "expect": {}}
    assert computed(vector) == {"A": "40.00", "B": "10.00"}
    assert computed(vector | {"lowest_residual": "11.00"})["held"] == ["B"]


INVOICE = {
    "id": "INV-1", "customer": "Elm", "date": "2026-01-01", "amount": "1200.00",
    "currency": "USD", "revenue_type": "subscription", "account": "4000",
    "method": "even_periods", "service": ["2026-01-01", "2026-12-31"],
}  # fmt: skip


def scenario(*facts: dict[str, Any], as_of: str = "2026-04-30", **policy: str) -> Any:
    return computed(
        {"kind": "scenario", "id": "x", "facts": [INVOICE, *facts], "as_of": as_of,
         "policy": policy, "expect": {}}
    )  # fmt: skip


def april(found: Any) -> str:
    row = found["deferred_rollforward"][3]
    return f"{row['recognized']} {row['adjustments']} {row['contra']} {row['closing']}"


CREDIT = {"id": "CM-1", "of": "INV-1", "date": "2026-04-10", "amount": "600.00"}


def test_a_scenario_closes_each_month_before_the_next_fact() -> None:
    assert april(scenario(CREDIT)) == "50.00 -450.00 -150.00 400.00"
    assert april(scenario(CREDIT | {"reason": "unused service"})) == "-100.00 -600.00 0.00 400.00"
    direct = scenario(CREDIT, credit_without_service_dates="reduces revenue directly")
    assert april(direct) == "-100.00 -600.00 0.00 400.00"
    assert april(scenario(CREDIT, as_of="2026-03-31") | {"deferred_rollforward": [
        *scenario(as_of="2026-03-31")["deferred_rollforward"],
        scenario()["deferred_rollforward"][3],
    ]}) == "100.00 0.00 0.00 800.00"  # fmt: skip


def test_payments_write_offs_refunds_and_voids() -> None:
    paid = {"id": "PAY-1", "of": "INV-1", "date": "2026-02-01", "amount": "100.00"}
    lost = {"id": "WO-1", "of": "INV-1", "date": "2026-04-02"}
    found = scenario(paid, lost)
    assert (april(found), found["bad_debt"]) == ("0.00 -900.00 0.00 0.00", "200.00")
    refund = {"id": "RF-1", "of": "INV-1", "date": "2026-04-02", "amount": "50.00"}
    assert scenario(refund) == scenario()
    void = {"id": "VOID-1", "of": "CM-1", "date": "2026-04-20"}
    assert april(scenario(CREDIT, void)) == april(scenario())


def test_a_late_invoice_catches_up() -> None:
    late = INVOICE | {"id": "INV-2", "date": "2026-04-03", "customer": "Oak"}
    found = scenario(late)
    assert found["recognized_by_customer"]["2026-04"] == {"Elm": "100.00", "Oak": "400.00"}
    assert found["waterfall"]["2026-05"] == "200.00"


def test_a_decided_change() -> None:
    change = {
        "id": "M-1", "kind": "modification", "of": "INV-1", "date": "2026-04-01",
        "treatment": "catch_up", "added": "-240.00",
    }  # fmt: skip
    assert scenario(change)["recognized_by_customer"]["2026-04"] == {"Elm": "20.00"}


@pytest.mark.parametrize(
    ("given", "expect"),
    [
        ({"units": "120", "price": "100.00", "delivered": "60", "added_units": "30",
          "added_price": "95.00", "stand_alone": "95.00"}, {"treatment": "separate"}),
        ({"units": "120", "price": "100.00", "delivered": "60", "added_units": "30",
          "added_price": "80.00", "concession": "900.00"},
         {"treatment": "prospective", "unit_price": "93.33", "now": "-900.00"}),
        ({"rule": "change", "standing": [{"id": "B", "allocated": "1000000", "stand_alone": "1",
          "recognized": "600000"}], "price_change": "350000", "remaining_distinct": False,
          "costs_to_date": "420", "costs_in_all": "820", "progress_digits": "3"},
         {"suggested": "catch_up", "now": "91200.00"}),
        ({"rule": "returns", "price": "100", "cost": "60", "sold": "100", "returned": "3"},
         {"revenue": "9700", "refund_liability": "300", "return_asset": "180"}),
        ({"rule": "rebate", "units": "500", "earlier_units": "75", "full_price": "100",
          "reduced_price": "90"}, {"revenue": "44250"}),
        ({"rule": "financing", "principal": "1000000", "contract_rate": "5", "market_rate": "12",
          "payments": "60"}, {"payment": "18871.23"}),
        ({"rule": "advance", "advance": "4000", "rate": "6", "years": "2"},
         {"interest": ["240.00", "254.40"], "revenue": "4494.40"}),
        ({"rule": "option", "price": "100", "stand_alone": "100", "purchase": "50",
          "discount": "40", "discount_anyway": "10", "likelihood": "80"},
         {"stand_alone_option": "12", "product": "89.29", "option": "10.71"}),
        ({"rule": "points", "price": "100000", "stand_alone": "100000", "points": "10000",
          "point_price": "0.95", "used": [["4500", "9500"], ["8500", "9700"]]},
         {"product": "91324.20", "revenue": ["4109.59", "3492.92"]}),
    ],
)  # fmt: skip
def test_changes_and_prices_that_vary(given: dict[str, Any], expect: dict[str, Any]) -> None:
    vector = {"kind": "modification", "id": "x", "given": given, "expect": expect}
    assert compare(vector).differences == ()
    assert compare(vector | {"expect": dict.fromkeys(expect, "1.11")}).differences
