"""What replies left for people: answers, disputes and contacts, settled from their pages."""

from __future__ import annotations

from datetime import timedelta

from store import stops
from store.answer_plans import AnswerPlanRow
from store.contact_proposals import ContactProposalRow
from store.effects import effect
from store.inbox import SourceEventRow, settle
from store.parties import ContactRow, contacts_of
from store.promises import open_promises
from store.receivables import InvoiceRow, open_invoices
from store.standing import DisputeRow
from store.touchpoints import TouchpointRow
from store.worklist import WorkItemRow
from tests.web.serving import Site


async def seeded(site: Site) -> tuple[int, int, int]:
    alder, now = site.ids["alder"], site.now
    plan = AnswerPlanRow(
        key="p", customer_id=alder, to_address="x@alder.example", effect_id=site.ids["mail"],
        opened_at=now, changed_at=now,
        parts={"parts": [
            {"id": "1:ask_date", "kind": "ask_date", "touchpoint_id": 1, "invoice_ids": [],
             "quote": "<b>soon</b>", "promised_on": None, "papers": [], "wanted": True},
        ]},
    )  # fmt: skip
    dispute = DisputeRow(
        key="d", customer_id=alder, reason_code="quality", quote="broken", team="operations",
        due_on=(now - timedelta(days=3)).date(), opened_at=now,
    )  # fmt: skip
    named = ContactProposalRow(
        key="c", customer_id=alder, email="kim@a1der.example", source="copy", near="look_alike",
        proposed_at=now,
    )  # fmt: skip
    async with site.db.begin() as session:
        session.add(plan)
        session.add(dispute)
        session.add(named)
        await session.flush()
        return plan.id, dispute.id, named.id


async def test_answers_disputes_and_contacts_are_settled_from_their_pages(site: Site) -> None:
    plan, dispute, named = await seeded(site)
    async with site.signed_in("collector") as browser:
        answers = await browser.get("/answers")
        assert "Alder" in answers.text
        one = await browser.get(f"/answers/{plan}")
        assert "&lt;b&gt;soon" in one.text
        cases = await browser.get("/disputes")
        assert "late" in cases.text
        assert "Operations" in cases.text
        settled = await browser.post(f"/disputes/{dispute}", act="resolve", resolution="replaced")
        assert settled.status_code == 303
        people = await browser.get("/contacts")
        assert "Looks like a known domain and is not" in people.text
        unproven = await browser.post(f"/contacts/{named}", act="confirm", how="")
        assert unproven.status_code == 409
        told = await browser.post(f"/contacts/{named}", act="confirm", how="rang Ann")
        assert told.status_code == 303
        dropped = await browser.post(f"/answers/{plan}")
        assert dropped.status_code == 303
    async with site.db.read() as session:
        row = await session.get(DisputeRow, dispute)
        assert row is not None
        assert row.state == "resolved"
        contacts = await contacts_of(session, site.ids["alder"])
        assert "kim@a1der.example" in {c.email for c in contacts}
        withdrawn = await effect(session, site.ids["mail"])
        assert withdrawn is not None
        assert withdrawn.state == "superseded"


async def test_who_may_only_look_changes_nothing_there(site: Site) -> None:
    _, dispute, named = await seeded(site)
    async with site.signed_in("viewer") as browser:
        assert "Settle" not in (await browser.get("/disputes")).text
        refused = await browser.post(f"/disputes/{dispute}", act="resolve", resolution="x")
        assert refused.status_code == 403
        refused = await browser.post(f"/contacts/{named}", act="confirm", how="x")
        assert refused.status_code == 403


async def test_a_mail_nobody_knows_is_seen_as_it_came_and_attached_by_hand(site: Site) -> None:
    html = "<script>x()</script>"
    parts = (
        "--B\r\nContent-Type: text/plain\r\n\r\nSee attached.\r\n"
        '--B\r\nContent-Type: text/html; name="a.html"\r\n\r\n' + html + "\r\n"
        '--B\r\nContent-Type: application/pdf; name="proof.pdf"\r\n\r\n%PDF-1.4 x\r\n--B--'
    )
    body = (
        "From: Kim <kim@elsewhere.example>\r\nSubject: Proof\r\nMessage-ID: <k@x>\r\n"
        f'Content-Type: multipart/mixed; boundary="B"\r\n\r\n{parts}'
    ).encode()
    async with site.db.begin() as session:
        event = SourceEventRow(source="mail", external_id="k", received_at=site.now, body=body,
                               headers={}, state="handled")  # fmt: skip
        session.add(event)
        await session.flush()
        touch = TouchpointRow(key="mail:<k@x>", channel="email", direction="in", kind="reply",
                              occurred_at=site.now, source_event_id=event.id)  # fmt: skip
        session.add(touch)
        await session.flush()
        item = WorkItemRow(key=f"touchpoint:{touch.id}", kind="reply", touchpoint_id=touch.id,
                           title="Kim: Proof", detail={"candidates": [site.ids["alder"]]},
                           opened_at=site.now)  # fmt: skip
        session.add(item)
        await session.flush()
        where, event_id = f"/worklist/{item.id}", event.id
    async with site.signed_in("collector") as browser:
        page = await browser.get(where)
        assert "proof.pdf" in page.text
        assert "not handed out" in page.text
        assert html not in page.text
        kept = await browser.get(f"{where}/mail")
        assert kept.content == body
        assert kept.headers["content-disposition"].startswith("attachment")
        found = [await browser.get(f"{where}/files/{number}") for number in range(3)]
        assert [one.status_code for one in found] == [404, 200, 404]
        assert found[1].headers["content-type"] == "application/pdf"
        async with site.db.begin() as session:
            await settle(session, event_id, state="quarantined", detail="too_slow", now=site.now)
        assert "proof.pdf" not in (await browser.get(where)).text
        assert (await browser.get(f"{where}/files/1")).status_code == 404
        assert (await browser.get(f"{where}/mail")).content == body
        nobody = await browser.post(f"{where}/attach", number="no such number")
        assert nobody.status_code == 409
        done = await browser.post(f"{where}/attach", customer=str(site.ids["alder"]))
        assert done.status_code == 303
        again = await browser.post(f"{where}/attach", customer=str(site.ids["elm"]))
        assert again.status_code == 409
    async with site.db.read() as session:
        read = await session.get(SourceEventRow, event_id)
    assert read is not None
    assert (read.state, read.headers) == ("pending", {"customer_id": site.ids["alder"]})


async def test_a_promise_is_recorded_from_a_mail_and_taken_back(site: Site) -> None:
    alder = site.ids["alder"]
    day = (site.now + timedelta(days=4)).date()
    async with site.db.begin() as session:
        touch = TouchpointRow(key="mail:<p@x>", customer_id=alder, channel="email", kind="reply",
                              direction="in", occurred_at=site.now,
                              body_text=f"We will pay on {day:%d %B %Y}.")  # fmt: skip
        session.add(touch)
        await session.flush()
        item = WorkItemRow(key="p", kind="reply", customer_id=alder, touchpoint_id=touch.id,
                           title="x", detail={}, opened_at=site.now)  # fmt: skip
        session.add(item)
        await session.flush()
        owed = (await open_invoices(session, alder))[0]
        item_id, invoice = item.id, str(owed.id)
    async with site.signed_in("viewer") as browser:
        assert (
            "Record a promise</h2>" not in (await browser.get(f"/promises?customer={alder}")).text
        )
        refused = await browser.post(f"/customers/{alder}/promises", day=day.isoformat())
        assert refused.status_code == 403
    async with site.signed_in("collector") as browser:
        form = await browser.get(f"/promises?customer={alder}&item={item_id}")
        assert f'value="{day.isoformat()}"' in form.text
        where = f"/customers/{alder}/promises"
        for wrong in ({"day": ""}, {"day": "2020-01-01"}, {"amount": "99999999.00"}):
            sent = {"day": day.isoformat(), "currency": owed.currency, **wrong}
            assert (await browser.post(where, **sent)).status_code == 409, wrong
        told = {"day": day.isoformat(), "invoice": invoice, "words": "<i>Kim</i> rang"}
        assert (await browser.post(where, **told)).status_code == 303
        listed = await browser.get("/promises")
        assert "&lt;i&gt;Kim" in listed.text
        async with site.db.read() as session:
            ((row, _),) = await open_promises(session, customer_id=alder)
        assert (row.promised_on, row.invoice_ids) == (day, [int(invoice)])
        nul = await browser.post(where, day=day.isoformat(), words="a\x00b")
        assert nul.status_code == 422
        assert "cannot be stored" in nul.text
        gone = await browser.post(f"/promises/{row.id}/cancel", reason="he was wrong")
        assert gone.status_code == 303
        assert (await browser.post(f"/promises/{row.id}/cancel")).status_code == 409
        assert (await browser.get(f"/promises?customer={10**30}")).status_code == 422
        assert "are not listed" not in form.text
        async with site.db.begin() as session:
            session.add_all(
                InvoiceRow(netsuite_id=f"x{n}", number=f"X-{n}", customer_id=alder, due_on=day,
                           currency=owed.currency, total_minor=100, open_minor=100, issued_on=day)
                for n in range(101)
            )  # fmt: skip
        many = await browser.get(f"/promises?customer={alder}")
        assert "more that fall due later are not listed" in many.text


async def test_an_address_is_silenced_and_restored_by_people_who_may(site: Site) -> None:
    alder, elm = site.ids["alder"], site.ids["elm"]
    async with site.db.begin() as session:
        contact = (await contacts_of(session, alder))[0]
        twin = ContactRow(customer_id=elm, name="Ann", email=contact.email.upper())
        session.add(twin)
        path = f"/contacts/on-file/{contact.id}"

    async def silent() -> set[int]:
        async with site.db.read() as session:
            found = [*await contacts_of(session, alder), *await contacts_of(session, elm)]
        return {c.customer_id for c in found if c.suppressed_at}

    async with site.signed_in("collector") as browser:
        assert "Write to it no more" in (await browser.get(f"/customers/{alder}")).text
        assert (await browser.post(path, act="silence", reason=" ")).status_code == 409
        assert (await browser.post(path, act="silence", reason="she rang")).status_code == 303
        assert await silent() == {alder, elm}
        assert (await browser.post(path, act="restore", reason="by mistake")).status_code == 303
        assert await silent() == set()
        async with site.db.begin() as session:
            await stops.suppress(session, alder, contact.email, reason="stop_contact", now=site.now)
        assert (await browser.post(path, act="restore", reason="please")).status_code == 409
    async with site.signed_in("approver") as browser:
        assert (await browser.post(path, act="restore", reason="she agreed")).status_code == 303
    assert await silent() == set()
