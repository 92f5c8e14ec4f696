"""Who may call: the OAuth 2.0 token endpoint, bearer tokens, and token-based authentication."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import jwt
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sandbox.netsuite.access.oauth1 import signature_of, split_header
from sandbox.netsuite.access.roles import LOGIN, Role
from sandbox.netsuite.store import ErpStore
from sandbox.netsuite.wallclock import utc_seconds
from security.tokens import same

OAUTH_PATH = "/services/rest/auth/oauth2/v1/token"
TOKEN_SECONDS = 3600
ALGORITHMS = ("PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_CLOCK_SKEW = 60
_NONCES_KEPT = 10_000
_TIMESTAMP_SECONDS = 300


class TokenRefused(Exception):
    """An OAuth 2.0 error of the token endpoint: `error` is its registered code."""

    def __init__(self, error: str, status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.status = status


@dataclass(frozen=True, slots=True)
class Call:
    """What a signature covers of a request; any of `urls` may be the address that was signed."""

    method: str
    urls: tuple[str, ...]
    query: tuple[tuple[str, str], ...]
    body: bytes


class Gatekeeper:
    """Issues and checks credentials. `audiences` tells the token URLs that mean this account."""

    def __init__(
        self, store: ErpStore, clock: Callable[[], datetime], realm: str, role: Role
    ) -> None:
        self._store = store
        self._clock = clock
        self._realm = realm
        self._role = role
        self._nonces: dict[str, None] = {}

    def issue(self, form: Mapping[str, str], audiences: frozenset[str]) -> dict[str, object]:
        """The token response for a client-credentials request. Raises TokenRefused."""
        if form.get("grant_type") != "client_credentials":
            raise TokenRefused("unsupported_grant_type")
        if form.get("client_assertion_type") != ASSERTION_TYPE:
            raise TokenRefused("invalid_request")
        client_id = self._client_of(form.get("client_assertion", ""), audiences)
        if not self._role.has(LOGIN, "FULL"):
            raise TokenRefused("invalid_grant")
        token = secrets.token_urlsafe(48)
        expires_at = utc_seconds(self._clock()) + TOKEN_SECONDS
        self._store.execute(
            "INSERT INTO _token VALUES (?, ?, ?)", (_stored(token), client_id, expires_at)
        )
        return {"access_token": token, "expires_in": str(TOKEN_SECONDS), "token_type": "bearer"}

    def _client_of(self, assertion: str, audiences: frozenset[str]) -> str:
        try:
            header = jwt.get_unverified_header(assertion)
            claimed = jwt.decode(assertion, options={"verify_signature": False})
        except jwt.InvalidTokenError as error:
            raise TokenRefused("invalid_request") from error
        if header.get("alg") not in ALGORITHMS:
            raise TokenRefused("invalid_request")
        client_id, certificate_id = str(claimed.get("iss")), str(header.get("kid"))
        pem = self._store.row(
            "SELECT public_key FROM _integration WHERE client_id = ? AND certificate_id = ?",
            (client_id, certificate_id),
        )
        if pem is None:
            raise TokenRefused("invalid_client", 401)
        self._verify(assertion, str(pem[0]), str(header["alg"]), audiences)
        return client_id

    def _verify(self, assertion: str, pem: str, algorithm: str, audiences: frozenset[str]) -> None:
        try:
            claims = jwt.decode(
                assertion,
                _public_pem(pem),
                algorithms=[algorithm],
                audience=sorted(audiences),
                options={
                    "require": ["iss", "aud", "exp", "iat", "scope"],
                    "verify_exp": False,
                    "verify_iat": False,
                },
            )
            issued, expires = int(claims["iat"]), int(claims["exp"])
        except (jwt.InvalidSignatureError, jwt.InvalidKeyError, TypeError) as error:
            raise TokenRefused("invalid_client", 401) from error
        except (jwt.InvalidTokenError, ValueError) as error:
            raise TokenRefused("invalid_request") from error
        now = utc_seconds(self._clock())
        if expires - issued >= TOKEN_SECONDS or expires <= issued:
            raise TokenRefused("invalid_request")
        if issued > now + _CLOCK_SKEW or expires < now - _CLOCK_SKEW:
            raise TokenRefused("invalid_request")
        if "rest_webservices" not in str(claims["scope"]):
            raise TokenRefused("invalid_grant")

    def admits(self, authorization: str, call: Call) -> bool:
        """Whether an Authorization header opens the REST services for this call."""
        scheme, _, rest = authorization.partition(" ")
        if scheme.lower() == "bearer":
            return self._bearer(rest.strip())
        return scheme.lower() == "oauth" and self._signed(rest, call)

    def _bearer(self, token: str) -> bool:
        found = self._store.row("SELECT expires_at FROM _token WHERE token = ?", (_stored(token),))
        return found is not None and int(found[0]) > utc_seconds(self._clock())

    def _signed(self, header: str, call: Call) -> bool:
        sent = split_header(header)
        known = self._store.row(
            "SELECT consumer_secret, token_secret FROM _tba"
            " WHERE consumer_key = ? AND token_id = ?",
            (sent.get("oauth_consumer_key"), sent.get("oauth_token")),
        )
        if known is None or sent.get("realm", "").upper() != self._realm:
            return False
        if sent.get("oauth_signature_method") != "HMAC-SHA256" or not self._timely(sent):
            return False
        secrets_of = (str(known[0]), str(known[1]))
        given = sent.get("oauth_signature", "")
        fits = any(
            same(signature_of(call.method, url, call.query, sent, *secrets_of), given)
            for url in call.urls
        )
        return fits and _body_fits(sent, call.body) and self._unused(sent)

    def _timely(self, sent: Mapping[str, str]) -> bool:
        stamp = sent.get("oauth_timestamp", "")
        if not stamp.isdecimal() or len(stamp) > 12:
            return False
        return abs(utc_seconds(self._clock()) - int(stamp)) <= _TIMESTAMP_SECONDS

    def _unused(self, sent: Mapping[str, str]) -> bool:
        """Whether timestamp and nonce were never seen together before (RFC 5849, section 3.3)."""
        known = f"{sent['oauth_timestamp']} {sent.get('oauth_nonce', '')}"
        if known in self._nonces:
            return False
        self._nonces[known] = None
        if len(self._nonces) > _NONCES_KEPT:
            del self._nonces[next(iter(self._nonces))]
        return True

    def expire_tokens(self) -> None:
        """Every bearer token issued so far stops working."""
        self._store.execute("DELETE FROM _token")


def _body_fits(sent: Mapping[str, str], body: bytes) -> bool:
    """Whether an optional body hash fits. Clients in use hash with SHA-1 under HMAC-SHA256 too."""
    claimed = sent.get("oauth_body_hash")
    if claimed is None:
        return True
    digests = (hashlib.sha256(body), hashlib.sha1(body, usedforsecurity=False))
    return any(same(claimed, base64.b64encode(d.digest()).decode()) for d in digests)


def _stored(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _public_pem(pem: str) -> str:
    """The public key of a PEM that holds a key or a certificate."""
    if "CERTIFICATE" not in pem:
        return pem
    key = x509.load_pem_x509_certificate(pem.encode()).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
