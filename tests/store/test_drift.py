"""What is asked of the findings, and of the whole mirror after a pass over everything."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.ledger.money import Money
from store import drift, drift_around, drift_checks
from store.drift import DriftFindingRow
from store.engine import Database
from store.parties import CustomerRow, SubsidiaryRow
from store.receivables import ApplicationRow, InvoiceRow, PaymentRow

DAY = date(2026, 3, 2)


def finding(now: datetime, key: str, **more: object) -> DriftFindingRow:
    """`finding(now, "voided invoice 501", customer_id=1)`."""
    kind, document_kind, netsuite_id = key.split()
    values: dict[str, object] = {
        "key": f"{kind}:{netsuite_id}",
        "kind": kind,
        "document_kind": document_kind,
        "netsuite_id": netsuite_id,
        "first_seen_at": now,
        "last_seen_at": now,
        **more,
    }
    return DriftFindingRow.model_validate(values)


@pytest.fixture
async def ledger(db: Database) -> int:
    """Acme of subsidiary 1 (USD); our id of it."""
    async with db.begin() as session:
        home = SubsidiaryRow(netsuite_id="1", name="Seller Inc.", currency="USD")
        session.add(home)
        await session.flush()
        acme = CustomerRow(netsuite_id="100", name="Acme", currency="USD", subsidiary_id=home.id)
        session.add(acme)
        await session.flush()
        return acme.id


def invoice(customer_id: int, text: str, **more: object) -> InvoiceRow:
    """`invoice(1, "501 100.00 40.00 open")`: ERP id, total, open balance, status."""
    key, total, left, status = text.split()
    currency = str(more.get("currency", "USD"))
    values: dict[str, object] = {
        "netsuite_id": key,
        "number": f"N-{key}",
        "customer_id": customer_id,
        "currency": currency,
        "total_minor": Money.parse(total, currency).minor,
        "open_minor": Money.parse(left, currency).minor,
        "issued_on": DAY,
        "due_on": DAY,
        "status": status,
        **more,
    }
    return InvoiceRow.model_validate(values)


def payment(customer_id: int, text: str, **more: object) -> PaymentRow:
    """`payment(1, "700 60.00 CHQ-7")`: ERP id, amount, reference."""
    key, amount, reference = text.split()
    minor = Money.parse(amount, "USD").minor
    values: dict[str, object] = {
        "source": "netsuite",
        "source_id": key,
        "netsuite_id": key,
        "number": f"P-{key}",
        "customer_id": customer_id,
        "currency": "USD",
        "amount_minor": minor,
        "unapplied_minor": minor,
        "received_on": DAY,
        "reference": reference,
        "state": "posted",
        **more,
    }
    return PaymentRow.model_validate(values)


async def add(db: Database, *rows: InvoiceRow | PaymentRow | DriftFindingRow) -> None:
    async with db.begin() as session:
        session.add_all(rows)


async def test_counts_by_state_and_kind_leave_out_what_was_adopted(
    db: Database, now: datetime
) -> None:
    closed: dict[str, object] = {"state": "closed", "closed_at": now}
    await add(
        db,
        finding(now, "voided invoice 1"),
        finding(now, "voided invoice 2", state="ignored", ignored_until=DAY),
        finding(now, "deleted invoice 3", state="unsyncable"),
        finding(now, "deleted payment 4", **closed, closed_by="sync"),
        finding(now, "balance_mismatch invoice 5", **closed, closed_by="import"),
    )
    async with db.read() as session:
        counted = await drift.counts(session)
        shown = await drift.open_findings(session, states=drift.STATES)
    assert counted == {
        "open": {"voided": 1},
        "ignored": {"voided": 1},
        "unsyncable": {"deleted": 1},
        "closed": {"deleted": 1},
    }
    assert [row.netsuite_id for row in shown] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "gone"},
        {"state": "ignored"},
        {"state": "closed"},
        {"ignored_until": DAY},
    ],
)
async def test_a_finding_is_never_half_settled(
    db: Database, now: datetime, wrong: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError):
        await add(db, finding(now, "voided invoice 1", **wrong))


async def test_a_subsidiary_is_not_taken_for_a_document_of_its_number(
    db: Database, now: datetime
) -> None:
    await add(db, finding(now, "control_total_gap subsidiary 1"), finding(now, "voided invoice 2"))
    async with db.read() as session:
        assert await drift.of_documents(session, ["1"]) == []
        assert await drift.of_documents(session, []) == ()
        assert len(await drift.of_documents(session, ["2"])) == 1
        assert [r.netsuite_id for r in await drift.unattributed(session, 9)] == ["2"]


async def test_a_balance_must_follow_from_what_is_applied(db: Database, ledger: int) -> None:
    right, wrong = invoice(ledger, "501 100.00 40.00 open"), invoice(ledger, "502 9.00 4.00 open")
    void, gone = invoice(ledger, "503 9.00 0.00 voided"), invoice(ledger, "504 9.00 4.00 open")
    gone.gone_at = datetime.fromisoformat("2026-03-01T00:00:00+00:00")
    paid = payment(ledger, "700 60.00 x")
    await add(db, right, wrong, void, gone, paid)
    async with db.begin() as session:
        session.add(ApplicationRow(invoice_id=right.id, payment_id=paid.id, amount_minor=6000))
    async with db.read() as session:
        assert await drift_checks.off_balance(session) == {"502": 500}
        applied = await drift_around.applied_to_invoices(session, ["501", "502"])
    assert applied == {"501": Money(6000, "USD"), "502": Money(0, "USD")}


async def test_statuses_that_do_not_fit(db: Database, ledger: int) -> None:
    await add(
        db,
        invoice(ledger, "501 100.00 100.00 paid"),
        invoice(ledger, "502 100.00 0.00 open"),
        invoice(ledger, "503 0.00 0.00 open"),
        invoice(ledger, "504 100.00 0.00 paid"),
    )
    async with db.read() as session:
        assert await drift_checks.contradicting(session) == ["501", "502"]


@pytest.mark.parametrize(
    ("later", "twin"),
    [
        ({}, True),
        ({"received_on": DAY + timedelta(days=7)}, True),
        ({"received_on": DAY + timedelta(days=8)}, False),
        ({"reference": "CHQ-8"}, False),
        ({"reference": "CHQ-8", "number": "P-700"}, True),
        ({"reference": ""}, False),
        ({"amount_minor": 6001}, False),
        ({"currency": "EUR"}, False),
        ({"state": "reversed"}, False),
    ],
)
async def test_twins(db: Database, ledger: int, later: dict[str, object], twin: bool) -> None:
    await add(db, payment(ledger, "700 60.00 CHQ-7"), payment(ledger, "1000 60.00 CHQ-7", **later))
    async with db.read() as session:
        found = await drift_checks.twins(session, days=7)
    assert found == ({"1000": "700"} if twin else {})


async def test_the_third_of_a_kind_is_held_against_the_first(db: Database, ledger: int) -> None:
    await add(db, *(payment(ledger, f"{key} 60.00 CHQ-7") for key in ("9", "10", "11")))
    async with db.read() as session:
        assert await drift_checks.twins(session, days=7) == {"10": "9", "11": "9"}


async def test_an_external_id_that_nothing_of_ours_carries(db: Database, ledger: int) -> None:
    await add(
        db,
        invoice(ledger, "501 9.00 9.00 open", external_id="dw-inv-unknown"),
        invoice(ledger, "502 9.00 9.00 open", external_id="theirs"),
    )
    async with db.read() as session:
        assert await drift_checks.borrowing(session) == ["501"]


async def test_what_customers_owe_in_their_own_currency(db: Database, ledger: int) -> None:
    await add(db, invoice(ledger, "501 100.00 40.00 open"), payment(ledger, "700 15.00 x"))
    async with db.read() as session:
        assert await drift_checks.owed_by_customers(session) == {"100": Money(2500, "USD")}
    await add(db, invoice(ledger, "502 9.00 9.00 open", currency="EUR"))
    async with db.read() as session:
        assert await drift_checks.owed_by_customers(session) == {}


async def test_a_distorted_balance_is_told_once_not_again_as_a_gap(
    db: Database, ledger: int, now: datetime
) -> None:
    row = invoice(ledger, "501 100.00 40.00 open", exchange_rate="1.5")
    sides: dict[str, object] = {
        "ours": {"open": {"minor": 10_000, "currency": "USD"}},
        "theirs": {"open": {"minor": 4_000, "currency": "USD"}},
    }
    await add(db, row, finding(now, "balance_mismatch invoice 501", customer_id=ledger, **sides))
    async with db.read() as session:
        known = await drift_checks.currencies(session)
        assert await drift_checks.distorted(session, known) == {"1": 9_000}
        assert await drift_checks.off_balance_customers(session) == {"100"}
