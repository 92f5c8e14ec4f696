"""Reading IMAP4rev1 commands (RFC 3501) and quoting answers."""

from __future__ import annotations

import asyncio
import re

Token = str | bytes | list["Token"]
_LITERAL = re.compile(rb"\{(\d{1,9})(\+?)\}\r\n\Z")
_MAX_LITERAL = 26_214_400
_MAX_DEPTH = 8


class BadCommand(ValueError):
    """The line is not an IMAP command we can read."""


async def read_command(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> list[Token] | None:
    """One command with its literals, as tokens; None at the end of the stream."""
    parts: list[bytes] = []
    literals: list[bytes] = []
    while True:
        line = await reader.readline()
        if not line:
            return None
        found = _LITERAL.search(line)
        if found is None:
            parts.append(line)
            break
        size = int(found.group(1))
        if size > _MAX_LITERAL:
            raise BadCommand("literal too large")
        if not found.group(2):
            writer.write(b"+ go ahead\r\n")
            await writer.drain()
        parts.append(line[: found.start()] + b"{%d}" % len(literals))
        literals.append(await reader.readexactly(size))
    return tokens(b"".join(parts), literals)


def tokens(line: bytes, literals: list[bytes]) -> list[Token]:
    """The tokens of a command line in which `{n}` stands for the n-th literal."""
    return _Lexer(line, literals).tokens()


class _Lexer:
    """Splits a command line; `{n}` stands for the n-th literal."""

    def __init__(self, line: bytes, literals: list[bytes]) -> None:
        self._line = line.rstrip(b"\r\n")
        self._literals = literals
        self._at = 0

    def tokens(self, depth: int = 0) -> list[Token]:
        if depth > _MAX_DEPTH:
            raise BadCommand("nested too deeply")
        found: list[Token] = []
        while self._at < len(self._line):
            char = self._line[self._at : self._at + 1]
            if char == b" ":
                self._at += 1
            elif char == b"(":
                self._at += 1
                found.append(self.tokens(depth + 1))
            elif char == b")":
                self._at += 1
                return found
            elif char == b'"':
                found.append(self._quoted())
            elif char == b"{":
                found.append(self._literal())
            else:
                found.append(self._atom())
        return found

    def _quoted(self) -> str:
        text, at = bytearray(), self._at + 1
        while at < len(self._line) and self._line[at : at + 1] != b'"':
            if self._line[at : at + 1] == b"\\":
                at += 1
            text += self._line[at : at + 1]
            at += 1
        self._at = at + 1
        return text.decode("utf-8", "replace")

    def _literal(self) -> bytes:
        end = self._line.find(b"}", self._at)
        index = self._line[self._at + 1 : end]
        if end < 0 or not index.isdigit() or int(index) >= len(self._literals):
            raise BadCommand("stray brace")
        self._at = end + 1
        return self._literals[int(index)]

    def _atom(self) -> str:
        """An atom; `BODY[HEADER.FIELDS (A B)]<0.5>` is one, spaces and all."""
        start, bracket = self._at, 0
        while self._at < len(self._line):
            char = self._line[self._at : self._at + 1]
            bracket += (char == b"[") - (char == b"]")
            if bracket == 0 and char in (b" ", b"(", b")", b'"'):
                break
            self._at += 1
        return self._line[start : self._at].decode("utf-8", "replace")


def text(token: Token) -> str:
    """A string argument, however it was written. Raises BadCommand for a list."""
    if isinstance(token, bytes):
        return token.decode("utf-8", "replace")
    if isinstance(token, str):
        return token
    raise BadCommand("a string was expected")


def quoted(value: str) -> bytes:
    """An IMAP quoted string."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.encode()


def in_set(spec: str, numbers: list[int]) -> set[int]:
    """Which of `numbers` (ascending) a sequence set such as `1:3,7,10:*` names.

    RFC 3501 6.4.8: `*` is the largest number in use, so `559:*` always names the last message.
    """
    largest = numbers[-1] if numbers else 0
    chosen: set[int] = set()
    for part in spec.split(","):
        low, _, high = part.partition(":")
        ends = sorted(_bound(end, largest) for end in (low, high or low))
        chosen.update(n for n in numbers if ends[0] <= n <= ends[1])
    return chosen


def _bound(end: str, largest: int) -> int:
    if end == "*":
        return largest
    if not end.isdigit():
        raise BadCommand(f"not a message number: {end!r}")
    return int(end)
