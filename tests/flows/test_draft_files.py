"""Files of invoices: all or none, problems by line, and twice adds nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from flows import invoicing
from flows.drafts.drafting import Invalid
from flows.invoicing import Uploaded
from store.drafts import InvoiceDraftRow
from tests.flows.office import Office
from tests.flows.scene import Scene

CSV = """\
source_id,currency,issued_on,customer_name,po_number,product,quantity,rate,amount,usage
F-1,USD,2026-03-10,Brightwater Labs,PO-1,Support,2,50.00,100.00,no
F-1,USD,2026-03-10,Brightwater Labs,PO-1,Platform,,,20.00,
F-2,EUR,2026-03-11,Zorn Optics,,Support,1,9.99,9.99,yes
"""


@pytest.fixture
async def office(scene: Scene) -> Office:
    made = Office(scene)
    await made.open()
    return made


async def upload(office: Office, content: str | bytes, name: str = "a.csv") -> Any:
    raw = content if isinstance(content, bytes) else content.encode()
    async with office.db.begin() as session:
        return await invoicing.upload_drafts(session, name, raw, office.ida.actor, office.now)


async def test_a_file_becomes_drafts_once(office: Office) -> None:
    first = await upload(office, CSV)
    assert isinstance(first, Uploaded)
    assert len(first.created) == 2
    assert await upload(office, CSV.replace("\n", "\r\n")) == Uploaded((), first.created)
    one, two = await office.scene.all(InvoiceDraftRow)
    assert (one.source, one.source_id, one.total_minor) == ("file", "F-1", 12_000)
    assert [line["product"] for line in one.lines] == ["Support", "Platform"]
    assert (two.currency, two.lines[0]["usage"]) == ("EUR", True)
    semicolons = CSV.replace(",", ";").encode("utf-8-sig")
    assert await upload(office, semicolons) == Uploaded((), first.created)


async def test_one_wrong_line_and_nothing_is_made(office: Office) -> None:
    answer = await upload(office, CSV.replace("9.99,yes", "9.999,yes"))
    assert isinstance(answer, Invalid)
    assert list(answer.problems) == ["line 4, lines.1.amount"]
    changed = CSV.replace("F-2", "F-3").replace("100.00", "101.00")
    await upload(office, CSV)
    answer = await upload(office, changed)
    assert isinstance(answer, Invalid)
    assert list(answer.problems) == ["line 2, source_id"]
    assert len(await office.scene.all(InvoiceDraftRow)) == 2


async def test_files_that_cannot_be_read_say_where(office: Office) -> None:
    bad: list[tuple[str | bytes, str, str]] = [
        (CSV.replace("po_number", "colour"), "line 1", "colour"),
        (CSV.replace("amount,usage", "usage,amout"), "line 1", "amout"),
        (CSV.replace("2026-03-10,Brightwater Labs,PO-1,Platform", "2026-03-10,X,PO-1,Platform"),
         "line 3", "customer_name"),
        (CSV.replace(",yes", ",perhaps"), "line 4", "usage"),
        (CSV.replace("9.99,yes", "9.99"), "line 4", "cells"),
        (CSV.replace("Zorn", "Z\udcff").encode("utf-8", "surrogateescape"), "line 4", "UTF-8"),
        ("source_id,currency,issued_on,product,amount\n", "line 1", "no invoice"),
        (b"\0" * 10, "line 1", "text file"),
        (b"x" * (2 * 1024 * 1024 + 1), "line 1", "larger"),
        ('[\n{"source_id": "J", "currency": "USD", "lines": []}]', "line 2", "issued_on"),
        ('[\n{},\n{}]', "line 2", "lines"),
        ("[1, 2", "line 1", "JSON"),
    ]  # fmt: skip
    for content, line, said in bad:
        answer = await upload(office, content)
        assert isinstance(answer, Invalid), content
        assert list(answer.problems) == [line], answer.problems
        assert said in answer.problems[line]
    assert await office.scene.all(InvoiceDraftRow) == []


async def test_json_keeps_every_digit(office: Office) -> None:
    line = {"product": "Support", "amount": 0.1, "usage": True}
    one = {"source_id": "J-1", "currency": "USD", "issued_on": "2026-03-10", "lines": [line]}
    told = [one | {"bill_to": {"country": "DE"}}, one | {"source_id": "J-2"}]
    answer = await upload(office, json.dumps(told, indent=1), "a.json")
    assert isinstance(answer, Uploaded)
    first = (await office.scene.all(InvoiceDraftRow))[0]
    assert (first.total_minor, first.bill_to) == (10, {"country": "DE"})
