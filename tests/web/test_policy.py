"""The page and the API of the follow-up policy, from writing to going live."""

from __future__ import annotations

import html

from effects.actor import Person, Role
from flows.playbook_versions import Saved, activate, save
from flows.policy_versions import preview
from tests.api.conftest import Api
from tests.web.serving import DESK, Site

BOOK = "name: Book\ncustomers: all\nsteps:\n  - escalate: {reason: call them}\n"
BODY = (
    "overrides: [{customer: 9999}]\ncadence: 6\n"
    "steps:\n  - {key: one}\n  - {key: two, tone: firm}\n"
)


async def test_two_people_change_the_policy_on_the_page(site: Site) -> None:
    async with site.signed_in("controller") as writer:
        shown = (await writer.get("/policy")).text
        for group in ("Follow up", "Agent", "Escalation"):
            assert f">{group}</h2>" in shown
        assert "Write a new version" in shown
        wrong = await writer.post("/policy/edit", body=BODY.replace("firm", "<b>rude"), note="x")
        assert wrong.status_code == 422
        assert "Line 5, column 16:" in wrong.text
        assert "&lt;b&gt;rude" in wrong.text
        assert "<b>rude" not in wrong.text
        long = await writer.post("/policy/edit", body=BODY + "# x\n" * 17_000, note="x")
        assert (long.status_code, "longer than 65,536" in long.text) == (422, True)
        saved = await writer.post("/policy/edit", body=BODY, note="calmer")
        where = saved.headers["location"].partition("?")[0]
        assert "being tried" in (await writer.get(where)).text
        number = int(where.rpartition("/")[2])
        async with site.db.begin() as session:
            book = await save(session, BOOK, by=Person(7, "x", Role.COLLECTOR), now=site.now)
            assert isinstance(book, Saved)
            by = Person(8, "y", Role.APPROVER)
            await activate(session, book.playbook_id, book.version, by=by, now=site.now)
        assert await preview(site.db, DESK, number, site.now)
        tried = (await writer.get(where)).text
        assert "in a playbook and go through it both times" in tried
        assert "Given to a person by playbooks" in tried
        assert "<li>The customer 9999 of an override</li>" in tried
        assert "Whom it would have written to and should not have" in tried
        assert "You wrote it." in tried
        assert (await writer.post(f"{where}/live")).status_code == 409
    async with site.signed_in("viewer") as viewer:
        assert "Make version" not in (await viewer.get(where)).text
        assert (await viewer.post(f"{where}/live")).status_code == 403
        assert (await viewer.get("/policy/edit")).status_code == 403
    async with site.signed_in("admin") as other:
        assert f"Make version {number} live" in (await other.get(where)).text
        done = await other.post(f"{where}/live")
        assert done.headers["location"] == "/policy?notice=policy_live"
        after = (await other.get("/policy")).text
        assert f"Version {number} is in force" in after
        assert "6 business days at least" in after
        assert "two: 12 business days after due, firm" in after
        assert BODY.splitlines()[-1] in html.unescape(after)
        assert (await other.get("/policy/versions/999")).status_code == 404


async def test_the_same_by_api(site: Site) -> None:
    api = Api(site)
    path = "/api/v1/policies/dunning"
    async with api.caller("controller", "read", "policy") as writer:
        groups = (await writer.get(path)).json()["groups"]
        assert set(groups) == {"follow_up", "agent", "escalation"}
        wrong = await writer.post(f"{path}/versions", json={"body": "steps: []"})
        assert wrong.status_code == 422
        assert "Line 1, column 1" in wrong.json()["detail"]
        number = (await writer.post(f"{path}/versions", json={"body": BODY})).json()["id"]
        assert await preview(site.db, DESK, number, site.now)
        own = await writer.post(f"{path}/versions/{number}/live")
        assert own.status_code == 403
        found = (await writer.get(f"{path}/versions/{number}")).json()
        assert found["preview"]["new"]["messages"] >= 0
    async with api.caller("admin", "read", "policy") as other:
        assert (await other.post(f"{path}/versions/{number}/live")).json() == {
            "version": number, "before": None, "withdrawn": 0,
        }  # fmt: skip
        assert (await other.get(path)).json()["version"] == number
        assert (await other.get(f"{path}/versions")).json()["versions"][0]["id"] == number
    async with api.caller("collector", "read", "policy") as clerk:
        assert (await clerk.post(f"{path}/versions", json={"body": BODY})).status_code == 403
