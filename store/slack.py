"""Slack: what we posted, the cards that wait for a decision, channels and people we have seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import UniqueConstraint, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, or_, select

from store.columns import big, big_id, instant
from store.effects import EffectRow
from store.engine import Session
from store.parties import CustomerRow


class SlackPostRow(SQLModel, table=True):
    """A message of ours. `key` is why it is there: the same cause never gets a second one.

    `ts` is "" from the moment the post is tried until Slack's answer is known.
    """

    __tablename__ = "slack_post"
    id: int = big_id()
    key: str = Field(unique=True)
    channel: str
    thread_ts: str = ""
    ts: str = ""
    tried_at: datetime = instant(index=True)


class SlackCardRow(SQLModel, table=True):
    """A proposal shown in Slack. A button counts with the card's `nonce` only.

    `fingerprint` is the content the card shows, `shown` the state it tells of.
    """

    __tablename__ = "slack_card"
    __table_args__ = (UniqueConstraint("channel", "ts", name="uq_slack_card"),)
    id: int = big_id()
    effect_id: int = big(index=True)
    channel: str
    ts: str
    fingerprint: str
    shown: str
    nonce: str
    made_at: datetime = instant()


class SlackChannelRow(SQLModel, table=True):
    """A channel that Dunwell is in. `shared`: people of another company read it."""

    __tablename__ = "slack_channel"
    id: int = big_id()
    channel_id: str = Field(unique=True)
    name: str = ""
    shared: bool = False
    archived: bool = False
    member: bool = True
    seen_at: datetime = instant()
    mapped_by: str = ""
    mapped_at: datetime | None = instant(nullable=True)


class SlackMemberRow(SQLModel, table=True):
    """Somebody who spoke to Dunwell in Slack, and what they are to us.

    `standing`: linked, unknown, guest, external, deactivated, unconfirmed, bot.
    """

    __tablename__ = "slack_member"
    id: int = big_id()
    member_id: str = Field(unique=True)
    name: str = ""
    email: str = ""
    standing: str = "unknown"
    user_id: int | None = big(nullable=True)
    seen_at: datetime = instant()


async def post_for(
    session: Session, key: str, *, channel: str, thread_ts: str, now: datetime
) -> tuple[SlackPostRow, bool]:
    """The message of this cause, and whether this call is the first to ask for it."""
    made = await session.exec(
        insert(SlackPostRow)
        .values(key=key, channel=channel, thread_ts=thread_ts, ts="", tried_at=now)
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(col(SlackPostRow.id))
    )
    new = made.scalar_one_or_none() is not None
    found = await session.exec(select(SlackPostRow).where(SlackPostRow.key == key))
    return found.one(), new


async def posted(session: Session, key: str, ts: str) -> None:
    """Note Slack's time stamp of a message."""
    await session.exec(update(SlackPostRow).where(col(SlackPostRow.key) == key).values(ts=ts))


async def add_card(session: Session, row: SlackCardRow) -> None:
    """Keep a card; a second one at the same place is the first."""
    await session.exec(
        insert(SlackCardRow)
        .values(**row.model_dump(exclude={"id"}))
        .on_conflict_do_nothing(constraint="uq_slack_card")
    )


async def card_at(session: Session, channel: str, ts: str) -> SlackCardRow | None:
    """The card at a place, its row locked."""
    found = await session.exec(
        select(SlackCardRow)
        .where(SlackCardRow.channel == channel, SlackCardRow.ts == ts)
        .with_for_update()
    )
    return found.first()


async def cards_of(session: Session, effect_id: int) -> Sequence[SlackCardRow]:
    """Where an effect is shown."""
    found = await session.exec(
        select(SlackCardRow)
        .where(SlackCardRow.effect_id == effect_id)
        .order_by(col(SlackCardRow.id))
    )
    return found.all()


async def outdated_cards(session: Session, limit: int = 50) -> Sequence[SlackCardRow]:
    """Cards that tell of a state or a content their effect no longer has."""
    found = await session.exec(
        select(SlackCardRow)
        .join(EffectRow, col(EffectRow.id) == col(SlackCardRow.effect_id))
        .where(
            or_(
                col(SlackCardRow.shown) != col(EffectRow.state),
                col(SlackCardRow.fingerprint) != col(EffectRow.fingerprint),
            )
        )
        .order_by(col(SlackCardRow.id))
        .limit(limit)
    )
    return found.all()


async def not_shown_in(
    session: Session, channel: str, since: datetime, limit: int = 10
) -> Sequence[int]:
    """Ids of proposals made since an instant that have no card in a channel, oldest first."""
    card = (
        select(SlackCardRow.id)
        .where(col(SlackCardRow.effect_id) == col(EffectRow.id), SlackCardRow.channel == channel)
        .exists()
    )
    found = await session.exec(
        select(EffectRow.id)
        .where(EffectRow.state == "proposed", col(EffectRow.proposed_at) >= since, ~card)
        .order_by(col(EffectRow.proposed_at), col(EffectRow.id))
        .limit(limit)
    )
    return found.all()


async def shown(session: Session, row: SlackCardRow) -> None:
    """Note what a card tells of now."""
    values = {"shown": row.shown, "fingerprint": row.fingerprint, "nonce": row.nonce}
    await session.exec(update(SlackCardRow).where(col(SlackCardRow.id) == row.id).values(**values))


async def see_channel(session: Session, row: SlackChannelRow) -> None:
    """Keep what a channel is like now; who mapped it stays."""
    values = row.model_dump(exclude={"id", "mapped_by", "mapped_at"})
    await session.exec(
        insert(SlackChannelRow)
        .values(**values, mapped_by="")
        .on_conflict_do_update(index_elements=["channel_id"], set_=values)
    )


async def left_others(session: Session, still_in: Sequence[str]) -> None:
    """Dunwell is in these channels and in no other."""
    await session.exec(
        update(SlackChannelRow)
        .where(col(SlackChannelRow.channel_id).not_in(still_in))
        .values(member=False)
    )


async def channels(session: Session) -> Sequence[SlackChannelRow]:
    """Every channel seen, by name."""
    found = await session.exec(select(SlackChannelRow).order_by(SlackChannelRow.name).limit(1000))
    return found.all()


async def channel(session: Session, channel_id: str) -> SlackChannelRow | None:
    """The channel, or None if Dunwell never saw it."""
    found = await session.exec(
        select(SlackChannelRow).where(SlackChannelRow.channel_id == channel_id)
    )
    return found.first()


async def customers_in_channels(session: Session) -> dict[str, CustomerRow]:
    """The customer each mapped channel is shared with."""
    found = await session.exec(
        select(CustomerRow).where(col(CustomerRow.slack_channel).is_not(None))
    )
    return {row.slack_channel: row for row in found.all() if row.slack_channel}


async def customer_in(session: Session, channel_id: str) -> CustomerRow | None:
    """The customer a channel is shared with, its row locked, or None."""
    found = await session.exec(
        select(CustomerRow).where(CustomerRow.slack_channel == channel_id).with_for_update()
    )
    return found.first()


async def see_member(session: Session, row: SlackMemberRow) -> None:
    """Keep what somebody in Slack is to us."""
    values = row.model_dump(exclude={"id"})
    await session.exec(
        insert(SlackMemberRow)
        .values(**values)
        .on_conflict_do_update(index_elements=["member_id"], set_=values)
    )


async def member(session: Session, member_id: str) -> SlackMemberRow | None:
    """Somebody who spoke to Dunwell, or None."""
    found = await session.exec(select(SlackMemberRow).where(SlackMemberRow.member_id == member_id))
    return found.first()


async def members(session: Session) -> Sequence[SlackMemberRow]:
    """Everybody who spoke to Dunwell in Slack, by name."""
    found = await session.exec(select(SlackMemberRow).order_by(SlackMemberRow.name).limit(500))
    return found.all()
