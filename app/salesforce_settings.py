"""How Salesforce is read: which organisation, as whom, and what its own fields mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import cast, get_args
from urllib.parse import urlsplit

from app.option import Option
from domain.ledger.deal import Frequency, PricedPer
from sources.salesforce.config import (
    ClientCredentials,
    FieldNames,
    JwtBearer,
    Reading,
    SalesforceSettings,
    Timing,
)

URL, CLIENT, SECRET = "SALESFORCE_URL", "SALESFORCE_CLIENT_ID", "SALESFORCE_CLIENT_SECRET"
USER, KEY_FILE = "SALESFORCE_USERNAME", "SALESFORCE_PRIVATE_KEY_FILE"
FIELDS, WORDS, FROM = "SALESFORCE_FIELDS", "SALESFORCE_FREQUENCIES", "SALESFORCE_FROM"
PRICED, TIMING, CURRENCY = "SALESFORCE_PRICED_PER", "SALESFORCE_TIMING", "SALESFORCE_CURRENCY"
_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")
_WORD = re.compile(r"([^=,]{1,60})=([a-z_]+)(?::([0-9]{1,2}))?")
_KNOWN = tuple(part.name for part in fields(FieldNames))
_Problems = list[tuple[str, str]]
_Text = Callable[[str], str]

SALESFORCE_OPTIONS = (
    Option(URL, "My Domain, like https://acme.my.salesforce.com; unset: no Salesforce."),
    Option(CLIENT, "The consumer key of the connected app."),
    Option(SECRET, "Its consumer secret, for client credentials.", secret=True),
    Option(USER, "The user to act as, for a login by certificate (JWT bearer)."),
    Option(KEY_FILE, "The RSA key of that certificate, PEM without a passphrase."),
    Option("SALESFORCE_POLL_SECONDS", "Seconds between two looks for changes.", "300"),
    Option(FROM, "The day (YYYY-MM-DD) from which the first look counts changes."),
    Option("SALESFORCE_USAGE_PERCENT", "Of the day's API requests, how many may be used.", "80"),
    Option(CURRENCY, "The currency of an organisation that has only one."),
    Option(
        FIELDS,
        "Your own fields: meaning=API name, comma-separated, for example "
        "line_end=End_Date__c,line_frequency=Billing_Frequency__c.",
    ),
    Option(WORDS, "Your words for how often: word=frequency or word=month:2, comma-separated."),
    Option(PRICED, "What a recurring line's total is for: period, month, year or term."),
    Option(TIMING, "When recurring lines are billed that do not say: advance or arrears."),
    Option("SALESFORCE_ACCEPTED_QUOTE", "Status of a quote the customer accepted.", "Accepted"),
    Option("SALESFORCE_BILLING_ROLES", "Contact roles that receive invoices.", "Billing"),
)


@dataclass(frozen=True, slots=True)
class SalesforcePolling:
    """How Salesforce is read, how often, and from which day the first time (None: from now)."""

    settings: SalesforceSettings
    poll_seconds: int
    since: date | None


def read_salesforce(
    text: _Text, number: Callable[[str, int, int], int], address: Callable[[str], str]
) -> tuple[SalesforcePolling | None, _Problems]:
    """The settings, and what is wrong with them by name."""
    url, seconds = address(URL), number("SALESFORCE_POLL_SECONDS", 30, 86_400)
    percent = number("SALESFORCE_USAGE_PERCENT", 1, 100)
    if not url:
        names = (CLIENT, SECRET, USER, KEY_FILE, FIELDS)
        return None, [(name, f"is set, but {URL} is not") for name in names if text(name)]
    problems = _url_problems(url)
    settings = SalesforceSettings(
        url, _credentials(text, url, problems), _reading(text, problems), usage_percent=percent
    )
    return SalesforcePolling(settings, seconds, _day(text, problems)), problems


def _url_problems(url: str) -> _Problems:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.path or host in ("login.salesforce.com", "test.salesforce.com"):
        return [(URL, "must be your My Domain alone, like https://acme.my.salesforce.com")]
    if parts.scheme != "https" and host not in ("127.0.0.1", "localhost"):
        return [(URL, "must begin with https://")]
    return []


def _credentials(text: _Text, url: str, problems: _Problems) -> ClientCredentials | JwtBearer:
    if not text(CLIENT):
        problems.append((CLIENT, f"is missing: {URL} is set"))
    if text(SECRET) or not (text(USER) or text(KEY_FILE)):
        if not text(SECRET):
            problems.append((SECRET, f"is missing: set it, or {USER} and {KEY_FILE}"))
        problems += [(n, f"is set beside {SECRET}: keep one") for n in (USER, KEY_FILE) if text(n)]
        return ClientCredentials(text(CLIENT), text(SECRET))
    problems += [(n, "is missing for a login by certificate") for n in (USER, KEY_FILE)
                 if not text(n)]  # fmt: skip
    audience = "test" if ".sandbox." in url else "login"
    key = _key(text(KEY_FILE), problems) if text(KEY_FILE) else ""
    return JwtBearer(text(CLIENT), text(USER), key, f"https://{audience}.salesforce.com")


def _key(name: str, problems: _Problems) -> str:
    from sources.salesforce.rest.auth import check_key

    try:
        key = Path(name).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        problems.append((KEY_FILE, f"cannot be read: {Path(name)}"))
        return ""
    wrong = check_key(key)
    if wrong:
        problems.append((KEY_FILE, wrong))
    return key


def _reading(text: _Text, problems: _Problems) -> Reading:
    currency = text(CURRENCY)
    if currency and not re.fullmatch(r"[A-Z]{3}", currency):
        problems.append((CURRENCY, f"must be a code like EUR, not {currency!r}"))
    return Reading(
        currency,
        _fields(text(FIELDS), problems),
        _frequencies(text(WORDS), problems),
        cast("PricedPer | None", _one_of(text, PRICED, get_args(PricedPer), problems)),
        cast("Timing | None", _one_of(text, TIMING, get_args(Timing), problems)),
        _listed(text("SALESFORCE_ACCEPTED_QUOTE")),
        _listed(text("SALESFORCE_BILLING_ROLES")),
    )


def _fields(text: str, problems: _Problems) -> FieldNames:
    found: dict[str, str] = {}
    for part in _listed(text):
        meaning, _, api_name = (piece.strip() for piece in part.partition("="))
        if meaning not in _KNOWN:
            close = get_close_matches(meaning, _KNOWN, 1)
            hint = f"; did you mean {close[0]}?" if close else f"; known: {', '.join(_KNOWN)}"
            problems.append((FIELDS, f"{meaning[:60]!r} is no meaning of a field{hint}"))
        elif not _FIELD.fullmatch(api_name):
            problems.append((FIELDS, f"{part[:90]!r} must look like {meaning}=Some_Field__c"))
        else:
            found[meaning] = api_name
    return FieldNames(**found)


def _frequencies(text: str, problems: _Problems) -> tuple[tuple[str, Frequency, int], ...]:
    found: list[tuple[str, Frequency, int]] = []
    for part in _listed(text):
        match = _WORD.fullmatch(part)
        if match is None or match[2] not in get_args(Frequency) or match[3] in ("0", "00"):
            known = ", ".join(get_args(Frequency))
            problems.append((WORDS, f"{part[:90]!r} must look like Half-term=month:2; {known}"))
        else:
            found.append((match[1].strip(), cast("Frequency", match[2]), int(match[3] or 1)))
    return tuple(found)


def _one_of(text: _Text, name: str, known: tuple[str, ...], problems: _Problems) -> str | None:
    if text(name) and text(name) not in known:
        problems.append((name, f"must be one of {', '.join(known)}, not {text(name)[:40]!r}"))
        return None
    return text(name) or None


def _day(text: _Text, problems: _Problems) -> date | None:
    try:
        return date.fromisoformat(text(FROM)) if text(FROM) else None
    except ValueError:
        problems.append((FROM, f"must be a day like 2026-01-31, not {text(FROM)[:40]!r}"))
        return None


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
