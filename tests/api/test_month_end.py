"""Month-end, the import report and the connection by API."""

from __future__ import annotations

from datetime import date

from domain.ledger.money import Money
from domain.ledger.reconciliation import Figure, Reason
from store.passes import PassRow, note_pass
from tests.api.conftest import Api
from tests.flows.scene import Scene
from tests.web.test_month_end import known, line, read, report


async def test_a_period_is_told_with_its_verdict(api: Api) -> None:
    async with api.site.db.begin() as session:
        await known(session)
        await read(
            session,
            api.site.now,
            line(Figure.OPEN, 100, 150),
            line(Figure.INVOICED, 10_000, 10_000, Reason(7, Money(-900, "USD"))),
        )
    async with api.caller("viewer", "read") as client:
        periods = (await client.get("/api/v1/periods")).json()["items"]
        told = (await client.get("/api/v1/periods/302/reconciliation")).json()
        unread = (await client.get("/api/v1/periods/301/reconciliation")).json()
        assert (await client.get("/api/v1/periods/9/reconciliation")).status_code == 404
    assert [(p["id"], p["starts_on"], p["closed"]) for p in periods] == [
        ("303", "2026-03-01", False),
        ("302", "2026-02-01", False),
        ("301", "2026-01-01", True),
    ]
    assert told["ready"] is False
    assert told["blockers"] == [
        {"code": "difference", "count": 1, "text": "1 unexplained difference"}
    ]
    assert told["lines"][0]["unexplained"] == {"amount": "0.50", "minor": 50, "currency": "USD"}
    assert told["lines"][1]["result"] == "explained"
    assert told["lines"][1]["ours"]["amount"] == "109.00"
    assert told["lines"][1]["findings"][0]["id"] == 7
    assert (unread["read_at"], unread["lines"]) == (None, [])
    assert [b["code"] for b in unread["blockers"]] == ["not_read"]


async def test_reading_is_asked_for_by_those_who_decide(api: Api) -> None:
    async with api.site.db.begin() as session:
        await known(session)
    path = "/api/v1/periods/302/reconciliation"
    async with api.caller("viewer", "read") as client:
        assert (await client.post(path)).status_code == 403
    async with api.caller("controller", "review") as client:
        assert (await client.post(path)).json() == {"asked": True}
        assert (await client.post(path)).json() == {"asked": False}
        assert (await client.post("/api/v1/periods/9/reconciliation")).status_code == 404
    assert len(await Scene(api.site.db).jobs("reconciliation.read")) == 1


async def test_the_import_report_and_the_connection(api: Api) -> None:
    async with api.caller("viewer", "read") as client:
        assert (await client.get("/api/v1/import-report")).status_code == 404
        async with api.site.db.begin() as session:
            session.add(report(api.site.now))
            now = api.site.now
            await note_pass(session, PassRow(kind="fast", began_at=now, ended_at=now, rows=3))
        told = (await client.get("/api/v1/import-report")).json()
        seen = (await client.get("/api/v1/connection")).json()
    assert told["history_since"] == date(2025, 12, 10).isoformat()
    assert told["ties"] is False
    assert told["control"][0]["why"].startswith("1 document was left out")
    assert told["unapplied"] == [{"amount": "5.00", "minor": 500, "currency": "USD"}]
    assert (seen["ok"], seen["passes"]["fast"]["rows"], seen["checks"]) == (True, 3, [])
