"""Whatever people and clients do, the ledger balances and ties to the open documents."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from sandbox.netsuite.account import Account
from sandbox.netsuite.control.backdoor import act
from sandbox.netsuite.errors import Refusal
from sandbox.netsuite.records.recordtypes import RECORD_TYPES, TRANSFORMS
from sandbox.netsuite.seed import seed
from sandbox.netsuite.store import ErpStore
from tests.sandbox.netsuite.conftest import company

NOW = datetime(2026, 3, 10, 18, 30, tzinfo=UTC)
RATES = (None, "3.1", "3.25", "3.333333")


def step(account: Account, rng: random.Random) -> None:
    """One act of a person or a client; many are refused."""
    ids = [int(row[0]) for row in account.store.rows('SELECT id FROM "transaction" ORDER BY id')]
    record, other = rng.choice(ids), rng.choice(ids)
    amount = f"{rng.randrange(1, 400)}.{rng.randrange(100):02}"
    customer = rng.choice((100, 101, 103))
    rate = rng.choice(RATES)
    body: dict[str, object] = {"customer": {"id": str(customer)}, "payment": amount}
    if customer == 103 and rate:
        body["exchangeRate"] = rate
    match rng.randrange(10):
        case 0:
            account.writer().create(RECORD_TYPES["customerpayment"], body | {"autoApply": True})
        case 1:
            account.writer().create(RECORD_TYPES["customerdeposit"], body)
        case 2:
            act(account, {"do": "void", "id": record})
        case 3:
            act(account, {"do": "delete", "id": record})
        case 4 | 5:
            act(account, {"do": "apply", "id": record, "to": other, "amount": amount})
        case 6:
            act(account, {"do": "apply", "id": record, "to": other, "amount": "0"})
        case 7:
            act(account, {"do": "approve", "id": record, "approved": rng.random() < 0.5})
        case 8:
            line: dict[str, object] = {"doc": {"id": str(other)}, "apply": True, "amount": amount}
            fields: dict[str, object] = {"apply": {"items": [line]}}
            kind = rng.choice([target for _, target in sorted(TRANSFORMS)])
            act(account, {"do": "transform", "id": record, "type": kind, "fields": fields})
        case _:
            lines: list[dict[str, object]] = [
                {"account": {"id": "8"}, "debit": amount},
                {"account": {"id": "2"}, "credit": amount, "entity": {"id": "100"}},
            ]
            fields = {"subsidiary": {"id": "1"}, "line": {"items": lines}}
            account.writer().create(RECORD_TYPES["journalentry"], fields)


def open_in_books(store: ErpStore) -> dict[str, float]:
    """Per customer: receivables in the ledger, and open documents at their own rates."""
    booked = (
        "SELECT t.entity, SUM(a.amount * a._basescale) FROM transactionaccountingline a"
        ' JOIN "transaction" t ON t.id = a."transaction"'
        " WHERE a.account = 2 AND t.voided = 'F' GROUP BY t.entity"
    )
    documents = (
        "SELECT entity, SUM((foreignamountunpaid - foreignpaymentamountunused) * _scale"
        " * exchangerate) FROM \"transaction\" WHERE type <> 'CustDep' AND _open = 1"
        " GROUP BY entity"
    )
    left = {str(row[0]): float(row[1] or 0) for row in store.rows(booked)}
    right = {str(row[0]): float(row[1] or 0) for row in store.rows(documents)}
    return {key: left.get(key, 0) - right.get(key, 0) for key in left.keys() | right.keys()}


@pytest.mark.parametrize("seed_number", range(12))
def test_the_books_tie_to_the_documents_after_anything(seed_number: int) -> None:
    store = ErpStore()
    seed(store, company())
    account = Account(store, lambda: NOW)
    rng, done = random.Random(seed_number), 0
    for _ in range(60):
        try:
            step(account, rng)
            done += 1
        except (Refusal, ValueError):
            continue
    assert done > 8
    off = 'SELECT "transaction" FROM transactionaccountingline GROUP BY 1 HAVING SUM(amount) <> 0'
    assert [int(row[0]) for row in store.rows(off)] == []
    negative = store.number(
        'SELECT COUNT(*) FROM "transaction" WHERE foreignamountunpaid < 0'
        " OR foreignpaymentamountunused < 0 OR foreignamountpaid < 0"
    )
    assert negative == 0
    links = store.number("SELECT COUNT(*) FROM nexttransactionlinelink")
    assert links == store.number("SELECT COUNT(*) FROM previoustransactionlinelink")
    assert all(abs(gap) < 100 for gap in open_in_books(store).values()), open_in_books(store)
    store.close()
