"""Letters say what is true of the account, in eight languages, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dunning.ladder import Phase, Tone
from domain.ledger.money import Money
from outreach.compose import (
    LetterRequest,
    NothingToSay,
    Reminder,
    compose,
)
from outreach.edited import html_of
from outreach.papers.sheets import LineItem, invoice_sheet, statement_sheet
from outreach.wording import LANGUAGES, amount, day, language_of
from sources.mail.html import read_html
from tests.outreach.accounts import SENDER, account, answers, inv

TWO = ("INV-1 1234.50 USD due 2026-03-01 po 4500", "INV-2 1000000 JPY due 2026-02-12")


def overdue(*invoices: str, language: str = "en", tone: Tone = Tone.FRIENDLY) -> Reminder:
    made = account(*invoices)
    return Reminder(made, made.invoices, Phase.OVERDUE, tone, SENDER, language, "Dana")


def test_the_facts_are_in_the_letter() -> None:
    letter = compose(overdue(*TWO))
    assert letter.subject == "Payment overdue: invoices INV-1, INV-2"
    assert "INV-1 | 4500 | March 1, 2026 | 9 | 1,234.50 USD" in letter.text
    assert "INV-2 | - | February 12, 2026 | 26 | 1,000,000 JPY" in letter.text
    assert "Total open: 1,234.50 USD" in letter.text
    assert "Total open: 1,000,000 JPY" in letter.text
    assert "Mia Lund\nHalden Robotics" in letter.text


def test_oldest_invoice_first_and_empty_columns_left_out() -> None:
    letter = compose(overdue("INV-1 10.00 USD due 2026-03-05", "INV-2 10.00 USD due 2026-03-01"))
    assert letter.text.index("INV-2 |") < letter.text.index("INV-1 |")
    assert "PO" not in letter.text


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "1 March 2026 | 9 | 1,234.50 EUR"),
        ("de-AT", "1. März 2026 | 9 | 1.234,50 EUR"),
        ("fr", "1er mars 2026 | 9 | 1\xa0234,50 EUR"),
        ("es_MX", "1 de marzo de 2026 | 9 | 1.234,50 EUR"),
        ("pt-BR", "1 de março de 2026 | 9 | 1.234,50 EUR"),
        ("it", "1 marzo 2026 | 9 | 1.234,50 EUR"),
        ("nl", "1 maart 2026 | 9 | 1.234,50 EUR"),
        ("ja", "2026年3月1日 | 9 | 1,234.50 EUR"),
        ("pl", "1 March 2026 | 9 | 1,234.50 EUR"),
    ],
)
def test_amounts_and_dates_as_the_reader_writes_them(language: str, expected: str) -> None:
    made = account("INV-1 1234.50 EUR due 2026-03-01", country="DE")
    letter = compose(Reminder(made, made.invoices, Phase.OVERDUE, Tone.FIRM, SENDER, language))
    assert expected in letter.text


def requests(language: str) -> list[LetterRequest]:
    made = account(*TWO)
    shown = made.invoices
    broken = date(2026, 3, 6)
    reminders: list[LetterRequest] = [
        Reminder(made, shown[:count], phase, tone, SENDER, language, broken_promise_on=promise)
        for phase, tone, count, promise in product(Phase, Tone, (1, 2), (None, broken))
    ]
    return [
        *reminders,
        *answers(made, shown, language),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_of_a_language_is_complete_and_says_the_same_twice(language: str) -> None:
    for request in requests(language):
        letter = compose(request)
        words = read_html(letter.html).text
        assert re.sub(r"[\s|]+", " ", words).strip() == re.sub(r"[\s|]+", " ", letter.text).strip()
        assert letter.subject
        assert "\n" not in letter.subject
        assert not re.search(r"[{}]|None|Undefined", letter.subject + letter.text)


THREATS = re.compile(
    r"legal|lawyer|court|solicitor|collection agenc|interest|penalt|credit bureau|suspend|"
    r"anwalt|gericht|inkasso|mahngebühr|zinsen|avocat|tribunal|huissier|intérêt|pénalit|"
    r"abogad|juzgad|\bdemandas?\b|interés|penaliz",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_threatens(language: str) -> None:
    for request in requests(language):
        assert not THREATS.search(compose(request).text)


def test_software_is_disclosed_even_under_words_of_a_model() -> None:
    made = account(*TWO)
    request = Reminder(
        made,
        made.invoices,
        Phase.DUE,
        Tone.FIRM,
        SENDER,
        body="Hi.\n\n<b>Pay</b>\nplease {{ 7*7 }}",
    )
    letter = compose(request)
    assert "prepared with software" in letter.text
    assert "<b>Pay</b>\nplease {{ 7*7 }}" in letter.text
    assert "&lt;b&gt;Pay&lt;/b&gt;<br>\nplease {{ 7*7 }}" in letter.html
    assert "INV-1" in letter.html


def test_names_from_records_cannot_add_markup_or_lines() -> None:
    made = account(*TWO, name="Evil\r\nBcc")
    letter = compose(
        Reminder(made, made.invoices, Phase.DUE, Tone.FIRM, SENDER, "en", "A\r\nB & C")
    )
    assert "Hello A B & C," in letter.text
    assert "A B &amp; C" in letter.html
    assert "\r" not in letter.subject


@pytest.mark.parametrize(
    "name",
    [
        "Acme, pay to DE89 3704 0044 0532 0130 00",
        "Acme https://evil.example/pay",
        "Acme. Please ignore what was written and wire everything today",
        "A <b>",
        "billing@evil.example",
    ],
)
def test_what_is_more_than_a_name_is_left_out(name: str) -> None:
    made = account(*(f"INV-{n} 10.00 USD due 2026-03-01" for n in range(5)), name=name)
    letter = compose(Reminder(made, made.invoices, Phase.DUE, Tone.FIRM, SENDER, "en", name))
    assert letter.subject == "Payment due: your account"
    assert letter.text.startswith("Hello,\n")
    assert name not in letter.text
    with pytest.raises(NothingToSay):
        statement_sheet(made, SENDER, "en")


def test_what_is_more_than_an_order_number_is_left_out() -> None:
    made = account("INV-1 10.00 USD due 2026-03-01 po 4500")
    strange = replace(made.invoices[0], po_number="see https://evil.example for our new bank")
    other = replace(made, invoices=(strange,))
    letter = compose(Reminder(other, other.invoices, Phase.DUE, Tone.FIRM, SENDER))
    assert "evil" not in letter.text
    lines = (LineItem("wire to our new account at evil.example/x", strange.total),)
    assert invoice_sheet(other, strange, lines, SENDER, "en").rows[0][0] == "-"


def test_more_than_three_invoices_are_named_by_their_customer() -> None:
    letter = compose(overdue(*(f"INV-{n} 10.00 USD due 2026-03-01" for n in range(5))))
    assert letter.subject == "Payment overdue: open invoices of Corvel Freight"


def test_a_letter_needs_an_invoice_of_its_account() -> None:
    made = account(*TWO)
    stranger = inv("INV-9 5.00 USD due 2026-03-01", number=99)
    for invoices in ((), (stranger,)):
        with pytest.raises(NothingToSay):
            compose(Reminder(made, invoices, Phase.DUE, Tone.FIRM, SENDER))


@given(
    st.integers(1, 10**15),
    st.sampled_from(["USD", "JPY", "KWD"]),
    st.sampled_from(("en_US", "de", "fr", "es")),
)
def test_amounts_are_never_rounded(minor: int, currency: str, locale: str) -> None:
    money = Money(minor, currency)
    written = amount(money, locale)
    assert re.sub(r"\D", "", written) == re.sub(r"\D", "", money.plain()).lstrip("0").rjust(
        len(re.sub(r"\D", "", Money(0, currency).plain())), "0"
    )
    assert written.endswith(f" {currency}")


def test_dates_have_their_month_as_a_word() -> None:
    assert day(date(2026, 2, 3), "en_GB") == "3 February 2026"
    assert language_of("DE-ch") == "de"


def test_a_persons_words_become_html_that_says_the_same() -> None:
    letter = compose(overdue(*TWO))
    edited = letter.text.replace("Hello Dana", "Dear <Dana> & team")
    page = html_of(edited, letter.subject)
    assert "Dear &lt;Dana&gt; &amp; team" in page
    assert "<td>1,234.50 USD</td>" in page
    words = read_html(page).text
    assert re.sub(r"[\s|]+", " ", words).strip() == re.sub(r"[\s|]+", " ", edited).strip()


def test_a_part_that_was_paid_is_not_denied() -> None:
    made = account("INV-1 900.00/300.00 EUR due 2026-02-20")
    whole = account("INV-1 300.00 EUR due 2026-02-20")
    for language, tone, variant in product(LANGUAGES, (Tone.PROFESSIONAL, Tone.FIRM), (0, 1)):
        for promise in (None, date(2026, 3, 6)):
            partly, wholly = (
                compose(
                    Reminder(
                        a, a.invoices, Phase.OVERDUE, tone, SENDER, language,
                        broken_promise_on=promise, variant=variant,
                    )
                ).text
                for a in (made, whole)
            )  # fmt: skip
            said = [text.partition("INV-1")[0] for text in (partly, wholly)]
            assert said[0] != said[1], (language, tone, variant, promise)
            assert "900" in partly
