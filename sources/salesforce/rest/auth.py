"""Who we are to Salesforce: OAuth 2.0 client credentials, or a signed JWT assertion."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from sources.salesforce.config import ClientCredentials, Clock, JwtBearer, SalesforceSettings
from sources.salesforce.errors import SalesforceRefused, SalesforceUnavailable
from sources.salesforce.rest.wire import decode, mapping_of

LOGIN_PATH = "/services/oauth2/token"
_JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_ASSERTION_SECONDS = 120
_TOKEN = re.compile(r"[!-~]{1,4000}")
_CAUSES = {
    "invalid_client_id": "the consumer key is not known there",
    "invalid_client": "consumer key and secret do not belong together",
    "invalid_app_access": "the user may not use the connected app: pre-authorize its profile",
    "inactive_user": "the user it runs as is inactive",
    "inactive_org": "the organisation is inactive",
    "unsupported_grant_type": "the connected app does not allow this flow",
}


class Login:
    """One access token, fetched when first needed and again when Salesforce refuses it.

    Salesforce does not say how long a token lives: the session settings decide.
    """

    def __init__(self, http: httpx.AsyncClient, settings: SalesforceSettings, clock: Clock) -> None:
        self._http = http
        self._settings = settings
        self._clock = clock
        self._token = ""
        self._fetching = asyncio.Lock()

    async def token(self) -> str:
        """The token, one request at a time. Raises SalesforceUnavailable or SalesforceRefused."""
        async with self._fetching:
            if not self._token:
                self._token = await self._fetch()
            return self._token

    def refused(self, token: str) -> None:
        """Salesforce answered INVALID_SESSION_ID to this token: the next one will be new."""
        if token == self._token:
            self._token = ""

    async def _fetch(self) -> str:
        now = self._clock()
        form = _form(self._settings.credentials, now)
        try:
            response = await self._http.post(
                self._settings.url + LOGIN_PATH, data=form, follow_redirects=False
            )
        except httpx.TransportError as error:
            raise SalesforceUnavailable(f"the login: {type(error).__name__}") from None
        if response.status_code == 429 or response.status_code >= 500:
            raise SalesforceUnavailable(f"the login answered {response.status_code}")
        if response.status_code != 200:
            raise SalesforceRefused(_refusal(response, now), "login")
        return _token_of(response.content, self._settings.url)


def check_key(private_key_pem: str) -> str:
    """What is wrong with a key for RS256, the only algorithm Salesforce takes; empty if nothing."""
    try:
        key = load_pem_private_key(private_key_pem.encode(), password=None)
    except (ValueError, TypeError):
        return "is not an unencrypted PEM key"
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < 2_048:
        return "must be an RSA key of 2048 bits or more"
    return ""


def _form(own: ClientCredentials | JwtBearer, now: datetime) -> dict[str, str]:
    match own:
        case ClientCredentials():
            return {
                "grant_type": "client_credentials",
                "client_id": own.client_id,
                "client_secret": own.client_secret,
            }
        case JwtBearer():
            return {"grant_type": _JWT_GRANT, "assertion": _assertion(own, now)}


def _assertion(own: JwtBearer, now: datetime) -> str:
    """Salesforce accepts an `exp` at most three minutes ahead; a minute is left for its clock."""
    wrong = check_key(own.private_key_pem)
    if wrong:
        raise SalesforceRefused(f"the private key {wrong}", "login")
    claims = {
        "iss": own.client_id,
        "sub": own.username,
        "aud": own.audience,
        "exp": int(now.timestamp()) + _ASSERTION_SECONDS,
    }
    return jwt.encode(claims, own.private_key_pem, algorithm="RS256")


def _token_of(body: bytes, url: str) -> str:
    """The token of an answer that points to the configured organisation and nowhere else."""
    try:
        raw = mapping_of(decode(body))
        token, instance = raw["access_token"], raw["instance_url"]
        elsewhere = _origin(instance) != _origin(url)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SalesforceUnavailable("the login gave no token") from None
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise SalesforceUnavailable("the login gave no token")
    if elsewhere:
        raise SalesforceRefused(
            f"the login leads to {str(instance)[:200]!r}, but {url} is configured", "login"
        )
    return token


def _origin(url: str) -> tuple[str, str, int]:
    parts = urlsplit(url)
    default = 443 if parts.scheme == "https" else 80
    return parts.scheme, (parts.hostname or "").lower(), parts.port or default


def _refusal(response: httpx.Response, now: datetime) -> str:
    try:
        raw = mapping_of(decode(response.content))
        code, detail = str(raw.get("error", "")), str(raw.get("error_description", ""))
    except ValueError:
        code, detail = "", ""
    told = (detail[:200], _CAUSES.get(code, ""), _skew(response.headers, now))
    words = "; ".join(part for part in told if part)
    return f"login refused ({code[:60] or response.status_code}): {words}".rstrip(": ")


def _skew(headers: Mapping[str, str], now: datetime) -> str:
    try:
        theirs = parsedate_to_datetime(headers["Date"])
    except (KeyError, ValueError):
        return ""
    seconds = int(abs(theirs.timestamp() - now.timestamp()))
    return f"its clock and ours differ by {seconds} s" if seconds > 30 else ""
