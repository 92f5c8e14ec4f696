"""Settings of Salesforce: read whole, and each mistake told by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.salesforce_settings import SalesforcePolling
from app.settings import SettingsError, load
from sources.salesforce.config import ClientCredentials, JwtBearer
from tests.sources.salesforce.office import key_pair

BY_SECRET = {
    "SALESFORCE_URL": "https://acme.my.salesforce.com/",
    "SALESFORCE_CLIENT_ID": "3MVG9app",
    "SALESFORCE_CLIENT_SECRET": "the-secret",
}


def read(**given: str) -> SalesforcePolling:
    found = load({**BY_SECRET, **given}).salesforce
    assert found is not None
    return found


def wrong(**given: str) -> str:
    with pytest.raises(SettingsError) as error:
        load({**BY_SECRET, **given})
    return str(error.value)


def test_without_an_address_there_is_no_salesforce() -> None:
    assert load({}).salesforce is None
    assert "SALESFORCE_URL is not" in wrong(SALESFORCE_URL="")


def test_client_credentials_and_an_organisations_own_fields() -> None:
    found = read(
        SALESFORCE_FIELDS="line_end=End_Date__c, line_frequency = SBQQ__BillingFrequency__c",
        SALESFORCE_FREQUENCIES="Each term=month:4,Whole=once",
        SALESFORCE_PRICED_PER="year",
        SALESFORCE_TIMING="arrears",
        SALESFORCE_CURRENCY="EUR",
        SALESFORCE_FROM="2026-01-31",
        SALESFORCE_BILLING_ROLES="Billing, Accounts Payable",
    )
    settings, how = found.settings, found.settings.reading
    assert settings.url == "https://acme.my.salesforce.com"
    assert settings.credentials == ClientCredentials("3MVG9app", "the-secret")
    assert (how.fields.line_end, how.fields.line_frequency) == (
        "End_Date__c", "SBQQ__BillingFrequency__c",
    )  # fmt: skip
    assert how.frequencies == (("Each term", "month", 4), ("Whole", "once", 1))
    assert (how.priced_per, how.timing, how.currency) == ("year", "arrears", "EUR")
    assert (found.since, found.poll_seconds) == (date(2026, 1, 31), 300)
    assert how.billing_roles == ("Billing", "Accounts Payable")
    assert "the-secret" not in repr(found)


def test_a_certificate_in_a_sandbox(tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_text(key_pair()[0])
    found = read(
        SALESFORCE_URL="https://acme--uat.sandbox.my.salesforce.com",
        SALESFORCE_CLIENT_SECRET="",
        SALESFORCE_USERNAME="dunwell@acme.example.uat",
        SALESFORCE_PRIVATE_KEY_FILE=str(key),
    ).settings.credentials
    assert isinstance(found, JwtBearer)
    assert found.audience == "https://test.salesforce.com"
    assert "PRIVATE KEY" not in repr(found)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"SALESFORCE_URL": "https://login.salesforce.com"}, "must be your My Domain"),
        ({"SALESFORCE_URL": "https://acme.my.salesforce.com/x"}, "must be your My Domain"),
        ({"SALESFORCE_URL": "http://acme.my.salesforce.com"}, "must begin with https"),
        ({"SALESFORCE_CLIENT_ID": ""}, "SALESFORCE_CLIENT_ID: is missing"),
        ({"SALESFORCE_CLIENT_SECRET": ""}, "SALESFORCE_CLIENT_SECRET: is missing"),
        ({"SALESFORCE_USERNAME": "me"}, "SALESFORCE_USERNAME: is set beside"),
        ({"SALESFORCE_CLIENT_SECRET": "", "SALESFORCE_USERNAME": "me"}, "KEY_FILE: is missing"),
        ({"SALESFORCE_CLIENT_SECRET": "", "SALESFORCE_PRIVATE_KEY_FILE": "/no"}, "cannot be read"),
        ({"SALESFORCE_FIELDS": "line_ends=End__c"}, "did you mean line_end?"),
        ({"SALESFORCE_FIELDS": "line_end=End Date"}, "must look like line_end="),
        ({"SALESFORCE_FREQUENCIES": "Often=sometimes"}, "must look like"),
        ({"SALESFORCE_FREQUENCIES": "Often=month:0"}, "must look like"),
        ({"SALESFORCE_PRICED_PER": "week"}, "must be one of period, month, year, term"),
        ({"SALESFORCE_TIMING": "later"}, "must be one of advance, arrears"),
        ({"SALESFORCE_CURRENCY": "euro"}, "must be a code like EUR"),
        ({"SALESFORCE_FROM": "yesterday"}, "must be a day"),
        ({"SALESFORCE_POLL_SECONDS": "1"}, "must be from 30"),
    ],
)
def test_each_mistake_is_told_by_name(given: dict[str, str], words: str) -> None:
    assert words in wrong(**given)
