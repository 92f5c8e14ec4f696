"""Which HubSpot account is read, how, and what its own conventions are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

# HubSpot scopes by the objects that are read (developers.hubspot.com, scopes of each object).
SCOPES = (
    "crm.objects.deals.read",
    "crm.objects.line_items.read",
    "crm.objects.quotes.read",
    "crm.objects.companies.read",
    "crm.objects.contacts.read",
)


@dataclass(frozen=True, slots=True)
class PropertyNames:
    """Internal names of the account's own properties; empty where there is none.

    Of the deal: `po_number`, `terms` (payment terms), `starts_on`, `ends_on`, `memo`. Of the line
    item: `timing` ("advance" or "arrears"), `revenue_type`. Of the company: `tax_id`, `erp_id`.
    """

    po_number: str = ""
    terms: str = ""
    starts_on: str = ""
    ends_on: str = ""
    memo: str = ""
    timing: str = ""
    revenue_type: str = ""
    tax_id: str = ""
    erp_id: str = ""

    @property
    def of_deal(self) -> tuple[str, ...]:
        """Those of the deal that are set."""
        names = (self.po_number, self.terms, self.starts_on, self.ends_on, self.memo)
        return tuple(filter(None, names))

    @property
    def of_line(self) -> tuple[str, ...]:
        """Those of the line item that are set."""
        return tuple(filter(None, (self.timing, self.revenue_type)))

    @property
    def of_company(self) -> tuple[str, ...]:
        """Those of the company that are set."""
        return tuple(filter(None, (self.tax_id, self.erp_id)))


@dataclass(frozen=True, slots=True)
class HubSpotAccount:
    """How one account is read. `token` is a private app's; without it the three of OAuth are set.

    `version` is "v3" or a dated one ("2026-09"). With `won_stages` only a deal in one of these
    stage ids is won, else HubSpot's own closed-won flag counts; `pipelines` (ids) limit which deals
    are billed at all. `currency` is that of deals without one; `billed` is when recurring lines
    are billed unless the line says so. Below `daily_reserve` requests left for the day nothing is
    read, so that other programs of the account keep working.
    """

    token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    webhook_secret: str = field(default="", repr=False)
    base_url: str = "https://api.hubapi.com"
    version: str = "v3"
    pipelines: tuple[str, ...] = ()
    won_stages: tuple[str, ...] = ()
    currency: str = ""
    zone: str = "UTC"
    billed: Literal["advance", "arrears"] = "advance"
    daily_reserve: int = 1_000
    names: PropertyNames = PropertyNames()

    @property
    def objects_path(self) -> str:
        """Where objects are read and searched."""
        return "/crm/v3/objects" if self.version == "v3" else f"/crm/objects/{self.version}"

    @property
    def associations_path(self) -> str:
        """Where associations are read; version 4 stands beside version 3 of the objects."""
        if self.version == "v3":
            return "/crm/v4/associations"
        return f"/crm/associations/{self.version}"

    @property
    def token_path(self) -> str:
        """Where a refresh token is exchanged."""
        return "/oauth/v1/token" if self.version == "v3" else f"/oauth/{self.version}/token"
