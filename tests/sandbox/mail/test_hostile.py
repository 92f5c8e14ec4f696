"""Nonsense on the wire is answered, not believed, and stops nothing."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.debtors.reading import read_letter
from sandbox.mail.imap_grammar import BadCommand, in_set, tokens
from tests.sandbox.mail.conftest import LOGIN, MailServer


@given(st.binary(max_size=400), st.lists(st.binary(max_size=5), max_size=2))
def test_any_line_is_tokens_or_a_bad_command(line: bytes, literals: list[bytes]) -> None:
    try:
        assert isinstance(tokens(line, literals), list)
    except BadCommand:
        return


@given(st.lists(st.integers(1, 50), unique=True).map(sorted), st.text("0123456789:*,", max_size=9))
def test_a_set_names_only_messages_that_exist(numbers: list[int], spec: str) -> None:
    try:
        chosen = in_set(spec, numbers)
    except BadCommand:
        return
    assert chosen <= set(numbers)


def test_a_range_to_the_end_names_the_last_message_at_least() -> None:
    assert in_set("9:*", [1, 4]) == {4}
    assert in_set("2:*", [1, 4, 7]) == {4, 7}
    assert in_set("1,7", [1, 4, 7]) == {1, 7}
    assert in_set("1:*", []) == set()


@given(st.binary(max_size=600))
def test_any_bytes_can_be_read_as_a_letter(raw: bytes) -> None:
    assert read_letter(raw).names([]) == ()


@given(st.binary(max_size=60), st.binary(max_size=60), st.binary(max_size=60))
def test_any_headers_can_be_read(sender: bytes, subject: bytes, body: bytes) -> None:
    raw = b"From: %s\r\nSubject: %s INV20001\r\n\r\n%s" % (sender, subject, body)
    letter = read_letter(raw)
    assert isinstance(letter.reply_to, str)


@pytest.mark.parametrize(
    "line",
    [
        b"\r\n",
        b"a\r\n",
        b"a LOGIN\r\n",
        b"a UID\r\n",
        b"a FETCH 1 (FLAGS)\r\n",
        b'a LOGIN "x\r\n',
        b"a LOGIN {99999999999}\r\n",
        b"a LOGIN {999999999}\r\n",
        b"a NOSUCH ((((((((((((((\r\n",
        b"\xff\xfe (\r\n",
    ],
)
async def test_the_server_survives_a_bad_line(mail: MailServer, line: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", mail.imap_port)
    await reader.readline()
    writer.write(line)
    answer = f'b LOGIN {LOGIN.username} "{LOGIN.password}"\r\n'.encode()
    writer.write(answer)
    try:
        async with asyncio.timeout(5):
            while not (told := await reader.readline()).startswith(b"b "):
                assert told
        assert told.startswith(b"b OK")
    finally:
        writer.close()
        await writer.wait_closed()
