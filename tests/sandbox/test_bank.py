"""The sandbox's bank writes reports that the service's reader and a public one take whole."""

from __future__ import annotations

from datetime import date

from bai2 import bai2 as oracle

from sandbox.bank import Movement, bai2
from sources.arrived import ReadFile
from sources.bank.detect import read_bank_file

MOVED = {
    "USD": [
        Movement("142", 12_345, "T1", "ORIG CO NAME:ACME, INC. DACT:7100007919 REMI:INV100001"),
        Movement("142", 900, "STRIPE1", "ORIG CO NAME:STRIPE TRACE#:STRIPE1"),
    ],
    "JPY": [Movement("195", 5_000, "T2", "ORIG CO NAME:NIHON KK")],
}


def test_a_report_is_read_whole() -> None:
    report = bai2(date(2026, 3, 9), MOVED)
    read = read_bank_file(report.encode(), "statement.bai")
    assert isinstance(read, ReadFile)
    told = [(str(one.amount), one.payer_name) for one in read.movements]
    assert told == [
        ("5,000 JPY", "NIHON KK"),
        ("123.45 USD", "ACME, INC."),
        ("9.00 USD", "STRIPE"),
    ]
    assert "INV100001" in {ref.text for ref in read.movements[1].references}
    (group,) = oracle.parse_from_string(report).children
    assert sum(len(account.children) for account in group.children) == 3
