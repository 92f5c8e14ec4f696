"""Subjects, names of files and senders: they speak where the text is silent, dangers always."""

from __future__ import annotations

from datetime import date

import pytest

from domain.dunning.reading import Intent, Reading
from domain.dunning.reading_rules import read_rules
from tests.domain.dunning.texts import account

TODAY = date(2026, 3, 10)
ACCOUNT = account("INV-1001 500.00 USD due 2026-03-01", today="2026-03-10")


def read(
    text: str,
    *,
    subject: str = "",
    sender: str = "",
    attachments: tuple[str, ...] = (),
) -> Reading:
    return read_rules(text, ACCOUNT, TODAY, subject=subject, sender=sender, attachments=attachments)


@pytest.mark.parametrize(
    ("subject", "wanted"),
    [
        ("New bank details", Intent.BANK_DETAILS_CHANGE),
        ("Insolvenzverfahren eröffnet", Intent.INSOLVENCY_NOTICE),
        ("Mise en demeure de notre avocat", Intent.LEGAL_THREAT),
    ],
)
def test_a_danger_in_a_subject_of_its_own_counts_and_is_not_certain(
    subject: str, wanted: Intent
) -> None:
    reading = read("We will pay INV-1001 on March 20.", subject=subject)
    assert wanted in reading.kinds()
    assert not reading.certain


def test_a_subject_that_answers_ours_says_nothing() -> None:
    reading = read("Noted, thanks.", subject="Re: New bank details")
    assert reading.kinds() == {Intent.ACKNOWLEDGEMENT}


def test_a_file_tells_what_a_silent_text_is_about() -> None:
    reading = read("Please see attached.", attachments=("Remittance_2026-03-09.pdf",))
    assert reading.kinds() == {Intent.REMITTANCE_ADVICE}
    assert not reading.certain
    changed = read("Please see attached.", attachments=("new-bank-details.pdf",))
    assert Intent.BANK_DETAILS_CHANGE in changed.kinds()


def test_a_file_does_not_speak_over_the_text() -> None:
    reading = read("We dispute INV-1001.", attachments=("bank details form.pdf",))
    assert reading.kinds() == {Intent.DISPUTE}


def test_a_stranger_at_a_law_firm_is_a_danger_when_the_text_is_silent() -> None:
    stranger = read("See enclosed.", sender="office@stone-law.example")
    assert Intent.LEGAL_THREAT in stranger.kinds()
    toolmaker = read("Noted.", sender="office@lawson-tools.example")
    assert Intent.LEGAL_THREAT not in toolmaker.kinds()
