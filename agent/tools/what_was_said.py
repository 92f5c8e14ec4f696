"""Read: what a customer wrote, and what happened between us."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.tools.account_summary import OfCustomer
from agent.tools.calling import Asking, Tool
from agent.tools.outcome import About, Outcome, Quote
from agent.tools.phrasing import clipped, counted, customer_link, day, table
from agent.tools.pointing import customer_meant
from flows.questions.history import Happened, history_of
from store import asked
from store.asked_lists import Letters, letters_asked
from store.touchpoints import TouchpointRow

_SHOWN = 15


async def what_did_they_say(asking: Asking, wanted: OfCustomer) -> Outcome:
    """The latest replies of a customer, quoted, with what they were read as."""
    row = await customer_meant(asking, wanted.customer)
    if isinstance(row, Outcome):
        return row
    mails = await asked.written_by(asking.session, row.id)
    about, link = About(row.id), customer_link(row)
    if not mails:
        return Outcome(f"{row.name} has not written to us.", cited=(link,), about=about)
    last = mails[0]
    on = last.occurred_at.astimezone(asking.zone).date()
    read = _read_as(last)
    return Outcome(
        text=f"{row.name} last wrote on {day(on)}{f', read as {read}' if read else ''}.",
        quotes=tuple(_quote(asking, mail) for mail in mails),
        cited=(link,),
        suggestions=(f"what does {row.name} owe", f"history of {row.name}"),
        about=about,
    )


def _quote(asking: Asking, mail: TouchpointRow) -> Quote:
    words = mail.excerpt or mail.body_text
    on = mail.occurred_at.astimezone(asking.zone).date()
    return Quote(mail.from_address[:120] or "they", on, clipped(words, 400))


def _read_as(mail: TouchpointRow) -> str:
    """The intents that were read, in words."""
    reading: Mapping[str, Any] = mail.reading
    found = reading.get("intents")
    names = [
        str(i.get("intent", "")) if isinstance(i, Mapping) else str(i)
        for i in (found if isinstance(found, list) else [])
    ]
    return ", ".join(dict.fromkeys(n.replace("_", " ") for n in names if n))


async def timeline(asking: Asking, wanted: OfCustomer) -> Outcome:
    """What happened with a customer, the latest first: mail, promises, payments, decisions."""
    row = await customer_meant(asking, wanted.customer)
    if isinstance(row, Outcome):
        return row
    found = await history_of(asking.session, row.id, limit=_SHOWN)
    about, link = About(row.id), customer_link(row)
    if not found:
        return Outcome(f"Nothing has happened with {row.name} yet.", cited=(link,), about=about)
    rows = [(_when(asking, one), one.what, clipped(one.detail, 100)) for one in found]
    _, sent = await letters_asked(asking.session, Letters("out", (), row.id), limit=1)
    told = " We have not written to them."
    if sent:
        told = f" We last wrote on {day(sent[0][0].occurred_at.astimezone(asking.zone).date())}."
    return Outcome(
        text=f"The last {counted(len(found), 'event')} with {row.name}.{told}",
        tables=(table(("Day", "What", "Detail"), rows),),
        cited=(link,),
        suggestions=(f"what did {row.name} say",),
        about=about,
    )


def _when(asking: Asking, one: Happened) -> str:
    return day(one.at.astimezone(asking.zone).date())


WHAT_DID_THEY_SAY = Tool(
    "what_did_they_say",
    "The latest replies of a customer, in their own words.",
    OfCustomer,
    what_did_they_say,
    example="what did Acme say",
)
TIMELINE = Tool(
    "timeline",
    "What happened with a customer lately: mail in and out, promises, payments, decisions.",
    OfCustomer,
    timeline,
    example="history of Acme",
)
