"""A colleague asks in Slack, records a payment, and another approves it on the card."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from app.slack_process import listen
from app.worker import services_of
from sandbox.slack.workspace import Json, direct
from slack_app.cards import APPROVE
from store import people
from store.effects import EffectRow
from store.receivables import InvoiceRow
from tests.slack_app.rooms import buttons_of, text_of
from tests.walks.house import House, eventually

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]
ASKS, DECIDES, ALERTS = direct("U0ROBIN"), "U0CASEY", "C0ALERTS"


@contextlib.asynccontextmanager
async def connected(house: House) -> AsyncIterator[None]:
    """Robin collects, Casey controls; Slack is connected."""
    async with house.db.begin() as session:
        for name, role in (("robin", "collector"), ("casey", "controller")):
            await people.add_user(
                session, email=f"{name}@dunwell.example", name=name.title(), role=role,
                now=house.now(),
            )  # fmt: skip
    known, stop = house.parts.settings.slack, asyncio.Event()
    assert known is not None
    listening = asyncio.create_task(listen(house.parts, known, stop))
    try:
        await eventually(lambda: _open(house), why="Slack is connected")
        yield
    finally:
        stop.set()
        await listening


async def _open(house: House) -> bool:
    return house.world.parts.slack.workspace.delivery.connected > 0


def said(house: House, channel: str, fits: Callable[[Json], bool]) -> Callable[[], Awaitable[Any]]:
    """The latest message of Dunwell in a channel that fits."""

    async def look() -> Json | None:
        found = house.world.parts.slack.workspace.store.messages(channel)
        return next((m for m in reversed(found) if m.get("bot_id") and fits(m)), None)

    return look


async def test_a_payment_told_in_slack_is_approved_by_another_and_enters_the_erp_once(
    shared: House,
) -> None:
    reminder = await shared.reminded("overdue")
    customer = await shared.customer(reminder.customer_id)
    ids: Any = reminder.payload["invoice_ids"]
    invoice = await shared.row(InvoiceRow, id=ids[0])
    slack = shared.world.parts.slack.people
    async with connected(shared):
        slack.say("U0ROBIN", ASKS, f"what does {customer.name} owe")
        answer = await eventually(said(shared, ASKS, lambda m: customer.name in text_of(m)))
        assert invoice.number in text_of(answer)
        major = f"{invoice.open_minor / 100:.2f}" if invoice.currency != "JPY" else "0"
        slack.say(
            "U0ROBIN", ASKS,
            f"{customer.name} paid {major} {invoice.currency} by wire today, ref {invoice.number}",
            answer["thread_ts"],
        )  # fmt: skip
        card = await eventually(said(shared, ALERTS, lambda m: APPROVE in buttons_of(m)))
        assert invoice.number in text_of(card)
        await slack.press(DECIDES, ALERTS, card["ts"], APPROVE)
        await eventually(said(shared, ALERTS, lambda m: "· Done" in text_of(m)))
    (effect,) = [
        row
        for row in await shared.rows(EffectRow, customer_id=customer.id, state="done")
        if row.kind == "post_customer_payment"
    ]
    records = await shared.erp("records/customerpayment")
    external = effect.payload["external_id"]
    assert len([r for r in records if r.get("externalId") == external]) == 1
    paid = await shared.row(InvoiceRow, id=invoice.id)
    assert paid.open_minor == 0


async def test_every_tick_of_the_clock_gives_its_job_what_it_takes(shared: House) -> None:
    known = services_of(shared.parts)
    for tick in known.ticks:
        handler = known.handlers.get(tick.task)
        if handler is not None:
            inspect.signature(handler).bind(**tick.job(shared.now()).args)
