"""A corpus of sentences: what is a promise, what only speaks of payment, what says it is paid.

Wednesday 13 May 2026 is the day they were written on.
"""

from __future__ import annotations

from datetime import date

import pytest

from domain.dunning.reading_rules import read_rules
from domain.dunning.reply import (
    AskPerson,
    DraftAnswer,
    Escalate,
    FindPayment,
    Intent,
    RecordPromise,
    decide,
)
from domain.dunning.standing import Standing
from tests.domain.dunning.texts import account

TODAY = date(2026, 5, 13)
ACCOUNT = account(
    "INV-1001 500.00 EUR due 2026-04-01",
    "INV-1002 900.00 EUR due 2026-04-02",
    today="2026-05-13",
)
PROMISES = """
We'll wire the full amount on 20 May.|2026-05-20
Payment goes out this Friday.|2026-05-15
I can confirm we are paying INV-1001 on May 22nd.|2026-05-22
The transfer is scheduled for next Tuesday|2026-05-19
You will have the money by 29 May 2026.|2026-05-29
Expect it tomorrow.|2026-05-14
It'll be in our payment run on Monday.|2026-05-18
Sorry for the delay, month end was hectic. We pay on the 20th.|2026-05-20
Today was chaos here. I promise to settle this on 21 May.|2026-05-21
We couldn't pay on Monday as planned. We will pay on Friday.|2026-05-15
ok will pay tmrw|2026-05-14
Wir werden den Betrag in 2 Tagen überweisen.|2026-05-15
Die Zahlung erfolgt am 20. Mai.|2026-05-20
Wir überweisen bis Ende des Monats.|2026-05-31
Der offene Betrag wird am Freitag angewiesen.|2026-05-15
Ich zahle morgen.|2026-05-14
Geht am 18.05. raus.|2026-05-18
Nous réglerons la facture le 20 mai.|2026-05-20
Le virement partira vendredi.|2026-05-15
Nous allons payer d'ici la fin du mois.|2026-05-31
Je vous règle ça lundi.|2026-05-18
Paiement prévu le 22/05/2026.|2026-05-22
Vamos a pagar el 20 de mayo.|2026-05-20
Haremos la transferencia el viernes.|2026-05-15
El pago está programado para el lunes.|2026-05-18
Les pagamos mañana.|2026-05-14
We will pay INV-1001 on 20 May. If you have any questions, let me know.|2026-05-20
We will pay 500.00 EUR on 20 May.|2026-05-20
"""
NO_PROMISES = """
We are not going to be able to pay on Friday.
We won't be able to pay by 20 May.
Your reminder says we should pay on Friday, which is odd.
Our terms say payment by 30 May.
Payment is due on 30 May per our contract.
You told us payment could be made by 29 May.
We paid on Friday.
We will let you know on Friday when we pay.
I will check with accounting on Monday.
We will pay on 20 May once the goods arrive.
When should we pay? Is 20 May fine?
The person who pays is back on Monday.
We never said we would pay on 20 May.
Our bank will be closed on 20 May, so no payment that day.
Payment will not happen before 20 May.
Do not expect payment on 20 May.
We hope to pay on 20 May.
We might pay on 20 May.
We will review this on 20 May.
We received your payment request and it will be discussed on 20 May.
Please pay us back by 20 May.
Wir können am Freitag nicht zahlen.
Wir werden nicht vor dem 20. Mai zahlen.
Eine Zahlung am 20. Mai ist uns nicht möglich.
Laut Vertrag ist die Zahlung am 30. Mai fällig.
Die Rechnung ist erst am 30. Mai zur Zahlung fällig.
Wir melden uns am Freitag wegen der Zahlung.
Wir haben am Montag überwiesen.
Nous ne pourrons pas payer vendredi.
Le paiement n'est dû que le 30 mai.
Nous ne paierons pas le 20 mai.
Nous reviendrons vers vous vendredi pour le paiement.
Le directeur qui valide les paiements rentre le 20 mai.
No podremos pagar el viernes.
No vamos a pagar el 20 de mayo.
El pago vence el 30 de mayo según contrato.
Les avisaremos el viernes sobre el pago.
El pago no será posible antes del 20 de mayo.
We will pay half on 20 May and half on 20 June.
We will send a cheque request to our parent on 20 May.
I will pay someone a visit on Friday.
The wire you sent us on 20 May will be checked.
My colleague says maybe it will be paid on 20 May.
We'll pay on 20 May, assuming approval.
We will pay by Friday unless our auditor objects.
We pay every invoice on the 20th of the month following delivery.
"""
PAID = """
We have just paid this.
We've just paid.
Sorry we missed this. Paid.
Paid.
Just sent the wire this morning.
This was settled last week.
Payment made yesterday.
It's been taken care of, money left our account on Monday.
Done, transferred on 11 May.
already taken care of
C'est réglé.
C'est payé depuis lundi.
Facture réglée hier.
Le virement est parti hier.
Nous venons de payer.
Ist bezahlt.
Wurde gestern überwiesen.
Wir haben gerade überwiesen.
Schon erledigt, Geld ist raus.
Die Rechnung ist beglichen.
Ya está pagado.
Está pagada desde ayer.
Acabamos de pagar.
La transferencia salió ayer.
Pagado.
"""
UNPAID = """
It has not been paid yet.
The invoice was never paid by us.
Die Rechnung wurde noch nicht bezahlt.
Nous n'avons pas payé.
No hemos pagado todavía.
"""


def lines(text: str) -> list[str]:
    return text.strip().split("\n")


def act(text: str) -> list[object]:
    reading = read_rules(text, ACCOUNT, TODAY)
    return list(decide(reading, ACCOUNT, Standing(), TODAY, trusted=True))


@pytest.mark.parametrize("line", lines(PROMISES))
def test_a_promise_is_recorded_for_its_day(line: str) -> None:
    text, _, day = line.partition("|")
    recorded = [a.promised_on for a in act(text) if isinstance(a, RecordPromise)]
    assert recorded == [date.fromisoformat(day)]


@pytest.mark.parametrize("text", lines(NO_PROMISES))
def test_speaking_of_payment_is_no_promise(text: str) -> None:
    assert not [a for a in act(text) if isinstance(a, RecordPromise)]


@pytest.mark.parametrize("text", lines(PAID))
def test_paid_is_read_however_short(text: str) -> None:
    assert Intent.ALREADY_PAID in read_rules(text, ACCOUNT, TODAY).kinds()


@pytest.mark.parametrize("text", lines(UNPAID))
def test_not_paid_is_not_paid(text: str) -> None:
    assert Intent.ALREADY_PAID not in read_rules(text, ACCOUNT, TODAY).kinds()


def test_an_amount_that_one_invoice_has_is_promised_for_that_invoice() -> None:
    recorded = act("We will pay 500.00 EUR on 20 May.")[0]
    assert isinstance(recorded, RecordPromise)
    assert recorded.invoice_ids == (1001,)


def test_who_has_paid_and_asks_something_is_read_by_a_person() -> None:
    actions = act("We paid on Monday. Could you send us a statement?")
    assert [type(a) for a in actions if isinstance(a, FindPayment | Escalate)] == [
        FindPayment,
        Escalate,
    ]
    assert not [a for a in actions if isinstance(a, DraftAnswer)]


def test_next_friday_said_on_a_wednesday_is_asked_about() -> None:
    assert isinstance(act("We will pay next Friday.")[-1], AskPerson)
