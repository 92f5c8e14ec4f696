"""A receipt that fits two invoices: a person picks, somebody else approves, it is posted."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import pytest

from domain.ledger.money import Money
from store.receivables import InvoiceRow
from store.worklist import WorkItemRow
from tests.walks.house import House, eventually
from tests.walks.test_payment import enter, posted

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]


async def twins(house: House) -> tuple[InvoiceRow, InvoiceRow]:
    """Two invoices of one customer with the same open balance, made so in the ERP."""

    async def pairs() -> list[tuple[InvoiceRow, InvoiceRow]]:
        rows = [r for r in await house.rows(InvoiceRow, status="open") if r.open_minor > 0]
        return [
            (one, two)
            for one, two in itertools.pairwise(sorted(rows, key=lambda r: (r.customer_id, r.id)))
            if one.customer_id == two.customer_id and one.open_minor < 1_000_000
        ]

    one, two = (await eventually(pairs))[0]
    total = two.total_minor - two.open_minor + one.open_minor
    amount = Money(total, two.currency).plain()
    await house.erp("act", do="edit_amount", id=int(two.netsuite_id), amount=amount)
    await house.sync()

    async def same() -> Sequence[InvoiceRow]:
        return await house.rows(InvoiceRow, id=two.id, open_minor=one.open_minor)

    (two,) = await eventually(same)
    return one, two


async def test_a_person_picks_and_another_one_approves(shared: House) -> None:
    one, two = await twins(shared)
    row = await enter(shared, one, one.open_minor, "WIRE-TWINS", "")

    async def asked() -> Sequence[WorkItemRow]:
        return await shared.rows(WorkItemRow, payment_id=row.id)

    (item,) = await eventually(asked)
    async with shared.browser("controller") as browser:
        page = await browser.get(f"/payments/{row.id}")
        offered = re.findall(r'name="digest" value="([^"]+)"', page.text)
        assert len(set(offered)) >= 2, page.text
        chosen = await browser.post(f"/payments/{row.id}/take", digest=offered[0])
        assert chosen.status_code == 303, chosen.text
    effect = await shared.proposal(one.customer_id, "post_customer_payment")
    own = await shared.decide("approve", effect, "controller")
    assert (own.status_code, own.json()["code"]) == (403, "own_proposal")
    async with shared.browser("approver") as browser:
        page = await browser.get(f"/review/{effect.id}")
        assert effect.fingerprint in page.text
        answer = await browser.post(
            f"/review/{effect.id}/approve", fingerprint=effect.fingerprint, reason=""
        )
        assert answer.status_code == 303, answer.text
    await posted(shared, row)
    left = sorted([(await shared.row(InvoiceRow, id=i.id)).open_minor for i in (one, two)])
    assert left == [0, one.open_minor]
    assert (await shared.row(WorkItemRow, id=item.id)).closed_at is not None
    await shared.audit_is_whole()
