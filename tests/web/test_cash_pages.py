"""The queue and the page of a receipt: what they show, who may do what, and what is refused."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import datetime, timedelta

import httpx
import pytest

from domain.ledger.money import Money
from effects.kinds import PostCustomerPayment
from store.effects import EffectRow, effect
from store.engine import Database
from store.parties import CustomerRow, SubsidiaryRow
from store.receivables import PaymentRow
from tests.web.cash_seeding import seed_receipts
from tests.web.kept import kept
from tests.web.serving import Browser, Site, serving

ACTS = (
    "allocate",
    "take",
    "approve",
    "decline",
    "payer",
    "on-account",
    "park",
    "unpark",
    "currency",
    "not-a-receipt",
    "apply",
    "unapply",
    "refund",
    "split",
    "files",
)


@pytest.fixture
async def cash(database_url: str, db: Database, now: datetime) -> AsyncGenerator[Site]:
    """The application over the seeded world with money in it."""
    ids = await kept(seed_receipts, db, now)
    async with serving(database_url, db, now) as running:
        running.ids = ids
        yield running


async def _row(site: Site, name: str) -> PaymentRow:
    async with site.db.read() as session:
        found = await session.get(PaymentRow, site.ids[name])
    assert found is not None
    return found


async def _posting(site: Site, name: str) -> EffectRow:
    row = await _row(site, name)
    async with site.db.read() as session:
        found = await effect(session, row.effect_id or 0)
    assert found is not None
    return found


def _path(site: Site, name: str, act: str = "") -> str:
    return f"/payments/{site.ids[name]}" + (f"/{act}" if act else "")


async def _act(browser: Browser, path: str, **form: str) -> tuple[int, str]:
    """The status of a change, and where it leads or what it says."""
    answer = await browser.post(path, **form)
    return answer.status_code, answer.headers.get("location", "") or answer.text


async def test_each_receipt_stands_in_its_tab(cash: Site) -> None:
    expected = {"proposed": "T-1", "ambiguous": "T-2", "unmatched": "T-3", "not_a_receipt": "T-4"}
    shown = {"T-1": "INV-1000", "T-2": "our account", "T-3": "ZENITH", "T-4": "RETURN ITEM"}
    async with cash.signed_in("viewer") as browser:
        first = (await browser.get("/payments")).text
        for tab, name in expected.items():
            page = (await browser.get(f"/payments?tab={tab}")).text
            found = {n for n, text in shown.items() if text in page.split("<main")[1]}
            assert name in found, tab
            if tab != "proposed":
                assert found == {name}, tab
            sent = await browser.get(f"/payments/export.csv?tab={tab}")
            assert sent.headers["content-type"].startswith("text/csv")
            assert len(sent.text.strip().splitlines()) >= 2
        nothing = (await browser.get("/payments?tab=ambiguous&search=nowhere")).text
        everything = (await browser.get("/payments?tab=all&state=waiting")).text
        for search in ("INV-1000", "1,234.50", "alder"):
            for tab in ("proposed", "all"):
                page = (await browser.get(f"/payments?tab={tab}&search={search}")).text
                assert f'href="/payments/{cash.ids["exact"]}" data-row' in page, (search, tab)
        named = (await browser.get("/payments?tab=ambiguous&search=INV-1001")).text
        assert f'href="/payments/{cash.ids["torn"]}" data-row' in named
        sent = await browser.get("/payments/export.csv?tab=all&state=waiting&search=zenith")
        assert [line.split(",")[5] for line in sent.text.splitlines()[1:]] == ["ZENITH HOLDINGS"]
    assert "Approve and post" not in first
    assert "Nothing here fits" in nothing
    assert "ZENITH" in everything


async def test_a_receipt_is_shown_beside_its_candidates(cash: Site) -> None:
    async with cash.signed_in("collector") as browser:
        torn = (await browser.get(_path(cash, "torn"))).text
        exact = (await browser.get(_path(cash, "exact"))).text
        stranger = (await browser.get(_path(cash, "stranger"))).text
    for said in ("INV-1001", "CM-31", "our account", "16,165,240000", "Allocate it yourself"):
        assert said in torn
    for said in ("Journal", "Balanced", "US account …6789", "INV-1000"):
        assert said in exact
    assert "123456789" not in exact
    assert "This waits for somebody with the role Approver" in exact
    assert "Nothing fits" in stranger


async def test_strangers_and_readers_change_nothing(cash: Site) -> None:
    paths = [_path(cash, "torn", act) for act in ACTS]
    paths += ["/payments/many", "/payments/enter", "/payments/classes/amount/live"]
    paths += ["/payments/classes/amount/back"]
    async with httpx.AsyncClient(base_url=cash.url) as client:
        for path in paths:
            assert (await client.post(path)).headers["location"] == "/sign-in", path
    for role in ("viewer", "auditor", "admin"):
        async with cash.signed_in(role) as browser:
            for path in paths:
                assert (await browser.post(path, reason="x")).status_code == 403, (role, path)
    async with cash.signed_in("controller") as browser:
        for path in paths:
            assert (await browser.client.post(path)).status_code == 403, path
    async with cash.signed_in("approver") as browser:
        live = await browser.post("/payments/classes/reference_exact/live")
    assert live.status_code == 403
    assert (await _row(cash, "torn")).state == "waiting"


async def test_money_is_booked_in_the_currency_of_the_invoices(cash: Site) -> None:
    path = _path(cash, "torn")
    asked = {"amount": "2,200.00", "currency": "eur", "reason": "the advice is in euros"}
    async with cash.db.begin() as session:
        session.add(SubsidiaryRow(id=77, netsuite_id="77", name="Northwind", currency="USD"))
        row = await session.get(PaymentRow, cash.ids["torn"])
        customer = await session.get(CustomerRow, cash.ids["alder"])
        assert row is not None
        assert customer is not None
        row.instructed_minor, row.instructed_currency = 220_000, "EUR"
        customer.subsidiary_id = 77
    async with cash.signed_in("collector") as browser:
        page = (await browser.get(path)).text.split("<main")[1]
        assert "Book it in another currency" in page
        assert 'value="2200.00"' in page
        silent = await _act(browser, f"{path}/currency", **{**asked, "reason": ""})
        assert (silent[0], "say why" in silent[1]) == (409, True)
        odd = await _act(browser, f"{path}/currency", **{**asked, "currency": "EURO"})
        assert (odd[0], "three letters" in odd[1]) == (409, True)
        strange = await _act(browser, f"{_path(cash, 'stranger')}/currency", **asked)
        assert "Say first who paid it" in strange[1]
        done = await _act(browser, f"{path}/currency", **asked)
        assert done == (303, f"{path}?notice=booked_in")
        page = (await browser.get(path)).text.split("<main")[1]
    assert "Booked as" in page
    assert "2,400.00" in page
    assert "takes that back" in page


async def test_a_way_is_taken_and_somebody_else_approves(cash: Site) -> None:
    path = _path(cash, "torn")
    async with cash.signed_in("controller") as browser:
        page = (await browser.get(path)).text
        digest = page.split('name="digest" value="')[1].split('"')[0]
        gone = await _act(browser, f"{path}/take", digest="0" * 16)
        assert (gone[0], "no longer proposed" in gone[1]) == (409, True)
        assert await _act(browser, f"{path}/take", digest=digest) == (303, f"{path}?notice=chosen")
        posting = await _posting(cash, "torn")
        pick = f"{posting.id}:{posting.fingerprint}"
        assert "You proposed it" in (await browser.get(path)).text
        own = await _act(browser, f"{path}/approve", pick=pick)
        assert (own[0], "somebody else must approve" in own[1]) == (409, True)
    async with cash.signed_in("approver") as browser:
        stale = await _act(browser, f"{path}/approve", pick=f"{posting.id}:{'0' * 64}")
        assert (stale[0], "changed since you saw it" in stale[1]) == (409, True)
        assert (await _posting(cash, "torn")).state == "proposed"
        assert await _act(browser, f"{path}/approve", pick=pick) == (303, f"{path}?notice=approved")
    content = PostCustomerPayment.from_payload((await _posting(cash, "torn")).payload)
    assert [(a.number, a.amount.plain()) for a in content.applications] == [("INV-1001", "2469.00")]
    assert [(c.number, c.amount.plain()) for c in content.credits] == [("CM-31", "69.00")]


async def _sheet(browser: Browser, path: str, **form: str) -> tuple[int, str]:
    return await _act(
        browser, f"{path}/allocate", **{n.replace("_", "."): v for n, v in form.items()}
    )


async def test_an_edited_allocation_is_checked_by_the_server(cash: Site) -> None:
    path = _path(cash, "torn")
    async with cash.signed_in("collector") as browser:
        over = await _sheet(browser, path, pay_2="2,000.00", pay_3="400.01", explicit="partial")
        assert (over[0], "0.01 USD more than there is" in over[1]) == (422, True)
        assert 'value="2,000.00"' in over[1]
        checked = await _sheet(browser, path, pay_2="2,000.00", check="sums")
        assert (checked[0], "400.00 USD is left over" in checked[1]) == (200, True)
        assert (await _row(cash, "torn")).effect_id is None
        form = {"pay_2": "2,000.00", "pay_3": "400", "explicit": "partial", "reason": "by phone"}
        assert (await _sheet(browser, path, **form))[0] == 303
        page = (await browser.get(path)).text
    content = PostCustomerPayment.from_payload((await _posting(cash, "torn")).payload)
    assert content.amount == Money(240_000, "USD")
    assert [a.amount.plain() for a in content.applications] == ["2000.00", "400.00"]
    assert "by phone" in page


async def test_an_invoice_is_added_by_its_number(cash: Site) -> None:
    path = _path(cash, "stranger")
    async with cash.signed_in("collector") as browser:
        added = await _sheet(browser, path, also="inv-4000", check="add")
        assert (added[0], 'name="pay.' in added[1]) == (200, False)
        added = await _sheet(browser, path, also="INV-5000", check="add")
        field = added[1].split('name="pay.')[1].split('"')[0]
        part = {"also": "INV-5000", "explicit": "partial", f"pay.{field}": "77.77"}
        assert (await _act(browser, f"{path}/allocate", **part))[0] == 303
    content = PostCustomerPayment.from_payload((await _posting(cash, "stranger")).payload)
    assert [a.number for a in content.applications] == ["INV-5000"]


async def test_what_a_person_says_is_done_or_refused_with_the_reason(cash: Site) -> None:
    torn, stranger, returned = (_path(cash, n) for n in ("torn", "stranger", "returned"))
    later = (cash.now.date() + timedelta(days=5)).isoformat()
    async with cash.signed_in("collector") as browser:
        nobody = await _act(browser, f"{stranger}/payer", customer="Nobody Ltd")
        assert (nobody[0], "No single customer" in nobody[1]) == (409, True)
        assert 'value="Nobody Ltd"' in nobody[1]
        named = await _act(browser, f"{stranger}/payer", customer="elm robotics", remember="yes")
        assert named == (303, f"{stranger}?notice=payer")
        assert (await _row(cash, "stranger")).customer_id == cash.ids["elm"]
        silent = await _act(browser, f"{torn}/park", until=later)
        assert (silent[0], "Please say why" in silent[1]) == (409, True)
        past = await _act(browser, f"{torn}/park", until="2020-01-01", reason="later")
        assert (past[0], "future" in past[1]) == (409, True)
        assert (await _act(browser, f"{torn}/park", until=later, reason="they call"))[0] == 303
        assert (await _row(cash, "torn")).state == "parked"
        assert "they call" in (await browser.get(torn)).text
        assert (await _act(browser, f"{torn}/unpark"))[1].endswith("unparked")
        again = await _act(browser, f"{returned}/not-a-receipt", kind="", reason="it is one")
        assert again[0] == 303
        assert (await _row(cash, "returned")).state == "received"


async def test_a_split_adds_up_to_the_cent(cash: Site) -> None:
    path = f"{_path(cash, 'stranger')}"
    parts = {"amount.1": "70.00", "customer.1": "Elm Robotics", "amount.2": "7.76"}
    async with cash.signed_in("collector") as browser:
        wrong = await _act(browser, f"{path}/split", **parts)
        assert (wrong[0], "77.76 USD, not to 77.77 USD" in wrong[1]) == (409, True)
        parts["amount.2"] = "7.77"
        assert (await _act(browser, f"{path}/split", **parts))[0] == 303
        page = (await browser.get(path)).text
    assert "Split into" in page
    assert (await _row(cash, "stranger")).state == "split"


async def test_a_declined_way_is_not_proposed_again(cash: Site) -> None:
    path = _path(cash, "exact")
    async with cash.signed_in("approver") as browser:
        page = (await browser.get(path)).text
        digest = page.split('name="digest" value="')[1].split('"')[0]
        assert (await _act(browser, f"{path}/decline", digest=digest))[0] == 409
        done = await _act(browser, f"{path}/decline", digest=digest, reason="paid by check")
        assert done == (303, f"{path}?notice=declined")
        assert "paid by check" in (await browser.get(path)).text
    row = await _row(cash, "exact")
    assert row.state in ("received", "waiting")


async def test_many_of_a_class_are_approved_each_on_its_own(cash: Site) -> None:
    posting = await _posting(cash, "exact")
    ident = cash.ids["exact"]
    good, stale = (f"{ident}:{posting.id}:{f}" for f in (posting.fingerprint, "0" * 64))
    async with cash.signed_in("approver") as browser:
        none = await browser.post("/payments/many", klass="reference_exact")
        assert (none.status_code, "Tick the payments first" in none.text) == (409, True)
        other = await browser.post("/payments/many", klass="amount", pick=good)
        assert "matched anew since you saw it" in other.text
        old = await browser.post("/payments/many", klass="reference_exact", pick=stale)
        assert "0 of 1 done" in old.text
        assert (await _posting(cash, "exact")).state == "proposed"
        done = await browser.post("/payments/many", klass="reference_exact", pick=good)
    assert "1 of 1 done" in done.text
    assert (await _posting(cash, "exact")).state == "approved"


async def test_a_payment_is_entered_with_its_file(cash: Site) -> None:
    form = {
        "amount": "2,469.00",
        "currency": "usd",
        "received_on": "2026-03-09",
        "source_id": "CHK-9",
        "customer": "Alder Freight",
    }
    async with cash.signed_in("collector") as browser:
        await browser.post("/nowhere")
        told = await browser.client.post(
            "/payments/enter",
            data={"csrf": browser.csrf, **form},
            files={"file": ("../check.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40)},
        )
        assert told.headers["location"].endswith("notice=paid")
        path = told.headers["location"].partition("?")[0]
        page = (await browser.get(path)).text
        link = page.split('<a href="' + path + "/files/")[1].split('"')[0]
        sent = await browser.get(f"{path}/files/{link}")
        wrong = await browser.post("/payments/enter", **{**form, "amount": "12,50"})
    assert sent.content.startswith(b"\x89PNG")
    assert "attachment" in sent.headers["content-disposition"]
    assert "sandbox" in sent.headers["content-security-policy"]
    assert (wrong.status_code, "Nothing was recorded yet" in wrong.text) == (422, True)


async def test_an_advice_is_read_beside_its_payment(cash: Site) -> None:
    path = _path(cash, "torn")
    table = b"Invoice,Paid\nINV-1000,1234.50\nINV-1001,1165.50\n"
    async with cash.signed_in("collector") as browser:
        await browser.post("/nowhere")
        told = await browser.client.post(
            f"{path}/files",
            data={"csrf": browser.csrf, "advice": "yes"},
            files={"file": ("advice.csv", table)},
        )
        page = (await browser.get(path)).text
        broken = await browser.client.post(
            f"{path}/files",
            data={"csrf": browser.csrf, "advice": "yes"},
            files={"file": ("x.pdf", b"%PDF-1.4 nothing")},
        )
    assert told.headers["location"].endswith("notice=advice"), told.text
    assert "advice.csv" in page
    assert "linked by a person" in page
    assert broken.status_code == 409


async def test_a_class_goes_live_only_after_its_trial(cash: Site) -> None:
    async with cash.signed_in("controller") as browser:
        page = (await browser.get("/payments/classes")).text
        early = await browser.post("/payments/classes/reference_exact/live")
        unknown = await browser.post("/payments/classes/guess/live")
        back = await browser.post("/payments/classes/amount/back", reason="not sure")
        after = (await browser.get("/payments/classes")).text
    assert "3 more matches" in page
    assert (early.status_code, "trial is not over" in early.text) == (409, True)
    assert (unknown.status_code, "no such class" in unknown.text) == (409, True)
    assert back.status_code == 303
    assert "not sure" in after
