"""Remittance advices and files beside payments by API."""

from __future__ import annotations

from tests.api.conftest import Api
from tests.flows.scene import Scene

CSV = b"Check No,Invoice,Gross,Discount,Paid\n4711,INV-9001,50.00,1.00,49.00\n"
UPLOAD = "/api/v1/remittances?name=advice.csv&currency=USD"


async def test_an_advice_is_uploaded_linked_and_listed(api: Api) -> None:
    scene = Scene(api.site.db)
    payment = await scene.receipt("49.00 USD", "CHECK 4711", source="bank", source_id="b1")
    async with api.caller("collector", "payments:write", "read") as client:
        made = await client.post(UPLOAD, content=CSV)
        assert made.status_code == 201, made.text
        again = await client.post(UPLOAD, content=CSV)
        listed = (await client.get("/api/v1/remittances")).json()
        wrong = await client.post(UPLOAD, content=CSV.replace(b"49.00", b"4x"))
        large = await client.post(UPLOAD, content=b"x" * (10 * 1024 * 1024 + 1))
        missing = await client.post(f"/api/v1/remittances/99/payments/{payment}")
    assert made.json()["payments"] == [payment]
    assert (again.json()["created"], again.json()["known"]) == ([], made.json()["created"])
    (one,) = listed["items"]
    assert (one["how"], one["payment_references"]) == ("api", ["4711"])
    assert one["payments"] == [{"id": payment, "by": "reference"}]
    assert one["rows"][0]["discount"] == {"amount": "1.00", "minor": 100, "currency": "USD"}
    assert wrong.status_code == 422
    assert "line 2" in wrong.text
    assert (large.status_code, missing.status_code) == (413, 422)


async def test_a_file_beside_a_payment_is_only_ever_downloaded(api: Api) -> None:
    payment = await Scene(api.site.db).receipt("10.00 USD")
    path = f"/api/v1/payments/{payment}/attachments"
    async with api.caller("collector", "payments:write", "read") as client:
        made = await client.post(f"{path}?name=notice.html", content=b"Paid by wire.")
        assert made.status_code == 201, made.text
        (shown,) = (await client.get(path)).json()["items"]
        got = await client.get(f"{path}/{made.json()['id']}")
        assert (await client.get(f"{path}/999999")).status_code == 404
        assert (await client.post(f"{path}?name=a.pdf", content=b"<html>")).status_code == 422
    assert shown["filename"] == "notice.txt"
    assert got.content == b"Paid by wire."
    assert got.headers["content-type"] == "text/plain; charset=utf-8"
    assert got.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in got.headers["content-security-policy"]


async def test_reading_and_writing_need_their_scopes(api: Api) -> None:
    async with api.caller("viewer", "read") as client:
        assert (await client.post(UPLOAD, content=CSV)).status_code == 403
        assert (await client.get("/api/v1/remittances")).status_code == 200
