"""Header fields: unfolding, encoded words, addresses, dates and message ids, all bounded."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_WORD = re.compile(
    r"=\?([A-Za-z0-9_.:-]{1,40})(?:\*[A-Za-z-]{1,20})?\?([bBqQ])\?([^?\s]{0,2000})\?="
)
_CHARSET = re.compile(
    r"us-ascii|utf-?(?:16|32)(?:-?[bl]e)?|(?:iso-?8859|windows|cp|latin|koi8|tis|mac)[-_]?\w{1,10}|"
    r"gb[-_]?\w{1,8}|big5\w{0,8}|euc[-_]?\w{2}|shift[-_]?jis\w{0,5}|iso-?2022-?\w{2}\w{0,4}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(\?=)[ \t]+(=\?)")
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,10}[A-Za-z0-9-]{2,63}"
)
_ANGLE = re.compile(r"<([^<>]{0,320})>")
_COMMENT = re.compile(r"\([^()]{0,500}\)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.){0,500}"')
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,500}>")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Headers:
    """The header fields of one part in order, names in lower case, values unfolded and capped."""

    fields: tuple[tuple[str, str], ...]

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.fields if key == name)

    def get(self, name: str) -> str:
        """The first value of a field, empty without one."""
        return next((value for key, value in self.fields if key == name), "")


def read_fields(block: bytes, cap: int) -> Headers:
    """The fields of a header block; each value is cut at `cap` characters."""
    fields: list[tuple[str, list[str]]] = []
    for line in block.replace(b"\0", b"").decode("utf-8", "replace").split("\n"):
        if line[:1] in (" ", "\t") and fields:
            fields[-1][1].append(line)
            continue
        name, colon, value = line.partition(":")
        if colon and name.strip():
            fields.append((name.strip().lower()[:100], [value]))
    return Headers(tuple((name, "".join(lines).strip()[:cap]) for name, lines in fields))


def decode_bytes(data: bytes, charset: str) -> str:
    """Text of bytes whose declared charset may be missing, unknown or wrong."""
    declared = charset if _CHARSET.fullmatch(charset) else "ascii"
    for name in ("utf-8", declared):
        try:
            return data.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def decode_words(value: str) -> str:
    """A header value with its RFC 2047 words decoded and control characters made spaces."""
    decoded = _WORD.sub(_decode_word, _BETWEEN.sub(r"\1\2", value))
    return _SPACE.sub(" ", "".join(c if c.isprintable() else " " for c in decoded)).strip()


def _decode_word(match: re.Match[str]) -> str:
    charset, encoding, text = match.groups()
    raw = text.encode("ascii", "replace")
    if encoding in "qQ":
        return decode_bytes(quopri.decodestring(raw.replace(b"_", b" ")), charset)
    try:
        return decode_bytes(binascii.a2b_base64(raw + b"=" * (-len(raw) % 4)), charset)
    except binascii.Error:
        return match.group(0)


def addresses(values: Iterable[str]) -> tuple[str, ...]:
    """Every well-formed address in recipient fields, lower case, without repeats."""
    found = (match.group(0).lower() for value in values for match in _ADDRESS.finditer(value))
    return tuple(dict.fromkeys(found))


def sole_sender(values: tuple[str, ...]) -> tuple[str, str] | None:
    """The one address and the display name of a From field; None unless it is beyond doubt.

    The address must stand alone or be the only one in angle brackets, after comments and quoted
    names are put aside; two fields, two addresses or a stray "@" name nobody.
    """
    if len(values) != 1:
        return None
    bare = _COMMENT.sub(" ", _QUOTED.sub(" ", values[0])).strip()
    angles = _ANGLE.findall(bare)
    rest = _ANGLE.sub(" ", bare)
    address = angles[0].strip() if len(angles) == 1 else bare
    if len(angles) > 1 or (angles and ("@" in rest or "," in rest or "<" in rest)):
        return None
    if not _ADDRESS.fullmatch(address):
        return None
    name = decode_words(_ANGLE.sub(" ", values[0])).strip(' "') if angles else ""
    return address.lower(), name[:200]


def message_ids(value: str) -> tuple[str, ...]:
    """The ids in a Message-ID, In-Reply-To or References field, angle brackets kept."""
    return tuple(dict.fromkeys(_MESSAGE_ID.findall(value)))


def sent_at(value: str, fallback: datetime) -> datetime:
    """The Date field in UTC; `fallback` when it is missing, absurd or in the future of it."""
    try:
        stated = parsedate_to_datetime(value[:100])
        moment = stated.replace(tzinfo=stated.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return fallback
    return moment if datetime(1990, 1, 1, tzinfo=UTC) < moment <= fallback else fallback
