"""Deals as salespeople leave them: some clear, some that a person has to repair."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sandbox.hubspot.store import HubSpotStore

Lines = tuple[Mapping[str, str], ...]


def seed(store: HubSpotStore, customers: Mapping[str, str], today: date) -> dict[str, str]:
    """One deal of each sort, sold in turn to `customers` (name to domain); deal ids by sort.

    Sorts are those of `CLEAR` and `UNCLEAR`.
    """
    companies = [
        store.create("companies", name=name, domain=domain, hs_country_code="US")
        for name, domain in customers.items()
    ]
    made: dict[str, str] = {}
    for count, (sort, lines) in enumerate({**CLEAR, **UNCLEAR}.items()):
        company = companies[count % len(companies)]
        made[sort] = _deal(store, sort, company, lines, today)
    return made


def _deal(store: HubSpotStore, sort: str, company: str, lines: Lines, today: date) -> str:
    name = store.things[company].properties["name"]
    deal = store.create(
        "deals",
        dealname=f"{name}: {sort.replace('_', ' ')}",
        dealstage="contractsent" if sort == "not_won_yet" else "closedwon",
        pipeline="default",
        deal_currency_code="" if sort == "no_currency" else "USD",
        closedate=f"{today}T15:00:00.000Z",
    )
    if sort != "no_company":
        store.link(deal, company, primary=True)
        buyer = store.create("contacts", email=f"ap@{store.things[company].properties['domain']}")
        store.link(deal, buyer, label="Billing contact")
    _lines(store, deal, lines, today)
    if sort in ("signed_quote", "two_signed_quotes"):
        _quote(store, deal, lines, today)
    if sort == "two_signed_quotes":
        _quote(store, deal, lines, today)
    return deal


def _quote(store: HubSpotStore, deal: str, lines: Lines, today: date) -> None:
    quote = store.create(
        "quotes", hs_status="APPROVAL_NOT_NEEDED", hs_currency="USD", hs_sign_status="SIGNED"
    )
    store.link(deal, quote)
    better = tuple({**line, "hs_discount_percentage": "10"} for line in lines)
    _lines(store, quote, better, today)


def _lines(store: HubSpotStore, parent: str, lines: Lines, today: date) -> None:
    for place, line in enumerate(lines):
        own = dict(line)
        years = int(own.pop("years_ahead", "0"))
        if "recurringbillingfrequency" in own and own.pop("starts", "") != "later":
            start = date(today.year + years, today.month, 1)
            own["hs_recurring_billing_start_date"] = str(start)
        store.link(parent, store.create("line_items", hs_position_on_quote=str(place), **own))


def _seats(quantity: str, price: str, every: str, term: str, **more: str) -> Mapping[str, str]:
    return {
        "name": "Platform seats",
        "hs_sku": "SEAT",
        "quantity": quantity,
        "price": price,
        "recurringbillingfrequency": every,
        "hs_recurring_billing_period": term,
    } | more


_SETUP = {"name": "Onboarding", "hs_sku": "SETUP", "quantity": "1", "price": "2500.00"}
CLEAR: Mapping[str, Lines] = {
    "monthly_with_setup": (_seats("25", "49.00", "monthly", "P1Y"), _SETUP),
    "yearly_ramp": tuple(
        _seats(quantity, "480.00", "annually", "P1Y", years_ahead=str(year))
        for year, quantity in enumerate(("20", "35", "50"))
    ),
    "quarterly_discounted": (
        _seats("10", "150.00", "quarterly", "P2Y", hs_discount_percentage="12.5"),
    ),
    "weekly_service": (_seats("1", "900.00", "weekly", "P12W", name="Advisory", hs_sku="ADV"),),
    "signed_quote": (_seats("40", "45.00", "monthly", "P1Y"),),
    "one_off": (_SETUP,),
}
UNCLEAR: Mapping[str, Lines] = {
    "not_won_yet": (_SETUP,),
    "no_lines": (),
    "no_company": (_SETUP,),
    "no_currency": (_SETUP,),
    "two_signed_quotes": (_SETUP,),
    "two_discounts": ({**_SETUP, "discount": "100", "hs_discount_percentage": "10"},),
    "tiered": ({**_SETUP, "hs_pricing_model": "graduated"},),
    "starts_after_checkout": (
        _seats(
            "5",
            "49.00",
            "monthly",
            "P1Y",
            starts="later",
            hs_billing_start_delay_type="hs_billing_start_delay_days",
        ),
    ),
}
