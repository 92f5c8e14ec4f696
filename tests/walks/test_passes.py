"""What a person does in the ERP withdraws a mail that waits, by whichever pass sees it."""

from __future__ import annotations

from typing import Any

import pytest

from store.receivables import InvoiceRow
from tests.walks.house import House

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(90)]


@pytest.mark.parametrize(
    ("task", "doing"),
    [
        ("sync.fast", {"do": "void", "release": True}),
        ("sync.fast", {"do": "transform", "type": "creditMemo", "fields": {}}),
        ("sync.wide", {"do": "pay"}),
        ("sync.nightly", {"do": "void", "release": True, "quiet": True}),
        ("sync.nightly", {"do": "delete", "release": True, "quiet": True}),
    ],
)
async def test_a_mail_that_waits_is_withdrawn(
    shared: House, task: str, doing: dict[str, Any]
) -> None:
    effect = await shared.reminded()
    ids: Any = effect.payload["invoice_ids"]
    for invoice_id in ids:
        invoice = await shared.row(InvoiceRow, id=invoice_id)
        await shared.erp("act", id=int(invoice.netsuite_id), **doing)
    await shared.run(task, "sync", slot="now")
    withdrawn = await shared.becomes(effect.id, "superseded", within=50)
    assert not shared.mails(withdrawn.payload.get("message_id"))
