"""The tree of MIME parts, cut out of raw bytes in time linear in their size.

The standard library's parser is not used here: on Python 3.11 it needs seconds for some mails of
a few hundred kilobytes (tens of thousands of parts, very long parameter lists).
"""

from __future__ import annotations

import binascii
import quopri
import re
import string
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from sources.mail.headers import Headers, decode_bytes, decode_words, read_fields
from sources.mail.message import Limits, SetAside, SetAsideReason

_BLANK = re.compile(rb"\r?\n\r?\n|\A\r?\n")
_BASE64 = string.ascii_letters + string.digits + "+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64.encode()))
_TYPE = re.compile(r"\s*([\w.+-]{1,80}/[\w.+-]{1,80})")
_PARAMETER = re.compile(r';\s*([\w*-]{1,60})\s*=\s*(?:"([^"]{0,1000})"|([^\s;"]{0,1000}))')


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of the tree. `embedded` parts belong to an attached or returned message."""

    headers: Headers
    content_type: str
    parameters: dict[str, str]
    body: bytes
    embedded: bool = False

    @property
    def filename(self) -> str:
        disposition = parameters(self.headers.get("content-disposition"))
        name = disposition.get("filename") or self.parameters.get("name", "")
        return decode_words(name).replace("/", "_").replace("\\", "_")[:200]

    @property
    def attached(self) -> bool:
        """Whether it is a file rather than text of the mail."""
        disposition = self.headers.get("content-disposition").lower()
        return disposition.startswith("attachment") or bool(self.filename)

    def payload(self) -> bytes:
        """The body with its transfer encoding undone; damaged encodings give what can be read."""
        encoding = self.headers.get("content-transfer-encoding").lower()
        if encoding == "quoted-printable":
            return quopri.decodestring(self.body)
        if encoding != "base64":
            return self.body
        letters = self.body.translate(None, _NOT_BASE64)
        letters = letters[: len(letters) - (len(letters) % 4 == 1)]
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))

    def text(self, cap: int) -> str:
        """The first `cap` bytes of the body as text."""
        return decode_bytes(
            _whole_characters(self.payload(), cap), self.parameters.get("charset", "")
        )


def _whole_characters(data: bytes, cap: int) -> bytes:
    """At most `cap` bytes, not ending inside a UTF-8 sequence."""
    end = min(cap, len(data))
    while end < len(data) and end > cap - 4 and data[end] & 0xC0 == 0x80:
        end -= 1
    return data[:end]


def parameters(value: str) -> dict[str, str]:
    """The parameters of a structured field, RFC 2231 charsets and continuations included."""
    plain: dict[str, str] = {}
    pieces: dict[str, str] = {}
    for match in _PARAMETER.finditer(value):
        name, text = match.group(1).lower(), match.group(2) or match.group(3) or ""
        base, star, index = name.partition("*")
        if not star:
            plain.setdefault(name, text)
        else:
            extended = name.endswith("*")
            first = index.strip("*") in ("", "0")
            pieces[base] = pieces.get(base, "") + (
                _extended(text, first=first) if extended else text
            )
    return pieces | plain


def _extended(text: str, *, first: bool) -> str:
    charset, _, value = text.rpartition("''") if first and "''" in text else ("", "", text)
    return decode_bytes(unquote_to_bytes(value), charset)


def split_headers(raw: bytes) -> tuple[bytes, bytes]:
    """The header block and the body of a message or part."""
    match = _BLANK.search(raw)
    return (raw[: match.start()], raw[match.end() :]) if match else (raw, b"")


@dataclass(slots=True)
class _Walk:
    limits: Limits
    leaves: list[Part]
    seen: int = 0

    def descend(self, raw: bytes, depth: int, default: str, *, embedded: bool) -> SetAside | None:
        self.seen += 1
        if self.seen > self.limits.parts:
            return SetAside(SetAsideReason.TOO_MANY_PARTS, f"more than {self.limits.parts}")
        if depth > self.limits.depth:
            return SetAside(SetAsideReason.TOO_DEEP, f"deeper than {self.limits.depth}")
        block, body = split_headers(raw)
        if len(block) > self.limits.headers:
            return SetAside(SetAsideReason.HEADERS_TOO_LONG, f"{len(block)} bytes")
        part = _part(read_fields(block, self.limits.header), default, body, embedded=embedded)
        return self._children(part, depth)

    def _children(self, part: Part, depth: int) -> SetAside | None:
        if part.content_type in ("message/rfc822", "message/global"):
            self.leaves.append(part)
            return self.descend(part.body, depth + 1, "text/plain", embedded=True)
        boundary = part.parameters.get("boundary", "").rstrip()
        if not part.content_type.startswith("multipart/") or not boundary:
            self.leaves.append(part)
            return None
        digest = part.content_type == "multipart/digest"
        default = "message/rfc822" if digest else "text/plain"
        for piece in _pieces(part.body, boundary.encode("utf-8", "replace"), self.limits.parts):
            refused = self.descend(piece, depth + 1, default, embedded=part.embedded)
            if refused is not None:
                return refused
        return None


def _part(headers: Headers, default: str, body: bytes, *, embedded: bool) -> Part:
    declared = headers.get("content-type")
    match = _TYPE.match(declared)
    content_type = match.group(1).lower() if match else default
    return Part(headers, content_type, parameters(declared), body, embedded)


def _pieces(body: bytes, boundary: bytes, cap: int) -> list[bytes]:
    """The parts between boundary lines; one more than `cap` is enough to refuse the mail."""
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    pieces: list[bytes] = []
    start: int | None = None
    for match in line.finditer(body):
        if start is not None:
            pieces.append(_without_newline(body[start : match.start()]))
        start = match.end()
        if match.group(1) or len(pieces) > cap:
            return pieces
    return pieces if start is None else [*pieces, _without_newline(body[start:])]


def _without_newline(piece: bytes) -> bytes:
    return piece[2:] if piece.startswith(b"\r\n") else piece.removeprefix(b"\n")


def read_parts(raw: bytes, limits: Limits) -> tuple[Headers, tuple[Part, ...]] | SetAside:
    """The top header fields and the leaves in order, or why the mail is not read."""
    if not raw.strip():
        return SetAside(SetAsideReason.EMPTY)
    if len(raw) > limits.raw:
        return SetAside(SetAsideReason.TOO_LARGE, f"{len(raw)} bytes")
    walk = _Walk(limits, [])
    refused = walk.descend(raw, 0, "text/plain", embedded=False)
    if refused is not None:
        return refused
    return read_fields(split_headers(raw)[0], limits.header), tuple(walk.leaves)
