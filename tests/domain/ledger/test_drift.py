"""What went apart between what we relied on and what the ERP has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.ledger.drift import Around, DocumentState, DriftKind, compare, control_gap, standing
from domain.ledger.errors import CurrencyMismatch
from domain.ledger.money import Money
from tests.domain.ledger.drifting import document

INVOICE = document("invoice 501 100.00 USD 40.00 open")
PAYMENT = document("payment 700 60.00 USD 0.00 applied", "501 60.00")


def kinds(
    baseline: DocumentState | None, after: DocumentState | None, around: Around | None = None
) -> list[str]:
    return [one.kind.value for one in compare(baseline, after, around or Around())]


def test_what_stands_as_it_stood_has_not_drifted() -> None:
    assert kinds(INVOICE, INVOICE) == []
    assert kinds(PAYMENT, PAYMENT) == []
    assert kinds(None, None) == []


def test_a_new_document_is_ordinary_life() -> None:
    assert kinds(None, INVOICE) == []


def test_an_invoice_that_goes_down_or_is_paid_is_ordinary_life() -> None:
    assert kinds(INVOICE, replace(INVOICE, open=Money(1000, "USD"))) == []
    assert kinds(INVOICE, replace(INVOICE, open=Money(0, "USD"), status="paid")) == []


def test_an_invoice_approved_or_refused_before_we_relied_on_it_is_ordinary_life() -> None:
    waiting = replace(INVOICE, status="pending_approval")
    assert kinds(waiting, INVOICE) == []
    assert kinds(waiting, replace(INVOICE, status="rejected")) == []


def test_a_paid_invoice_that_reopens_is_a_symptom_of_what_was_unapplied() -> None:
    paid = replace(INVOICE, open=Money(0, "USD"), status="paid")
    assert kinds(paid, INVOICE) == []


def test_a_document_that_is_gone_is_deleted_and_nothing_else() -> None:
    (one,) = compare(PAYMENT, None, Around(explained=frozenset({"501"})))
    assert (one.kind, one.ours, one.theirs) == (DriftKind.DELETED, PAYMENT, None)


def test_a_void_is_one_cause_whatever_else_it_zeroes() -> None:
    void = replace(
        PAYMENT, status="voided", total=Money(0, "USD"), open=Money(0, "USD"), applications=()
    )
    (one,) = compare(PAYMENT, void)
    assert (one.kind, one.fields) == (DriftKind.VOIDED, ("status",))
    assert kinds(void, void) == []
    assert kinds(replace(PAYMENT, status=""), void) == []


@pytest.mark.parametrize(
    ("change", "kind", "field"),
    [
        ({"total": Money(9000, "USD")}, "amount_changed", "total"),
        ({"total": Money(10000, "EUR")}, "currency_or_rate_changed", "total"),
        ({"total": Money(90, "JPY")}, "currency_or_rate_changed", "total"),
        ({"exchange_rate": "1.1"}, "currency_or_rate_changed", "exchange_rate"),
        ({"customer_netsuite_id": "101"}, "customer_changed", "customer_netsuite_id"),
        ({"due_on": date(2026, 5, 1)}, "due_date_changed", "due_on"),
        ({"period_netsuite_id": "304"}, "period_moved", "period_netsuite_id"),
        ({"status": "pending_approval"}, "status_mismatch", "status"),
        ({"status": "rejected"}, "status_mismatch", "status"),
        ({"status": "paid"}, "status_mismatch", "status"),
    ],
)
def test_each_changed_field_of_an_invoice(change: dict[str, Any], kind: str, field: str) -> None:
    (one,) = compare(INVOICE, replace(INVOICE, **change))
    assert (one.kind.value, one.fields) == (kind, (field,))


def test_a_rate_written_otherwise_is_the_same_rate() -> None:
    for before, after in [("1", "1.0"), ("1.10", "1.1"), ("0.5", ".5"), ("01.5", "1.50")]:
        was = replace(INVOICE, exchange_rate=before)
        assert kinds(was, replace(INVOICE, exchange_rate=after)) == []


def test_what_was_not_known_is_no_difference() -> None:
    blank = replace(
        INVOICE, exchange_rate="", period_netsuite_id="", customer_netsuite_id="", due_on=None
    )
    assert kinds(blank, INVOICE) == []
    assert kinds(INVOICE, blank) == []


def test_a_due_date_that_moves_along_with_the_document_is_no_second_cause() -> None:
    month = timedelta(days=31)
    moved = replace(
        INVOICE,
        on=INVOICE.on + month,
        due_on=date(2026, 4, 1) + month,
        period_netsuite_id="304",
    )
    assert kinds(INVOICE, moved) == ["period_moved"]
    assert kinds(INVOICE, replace(moved, due_on=date(2026, 6, 1))) == [
        "period_moved",
        "due_date_changed",
    ]
    assert kinds(INVOICE, replace(moved, period_netsuite_id="303")) == ["due_date_changed"]


def test_a_void_that_came_back_to_life() -> None:
    assert kinds(replace(INVOICE, status="voided"), INVOICE) == ["status_mismatch"]


@pytest.mark.parametrize("now", [(), ("501 50.00",), ("502 60.00",), ("501 60.50",)])
def test_an_application_that_stood_was_removed_or_changed(now: tuple[str, ...]) -> None:
    after = document("payment 700 60.00 USD 0.00 applied", *now)
    (one,) = compare(PAYMENT, after)
    assert (one.kind, one.fields) == (DriftKind.APPLICATION_MISMATCH, ("applications",))


def test_a_further_application_is_ordinary_life_unless_we_posted_the_payment() -> None:
    more = document("payment 700 60.00 USD 0.00 applied", "501 60.00", "502 5.00")
    assert kinds(PAYMENT, more) == []
    assert kinds(PAYMENT, more, Around(posted_by_us=True)) == ["application_mismatch"]


def test_an_application_to_a_document_with_a_cause_of_its_own_is_a_symptom() -> None:
    freed = document("payment 700 60.00 USD 60.00 open")
    assert kinds(PAYMENT, freed, Around(explained=frozenset({"501"}))) == []


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"total": Money(5000, "USD")}, "amount_changed"),
        ({"customer_netsuite_id": "101"}, "customer_changed"),
        ({"total": Money(6000, "EUR")}, "currency_or_rate_changed"),
    ],
)
def test_applications_lost_by_an_edit_of_the_settlement_are_symptoms(
    change: dict[str, Any], cause: str
) -> None:
    after = replace(PAYMENT, applications=(), **change)
    assert kinds(PAYMENT, after) == [cause]


def test_an_edited_total_explains_balance_and_status() -> None:
    after = replace(INVOICE, total=Money(6000, "USD"), open=Money(0, "USD"))
    assert kinds(INVOICE, after, Around(applied=Money(7000, "USD"))) == ["amount_changed"]


def test_two_causes_are_two_findings() -> None:
    after = replace(INVOICE, due_on=date(2026, 5, 1), customer_netsuite_id="101")
    assert kinds(INVOICE, after) == ["customer_changed", "due_date_changed"]


def test_a_balance_that_does_not_follow_from_what_is_applied() -> None:
    around = Around(applied=Money(5000, "USD"))
    (one,) = compare(INVOICE, INVOICE, around)
    assert one.kind is DriftKind.BALANCE_MISMATCH
    assert one.ours is not None
    assert one.ours.open == Money(5000, "USD")
    assert kinds(INVOICE, INVOICE, Around(applied=Money(6000, "USD"))) == []
    assert kinds(INVOICE, INVOICE, Around(applied=Money(5000, "EUR"))) == []


def test_a_distorted_balance_explains_a_status_that_does_not_fit() -> None:
    distorted = replace(INVOICE, open=Money(0, "USD"))
    assert kinds(INVOICE, distorted) == ["status_mismatch"]
    assert kinds(INVOICE, distorted, Around(applied=Money(6000, "USD"))) == ["balance_mismatch"]


def test_a_status_that_went_back_and_does_not_fit_is_one_finding() -> None:
    void = replace(INVOICE, status="voided")
    assert kinds(void, replace(INVOICE, status="paid")) == ["status_mismatch"]


def test_an_invoice_over_nothing_is_neither_open_nor_paid_by_mistake() -> None:
    nothing = document("invoice 501 0.00 USD 0.00 open")
    assert kinds(nothing, nothing) == []


@pytest.mark.parametrize(
    ("around", "why"),
    [
        (Around(period_closed=True), "period_closed"),
        (Around(passed_over=True), "passed_over"),
        (Around(borrowed_id=True), "borrowed_id"),
    ],
)
def test_a_new_document_where_none_was_expected(around: Around, why: str) -> None:
    (one,) = compare(None, INVOICE, around)
    assert (one.kind, one.fields) == (DriftKind.UNEXPECTED_DOCUMENT, (why,))
    assert one.ours is None
    assert kinds(None, replace(INVOICE, status="voided"), around) == []


def test_an_unexpected_document_is_not_also_contradictory() -> None:
    odd = replace(INVOICE, status="paid")
    assert kinds(None, odd, Around(period_closed=True)) == ["unexpected_document"]
    assert kinds(None, odd) == ["status_mismatch"]


def test_two_of_the_same() -> None:
    twin = replace(PAYMENT, netsuite_id="699", reference="WIRE 7")
    again = replace(PAYMENT, number="N-700", reference="WIRE 7")
    (one,) = standing(again, Around(twin=twin))
    assert (one.kind, one.ours) == (DriftKind.DUPLICATE_SUSPECT, twin)
    assert one.fields == ("number", "reference")
    (other,) = standing(replace(again, number="N-701"), Around(twin=twin))
    assert other.fields == ("reference",)
    assert standing(replace(again, number="", reference=""), Around(twin=twin))[0].fields == ()


def test_a_void_twin_is_no_twin() -> None:
    assert standing(replace(PAYMENT, status="voided"), Around(twin=PAYMENT)) == ()


def test_the_gap_of_a_control_total_beyond_rounding() -> None:
    ours, ledger = Money(10_000, "USD"), Money(10_250, "USD")
    assert control_gap(ours, ledger, 249) == Money(250, "USD")
    assert control_gap(ledger, ours, 249) == Money(-250, "USD")
    assert control_gap(ours, ledger, 250) is None
    assert control_gap(ours, ours, 0) is None
    with pytest.raises(CurrencyMismatch):
        control_gap(ours, Money(10_250, "EUR"), 0)
