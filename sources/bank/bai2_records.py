"""BAI2's physical layer: lines to records, records to fields, control totals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sources.bank.refusal import Refuse, numbered, whole

_RECORD = re.compile(r"(01|02|03|16|49|88|98|99)[,:/]")
_AMOUNT = re.compile(r"[+-]?0*[0-9]{1,16}")


@dataclass(slots=True)
class Record:
    """One record with its continuations, read field by field."""

    code: str
    line: int
    parts: list[str] = field(default_factory=list)
    lines: int = 1
    raw: list[str] = field(default_factory=list)
    _at: int = 0
    _rest: str | None = None

    def next(self) -> str:
        """The next field, blank where there is none any more."""
        if self._rest is None:
            if self._at >= len(self.parts):
                return ""
            self._rest = self.parts[self._at]
            self._at += 1
        taken, comma, rest = self._rest.partition(",")
        self._rest = rest if comma else None
        return taken.strip()

    def more(self) -> bool:
        """Whether a field is left."""
        return self._rest is not None or self._at < len(self.parts)

    def text(self) -> str:
        """Everything that is left, line by line: the text field may hold commas."""
        left = ([] if self._rest is None else [self._rest]) + self.parts[self._at :]
        self._rest, self._at = None, len(self.parts)
        return "\n".join(left)

    def amount(self, what: str) -> int:
        """The next field as an amount as written: blank is zero. Raises Refuse."""
        return self.signed(self.next(), what)

    def signed(self, said: str, what: str) -> int:
        """Whole minor units, maybe signed. Raises Refuse."""
        if said and not _AMOUNT.fullmatch(said):
            raise Refuse(self.line, f"{what} is no whole number of minor units: {said[:40]!r}")
        return int(said or "0")

    def count(self, what: str) -> int:
        """The next field as a count. Raises Refuse."""
        return whole(self.next(), self.line, what)

    def skip_funds(self, kind: str, amount: int | None) -> str:
        """Pass over the availability of a funds type; its value date, if it tells one.

        Availability that does not add up to the amount is refused (S and D carry parts).
        """
        match kind.upper():
            case "" | "0" | "1" | "2" | "Z":
                return ""
            case "V":
                value, _time = self.next(), self.next()
                return value
            case "S":
                shares = [self.next() for _ in range(3)]
                self._add_up(shares, amount)
            case "D":
                shares = []
                for _ in range(min(self.count("a number of distributions"), 1_000)):
                    self.next()
                    shares.append(self.next())
                self._add_up(shares, amount)
            case other:
                raise Refuse(self.line, f"there is no funds type {other[:10]!r}")
        return ""

    def _add_up(self, shares: list[str], amount: int | None) -> None:
        told = [self.signed(share, "an availability") for share in shares]
        if amount is not None and any(shares) and sum(told) != abs(amount):
            raise Refuse(self.line, "the availability does not add up to the amount")


def records(text: str) -> Iterator[Record]:
    """The records of a file, each with its continuations. Raises Refuse."""
    current: Record | None = None
    for number, line in numbered(text):
        content = line.strip()
        head = _RECORD.match(content)
        if head is None:
            raise Refuse(number, f"this line begins with no BAI2 record: {content[:30]!r}")
        part = content[3:].removesuffix("/")
        if head.group(1) != "88":
            if current is not None:
                yield current
            current = Record(head.group(1), number, [part], raw=[content])
        elif current is None:
            raise Refuse(number, "a continuation continues nothing")
        else:
            current.parts.append(part)
            current.raw.append(content)
            current.lines += 1
    if current is not None:
        yield current


@dataclass(slots=True)
class Totals:
    """Control totals of one level: checked when its trailer comes."""

    line: int
    amount: int = 0
    records: int = 0
    below: int = 0

    def check(self, trailer: Record, what: str, below: str = "") -> None:
        """Compare with the trailer, which counts itself. Raises Refuse."""
        self.records += trailer.lines
        stated = trailer.amount(f"the total of the {what}")
        if stated != self.amount:
            raise Refuse(
                trailer.line, f"the {what} adds up to {self.amount}, its trailer says {stated}"
            )
        if below:
            self._counted(trailer, trailer.count(f"the number of {below}"), self.below, below)
        count = trailer.count(f"the record count of the {what}")
        self._counted(trailer, count, self.records, f"records of the {what}")

    def _counted(self, trailer: Record, stated: int, found: int, what: str) -> None:
        if stated != found:
            raise Refuse(trailer.line, f"there are {found} {what}, its trailer says {stated}")

    def add(self, other: Totals) -> None:
        """Take the totals of a level below."""
        self.amount += other.amount
        self.records += other.records
        self.below += 1
