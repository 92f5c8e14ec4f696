"""The sandbox's objects carry no field that Stripe's published fixtures do not know."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox.stripe import movements, objects
from sandbox.stripe.objects import Buyer, Json, Receipt

KEYS: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "fixture_keys.json").read_text(encoding="ascii")
)["keys"]
AT = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
BUYER = Buyer("cus_1", "Acme Corp", "ap@acme.example", "USD", "US")
PAID = Receipt("k", BUYER, 12_345, "USD", "INV-1001")
CHARGE, INTENT = objects.charge(PAID, AT), objects.payment_intent(PAID, AT)
FUNDED = movements.funded(movements.Transfer("t", BUYER, 500, "USD", "INV-7"), AT, 500)
INVOICE = movements.invoice(BUYER, "A-1", 12_345, {}, AT)


@pytest.mark.parametrize(
    "thing",
    [
        CHARGE,
        INTENT,
        FUNDED,
        INVOICE,
        objects.customer(BUYER, AT),
        objects.balance_transaction(PAID, AT),
        objects.event("charge.succeeded", CHARGE, AT),
        movements.transfer_back(FUNDED, "funding_reversed", AT),
        movements.refund(CHARGE, 100, "r", AT),
        movements.dispute(CHARGE, AT),
        movements.moved(CHARGE, -100, "refund", AT),
        movements.payout("p", 100, "USD", "TRACE1", AT),
        movements.checkout_session(INTENT, "INV-7", AT),
        movements.invoice_payment(str(INVOICE["id"]), INTENT, AT),
    ],
    ids=lambda thing: str(thing["object"]),
)
def test_every_field_is_stripes(thing: Json) -> None:
    told = set(thing) - set(KEYS[str(thing["object"])])
    assert not told
