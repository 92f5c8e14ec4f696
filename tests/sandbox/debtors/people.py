"""Small debtors, letters and debts, in a line each."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from email.message import EmailMessage

from sandbox.company import Claim, Debtor, Person, Temperament
from sandbox.debtors.mind import Owed, Thought
from sandbox.debtors.replies import WIRE

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def debtor(mood: Temperament, language: str = "en", number: int = 101) -> Debtor:
    person = Person(501, "Jörg Weiß", "joerg@harbor.example", "billing", language)
    return Debtor(
        id=number,
        entity_id="C00101",
        name="Harbor Foods",
        legal_name="Harbor Foods LLC",
        parent_id=None,
        subsidiary_id=1,
        currency="USD",
        country="US",
        region="NY",
        timezone="America/New_York",
        language=language,
        terms_days=30,
        temperament=mood,
        people=(person,),
        stripe_customer_id="cus_1",
    )


def owed(number: int, amount: int = 12_345) -> Owed:
    due_on = date(2026, 11, 1)
    claim = Claim(number, f"INV{number}", 101, 1, "USD", due_on, due_on, amount, "", "Sensors")
    return Owed(claim, amount)


def thought(
    mood: Temperament, language: str = "en", before: int = 0, seed: int = 1, count: int = 2
) -> Thought:
    debts = [owed(20001 + index) for index in range(count)]
    return Thought(random.Random(seed), debtor(mood, language), debts, before, NOW)


def reminder(text: str = "Please pay INV20001.", **headers: str) -> bytes:
    message = EmailMessage(policy=WIRE)
    message["From"] = "Larkfield AR <ar@larkfield.example>"
    message["To"] = "joerg@harbor.example"
    message["Reply-To"] = "ar+t.tok123@larkfield.example"
    message["Date"] = "Mon, 23 Nov 2026 08:58:00 +0000"
    message["Subject"] = "Invoice INV20002 is past due"
    message["Message-ID"] = "<m1@larkfield.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()
