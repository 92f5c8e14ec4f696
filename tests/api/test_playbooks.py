"""Playbooks by API: written with the line of a mistake, one active for each customer."""

from __future__ import annotations

from tests.api.conftest import Api

BODY = """name: {name}
customers: ["105"]
steps:
  - if: days_overdue > 30
    then:
      - send_email: {{tone: firm, mode: draft}}
"""


async def test_playbooks_are_kept_and_made_active_once_for_a_customer(api: Api) -> None:
    path = "/api/v1/playbooks"
    async with api.caller("collector", "review", "read") as client:
        wrong = await client.post(
            path, json={"body": BODY.format(name="A").replace("days_", "day_")}
        )
        assert wrong.status_code == 422
        assert wrong.json()["detail"].startswith("Line 4: column 1 of the condition: there is no")
        first = (await client.post(path, json={"body": BODY.format(name="A")})).json()
        second = (await client.post(path, json={"body": BODY.format(name="B")})).json()
        next_one = f"{path}/{first['id']}/versions"
        more = await client.post(next_one, json={"body": BODY.format(name="A"), "note": "again"})
        assert more.json() == {"id": first["id"], "version": 2}
        assert (await client.post(f"{path}/9/versions", json={"body": "x"})).status_code == 422
        own = await client.post(f"{path}/{first['id']}/activate", json={"version": 1})
        assert own.status_code == 403
    async with api.caller("controller", "review", "read") as client:
        live = await client.post(f"{path}/{first['id']}/activate", json={"version": 2})
        assert live.json()["active"]
        taken = await client.post(f"{path}/{second['id']}/activate", json={"version": 1})
        assert taken.status_code == 409
        assert "The playbook A has 1 of these customers already." in taken.json()["detail"]
        assert (await client.post(f"{path}/9/activate", json={"version": 1})).status_code == 404
        whole = (await client.get(f"{path}/{first['id']}")).json()
        assert ([v["version"] for v in whole["versions"]], whole["runs"]) == ([2, 1], [])
        off = (await client.post(f"{path}/{first['id']}/deactivate")).json()
        assert not off["active"]
        said = {"path": "0", "yes": True}
        assert (await client.post(f"{path}/runs/9/answer", json=said)).json() == {"answered": False}
        assert [row["name"] for row in (await client.get(path)).json()["items"]] == ["A", "B"]
