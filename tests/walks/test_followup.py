"""An overdue invoice becomes one approved mail, and never one that says something false."""

from __future__ import annotations

import re
from typing import Any

import pytest

from effects import switching
from effects.actor import Person, Role
from store.effects import EffectRow, decisions_of
from store.receivables import InvoiceRow
from store.touchpoints import TouchpointRow
from tests.walks.house import House, eventually, parsed

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]
CUSTOMERS = 90
CASEY = Person(9001, "Casey", Role.CONTROLLER)


async def invoices(house: House, effect: EffectRow) -> list[InvoiceRow]:
    ids: Any = effect.payload["invoice_ids"]
    return [await house.row(InvoiceRow, id=invoice_id) for invoice_id in ids]


async def test_nothing_leaves_before_approval_and_then_exactly_one_mail(shared: House) -> None:
    effect = await shared.reminded("overdue")
    payload = effect.payload
    assert (effect.required_role, effect.proposed_by_kind) == ("collector", "agent")
    assert shared.mails(payload["message_id"]) == []
    await shared.approve(effect, "collector")
    await shared.becomes(effect.id, "done")
    (sent,) = shared.mails(payload["message_id"])
    mail = parsed(sent)
    assert list(sent.rcpt_tos) == payload["to"]
    assert sent.mail_from == payload["envelope_from"]
    assert re.fullmatch(r"[^+@]+\+b\.[^@]+@.+", sent.mail_from)
    assert re.search(r"\+[^@]+@", mail["Reply-To"])
    assert mail["From"].endswith(f"<{shared.world.parts.company.mail_address}>")
    assert mail.get_content_type() == "multipart/alternative"
    touch = await shared.row(TouchpointRow, key=f"effect:{effect.id}")
    assert (touch.direction, touch.kind, touch.message_id) == (
        "out",
        "followup",
        mail["Message-ID"],
    )
    told = [i["what"].get("message_id") for i in await shared.timeline(effect.customer_id)]
    assert told.count(payload["message_id"]) == 1
    await shared.audit_is_whole()


async def test_every_amount_in_the_mail_is_the_one_in_the_erp(shared: House) -> None:
    effect = await shared.reminded()
    purse = shared.world.parts.purse
    claims = {c.number: c for c in shared.world.parts.company.claims}
    text = str(effect.payload["text"])
    for row in await invoices(shared, effect):
        owed = purse.owed(claims[row.number])
        assert (row.open_minor, row.due_on) == (owed.open, owed.claim.due_on)
        assert row.number in text
        digits = re.sub(r"\D", "", text)
        assert str(owed.open) in digits
    assert {r.customer_id for r in await invoices(shared, effect)} == {effect.customer_id}


async def test_paid_in_the_erp_after_the_approval_sends_nothing(shared: House) -> None:
    effect = await shared.reminded()
    (first, *_) = await invoices(shared, effect)
    async with shared.idle():
        await shared.approve(effect)
        await shared.erp("act", do="pay", id=int(first.netsuite_id))
        assert (await shared.row(InvoiceRow, id=first.id)).open_minor > 0
    await shared.becomes(effect.id, "superseded")
    told = (await shared.api("GET", f"/audit?subject={effect.id}", "auditor")).json()["items"]
    reasons = [str(line["detail"]) for line in told if line["subject"]["kind"] == "effect"]
    assert any(first.number in reason for reason in reasons), reasons
    assert shared.mails(effect.payload["message_id"]) == []
    assert await shared.rows(TouchpointRow, effect_id=effect.id) == []
    await shared.audit_is_whole()


async def test_an_edit_with_a_false_amount_is_refused(shared: House) -> None:
    effect = await shared.reminded()
    text = f"{effect.payload['text']}\n\nPlease pay 1.23 USD at once."
    answer = await shared.decide("edit", effect, subject=effect.payload["subject"], text=text)
    assert (answer.status_code, answer.json()["code"]) == (422, "forbidden"), answer.text
    assert "1.23" in answer.json()["detail"]
    assert (await shared.effect(effect.id)).fingerprint == effect.fingerprint


async def test_what_was_edited_meanwhile_cannot_be_approved_as_seen(shared: House) -> None:
    seen = await shared.reminded()
    text = str(seen.payload["text"]).replace("\n\n", "\n\nKindly note the following.\n\n", 1)
    answer = await shared.decide("edit", seen, subject=seen.payload["subject"], text=text)
    assert answer.status_code == 200, answer.text
    late = await shared.decide("approve", seen)
    assert (late.status_code, late.json()["code"]) == (409, "changed")
    assert late.json()["fingerprint"] == answer.json()["fingerprint"]
    await shared.approve(await shared.effect(seen.id))
    await shared.becomes(seen.id, "done")
    (sent,) = shared.mails(seen.payload["message_id"])
    body = parsed(sent).get_body(("plain",))
    assert body is not None
    assert "Kindly note the following." in body.get_content()


async def test_a_switched_off_channel_waits_and_leaves_when_it_is_on_again(shared: House) -> None:
    effect = await shared.reminded()
    async with shared.idle():
        await shared.approve(effect)
        async with shared.db.begin() as session:
            await switching.stop(session, "channel", "email", CASEY, shared.now(), "drill")

    async def waits() -> bool:
        row = await shared.effect(effect.id)
        return row.state == "approved" and "drill" in str(row.outcome)

    await eventually(waits)
    other = await shared.reminded()
    refused = await shared.decide("approve", other)
    assert (refused.status_code, refused.json()["code"]) == (409, "stopped")
    assert shared.mails(effect.payload["message_id"]) == []
    async with shared.db.begin() as session:
        await switching.resume(session, "channel", "email", CASEY, shared.now())
    await shared.becomes(effect.id, "done")
    assert len(shared.mails(effect.payload["message_id"])) == 1
    await shared.audit_is_whole()


async def test_what_is_rejected_never_leaves(shared: House) -> None:
    effect = await shared.reminded()
    bare = await shared.decide("reject", effect)
    assert bare.status_code == 422
    answer = await shared.decide("reject", effect, reason="we spoke on the phone")
    assert answer.status_code == 200, answer.text
    late = await shared.decide("approve", await shared.effect(effect.id))
    assert late.json()["code"] == "wrong_state"
    async with shared.db.read() as session:
        said = [d.reason for d in await decisions_of(session, effect.id)]
    assert said == ["we spoke on the phone"]
    await shared.run("effects.perform", effect_id=effect.id)
    await shared.follow_up(effect.customer_id or 0)
    assert shared.mails(effect.payload["message_id"]) == []


async def test_who_only_looks_decides_nothing(shared: House) -> None:
    effect = await shared.reminded()
    answer = await shared.decide("approve", effect, "auditor")
    assert answer.status_code == 403
    assert (await shared.effect(effect.id)).state == "proposed"


async def test_two_clicks_and_two_people_send_one_mail(shared: House) -> None:
    effect = await shared.reminded()
    answers = [
        await shared.decide("approve", effect, role)
        for role in ("collector", "collector", "controller")
    ]
    assert answers[0].status_code == answers[1].status_code == 200
    await shared.becomes(effect.id, "done")
    assert len(shared.mails(effect.payload["message_id"])) == 1
    await shared.audit_is_whole()
