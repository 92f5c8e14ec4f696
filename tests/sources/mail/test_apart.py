"""Mail is read in processes apart; one that takes too long is set aside and harms no other."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sources.mail.apart import MailReaders
from sources.mail.message import InboundMail, SetAside, SetAsideReason
from sources.mail.parse import parse
from sources.mail.wire import dump, load
from tests.sources.mail.messages import RECEIVED, multipart, raw
from tests.sources.mail.test_kinds import RETURNED, TEXT, status

NOW = datetime(2026, 3, 9, tzinfo=UTC)
SAMPLES = (
    raw("Paid on Friday.\n\nDana"),
    multipart(TEXT, status("gone@x.example", "5.1.1"), RETURNED, subtype="report"),
    raw("away", Auto_Submitted="auto-replied"),
    raw("", From="a@x.example, b@x.example"),
    b"",
)


def test_a_mail_is_the_same_on_the_other_side() -> None:
    for sample in SAMPLES:
        result = parse(sample, RECEIVED)
        assert load(dump(result)) == result


@settings(max_examples=30)
@given(st.binary(max_size=300))
def test_any_bytes_survive_the_passage(data: bytes) -> None:
    for sample in (data, raw("x").removesuffix(b"x") + data):
        result = parse(sample, RECEIVED)
        assert load(dump(result)) == result


async def test_mail_is_read_apart_and_a_slow_one_harms_no_other() -> None:
    readers = MailReaders(most=2, cpu_seconds=2, wall_seconds=10)
    try:
        first = await readers.read(SAMPLES[0], RECEIVED, "mx")
        assert first == parse(SAMPLES[0], RECEIVED, authserv_id="mx")
        broken = readers.readers.idle[0].process
        broken.kill()
        await broken.wait()
        assert await readers.read(SAMPLES[0], RECEIVED, "mx") == first
        again = await asyncio.gather(*(readers.read(s, RECEIVED, "mx") for s in SAMPLES * 20))
        assert all(isinstance(one, InboundMail | SetAside) for one in again)
        assert len(readers.readers.idle) == 2
    finally:
        await readers.close()
    assert readers.readers.idle == []


async def test_a_mail_that_takes_too_long_is_set_aside() -> None:
    readers = MailReaders(most=1, wall_seconds=0.0)
    try:
        result = await readers.read(SAMPLES[0], RECEIVED, "")
        assert isinstance(result, SetAside)
        assert result.reason is SetAsideReason.TOO_SLOW
        readers.wall_seconds = 10
        assert isinstance(await readers.read(SAMPLES[0], RECEIVED, ""), InboundMail)
        too_large = await readers.read(b"x" * (readers.limits.raw + 1), RECEIVED, "")
        assert too_large == SetAside(SetAsideReason.TOO_LARGE, f"{readers.limits.raw + 1} bytes")
    finally:
        await readers.close()


async def test_a_process_that_computes_beyond_its_seconds_is_ended() -> None:
    endless = (
        "import sys; sys.path.insert(0, sys.argv[1]); "
        "from sources.apart_process import allow_seconds; allow_seconds(0)\n"
        "while True: pass"
    )
    root = str(Path(__file__).parents[3])
    process = await asyncio.create_subprocess_exec(sys.executable, "-I", "-c", endless, root)
    assert await asyncio.wait_for(process.wait(), 20) == -signal.SIGXCPU
