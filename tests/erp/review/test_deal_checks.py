"""Checks of invoices that come from a deal: on each it fires, and close by it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from erp.masters import ErpItem
from erp.review.catalogue import CATALOGUE, by_id
from erp.review.check import review
from erp.review.draft import DraftLine
from erp.review.fixes import fixed
from erp.review.origin import Bundled, Changed, Origin, SoldLine
from erp.review.subject import ReviewSubject
from tests.erp.review.cases import (
    DAY,
    DRAFT,
    ITEMS,
    LINE,
    MASTERS,
    NOW,
    PLATFORM,
    customer,
    day,
    subject,
    usd,
    with_line,
)

SOLD = SoldLine(usd("1000.00"), "10")
ORIGIN = Origin(
    deal_id=1,
    name="Brightwater renewal",
    won=True,
    currency="USD",
    worth=usd("4000.00"),
    billed=usd("3000.00"),
    sold=usd("4000.00"),
    lines=(SOLD,),
    terms="Net 30",
    amount=usd("4000.00"),
    party="Brightwater Labs, Inc.",
)
MONTHS = SoldLine(usd("1200.00"), "1", day("2026-03-01"), day("2027-02-28"))
USED = replace(
    LINE, usage=True, service_starts_on=day("2026-02-01"), service_ends_on=day("2026-02-28"),
    description="2026-02-01 to 2026-02-28",
)  # fmt: skip
HALF = replace(LINE, amount=usd("500.00"), quantity="5")


def of_deal(
    draft: Any = DRAFT, /, told: dict[str, Any] | None = None, **more: Any
) -> ReviewSubject:
    origin = replace(ORIGIN, **(told or {}))
    return subject(draft, origin=origin, carries=frozenset({"deal", "contract"}), **more)


def told(**said: Any) -> ReviewSubject:
    return of_deal(told=said)


def one(line: DraftLine, sold: SoldLine) -> ReviewSubject:
    return of_deal(with_line(line), {"lines": (sold,), "worth": usd("9000.00"), "amount": None})


Make = Callable[[], ReviewSubject]
FIRES: dict[str, tuple[Make, Make]] = {
    "CUS-009": (lambda: told(account_changes=("name A is now B",)), told),
    "CUS-010": (
        lambda: of_deal(told={"party": "Bright Group"},
                        customer=customer(relatives=("Bright Group Ltd",))),
        lambda: of_deal(told={"party": "Bright Group"},
                        customer=customer(relatives=("Another Ltd",))),
    ),
    "HDR-006": (lambda: told(currency="EUR"), told),
    "HDR-009": (lambda: told(terms="Net 45"), lambda: told(terms="30 days from receipt")),
    "LIN-006": (
        lambda: one(replace(LINE, amount=usd("994.00"), rate=""), SOLD),
        lambda: one(replace(LINE, amount=usd("995.00"), rate=""), SOLD),
    ),
    "LIN-008": (lambda: one(HALF, SOLD), lambda: one(LINE, replace(SOLD, quantity="10.0"))),
    "TAX-005": (lambda: told(tax_included=True), lambda: told(tax_included=False)),
    "REV-003": (
        lambda: one(PLATFORM, replace(MONTHS, service_ends_on=day("2027-01-31"))),
        lambda: one(PLATFORM, MONTHS),
    ),
    "REV-006": (
        lambda: told(bundle=(Bundled("A", usd("79.00"), usd("100.00")), Bundled("B", usd("1.00")))),
        lambda: told(bundle=(Bundled("A", usd("80.00"), usd("100.00")), Bundled("B", usd("1.00")))),
    ),
    "REV-007": (
        lambda: told(bundle=(Bundled("A", usd("80.00")), Bundled("B", usd("0.00")))),
        lambda: told(bundle=(Bundled("A", usd("80.00")), Bundled("B", usd("0.00"), usd("5.00")))),
    ),
    "REV-008": (lambda: told(modifies="D"), lambda: told(modifies="D", treatment="prospective")),
    "DEA-001": (lambda: told(won=False), told),
    "DEA-002": (lambda: told(billed=usd("3000.01")), told),
    "DEA-003": (lambda: told(amount=usd("4000.02")), lambda: told(amount=usd("4000.01"))),
    "DEA-004": (
        lambda: told(contract_amount=usd("5000.00")),
        lambda: told(contract_amount=usd("4000.00")),
    ),
    "DEA-005": (lambda: told(changes=(Changed("terms", "Net 30", ""),), changed_at=NOW), told),
    "DEA-006": (lambda: told(doubts=("fee amount",)), told),
    "DEA-007": (
        lambda: of_deal(with_line(PLATFORM), {"ends_on": day("2027-02-27"), "lines": (MONTHS,)}),
        lambda: of_deal(with_line(PLATFORM), {"ends_on": day("2027-02-28"), "lines": (MONTHS,)}),
    ),
    "DEA-008": (
        lambda: told(lines=(replace(SOLD, standing="waits_for_evidence", milestone="Go-live"),)),
        lambda: told(lines=(replace(SOLD, milestone="Go-live"),)),
    ),
    "DEA-009": (lambda: told(not_cash="shares"), told),
    "DUP-003": (
        lambda: told(lines=(replace(SOLD, pushed_as="INV-9", pushed_netsuite_id="99"),)), told,
    ),
}  # fmt: skip


def found(made: ReviewSubject) -> list[str]:
    return [finding.id for finding in review(made)]


def test_all_that_deals_and_contracts_are_asked_is_here() -> None:
    assert {c.id for c in CATALOGUE if c.needs in ("deal", "contract")} == set(FIRES)


@pytest.mark.parametrize("name", FIRES)
def test_it_fires_and_close_by_it_does_not(name: str) -> None:
    fires, not_quite = FIRES[name]
    findings = [f for f in review(fires()) if f.id == name]
    assert findings
    assert all("{" not in f.message + f.fix for f in findings)
    assert all(f.severity is by_id(name).severity for f in findings)
    assert name not in found(not_quite())


def test_nothing_stands_against_what_the_deal_says() -> None:
    assert [name for name in found(of_deal()) if name != "REV-012"] == []


def test_a_kit_has_no_split() -> None:
    kit = ErpItem("10", "Support", "Kit", "", "400")
    made = of_deal(masters=replace(MASTERS, items={**ITEMS, "10": kit}))
    assert "REV-007" in found(made)


def test_a_line_nobody_sold() -> None:
    two = replace(DRAFT, lines=(LINE, HALF))
    assert "LIN-006" in found(of_deal(two, {"worth": usd("9000.00"), "amount": None}))


def test_an_outdated_draft_has_one_finding_for_it_and_its_fix_is_the_deal() -> None:
    fresh = replace(DRAFT, po_number="PO-9")
    changes = (Changed("po number", "", "PO-9"),)
    made = told(changes=changes, refreshed=fresh, lines=(replace(SOLD, amount=usd("5.00")),))
    (finding,) = [f for f in review(made) if f.id == "DEA-005"]
    assert finding.fixable
    assert "PO-9" in finding.message
    assert fixed("DEA-005", "", made) == fresh
    assert "LIN-006" not in found(made)


def test_what_is_in_the_erp_is_linked_instead() -> None:
    made = told(lines=(replace(SOLD, pushed_as="INV-9", pushed_netsuite_id="99"),))
    after = fixed("DUP-003", "99", made)
    assert after == replace(DRAFT, netsuite_id="99", number="INV-9", state="pushed")
    assert fixed("DUP-003", "98", made) is None


def test_service_dates_come_from_the_deal() -> None:
    bare = replace(PLATFORM, service_starts_on=None, service_ends_on=None)
    made = one(bare, MONTHS)
    assert "REV-001" in found(made)
    after = fixed("REV-001", "line 1", made)
    assert after == replace(DRAFT, lines=(PLATFORM,))
    assert fixed("REV-001", "line 2", made) is None


def test_usage_nobody_closed_is_not_final() -> None:
    assert "REV-011" not in found(one(USED, SOLD))
    assert "REV-011" in found(one(USED, replace(SOLD, standing="waits_for_usage")))


def test_terms_nobody_can_read_are_compared_by_name() -> None:
    assert "HDR-009" in found(told(terms="as agreed"))
    unread = of_deal(replace(DRAFT, due_on=DAY + timedelta(days=30)), {"terms": "net 30"})
    assert "HDR-009" not in found(unread)
