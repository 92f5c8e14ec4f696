"""Customers, the groups they belong to, and how each of them pays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from domain.matching.book import account_key
from domain.matching.item import Party, Remembered
from domain.matching.names import name_key
from domain.matching.receipt import AccountScheme, PayerAccount

_FIRST_WORDS = (
    "Harbor Summit Cedar Pacific Granite Juniper Liberty Orchard Prairie Quantum Ridge "
    "Sterling Timber Union Vantage Willow Apex Beacon Coastal Delta Ember Frontier Garnet "
    "Helix Indigo Keystone Lumen Meridian Nimbus Onyx Pioneer Redwood Sierra Tidal Umbra "
    "Vertex Westbrook Yellowstone Zenith Aurora Birch Cobalt Dorset Evergreen Falcon Glacier "
    "Horizon Ironwood"
)
_FIRST = tuple(_FIRST_WORDS.split())
_SECOND_WORDS = (
    "Foods Freight Logistics Medical Robotics Textiles Analytics Brewing Chemicals Dental "
    "Electric Furniture Graphics Hardware Imaging Jewelry Kitchens Labs Motors Networks "
    "Optics Plastics Quarry Roofing Software Tooling Utilities Ventures Windows Systems "
    "Energy Health"
)
_SECOND = tuple(_SECOND_WORDS.split())
_THIRD_WORDS = "East West North South Holdings Group Partners International Central Metro"
_THIRD = tuple(_THIRD_WORDS.split())
_FORMS_WORDS = "Inc LLC Corp Ltd GmbH SARL BV Co"
_FORMS = tuple(_FORMS_WORDS.split())
_PERSONS_WORDS = "J MILLER|Anna Kowalski|R. Fernandez|LIU WEI|Tom Becker|S OKAFOR|Maria Rossi"
_PERSONS = tuple(_PERSONS_WORDS.split("|"))
SERVICES = ("Bill.com", "Ariba", "PayRail Clearing")


@dataclass(frozen=True, slots=True)
class Habit:
    """How a customer pays: whose name and accounts the bank shows. `owner` sends the money."""

    customer_id: int
    owner: int
    name: str
    accounts: tuple[PayerAccount, ...]
    through_service: bool
    foreign: bool
    by_stripe: bool


@dataclass(frozen=True, slots=True)
class People:
    parties: tuple[Party, ...]
    habits: dict[int, Habit]
    remembered: tuple[Remembered, ...]


def people(rng: Random, count: int, start: date, *, american: bool) -> People:
    """`count` customers numbered from 1, and what people confirmed of them before `start`."""
    names = _names(rng, count)
    parents = _groups(rng, count, names)
    accounts = {n: _account(rng, american=american) for n in range(1, count + 1)}
    habits: dict[int, Habit] = {}
    parties: list[Party] = []
    for n in range(1, count + 1):
        brand = f"{rng.choice(_FIRST)}{rng.choice(_SECOND).lower()}" if rng.random() < 0.05 else ""
        stripe = PayerAccount(AccountScheme.STRIPE_CUSTOMER, f"CUS_{n:06d}")
        known = (names[n], brand) if brand and rng.random() < 0.5 else (names[n],)
        owned = ((accounts[n],) if rng.random() < 0.25 else ()) + (stripe,)
        parties.append(Party(n, known, parents.get(n), owned))
        habits[n] = _habit(rng, n, brand or names[n], parents.get(n), names, accounts)
    return People(tuple(parties), habits, _memory(rng, habits, start))


def _names(rng: Random, count: int) -> dict[int, str]:
    """Distinct legal names; 8 % share their first word, and more, with another customer."""
    names: dict[int, str] = {}
    used: set[str] = set()
    for n in range(1, count + 1):
        while True:
            stem = f"{rng.choice(_FIRST)} {rng.choice(_SECOND)}"
            if names and rng.random() < 0.08:
                stem = " ".join(names[rng.randint(1, n - 1)].split()[:2])
                stem += f" {rng.choice(_THIRD)}"
            elif count > 400 or rng.random() < 0.3:
                stem += f" {rng.choice(_THIRD)}" + (f" {rng.randint(2, 99)}" if count > 400 else "")
            if stem not in used:
                break
        used.add(stem)
        names[n] = f"{stem} {rng.choice(_FORMS)}"
    return names


def _groups(rng: Random, count: int, names: dict[int, str]) -> dict[int, int]:
    """Child -> parent for 15 % of the customers; children carry the parent's stem."""
    parents: dict[int, int] = {}
    free = list(range(1, count + 1))
    rng.shuffle(free)
    while len(free) > 3 and len(parents) < 0.13 * count:
        parent = free.pop()
        stem = " ".join(names[parent].split()[:-1])
        for place in range(min(rng.randint(2, 12), len(free) - 1)):
            child = free.pop()
            parents[child] = parent
            names[child] = f"{stem} {_THIRD[place % 10]} {place // 10 or ''} {rng.choice(_FORMS)}"
    return parents


def _account(rng: Random, *, american: bool) -> PayerAccount:
    if american:
        routing = f"{rng.randrange(10**8, 10**9)}"
        return PayerAccount(AccountScheme.US_ACCOUNT, f"{routing}/{rng.randrange(10**8, 10**10)}")
    country = rng.choice(("DE", "FR", "NL", "GB"))
    return PayerAccount(AccountScheme.IBAN, f"{country}{rng.randrange(10**19, 10**20)}")


def _habit(
    rng: Random,
    customer: int,
    name: str,
    parent: int | None,
    names: dict[int, str],
    accounts: dict[int, PayerAccount],
) -> Habit:
    owner, service, luck = customer, False, rng.random()
    if parent is not None and rng.random() < 0.35:
        owner, name = parent, names[parent]
    account = accounts[owner]
    if luck < 0.06:
        service, chosen = True, rng.randrange(3)
        name = SERVICES[chosen]
        account = PayerAccount(AccountScheme.US_ACCOUNT, f"99900000{chosen}/1234567{chosen}")
    elif luck < 0.09:
        name = rng.choice(_PERSONS)
    elif luck < 0.34:
        name = name.upper()[: rng.choice((16, 22))].strip()
    habit = Habit(customer, owner, name, (account,), service, rng.random() < 0.15, False)
    return replace(habit, by_stripe=not service and rng.random() < 0.15)


def _memory(rng: Random, habits: dict[int, Habit], start: date) -> tuple[Remembered, ...]:
    """What four months of review left behind: people confirmed every payment they saw."""
    counts: dict[tuple[str, int], int] = {}
    last: dict[tuple[str, int], date] = {}
    for habit in habits.values():
        times = rng.choices((0, 1, 2, 3, 4, 6), (15, 10, 15, 20, 25, 15))[0]
        for number in range(times):
            day = start - timedelta(days=1 + rng.randrange(25) + 25 * number)
            keys = [name_key(habit.name)]
            keys += [account_key(a) for a in habit.accounts if rng.random() < 0.6]
            for key in keys:
                at = (key, habit.owner)
                counts[at] = counts.get(at, 0) + 1
                last[at] = max(last.get(at, day), day)
    return tuple(Remembered(k, c, n, 0, last[k, c]) for (k, c), n in sorted(counts.items()))
