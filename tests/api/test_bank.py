"""Bank files by API: roles, refusals, mappings, held lines, and lines beside their other side."""

from __future__ import annotations

from typing import Any

import httpx

from flows.bank.intake import read_file
from store.bank import BankLineRow
from store.receivables import PaymentRow
from tests.api.conftest import Api
from tests.flows.scene import desk
from tests.sources.bank.files import bai2, lockbox, lockbox_check

PATH = "/api/v1/bank"
CHECKS = [
    lockbox_check("001", "001", 100000, ("INV-1001", 100000)),
    lockbox_check("001", "002", 2550, number="777", account="998"),
]
TABLE = b"Date,Amount,Description\n2026-03-15,100.00,INV-1\n"


def told(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_a_viewer_reads_and_only_a_cashier_takes_files_in(api: Api) -> None:
    async with api.caller("viewer", "read", "payments:write") as viewer:
        assert told(await viewer.get(f"{PATH}/files"))["items"] == []
        told(await viewer.post(f"{PATH}/files", content=bai2()), 403)
        told(await viewer.put(f"{PATH}/mappings", json={}), 403)
        told(await viewer.post(f"{PATH}/lines/1", json={"is_receipt": True}), 403)
    async with httpx.AsyncClient(base_url=api.site.url) as nobody:
        for path in ("/files", "/lines", "/mappings"):
            told(await nobody.get(f"{PATH}{path}"), 401)


async def test_a_deposit_is_shown_beside_its_payers(api: Api) -> None:
    site = api.site
    by_hand = PaymentRow(
        source="manual",
        source_id="CHK 9",
        currency="USD",
        amount_minor=700,
        unapplied_minor=700,
        received_on=site.now.date(),
        created_at=site.now,
    )
    async with site.db.begin() as session:
        session.add(by_hand)
    on = f"{site.now:%y%m%d}"
    line = "16,115,102550,,BR7,,LOCKBOX DEPOSIT 0012345"
    held = "16,175,700,,BR8,,deposit"
    async with api.caller("collector", "read", "payments:write") as caller:
        for body in (lockbox(("001", CHECKS), on=on), bai2(line, held, as_of=on)):
            taken = told(await caller.post(f"{PATH}/files", content=body), 201)
            await read_file(site.db, desk(), taken["id"], site.now)
            again = told(await caller.post(f"{PATH}/files?filename=b", content=body))
            assert (again["id"], again["created"]) == (taken["id"], False)
        refused = told(
            await caller.post(f"{PATH}/files", content=bai2("16,1,5,,,,x", total=1)), 422
        )
        assert "line 5: the account adds up to" in str(refused)
        items = told(await caller.get(f"{PATH}/lines"))["items"]
        by_role = {(one["role"], one["amount"]): one for one in items}
        (side,) = by_role["line", "1025.50"]["told"]
        assert (side["amount"], len(side["payment_ids"])) == ("1025.50", 2)
        assert by_role["line", "1025.50"]["state"] == "matched"
        (waiting,) = told(await caller.get(f"{PATH}/lines?state=open"))["items"]
        assert waiting["outcome"] == "held"
        say = f"{PATH}/lines/{waiting['id']}"
        told(await caller.post(say, json={"is_receipt": False}), 422)
        assert told(await caller.post(say, json={"is_receipt": True}))["payment_id"]
        told(await caller.post(say, json={"is_receipt": True}), 422)
        files = told(await caller.get(f"{PATH}/files"))["items"]
        assert [one["format"] for one in files] == ["bai2", "lockbox"]
    async with site.db.read() as session:
        row = await session.get(BankLineRow, waiting["id"])
    assert row is not None
    assert (row.outcome, row.state) == ("receipt", "matched")


async def test_a_table_waits_until_its_columns_are_explained(api: Api) -> None:
    async with api.caller("collector", "read", "payments:write") as caller:
        asked = told(await caller.post(f"{PATH}/files", content=TABLE), 202)
        (file,) = told(await caller.get(f"{PATH}/files"))["items"]
        await read_file(api.site.db, desk(), file["id"], api.site.now)
        shown = told(await caller.get(f"{PATH}/files/{file['id']}/columns"))
        assert shown["guess"] == asked["guess"]
        told(await caller.get(f"{PATH}/files/999/columns"), 404)
        mapping = {**asked["guess"], "name": "First", "account": "1", "currency": "USD"}
        wrong = {**mapping, "columns": [["amount", "Nothing"]]}
        assert "no column" in str(told(await caller.put(f"{PATH}/mappings", json=wrong), 422))
        saved = told(await caller.put(f"{PATH}/mappings", json=mapping))
        assert saved == {"name": "First", "files": [file["id"]]}
        assert await read_file(api.site.db, desk(), file["id"], api.site.now) == "read"
        assert told(await caller.get(f"{PATH}/mappings"))["items"][0]["name"] == "First"
