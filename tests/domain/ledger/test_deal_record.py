from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from domain.ledger.deal import Deal, DealCustomer, DealLine, DealMilestone
from domain.ledger.deal_record import from_payload, payload
from domain.ledger.money import Money


def usd(text: str) -> Money:
    return Money.parse(text, "USD")


BARE = Deal("manual", "1", "", DealCustomer("", "Linden"), "USD", None, None, None, ())
FULL = replace(
    BARE,
    version="v2",
    customer=DealCustomer(
        "77", "Linden", "linden.example", "DE", "DE1", ("Weg 1", "Berlin"), ("a@b.example",),
        merged_into="78", parent="1", erp_id="C-9", merged_ids=("75",),
    ),
    closed_on=date(2026, 1, 2),
    changed_at=datetime(2026, 1, 3, 4, 5, 6, 7, tzinfo=UTC),
    amount=usd("10.00"),
    tax_included=False,
    merged_ids=("3", "4"),
    lines=(
        DealLine(
            "L1", "Seats", "S-1", "", "10", usd("1.00"), usd("0.10"), "month", 2, 12,
            date(2026, 1, 1), None, "milestone", "service", price_units=100,
            milestones=(DealMilestone("Go", usd("5.00")),
                        DealMilestone("End", usd("4.90"), date(2026, 3, 1))),
            list_price=usd("2.00"), minimum=usd("0.00"), included="5",
        ),
        DealLine("L2", "", "", "", "0", usd("0.00")),
    ),
)  # fmt: skip


def test_what_a_database_cannot_keep_is_left_out() -> None:
    odd = replace(BARE, memo="a\0b \ud800")
    assert from_payload(json.loads(json.dumps(payload(odd)))).memo == "a b ?"


def test_a_deal_survives_being_kept() -> None:
    for deal in (BARE, FULL):
        assert from_payload(json.loads(json.dumps(payload(deal)))) == deal
