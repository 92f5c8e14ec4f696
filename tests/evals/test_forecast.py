"""The measure of the late-payment score: split by time, nothing known too early, plain errors."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from evals.forecast import COLUMNS, auc, measure, read, run

START = date(2025, 1, 1)


def file(folder: Path, *rows: str) -> Path:
    path = folder / "invoices.csv"
    path.write_text("\n".join((",".join(COLUMNS), *rows)), "utf-8")
    return path


def year(folder: Path) -> Path:
    """Two customers, one always early and one always late, an invoice a week each."""
    rows = []
    for week in range(50):
        issued = START + timedelta(weeks=week)
        due = issued + timedelta(days=30)
        rows.append(f"good,G{week},{issued},{due},{due - timedelta(days=3)},10.00,USD")
        rows.append(f"bad,B{week},{issued},{due},{due + timedelta(days=9)},10.00,USD")
    return file(folder, *rows)


def test_a_late_payer_scores_above_a_timely_one(tmp_path: Path) -> None:
    found = measure(read(year(tmp_path)))
    assert found.auc == 1.0
    assert found.base_rate == pytest.approx(0.5, abs=0.02)
    assert found.brier < found.brier_of_base / 2
    assert found.judged == 30


def test_ties_count_half() -> None:
    assert auc([(500, True), (500, False)]) == 0.5
    assert auc([(400, True), (500, False), (600, True)]) == 0.5


def test_the_outcome_of_an_invoice_is_not_known_when_it_is_scored(tmp_path: Path) -> None:
    rows = [f"c{n},I{n},{START + timedelta(days=n)},{START + timedelta(days=n)},"
            f"{START + timedelta(days=n + n % 2)},1.00,USD" for n in range(60)]  # fmt: skip
    assert measure(read(file(tmp_path, *rows))).auc == 0.5


def test_the_figures_are_printed_for_machines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(year(tmp_path), as_json=True) == 0
    assert json.loads(capsys.readouterr().out)["auc"] == 1.0
    assert run(year(tmp_path)) == 0
    assert "AUC:   1.000" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("c,1,2025-01-01,soon,,1.00,USD", "line 2: due_on 'soon' is no date"),
        ("c,1,,2025-01-01,,1.00,USD", "line 2: issued_on and due_on are needed"),
        ("c,1,2025-01-01,2025-01-31,,1.00,USD", "no invoice, or no late one"),
    ],
)
def test_a_file_that_cannot_be_measured_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, words: str
) -> None:
    assert run(file(tmp_path, row)) == 2
    assert words in capsys.readouterr().err
