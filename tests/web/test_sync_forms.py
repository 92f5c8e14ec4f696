"""Writing invoices and mappings: forms, files, what is wrong with them."""

from __future__ import annotations

from store.drafts import draft, draft_named
from tests.web.serving import Browser, Site
from tests.web.test_sync_invoices import fields, synced

__all__ = ["synced"]
HEAD = "source_id,customer_name,currency,issued_on,product,quantity,rate,amount\n"


async def _new(browser: Browser, **typed: str) -> tuple[int, str, str]:
    form = fields((await browser.get("/sync/invoices/new")).text)
    head = {
        "source_id": "ORD-9",
        "customer_name": "alder freight",
        "currency": "USD",
        "lines.1.product": "SEATS",
        "lines.1.quantity": "2",
        "lines.1.rate": "99.00",
        "lines.1.amount": "198.00",
    }
    answer = await browser.post("/sync/invoices/new", **{**form, **head, **typed})
    return answer.status_code, answer.headers.get("location", ""), answer.text


async def test_a_new_invoice_goes_on_the_list_once(synced: Site) -> None:
    async with synced.signed_in("collector") as browser:
        first = await _new(browser)
        second = await _new(browser)
    assert (first[0], second[0]) == (303, 303)
    assert first[1].endswith("notice=drafted")
    assert second[1] == first[1].replace("drafted", "draft_known")
    async with synced.db.read() as session:
        row = await draft_named(session, "manual", "ORD-9")
    assert row is not None
    assert row.customer_id == synced.ids["alder"]
    assert row.total_minor == 19_800
    assert len(row.lines) == 1


WRONG = (
    ("lines.1.amount", "1.2.3"),
    ("currency", "dollars"),
    ("issued_on", "tomorrow"),
    ("source_id", ""),
    ("lines.1.service_starts_on", "spring"),
)


async def test_what_is_wrong_is_told_at_its_field(synced: Site) -> None:
    async with synced.signed_in("collector") as browser:
        for name, text in WRONG:
            status, _, page = await _new(browser, **{name: text})
            assert status == 422, name
            field = page.split(f'id="f-{name}"', 1)[1].split(">", 1)[0]
            assert "aria-invalid" in field, name
            assert 'value="SEATS"' in page, name


async def test_an_invoice_without_lines_is_blocked_by_the_review(synced: Site) -> None:
    async with synced.signed_in("collector") as browser:
        empty = {"lines.1.product": "", "lines.1.amount": "", "lines.1.rate": ""}
        status, path, _ = await _new(browser, **empty)
        page = (await browser.get(path)).text
    assert status == 303
    assert "The invoice has no amount." in page
    assert "Submit for approval" not in page


async def test_the_form_gives_more_lines_and_keeps_what_was_typed(synced: Site) -> None:
    async with synced.signed_in("collector") as browser:
        status, _, page = await _new(browser, more="yes", source_id="<b>ORD</b>")
    assert status == 200
    assert 'name="lines.8.product"' in page
    assert "&lt;b&gt;ORD&lt;/b&gt;" in page


async def test_editing_lines_keeps_what_the_form_does_not_show(synced: Site) -> None:
    path = f"/sync/invoices/{synced.ids['unmapped']}"
    async with synced.signed_in("collector") as browser:
        await browser.post(f"{path}/item", line="2", item="9")
        form = fields((await browser.get(f"{path}/edit")).text)
        form |= {"lines.1.product": "", "lines.1.amount": "", "lines.1.rate": ""}
        answer = await browser.post(f"{path}/edit", **{**form, "lines.1.description": ""})
    assert answer.status_code == 303
    async with synced.db.read() as session:
        row = await draft(session, synced.ids["unmapped"])
    assert row is not None
    assert [line["product"] for line in row.lines] == ["Phone help"]
    assert row.total_minor == 25_000


async def _upload(browser: Browser, path: str, name: str, content: bytes) -> tuple[int, str]:
    await browser.post("/nowhere")
    answer = await browser.client.post(
        path, data={"csrf": browser.csrf}, files={"file": (name, content)}
    )
    return answer.status_code, answer.text


async def test_a_file_is_taken_whole_and_once(synced: Site) -> None:
    content = f"{HEAD}F-1,Alder Freight,USD,2026-03-10,SEATS,1,99.00,99.00\n".encode()
    async with synced.signed_in("collector") as browser:
        first = await _upload(browser, "/sync/invoices/upload", "orders.csv", content)
        again = await _upload(browser, "/sync/invoices/upload", "orders.csv", content)
        listed = (await browser.get("/sync/invoices?source=file")).text
    assert first[0] == 200
    assert "1 invoice added" in first[1]
    assert "1 were on the list already" in again[1]
    assert "F-1" in listed


FAULTY = (
    ("a.csv", b"", "choose a file"),
    ("a.csv", f"{HEAD}F-1,Alder,USD,2026-03-10,SEATS,1,1.00,much\n".encode(), "line 2"),
    ("a.json", b'[{"source_id": "F-1"}]', "line 1"),
    ("a.pdf", b"%PDF-1.4 \xff\xfe", ""),
    ("a.csv", b"x" * 900_001, "900 kB at most"),
)


async def test_a_file_with_errors_adds_nothing(synced: Site) -> None:
    async with synced.signed_in("collector") as browser:
        for name, content, said in FAULTY:
            status, page = await _upload(browser, "/sync/invoices/upload", name, content)
            assert status == 422, (name, said)
            assert "Nothing was added" in page, (name, said)
            assert said.lower() in page.lower(), (name, said)
            async with synced.db.read() as session:
                assert await draft_named(session, "file", "F-1") is None, (name, said)


async def test_mappings_are_added_confirmed_changed_and_removed(synced: Site) -> None:
    async with synced.signed_in("collector") as browser:
        page = (await browser.get("/sync/mapping")).text
        assert "Guess, 74 %" in page
        assert "Inactive in the ERP" in page
        assert "points to something inactive or gone" in page
        sent = {"kind": "item", "ours": "phone", "target": "9"}
        assert (await browser.post("/sync/mapping", **sent)).status_code == 303
        page = (await browser.get("/sync/mapping")).text
        assert "Guess" not in page
        default = {"kind": "item", "ours": "", "default": "yes", "target": "Seats (annual) (7)"}
        assert (await browser.post("/sync/mapping", **default)).status_code == 303
        assert "Everything else" in (await browser.get("/sync/mapping")).text
        gone = await browser.post("/sync/mapping/forget", kind="item", ours="phone")
        again = await browser.post("/sync/mapping/forget", kind="item", ours="phone")
        page = (await browser.get("/sync/mapping?text=phone")).text
    assert (gone.status_code, again.status_code) == (303, 404)
    assert "No mapping fits" in page


MAPPED = (
    ("item", "x", "Seats (old)", 422),
    ("item", "x", "Nothing", 422),
    ("item", "", "7", 422),
    ("tax", "S-CA", "7", 303),
    ("tax", "S-CA", "-7", 422),
    ("customer", "Acme", "101", 303),
    ("planet", "x", "7", 404),
)


async def test_only_what_the_erp_has_is_mapped(synced: Site) -> None:
    async with synced.signed_in("collector") as browser:
        for kind, ours, target, status in MAPPED:
            answer = await browser.post("/sync/mapping", kind=kind, ours=ours, target=target)
            assert answer.status_code == status, (kind, ours, target, answer.text)


async def test_the_mapping_file_goes_out_and_in(synced: Site) -> None:
    async with synced.signed_in("collector") as browser:
        out = await browser.get("/sync/mapping/file")
        await browser.post("/sync/mapping/forget", kind="item", ours="SEATS")
        gone = (await browser.get("/sync/mapping?text=SEATS")).text
        await browser.post("/sync/mapping/forget", kind="item", ours="old-seats")
        content = out.text.replace("old-seats", "SEATS-2").replace('"8"', '"7"')
        kept = "\n".join(line for line in content.splitlines())
        status, page = await _upload(browser, "/sync/mapping/file", "m.yaml", kept.encode())
        broken = await _upload(browser, "/sync/mapping/file", "m.yaml", b"item: [")
        binary = await _upload(browser, "/sync/mapping/file", "m.yaml", b"\xff\xfe\x00")
        back = (await browser.get("/sync/mapping?text=SEATS")).text
    assert "attachment" in out.headers["content-disposition"]
    assert "No mapping fits" in gone or "old-seats" in gone
    assert status == 303, page
    assert broken[0] == 422
    assert "not text in UTF-8" in binary[1]
    assert "Seats (annual)" in back


async def test_every_kind_of_mapping_has_a_page(site: Site) -> None:
    async with site.signed_in("viewer") as browser:
        for kind in ("item", "account", "terms", "tax", "customer", "nonsense"):
            answer = await browser.get(f"/sync/mapping?kind={kind}")
            assert answer.status_code == 200, kind
            assert "were not read yet" in answer.text, kind
