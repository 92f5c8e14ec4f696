"""Events by API: read with their deliveries, tried out, and sent again."""

from __future__ import annotations

from store.outgoing import OutgoingDeliveryRow, deliver_to, delivery, emit
from tests.api.conftest import Api


async def given_up(api: Api) -> int:
    async with api.site.db.begin() as session:
        await emit(session, "drift.opened", "invoice:INV-1", {"number": "INV-1"}, api.site.now)
    async with api.site.db.begin() as session:
        made = await deliver_to(session, 1, "abc", "events.example")
        assert made is not None
        row = await session.get(OutgoingDeliveryRow, made)
        assert row is not None
        row.state, row.attempts, row.detail = "given_up", 10, "answered 500"
        session.add(row)
    return made


async def test_events_are_read_with_their_deliveries(api: Api) -> None:
    await given_up(api)
    async with api.caller("viewer", "read") as client:
        (event,) = (await client.get("/api/v1/events?kind=drift.opened")).json()["items"]
        assert (await client.get("/api/v1/events?kind=drift.closed")).json()["items"] == []
    assert (event["type"], event["subject"]) == ("drift.opened", "invoice:INV-1")
    assert event["data"] == {"number": "INV-1"}
    assert event["deliveries"] == [
        {
            "host": "events.example",
            "state": "given_up",
            "attempts": 10,
            "detail": "answered 500",
            "tried_at": None,
        }
    ]


async def test_what_was_given_up_is_sent_again(api: Api) -> None:
    made = await given_up(api)
    async with api.caller("collector", "read", "review") as client:
        assert (await client.post("/api/v1/events/1/send")).json() == {"deliveries": 1}
        assert (await client.post("/api/v1/events/1/send")).json() == {"deliveries": 0}
        assert (await client.post("/api/v1/events/99/send")).status_code == 404
    async with api.site.db.read() as session:
        found = await delivery(session, made)
    assert found is not None
    assert (found[0].state, found[0].attempts) == ("pending", 0)


async def test_a_trial_is_an_event(api: Api) -> None:
    async with api.caller("collector", "read", "review") as client:
        assert (await client.post("/api/v1/events/trial")).status_code == 202
        (event,) = (await client.get("/api/v1/events")).json()["items"]
    assert (event["type"], event["data"]["asked_by"]) == ("webhook.test", "Pat Collector")


async def test_reading_does_not_let_send(api: Api) -> None:
    await given_up(api)
    async with api.caller("viewer", "read") as client:
        assert (await client.post("/api/v1/events/1/send")).status_code == 403
        assert (await client.post("/api/v1/events/trial")).status_code == 403
