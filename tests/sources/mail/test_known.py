"""What we sent is never taken for what the customer says, and their edits of it are."""

from __future__ import annotations

import pytest

from sources.mail.known import recut
from tests.sources.mail.messages import raw, read

SENT = """Hello Dana,

our invoice INV-7 over 500.00 EUR was due on 2 March and is still open.
INV-8 over 100.00 EUR is open as well.

Reply STOP if you do not want any reminders from us.

Please tell us the day of payment.
"""
HEAD = "On Mon, Mar 2, 2026 at 3:04 PM AR Team <ar@seller.example> wrote:\n"


def quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.splitlines())


def answer(body: str) -> tuple[str, bool]:
    mail = recut(read(raw(body)), SENT)
    return mail.new_text, mail.inline


def test_a_quotation_as_it_was_changes_nothing() -> None:
    body = f"We pay on Friday.\n\n{HEAD}\n{quoted(SENT)}"
    assert recut(read(raw(body)), SENT) == read(raw(body))


def test_our_lines_without_any_mark_are_history() -> None:
    text, _ = answer(f"We pay on Friday.\n\n{SENT}")
    assert text.startswith("We pay on Friday.")
    assert "STOP" not in text
    assert "due on 2 March" not in text


def test_what_was_written_into_our_lines_is_part_of_the_answer() -> None:
    edited = SENT.replace("as well.", "as well. <- this one never arrived here")
    text, inline = answer(f"See my comments below.\n\n{HEAD}\n{quoted(edited)}")
    assert text == (
        "See my comments below.\n\nINV-8 over 100.00 EUR is open as well. "
        "<- this one never arrived here"
    )
    assert inline


def test_rows_that_repeat_ours_stay() -> None:
    rows = "INV-7 500.00 EUR\nINV-8 100.00 EUR"
    assert answer(rows) == (rows, False)


@pytest.mark.parametrize("sent", ["", "   "])
def test_nothing_known_changes_nothing(sent: str) -> None:
    mail = read(raw(f"Hi\n\n{SENT}"))
    assert recut(mail, sent) is mail


def test_warnings_and_headers_inside_a_quotation_are_no_edits() -> None:
    noise = (
        "CAUTION: this message came from outside the organization.\nSubject: Something else here"
    )
    body = f"OK.\n\n{HEAD}\n{quoted(SENT.replace('INV-8 over', noise + chr(10) + 'INV-8 over'))}"
    assert answer(body) == ("OK.", False)
