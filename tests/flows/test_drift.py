"""A page of a pass is judged: findings open once, follow what stands, and close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.ledger.drift import Change, DocumentState
from domain.ledger.money import Money
from flows import drift
from store.drift import DriftFindingRow
from store.engine import Database
from store.erp_mirror import PostingPeriodRow
from store.outgoing import OutgoingEventRow
from store.parties import CustomerRow
from store.receivables import InvoiceRow
from store.worklist import WorkItemRow
from tests.domain.ledger.drifting import document
from tests.flows.scene import NOW, Scene

LATER = NOW + timedelta(minutes=5)
INVOICE = document("invoice 501 100.00 USD 100.00 open")
PAYMENT = document("payment 700 60.00 USD 0.00 applied", "501 60.00")


@pytest.fixture(autouse=True)
async def ledger(scene: Scene) -> None:
    """Acme is customer 100; January is closed, March is open."""
    await scene.add(
        CustomerRow(netsuite_id="100", name="Acme", currency="USD"),
        CustomerRow(netsuite_id="101", name="Beta", currency="USD"),
        *(
            PostingPeriodRow(
                netsuite_id=key, name=key, starts_on=first, ends_on=last, closed=closed
            )
            for key, first, last, closed in (
                ("301", date(2026, 1, 1), date(2026, 1, 31), True),
                ("302", date(2026, 2, 1), date(2026, 2, 28), False),
                ("303", date(2026, 3, 1), date(2026, 3, 31), False),
            )
        ),
    )


async def see(db: Database, *changes: tuple[DocumentState | None, DocumentState | None]) -> None:
    async with db.begin() as session:
        await drift.observe(session, [Change(*one) for one in changes], LATER)


async def findings(scene: Scene, state: str = "open") -> dict[str, DriftFindingRow]:
    rows: Sequence[DriftFindingRow] = await scene.all(DriftFindingRow)
    return {f"{row.kind} {row.netsuite_id}": row for row in rows if row.state == state}


async def test_ordinary_life_opens_nothing(db: Database, scene: Scene) -> None:
    paid = replace(INVOICE, open=Money(4000, "USD"))
    await see(db, (None, INVOICE), (INVOICE, paid), (None, PAYMENT))
    assert await findings(scene) == {}


async def test_a_finding_says_what_stood_what_stands_and_whose_it_is(
    db: Database, scene: Scene
) -> None:
    await see(db, (INVOICE, replace(INVOICE, due_on=date(2026, 5, 1))))
    (row,) = (await findings(scene)).values()
    assert (row.kind, row.fields, row.number) == ("due_date_changed", ["due_on"], "N-501")
    assert (row.ours["due_on"], row.theirs["due_on"]) == ("2026-04-01", "2026-05-01")
    (acme,) = [c for c in await scene.all(CustomerRow) if c.netsuite_id == "100"]
    assert row.customer_id == acme.id
    assert row.period_ends_on == date(2026, 3, 31)
    assert row.first_seen_at == LATER


async def test_a_finding_alerts_once_however_often_it_is_seen(db: Database, scene: Scene) -> None:
    changed = replace(INVOICE, total=Money(9000, "USD"), open=Money(9000, "USD"))
    await see(db, (INVOICE, changed))
    await see(db, (changed, replace(changed, reference="PO 2")))
    (item,) = await scene.all(WorkItemRow)
    assert item.title == "Invoice N-501: the amount was changed in NetSuite"
    assert [event.kind for event in await scene.all(OutgoingEventRow)] == ["drift.opened"]


async def test_a_finding_closes_itself_when_equal_again(db: Database, scene: Scene) -> None:
    changed = replace(INVOICE, total=Money(9000, "USD"), open=Money(9000, "USD"))
    await see(db, (INVOICE, changed))
    await see(db, (changed, INVOICE))
    (row,) = (await findings(scene, "closed")).values()
    assert (row.closed_by, row.closed_reason) == ("sync", "equal again")
    (item,) = await scene.all(WorkItemRow)
    assert item.closed_at is not None
    kinds = [event.kind for event in await scene.all(OutgoingEventRow)]
    assert kinds == ["drift.opened", "drift.closed"]


async def test_the_baseline_is_what_stood_before_the_first_change(
    db: Database, scene: Scene
) -> None:
    one = replace(INVOICE, due_on=date(2026, 5, 1))
    two = replace(INVOICE, due_on=date(2026, 6, 1))
    await see(db, (INVOICE, one))
    await see(db, (one, two))
    (row,) = (await findings(scene)).values()
    assert (row.ours["due_on"], row.theirs["due_on"]) == ("2026-04-01", "2026-06-01")


async def test_a_cause_that_comes_again_opens_and_alerts_again(db: Database, scene: Scene) -> None:
    changed = replace(INVOICE, due_on=date(2026, 5, 1))
    await see(db, (INVOICE, changed))
    await see(db, (changed, INVOICE))
    await see(db, (INVOICE, replace(changed, due_on=date(2026, 7, 1))))
    (row,) = (await findings(scene)).values()
    assert (row.theirs["due_on"], row.closed_at) == ("2026-07-01", None)
    (item,) = await scene.all(WorkItemRow)
    assert item.closed_at is None


async def test_a_void_takes_the_place_of_an_edit(db: Database, scene: Scene) -> None:
    changed = replace(INVOICE, total=Money(9000, "USD"), open=Money(9000, "USD"))
    void = replace(changed, status="voided", open=Money(0, "USD"))
    await see(db, (INVOICE, changed))
    await see(db, (changed, void))
    assert list(await findings(scene)) == ["voided 501"]
    (closed,) = (await findings(scene, "closed")).values()
    assert closed.closed_reason == "explained by voided"


async def test_a_deleted_payment_is_one_finding_and_its_invoice_none(
    db: Database, scene: Scene
) -> None:
    paid = replace(INVOICE, open=Money(0, "USD"), status="paid")
    await see(db, (PAYMENT, None), (paid, INVOICE))
    assert list(await findings(scene)) == ["deleted 700"]


@pytest.mark.parametrize("void_first", [True, False])
async def test_an_application_lost_to_a_void_invoice_is_no_finding(
    db: Database, scene: Scene, void_first: bool
) -> None:
    void = (INVOICE, replace(INVOICE, status="voided", open=Money(0, "USD")))
    freed = (PAYMENT, document("payment 700 60.00 USD 60.00 open"))
    for one in (void, freed) if void_first else (freed, void):
        await see(db, one)
    assert list(await findings(scene)) == ["voided 501"]


async def test_an_application_lost_with_its_invoice_in_one_page_is_no_finding(
    db: Database, scene: Scene
) -> None:
    freed = (PAYMENT, document("payment 700 60.00 USD 60.00 open"))
    await see(db, freed, (INVOICE, None))
    assert list(await findings(scene)) == ["deleted 501"]
    assert [row.kind for row in await scene.all(WorkItemRow)] == ["drift"]


async def test_a_new_document_in_a_closed_period_was_not_expected(
    db: Database, scene: Scene
) -> None:
    late = replace(INVOICE, on=date(2026, 1, 20), period_netsuite_id="301")
    await see(db, (None, late))
    (row,) = (await findings(scene)).values()
    assert (row.kind, row.fields) == ("unexpected_document", ["period_closed"])
    assert row.period_ends_on == date(2026, 1, 31)


async def test_an_unexpected_document_that_is_removed_leaves_nothing_open(
    db: Database, scene: Scene
) -> None:
    late = replace(INVOICE, on=date(2026, 1, 20), period_netsuite_id="301")
    await see(db, (None, late))
    await see(db, (late, None))
    assert await findings(scene) == {}
    assert list(await findings(scene, "closed")) == ["unexpected_document 501"]


async def test_an_unexpected_document_moved_to_an_open_period_is_settled(
    db: Database, scene: Scene
) -> None:
    late = replace(INVOICE, on=date(2026, 1, 20), period_netsuite_id="301")
    await see(db, (None, late))
    await see(db, (late, replace(late, on=date(2026, 3, 1), period_netsuite_id="303")))
    assert "unexpected_document 501" in await findings(scene, "closed")


async def test_a_document_with_an_external_id_that_only_looks_like_ours(
    db: Database, scene: Scene
) -> None:
    await see(db, (None, replace(PAYMENT, external_id="dw-pay-notours")))
    (row,) = (await findings(scene)).values()
    assert (row.kind, row.fields) == ("unexpected_document", ["borrowed_id"])


async def test_a_further_application_on_a_payment_we_posted(db: Database, scene: Scene) -> None:
    await scene.receipt("60.00 USD", netsuite_id="700", state="posted")
    more = document("payment 700 60.00 USD 0.00 applied", "501 60.00", "502 1.00")
    await see(db, (PAYMENT, more))
    assert list(await findings(scene)) == ["application_mismatch 700"]


async def test_a_deleted_payment_of_ours_is_drift_even_if_it_looked_like_a_duplicate(
    db: Database, scene: Scene
) -> None:
    await scene.receipt("60.00 USD", netsuite_id="700", state="posted")
    await scene.add(
        DriftFindingRow(
            key="duplicate_suspect:700",
            kind="duplicate_suspect",
            document_kind="payment",
            netsuite_id="700",
            ours={"netsuite_id": "699"},
            first_seen_at=NOW,
            last_seen_at=NOW,
        )
    )
    await see(db, (PAYMENT, None))
    assert "deleted 700" in await findings(scene)


async def test_a_status_that_does_not_fit_its_amounts(db: Database, scene: Scene) -> None:
    (acme,) = [c for c in await scene.all(CustomerRow) if c.netsuite_id == "100"]
    await scene.add(invoice_row(acme.id, open_minor=10_000, status="paid"))
    await see(db, (INVOICE, replace(INVOICE, status="paid")))
    (row,) = (await findings(scene)).values()
    assert (row.kind, row.ours["status"], row.theirs["status"]) == (
        "status_mismatch",
        "open",
        "paid",
    )
    await see(db, (replace(INVOICE, status="paid"), INVOICE))
    assert await findings(scene) == {}


async def test_a_balance_that_does_not_follow_explains_the_status(
    db: Database, scene: Scene
) -> None:
    (acme,) = [c for c in await scene.all(CustomerRow) if c.netsuite_id == "100"]
    await scene.add(invoice_row(acme.id, open_minor=0, status="open"))
    await see(db, (INVOICE, replace(INVOICE, open=Money(0, "USD"))))
    assert list(await findings(scene)) == ["balance_mismatch 501"]


def invoice_row(customer_id: int, *, open_minor: int, status: str) -> InvoiceRow:
    return InvoiceRow(
        netsuite_id="501",
        number="N-501",
        customer_id=customer_id,
        currency="USD",
        total_minor=10_000,
        open_minor=open_minor,
        issued_on=date(2026, 3, 2),
        due_on=date(2026, 4, 1),
        status=status,
    )
