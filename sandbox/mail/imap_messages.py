"""What IMAP can ask of a message: FETCH items and SEARCH keys (RFC 3501 6.4.4, 6.4.5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from email import policy
from email.parser import BytesHeaderParser

from sandbox.mail.imap_grammar import BadCommand, Token, in_set, quoted, text
from sandbox.mail.store import Filed

_SECTION = re.compile(r"BODY(?:\.PEEK)?\[([^\]]*)\](?:<(\d+)\.(\d+)>)?\Z", re.IGNORECASE)
_FIELDS = re.compile(r"HEADER\.FIELDS(\.NOT)? \(([^)]*)\)\Z", re.IGNORECASE)
_MACROS = {
    "FAST": ["FLAGS", "INTERNALDATE", "RFC822.SIZE"],
    "ALL": ["FLAGS", "INTERNALDATE", "RFC822.SIZE"],
    "FULL": ["FLAGS", "INTERNALDATE", "RFC822.SIZE"],
}
_FLAG_KEYS = {
    "SEEN": "\\Seen",
    "ANSWERED": "\\Answered",
    "DELETED": "\\Deleted",
    "FLAGGED": "\\Flagged",
    "DRAFT": "\\Draft",
}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
Test = Callable[[Filed, int], bool]


def fetch_items(token: Token) -> list[str]:
    """The names of the items asked for."""
    if isinstance(token, list):
        return [text(item) for item in token]
    return _MACROS.get(text(token).upper(), [text(token)])


def marks_seen(items: Sequence[str]) -> bool:
    """Whether fetching these items sets \\Seen (BODY[] does, BODY.PEEK[] does not)."""
    upper = [item.upper() for item in items]
    return any(item.startswith("BODY[") or item in ("RFC822", "RFC822.TEXT") for item in upper)


def fetched(message: Filed, items: Sequence[str], *, with_uid: bool) -> bytes:
    """The parenthesised answer of FETCH for one message. Raises BadCommand for unknown items."""
    names = list(items)
    if with_uid and not any(name.upper() == "UID" for name in names):
        names.insert(0, "UID")
    return b"(" + b" ".join(_item(message, name) for name in names) + b")"


def _item(message: Filed, name: str) -> bytes:
    upper = name.upper()
    if upper == "UID":
        return b"UID %d" % message.uid
    if upper == "FLAGS":
        return b"FLAGS (" + " ".join(sorted(message.flags)).encode() + b")"
    if upper == "RFC822.SIZE":
        return b"RFC822.SIZE %d" % len(message.raw)
    if upper == "INTERNALDATE":
        return b"INTERNALDATE " + quoted(internal_date(message.at))
    if upper in ("RFC822", "RFC822.HEADER", "RFC822.TEXT"):
        section = {"RFC822": "", "RFC822.HEADER": "HEADER", "RFC822.TEXT": "TEXT"}[upper]
        return upper.encode() + b" " + _literal(_section(message.raw, section))
    return _body(message, name)


def _body(message: Filed, name: str) -> bytes:
    found = _SECTION.fullmatch(name)
    if found is None:
        raise BadCommand(f"cannot fetch {name}")
    section, start, count = found.groups()
    content = _section(message.raw, section)
    label = f"BODY[{section.upper()}]"
    if start is not None:
        content = content[int(start) : int(start) + int(count)]
        label += f"<{start}>"
    return label.encode() + b" " + _literal(content)


def _section(raw: bytes, section: str) -> bytes:
    head, separator, body = raw.partition(b"\r\n\r\n")
    if section == "":
        return raw
    if section.upper() == "HEADER":
        return head + separator
    if section.upper() == "TEXT":
        return body
    found = _FIELDS.fullmatch(section)
    if found is None:
        raise BadCommand(f"cannot fetch section {section}")
    wanted = {name.strip('"').lower() for name in found.group(2).split()}
    lines = re.split(rb"\r\n(?![ \t])", head)
    keep = [
        line
        for line in lines
        if (line.partition(b":")[0].decode("latin-1").lower() in wanted) != bool(found.group(1))
    ]
    return b"".join(line + b"\r\n" for line in keep) + b"\r\n"


def _literal(content: bytes) -> bytes:
    return b"{%d}\r\n" % len(content) + content


def internal_date(at: datetime) -> str:
    """RFC 3501 date-time, whatever the machine's language."""
    return f"{at.day:02d}-{_MONTHS[at.month - 1]}-{at.year} {at:%H:%M:%S %z}"


def search_test(tokens: Sequence[Token], uids: list[int]) -> Test:
    """All keys together, as one test of (message, sequence number)."""
    rest = iter(tokens)
    tests: list[Test] = []
    for token in rest:
        if isinstance(token, str) and token.upper() == "CHARSET":
            next(rest, None)
            continue
        tests.append(_key(token, rest, uids))
    return lambda message, number: all(test(message, number) for test in tests)


def _key(token: Token, rest: Iterator[Token], uids: list[int]) -> Test:
    if isinstance(token, list):
        return search_test(token, uids)
    key = text(token).upper()
    if key in ("NOT", "OR"):
        return _combined(key, rest, uids)
    if key.removeprefix("UN") in _FLAG_KEYS:
        flag, wanted = _FLAG_KEYS[key.removeprefix("UN")], not key.startswith("UN")
        return lambda message, _number: (flag in message.flags) == wanted
    if key in ("ALL", "OLD"):
        return lambda _message, _number: True
    if key in ("HEADER", "SUBJECT", "FROM", "TO", "CC"):
        name = text(_next(rest)) if key == "HEADER" else key
        return _header_test(name, text(_next(rest)))
    if key in ("SINCE", "BEFORE", "ON"):
        return _date_test(key, text(_next(rest)))
    if key in ("TEXT", "BODY"):
        needle = text(_next(rest)).lower().encode()
        return lambda message, _number: needle in message.raw.lower()
    return _numbers_test(key, rest, uids)


def _combined(key: str, rest: Iterator[Token], uids: list[int]) -> Test:
    first = _key(_next(rest), rest, uids)
    if key == "NOT":
        return lambda message, number: not first(message, number)
    second = _key(_next(rest), rest, uids)
    return lambda message, number: first(message, number) or second(message, number)


def _numbers_test(key: str, rest: Iterator[Token], uids: list[int]) -> Test:
    if key == "UID":
        chosen = in_set(text(_next(rest)), uids)
        return lambda message, _number: message.uid in chosen
    if not re.fullmatch(r"[\d:*,]+", key):
        raise BadCommand(f"cannot search by {key}")
    numbers = in_set(key, list(range(1, len(uids) + 1)))
    return lambda _message, number: number in numbers


def _header_test(name: str, needle: str) -> Test:
    if name.lower() == "message-id":
        return lambda message, _number: needle.lower() in message.message_id.lower()

    def test(message: Filed, _number: int) -> bool:
        headers = BytesHeaderParser(policy=policy.compat32).parsebytes(message.raw[:65_536])
        values = [str(value) for value in headers.get_all(name, [])]
        return any(needle.lower() in value.lower() for value in values)

    return test


def _date_test(key: str, value: str) -> Test:
    found = re.fullmatch(r"(\d{1,2})-(\w{3})-(\d{4})", value)
    if found is None or found.group(2).title() not in _MONTHS:
        raise BadCommand(f"not a date: {value}")
    month = _MONTHS.index(found.group(2).title()) + 1
    day = (int(found.group(3)), month, int(found.group(1)))

    def test(message: Filed, _number: int) -> bool:
        at = (message.at.year, message.at.month, message.at.day)
        return {"SINCE": at >= day, "BEFORE": at < day, "ON": at == day}[key]

    return test


def _next(rest: Iterator[Token]) -> Token:
    token = next(rest, None)
    if token is None:
        raise BadCommand("an argument is missing")
    return token
