"""Settings: each problem is named with its fix, each option counts, no secret is shown."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path

import pytest

from app.options import OPTIONS
from app.settings import SettingsError, load, read_file
from tests.sources.salesforce.office import key_pair

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "s3cr3t-value-that-is-long-enough-for-all"
NS = {"NETSUITE_ACCOUNT_ID": "1234567"}
SLACK = {"SLACK_BOT_TOKEN": "xoxb-first", "SLACK_APP_TOKEN": "xapp-first"}
HUBSPOT = {f"HUBSPOT_{name}": "first" for name in ("CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN")}
WEBHOOK_SECRET = f"whsec_{b64encode(SECRET.encode()).decode()}"


def complete(folder: Path) -> dict[str, str]:
    """Settings with every part configured."""
    key = folder / "key.pem"
    key.write_text("key")
    return {
        "DUNWELL_SANDBOX_URL": "http://127.0.0.1:1",
        "NETSUITE_ACCOUNT_ID": "1234567",
        "NETSUITE_CLIENT_ID": "client",
        "NETSUITE_CERTIFICATE_ID": "certificate",
        "NETSUITE_PRIVATE_KEY_FILE": str(key),
        "MAIL_FROM": "ar@seller.example",
        "SMTP_HOST": "mail.seller.example",
        "SMTP_USERNAME": "ar",
        "SMTP_PASSWORD": "first",
        "IMAP_HOST": "mail.seller.example",
        "IMAP_USERNAME": "ar",
        "IMAP_PASSWORD": "first",
        "STRIPE_API_KEY": "first",
        "STRIPE_WEBHOOK_SECRET": "first",
        "DUNWELL_WEBHOOK_URLS": "https://events.example/dunwell",
        "DUNWELL_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "BANK_SFTP_HOST": "sftp.bank.example",
        "BANK_SFTP_USERNAME": "seller",
        "BANK_SFTP_KEY_FILE": str(key),
        "BANK_SFTP_HOST_KEY": f"ssh-ed25519 {'A' * 60}",
        "OPENAI_API_KEY": "first",
        "OPENAI_MODEL": "small",
        "SALESFORCE_URL": "https://acme.my.salesforce.com",
        "SALESFORCE_CLIENT_ID": "first",
        "SALESFORCE_CLIENT_SECRET": "first",
        **HUBSPOT,
        **SLACK,
    }


def by_certificate(folder: Path) -> dict[str, str]:
    """Salesforce's other login, which a secret would contradict."""
    for name, pair in (("rsa.pem", key_pair()), ("other-rsa.pem", key_pair(1))):
        (folder / name).write_text(pair[0])
    return {
        "SALESFORCE_CLIENT_SECRET": "",
        "SALESFORCE_USERNAME": "first",
        "SALESFORCE_PRIVATE_KEY_FILE": str(folder / "rsa.pem"),
    }


def problems(**given: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(given)
    return caught.value.problems


def test_nothing_needs_to_be_set() -> None:
    settings = load({})
    assert settings.public_url == "http://127.0.0.1:8400"
    assert (settings.netsuite, settings.mail, settings.stripe, settings.model) == (None,) * 4


@pytest.mark.parametrize(
    ("given", "name", "words"),
    [
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL", "postgresql://"),
        ({"DUNWELL_PORT": "http"}, "DUNWELL_PORT", "whole number"),
        ({"DUNWELL_PORT": "٣"}, "DUNWELL_PORT", "whole number"),
        ({"DUNWELL_PORT": "70000"}, "DUNWELL_PORT", "65535"),
        ({"DUNWELL_SYNC_SECONDS": "0"}, "DUNWELL_SYNC_SECONDS", "from 1"),
        ({"DUNWELL_PUBLIC_URL": "seller.example"}, "DUNWELL_PUBLIC_URL", "https://"),
        ({"DUNWELL_SECRET_KEY": "short"}, "DUNWELL_SECRET_KEY", "32 characters"),
        ({"DUNWELL_LOG_LEVEL": "loud"}, "DUNWELL_LOG_LEVEL", "debug"),
        ({"NETSUITE_CLIENT_ID": "x"}, "NETSUITE_CLIENT_ID", "NETSUITE_ACCOUNT_ID"),
        ({"NETSUITE_ACCOUNT_ID": "1"}, "NETSUITE_PRIVATE_KEY_FILE", "oauth2"),
        ({"NETSUITE_ACCOUNT_ID": "1", "NETSUITE_AUTH": "tba"}, "NETSUITE_TBA_TOKEN_ID", "tba"),
        ({"NETSUITE_ACCOUNT_ID": "1", "NETSUITE_AUTH": "x"}, "NETSUITE_AUTH", "oauth2, tba"),
        ({"NETSUITE_ACCOUNT_ID": "1", "NETSUITE_LOOK_SECONDS": "a"}, "NETSUITE_LOOK_SECONDS", "30"),
        ({"MAIL_FROM": "ar@seller.example"}, "SMTP_HOST", "MAIL_FROM"),
        ({"IMAP_HOST": "mail.example"}, "SMTP_HOST", "IMAP_HOST"),
        ({"SMTP_HOST": "mail.example"}, "MAIL_FROM", "sender"),
        ({"SMTP_HOST": "m", "MAIL_FROM": "nobody"}, "MAIL_FROM", "ar@company.example"),
        ({"SMTP_HOST": "m", "MAIL_FROM": "a@b", "SMTP_USERNAME": "a"}, "SMTP_PASSWORD", "missing"),
        ({"SMTP_HOST": "m", "MAIL_FROM": "a@b", "IMAP_HOST": "m"}, "IMAP_PASSWORD", "missing"),
        ({"SMTP_HOST": "m", "MAIL_FROM": "a@b", "SMTP_SECURITY": "x"}, "SMTP_SECURITY", "starttls"),
        ({"STRIPE_WEBHOOK_SECRET": "x"}, "STRIPE_API_KEY", "STRIPE_WEBHOOK_SECRET"),
        ({"STRIPE_API_KEY": "x"}, "STRIPE_WEBHOOK_SECRET", "verified"),
        ({"DUNWELL_COLLECTIONS_FOR_NEW": "yes"}, "DUNWELL_COLLECTIONS_FOR_NEW", "off, on"),
        ({"DUNWELL_WEBHOOK_URLS": "https://e.example"}, "DUNWELL_WEBHOOK_SECRET", "missing"),
        ({"DUNWELL_WEBHOOK_SECRET": WEBHOOK_SECRET}, "DUNWELL_WEBHOOK_URLS", "missing"),
        ({"DUNWELL_WEBHOOK_SECRET": "short"}, "DUNWELL_WEBHOOK_SECRET", "whsec_"),
        ({"DUNWELL_WEBHOOK_URLS": "http://e.example/x"}, "DUNWELL_WEBHOOK_URLS", "https://"),
        ({"DUNWELL_WEBHOOK_URLS": "http://127.0.0.1.e.example"}, "DUNWELL_WEBHOOK_URLS", "https"),
        ({"DUNWELL_WEBHOOK_URLS": "https://u:p@e.example"}, "DUNWELL_WEBHOOK_URLS", "password"),
        ({"DUNWELL_WEBHOOK_URLS": "file:///etc/passwd"}, "DUNWELL_WEBHOOK_URLS", "https://"),
        ({"DUNWELL_WEBHOOK_URLS": "https://[::1"}, "DUNWELL_WEBHOOK_URLS", "like https://"),
        ({**NS, "NETSUITE_TIME_ZONE": "Mars/Olympus"}, "NETSUITE_TIME_ZONE", "no zone"),
        ({**NS, "NETSUITE_INVOICE_STATUSES": "A=frei"}, "NETSUITE_INVOICE_STATUSES", "A=open"),
        ({**NS, "NETSUITE_UNDEPOSITED_IDS": "T"}, "NETSUITE_UNDEPOSITED_IDS", "two names"),
        ({**NS, "NETSUITE_LINK_TYPES": ","}, "NETSUITE_LINK_TYPES", "at least one"),
        ({**NS, "NETSUITE_BALANCE_COLUMN": "a;b"}, "NETSUITE_BALANCE_COLUMN", "a column name"),
        ({**NS, "NETSUITE_FIELD_REGION": "A B"}, "NETSUITE_FIELD_REGION", "script id"),
        ({**NS, "NETSUITE_CUSTOMER_NUMBERS": "no"}, "NETSUITE_CUSTOMER_NUMBERS", "auto, name"),
        ({**NS, "NETSUITE_ACCOUNTING_BOOK": "x"}, "NETSUITE_ACCOUNTING_BOOK", "internal id"),
        ({**NS, "NETSUITE_BANK_FEE_ACCOUNT_ID": "fees"}, "NETSUITE_BANK_FEE_ACCOUNT_ID", "number"),
        ({**NS, "NETSUITE_BANK_ACCOUNT_IDS": "DE02"}, "NETSUITE_BANK_ACCOUNT_IDS", "=7"),
        ({**NS, "NETSUITE_PARENT_PAYMENTS": "yes"}, "NETSUITE_PARENT_PAYMENTS", "top_level"),
        ({"BANK_SFTP_HOST": "h"}, "BANK_SFTP_HOST_KEY", "is missing"),
        ({"BANK_SFTP_HOST": "h", "BANK_SFTP_HOST_KEY": "x"}, "BANK_SFTP_HOST_KEY", "public key"),
        ({"BANK_SFTP_HOST": "h", "BANK_SFTP_KEY_FILE": "/no"}, "BANK_SFTP_KEY_FILE", "no file"),
        ({"BANK_SFTP_USERNAME": "u"}, "BANK_SFTP_HOST", "is missing"),
        ({"DUNWELL_BANK_FOLDER": "/no/such"}, "DUNWELL_BANK_FOLDER", "no folder"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_APP_TOKEN", "SLACK_BOT_TOKEN is not"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN", "Socket Mode"),
        ({"SLACK_BOT_TOKEN": "1", "SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN", "xoxb-"),
        ({**SLACK, "SLACK_ALERTS_CHANNEL": "#ar"}, "SLACK_ALERTS_CHANNEL", "channel id"),
        ({**SLACK, "SLACK_ZONE": "Mars/Base"}, "SLACK_ZONE", "time zone"),
        ({"DUNWELL_NOTICE_ROUTES": "legal=#legal"}, "DUNWELL_NOTICE_ROUTES", "look like"),
        ({"HUBSPOT_REFRESH_TOKEN": "x"}, "HUBSPOT_CLIENT_ID", "is missing"),
        ({**HUBSPOT, "HUBSPOT_TOKEN": "x"}, "HUBSPOT_TOKEN", "not both"),
        ({"OPENAI_API_KEY": "x"}, "OPENAI_MODEL", "which"),
        ({"OPENAI_BASE_URL": "x", "OPENAI_MODEL": "m"}, "OPENAI_BASE_URL", "https://"),
    ],
)
def test_each_problem_is_named_with_its_fix(given: dict[str, str], name: str, words: str) -> None:
    (found,) = [line for line in problems(**given) if line.startswith(f"{name}: ")]
    assert words in found


def test_all_problems_are_told_at_once() -> None:
    found = problems(DUNWELL_PORT="x", STRIPE_API_KEY="k", MAIL_FROM="a@b")
    assert [line.partition(":")[0] for line in found] == [
        "DUNWELL_PORT",
        "SMTP_HOST",
        "STRIPE_WEBHOOK_SECRET",
    ]


def another(name: str, folder: Path) -> str:
    """A valid value that differs from the default and from `complete`."""
    special = {
        "DATABASE_URL": "postgresql://somewhere/db",
        "DUNWELL_LOG_LEVEL": "debug",
        "NETSUITE_AUTH": "tba",
        "NETSUITE_CUSTOMER_NUMBERS": "name",
        "NETSUITE_TIME_ZONE": "Europe/Berlin",
        "NETSUITE_UNDEPOSITED_IDS": "1,2",
        "NETSUITE_INVOICE_STATUSES": "A=open,B=paid,V=voided",
        "NETSUITE_LINE_DATE_COLUMNS": "custcol_from,custcol_to",
        "NETSUITE_LINE_DATE_FIELDS": "custcol_from,custcol_to",
        "NETSUITE_FIELDS_KEPT": "custbody_other",
        "NETSUITE_BANK_ACCOUNT_IDS": "DE02 1203=7, 123456789=12",
        "NETSUITE_PARENT_PAYMENTS": "top_level",
        "MAIL_FROM": "other@seller.example",
        "DUNWELL_BANK_FOLDER": str(folder),
        "SLACK_BOT_TOKEN": "xoxb-other",
        "SLACK_APP_TOKEN": "xapp-other",
        "SLACK_ALERTS_CHANNEL": "C0OTHER",
        "SLACK_DIGEST_HOUR": "7",
        "SLACK_ZONE": "Europe/Berlin",
        "DUNWELL_NOTICE_ROUTES": "legal=mail:legal@seller.example",
        "HUBSPOT_API_VERSION": "2026-09",
        "HUBSPOT_BILLED": "arrears",
        "HUBSPOT_CURRENCY": "EUR",
        "HUBSPOT_FROM": "2026-01-31",
        "HUBSPOT_PROPERTIES": "po_number=purchase_order",
        "HUBSPOT_ZONE": "Europe/Berlin",
        "SALESFORCE_CURRENCY": "EUR",
        "SALESFORCE_FIELDS": "line_end=End_Date__c",
        "SALESFORCE_FREQUENCIES": "Each term=month:4",
        "SALESFORCE_FROM": "2026-01-31",
        "SALESFORCE_PRICED_PER": "year",
        "SALESFORCE_TIMING": "arrears",
        "SALESFORCE_PRIVATE_KEY_FILE": str(folder / "other-rsa.pem"),
        "BANK_SFTP_DELETE": "on",
        "BANK_SFTP_HOST_KEY": f"ssh-rsa {'B' * 60}",
        "BANK_SFTP_KEY_FILE": str(folder / "other.pem"),
        "NETSUITE_PRIVATE_KEY_FILE": str(folder / "other.pem"),
        "DUNWELL_COLLECTIONS_FOR_NEW": "on",
        "DUNWELL_WEBHOOK_URLS": "http://[::1]:2/a,https://events.example/b",
        "DUNWELL_WEBHOOK_SECRET": f"{WEBHOOK_SECRET},whsec_{b64encode(bytes(32)).decode()}",
    }
    if name in special:
        return special[name]
    if name.endswith("_SECURITY"):
        return "none"
    if name.endswith(("_ACCOUNT_ID", "_METHOD_ID", "_SUBSIDIARY_ID", "_ITEM_ID")):
        return "77"
    if name.startswith("NETSUITE_FIELD_") or name.endswith("_COLUMN"):
        return "custentity_other"
    if name.endswith(("_URL", "_BASE")):
        return "http://127.0.0.1:2"
    return "77" if OPTIONS[name].default.replace(",", "").isdecimal() else SECRET


@pytest.mark.parametrize("name", sorted(OPTIONS.keys() - {"DUNWELL_SETTINGS_FILE"}))
def test_every_option_counts(name: str, tmp_path: Path) -> None:
    (tmp_path / "other.pem").write_text("other")
    tba = ("CONSUMER_KEY", "CONSUMER_SECRET", "TOKEN_ID", "TOKEN_SECRET")
    given = complete(tmp_path) | {f"NETSUITE_TBA_{part}": "first" for part in tba}
    if name in ("SALESFORCE_USERNAME", "SALESFORCE_PRIVATE_KEY_FILE"):
        given |= by_certificate(tmp_path)
    if name == "HUBSPOT_TOKEN":
        given |= dict.fromkeys(HUBSPOT, "")
    assert load(given) != load(given | {name: another(name, tmp_path)})


def test_every_name_in_the_code_is_an_option() -> None:
    pattern = re.compile(
        r'"((?:BANK|DUNWELL|NETSUITE|SMTP|IMAP|MAIL|STRIPE|OPENAI|HUBSPOT|SALESFORCE|SLACK)_[A-Z_]*[A-Z])"'
    )
    named = {
        name
        for path in (ROOT / "app").rglob("*.py")
        for name in pattern.findall(path.read_text(encoding="utf-8"))
    }
    assert len(named) > 30
    assert named - OPTIONS.keys() == set()


def test_no_secret_is_in_the_text_of_the_settings(tmp_path: Path) -> None:
    secrets = {name: SECRET for name, option in OPTIONS.items() if option.secret}
    secrets["DUNWELL_WEBHOOK_URLS"] = f"https://events.example/{SECRET}"
    secrets["DUNWELL_WEBHOOK_SECRET"] = WEBHOOK_SECRET
    secrets |= {"SLACK_BOT_TOKEN": f"xoxb-{SECRET}", "SLACK_APP_TOKEN": f"xapp-{SECRET}"}
    del secrets["HUBSPOT_TOKEN"]
    secrets["DATABASE_URL"] = f"postgresql://u:{SECRET}@127.0.0.1/x"
    settings = load(complete(tmp_path) | secrets)
    assert settings.stripe is not None
    assert settings.stripe.api_key == SECRET
    shown = f"{settings!r} {settings}"
    assert (SECRET in shown, WEBHOOK_SECRET in shown) == (False, False)


def test_what_can_hold_a_password_is_a_secret_option() -> None:
    wanted = re.compile(r"PASSWORD|SECRET|API_KEY|TOKEN|DATABASE_URL")
    assert [n for n, o in OPTIONS.items() if wanted.search(n) and not o.secret] == []


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    path = tmp_path / "dunwell.env"
    path.write_text('# ours\n\nDUNWELL_COMPANY_NAME = "Larkfield & Sons"\nDUNWELL_PORT=9000\n')
    settings = load({"DUNWELL_SETTINGS_FILE": str(path), "DUNWELL_PORT": "9001"})
    assert (settings.company_name, settings.port) == ("Larkfield & Sons", 9001)


def test_every_wrong_line_of_a_file_is_named_without_its_content(tmp_path: Path) -> None:
    path = tmp_path / "dunwell.env"
    path.write_text(f"{SECRET}\nDUNWELL_PROT=1\nDUNWELL_PORT=1\nDUNWELL_PORT=2\n")
    with pytest.raises(SettingsError) as caught:
        read_file(path)
    assert caught.value.problems == [
        "dunwell.env line 1: write NAME=value",
        "dunwell.env line 2: there is no setting DUNWELL_PROT; did you mean DUNWELL_PORT?",
        "dunwell.env line 4: DUNWELL_PORT is set twice; keep one",
    ]


def test_a_file_that_is_missing_or_no_text_is_said(tmp_path: Path) -> None:
    assert "there is no file" in problems(DUNWELL_SETTINGS_FILE=str(tmp_path / "no"))[0]
    path = tmp_path / "image"
    path.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in problems(DUNWELL_SETTINGS_FILE=str(path))[0]
