"""An answer is read without the words of the mail it answers; false friends are named."""

from __future__ import annotations

from datetime import UTC, datetime

from flows.intake import Finished, take_in
from flows.our_words import without_our_words
from store.engine import Database
from store.touchpoints import TouchpointRow, add_touchpoint
from tests.flows.mails import arrive, mail_desk
from tests.flows.mails import raw as raw_mail
from tests.flows.scene import NOW, Scene
from tests.sources.mail.messages import raw, read

SENT = "Hello Dana,\n\nour invoice INV-7 over 500.00 EUR is still open today.\n\nReply STOP."


async def test_our_own_lines_come_back_as_history_even_unmarked(db: Database) -> None:
    row = TouchpointRow(
        key="effect:1",
        channel="email",
        direction="out",
        kind="reminder",
        occurred_at=datetime(2026, 3, 2, tzinfo=UTC),
        body_text=SENT,
        message_id="<sent@seller.example>",
    )
    body = f"We pay on Friday.\n\n{SENT}"
    async with db.begin() as session:
        await add_touchpoint(session, row)
        answer = read(raw(body, In_Reply_To="<sent@seller.example>"))
        stranger = read(raw(body, In_Reply_To="<other@seller.example>"))
        mail = await without_our_words(session, answer)
        assert "INV-7" not in mail.new_text
        assert "INV-7" in mail.history
        assert await without_our_words(session, stranger) == stranger


async def test_a_domain_made_to_look_like_ours_is_told_to_whoever_reads(
    db: Database, scene: Scene
) -> None:
    await scene.customer()
    event_id = await arrive(db, raw_mail("New bank details.", sender="ar@n0rthwind.example"))
    async with db.begin() as session:
        assert await take_in(session, mail_desk(), event_id, NOW) == Finished("unattached")
    (item,) = await scene.items()
    assert "looks like northwind.example" in str(item.detail["reason"])
