"""The process in which mail is read: no environment, little memory, seconds of time for a mail."""

from __future__ import annotations

import json
import resource
import struct
import sys
from datetime import datetime
from typing import BinaryIO

from sources.mail.message import InboundMail, SetAside, SetAsideReason
from sources.mail.parse import parse
from sources.mail.wire import dump

MEMORY_BYTES = 1024 * 1024 * 1024
LENGTHS = struct.Struct("!II")
LENGTH = struct.Struct("!I")


def main() -> None:
    """Answer orders on standard input until it ends."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(kind, (most, most))
    serve(sys.stdin.buffer, sys.stdout.buffer)


def serve(orders: BinaryIO, answers: BinaryIO) -> None:
    """Read mails: an order is two lengths, a JSON object and the raw bytes of one mail."""
    while len(head := orders.read(LENGTHS.size)) == LENGTHS.size:
        about, size = LENGTHS.unpack(head)
        order = json.loads(orders.read(about))
        _allow_seconds(int(order["cpu_seconds"]))
        answer = dump(_read(orders.read(size), order))
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _allow_seconds(seconds: int) -> None:
    """The system ends this process when it computes for longer than `seconds` from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _read(raw: bytes, order: dict[str, str]) -> InboundMail | SetAside:
    received_at = datetime.fromisoformat(order["received_at"])
    try:
        return parse(raw, received_at, authserv_id=order["authserv_id"])
    except (MemoryError, RecursionError) as error:
        return SetAside(SetAsideReason.UNREADABLE, type(error).__name__)
