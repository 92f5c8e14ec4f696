"""Which Salesforce, as whom, and where an organisation keeps what Salesforce has no field for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from domain.ledger.deal import Frequency, PricedPer

API_VERSION = "66.0"
Clock = Callable[[], datetime]
Timing = Literal["advance", "arrears"]


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """OAuth 2.0 client credentials; the connected app names the user to run as."""

    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class JwtBearer:
    """OAuth 2.0 JWT bearer: `username` acts; the app knows the certificate of the key.

    `audience` is https://login.salesforce.com, or https://test.salesforce.com for a sandbox.
    """

    client_id: str
    username: str
    private_key_pem: str = field(repr=False)
    audience: str = "https://login.salesforce.com"


@dataclass(frozen=True, slots=True)
class FieldNames:
    """API names of the fields an organisation uses; empty where it has none.

    Opportunity: the term of the whole deal, frequency and timing of its lines without their own.
    Line (OpportunityLineItem, the same name on QuoteLineItem): start is ServiceDate if unnamed.
    """

    opportunity_start: str = ""
    opportunity_end: str = ""
    opportunity_term_months: str = ""
    opportunity_frequency: str = ""
    opportunity_timing: str = ""
    opportunity_po_number: str = ""
    opportunity_terms: str = ""
    line_start: str = ""
    line_end: str = ""
    line_term_months: str = ""
    line_frequency: str = ""
    line_timing: str = ""
    line_priced_per: str = ""
    line_tax_code: str = ""
    line_revenue_type: str = ""
    account_tax_id: str = ""
    account_erp_id: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How an organisation's values are meant; what is empty is asked, never assumed.

    `currency` is the organisation's where it has only one. `frequencies` adds words to those
    known ("every two months": ("month", 2)). `priced_per` and `timing` hold for lines that do
    not say it themselves. `billing_roles` are the contact roles who receive invoices.
    """

    currency: str = ""
    fields: FieldNames = FieldNames()
    frequencies: tuple[tuple[str, Frequency, int], ...] = ()
    priced_per: PricedPer | None = None
    timing: Timing | None = None
    accepted_quote: tuple[str, ...] = ("Accepted",)
    billing_roles: tuple[str, ...] = ("Billing",)


@dataclass(frozen=True, slots=True)
class SalesforceSettings:
    """`url` is the organisation's My Domain (https://acme.my.salesforce.com): no other is asked.

    `overlap_seconds`: how far each pass reads back, for changes that were saved late.
    `usage_percent`: of the daily requests of the whole organisation, how many may be used before
    reading of changes stops.
    """

    url: str
    credentials: ClientCredentials | JwtBearer
    reading: Reading = Reading()
    version: str = API_VERSION
    page_size: int = 200
    overlap_seconds: int = 600
    usage_percent: int = 90
    pauses: tuple[float, ...] = (0.5, 2.0)
