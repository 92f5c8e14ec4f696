"""Contracts that change others, belong to a CRM's deal, or cannot be read."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any, cast

from domain.ledger.contract.terms import ContractTerms, Fee, Refused, Term, TermName
from flows.contracts.confirming import Confirmed, confirm_term, finish
from flows.contracts.uploading import Kept, NewContract, keep_terms, refuse, take_contract
from flows.drafts.drafting import Closed, Invalid
from store.contracts import ContractRow, terms_of
from store.deals import DealRow
from tests.flows.deals.telling import YEAR, Sales, deal, usd


def terms(body: bytes, monthly: str, starts_on: date, **more: Any) -> ContractTerms:
    """A year of Brightwater Labs at a price for each month."""
    price = Fee("subscription", usd(monthly), frequency="month")
    found = [
        Term("customer", "Brightwater Labs", "Brightwater Labs", "Brightwater Labs", 1, 0.97),
        Term("currency", "USD", "USD", "USD", 1, 0.99),
        Term("starts_on", str(starts_on), starts_on, str(starts_on), 1, 0.9),
        Term("term", "12 months", 12, "12 months", 1, 0.9),
        Term("fee", monthly, price, monthly, 1, 0.6),
        *(
            Term(cast("TermName", name), str(value), value, str(value), 1, 0.9)
            for name, value in more.items()
        ),
    ]
    digest = sha256(body).hexdigest()
    return ContractTerms("order.pdf", digest, tuple(found), (), ("the text",))


async def taken(sales: Sales, body: bytes, **more: Any) -> Any:
    async with sales.office.db.begin() as session:
        sent = NewContract("order.pdf", body, **more)
        return await take_contract(session, sent, sales.office.ida, sales.now)


async def confirmed(sales: Sales, contract_id: int, read: ContractTerms) -> Any:
    """Read, every term confirmed, and finished."""
    by, now = sales.office.ida, sales.now
    async with sales.office.db.begin() as session:
        await keep_terms(session, contract_id, read, now)
        for one in await terms_of(session, [contract_id]):
            await confirm_term(session, contract_id, one.name, one.place, by, now)
        return await finish(session, contract_id, by, now)


async def test_an_amendment_ends_the_rest_of_what_it_replaces(sales: Sales) -> None:
    first = await taken(sales, b"one")
    assert isinstance(first, Kept)
    done = await confirmed(sales, first.contract_id, terms(b"one", "100.00", date(2026, 3, 1)))
    assert isinstance(done, Confirmed)
    again = await confirmed(sales, first.contract_id, terms(b"one", "100.00", date(2026, 3, 1)))
    assert isinstance(again, Closed)
    lacking = await taken(sales, b"two", kind="amendment")
    assert isinstance(lacking, Invalid)
    assert sorted(lacking.problems) == ["amends_id", "effective_on"]
    second = await taken(
        sales, b"two", kind="amendment", amends_id=first.contract_id, effective_on="2026-06-01",
        replaces=True,
    )  # fmt: skip
    await confirmed(sales, second.contract_id, terms(b"two", "150.00", date(2026, 6, 1)))
    old, new = sorted(await sales.office.scene.all(DealRow), key=lambda row: row.id)
    assert (old.state, old.ended_on) == ("cancelled", date(2026, 5, 31))
    assert new.amends == str(first.contract_id)
    rows = [one for one in await sales.amounts() if one[0] != "dropped"]
    assert [one[2] for one in rows] == [10_000] * 3 + [15_000] * 12
    assert len({one[1] for one in rows}) == 15


async def test_a_contract_of_a_crms_deal_bills_nothing_and_is_held_against_it(
    sales: Sales,
) -> None:
    await sales.take(deal(YEAR))
    row = (await sales.office.scene.all(DealRow))[0]
    kept = await taken(sales, b"three", deal_id=row.id)
    read = terms(b"three", "100.00", date(2026, 3, 1), total=usd("5000.00"), payment_days=45,
                 ends_on=date(2026, 4, 30), tax="inclusive")  # fmt: skip
    done = await confirmed(sales, kept.contract_id, read)
    assert done == Confirmed(row.id)
    (draft,) = await sales.drafts()
    assert set(await sales.office.open_ids(draft.id)) == {
        "HDR-009", "TAX-005", "DEA-004", "DEA-006", "DEA-007",
    }  # fmt: skip


async def test_a_file_that_cannot_be_read_says_why(sales: Sales) -> None:
    kept = await taken(sales, b"scan")
    assert await taken(sales, b"scan") == Kept(kept.contract_id, created=False)
    async with sales.office.db.begin() as session:
        await refuse(session, kept.contract_id, Refused("scan", "It has no text."), sales.now)
    (row,) = await sales.office.scene.all(ContractRow)
    assert (row.state, row.problem) == ("refused", "It has no text.")
    assert [one.kind for one in await sales.work()] == ["contract"]
