"""What bounds a bank's file, and how its refusal travels to the one who asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from sources.arrived import ReadFile, RefusedFile

MOST_BYTES = 20_000_000
MOST_MOVEMENTS = 200_000
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127], " ")
_DIGITS = re.compile(r"[0-9]{1,15}")


class Refuse(Exception):
    """The file cannot be read whole: in this line (from 1, or 0), for this reason."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason[:300]


def read_whole(read: Callable[[], ReadFile]) -> ReadFile | RefusedFile:
    """What `read` gives, or why and where it refused."""
    try:
        return read()
    except Refuse as error:
        return RefusedFile(error.line, error.reason)


def text_of(body: bytes, encoding: str = "") -> str:
    """The text of a file: UTF-8 or, failing that, Windows-1252. Raises Refuse.

    Control characters become blanks.
    """
    if len(body) > MOST_BYTES:
        raise Refuse(0, f"the file is larger than {MOST_BYTES // 1_000_000} MB")
    if b"\0" in body[:4] and not encoding:
        encoding = "utf-16"
    for name in [encoding] if encoding else ["utf-8-sig", "cp1252", "latin-1"]:
        try:
            return body.decode(name).translate(_CONTROL)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Refuse(0, f"the file is no text in {encoding}")


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """Lines that say something, counted from 1."""
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line.strip():
            yield number, line


def whole(text: str, line: int, what: str) -> int:
    """A whole number of at most 15 digits. Raises Refuse."""
    if not _DIGITS.fullmatch(text):
        raise Refuse(line, f"{what} is no whole number: {text[:40]!r}")
    return int(text)


def money(text: str, currency: str, line: int) -> Money:
    """Decimal text as money. Raises Refuse."""
    try:
        amount = Money.parse(text[:60], currency)
    except LedgerError as error:
        raise Refuse(line, f"an amount is not understood: {error}") from error
    return within(amount, line)


def units(minor: int, currency: str, line: int) -> Money:
    """Minor units as money. Raises Refuse."""
    try:
        return within(Money(minor, currency), line)
    except LedgerError as error:
        raise Refuse(line, f"an amount is not understood: {error}") from error


def within(amount: Money, line: int) -> Money:
    """The amount, unless no account could hold it. Raises Refuse."""
    if abs(amount.minor) >= 10**16:
        raise Refuse(line, "an amount is larger than any payment")
    return amount


def day(text: str, line: int, what: str = "the date") -> date:
    """A date written YYMMDD or YYYYMMDD. Raises Refuse."""
    digits = f"20{text}" if len(text) == 6 else text
    try:
        if len(digits) != 8 or not digits.isascii() or not digits.isdecimal():
            raise ValueError(text)
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as error:
        raise Refuse(line, f"{what} is no day: {text[:20]!r}") from error
