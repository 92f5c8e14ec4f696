"""SendEmail through the gate, to a mail server that keeps what it took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from effects import decide
from effects.answers import Approved
from effects.edits import NotEditable, edited
from effects.kinds import PostCustomerPayment, SendEmail
from effects.kinds_mail import AttachedPaper
from effects.lifecycle import EffectState
from effects.outcomes import (
    Absent,
    CannotLook,
    Changed,
    Done,
    LookAgain,
    NotNow,
    Refused,
    Unchanged,
    Unknown,
)
from effects.performer import Ended, perform
from outreach.envelope import Envelope, Outcome
from outreach.mailer import Security, SmtpAccount, send
from outreach.message import Mailbox, final_message
from outreach.performer import EmailPerformer, FindSent, ReadPapers
from store import effects, touchpoints
from store.engine import Database, Session
from tests.effects.outside import ANNA, NOW, POLICY, Clock, offer, payment
from tests.outreach.faulty import FaultyServer, faulty_server

BOX = Mailbox("ar@seller.example", "Halden Robotics")
MAIL = SendEmail(
    customer_id=1,
    purpose="followup",
    occasion="default:d1:1",
    thread_id=0,
    to=("dana@corvel.example",),
    cc=("ap@corvel.example",),
    subject="Payment overdue: invoice INV-1",
    text="INV-1: 100.00 USD\n",
    html="<p>INV-1: 100.00 USD</p>\n",
    message_id="<m1@seller.example>",
    reply_to=BOX.reply_address("abcdefgh23456727"),
    envelope_from=BOX.bounce_address("abcdefgh23456727"),
    step="d1",
    cycle="1",
    facts={"INV-1": "100.00 USD"},
    written_by="template",
)


def performer(
    server: FaultyServer | None,
    fact: Unchanged | Changed | NotNow | None = None,
    find_sent: FindSent | None = None,
) -> EmailPerformer:
    async def transport(envelope: Envelope, raw: bytes) -> Outcome:
        port = server.port if server else 1
        return await send(SmtpAccount("127.0.0.1", port, Security.NONE, timeout=1), envelope, raw)

    async def recheck(_session: Session, _mail: SendEmail) -> Unchanged | Changed | NotNow:
        return fact or Unchanged()

    return EmailPerformer(BOX, transport, recheck, Clock(), find_sent)


async def approved(db: Database, mail: SendEmail = MAIL) -> int:
    proposed = await offer(db, mail)
    async with db.begin() as session:
        row = await effects.effect(session, proposed.effect_id)
        assert row is not None
        answer = await decide.approve(session, row.id, row.fingerprint, ANNA, POLICY, NOW)
    assert answer == Approved(row.id)
    return row.id


async def timeline(db: Database) -> list[touchpoints.TouchpointRow]:
    async with db.read() as session:
        return list(await touchpoints.touchpoints_of(session, 1))


async def test_exactly_the_approved_content_is_sent_once_and_stands_on_the_timeline(
    db: Database,
) -> None:
    effect_id = await approved(db)
    async with faulty_server() as server:
        hands = {"send_email": performer(server)}
        assert await perform(db, effect_id, hands, Clock()) == Ended(EffectState.DONE)
        await perform(db, effect_id, hands, Clock())
    (raw,) = server.bodies
    final = final_message(raw)
    assert (final.subject, final.text, final.html) == (MAIL.subject, MAIL.text, MAIL.html)
    assert (final.to, final.cc) == (MAIL.to, MAIL.cc)
    assert server.senders == [MAIL.envelope_from]
    assert server.recipients == [*MAIL.to, *MAIL.cc]
    (row,) = await timeline(db)
    assert (row.key, row.direction, row.kind) == (f"effect:{effect_id}", "out", "followup")
    assert (row.message_id, row.body_text, row.facts) == (MAIL.message_id, MAIL.text, MAIL.facts)
    assert (row.step, row.cycle, row.written_by) == ("d1", "1", "template")


async def test_changed_facts_stop_the_mail(db: Database) -> None:
    effect_id = await approved(db)
    async with faulty_server() as server:
        hands = {"send_email": performer(server, Changed("INV-1 was paid"))}
        await perform(db, effect_id, hands, Clock())
    assert server.bodies == []
    assert await timeline(db) == []


async def test_a_lost_answer_is_settled_by_looking_never_by_sending_again(db: Database) -> None:
    effect_id = await approved(db)

    async def find_sent(message_id: str) -> bool:
        return any(message_id.encode() in body for body in server.bodies)

    async with faulty_server(after_dot="cut") as server:
        hands = {"send_email": performer(server, find_sent=find_sent)}
        assert await perform(db, effect_id, hands, Clock()) == Ended(EffectState.UNKNOWN)
        assert await timeline(db) == []
        assert await perform(db, effect_id, hands, Clock()) == Ended(EffectState.DONE)
    assert len(server.bodies) == 1
    assert len(await timeline(db)) == 1


async def test_a_server_that_is_away_leaves_it_for_later(db: Database) -> None:
    effect_id = await approved(db)
    result = await perform(db, effect_id, {"send_email": performer(None)}, Clock())
    assert result == Ended(EffectState.APPROVED)
    assert await timeline(db) == []


@pytest.mark.parametrize(
    ("faults", "expected"),
    [
        ({"rcpt_answers": dict.fromkeys((*MAIL.to, *MAIL.cc), "550 5.1.1 gone")}, Refused),
        ({"after_dot": "cut"}, Unknown),
    ],
)
async def test_the_transports_answer_is_the_performers_answer(
    faults: dict[str, Any], expected: type[Refused | Unknown]
) -> None:
    async with faulty_server(**faults) as server:
        assert isinstance(await performer(server).act(MAIL), expected)


async def test_one_refused_recipient_is_noted_with_the_outcome() -> None:
    async with faulty_server(rcpt_answers={MAIL.cc[0]: "550 5.1.1 gone"}) as server:
        done = await performer(server).act(MAIL)
    assert isinstance(done, Done)
    assert done.evidence["refused"] == {MAIL.cc[0]: "550 5.1.1 gone"}


async def test_looking() -> None:
    async def nothing(_message_id: str) -> bool:
        return False

    async def broken(_message_id: str) -> bool:
        raise ConnectionError("no mailbox")

    soon, late = timedelta(minutes=1), timedelta(minutes=11)
    assert isinstance(await performer(None).look(MAIL, late), CannotLook)
    assert isinstance(await performer(None, find_sent=nothing).look(MAIL, soon), LookAgain)
    assert await performer(None, find_sent=nothing).look(MAIL, late) == Absent()
    assert isinstance(await performer(None, find_sent=broken).look(MAIL, late), LookAgain)


async def test_what_cannot_be_a_mail_is_refused_before_any_server_is_asked() -> None:
    unsafe = SendEmail.from_payload(MAIL.payload() | {"to": ["a@x.example\r\nBcc: b@x.example"]})
    assert isinstance(await performer(None).act(unsafe), Refused)


async def test_other_effects_are_not_for_these_hands() -> None:
    other: PostCustomerPayment = payment("ch_1")
    with pytest.raises(TypeError):
        await performer(None).act(other)


PAPER = AttachedPaper(5, "Invoice INV-1.pdf", "application/pdf", 4, sha256(b"%PDF").hexdigest())


async def test_what_was_read_just_before_and_the_papers_are_kept_with_the_mail(
    db: Database,
) -> None:
    effect_id = await approved(db, replace(MAIL, attachments=(PAPER,)))
    async with faulty_server() as server:
        proven = Unchanged({"source": "erp", "hash": "h1"})
        hands = {"send_email": replace(performer(server, proven), read_papers=_read(b"%PDF"))}
        assert await perform(db, effect_id, hands, Clock()) == Ended(EffectState.DONE)
    (file,) = final_message(server.bodies[0]).attachments
    assert (file.name, file.digest) == (PAPER.name, PAPER.digest)
    (row,) = await timeline(db)
    assert row.facts["certificate"] == {"source": "erp", "hash": "h1"}
    assert row.facts["attachments"] == [PAPER.payload()]


async def test_a_paper_that_is_not_the_approved_one_never_leaves() -> None:
    async with faulty_server() as server:
        for read in (_read(b"%PDX"), None):
            hand = replace(performer(server), read_papers=read)
            assert isinstance(await hand.act(replace(MAIL, attachments=(PAPER,))), Refused)
    assert server.bodies == []


def _read(body: bytes) -> ReadPapers:
    async def read(paper_ids: Sequence[int]) -> dict[int, bytes]:
        return dict.fromkeys(paper_ids, body)

    return read


def test_an_edit_can_leave_a_paper_out_and_never_put_one_in() -> None:
    other = replace(PAPER, paper_id=6, name="form.pdf")
    mail = replace(MAIL, attachments=(PAPER, other))
    less = edited(mail, {"attachments": [other.payload()]})
    assert isinstance(less, SendEmail)
    assert less.attachments == (other,)
    assert less.fingerprint() != mail.fingerprint()
    for papers in ([replace(PAPER, digest="x").payload()], [other.payload(), PAPER.payload()]):
        with pytest.raises(NotEditable):
            edited(mail, {"attachments": papers})
