"""The process in which mail is read."""

from __future__ import annotations

from datetime import datetime

from sources.apart_process import run
from sources.mail.message import InboundMail, SetAside, SetAsideReason
from sources.mail.parse import parse
from sources.mail.wire import dump

MEMORY_BYTES = 1024 * 1024 * 1024


def main() -> None:
    """Answer orders on standard input until it ends."""
    run(answer, MEMORY_BYTES)


def answer(raw: bytes, order: dict[str, str]) -> bytes:
    """What was read of one mail, as JSON."""
    return dump(_read(raw, order))


def _read(raw: bytes, order: dict[str, str]) -> InboundMail | SetAside:
    received_at = datetime.fromisoformat(order["received_at"])
    try:
        return parse(raw, received_at, authserv_id=order["authserv_id"])
    except (MemoryError, RecursionError) as error:
        return SetAside(SetAsideReason.UNREADABLE, type(error).__name__)
