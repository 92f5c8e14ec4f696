"""A seeded company: its debtors, their people, and eighteen months of invoices and payments."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from datetime import date

from sandbox.company import Company, Debtor, Person, Subsidiary, Temperament
from sandbox.names import COUNTRIES, FIRM_FIRST, FIRM_SECOND, Country
from sandbox.papers import draft_claims, settle

NAME = "Larkfield Instruments"
MAIL_ADDRESS = "ar@larkfield.example"
SUBSIDIARIES = (
    Subsidiary(1, "Larkfield Instruments Inc.", "USD", "US"),
    Subsidiary(2, "Larkfield Instruments GmbH", "EUR", "DE"),
)
_FIRST_ENTITY_ID = 101
_SHARES = {
    Temperament.ON_TIME: 28,
    Temperament.LATE: 12,
    Temperament.AFTER_REMINDER: 20,
    Temperament.PROMISE_KEEPER: 14,
    Temperament.PROMISE_BREAKER: 6,
    Temperament.DISPUTES: 6,
    Temperament.ALREADY_PAID: 5,
    Temperament.OUT_OF_OFFICE: 4,
    Temperament.BOUNCES: 2,
    Temperament.SILENT: 3,
}
_ROLES = ("billing", "primary", "signatory", "other")
_MAILBOXES = {"en": "accounts", "de": "buchhaltung", "fr": "compta", "es": "administracion"}
_DESKS = {
    "en": "Accounts Payable",
    "de": "Buchhaltung",
    "fr": "Comptabilité fournisseurs",
    "es": "Administración",
}


def build_company(
    seed: int, today: date, customers: int = 200, invoices: int = 2000, *, breadth: bool = False
) -> Company:
    """The same company for the same arguments; about 15 % of the invoices are open at `today`."""
    rng = random.Random(f"company:{seed}")
    debtors = _debtors(rng, customers)
    drafts = draft_claims(rng, debtors, today, invoices)
    claims = tuple(draft.claim for draft in drafts)
    return Company(
        name=NAME,
        mail_address=MAIL_ADDRESS,
        today=today,
        subsidiaries=SUBSIDIARIES,
        debtors=debtors,
        claims=claims,
        settlements=settle(rng, debtors, drafts, today),
        breadth=breadth,
    )


def ascii_slug(text: str) -> str:
    """Lower-case ASCII letters and digits of `text`, fit for an address."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join(c for c in plain.lower() if c.isascii() and c.isalnum())


def _debtors(rng: random.Random, count: int) -> tuple[Debtor, ...]:
    temperaments = tuple(_SHARES)
    debtors: list[Debtor] = []
    used: set[str] = set()
    for index in range(count):
        country = _country(rng, index)
        mood = (
            temperaments[index]
            if index < len(temperaments)
            else rng.choices(tuple(_SHARES), tuple(_SHARES.values()))[0]
        )
        debtors.append(_debtor(rng, index, count, country, mood, debtors, used))
    return tuple(debtors)


def _country(rng: random.Random, index: int) -> Country:
    if index < 2 * len(COUNTRIES):
        return COUNTRIES[index % len(COUNTRIES)]
    return rng.choices(COUNTRIES, [c.weight for c in COUNTRIES])[0]


def _debtor(
    rng: random.Random,
    index: int,
    count: int,
    country: Country,
    mood: Temperament,
    earlier: Sequence[Debtor],
    used: set[str],
) -> Debtor:
    parent = _parent(rng, earlier, country)
    name = _firm_name(rng, country, used)
    region, zone = rng.choice(country.places)
    number = _FIRST_ENTITY_ID + index
    return Debtor(
        id=number,
        entity_id=f"C{number:05d}",
        name=name,
        legal_name=f"{name} {rng.choice(country.forms)}",
        parent_id=parent.id if parent else None,
        subsidiary_id=country.subsidiary_id,
        currency=country.currency,
        country=country.code,
        region=region,
        timezone=zone,
        language=country.language,
        terms_days=rng.choices((30, 14, 45, 60, 0, 10), (50, 15, 12, 13, 4, 6))[0],
        temperament=mood,
        people=_people(rng, _FIRST_ENTITY_ID + count + 4 * index, name, country),
        stripe_customer_id=f"cus_{rng.getrandbits(70):014x}"[:18],
    )


def _parent(rng: random.Random, earlier: Sequence[Debtor], country: Country) -> Debtor | None:
    if rng.randrange(100) >= 12:
        return None
    heads = [d for d in earlier if d.country == country.code and d.parent_id is None]
    return rng.choice(heads) if heads else None


def _firm_name(rng: random.Random, country: Country, used: set[str]) -> str:
    seconds = FIRM_SECOND[country.language]
    for attempt in range(1000):
        name = f"{rng.choice(FIRM_FIRST)} {rng.choice(seconds)}"
        if attempt > 40:
            name = f"{rng.choice(FIRM_FIRST)} {name}"
        if ascii_slug(name) not in used:
            break
    else:
        name = f"{name} {len(used)}"
    used.add(ascii_slug(name))
    return name


def _people(rng: random.Random, first_id: int, firm: str, country: Country) -> tuple[Person, ...]:
    domain = f"{ascii_slug(firm)}.example"
    people: list[Person] = []
    for offset, role in enumerate(_ROLES[: rng.choices((1, 2, 3, 4), (20, 40, 25, 15))[0]]):
        given, family = rng.choice(country.first), rng.choice(country.last)
        name, local = f"{given} {family}", f"{ascii_slug(given)}.{ascii_slug(family)}"
        if role == "billing" and rng.randrange(10) < 2:
            name, local = f"{firm} {_DESKS[country.language]}", _MAILBOXES[country.language]
        if any(p.email.startswith(f"{local}@") for p in people):
            local = f"{local}{offset}"
        people.append(Person(first_id + offset, name, f"{local}@{domain}", role, country.language))
    return tuple(people)
