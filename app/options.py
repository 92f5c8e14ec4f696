"""The settings as a table: name, meaning, default. `dunwell settings` prints it."""

from __future__ import annotations

from app.bank_settings import BANK_OPTIONS
from app.hubspot_settings import HUBSPOT_OPTIONS
from app.netsuite_options import NETSUITE_OPTIONS
from app.option import Option
from app.salesforce_settings import SALESFORCE_OPTIONS
from app.slack_settings import SLACK_OPTIONS

__all__ = ["OPTIONS", "Option"]

_ALL = (
    Option("DUNWELL_SETTINGS_FILE", "A file of NAME=value lines; the environment wins over it."),
    Option(
        "DATABASE_URL",
        "Any PostgreSQL 14+ server; unset: an embedded one in the data folder.",
        secret=True,
    ),
    Option("DUNWELL_DATA_DIR", "Where the embedded database and keys live.", ".dunwell/data"),
    Option("DUNWELL_HOST", "The address the page listens on.", "127.0.0.1"),
    Option("DUNWELL_PORT", "The port the page listens on.", "8400"),
    Option("DUNWELL_PUBLIC_URL", "The address people use for the page.", "http://127.0.0.1:8400"),
    Option(
        "DUNWELL_SECRET_KEY",
        "32 or more random characters; signs reply addresses and forms. Unset: made once and "
        "kept in the data folder. Every web and work process needs the same.",
        secret=True,
    ),
    Option("DUNWELL_TENANT", "Part of every external id in the ERP. Never change it.", "dunwell"),
    Option("DUNWELL_COMPANY_NAME", "The seller's name in letters.", "Accounts Receivable"),
    Option(
        "DUNWELL_POLICY_DIR",
        "A folder with approval.yaml, dunning.yaml, review.yaml and matching.yaml of your own.",
    ),
    Option("DUNWELL_CLOCK_FILE", "Seconds to move the clock by (the demo's world writes it)."),
    Option("DUNWELL_LOG_LEVEL", "debug, info, warning or error.", "info"),
    Option("DUNWELL_SYNC_SECONDS", "Seconds between two looks for changes in the ERP.", "300"),
    Option("DUNWELL_MAIL_POLL_SECONDS", "Seconds between two looks into the mailbox.", "60"),
    Option("DUNWELL_SWEEP_SECONDS", "Seconds between two looks at who may be written to.", "3600"),
    Option(
        "DUNWELL_COLLECTIONS_FOR_NEW",
        "Whether a customer seen for the first time may be written to at once: off or on. Off: "
        "nobody hears of Dunwell before a person switches collections on for them.",
        "off",
    ),
    Option(
        "DUNWELL_WEBHOOK_URLS",
        "Addresses that are told of events (drift, postings, imports), comma-separated, https.",
        secret=True,
    ),
    Option(
        "DUNWELL_WEBHOOK_SECRET",
        "What events are signed with: whsec_ and base64; comma-separated while it is replaced.",
        secret=True,
    ),
    Option("NETSUITE_ACCOUNT_ID", "The account, for example 1234567 or 1234567_SB1."),
    Option("NETSUITE_BASE_URL", "Another address of the REST services; unset: the account's."),
    Option("NETSUITE_AUTH", "oauth2 (certificate) or tba (legacy).", "oauth2"),
    Option("NETSUITE_CLIENT_ID", "The integration record's client id."),
    Option("NETSUITE_CERTIFICATE_ID", "The certificate id of the OAuth 2.0 client credentials."),
    Option("NETSUITE_PRIVATE_KEY_FILE", "The private key (PEM, EC P-256 or RSA) of that."),
    Option("NETSUITE_TBA_CONSUMER_KEY", "Token-based authentication: consumer key.", secret=True),
    Option("NETSUITE_TBA_CONSUMER_SECRET", "The same: consumer secret.", secret=True),
    Option("NETSUITE_TBA_TOKEN_ID", "The same: token id.", secret=True),
    Option("NETSUITE_TBA_TOKEN_SECRET", "The same: token secret.", secret=True),
    Option(
        "NETSUITE_MAX_CONCURRENCY",
        "Requests in flight; the account's limit (5 on Standard) is shared with everything else.",
        "3",
    ),
    Option(
        "NETSUITE_PAYMENT_ACCOUNT_ID",
        "Internal id of the bank account for customer payments; unset: undeposited funds.",
    ),
    Option(
        "NETSUITE_LOOK_SECONDS",
        "After a post of unknown outcome: when to look for it, in seconds, before it may be "
        "repeated.",
        "30,120,360,900",
    ),
    *NETSUITE_OPTIONS,
    Option("MAIL_FROM", "The address mails are sent from; answers go to its +tagged form."),
    Option("MAIL_FROM_NAME", "The name beside it.", "Accounts Receivable"),
    Option("SMTP_HOST", "The mail server that sends."),
    Option("SMTP_PORT", "Its port.", "587"),
    Option("SMTP_USERNAME", "Its user; unset: no authentication."),
    Option("SMTP_PASSWORD", "Its password.", secret=True),
    Option("SMTP_SECURITY", "none, starttls or tls.", "starttls"),
    Option("IMAP_HOST", "The mail server with the inbox; unset: mail arrives by webhook only."),
    Option("IMAP_PORT", "Its port.", "993"),
    Option("IMAP_USERNAME", "Its user."),
    Option("IMAP_PASSWORD", "Its password.", secret=True),
    Option("IMAP_SECURITY", "none, starttls or tls.", "tls"),
    Option(
        "MAIL_SENT_FOLDER",
        "The folder in which the mail provider keeps what was sent; lets Dunwell find out whether "
        "an interrupted mail left. Unset: a person is asked.",
    ),
    Option("MAIL_INBOUND_SECRET", "Secrets of the mail webhook, comma-separated.", secret=True),
    Option("MAIL_TRUSTED_AUTHSERV", "The authserv-id of your border mail server (RFC 8601)."),
    Option(
        "MAIL_SETTLES_SECONDS",
        "How long the provider may take to file a sent mail; absent after that means not sent.",
        "600",
    ),
    Option("STRIPE_API_KEY", "A restricted key that may read payments.", secret=True),
    Option("STRIPE_WEBHOOK_SECRET", "Secrets of the webhook, comma-separated.", secret=True),
    Option("STRIPE_API_BASE", "Another address of the Stripe API (tests)."),
    *BANK_OPTIONS,
    *HUBSPOT_OPTIONS,
    *SLACK_OPTIONS,
    *SALESFORCE_OPTIONS,
    Option("OPENAI_API_KEY", "A language model's key; unset: Dunwell works without.", secret=True),
    Option("OPENAI_BASE_URL", "Any OpenAI-compatible server."),
    Option("OPENAI_MODEL", "The model's name there."),
    Option("DUNWELL_SANDBOX_URL", "The demo world's control address (the demo sets it)."),
    Option("DUNWELL_SANDBOX_TOKEN", "Its token (the demo sets it).", secret=True),
)
OPTIONS = {option.name: option for option in _ALL}
