"""What a day settles: paid, to be paid, or asked to be paid later. Today is Wednesday."""

from __future__ import annotations

from datetime import date

import pytest

from domain.dunning.reading import Intent
from domain.dunning.reading_rules import read_rules
from tests.domain.dunning.texts import account

TODAY = date(2026, 6, 10)
ACCOUNT = account("INV-1001 500.00 USD due 2026-05-01", today="2026-06-10")
FIRM = """
2026-06-19|Booked. Leaves us on the 19th.
2026-06-12|Fri. Full amount.
2026-06-17|Next Wed at the very latest, promise
2026-06-18|Approved today, value date 18 June.
2026-06-30|Released for payment on 2026-06-30.
2026-06-15|Geht am Montag raus.
2026-06-19|spätestens am 19.6.
2026-06-15|Vous l'aurez lundi.
2026-06-15|lo pagamos el lunes 15 sin falta
2026-06-12|Sexta cai na conta de vocês.
2026-06-15|Lunedì avrete l'accredito.
2026-06-12|Vrijdag staat het op uw rekening.
2026-06-10|wire going out this afternoon
"""
NOT_FIRM = """
already_paid|Our records show INV-1001 as settled on 8 June.
already_paid|Check's in the mail. Mailed Saturday.
already_paid|Según nuestro banco, pagamos 500 el 10/06/2026.
extension_request|Would 3 July be OK?
extension_request|Reicht es auch noch Ende Juli?
extension_request|What about the 30th, could you live with that?
out_of_office|I'm away this week.
other|The new plant opens on Monday.
"""


@pytest.mark.parametrize("line", FIRM.strip().splitlines())
def test_money_that_moves_on_a_day_ahead_is_promised_for_it(line: str) -> None:
    day, _, text = line.partition("|")
    reading = read_rules(text, ACCOUNT, TODAY)
    assert [str(part.when.dates[0]) for part in reading.promises] == [day]


@pytest.mark.parametrize("line", NOT_FIRM.strip().splitlines())
def test_a_day_of_something_else_promises_nothing(line: str) -> None:
    wanted, _, text = line.partition("|")
    reading = read_rules(text, ACCOUNT, TODAY)
    assert Intent.PROMISE_TO_PAY not in reading.kinds()
    assert Intent(wanted) in reading.kinds()


def test_a_question_that_is_left_out_beside_another_matter_goes_to_a_person() -> None:
    reading = read_rules(
        "Please send me a copy of INV-1001. What does line three cover?", ACCOUNT, TODAY
    )
    assert Intent.REQUEST_DOCUMENT in reading.kinds()
    assert not reading.certain


def test_a_long_mail_is_read_at_its_end_and_goes_to_a_person() -> None:
    filling = "The weather was fine and nothing else happened here that week. " * 400
    reading = read_rules(f"Thanks.\n{filling}\nDo not contact us again.", ACCOUNT, TODAY)
    assert Intent.STOP_CONTACT in reading.kinds()
    assert not reading.certain


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hi, we will pay on Friday.", Intent.PROMISE_TO_PAY),
        ("Goedemiddag, de factuur wordt op 19 juni betaald.", Intent.PROMISE_TO_PAY),
        ("Hello Karin, we paid this yesterday.", Intent.ALREADY_PAID),
        ("Vi pago quando posso, ok?", Intent.PROMISE_VAGUE),
    ],
)
def test_a_greeting_or_a_tag_hides_nothing_of_its_sentence(text: str, wanted: Intent) -> None:
    assert wanted in read_rules(text, ACCOUNT, TODAY).kinds()
