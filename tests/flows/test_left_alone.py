"""Who answered, is away, has left or may have written is left alone."""

from __future__ import annotations

from datetime import date, timedelta

from domain.dunning.standing import PauseReason
from effects.kinds import SendEmail
from effects.outcomes import Changed, NotNow
from flows import followups
from flows.followups import Quiet, Ready
from flows.pauses import Paused, Target, pause
from flows.still_true import still_true_mail
from store.effects import EffectRow
from store.engine import Database
from store.parties import ContactRow
from store.standing import DisputeRow, HoldRow, PromiseRow
from store.touchpoints import ThreadRow, TouchpointRow
from tests.flows.mails import arrive, raw
from tests.flows.scene import BOB, NOW, Scene, desk
from tests.flows.test_followups import AGENT, WHY
from tests.flows.test_replies import PROMISE, acme, handle

__all__ = ["acme"]
AWAY = "Auto-Submitted: auto-replied"


async def _plan(db: Database, customer_id: int) -> Ready | Quiet:
    async with db.begin() as session:
        return await followups.prepare(session, desk(), customer_id, NOW)


async def _offered(db: Database, scene: Scene, customer_id: int) -> SendEmail:
    ready = await _plan(db, customer_id)
    assert isinstance(ready, Ready)
    async with db.begin() as session:
        await followups.offer(session, desk(), ready, body=None, by=AGENT, because=WHY)
    return SendEmail.from_payload((await scene.all(EffectRow))[-1].payload)


async def test_an_absence_is_waited_for_and_is_no_answer(
    db: Database, scene: Scene, acme: int
) -> None:
    text = "I am out of the office and will return on 17 March 2026."
    await handle(db, await arrive(db, raw(text, more=AWAY)))
    (hold,) = await scene.all(HoldRow)
    assert (hold.customer_id, hold.until_on) == (acme, date(2026, 3, 17))
    planned = await _plan(db, acme)
    assert isinstance(planned, Quiet)
    assert planned.reason == "paused"
    (touch,) = await scene.all(TouchpointRow)
    assert touch.kind == "auto_reply"
    assert await scene.items() == []


async def test_a_long_absence_is_waited_for_ten_days(db: Database, scene: Scene, acme: int) -> None:
    text = "I am on parental leave until 30 June 2026."
    await handle(db, await arrive(db, raw(text, more=AWAY, subject="Out of office")))
    (hold,) = await scene.all(HoldRow)
    assert hold.until_on == date(2026, 3, 20)
    assert acme


async def test_an_absence_note_without_headers_is_no_answer_of_a_person(
    db: Database, scene: Scene, acme: int
) -> None:
    await handle(db, await arrive(db, raw("I am on vacation, back on 16 March 2026.")))
    (touch,) = await scene.all(TouchpointRow)
    assert (touch.kind, touch.customer_id) == ("auto_reply", acme)


async def test_after_a_long_absence_the_next_contact_is_written_to(
    db: Database, scene: Scene, acme: int
) -> None:
    await scene.add(
        ContactRow(customer_id=acme, name="Bo", email="bo@acme.example", role="primary")
    )
    text = "I am out of the office and will return on 30 April 2026."
    await handle(db, await arrive(db, raw(text, more=AWAY)))
    later = NOW + timedelta(days=13)
    async with db.begin() as session:
        planned = await followups.prepare(session, desk(), acme, later)
    assert isinstance(planned, Ready), planned
    known = {c.id: c.email for c in planned.case.account.contacts}
    assert [known[i] for i in planned.touch.contact_ids] == ["bo@acme.example"]


async def test_who_has_left_is_not_written_to_again(db: Database, scene: Scene, acme: int) -> None:
    text = "Ann Lee is no longer with the company."
    await handle(db, await arrive(db, raw(text, more=AWAY)))
    (contact,) = await scene.all(ContactRow)
    assert contact.suppressed_reason == "has left"
    (item,) = await scene.items()
    assert (item.customer_id, item.detail["reason"]) == (acme, "the contact has left")


async def test_our_own_mail_is_not_taken_for_an_answer(
    db: Database, scene: Scene, acme: int
) -> None:
    for n, sender in enumerate(("ar@northwind.example", "AR+t.abcdefgh@northwind.example")):
        await handle(db, await arrive(db, raw(PROMISE, sender=sender), str(n)))
    assert await scene.all(TouchpointRow) == []
    assert await scene.items() == []
    assert isinstance(await _plan(db, acme), Ready)


async def test_a_sender_on_file_at_two_customers_holds_both_until_it_is_read(
    db: Database, scene: Scene, acme: int
) -> None:
    beta = await scene.customer("Beta")
    await scene.invoice(beta, "INV-2001 100.00 USD due 2026-02-10")
    await scene.add(ContactRow(customer_id=beta, name="Ann", email="billing@acme.example"))
    await _offered(db, scene, beta)
    await handle(db, await arrive(db, raw("We have paid all of it.")))
    for customer_id in (acme, beta):
        planned = await _plan(db, customer_id)
        assert isinstance(planned, Quiet)
        assert planned.reason == "replied"
    assert [row.state for row in await scene.all(EffectRow)] == ["superseded"]


async def test_a_stranger_in_our_conversation_holds_it_until_a_person_has_read(
    db: Database, scene: Scene, acme: int
) -> None:
    await scene.add(
        ThreadRow(customer_id=acme, subject="Overdue", token="abcdefgh2345", created_at=NOW)
    )
    mail = raw("Paid.", sender="boss@gmail.com", to="ar+t.abcdefgh2345@northwind.example")
    await handle(db, await arrive(db, mail))
    planned = await _plan(db, acme)
    assert isinstance(planned, Quiet)
    assert planned.reason == "replied"


async def test_a_mail_that_is_stored_and_not_read_yet_is_read_first(
    db: Database, scene: Scene, acme: int
) -> None:
    mail = await _offered(db, scene, acme)
    await arrive(db, raw("We have paid.", sender="Boss@Acme.example"))
    async with db.begin() as session:
        said = await still_true_mail(session, mail, NOW, desk=desk())
        later = await still_true_mail(session, mail, NOW + timedelta(hours=1), desk=desk())
    assert isinstance(said, NotNow)
    assert not isinstance(later, NotNow)


async def test_an_answer_is_withdrawn_when_they_write_again(
    db: Database, scene: Scene, acme: int
) -> None:
    await handle(db, await arrive(db, raw(PROMISE)))
    second = raw("Sorry, that will not work.", message_id="<m2@acme.example>")
    await handle(db, await arrive(db, second, "2"))
    first, *others = await scene.all(EffectRow)
    assert (first.state, first.because["rule"]) == ("superseded", "reply:thanks_for_promise")
    assert not [row for row in others if "March 20" in str(row.payload["text"])]
    assert acme


async def test_legal_trouble_stops_answers_too(db: Database, scene: Scene, acme: int) -> None:
    await handle(db, await arrive(db, raw(PROMISE)))
    (row,) = await scene.all(EffectRow)
    await scene.add(HoldRow(key="h", customer_id=acme, reason="legal", created_at=NOW))
    async with db.begin() as session:
        mail = SendEmail.from_payload(row.payload)
        assert isinstance(await still_true_mail(session, mail, NOW, desk=desk()), Changed)


async def test_the_second_answer_of_a_day_is_seen_by_a_person(
    db: Database, scene: Scene, acme: int
) -> None:
    await scene.add(
        TouchpointRow(
            key="effect:99",
            customer_id=acme,
            channel="email",
            direction="out",
            kind="reply",
            occurred_at=NOW - timedelta(hours=2),
        )
    )
    await handle(db, await arrive(db, raw(PROMISE)))
    (row,) = await scene.all(EffectRow)
    evidence = row.because["evidence"]
    assert isinstance(evidence, dict)
    assert "within a day" in evidence["review"]


async def test_a_forged_sender_changes_nothing_but_a_person_is_told(
    db: Database, scene: Scene, acme: int
) -> None:
    mail = raw("Stop writing to me. We dispute INV-1001.").replace(b"dmarc=pass", b"dmarc=fail")
    await handle(db, await arrive(db, mail))
    (contact,) = await scene.all(ContactRow)
    assert contact.suppressed_at is None
    assert await scene.all(DisputeRow) == []
    (item,) = await scene.items()
    assert (item.customer_id, item.detail["urgent"]) == (acme, True)


async def test_who_stops_us_and_disputes_is_heard_in_both(
    db: Database, scene: Scene, acme: int
) -> None:
    await handle(db, await arrive(db, raw("Stop writing to me. We dispute INV-1001.")))
    (contact,) = await scene.all(ContactRow)
    assert contact.suppressed_at == NOW
    assert len(await scene.all(DisputeRow)) == 1
    assert await scene.all(PromiseRow) == []
    assert acme


async def test_a_pause_set_twice_at_one_instant_is_one_pause(db: Database, scene: Scene) -> None:
    customer = await scene.customer()
    for _ in range(2):
        async with db.begin() as session:
            told = await pause(session, Target(customer), 30, PauseReason.OTHER, by=BOB, now=NOW)
            assert isinstance(told, Paused)
    holds = await scene.all(HoldRow)
    assert [hold.released_at is None for hold in sorted(holds, key=lambda h: h.id)] == [False, True]
