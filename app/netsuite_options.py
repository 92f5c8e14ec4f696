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
        "NETSUITE_RECEIVABLE_ACCOUNT_ID",
        "Internal id of the receivables account that journals for customers are posted to "
        "(write-offs, returned payments). Unset: such journals wait for a person.",
    ),
    Option(
        "NETSUITE_UNDEPOSITED_ACCOUNT_ID",
        "Internal id of Undeposited Funds, where payments are not posted to a bank account.",
    ),
    Option(
        "NETSUITE_BANK_ACCOUNT_IDS",
        "Which of our bank accounts is which account in NetSuite: number=internal id, "
        "comma-separated. One that is not listed is booked as NETSUITE_PAYMENT_ACCOUNT_ID says.",
    ),
    Option(
        "NETSUITE_STRIPE_CLEARING_ACCOUNT_ID",
        "Internal id of the account that Stripe's charges are booked to until Stripe pays out.",
    ),
    Option(
        "NETSUITE_BANK_FEE_ACCOUNT_ID",
        "Internal id of the expense account for what banks and Stripe keep.",
    ),
    Option(
        "NETSUITE_WRITE_OFF_ACCOUNT_ID",
        "Internal id of the expense account for small balances that are written off.",
    ),
    Option(
        "NETSUITE_WITHHOLDING_ACCOUNT_ID",
        "Internal id of the account for tax that customers withhold.",
    ),
    Option("NETSUITE_REFUND_ACCOUNT_ID", "Internal id of the bank account refunds leave from."),
    Option(
        "NETSUITE_REFUND_METHOD_ID",
        "Internal id of the payment method of refunds, where the form asks for one.",
    ),
    Option(
        "NETSUITE_BAD_DEBT_ITEM_ID",
        "Internal id of the item that write-offs are made with: booked to bad debt, without a "
        "revenue rule. Unset: write-offs wait for a person.",
    ),
    Option(
        "NETSUITE_UNDELIVERED_ITEM_ID",
        "Internal id of the item for what was never delivered of a written-off invoice: booked "
        "to deferred revenue, without a revenue rule.",
    ),
    Option(
        "NETSUITE_CONCESSION_ITEM_ID",
        "Internal id of the item for price concessions: booked to contra revenue.",
    ),
    Option(
        "NETSUITE_SMALL_DIFFERENCE_ITEM_ID",
        "Internal id of the item that small balances are written off with.",
    ),
    Option(
        "NETSUITE_TAX_ACCOUNT_ID",
        "Internal id of the account for sales tax; only for the preview of credits.",
    ),
    Option(
        "NETSUITE_BAD_DEBT_RECOVERY_ACCOUNT_ID",
        "Internal id of the income account for what is paid after it was written off.",
    ),
    Option(
        "NETSUITE_DISCOUNT_ACCOUNT_ID",
        "Internal id of the account NetSuite books payment discounts to; only for the preview.",
    ),
    Option(
        "NETSUITE_DEPOSITS_ACCOUNT_ID",
        "Internal id of Customer Deposits; only for the preview.",
    ),
    Option(
        "NETSUITE_EXCHANGE_ACCOUNT_ID",
        "Internal id of Realized Gain/Loss; only for the preview.",
    ),
    Option(
        "NETSUITE_JOURNAL_SUBSIDIARY_ID",
        "Internal id of the subsidiary of journals that belong to no customer, like Stripe's "
        "payouts; only where the account has several.",
    ),
    Option(
        "NETSUITE_PARENT_PAYMENTS",
        "off: a payment settles its own customer's invoices only; consolidated: also those of "
        "customers below it (the feature Consolidated Payments); top_level: it must be on the "
        "customer on top (the preference for that).",
        "consolidated",
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
        "Script id of a customer field with an IANA time zone; without it that of the place.",
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
