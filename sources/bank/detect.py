"""Which format a bank's file has, by what is in it, and its reading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sources.arrived import ReadFile, RefusedFile
from sources.bank.bai2 import read_bai2
from sources.bank.camt import read_camt
from sources.bank.csv import NeedsMapping, explore
from sources.bank.csv_mapping import CsvMapping
from sources.bank.lockbox import read_lockbox
from sources.bank.mt940 import read_mt940
from sources.bank.nacha import read_nacha
from sources.bank.refusal import MOST_BYTES

_HEAD = 4_000
_MT940 = re.compile(rb"^:20:|:20:[^\n]*\r?\n:2[15]", re.MULTILINE)
_LOCKBOX = re.compile(rb"1[0-9 ]{2}.{20}[0-9]{6}")


def read_bank_file(
    body: bytes, filename: str = "", csv_mappings: Sequence[CsvMapping] = ()
) -> ReadFile | RefusedFile | NeedsMapping:
    """The whole file, or why it is refused, or what must be explained about its columns.

    The name of a file decides nothing; it may be anything.
    """
    del filename
    if len(body) > MOST_BYTES:
        return RefusedFile(0, f"the file is larger than {MOST_BYTES // 1_000_000} MB")
    if not body.strip():
        return RefusedFile(0, "the file is empty")
    head = body[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    first = head.split(b"\n", 1)[0].rstrip()
    if head.startswith(b"<") or (head[:2] in (b"\xff\xfe", b"\xfe\xff") and b"<\0" in head):
        return read_camt(body)
    if first.startswith(b"01,"):
        return read_bai2(body)
    if first.startswith(b"1") and first[34:37] == b"094":
        return read_nacha(body)
    if _MT940.search(head):
        return read_mt940(body)
    if _LOCKBOX.match(first) and b"," not in first:
        return read_lockbox(body)
    return explore(body, csv_mappings)
