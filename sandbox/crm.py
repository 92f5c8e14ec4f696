"""The company's HubSpot account: a few won deals of its customers, so that there is work to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from starlette.applications import Starlette

from sandbox.company import Company, Debtor
from sandbox.hubspot.app import build_hubspot_app
from sandbox.hubspot.limits import Limits
from sandbox.hubspot.store import HubSpotStore
from sandbox.hubspot.tokens import Access

PROPERTIES = "erp_id=netsuite_id,terms=payment_terms,po_number=purchase_order"


@dataclass(frozen=True, slots=True)
class Crm:
    """The account and the token of its private app."""

    store: HubSpotStore
    token: str

    def app(self) -> Starlette:
        """Its API."""
        return build_hubspot_app(self.store, Access(self.token), Limits())

    def settings(self, url: str) -> dict[str, str]:
        """What the service is told of it."""
        return {
            "HUBSPOT_TOKEN": self.token,
            "HUBSPOT_BASE_URL": url,
            "HUBSPOT_POLL_SECONDS": "10",
            "HUBSPOT_PROPERTIES": PROPERTIES,
        }


def open_crm(company: Company, token: str, now: Callable[[], datetime], first_day: date) -> Crm:
    """An account with three won deals, the same at every start: `first_day` dates them."""
    store = HubSpotStore(now)
    known = [one for one in company.debtors if one.currency == "USD" and one.parent_id is None]
    day = first_day.isoformat()
    if len(known) >= 2:
        renewal = _won(store, f"{known[0].name} renewal", day, "Net 30")
        _company(store, renewal, known[0])
        _line(store, renewal, "Software subscription", "25", "90.00", day)
        _line(store, renewal, "Field installation", "1", "1800.00", "")
        rollout = _won(store, f"{known[1].name} rollout", day, f"Net {known[1].terms_days}")
        _company(store, rollout, known[1])
        _line(store, rollout, "Training days", "6", "950.00", "")
    first = _won(store, "Marigold Dairy starter", day, "Net 30")
    stranger = store.create("companies", name="Marigold Dairy", domain="marigold-dairy.example")
    store.link(first, stranger, primary=True)
    _line(store, first, "Firmware maintenance", "10", "40.00", day)
    return Crm(store, token)


def _won(store: HubSpotStore, name: str, day: str, terms: str) -> str:
    return store.create(
        "deals", dealname=name, dealstage="closedwon", pipeline="default",
        deal_currency_code="USD", closedate=f"{day}T12:00:00Z", payment_terms=terms,
    )  # fmt: skip


def _company(store: HubSpotStore, deal: str, debtor: Debtor) -> None:
    key = store.create("companies", name=debtor.name, netsuite_id=str(debtor.id))
    store.link(deal, key, primary=True)


def _line(
    store: HubSpotStore, deal: str, product: str, quantity: str, price: str, starts_on: str
) -> None:
    """A product; with a first day it is a subscription of a year, billed each quarter."""
    values = {"name": product, "hs_sku": product, "quantity": quantity, "price": price}
    if starts_on:
        values |= {
            "recurringbillingfrequency": "quarterly",
            "hs_recurring_billing_period": "P12M",
            "hs_recurring_billing_start_date": starts_on,
        }
    store.link(deal, store.create("line_items", **values))
