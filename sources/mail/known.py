"""What we sent, told from what came back: better than any mark of a quotation.

Lines that are ours word for word are history however they are quoted. Between them, a line with
words that are not ours was written into the quotation, and is part of the answer.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sources.mail import quote_marks as marks
from sources.mail.message import InboundMail

_MOST_SENT, _MOST_LINES, _MOST_EDITED = 20_000, 600, 20
_WORD = re.compile(r"[^\W\d_]{3,}")
_OURS_AT_LEAST, _FOREIGN_AT_LEAST = 4, 2
_LEAD = re.compile(r"^[>\s|*]+")


def recut(mail: InboundMail, sent: str) -> InboundMail:
    """The mail with our own words taken out of its new text, and edits of them put in.

    `sent` is the text of the mail it answers. Rows of numbers stay: a remittance may repeat ours.
    """
    ours = _folded(sent[:_MOST_SENT])
    if not ours:
        return mail
    kept: list[str] = []
    dropped: list[str] = []
    for line in mail.new_text.split("\n"):
        (dropped if _is_ours(line, ours) else kept).append(line)
    edited = _edited(mail.history.split("\n")[:_MOST_LINES], ours)
    if not dropped and not edited:
        return mail
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return replace(
        mail,
        new_text="\n\n".join(filter(None, (text, "\n".join(edited)))),
        history="\n".join(filter(None, ("\n".join(dropped), mail.history))),
        inline=mail.inline or bool(edited),
    )


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_ours(line: str, ours: str) -> bool:
    words = _WORD.findall(line)
    return len(words) >= _OURS_AT_LEAST and _folded(_LEAD.sub("", line)) in ours


def _edited(history: list[str], ours: str) -> list[str]:
    """Lines between the first and the last of our own that say something we did not."""
    own = [at for at, line in enumerate(history) if _is_ours(line, ours)]
    if len(own) < 2:
        return []
    vocabulary = frozenset(_WORD.findall(ours))
    between = (_LEAD.sub("", line).strip() for line in history[own[0] : own[-1]])
    found = [line for line in between if _is_foreign(line, vocabulary)]
    return found if len(found) <= _MOST_EDITED else []


def _is_foreign(line: str, vocabulary: frozenset[str]) -> bool:
    if marks.field_kind(line) or marks.BANNER.match(line) or marks.WROTE.search(line):
        return False
    strange = [word for word in _WORD.findall(line.casefold()) if word not in vocabulary]
    return len(strange) >= _FOREIGN_AT_LEAST
