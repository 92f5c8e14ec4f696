"""Whether text from records may stand in a letter: a name is a name, a reference a reference.

Names, order numbers and descriptions come from the ERP and were typed by somebody. What leads
elsewhere (an address, a link, an account) is left out of letters whatever field it stood in.
"""

from __future__ import annotations

import re

from domain.dunning.facts import ViolationKind
from domain.dunning.guarding.letters import plain
from domain.dunning.guarding.wording import wording

_LONGEST_NAME, _MOST_WORDS = 100, 12
_ELSEWHERE = re.compile(
    r"@|://|\bwww\.|\b(?:[a-z0-9-]+\.)+[a-z]{2,}/|[{}<>\\]|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,}|"
    r"(?:\d[ .-]?){9,}",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?:;]\s+\S+\s+\S+\s+\S+\s+\S+")
_REFERENCE = re.compile(r"[\w#][\w ./#&()+:_-]{0,39}")


def plain_name(text: str) -> bool:
    """Whether a name of a person or company can be shown as one."""
    known = plain(text)
    short = len(known) <= _LONGEST_NAME and len(known.split()) <= _MOST_WORDS
    return short and not _ELSEWHERE.search(known) and not _SENTENCE.search(known)


def plain_reference(text: str) -> bool:
    """Whether a reference that the customer gave us can be shown as one."""
    known = plain(text).strip()
    return bool(_REFERENCE.fullmatch(known)) and len(known.split()) <= 4 and "://" not in known


def plain_description(text: str) -> bool:
    """Whether the description of an invoice's line leads nowhere else."""
    known = plain(text)
    changes = any(kind is ViolationKind.BANK_CHANGE for kind, _ in wording(known))
    return not _ELSEWHERE.search(known) and not changes
