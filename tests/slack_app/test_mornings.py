"""Notices by their route, the morning's message, the page of a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from effects.outcomes import RetryLater
from flows.notices import Notice, tell
from outreach.envelope import Envelope, Sent
from sandbox.slack.workspace import direct
from slack_app.notices import NoticeMail, Notices
from store.notices import NoticeRow
from store.parties import CustomerRow
from store.worklist import WorkItemRow
from tests.slack_app.rooms import URL, Room, text_of


class Post:
    """A mail server that takes everything, or nothing for now."""

    def __init__(self) -> None:
        self.taken: list[tuple[Envelope, bytes]] = []
        self.busy = False

    async def __call__(self, envelope: Envelope, raw: bytes) -> Sent | RetryLater:
        if self.busy:
            return RetryLater("busy")
        self.taken.append((envelope, raw))
        return Sent("250 ok")


def delivery(office: Room, post: Post, routes: Mapping[str, str]) -> Notices:
    jobs = office.jobs
    mail = NoticeMail(office.desk.mailbox, post, b"k")
    poster = jobs.conversing.poster
    return Notices(office.db, office.clock, routes, "C0AR", URL, poster, jobs.cards, mail)


async def told(office: Room, *notices: Notice) -> None:
    async with office.db.begin() as session:
        for notice in notices:
            await tell(session, notice, office.clock())


async def test_a_notice_goes_where_its_route_leads_and_once(office: Room) -> None:
    post = Post()
    notices = delivery(
        office,
        post,
        {
            "legal": "mail:legal@seller.example",
            "gone": "C0NONE",
            "drift": "C0AR",
            "payment": "C0AR",
            "default": "C0NONE",
        },
    )
    await told(
        office,
        Notice("k1", "escalation", "Acme <!channel> mentions a lawyer", 1, "legal", urgent=True),
        Notice("k1", "escalation", "told twice"),
        Notice("k2", "drift", "An invoice was voided", detail={"found": "INV-1 <@U1>", "id": 3}),
        Notice("k3", "drift", "Nowhere", route="gone"),
    )
    post.busy = True
    await notices.deliver()
    post.busy = False
    office.space.faults.dropped, office.space.faults.methods = 1, ("chat.postMessage",)
    await told(office, Notice("k4", "payment", "A payment came back"))
    await notices.deliver()
    await notices.deliver()
    (mail,) = post.taken
    assert mail[0].recipients == ("legal@seller.example",)
    assert b"mentions a lawyer" in mail[1]
    titles = [text_of(m).split("\n")[0] for m in office.said("C0AR")]
    assert titles == ["An invoice was voided", "Nowhere", "A payment came back"]
    assert "&lt;@U1&gt;" not in str(office.said("C0AR"))
    to = {r.key: r.delivered_to for r in await office.scene.all(NoticeRow)}
    assert to == {"k1": "mail:legal@seller.example", "k2": "C0AR", "k3": "C0AR", "k4": "C0AR"}


async def test_who_is_told_of_in_slack_only_causes_no_internal_mail(office: Room) -> None:
    async with office.db.begin() as session:
        acme = await session.get(CustomerRow, 1)
        assert acme is not None
        acme.tags = ["slack_only"]
        session.add(acme)
    post = Post()
    await told(office, Notice("k1", "escalation", "Acme mentions a lawyer", 1, "legal"))
    await delivery(office, post, {"legal": "mail:legal@seller.example"}).deliver()
    assert post.taken == []
    assert [text_of(m).split("\n")[0] for m in office.said("C0AR")] == ["Acme mentions a lawyer"]


async def test_trouble_is_told_at_once_and_what_is_old_is_not_told_late(office: Room) -> None:
    now = office.clock()
    item = WorkItemRow(
        key="effect:9", kind="failed_effect", title="A posting failed", opened_at=now,
        detail={"reason": "period closed"},
    )  # fmt: skip
    await office.scene.add(item)
    await told(office, Notice("old", "drift", "Long ago"))
    office.now[0] += timedelta(hours=1)
    (row,) = await office.scene.all(NoticeRow)
    async with office.db.begin() as session:
        kept = await session.get(NoticeRow, row.id)
        assert kept is not None
        kept.at = now - timedelta(days=30)
        session.add(kept)
    notices = delivery(office, Post(), {})
    await notices.deliver()
    await notices.deliver()
    assert [text_of(m).split("\n")[0] for m in office.said("C0AR")] == ["A posting failed"]


async def test_the_digest_comes_once_on_a_working_day_and_only_if_there_is_something_to_do(
    office: Room,
) -> None:
    mornings = office.jobs.mornings
    await mornings.send()
    assert office.said("C0AR") == []
    await office.mail()
    office.now[0] = office.now[0].replace(hour=7)
    await mornings.send()
    assert office.said("C0AR") == []
    office.now[0] = office.now[0].replace(hour=8)
    await mornings.send()
    await mornings.send()
    head, thread = office.said("C0AR")
    assert "Proposals to decide: 1" in text_of(head)
    assert (thread["thread_ts"], "Invoice INV-1" in text_of(thread)) == (head["ts"], True)
    office.now[0] += timedelta(days=4)
    await mornings.send()
    assert len(office.said("C0AR")) == 2


async def test_a_persons_page_shows_their_work_and_strangers_see_nothing(office: Room) -> None:
    await office.mail()
    for number, member in enumerate(("U0COL", "U0NEW"), 1):
        office.people.open_home(member)
        await office.work(number)
    mine, other = (office.space.store.home(m) or {} for m in ("U0COL", "U0NEW"))
    assert "Col Lector, collector" in text_of(mine)
    assert "100.00 USD" in text_of(mine)
    assert "Acme" not in text_of(other)
    await office.people.press_home("U0COL", "home_refresh")
    await office.work(3)
    assert office.said(direct("U0COL")) == []
