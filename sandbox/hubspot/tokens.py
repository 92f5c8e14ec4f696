"""Who may ask: a private app's token, or access tokens made of a refresh token."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from starlette.responses import JSONResponse

from sandbox.hubspot.answers import error

EXPIRES_SECONDS = 1_800
_EXPIRED = "The OAuth token used to make this call expired."
_UNKNOWN = "Authentication credentials not found. This API supports OAuth 2.0 authentication."


@dataclass(slots=True)
class Access:
    """The keys of the account. An empty `scopes` grants everything."""

    token: str = ""
    client_id: str = ""
    client_secret: str = ""
    refresh_token: str = ""
    scopes: frozenset[str] = frozenset()
    issued: dict[str, datetime] = field(default_factory=dict)

    def exchange(self, form: dict[str, str], now: datetime) -> JSONResponse:
        """The token endpoint: a refresh token gives an access token for half an hour."""
        if form.get("grant_type") != "refresh_token":
            return _bad("BAD_GRANT_TYPE", "missing or unknown grant type")
        if (form.get("client_id"), form.get("client_secret")) != (
            self.client_id,
            self.client_secret,
        ):
            return _bad("BAD_CLIENT_ID", "missing or unknown client id")
        if form.get("refresh_token") != self.refresh_token:
            return _bad("BAD_REFRESH_TOKEN", "missing or unknown refresh token")
        token = f"access-{len(self.issued) + 1}"
        self.issued[token] = now + timedelta(seconds=EXPIRES_SECONDS)
        body: dict[str, object] = {
            "token_type": "bearer",
            "refresh_token": self.refresh_token,
            "access_token": token,
            "expires_in": EXPIRES_SECONDS,
        }
        return JSONResponse(body)

    def refusal(self, header: str, now: datetime) -> JSONResponse | None:
        """The 401 of a request without a valid token."""
        given = header.removeprefix("Bearer ").strip()
        if self.token and hmac.compare_digest(given.encode(), self.token.encode()):
            return None
        until = self.issued.get(given)
        if until is None:
            return error(401, "INVALID_AUTHENTICATION", _UNKNOWN)
        return None if until > now else error(401, "EXPIRED_AUTHENTICATION", _EXPIRED)


def _bad(status: str, message: str) -> JSONResponse:
    body = {"status": status, "message": message, "correlationId": "17b839dd"}
    return JSONResponse(body, status_code=400)
