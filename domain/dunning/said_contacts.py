"""Who a mail says is the one to write to, and whether its writer has left."""

from __future__ import annotations

import re
from typing import NamedTuple

from domain.dunning.reading import NewContact

_ADDRESS = re.compile(r"[\w.+'-]{1,64}@(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}", re.IGNORECASE)
_LEFT = re.compile(
    r"\bno longer (?:with|works?|working|employed|at)\b|"
    r"\bleft (?:the )?(?:company|organi[sz]ation)|"
    r"\bhas left\b|\bnicht mehr (?:im unternehmen|bei|für uns)|\bausgeschieden|"
    r"\bne travaille plus|\ba quitté|\bne fait plus partie|\bya no trabaja|\bha dejado la empresa",
    re.IGNORECASE,
)


class SaidContact(NamedTuple):
    """Nothing of it is believed: a person decides whom we write to."""

    new_contact: NewContact | None = None
    left_company: bool = False


def read(text: str) -> SaidContact:
    """The other person or mailbox that a mail names, if it names one."""
    found = _ADDRESS.search(text)
    contact = NewContact(email=found[0].casefold(), span=found[0]) if found else None
    return SaidContact(contact, _LEFT.search(text) is not None)
