"""Read: mail of everybody at once: who replied, what bounced, what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Literal

from pydantic import Field

from agent.chat import Cited
from agent.spoken.days import span_meant
from agent.tools.calling import Arguments, Asking, Origin, Tool, text
from agent.tools.outcome import About, Choice, Outcome, refusal
from agent.tools.phrasing import MOST_ROWS, clipped, counted, day, link_of, table
from agent.tools.pointing import customer_meant
from store.asked_lists import Letters, letters_asked
from store.effects import in_states
from store.touchpoints import TouchpointRow

_WORDS = ("send_email", "post_to_customer_channel")
_MOST_WAITING = 500


class Replies(Arguments):
    """Which mail from customers."""

    when: str = text("A day or a period, as the person wrote it; empty: the latest.", Origin.DAY)
    kind: Literal["", "bounce"] = Field(default="", description="bounce: mail that came back.")


async def who_replied(asking: Asking, wanted: Replies) -> Outcome:
    """The latest mails that people at customers wrote, or that came back, quoted shortly."""
    span = _span(asking, wanted.when)
    if isinstance(span, Outcome):
        return span
    kinds = ("bounce",) if wanted.kind else ("reply",)
    count, found = await letters_asked(
        asking.session, Letters("in", kinds, None, *span), limit=MOST_ROWS
    )
    what = "mail came back" if wanted.kind else "reply"
    when = f" ({wanted.when})" if wanted.when else ""
    if not found:
        none = "No mail came back" if wanted.kind else "Nobody replied"
        return Outcome(f"{none}{when}.", cited=(Cited("Worklist", "/worklist"),))
    many = ("mails came back" if wanted.kind else "replies") if count > 1 else what
    rows = [(_on(asking, row), name, clipped(row.excerpt, 80)) for row, name in found]
    return Outcome(
        text=f"{count} {many}{when}; the latest is of {_on(asking, found[0][0])}.",
        tables=(table(("Day", "Customer", "Words"), rows, left=count - len(rows)),),
        cited=_links(found),
        listed=tuple(Choice(f"id:{r.customer_id}", name) for r, name in found),
        about=_about(found),
    )


def _links(found: Sequence[tuple[TouchpointRow, str]]) -> tuple[Cited, ...]:
    known = [(row.customer_id, name) for row, name in found if row.customer_id is not None]
    return tuple(dict.fromkeys(link_of(*one) for one in known[:5]))


def _about(found: Sequence[tuple[TouchpointRow, str]]) -> About:
    ids = {row.customer_id or 0 for row, _ in found}
    return About(ids.pop()) if len(ids) == 1 else About()


class Sent(Arguments):
    """Which mail to customers."""

    customer: str = text("To whom, as the person wrote it; empty for all.", Origin.NAME)
    when: str = text("A day or a period, as the person wrote it; empty: the latest.", Origin.DAY)


async def what_was_sent(asking: Asking, wanted: Sent) -> Outcome:
    """Messages that left, the latest first, and how many still wait for a decision."""
    row = await customer_meant(asking, wanted.customer) if wanted.customer else None
    if isinstance(row, Outcome):
        return row
    span = _span(asking, wanted.when)
    if isinstance(span, Outcome):
        return span
    of = row.id if row is not None else None
    count, found = await letters_asked(
        asking.session, Letters("out", (), of, *span), limit=MOST_ROWS
    )
    to, when = f" to {row.name}" if row else "", f" ({wanted.when})" if wanted.when else ""
    told = (
        f"{counted(count, 'message')} sent{to}{when}." if count else f"Nothing was sent{to}{when}."
    )
    waiting, some = await _waiting(asking, of)
    if waiting:
        told += f" {counted(waiting, 'message')}{some}{to} wait{'s' * (waiting == 1)} for approval."
    rows = [(_on(asking, m), name, clipped(m.subject or m.excerpt, 80)) for m, name in found]
    return Outcome(
        text=told,
        tables=(table(("Day", "Customer", "Subject"), rows, left=count - len(rows)),)
        if rows
        else (),
        cited=(
            *_links(found),
            *((Cited("Review", "/review"),) if waiting else ()),
        ),
        about=About(of or 0),
    )


async def _waiting(asking: Asking, customer_id: int | None) -> tuple[int, str]:
    found = await in_states(
        asking.session, ["proposed"], limit=_MOST_WAITING, customer_id=customer_id
    )
    more = " or more" if len(found) == _MOST_WAITING else ""
    return sum(e.kind in _WORDS for e in found), more


def _span(asking: Asking, words: str) -> tuple[datetime | None, datetime | None] | Outcome:
    if not words:
        return None, None
    days = span_meant(words, asking.today, past=True)
    if days is None:
        return refusal(f'I cannot read "{words}" as a day.')
    midnight = time(tzinfo=asking.zone)
    first = datetime.combine(days[0], midnight)
    return first, datetime.combine(days[1], midnight) + timedelta(days=1)


def _on(asking: Asking, row: TouchpointRow) -> str:
    return day(row.occurred_at.astimezone(asking.zone).date())


WHO_REPLIED = Tool(
    "who_replied",
    "Mail from all customers by day: who replied, or which mail bounced.",
    Replies,
    who_replied,
    example="who replied today",
)
WHAT_WAS_SENT = Tool(
    "what_was_sent",
    "Mail that left, to all or to one customer, by day; and how many messages wait for approval.",
    Sent,
    what_was_sent,
    example="how many reminders did we send this week",
)
