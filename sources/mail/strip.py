"""Tell what the sender wrote now from what they quoted and from their signature.

The text is cut at the first certain mark of history; quoted lines are dropped; unquoted text
between or below quoted lines is kept as an inline answer. Every line is looked at a bounded
number of times and cut at a bounded length, so hostile text costs linear time.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from sources.mail import quote_marks as marks
from sources.mail.signature import split_signature

MAX_LINES, MAX_LINE = 2000, 1000
_WRAP = textwrap.TextWrapper(MAX_LINE, break_on_hyphens=False)
_WROTE_REACH = 120
_ATTRIBUTION_LINES, _HEADER_LINES, _BANNER_LINES = 5, 10, 4


@dataclass(frozen=True, slots=True)
class Split:
    """A mail's text in three parts. `inline` when answers stood between quoted lines."""

    new_text: str
    history: str
    signature: str
    inline: bool = False
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    """History begins at line `at`; its announcement is `length` lines long."""

    at: int
    length: int
    attribution: bool = False
    forwarded: bool = False


def split(text: str, names: frozenset[str] = frozenset()) -> Split:
    """Split plain text into new text, history and signature.

    `names` are words by which the sender may sign (`signature.names_of`).
    """
    lines, overflow = _lines(text)
    banner = _banner(lines)
    lines = lines[len(banner) :]
    mark = _first_mark(lines)
    if mark is None:
        quoted = [line for line in lines if _is_quoted(line)]
        kept = [line for line in lines if not _is_quoted(line)]
        return _finish(kept, [*banner, *quoted, *overflow], names)
    top = [line for line in lines[: mark.at] if not _is_quoted(line)]
    history = [*banner, *lines[mark.at :], *overflow]
    below = lines[mark.at + mark.length :]
    marked = mark.attribution or _is_quoted(lines[mark.at])
    answers = _inline_answers(below, names) if marked else _initialled(below)
    if answers and not (_has_words(top) and _only_a_name(answers)):
        return _finish([*top, "", *answers], history, names, inline=True)
    return _finish(top, history, names, forwarded=mark.forwarded)


def _banner(lines: Sequence[str]) -> list[str]:
    """The warning that a mail server puts above mail from outside, if one does."""
    end = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    if end > _BANNER_LINES or not _has_words(lines[end:]):
        return []
    words = " ".join(line.strip() for line in lines[:end])
    return list(lines[:end]) if marks.BANNER.match(words) else []


def _lines(text: str) -> tuple[list[str], list[str]]:
    """The lines to look at, and those beyond the bound, which count as history."""
    plain = (
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\u200b", "")
    )
    raw = plain.split("\n")
    lines: list[str] = []
    for line in raw[:MAX_LINES]:
        for piece in _pieces(line):
            lines.extend(marks.SAME_LINE.split(piece, maxsplit=1))
    return lines, raw[MAX_LINES:]


def _pieces(line: str) -> list[str]:
    """A line as lines of a bounded length, cut between words; nothing of it is lost."""
    if len(line) <= MAX_LINE:
        return [line]
    lead = "> " if _is_quoted(line) else ""
    return [lead + piece for piece in _WRAP.wrap(line.lstrip("> \t"))] or [line[:1]]


def _finish(
    body: list[str],
    history: Sequence[str],
    names: frozenset[str],
    *,
    inline: bool = False,
    forwarded: bool = False,
) -> Split:
    text, signature = split_signature(body, names)
    return Split(_joined(text), _joined(history), _joined(signature), inline, forwarded)


def _joined(lines: Sequence[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")


def _has_words(lines: Sequence[str]) -> bool:
    return any(line.strip() for line in lines)


def _first_mark(lines: Sequence[str]) -> _Mark | None:
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        mark = _mark_at(lines, at, line.strip(" \t>*"))
        if mark is not None:
            return mark
    return None


def _mark_at(lines: Sequence[str], at: int, bare: str) -> _Mark | None:
    if marks.FORWARD.fullmatch(bare):
        return _Mark(at, 1, forwarded=True)
    if marks.ORIGINAL.fullmatch(bare) or marks.DASHED_WROTE.fullmatch(bare):
        return _Mark(at, 1)
    following = _following(lines, at)
    above = marks.RULE.fullmatch(bare) or marks.BARE_ORIGINAL.fullmatch(bare)
    if above and following is not None and _header_block(lines, following):
        return _Mark(at, 1)
    if following is not None and _is_quoted(lines[following]) and _names_writer(bare):
        return _Mark(at, 1, attribution=True)
    if _header_block(lines, at):
        return _Mark(at, 1)
    length = _attribution(lines, at)
    return _Mark(at, length, attribution=True) if length else None


def _following(lines: Sequence[str], at: int) -> int | None:
    """The next line with words, if it is near."""
    return next((n for n in range(at + 1, min(at + 3, len(lines))) if lines[n].strip()), None)


def _names_writer(bare: str) -> bool:
    """ "Mia wrote:", which stands above quoted lines and tells no day."""
    return len(bare) < 80 and bare.endswith((":", "：")) and bool(marks.WROTE_END.search(bare))


def _header_block(lines: Sequence[str], at: int) -> bool:
    """Whether a copied mail header begins here: a From line with a date, recipient or subject."""
    if marks.field_kind(lines[at]) is None:
        return False
    kinds: dict[str, str] = {}
    gap = 0
    for line in lines[at : at + _HEADER_LINES]:
        found = marks.field_kind(line)
        if found is None:
            gap += 1
            if gap > 2:
                break
            continue
        gap = 0
        kinds.setdefault(*found)
    if "from" in kinds:
        return len(kinds) >= 3 or (len(kinds) == 2 and _named(kinds["from"]))
    dated = "when" in kinds and bool(marks.DATE.search(kinds["when"]))
    addressed = "to" in kinds and ("subject" in kinds or bool(marks.ADDRESS.search(kinds["to"])))
    return dated and addressed


def _named(value: str) -> bool:
    return bool(marks.ADDRESS.search(value)) or 0 < len(value) <= 60


def _attribution(lines: Sequence[str], at: int) -> int:
    """How many lines an attribution ("On <date> <name> wrote:") beginning at `at` takes, or 0."""
    first = lines[at].strip(" \t>*-")
    if not _may_attribute(first):
        return 0
    seen = ""
    for count, line in enumerate(lines[at : at + _ATTRIBUTION_LINES], start=1):
        bare = line.strip(" \t>*-")
        if not bare and count > 2:
            return 0
        seen = f"{seen} {bare}".strip()
        if len(seen) > 400:
            return 0
        if _ends_attribution(seen, bare):
            return count
        if bare.endswith((".", "!", "?")) and not marks.ADDRESS.search(bare):
            return 0
    return 0


def _may_attribute(first: str) -> bool:
    if len(first) < 250 and marks.OPENING.match(first):
        return True
    wrote = marks.WROTE_END.search(first[-_WROTE_REACH:])
    return bool(wrote and (marks.DATE.search(first) or marks.ADDRESS.search(first)))


def _ends_attribution(seen: str, last: str) -> bool:
    dated, addressed = marks.DATE.search(seen), marks.ADDRESS.search(seen)
    if marks.WROTE_END.search(last):
        return bool(dated or addressed)
    if not (dated and addressed):
        return False
    colon = last.endswith((":", "："))
    return bool(colon and marks.WROTE.search(seen)) or bool(
        marks.STARTS_DATED.match(seen) and marks.ENDS_ADDRESSED.search(seen.replace(">", ""))
    )


def _inline_answers(rest: Sequence[str], names: frozenset[str]) -> list[str]:
    """Unquoted text below or between quoted lines, if the quotation is marked with ">"."""
    first = next((line for line in rest if line.strip()), "")
    if not _is_quoted(first):
        return []
    answers = [line for line in rest if not _is_quoted(line)]
    mark = _first_mark(answers)
    kept = answers[: mark.at] if mark else answers
    text, _ = split_signature(kept, names)
    return list(kept) if any(len(line.strip(" .-_*")) > 3 for line in text) else []


def _initialled(rest: Sequence[str]) -> list[str]:
    """Lines within an unmarked quotation that begin with their writer's initials."""
    return [line for line in rest if marks.INITIALLED.fullmatch(line.strip())]


def _only_a_name(answers: Sequence[str]) -> bool:
    """Whether what follows a quotation is no more than a name or sign-off left at the bottom."""
    text = " ".join(line.strip() for line in answers if line.strip())
    return len(text) < 120 and not re.search(r"[.!?:]$", text) and not re.search(r"\d", text)
