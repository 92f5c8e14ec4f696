"""The evaluation of matching: what it reads, what it writes, how it counts."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from evals.matching import predict, run, settings_for
from evals.matching_files import BadFile, Truth, load, load_truth
from evals.matching_score import Prediction, Tally

INVOICES = """\
invoice_id,Client,Company Code,Fiscal Year,Document Number,Line Item Number,Assignment Number,\
Billing Number,Customer ID,Customer Name,Currency Code,Amount,Document Date,Due Date
0,1,1,2020,90001,1,FA-2020-000451,7700451,C1,Northwind Möbel GmbH,EUR,1250.37,20200105,20200205
1,1,1,2020,90002,1,FA-2020-000452,7700452,C1,Northwind Möbel GmbH,EUR,310.99,20200106,20200206
2,1,1,2020,90003,1,FA-2020-000453,7700453,C2,Corvel Freight LLC,JPY,88001.55,20200107,20200207
3,1,1,2020,90004,1,FA-2020-000454,7700454,C2,Corvel Freight LLC,JPY,912.4,20200108,20200208
4,1,1,2020,90005,1,FA-2020-000455,7700455,C3,Tanaka 株式会社,EUR,640.25,20200301,20200401
5,1,1,2020,90006,1,FA-2020-000456,7700456,C3,Tanaka 株式会社,EUR,640.25,20200301,20200401
"""
PAYMENTS = """\
payment_id,Business Partner,Account Number,Memo Line,Amount,Currency,Posting Date
0,NORTHWIND MOBEL,DE89370400440532013000,Zahlung FA-2020-000451,1250.3700000000001,EUR,20200201
1,Northwind Möbel GmbH,DE89370400440532013000,no 0: 7700 452,310.99,EUR,20200202
2,Corvel Freight LLC,GB33BUKB20201555555555,7700453 + 7700454,88913.95000000001,JPY,20200203
3,Tanaka,JP00,,640.25,EUR,20200405
4,Somebody Else,FR00,rent,99.00,EUR,20200406
"""
MATCHES = """\
match_id,match_category,perturbation_categories,invoice_ids,payment_ids
0,one_pay_one_inv,[],[0],[0]
1,one_pay_one_inv,"[""blank""]",[1],[1]
2,one_pay_multi_inv,[],"[2, 3]",[2]
3,one_pay_one_inv,[],[4],[3]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    (data / "invoices.csv").write_text(INVOICES, encoding="utf-8")
    (data / "payments.csv").write_text(PAYMENTS, encoding="utf-8")
    (data / "matches.csv").write_text(MATCHES, encoding="utf-8")
    return data


def predicted(out: Path) -> dict[str, dict[str, str]]:
    with (out / "predictions.csv").open(encoding="utf-8", newline="") as lines:
        return {row["payment_id"]: row for row in csv.DictReader(lines)}


def test_decisions_of_a_small_stream(folder: Path, tmp_path: Path) -> None:
    assert run(folder, out=tmp_path) == 0
    rows = predicted(tmp_path)
    assert list(rows["0"]) == [
        "payment_id",
        "decision",
        "invoice_ids",
        "amounts",
        "tier",
        "reason",
    ]
    said = {key: (row["decision"], json.loads(row["invoice_ids"])) for key, row in rows.items()}
    assert said["0"] == ("auto", ["0"])
    assert said["1"] == ("auto", ["1"])
    assert said["2"] == ("auto", ["2", "3"])
    assert json.loads(rows["2"]["amounts"]) == ["88001.55", "912.40"]
    assert said["3"][0] != "auto", "two equal invoices, and no reference"
    assert said["4"] == ("unmatched", [])
    assert all(row["reason"] for row in rows.values())


def test_the_truth_changes_nothing(folder: Path, tmp_path: Path) -> None:
    blind, lying = tmp_path / "blind", tmp_path / "lying"
    for copy in (blind, lying):
        shutil.copytree(folder, copy)
    (blind / "matches.csv").unlink()
    wrong = MATCHES.replace("[0],[0]", "[5],[0]")
    (lying / "matches.csv").write_text(wrong, encoding="utf-8")
    written = []
    for place in (folder, blind, lying):
        assert run(place, out=place) == 0
        written.append((place / "predictions.csv").read_bytes())
    assert written[0] == written[1] == written[2]


def test_the_order_of_the_rows_changes_nothing(folder: Path, tmp_path: Path) -> None:
    assert run(folder, out=tmp_path) == 0
    before = (tmp_path / "predictions.csv").read_bytes()
    for name in ("invoices.csv", "payments.csv"):
        head, *rows = (folder / name).read_text(encoding="utf-8").splitlines()
        (folder / name).write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")
    assert run(folder, out=tmp_path) == 0
    assert (tmp_path / "predictions.csv").read_bytes() == before


def test_figures_are_printed_and_count_against_the_truth(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ticks, work = iter((10.0, 12.5)), iter((1.0, 1.5))
    clocks = {"clock": lambda: next(ticks), "work": lambda: next(work)}
    assert run(folder, as_json=True, out=tmp_path, **clocks) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["seconds"], told["processor_seconds"]) == (2.5, 0.5)
    assert told["decimals"] == {"EUR": 2, "JPY": 2}
    assert told["all"]["all"]["payments"] == 5
    assert told["all"]["all"]["automatic"] == 3
    assert told["all"]["all"]["wrong_automatic"] == 0
    assert set(told["perturbation"]) == {"blank", "none"}
    assert run(folder, out=tmp_path) == 0
    assert "one_pay_multi_inv" in capsys.readouterr().out


def test_amounts_are_rounded_to_the_decimals_of_the_file(folder: Path) -> None:
    data = load(folder)
    assert data.scales.decimals["JPY"] == 2
    amounts = {r.source_id: str(r.amount).split()[0] for r in data.receipts}
    assert amounts["0"] == "1,250.37"
    assert amounts["2"] == "88,913.95"
    whole = INVOICES.replace("88001.55", "88001").replace("912.4,", "912,")
    (folder / "invoices.csv").write_text(whole, encoding="utf-8")
    assert load(folder).scales.codes["JPY"] == "JPY"


def test_an_invoice_is_unknown_before_its_day(folder: Path) -> None:
    data = load(folder)
    early = tuple(replace(r, received_on=data.items[0].issued_on) for r in data.receipts)
    said = {p.payment_id: p for p in predict(replace(data, receipts=early))}
    assert said["0"].invoices == ("0",)
    assert said["3"].invoices == ()


def test_bad_files_are_told(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "payments.csv").write_text("payment_id\n1\n", encoding="utf-8")
    assert run(folder, out=tmp_path) == 2
    assert str(folder) in capsys.readouterr().err
    (folder / "payments.csv").write_text(PAYMENTS, encoding="utf-8")
    for bad in ("EURO", "1,5"):
        row = INVOICES.replace("EUR,1250.37", f"EUR,{bad}" if "," in bad else f"{bad},1250.37")
        (folder / "invoices.csv").write_text(row, encoding="utf-8")
        with pytest.raises(BadFile):
            load(folder)
    with pytest.raises(BadFile):
        load_truth(tmp_path / "nowhere")


def test_a_wrong_automatic_match_is_counted() -> None:
    tally = Tally()
    one = Prediction("1", "auto", True, ("7",), ("5.00",), "EUR", 500, 1, "amount", "why")
    tally.add(one, Truth(frozenset({"7", "8"}), "x", ()))
    tally.add(replace(one, automatic=False, decision="propose"), Truth(frozenset({"7"}), "x", ()))
    assert (tally.wrong_automatic, tally.automatic, tally.exact) == (1, 1, 1)
    assert tally.precision == 1.0
    assert tally.recall == 2 / 3
    assert tally.automatic_by_value == 0.5


def test_the_settings_are_those_of_a_careful_seller(folder: Path) -> None:
    settings = settings_for(load(folder).scales)
    assert not settings.fees
    assert not settings.withholding
    assert settings.write_off_percent == 1
    assert not settings.equal_invoices_oldest_first
