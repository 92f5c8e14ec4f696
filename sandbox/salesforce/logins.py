"""The token endpoint: connected apps, their users, and assertions that are really verified."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import jwt

from security.tokens import same

_JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
# An assertion may live three minutes (help.salesforce.com, OAuth 2.0 JWT bearer flow).
_LONGEST = 180
_ORG_ID = "00D000000000001EAA"


@dataclass(frozen=True, slots=True)
class ConnectedApp:
    """An app of the organisation; `runs_as` is whom client credentials act as.

    `users` are pre-authorized for the JWT flow, whose assertions `public_key_pem` verifies.
    """

    client_id: str
    client_secret: str = ""
    runs_as: str = ""
    public_key_pem: str = ""
    users: tuple[str, ...] = ()


class LoginRefused(ValueError):
    """No token for this request; `code` is OAuth's word."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(slots=True)
class Logins:
    """Tokens that were given out and still live."""

    app: ConnectedApp
    clock: Callable[[], datetime]
    audience: str = "https://login.salesforce.com"
    given: int = 0
    live: set[str] = field(default_factory=set)

    def token(self, form: Mapping[str, str]) -> str:
        """A token for a request to the endpoint. Raises LoginRefused."""
        match form.get("grant_type"):
            case "client_credentials":
                self._by_secret(form)
            case grant if grant == _JWT_GRANT:
                self._by_assertion(form.get("assertion", ""))
            case _:
                raise LoginRefused("unsupported_grant_type", "grant type not supported")
        self.given += 1
        token = f"{_ORG_ID[:15]}!AQ{self.given:04d}.sandbox"
        self.live.add(token)
        return token

    def end_all(self) -> None:
        """Every session ends, as when an administrator revokes them."""
        self.live.clear()

    def knows(self, authorization: str) -> bool:
        return authorization.removeprefix("Bearer ") in self.live

    def _by_secret(self, form: Mapping[str, str]) -> None:
        if form.get("client_id") != self.app.client_id:
            raise LoginRefused("invalid_client_id", "client identifier invalid")
        if not self.app.client_secret or not same(
            form.get("client_secret", ""), self.app.client_secret
        ):
            raise LoginRefused("invalid_client", "invalid client credentials")
        if not self.app.runs_as:
            raise LoginRefused("invalid_grant", "no client credentials user enabled")

    def _by_assertion(self, assertion: str) -> None:
        try:
            claims = jwt.decode(
                assertion,
                self.app.public_key_pem,
                algorithms=["RS256"],
                audience=self.audience,
                options={"require": ["iss", "sub", "aud", "exp"], "verify_exp": False},
            )
        except jwt.InvalidAudienceError:
            raise LoginRefused("invalid_grant", "audience is invalid") from None
        except jwt.PyJWTError:
            raise LoginRefused("invalid_grant", "invalid assertion") from None
        ahead = int(claims["exp"]) - self.clock().timestamp()
        if not 0 < ahead <= _LONGEST + 1:
            raise LoginRefused("invalid_grant", "expired authorization code")
        if claims["iss"] != self.app.client_id:
            raise LoginRefused("invalid_client_id", "client identifier invalid")
        if claims["sub"] not in self.app.users:
            raise LoginRefused("invalid_grant", "user hasn't approved this consumer")
