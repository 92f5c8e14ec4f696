"""Bank files on the page: taken whole, explained once, and each line beside its money."""

from __future__ import annotations

from flows.bank.intake import read_file
from store.bank import BankFileRow, BankLineRow
from tests.web.serving import DESK, Browser, Site

BAI2 = b"""01,0001,DUNWELL,260309,0800,1,,,2/
02,DUNWELL,BANK1,1,260309,0800,USD,2/
03,4711,USD,015,123450,,/
16,165,123450,Z,REF1,CUST1,ALDER FREIGHT INV-1000/
49,246900,3/
98,246900,1,5/
99,246900,1,7/
"""
TABLE = b"Posting Date,Amount,Description\n2026-03-09,77.77,ZENITH HOLDINGS\n"


async def _upload(browser: Browser, name: str, content: bytes) -> tuple[int, str]:
    await browser.post("/nowhere")
    answer = await browser.client.post(
        "/payments/bank/files", data={"csrf": browser.csrf}, files={"file": (name, content)}
    )
    return answer.status_code, answer.headers.get("location", "") or answer.text


async def _read(site: Site, file_id: int) -> str:
    """What the worker does with the file."""
    return await read_file(site.db, DESK, file_id, site.now)


async def test_a_file_is_taken_once_and_shown_line_by_line(site: Site) -> None:
    async with site.signed_in("collector") as browser:
        empty = (await browser.get("/payments/bank")).text
        assert "No bank file yet" in empty
        first = await _upload(browser, "march.bai", BAI2)
        again = await _upload(browser, "copy.bai", BAI2)
        assert await _read(site, 1) == "read"
        page = (await browser.get("/payments/bank")).text
        one = (await browser.get("/payments/bank?file=1&state=matched")).text
        none = (await browser.get("/payments/bank?search=nobody")).text
    assert first == (303, "/payments/bank?notice=bank_file")
    assert again == (303, "/payments/bank?notice=bank_file_known")
    for shown in (page, one):
        assert "ALDER FREIGHT" in shown
        assert "1,234.50" in shown
        assert 'href="/payments/3"' in shown
    assert "march.bai" in page
    assert "No line fits" in none


async def test_a_broken_file_is_refused_with_its_line(site: Site) -> None:
    async with site.signed_in("collector") as browser:
        status, said = await _upload(browser, "x.bai", BAI2.replace(b"123450,Z", b"123451,Z"))
        nothing = await _upload(browser, "x.bai", b"")
        endless = await _upload(browser, "x.bai", b" " * 20_000_001)
        page = (await browser.get("/payments/bank")).text
        large = await _upload(browser, "large.bai", BAI2.replace(b"/", b" " * 2**21 + b"/", 1))
    assert await _read(site, 1) == "read"
    assert status == 409
    assert "The file is not taken. Line " in said
    assert (nothing[0], "choose a file" in nothing[1]) == (409, True)
    assert large == (303, "/payments/bank?notice=bank_file")
    assert (endless[0], "20 MB at most" in endless[1]) == (409, True)
    assert "No bank file yet" in page


async def test_a_table_is_explained_once(site: Site) -> None:
    form = {
        "name": "First Bank",
        "account": "4711",
        "currency": "USD",
        "day_order": "YMD",
        "decimal_mark": ".",
        "delimiter": ",",
        "encoding": "",
        "header.0": "Posting Date",
        "header.1": "Amount",
        "header.2": "Description",
        "role.0": "booked_on",
        "role.1": "amount",
        "role.2": "reference",
    }
    async with site.signed_in("collector") as browser:
        status, asked = await _upload(browser, "march.csv", TABLE)
        assert (status, "What the columns mean" in asked) == (200, True)
        assert 'value="Posting Date"' in asked
        assert await _read(site, 1) == "needs_mapping"
        later = (await browser.get("/payments/bank/files/1/columns")).text
        assert "ZENITH HOLDINGS" in later
        wrong = await browser.post(
            "/payments/bank/mapping", **{**form, "role.1": "", "name": "<b>"}
        )
        assert (wrong.status_code, "no column is the amount" in wrong.text) == (422, True)
        assert "&lt;b&gt;" in wrong.text
        saved = await browser.post("/payments/bank/mapping", **form)
        assert saved.headers["location"].endswith("bank_mapping")
        assert await _read(site, 1) == "read"
        page = (await browser.get("/payments/bank")).text
    assert "First Bank" in page
    assert "77.77" in page


async def test_a_held_line_waits_for_a_word(site: Site) -> None:
    async with site.db.begin() as session:
        file = BankFileRow(
            digest="d", filename="f", origin="upload", size=1, body=b"x", received_by="person:1",
            received_at=site.now,
        )  # fmt: skip
        session.add(file)
        await session.flush()
        day = site.now.date()
        row = BankLineRow(
            file_id=file.id, source="bank", source_id="L-1", format="bai2", role="line",
            booked_on=day, value_on=day, currency="USD", amount_minor=5_000, payer_name="ELM",
            state="open", outcome="held", reason="may be payment CHK-1, entered by hand",
        )  # fmt: skip
        session.add(row)
        await session.flush()
        path = f"/payments/bank/lines/{row.id}"
    async with site.signed_in("viewer") as browser:
        assert "Say what it is" not in (await browser.get("/payments/bank")).text
        assert (await browser.post(f"{path}/known", reason="x")).status_code == 403
        assert (await browser.post("/payments/bank/mapping", name="x")).status_code == 403
        assert (await _upload(browser, "f", BAI2))[0] == 403
    async with site.signed_in("collector") as browser:
        assert "may be payment CHK-1" in (await browser.get("/payments/bank?state=open")).text
        assert (await browser.post(f"{path}/known", reason="")).status_code == 409
        assert (await browser.post(f"{path}/nothing", reason="x")).status_code == 404
        assert (await browser.post(f"{path}/known", reason="it is CHK-1")).status_code == 303
        assert "it is CHK-1" in (await browser.get("/payments/bank?state=aside")).text
