from __future__ import annotations

import pytest

from domain.ledger.billing.terms import Due, Terms, UnknownTerms, due_on, read_terms
from tests.domain.ledger.billing.lines import day


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Net 30", Terms(30)),
        ("NET45", Terms(45)),
        ("net  60 days", Terms(60)),
        ("30 days from the invoice date", Terms(30)),
        ("within 30 days of receipt", Terms(30, "receipt")),
        ("Payable within thirty (30) days after receipt of the invoice", Terms(30, "receipt")),
        ("45 days after acceptance", Terms(45, "acceptance")),
        ("Net 30 EOM", Terms(30, "end_of_month")),
        ("EOM", Terms(0, "end_of_month")),
        ("Due on receipt", Terms(0)),
        ("payable immediately", Terms(0)),
        ("2/10 net 30", Terms(30, "invoice_date", "2", 10)),
        ("1.5% / 15, net 45", Terms(45, "invoice_date", "1.5", 15)),
    ],
)
def test_terms_as_people_write_them(text: str, terms: Terms) -> None:
    assert read_terms(text) == terms


@pytest.mark.parametrize(
    "text", ["", "as agreed", "30", "net", "30 or 60 days", "net 999", "Schedule 4", "2/10"]
)
def test_what_gives_no_date_is_not_guessed(text: str) -> None:
    assert read_terms(text) == UnknownTerms(text)


def test_due_dates() -> None:
    issued = day("2026-01-31")
    assert due_on(Terms(30), issued) == Due(day("2026-03-02"))
    assert due_on(Terms(30, "end_of_month"), day("2026-01-05")) == Due(day("2026-03-02"))
    assert due_on(Terms(0, "end_of_month"), day("2028-02-05")) == Due(day("2028-02-29"))


def test_terms_from_receipt_are_provisional_until_it_came() -> None:
    issued, terms = day("2026-01-10"), Terms(30, "receipt")
    assert due_on(terms, issued) == Due(day("2026-02-09"), provisional=True)
    assert due_on(terms, issued, received_on=day("2026-01-14")) == Due(day("2026-02-13"))
    accepted = due_on(Terms(10, "acceptance"), issued, accepted_on=day("2026-01-01"))
    assert accepted == Due(day("2026-01-20"))
