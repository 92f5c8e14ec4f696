"""Tell a mail's text from the name, card, device line and disclaimer below it.

Read from the bottom up, piece by piece. What could be a sentence about the matter stays in the
text: a lost "we dispute this" costs more than a name too many.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from sources.mail import signature_marks as marks

_REACH, _LINES, _LINE, _PIECES = 16, 8, 75, 5
_ENDING = re.compile(r"[.!?。！？]$")
_COMPANY_ENDING = re.compile(
    r"(?:\b[a-z]|inc|ltd|llc|co|corp|gmbh|s\.a|s\.l|b\.v|n\.v|s\.a\.s|s\.r\.l|s\.p\.a|e\.k|jr|sr|dept|esq|llp|plc|ph\.d|ltda|lda|s\.a\.u|pty|pvt|oy|ab)\.$",
    re.IGNORECASE,
)
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_DASHES = frozenset(("—", "__", "---"))
_WORD = (
    r"(?:[^\W\d_a-zß-öø-ÿ][\w'’.-]{0,24}|(?:de|da|do|dos|del|della|di|la|le|van|von|den|der|y|e)\b)"
)
_PREFIX = re.compile(
    r"^(?:[-~/*_ ]+|i\. ?[AV]\. ?|ppa\.? |(?:mrs?|ms|dr|dra|drs|prof|ing|ir|dott|rag|avv|geom|lic|"
    r"mme|mlle|me|sra?|eng|mag|mw|dhr|herr|frau|m|dipl\.-\w{2,4})\.? (?=[^\W\d_]))+",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[A-ZÀ-Þ]\.?(?:[A-ZÀ-Þ]\.?)?")
_KISSES = re.compile(r" (?:[xX]{1,4}|[:;]-?[)D])$")
_RINGED = re.compile(r"([*=~#_+])\1{1,9} ?[^\n]{3,200}? ?\1{2,10}")
_PICTURE = re.compile(r"\[(?:cid|image|logo)[^\[\]]{0,100}\]", re.IGNORECASE)
_NAME = re.compile(rf"{_WORD}(?:[ ]{_WORD}){{0,3}}(?:,? (?:MBA|CPA|ACCA|FCA|PhD|Esq\.?))?")
_ASIAN = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af　 ・（）()A-Za-z.]{2,30}")
_ASIAN_SENTENCE = re.compile(
    r"[。、！？]|です|ます|ました|ません|ください|さい$|済|予定|拒否|停止|中止|不要|受領|了解|確認|支払|請求|(?<![田山竹野畑島])中$"
)
_ASIAN_PAIR = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff]{2,12}(?:[ 　][\u30a0-\u30ff\u3400-\u9fff]{1,10}){0,2}"
    r"[ 　][\u3400-\u9fff]{1,4}"
)
_ASIAN_NAME = re.compile(r"[\u3005\u30a0-\u30ff\u3400-\u9fff　 ]{2,8}")
_CARD_DIGITS = re.compile(
    r"^\W{0,3}(?:t|m|p|f|tel|phone|mobile|cell|direct|office|fax|ext|mob|telefon|tél|telefono|"
    r"teléfono|電話|vat|reg|hrb|iban)\b|^[+(0]|\b\d{4,6}\b|\d{1,4} [^\W\d_]",
    re.IGNORECASE,
)
_MATTER = re.compile(
    r"[$€£¥%?]|\d[.,]\d\d\b|(?-i:\b[A-Z]{1,6}[-_/]?\d+)|\b(?:20\d\d-)?\d{1,2}[-/.]\d{1,2}\b|"
    rf"\b(?:{marks.MATTER_WORDS})\b",
    re.IGNORECASE,
)


def split_signature(body: Sequence[str], names: frozenset[str]) -> tuple[list[str], list[str]]:
    """Text and signature. `names` are what the sender is known to be called, casefolded.

    A signature is never the whole text.
    """
    lines = list(body)
    cut = len(lines)
    for _ in range(_PIECES):
        start = _piece(lines[:cut], names)
        if start is None or not _says_something(lines[:start]):
            break
        cut = start
    return lines[:cut], lines[cut:]


def _says_something(lines: Sequence[str]) -> bool:
    """Whether more than a greeting would be left of the text."""
    written = [line.strip() for line in lines if line.strip()]
    return len(written) > 1 or bool(written and not marks.GREETING.fullmatch(written[0]))


def names_of(address: str, display: str = "") -> frozenset[str]:
    """The words by which the owner of an address may sign, casefolded; "@" before their house's."""
    local, _, domain = address.partition("@")
    own = re.split(r"[\W\d_]+", f"{local.partition('+')[0]} {display}".casefold())
    house = set(re.split(r"[\W\d_]+", domain.rpartition(".")[0].casefold())) - marks.MAILBOXES
    return frozenset((*own, *(f"@{word}" for word in house if len(word) > 3))) - {""}


def _piece(lines: Sequence[str], names: frozenset[str]) -> int | None:
    """Where the last piece of a signature begins, if the lines end with one."""
    written = [at for at, line in enumerate(lines) if line.strip()]
    if not written:
        return None
    reach = written[-_REACH:]
    for position, at in enumerate(reach):
        following = [lines[n].strip() for n in reach[position + 1 :]]
        if at != written[0] and _begins(lines[at].strip(), following):
            return at
    last = written[-1]
    if marks.DEVICE.fullmatch(lines[last].strip().rstrip(".")):
        return _name_above(lines, written) if len(written) > 2 else last
    if last != written[0] and _RINGED.fullmatch(lines[last].strip()):
        return last
    start = _paragraph(lines, last)
    block = [line.strip() for line in lines[start : last + 1]]
    block = [line for line in block if not _PICTURE.fullmatch(line)] or block
    if start != written[0]:
        if _is_disclaimer(" ".join(block)[:2000], block, names):
            return start
        if _is_card(block, names) or _small_name(lines, block, names):
            return start
    return last if last != written[0] and _signs_off(lines, last, names) else None


def _small_name(lines: Sequence[str], block: Sequence[str], names: frozenset[str]) -> bool:
    """Whether the last paragraph is one word without a capital, by somebody who writes so.

    Only a desk's mailbox does not tell who signs; there the word must be none of an answer.
    """
    word = block[0]
    if len(block) != 1 or not re.fullmatch(r"[a-zß-öø-ÿ]{3,12}", word) or _MATTER.search(word):
        return False
    first = next(line.strip() for line in lines if line.strip())
    own = word in names
    return own or (first[0].islower() and bool(names & marks.SHARED) and word not in marks.ANSWERS)


def _name_above(lines: Sequence[str], written: Sequence[int]) -> int:
    """Where a device line begins, with the one name that stands by itself above it."""
    before = written[-2]
    word = lines[before].strip()
    alone = not lines[before - 1].strip() and _NAME.fullmatch(word) is not None
    plain = word.istitle() and word.isalpha() and word.casefold() not in marks.ANSWERS
    return before if alone and plain and not _MATTER.search(word) else written[-1]


def _paragraph(lines: Sequence[str], last: int) -> int:
    start = last
    while start and lines[start - 1].strip():
        start -= 1
    return start


def _is_disclaimer(text: str, block: Sequence[str], names: frozenset[str]) -> bool:
    if marks.SURE_DISCLAIMER.match(text) or marks.HOURS.fullmatch(text):
        return True
    return marks.DISCLAIMER.search(text) is not None and not _speaks(block, names)


def _speaks(block: Sequence[str], names: frozenset[str]) -> bool:
    """Whether a paragraph with the words of a disclaimer is about the matter all the same."""
    return _is_card(block, names) or _MATTER.search(" ".join(block)[:2000]) is not None


def _begins(line: str, following: Sequence[str]) -> bool:
    if line == "--":
        return True
    courtesies = re.split(r" [/|] ", line.rstrip(",.! "))
    if line not in _DASHES and not all(map(marks.SIGN_OFF.fullmatch, courtesies)):
        return False
    return len(following) <= _LINES and all(map(_like_a_card, following))


def _like_a_card(line: str) -> bool:
    """A short line that is no sentence: a name, a role, a telephone number."""
    sentence = _ENDING.search(line) and not _COMPANY_ENDING.search(line)
    return len(line) <= _LINE and not sentence and not line.lower().startswith(("ps", "p.s"))


def _is_card(block: Sequence[str], names: frozenset[str]) -> bool:
    """Whether a last paragraph is a name, with or without a role, a company, a number."""
    if len(block) > _LINES or not all(map(_like_a_card, block)):
        return False
    if any(map(_asian, block)):
        return all(_asian(line) or _plain_card(line) for line in block)
    if not _is_name(block[0], names, alone=len(block) == 1) and not _is_unit(block[0]):
        return False
    return all(map(_plain_card, block[1:]))


def _is_unit(line: str) -> bool:
    """A line that names a desk, a department or an office, and says nothing else."""
    bare = line.strip("*_-, ")
    first = bare.partition(" ")[0].casefold()
    named = marks.UNIT.fullmatch(bare) is not None and first not in marks.ANSWERS - {"the", "it"}
    return named and not _MATTER.search(bare)


def _asian(line: str) -> bool:
    named = _ASIAN_NAME.fullmatch(line) or _ASIAN_PAIR.fullmatch(line)
    return (
        _ASIAN.fullmatch(line) is not None
        and not line.isascii()
        and not _ASIAN_SENTENCE.search(line)
        and bool(named or marks.ASIAN_CARD.search(line))
    )


def _is_name(line: str, names: frozenset[str], *, alone: bool = True) -> bool:
    """A line of capitalised words: the sender's name, or one that is no word of the matter.

    Below the mail of somebody whose name we know, another word `alone` is not a name.
    """
    bare = re.split(r" ?[|•·–,(@] ?| - ", _KISSES.sub("", line.rstrip(", ")), maxsplit=1)[0]
    bare = _PREFIX.sub("", bare).strip("*_- ")
    if _names_house(line, names):
        return True
    if marks.TEAM.fullmatch(bare) and names & marks.SHARED:
        return True
    if not _NAME.fullmatch(bare) or not bare[0].isupper():
        return False
    words = [word for word in re.split(r"[^\w']+", bare.casefold()) if word]
    if _called(words, names):
        return True
    own = any(_initial(word) == _initial(name) for word in words[:1] for name in names)
    if own and _INITIALS.fullmatch(bare):
        return True
    if alone and names and not (own or names & marks.SHARED):
        return False
    return not _MATTER.search(bare) and not bare.isupper() and words[0] not in marks.ANSWERS


def _names_house(line: str, names: frozenset[str]) -> bool:
    """A few capitalised words of which some are in the name of the sender's house."""
    words = [word for word in re.split(r"[^\w']+", line) if len(word) > 2]
    houses = [name for name in names if name.startswith("@")]
    known = [w for w in words if len(w) > 3 and any(w.casefold() in h for h in houses)]
    said = _MATTER.search(line) or any(w.casefold() in marks.ANSWERS for w in words)
    capital = all(word[0].isupper() for word in words)
    return bool(known) and 2 <= len(words) <= 6 and capital and not said


def _initial(word: str) -> str:
    return unicodedata.normalize("NFD", word)[0]


def _called(words: Sequence[str], names: frozenset[str]) -> bool:
    """Whether one of the words is in the sender's names, accents kept, folded or left out."""
    for word in words:
        bare = "".join(c for c in unicodedata.normalize("NFD", word) if c.isalpha())
        ascii_only = "".join(c for c in word if c.isascii() and c.isalpha())
        forms = {word, bare, ascii_only, word.translate(_SPELT_OUT)}
        if any(len(form) > 2 and form in name for form in forms for name in names):
            return True
    return False


def _plain_card(line: str) -> bool:
    if marks.LABELLED_NUMBER.fullmatch(line) and not _MATTER.search(line):
        return True
    if re.search(r"(?<![^\W\d_])\d", line):
        return _CARD_DIGITS.search(line) is not None and not re.search(r"[$€£¥]|\d[.,]\d\d\b", line)
    return "@" in line or "www." in line or not line[:1].islower()


def _signs_off(lines: Sequence[str], last: int, names: frozenset[str]) -> bool:
    """Whether the last line is "Thanks, Dana", or the sender's own name right below the text."""
    line = lines[last].strip()
    found = marks.SIGN_OFF.match(line)
    if found:
        rest = line[found.end() :].strip(" ,.!-–")
        return (
            bool(rest)
            and len(rest) < 40
            and _is_name(rest, names, alone=False)
            and not _MATTER.search(rest)
        )
    words = [word for word in re.split(r"[^\w']+", line.casefold()) if word]
    before = lines[last - 1].strip()
    named = 0 < len(words) <= 3 and all(_called([word], names) for word in words)
    return named and line[0].isupper() and not before.endswith((",", ":"))
