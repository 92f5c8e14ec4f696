"""A process in which untrusted bytes are read: no environment, little memory, bounded seconds."""

from __future__ import annotations

import json
import resource
import struct
import sys
from collections.abc import Callable
from typing import BinaryIO

LENGTHS = struct.Struct("!II")
LENGTH = struct.Struct("!I")

Answer = Callable[[bytes, dict[str, str]], bytes]


def run(answer: Answer, memory_bytes: int) -> None:
    """Bound this process, then answer orders on standard input until it ends."""
    for kind, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(kind, (most, most))
    serve(sys.stdin.buffer, sys.stdout.buffer, answer)


def serve(orders: BinaryIO, answers: BinaryIO, answer: Answer) -> None:
    """An order is two lengths, a JSON object and raw bytes; its answer a length and bytes."""
    while len(head := orders.read(LENGTHS.size)) == LENGTHS.size:
        about, size = LENGTHS.unpack(head)
        order = json.loads(orders.read(about))
        allow_seconds(int(order["cpu_seconds"]))
        said = answer(orders.read(size), order)
        answers.write(LENGTH.pack(len(said)) + said)
        answers.flush()


def allow_seconds(seconds: int) -> None:
    """The system ends this process when it computes for longer than `seconds` from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
