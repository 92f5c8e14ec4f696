"""Amounts, numbers, parts, contacts and absences in mails of many hands and languages.

Wednesday 13 May 2026 is the day they were written on.
"""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dunning import plans, said_amounts, said_contacts, said_numbers, said_payments
from domain.dunning.calendar import Calendar
from domain.dunning.guarding.letters import plain
from domain.dunning.reading import Promised
from domain.ledger.account import Account
from tests.domain.dunning.texts import account

TODAY, DAYS = date(2026, 5, 13), Calendar()


def book(currency: str = "EUR", amount: str = "3000.00") -> Account:
    small = "20" if currency == "JPY" else "20.00"
    return account(
        f"INV-1000 {small} {currency} due 2026-04-01",
        f"INV-1001 {amount} {currency} due 2026-04-02",
        today="2026-05-13",
    )


def shown(parts: tuple[Promised, ...]) -> list[str]:
    return [
        " ".join(
            (
                "/".join(f"{day:%m-%d}" for day in part.when.dates),
                part.amount.plain() if part.amount else "-",
                *part.invoice_numbers,
            )
        )
        for part in parts
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We wire 1.234,50 EUR.", "1234.50"),
        ("We wire EUR 1,234.50.", "1234.50"),
        ("Wir zahlen 1'234.50 €", "1234.50"),
        ("Nous payons 1 234,50 €", "1234.50"),
        ("Nous payons 1 234,50 € moins les frais de 12,00 €", "1234.50"),
        ("half, i.e. €1.500", "1500.00"),
        ("€ 3k", "3000.00"),
        ("800,- €", "800.00"),
        ("3.000 €", "3000.00"),
        ("EUR 100 and EUR 200", None),
        ("paid EUR 985.00, less EUR 15.00 bank charges", "985.00"),
        ("invoice 4711", None),
    ],
)
def test_amounts_in_every_number_format(text: str, expected: str | None) -> None:
    amount, span = said_amounts.read(plain(text), book())
    assert (amount.plain() if amount else None) == expected
    assert span in plain(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50万円", "500000"),
        ("1万2000円", "12000"),
        ("880,000円をお振込みします", "880000"),
        ("8月31日に￥880,000を", "880000"),
    ],
)
def test_amounts_in_yen(text: str, expected: str) -> None:
    amount, _ = said_amounts.read(plain(text), book("JPY", "880000"))
    assert amount is not None
    assert amount.plain() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INV-1001 is fine", ("INV-1001",)),
        ("inv 1001 and #INV1000", ("INV-1000", "INV-1001")),
        ("INV-10012, INV-1001-2", ()),
    ],
)
def test_invoice_numbers_are_found_however_they_are_written(
    text: str, expected: tuple[str, ...]
) -> None:
    assert said_numbers.read(text, book()).known == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("check #004417 is in the mail", "004417"),
        ("our wire WT-0529-14 left", "WT-0529-14"),
        ("référence VIR220419", "VIR220419"),
        ("Verwendungszweck: 2026-88123", "2026-88123"),
        ("CRO 12345678901", "12345678901"),
        ("end-to-end id E2E-7740-19", "E2E-7740-19"),
        ("please check your lockbox", None),
        ("reference INV-1001", None),
    ],
)
def test_references_name_a_payment(text: str, expected: str | None) -> None:
    assert next(iter(said_numbers.read(text, book()).references), None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Will pay on 20 May.", ["05-20 -"]),
        ("It was due on 20 May. We will pay on 27 May.", ["05-27 -"]),
        ("We are closed until 20 May. Payment goes out on 22 May.", ["05-22 -"]),
        ("We send it on 20 May, you should see it on Friday.", ["05-20 -"]),
        ("I said Friday, but it will be 20 May.", ["05-20 -"]),
        ("We pay EUR 3,000.00 on 20 May for INV-1001.", ["05-20 3000.00 INV-1001"]),
        ("EUR 1,000 on 20 May and EUR 2,000 on 3 June", ["05-20 1000.00", "06-03 2000.00"]),
        ("On 20 May we pay EUR 1,000, on 3 June EUR 2,000.", ["05-20 1000.00", "06-03 2000.00"]),
        (
            "INV-1000 zahlen wir am 20. Mai, INV-1001 am 3. Juni.",
            ["05-20 - INV-1000", "06-03 - INV-1001"],
        ),
        ("Half on 20 May, the rest on 3 June.", ["05-20 -", "06-03 -"]),
        ("The invoice due 20 May will be paid on 27 May.", ["05-27 -"]),
        ("Sie ist am 20. Mai fällig und wird am 27. Mai bezahlt.", ["05-27 -"]),
        ("It was approved and will go out on 20 May.", ["05-20 -"]),
        ("We are closed until 20 May and we will pay on 22 May.", ["05-22 -"]),
        ("No problem paying it on 20 May.", ["05-20 -"]),
        ("Pagheremo non oltre il 20 maggio.", ["05-20 -"]),
        ("Nous paierons le 20 mai, pas plus tard.", ["05-20 -"]),
        ("We cannot pay on 20 May.", []),
        ("You should see it on 20 May.", []),
        ("We send 2,500.00 on 20 May.", ["05-20 2500.00"]),
        ("Will pay 2500 on 20 May 2026 for INV-1001.", ["05-20 2500.00 INV-1001"]),
        ("Wir zahlen 3000 am 20.05.2026.", ["05-20 3000.00"]),
        ("We pay both invoices of batch 4711 on 20 May.", ["05-20 -"]),
        ("Instead of 20 May we will pay on 27 May.", ["05-27 -"]),
        ("The cheque was signed today and goes out tomorrow.", ["05-14 -"]),
        ("I spoke to her on Monday and she booked it for 20 May.", ["05-20 -"]),
        ("We paid INV-1000 on 4 May, INV-1001 will follow on 20 May.", ["05-20 - INV-1001"]),
        ("We pay INV-1000 on 20 May. INV-1001 stays blocked.", ["05-20 - INV-1000"]),
    ],
)
def test_the_parts_of_a_promise(text: str, expected: list[str]) -> None:
    assert shown(plans.promised(text, book(), TODAY, DAYS)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Three instalments of 1,000.00, on the first of June, July and August?",
            ["06-01 1000.00", "07-01 1000.00", "08-01 1000.00"],
        ),
        ("3 x 1.000 € ab dem 15. Juni", ["06-15 1000.00", "07-15 1000.00", "08-15 1000.00"]),
        ("dreimal 1000 €, ab Juni", ["06-01 1000.00", "07-01 1000.00", "08-01 1000.00"]),
        ("1 500 € le 10 juin et 1 500 € le 10 juillet", ["06-10 1500.00", "07-10 1500.00"]),
        ("en 3 cuotas a partir del 1 de junio", ["06-01 -", "07-01 -", "08-01 -"]),
        ("1500 on June 1 and 1500 on July 1", ["06-01 1500.00", "07-01 1500.00"]),
        ("750 € every Monday from 1 June", ["06-01 750.00", "06-08 750.00", "06-15 750.00",
                                            "06-22 750.00"]),
        ("in due rate, il 1° giugno e il 1° luglio", ["06-01 -", "07-01 -"]),
        ("Could we pay by instalments?", []),
        ("Could we pay on 20 June?", []),
    ],
)  # fmt: skip
def test_the_parts_of_a_plan(text: str, expected: list[str]) -> None:
    known = account("INV-1001 3000.00 EUR due 2026-04-02", today="2026-05-13")
    assert shown(plans.read(text, known, TODAY, DAYS)) == expected


@pytest.mark.parametrize(
    ("text", "email", "name"),
    [
        ("Please contact Petra Lang (petra@x.example).", "petra@x.example", "Petra Lang"),
        ("Wenden Sie sich an rechnung@x.example.", "rechnung@x.example", ""),
        ("Bills go to payables@x.example.", "payables@x.example", ""),
        ("Écrivez à compta@x.example.", "compta@x.example", ""),
        ("El contacto es pagos@x.example.", "pagos@x.example", ""),
        ("Favor contatar financeiro@x.example.", "financeiro@x.example", ""),
        ("Scriva ad amministrazione@x.example.", "amministrazione@x.example", ""),
        ("Mail naar facturen@x.example.", "facturen@x.example", ""),
        ("今後は keiri@x.example までご連絡ください。", "keiri@x.example", ""),
        ("We got a mail from billing@x.example, contact us.", "", ""),
        ("Merci de vous adresser à Mme Petit, petit@x.example.", "petit@x.example", "Mme Petit"),
        ("Contactar con María López, maria@x.example", "maria@x.example", "María López"),
        ("Please contact Bob Smith at ext. 44.", "", "Bob Smith"),
        ("Resubmit to scan@x.example.", "", ""),
        ("Forward the ledger to audit@x.example.", "", ""),
    ],
)
def test_who_is_to_be_written_to(text: str, email: str, name: str) -> None:
    contact = said_contacts.read(text).new_contact
    assert ((contact.email, contact.name) if contact else ("", "")) == (email, name)


@pytest.mark.parametrize(
    "text",
    [
        "Dana is no longer with Corvel.",
        "Frau Fuchs ist nicht mehr bei uns.",
        "Elle a quitté la société.",
        "Ya no trabaja aquí.",
        "Ela não trabalha mais conosco.",
        "Non lavora più qui.",
        "Hij is niet meer werkzaam bij ons.",
        "担当者は退職いたしました。",
    ],
)
def test_who_has_left(text: str) -> None:
    assert said_contacts.read(text).left_company
    assert not said_contacts.read("I left it with our team.").left_company


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I return on 25 May.", "2026-05-25"),
        ("Out of office until May 22.", "2026-05-22"),
        ("Away 14 May - 29 May. Back on 1 June.", "2026-06-01"),
        ("Ich bin bis einschließlich 22. Mai im Urlaub.", "2026-05-25"),
        ("De retour le 1er juin.", "2026-06-01"),
        ("Regreso el 1 de junio.", "2026-06-01"),
        ("Retorno no dia 1 de junho.", "2026-06-01"),
        ("Rientrerò il 1 giugno.", "2026-06-01"),
        ("Vanaf 1 juni ben ik weer bereikbaar.", "2026-06-01"),
        ("6月1日に出社いたします。", "2026-06-01"),
        ("On leave. All approved invoices are paid on 29 May.", None),
        ("I am travelling.", None),
        ("Out of office from 11 May through 22 May.", "2026-05-25"),
        ("Closed May 14 to 25. We reopen on May 26, 2026. Invoices of May 8 follow.", "2026-05-26"),
        ("Mein erster Arbeitstag ist der 1. Juni.", "2026-06-01"),
        ("Estaré ausente del 18 al 22 de mayo, ambos inclusive.", "2026-05-25"),
        ("Cerrado del 18 al 22 de mayo; retomamos la actividad el 25 de mayo.", "2026-05-25"),
        ("Chiusi fino al 29 maggio. Riapertura lunedì 1 giugno.", "2026-06-01"),
        ("Ik ben met verlof en op 1 juni weer aanwezig.", "2026-06-01"),
        ("5月22日まで休業。5月25日より通常営業いたします。", "2026-05-25"),
        ("On parental leave, back January 11, 2027.", "2027-01-11"),
    ],
)
def test_until_when_somebody_is_away(text: str, expected: str | None) -> None:
    found = said_payments.returns_on(plain(text), TODAY, DAYS)
    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Paid EUR 3,000.00 on 4 May, ref TRN-55120.", ("2026-05-04", "3000.00", "TRN-55120")),
        ("The invoice due 2 April was paid on 4 May.", ("2026-05-04", None, "")),
        ("INV-1000 was paid last Monday; INV-1001 follows on 20 May.", ("2026-05-11", None, "")),
        ("Am 4. Mai überwiesen.", ("2026-05-04", None, "")),
        ("It has been paid.", (None, None, "")),
        ("Anbei das Zahlungsavis zum gestrigen Sammler.", ("2026-05-12", None, "")),
        (
            "In allegato la distinta del bonifico eseguito in data odierna.",
            ("2026-05-13", None, ""),
        ),
        ("先週の木曜日に振込済みです。", ("2026-05-07", None, "")),
        ("Paid. Payment number: 4000187223", (None, None, "4000187223")),
        ("Payée (communication +++090/9337/55493+++).", (None, None, "090/9337/55493")),
        ("Sent 3,000.00 on 4 May, trace 0912-3344.", ("2026-05-04", "3000.00", "0912-3344")),
    ],
)
def test_what_was_paid_when(text: str, expected: tuple[str | None, str | None, str]) -> None:
    claim = said_payments.read(text, book(), TODAY, DAYS)
    day = claim.paid_on[0].dates[0].isoformat() if claim.paid_on else None
    amount = claim.amount.plain() if claim.amount else None
    assert (day, amount, claim.reference) == expected


def test_long_hostile_text_is_read_in_bounded_time() -> None:
    started = time.process_time()
    for text in ("from 5 june " * 200, "EUR 1 " * 300, "A-" * 2_000):
        plans.promised(text, book(), TODAY, DAYS)
        said_payments.read(text, book(), TODAY, DAYS)
    assert time.process_time() - started < 2


@settings(max_examples=30)
@given(st.text(alphabet="15 June,.€EURINV-0haf年月日@x", max_size=120))
def test_no_text_breaks_the_readers(text: str) -> None:
    for part in plans.promised(text, book(), TODAY, DAYS):
        assert part.when.span in text
    assert said_amounts.read(text, book())[1] in text
    said_payments.read(text, book(), TODAY, DAYS)
    said_contacts.read(text)
