"""How to reach a NetSuite account, and what of it differs from account to account."""

from __future__ import annotations

from dataclasses import dataclass, field

# Letters as SuiteQL over REST gives them; the meanings of D and E are from the record schema.
INVOICE_STATUSES = (
    ("A", "open"),
    ("B", "paid"),
    ("D", "pending_approval"),
    ("E", "rejected"),
    ("V", "voided"),
)


@dataclass(frozen=True, slots=True)
class OAuth2Credentials:
    """OAuth 2.0 client credentials: integration, uploaded certificate and its private key (PEM)."""

    client_id: str
    certificate_id: str
    private_key_pem: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TbaCredentials:
    """Token-based authentication (OAuth 1.0a): consumer and token, each with its secret."""

    consumer_key: str
    consumer_secret: str = field(repr=False)
    token_id: str
    token_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CustomFields:
    """Script ids of custom fields that an account may have; absent ones are simply not read.

    `kept` are further ones, of transactions (custbody) and customers (custentity), whose values
    are kept as they are.
    """

    timezone: str = "custentity_dw_timezone"
    country: str = "custentity_dw_country"
    region: str = "custentity_dw_region"
    stripe_customer: str = "custentity_dw_stripe_customer"
    contact_role: str = "custentity_dw_role"
    contact_language: str = "custentity_dw_language"
    kept: tuple[str, ...] = ()

    @property
    def of_documents(self) -> tuple[str, ...]:
        """Those kept of transactions."""
        return tuple(name for name in self.kept if name.startswith("custbody"))

    @property
    def of_customers(self) -> tuple[str, ...]:
        """Those kept of customers."""
        return tuple(name for name in self.kept if name.startswith("custentity"))


@dataclass(frozen=True, slots=True)
class Conventions:
    """What public documentation leaves open, with the likeliest answer as default.

    `accounting_book` is the primary book's id. `link_types` name the links that settle a document.
    `undeposited` are the ids of `undepFunds` for yes and no. `time_zone` (IANA) is the zone of
    SuiteQL's times; empty means that it is measured. `customer_numbers`: whether the account
    numbers customers itself, or takes the name.
    """

    accounting_book: str = "1"
    link_types: tuple[str, ...] = ("Payment",)
    invoice_statuses: tuple[tuple[str, str], ...] = INVOICE_STATUSES
    undeposited: tuple[str, str] = ("T", "F")
    balance_column: str = "balancesearch"
    line_starts_column: str = "revrecstartdate"
    line_ends_column: str = "revrecenddate"
    line_starts_field: str = "revRecStartDate"
    line_ends_field: str = "revRecEndDate"
    deferral_column: str = "deferralaccount"
    customer_numbers: bool = True
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class NetSuiteConfig:
    """One NetSuite account. `base_url` replaces the account's own host when it is set.

    `payment_account_id` is the bank account that payments are posted to; empty means undeposited
    funds, whose own account `undeposited_account_id` is. `journal_subsidiary_id` is that of
    journals that belong to no customer, where the account has several. `base_currency` is used
    only where the account lacks the multi-currency feature. Time-outs are in seconds.
    """

    account_id: str
    credentials: OAuth2Credentials | TbaCredentials
    base_url: str = ""
    max_concurrency: int = 3
    payment_account_id: str = ""
    undeposited_account_id: str = ""
    journal_subsidiary_id: str = ""
    base_currency: str = "USD"
    read_timeout: float = 60
    write_timeout: float = 120
    fields: CustomFields = CustomFields()
    conventions: Conventions = Conventions()

    @property
    def slug(self) -> str:
        """The account id as host names carry it ("1234567-sb1")."""
        return self.account_id.strip().replace("_", "-").lower()

    @property
    def realm(self) -> str:
        """The account id as OAuth 1.0a carries it ("1234567_SB1")."""
        return self.account_id.strip().replace("-", "_").upper()

    @property
    def host(self) -> str:
        """Scheme and host of the REST services, without a slash at the end."""
        return self.base_url.rstrip("/") or f"https://{self.slug}.suitetalk.api.netsuite.com"

    @property
    def pages(self) -> str:
        """Scheme and host of the pages people use."""
        return self.base_url.rstrip("/") or f"https://{self.slug}.app.netsuite.com"
