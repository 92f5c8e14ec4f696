"""The settings of what may differ between NetSuite accounts; the doctor finds most of it wrong."""

from __future__ import annotations

from app.option import Option

NETSUITE_OPTIONS = (
    Option("NETSUITE_READ_SECONDS", "How long a read may take.", "60"),
    Option("NETSUITE_WRITE_SECONDS", "How long a write may take before it is unclear.", "120"),
    Option(
        "NETSUITE_BASE_CURRENCY",
        "The currency of an account without the Multiple Currencies feature; else not used.",
        "USD",
    ),
    Option(
        "NETSUITE_TIME_ZONE",
        "The zone of times in SuiteQL, for example America/Los_Angeles; unset: measured against "
        "NetSuite's UTC times. With it, times of the other half of the year are exact too.",
    ),
    Option("NETSUITE_ACCOUNTING_BOOK", "Internal id of the primary accounting book.", "1"),
    Option(
        "NETSUITE_LINK_TYPES",
        "The linktype values of links that settle a document, comma-separated.",
        "Payment",
    ),
    Option(
        "NETSUITE_INVOICE_STATUSES",
        "What the status letters of invoices mean: open, paid, pending_approval, rejected, voided.",
        "A=open,B=paid,D=pending_approval,E=rejected,V=voided",
    ),
    Option(
        "NETSUITE_UNDEPOSITED_IDS",
        "The ids of a payment's undepFunds field: to undeposited funds, to a bank account.",
        "T,F",
    ),
    Option(
        "NETSUITE_BALANCE_COLUMN",
        "The customer column with the balance in the customer's currency.",
        "balancesearch",
    ),
    Option(
        "NETSUITE_LINE_DATE_COLUMNS",
        "The transaction line columns with the first and last day a line is for.",
        "revrecstartdate,revrecenddate",
    ),
    Option(
        "NETSUITE_LINE_DATE_FIELDS",
        "The same two as fields of an invoice's item lines.",
        "revRecStartDate,revRecEndDate",
    ),
    Option(
        "NETSUITE_DEFERRAL_COLUMN",
        "The item column with the account that revenue is deferred to.",
        "deferralaccount",
    ),
    Option(
        "NETSUITE_CUSTOMER_NUMBERS",
        "auto: the account numbers new customers itself; name: their name is their id.",
        "auto",
    ),
    Option(
        "NETSUITE_FIELD_TIMEZONE",
        "Script id of a customer field with an IANA time zone.",
        "custentity_dw_timezone",
    ),
    Option(
        "NETSUITE_FIELD_COUNTRY",
        "Script id of a customer field with a two-letter country.",
        "custentity_dw_country",
    ),
    Option(
        "NETSUITE_FIELD_REGION",
        "Script id of a customer field with a state or region.",
        "custentity_dw_region",
    ),
    Option(
        "NETSUITE_FIELD_STRIPE_CUSTOMER",
        "Script id of a customer field with the customer's id at Stripe.",
        "custentity_dw_stripe_customer",
    ),
    Option(
        "NETSUITE_FIELD_CONTACT_ROLE",
        "Script id of a contact field with primary, billing, signatory or other.",
        "custentity_dw_role",
    ),
    Option(
        "NETSUITE_FIELD_CONTACT_LANGUAGE",
        "Script id of a contact field with a language code.",
        "custentity_dw_language",
    ),
    Option(
        "NETSUITE_FIELDS_KEPT",
        "Script ids of further fields of transactions (custbody...) and customers (custentity...) "
        "to mirror as they are, separated by commas.",
        "",
    ),
)
