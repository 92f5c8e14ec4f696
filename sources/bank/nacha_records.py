"""NACHA's physical layer: records of 94 characters, batches, control totals and hashes."""

from __future__ import annotations

from dataclasses import dataclass, field

from sources.bank.refusal import MOST_MOVEMENTS, Refuse, numbered, whole

_WIDTH = 94
_MOST_ADDENDA = 9_999


@dataclass(slots=True)
class Entry:
    """A 6 record with its 7 records, whole lines of 94."""

    line: int
    code: str
    routing: str
    account: str
    cents: int
    individual: str
    name: str
    trace: str
    expects: bool
    announced: int | None
    raw: list[str]
    addenda: list[str] = field(default_factory=list)

    def of_type(self, kind: str) -> list[str]:
        """The addenda of one type, in order."""
        return [one for one in self.addenda if one[1:3] == kind]


@dataclass(slots=True)
class Batch:
    """A 5 record with its entries."""

    line: int
    company: str
    discretionary: str
    company_id: str
    sec: str
    description: str
    effective: str
    origin: str
    number: str
    raw: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class NachaFile:
    """A file whose totals were checked."""

    created: str
    batches: list[Batch] = field(default_factory=list)


@dataclass(slots=True)
class _Sums:
    """What control records count."""

    count: int = 0
    hash: int = 0
    debits: int = 0
    credits: int = 0

    def add(self, other: _Sums) -> None:
        self.count += other.count
        self.hash += other.hash
        self.debits += other.debits
        self.credits += other.credits

    def check(self, line: int, stated: tuple[int, int, int, int], what: str) -> None:
        names = ("entries and addenda", "the entry hash", "cents of debits", "cents of credits")
        found = (self.count, self.hash % 10**10, self.debits, self.credits)
        for name, held, told in zip(names, found, stated, strict=True):
            if held != told:
                raise Refuse(line, f"{what}: {name} is {held}, its control record says {told}")


def read_records(text: str) -> NachaFile:
    """The whole file. Raises Refuse where a total, a hash or an order is wrong."""
    return _Reader().read(text)


class _Reader:
    def __init__(self) -> None:
        self._file: NachaFile | None = None
        self._batch: Batch | None = None
        self._sums, self._total = _Sums(), _Sums()
        self._ended = False
        self._entries = 0

    def read(self, text: str) -> NachaFile:
        last = 0
        for number, line in numbered(_in_lines(text)):
            last = number
            record = line.rstrip()
            if self._ended:
                if record.strip("9"):
                    raise Refuse(number, "there is something after the file control record")
                continue
            if len(record) > _WIDTH:
                raise Refuse(number, f"a record has {len(record)} characters, not {_WIDTH}")
            self._one(number, record.ljust(_WIDTH))
        if self._file is None or not self._ended:
            raise Refuse(last, "the file ends without its file control record (9)")
        return self._file

    def _one(self, line: int, record: str) -> None:
        match record[0]:
            case "1":
                if self._file is not None:
                    raise Refuse(line, "a second file header")
                self._file = NachaFile(record[23:29].strip())
            case "5":
                self._begin_batch(line, record)
            case "6":
                self._entry(line, record)
            case "7":
                self._addenda(line, record)
            case "8":
                self._end_batch(line, record)
            case "9":
                self._end_file(line, record)
            case other:
                raise Refuse(line, f"there is no record type {other!r}")

    def _begin_batch(self, line: int, record: str) -> None:
        if self._file is None or self._batch is not None:
            raise Refuse(line, "a batch begins outside the file or inside another batch")
        if record[50:53] == "ADV":
            raise Refuse(line, "accounting advices between banks (ADV) are not read")
        foreign = record[50:53] == "IAT"
        self._batch = Batch(
            line,
            company="" if foreign else record[4:20].strip(),
            discretionary="" if foreign else record[20:40].strip(),
            company_id=record[40:50].strip(),
            sec=record[50:53],
            description=record[53:63].strip(),
            effective=record[69:75].strip(),
            origin=record[79:87].strip(),
            number=record[87:94].strip(),
            raw=record.rstrip(),
        )
        self._sums = _Sums()

    def _entry(self, line: int, record: str) -> None:
        if self._batch is None:
            raise Refuse(line, "an entry stands in no batch")
        self._complete(line)
        sec = self._batch.sec
        entry = Entry(
            line,
            code=record[1:3],
            routing=record[3:12],
            account=record[39:74].strip() if sec == "IAT" else record[12:29].strip(),
            cents=whole(record[29:39], line, "the amount"),
            individual="" if sec == "IAT" else record[39:54].strip(),
            name=_name(record, sec),
            trace=record[79:94].strip(),
            expects=record[78] == "1",
            announced=_announced(line, record, sec),
            raw=[record.rstrip()],
        )
        self._count(line, entry)
        self._batch.entries.append(entry)

    def _count(self, line: int, entry: Entry) -> None:
        self._entries += 1
        if self._entries > MOST_MOVEMENTS:
            raise Refuse(line, f"the file has more than {MOST_MOVEMENTS:,} entries")
        self._sums.count += 1
        self._sums.hash += whole(entry.routing[:8], line, "the routing number")
        if entry.code[1:] in ("5", "6", "7", "8", "9"):
            self._sums.debits += entry.cents
        else:
            self._sums.credits += entry.cents

    def _addenda(self, line: int, record: str) -> None:
        if self._batch is None or not self._batch.entries:
            raise Refuse(line, "an addenda record follows no entry")
        entry = self._batch.entries[-1]
        if record[1:3] == "05":
            sequence = whole(record[83:87], line, "the addenda sequence number")
            if sequence != len(entry.of_type("05")) + 1:
                raise Refuse(line, f"addenda number {sequence} is out of its order")
            if record[87:94] != entry.trace[-7:]:
                raise Refuse(line, "an addenda record belongs to another entry")
        if len(entry.addenda) >= _MOST_ADDENDA:
            raise Refuse(line, "an entry has too many addenda records")
        entry.addenda.append(record)
        entry.raw.append(record.rstrip())
        self._sums.count += 1

    def _complete(self, line: int) -> None:
        """The entry before has the addenda that it announced."""
        entry = self._batch.entries[-1] if self._batch and self._batch.entries else None
        if entry is None:
            return
        if entry.expects != bool(entry.addenda):
            raise Refuse(entry.line, "an entry's addenda mark does not fit what follows")
        returned = entry.of_type("99") or entry.of_type("98")
        if entry.announced not in (None, len(entry.addenda)) and not returned:
            raise Refuse(
                line, f"{entry.announced} addenda are announced, {len(entry.addenda)} follow"
            )

    def _end_batch(self, line: int, record: str) -> None:
        if self._batch is None or self._file is None:
            raise Refuse(line, "a batch ends that never began")
        self._complete(line)
        stated = _stated(line, record, (4, 10), (10, 20), (20, 32), (32, 44))
        self._sums.check(line, stated, "the batch")
        if record[87:94].strip() != self._batch.number:
            raise Refuse(line, "the batch's control record has another batch number")
        self._total.add(self._sums)
        self._file.batches.append(self._batch)
        self._batch = None

    def _end_file(self, line: int, record: str) -> None:
        if self._batch is not None or self._file is None:
            raise Refuse(line, "the file ends inside a batch")
        stated = _stated(line, record, (13, 21), (21, 31), (31, 43), (43, 55))
        self._total.check(line, stated, "the file")
        batches = whole(record[1:7], line, "the number of batches")
        if batches != len(self._file.batches):
            raise Refuse(
                line, f"{batches} batches are stated, {len(self._file.batches)} stand here"
            )
        self._ended = True


def _in_lines(text: str) -> str:
    """Files without line breaks are cut into records; their lines are counted as records."""
    one = text.strip("\r\n")
    if "\n" in one or "\r" in one or len(one) <= _WIDTH or len(one) % _WIDTH:
        return text
    return "\n".join(one[at : at + _WIDTH] for at in range(0, len(one), _WIDTH))


def _name(record: str, sec: str) -> str:
    """The receiver's name: CTX has the addenda count before it, IAT has none here."""
    match sec:
        case "CTX":
            return record[58:74].strip()
        case "IAT":
            return ""
        case _:
            return record[54:76].strip()


def _announced(line: int, record: str, sec: str) -> int | None:
    match sec:
        case "CTX":
            return whole(record[54:58], line, "the number of addenda")
        case _:
            return None


def _stated(line: int, record: str, *places: tuple[int, int]) -> tuple[int, int, int, int]:
    told = [whole(record[a:b].strip(), line, "a control total") for a, b in places]
    return told[0], told[1], told[2], told[3]
