"""The pages of playbooks: written with line-numbered errors, made active by another, answered."""

from __future__ import annotations

from datetime import timedelta

from flows import followups
from tests.web.serving import DESK, Site

BOOK = """name: Quiet ones
customers: {whom}
steps:
  - ask: Do they mention a payment plan?
    then:
      - wait: 2 business days
    else:
      - escalate: {{reason: call them}}
"""


async def test_a_playbook_from_its_text_to_an_answered_question(site: Site) -> None:
    elm = site.ids["elm"]
    async with site.signed_in("collector") as browser:
        wrong = await browser.post(
            "/playbooks", body=BOOK.replace("wait:", "wiat:").format(whom="all")
        )
        assert wrong.status_code == 422
        assert "Line 6:" in wrong.text
        assert "» " in wrong.text
        long = await browser.post("/playbooks", body=BOOK.format(whom="all") + "# x\n" * 16_000)
        assert (long.status_code, "too long" in long.text) == (409, True)
        kept = await browser.post("/playbooks", body=BOOK.format(whom='["105"]'), note="first")
        path = kept.headers["location"].partition("?")[0]
        assert "wait 2 business days" in (await browser.get(path)).text
        refused = await browser.post(f"{path}/activate", version="1")
        assert refused.status_code == 403
        again = await browser.post("/playbooks", body=BOOK.format(whom="all"))
        assert (again.status_code, "There is a playbook named" in again.text) == (409, True)
    async with site.signed_in("controller") as browser:
        assert (await browser.post(f"{path}/activate", version="1")).status_code == 303
        other = await browser.post(
            "/playbooks", body=BOOK.format(whom="all").replace("Quiet ones", "Everybody")
        )
        second = other.headers["location"].partition("?")[0]
    async with site.signed_in("approver") as browser:
        taken = await browser.post(f"{second}/activate", version="1")
        assert taken.status_code == 409
        assert "The playbook Quiet ones has 1 of these customers already." in taken.text
        listed = (await browser.get("/playbooks")).text
        assert "1 customer" in listed.split("Quiet ones")[1].split("</tr>")[0]
    async with site.db.begin() as session:
        quiet = await followups.prepare(session, DESK, elm, site.now)
    assert isinstance(quiet, followups.Quiet)
    assert quiet.reason == "awaiting_decision"
    async with site.signed_in("collector") as browser:
        assert "Quiet ones</a> decides." in (await browser.get(f"/customers/{elm}")).text
        items = (await browser.get("/worklist?waiting=playbook_question")).text
        item = items.split('href="/worklist/')[1].split('"')[0]
        assert f'href="{path}"' in (await browser.get(f"/worklist/{item}")).text
        shown = (await browser.get(path)).text
        assert "Do they mention a payment plan?" in shown
        run = shown.split('name="run" value="')[1].split('"')[0]
        form = {"run": run, "step": "0", "answer": "yes", "quote": "in three parts"}
        done = await browser.post(f"{path}/answer", **form)
        assert done.status_code == 303
        assert "“in three parts”" in (await browser.get(path)).text
        assert (await browser.post(f"{path}/answer", **form)).status_code == 409
        assert (await browser.post(f"{path}/deactivate")).status_code == 303
        assert "Not active" in (await browser.get(path)).text
        assert (await browser.get("/playbooks/99")).status_code == 404
    async with site.db.begin() as session:
        later = site.now + timedelta(days=1)
        assert isinstance(await followups.prepare(session, DESK, elm, later), followups.Ready)
