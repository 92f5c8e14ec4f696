"""What we compose ourselves always passes the guard, read from the final MIME."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dunning.guard import Facts, FinalMessage, OwnFacts, Violation, check
from domain.dunning.ladder import Phase, Tone
from domain.dunning.reading import DocumentKind
from domain.dunning.standing import PromiseToPay
from domain.ledger.account import Account
from outreach.compose import LetterRequest, Reminder, Said, compose
from outreach.edited import html_of
from outreach.message import Mailbox, Outgoing, build, final_message
from outreach.wording import LANGUAGES
from tests.outreach.accounts import SENDER, account, answers

BOX = Mailbox("ar@halden.example", "Halden Robotics")
REPLY = BOX.reply_address("abcdefgh23456727")
BROKEN, PROMISED = date(2026, 3, 6), date(2026, 3, 20)
ACCOUNTS = {
    "two currencies and a purchase order": account(
        "INV-1 1234.50 USD due 2026-03-01 po 4500", "INV-2 1000000 JPY due 2026-02-12"
    ),
    "one in Germany": account("RE-2026-77 987.10 EUR due 2026-03-01", country="DE"),
    "paid in part": account(
        "INV-7 900.00/300.00 EUR due 2026-02-20", "INV-8 80.00 EUR due 2026-03-02", country="NL"
    ),
    "three decimals": account("INV-5 1234567.123 KWD due 2026-03-09"),
    "many": account(*(f"F{n}/26 1{n}.00 EUR due 2026-02-0{n}" for n in range(1, 6))),
}


def violations(
    request: LetterRequest, *, edited: bool = False, both: bool = True
) -> tuple[Violation, ...]:
    letter = compose(request)
    outgoing = Outgoing(
        mailbox=BOX,
        to=("dana@corvel.example",),
        subject=letter.subject,
        text=letter.text,
        html=html_of(letter.text, letter.subject) if edited else letter.html,
        message_id="<m1@halden.example>",
        reply_to=REPLY,
        sent_at=datetime(2026, 3, 10, tzinfo=UTC),
    )
    own = OwnFacts("Halden Robotics", addresses=(BOX.address, REPLY), text=("Mia Lund",))
    promises = (PromiseToPay(BROKEN), PromiseToPay(PROMISED))
    message = final_message(build(outgoing))
    read = message if both else replace(message, html="")
    return check(read, Facts(request.account, own, promises))


def letters(made: Account, language: str) -> list[LetterRequest]:
    reminders: list[LetterRequest] = [
        Reminder(
            made,
            made.invoices,
            phase,
            tone,
            SENDER,
            language,
            "Dana Whitlock",
            promise,
            said=said,
            variant=number,
            reminded=number % 3 == 0,
            papers=(DocumentKind.INVOICE_COPY, DocumentKind.STATEMENT)[: number % 3],
        )
        for number, (phase, tone, promise, said) in enumerate(
            [
                *product(Phase, Tone, (None,), (Said.NOTHING, Said.PAID)),
                *product((Phase.OVERDUE,), Tone, (BROKEN,), (Said.NOTHING, Said.NOTED)),
                *product((Phase.OVERDUE,), (Tone.FIRM,), (None,), Said),
            ]
        )
    ]
    return [
        *reminders,
        *answers(made, made.invoices, language),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_passes(language: str) -> None:
    first, *others = ACCOUNTS.values()
    for request in letters(first, language):
        assert violations(request, both=False) == ()
    for made in others:
        kept = letters(made, language)
        for request in (kept[0], kept[len(kept) // 3], kept[-3]):
            assert violations(request) == ()
    assert violations(letters(first, language)[0], edited=True) == ()


def test_a_false_amount_in_the_words_of_a_model_is_caught() -> None:
    made = ACCOUNTS["one in Germany"]
    honest = Reminder(made, made.invoices, Phase.OVERDUE, Tone.FRIENDLY, SENDER)
    assert violations(replace(honest, body="Please pay 987.10 EUR.")) == ()
    assert violations(replace(honest, body="Please pay 897.10 EUR.")) != ()


@given(st.sampled_from(LANGUAGES), st.integers(0, 10**6), st.integers(1, 9))
@settings(max_examples=40, deadline=None)
def test_no_digit_of_a_letter_can_be_another_one(language: str, place: int, more: int) -> None:
    made = ACCOUNTS["one in Germany"]
    request = Reminder(made, made.invoices, Phase.OVERDUE, Tone.FIRM, SENDER, language)
    text = compose(request).text
    digits = [match.start() for match in re.finditer(r"\d", text)]
    at = digits[place % len(digits)]
    changed = f"{text[:at]}{(int(text[at]) + more) % 10}{text[at + 1 :]}"
    own = OwnFacts("Halden Robotics", addresses=(BOX.address,), text=("Mia Lund",))
    message = FinalMessage(BOX.address, ("dana@corvel.example",), "Invoice", changed)
    assert check(message, Facts(made, own)), changed
    assert check(replace(message, text=text), Facts(made, own)) == ()
