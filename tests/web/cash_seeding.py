"""Money for the cash pages, taken in and matched by the real flows: one receipt for each case."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from domain.ledger.money import Money
from domain.matching.receipt import (
    AccountScheme,
    Channel,
    PayerAccount,
    Reference,
    ReferenceKind,
)
from flows.cash import match_payment
from flows.receipts import record_arrived
from sources.arrived import Arrived
from store.engine import Database
from store.receivables import CreditMemoRow
from tests.web.seeding import seed
from tests.web.serving import DESK

ACCOUNT = PayerAccount(AccountScheme.US_ACCOUNT, "021000021/123456789")


def arrived(name: str, amount: str, now: datetime, payer: str, text: str = "") -> Arrived:
    """A movement on our account, as a bank file tells it."""
    day = now.date() - timedelta(days=1)
    money = Money.parse(amount, "USD")
    return Arrived(
        "bank",
        name,
        money,
        day,
        day,
        account="4711",
        channel=Channel.ACH,
        payer_name=payer,
        references=(Reference(ReferenceKind.REMITTANCE, text),) if text else (),
        raw=f"16,165,{money.minor},S,0,0,0,{name},{text}/",
    )


async def seed_receipts(db: Database, now: datetime) -> dict[str, int]:
    """The seeded world with money in it."""
    return await seed_cash(db, now, await seed(db, now))


async def seed_cash(db: Database, now: datetime, ids: dict[str, int]) -> dict[str, int]:
    """Receipts by name: "exact" (proposed), "torn" (ambiguous), "stranger", "returned".

    Alder owes INV-1000 of 1,234.50, INV-1001 of 2,469.00 and INV-1002 of 3,703.50, and has a
    credit memo of 69.00.
    """
    alder = ids["alder"]
    known = replace(
        arrived("T-1", "1234.50", now, "ALDER FREIGHT", "INV-1000"),
        customer_id=alder,
        named_by="person",
        payer_accounts=(ACCOUNT,),
    )
    torn = arrived("T-2", "2400.00", now, "ALDER FREIGHT", "our account")
    told = {
        "exact": known,
        "torn": replace(torn, customer_id=alder, named_by="person"),
        "stranger": arrived("T-3", "77.77", now, "ZENITH HOLDINGS"),
        "returned": replace(arrived("T-4", "500.00", now, "RETURN ITEM"), returns="X-1"),
    }
    async with db.begin() as session:
        session.add(
            CreditMemoRow(
                netsuite_id="cm31", number="CM-31", customer_id=alder, currency="USD",
                total_minor=6_900, open_minor=6_900, issued_on=now.date(),
            )
        )  # fmt: skip
    for name, one in told.items():
        async with db.begin() as session:
            ids[name] = (await record_arrived(session, one, now=now)).payment_id or 0
        async with db.begin() as session:
            await match_payment(session, DESK, ids[name], now)
    return ids
