"""Mail of other threads: tied to an account by the invoices or the customer it names."""

from __future__ import annotations

import re

from sources.mail.attach import Attached, Candidates, MatchedBy, Unmatched
from sources.mail.message import Human, InboundMail
from store import naming
from store.engine import Session

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_/.-]{2,30}")
_MOST_WORDS = 400
Where = Attached | Candidates | Unmatched


async def related(session: Session, mail: InboundMail, where: Where) -> tuple[Where, bool]:
    """Where a mail belongs when its thread does not say: by number, else by name only perhaps.

    A sender on file at several customers is with the one whose invoice is named; such a mail may
    only do little (True). Of strangers the customers they name are only candidates.
    """
    if isinstance(where, Attached) or not isinstance(mail.kind, Human):
        return where, False
    theirs = await naming.customers_named(session, _words(mail))
    if isinstance(where, Candidates):
        named = [i for i in where.customer_ids if i in theirs]
        if len(named) == 1:
            return Attached(named[0], MatchedBy.SENDER), True
        return where, False
    names = await naming.customers_called(session, f"{mail.subject}\n{mail.new_text}"[:4_000])
    ids = tuple(dict.fromkeys((*where.customer_ids, *sorted(theirs), *names)))
    return Unmatched(where.reason, ids[:20]), False


def _words(mail: InboundMail) -> tuple[str, ...]:
    """What of the new words may be an invoice's number: anything with a digit in it."""
    found = _WORD.findall(f"{mail.subject}\n{mail.new_text}"[:20_000])
    numbers = (word.strip(".,/-_") for word in found if any(c.isdigit() for c in word))
    return tuple(dict.fromkeys(numbers))[:_MOST_WORDS]
