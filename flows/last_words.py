"""What a letter takes up from before: what the customer said last, what we wrote last.

Only typed intents of a reading are used: no word of a customer gets into a letter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.dunning.reading import Intent
from flows.facts import Case
from outreach.compose import Said
from store import last_words
from store.engine import Session
from store.last_words import Word

_SAID = (
    ({Intent.ALREADY_PAID, Intent.REMITTANCE_ADVICE}, Said.PAID),
    ({Intent.IN_PROCESS}, Said.IN_PROCESS),
    ({Intent.PROMISE_VAGUE, Intent.PROMISE_CONDITIONAL}, Said.UNDATED),
    (
        {
            Intent.INVOICE_QUESTION,
            Intent.REQUEST_DOCUMENT,
            Intent.SUBMISSION_REQUIREMENT,
            Intent.PAYMENT_METHOD_REQUEST,
        },
        Said.ASKED,
    ),
    ({Intent.ACKNOWLEDGEMENT}, Said.NOTED),
)
_TAKEN_UP = frozenset(intent.value for intents, _ in _SAID for intent in intents)
_ASKED_PERSON = ("AskPerson", "Escalate", "StopAutomation", "SuppressContact")


@dataclass(frozen=True, slots=True)
class LastWords:
    """`said` is what they said since our last mail; `written` is that mail's text."""

    said: Said = Said.NOTHING
    written: str = ""


async def last_words_of(session: Session, case: Case) -> LastWords:
    """What was said last on both sides."""
    sent = await last_words.last_sent(session, case.customer_id)
    heard = await last_words.last_heard(session, case.customer_id)
    fresh = heard is not None and (sent is None or heard.occurred_at > sent.occurred_at)
    said = _said(case, heard) if heard is not None and fresh else Said.NOTHING
    return LastWords(said, sent.body_text if sent is not None else "")


def reminded(case: Case, invoice_ids: Sequence[int]) -> bool:
    """Whether an earlier letter of ours spoke of all these invoices."""
    return any(set(invoice_ids) <= set(touch.invoice_ids) for touch in case.standing.sent())


def _said(case: Case, heard: Word) -> Said:
    """Only what a known contact wrote and no person had to look at is taken up."""
    known = {c.email.casefold() for c in case.account.contacts if not c.suppressed}
    if heard.from_address.casefold() not in known or heard.reading.get("certain") is False:
        return Said.NOTHING
    if any(action in _ASKED_PERSON for action in _listed(heard.reading, "actions")):
        return Said.NOTHING
    entries = [e for e in _listed(heard.reading, "intents") if isinstance(e, Mapping)]
    intents = {str(entry.get("intent", "")) for entry in entries}
    if not intents or not intents <= _TAKEN_UP:
        return Said.NOTHING
    for members, said in _SAID:
        if intents & {member.value for member in members}:
            return said
    return Said.NOTHING


def _listed(reading: Mapping[str, Any], name: str) -> Sequence[Any]:
    found = reading.get(name)
    return found if isinstance(found, list) else ()
