"""What customers state about invoices, kept with its source: facts of theirs, not of the ledger."""

from __future__ import annotations

import re
from datetime import datetime

from domain.dunning.actions import RecordNote, Topic
from flows.intake import HumanReply
from store.engine import Session
from store.stated import StatedFactRow, add_stated

_ORDER = re.compile(
    r"\b(?:p\.?o\.?|purchase order|order|bestell(?:ung|nummer)?|commande|pedido|ordine|"
    r"inkooporder|発注(?:番号)?)[ ]{0,2}(?:no\.?|nr\.?|number|n°|#|:)*[ ]{0,2}"
    r"(?P<number>(?=[A-Z0-9/-]*\d)[A-Z0-9][A-Z0-9/-]{2,24})",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\b(?P<number>(?:CM|CN|CR|GS|AV|NC)[-_ ]?\d[\w-]{1,20})\b|"
    r"\bcredit (?:memo|note)[ ]{0,2}(?:no\.?|#|:)*[ ]{0,2}(?P<other>(?=[\w-]*\d)[\w-]{3,24})",
    re.IGNORECASE,
)
_MOST = 20


async def keep_stated(
    session: Session, reply: HumanReply, action: RecordNote, now: datetime
) -> None:
    """Keep one statement, and the order or credit it names, with each invoice it is about."""
    text = reply.mail.new_text[:20_000]
    pairs = [(action.topic, action.value)]
    if action.topic in (Topic.DISPUTE, Topic.SUBMISSION):
        pairs += [(Topic.PURCHASE_ORDER, number) for number in order_numbers(text)]
    if action.topic is Topic.CREDIT_MEMO:
        pairs = [(action.topic, n) for n in credit_numbers(text)] or pairs
    ids: tuple[int | None, ...] = action.invoice_ids[:_MOST] or (None,)
    for topic, value in pairs[:_MOST]:
        for invoice_id in ids:
            row = StatedFactRow(
                key=f"{reply.touchpoint_id}:{topic.value}:{invoice_id or 0}:{value}"[:300],
                customer_id=reply.case.customer_id,
                invoice_id=invoice_id,
                topic=topic.value,
                value=value[:300],
                quote=action.quote[:500],
                touchpoint_id=reply.touchpoint_id,
                thread_id=reply.thread_id,
                at=now,
            )
            await add_stated(session, row)


def order_numbers(text: str) -> tuple[str, ...]:
    """Purchase order numbers that a text names."""
    return tuple(dict.fromkeys(m["number"] for m in _ORDER.finditer(text)))[:_MOST]


def credit_numbers(text: str) -> tuple[str, ...]:
    """Numbers of credit memos that a text names."""
    found = (m["number"] or m["other"] for m in _CREDIT.finditer(text))
    return tuple(dict.fromkeys(found))[:_MOST]
