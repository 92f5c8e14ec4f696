"""Mail of other threads: tied to an account by the invoices or the customer it names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flows.arrival import Where
from sources.mail.attach import Attached, Candidates, MatchedBy, Unmatched
from sources.mail.message import Human, InboundMail
from store import naming
from store.engine import Session

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_/.-]{2,30}")
_MOST_WORDS = 400


async def related(
    session: Session, mail: InboundMail, where: Where, on_file: Mapping[int, int]
) -> tuple[Where, bool, tuple[int, ...]]:
    """Where a mail belongs when its thread does not say: by number, else by name only perhaps.

    `on_file` are the contacts that its sender is, by customer. A sender on file at several
    customers is with the one whose invoice is named; such a mail may only do little (True). Last
    are customers whose matter it may be beside. Of strangers those they name are only candidates.
    """
    if not isinstance(mail.kind, Human):
        return where, False, ()
    if isinstance(where, Attached) and not set(on_file) - {where.customer_id}:
        return where, False, ()
    theirs = await naming.customers_named(session, _words(mail))
    if isinstance(where, Attached):
        return _of_one_house(where, sorted(theirs & set(on_file)), on_file)
    if isinstance(where, Candidates):
        named = [i for i in where.customer_ids if i in theirs]
        if len(named) == 1:
            return _by_number(named[0], on_file), True, ()
        return where, False, ()
    names = await naming.customers_called(session, f"{mail.subject}\n{mail.new_text}"[:4_000])
    ids = tuple(dict.fromkeys((*where.customer_ids, *sorted(theirs), *names)))
    return Unmatched(where.reason, ids[:20]), False, ()


def _of_one_house(
    where: Attached, named: list[int], on_file: Mapping[int, int]
) -> tuple[Where, bool, tuple[int, ...]]:
    """Whose a mail is that names invoices of another customer its sender answers for."""
    others = tuple(i for i in named if i != where.customer_id)
    if len(others) == 1 and where.customer_id not in named:
        return _by_number(others[0], on_file), True, (where.customer_id,)
    return where, False, others


def _by_number(customer_id: int, on_file: Mapping[int, int]) -> Attached:
    return Attached(customer_id, MatchedBy.SENDER, contact_id=on_file.get(customer_id))


def _words(mail: InboundMail) -> tuple[str, ...]:
    """What of the new words may be an invoice's number: anything with a digit in it."""
    found = _WORD.findall(f"{mail.subject}\n{mail.new_text}"[:20_000])
    numbers = (word.strip(".,/-_") for word in found if any(c.isdigit() for c in word))
    return tuple(dict.fromkeys(numbers))[:_MOST_WORDS]
