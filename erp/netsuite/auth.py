"""Who we are to NetSuite: OAuth 2.0 client credentials, or token-based authentication."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal, Protocol
from urllib.parse import urlencode

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from oauthlib.oauth1 import SIGNATURE_HMAC_SHA256, Client

from erp.netsuite.config import NetSuiteConfig, OAuth2Credentials, TbaCredentials
from erp.netsuite.errors import problem_of
from erp.netsuite.wire import decode
from erp.port import ErpRefused, ErpUnavailable
from security.tokens import new_secret

Clock = Callable[[], datetime]
Method = Literal["GET", "POST", "PATCH"]

LOGIN_PATH = "/services/rest/auth/oauth2/v1/token"
_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_CURVES = {256: "ES256", 384: "ES384", 521: "ES512"}
_CAUSES = {
    "invalid_client": "the certificate id, client id and private key do not belong together",
    "invalid_grant": "the client credentials mapping has no valid user and role",
    "unsupported_grant_type": "the integration record lacks the client credentials grant",
    "invalid_request": "the assertion was refused; check the clock of this machine",
}


class Authorizer(Protocol):
    """Makes the Authorization header of a request."""

    async def header(self, method: Method, url: str) -> str:
        """The header for `url`, query string included. Raises ErpUnavailable or ErpRefused."""
        ...

    def refused(self, header: str) -> bool:
        """NetSuite answered 401 to `header`: whether a new one is worth a second try."""
        ...


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    renew_at: datetime
    ends_at: datetime


class OAuth2Authorizer:
    """Bearer tokens by a signed assertion; one request at a time fetches, all others wait."""

    def __init__(
        self, config: NetSuiteConfig, own: OAuth2Credentials, http: httpx.AsyncClient, clock: Clock
    ) -> None:
        self._url = config.host + LOGIN_PATH
        self._own = own
        self._http = http
        self._clock = clock
        self._algorithm = signing_algorithm(own.private_key_pem)
        self._token: _Token | None = None
        self._fetching = asyncio.Lock()

    async def header(self, method: Method, url: str) -> str:
        del method, url
        async with self._fetching:
            token = self._token
            if token is None or self._clock() >= token.renew_at:
                token = await self._renewed(token)
            self._token = token
        return f"Bearer {token.text}"

    def refused(self, header: str) -> bool:
        if self._token is not None and header == f"Bearer {self._token.text}":
            self._token = None
        return True

    async def _renewed(self, old: _Token | None) -> _Token:
        """A new token; the old one while it still lives and the endpoint does not answer."""
        try:
            return await self._fetch()
        except ErpUnavailable:
            if old is not None and self._clock() < old.ends_at:
                return old
            raise

    async def _fetch(self) -> _Token:
        now = self._clock()
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": _ASSERTION_TYPE,
            "client_assertion": assertion(self._own, self._algorithm, self._url, now),
        }
        try:
            response = await self._http.post(
                self._url,
                content=urlencode(form),
                headers={"Content-Type": "application/x-www-form-urlencoded"},
            )
        except httpx.TransportError as error:
            raise ErpUnavailable(f"the token endpoint: {type(error).__name__}") from None
        if response.status_code == 429 or response.status_code >= 500:
            raise ErpUnavailable(f"the token endpoint answered {response.status_code}")
        if response.status_code != 200:
            raise ErpRefused(_refusal(response, now))
        return _token_of(response.content, now)


class TbaAuthorizer:
    """OAuth 1.0a signatures with HMAC-SHA256 over method, address and query."""

    def __init__(self, config: NetSuiteConfig, own: TbaCredentials, clock: Clock) -> None:
        self._realm = config.realm
        self._own = own
        self._clock = clock

    async def header(self, method: Method, url: str) -> str:
        return signature_header(
            self._own,
            self._realm,
            method,
            url,
            timestamp=int(self._clock().timestamp()),
            nonce=new_secret(16),
        )

    def refused(self, header: str) -> bool:
        del header
        return False


def signature_header(
    own: TbaCredentials, realm: str, method: Method, url: str, *, timestamp: int, nonce: str
) -> str:
    """The Authorization header of one signed request (RFC 5849); a JSON body is not signed."""
    client = Client(
        own.consumer_key,
        client_secret=own.consumer_secret,
        resource_owner_key=own.token_id,
        resource_owner_secret=own.token_secret,
        signature_method=SIGNATURE_HMAC_SHA256,
        realm=realm,
        timestamp=str(timestamp),
        nonce=nonce,
    )
    _, headers, _ = client.sign(url, http_method=method)
    return str(headers["Authorization"])


def authorizer(config: NetSuiteConfig, http: httpx.AsyncClient, clock: Clock) -> Authorizer:
    """The authorizer for the configured credentials."""
    match config.credentials:
        case OAuth2Credentials() as own:
            return OAuth2Authorizer(config, own, http, clock)
        case TbaCredentials() as own:
            return TbaAuthorizer(config, own, clock)


def signing_algorithm(private_key_pem: str) -> str:
    """PS256 for RSA, the matching ES algorithm for a curve. Raises ErpRefused for other keys.

    NetSuite refuses RS256 (Oracle help section_162790605110).
    """
    try:
        key = load_pem_private_key(private_key_pem.encode(), password=None)
    except (ValueError, TypeError):
        raise ErpRefused("the private key is not an unencrypted PEM key") from None
    if isinstance(key, rsa.RSAPrivateKey):
        return "PS256"
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.key_size in _CURVES:
        return _CURVES[key.curve.key_size]
    raise ErpRefused("the private key must be RSA or an elliptic curve of 256, 384 or 521 bits")


def assertion(own: OAuth2Credentials, algorithm: str, audience: str, now: datetime) -> str:
    """The signed client assertion, valid for five minutes from five seconds ago."""
    issued = int(now.timestamp()) - 5
    return jwt.encode(
        {
            "iss": own.client_id,
            "scope": "rest_webservices",
            "aud": audience,
            "iat": issued,
            "exp": issued + 300,
        },
        own.private_key_pem,
        algorithm=algorithm,
        headers={"kid": own.certificate_id, "typ": "JWT"},
    )


def _token_of(body: bytes, now: datetime) -> _Token:
    try:
        raw = decode(body)
        text, seconds = str(raw["access_token"]), int(raw["expires_in"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ErpUnavailable("the token endpoint gave no token") from None
    return _Token(
        text, now + timedelta(seconds=seconds * 8 // 10), now + timedelta(seconds=seconds)
    )


def _refusal(response: httpx.Response, now: datetime) -> str:
    problem = problem_of(response.status_code, response.content)
    cause = _CAUSES.get(problem.code, problem.detail)
    return (
        f"login refused ({problem.code or problem.status}): {cause}{_skew(response.headers, now)}"
    )


def _skew(headers: Mapping[str, str], now: datetime) -> str:
    try:
        theirs = parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError):
        return ""
    seconds = int(abs((theirs - now).total_seconds()))
    return f"; its clock and ours differ by {seconds} s" if seconds > 60 else ""
