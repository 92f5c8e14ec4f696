"""Every error of the API: one table from error to HTTP answer (RFC 9457 problem details)."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from effects.answers import Refusal, RefusalCode
from store.engine import NotStorable


class ApiError(Exception):
    """The request could not be answered."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class KeyMissing(ApiError):
    """The request carries no API key. Send `Authorization: Bearer dw_...`."""


class KeyInvalid(ApiError):
    """The API key is not one of ours."""


class KeyRevoked(ApiError):
    """The API key was revoked."""


class KeyExpired(ApiError):
    """The API key has expired."""


class KeyInsufficient(ApiError):
    """The API key does not have the scope, or its user not the role, for this."""


class NotFound(ApiError):
    """There is no such thing."""


class BadCursor(ApiError):
    """The cursor is not one that a former answer gave."""


class Unprocessable(ApiError):
    """The content cannot be accepted."""


class WebhookUnsigned(ApiError):
    """The delivery is not signed with a secret of ours, or too long ago."""


class WebhookMalformed(ApiError):
    """The delivery cannot be read. Nothing of it was stored."""


class TooLarge(ApiError):
    """The body is larger than what is taken. Nothing of it was stored."""


class Conflict(ApiError):
    """It is not what the caller saw, or not open for this; nothing was changed."""


class NotReadyToSubmit(ApiError):
    """It was not submitted: findings stand in the way."""

    def __init__(self, detail: str, **more: object) -> None:
        super().__init__(detail)
        self.more = more


class Refused(ApiError):
    """The decision was not taken; nothing was changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


TABLE: dict[type[ApiError], tuple[int, str]] = {
    KeyMissing: (401, "key_missing"),
    KeyInvalid: (401, "key_invalid"),
    KeyRevoked: (401, "key_revoked"),
    KeyExpired: (401, "key_expired"),
    KeyInsufficient: (403, "key_insufficient"),
    NotFound: (404, "not_found"),
    BadCursor: (400, "bad_cursor"),
    Unprocessable: (422, "unprocessable"),
    WebhookUnsigned: (401, "webhook_unsigned"),
    WebhookMalformed: (400, "webhook_malformed"),
    TooLarge: (413, "too_large"),
    Conflict: (409, "conflict"),
    NotReadyToSubmit: (409, "not_ready"),
    Refused: (409, "refused"),
}
REFUSALS: dict[RefusalCode, int] = {
    RefusalCode.CHANGED: 409,
    RefusalCode.NOT_FOUND: 404,
    RefusalCode.WRONG_STATE: 409,
    RefusalCode.NOT_ALLOWED: 403,
    RefusalCode.OWN_PROPOSAL: 403,
    RefusalCode.OVER_LIMIT: 403,
    RefusalCode.CAP: 403,
    RefusalCode.FORBIDDEN: 422,
    RefusalCode.STOPPED: 409,
}


def problem(status: int, code: str, title: str, detail: str, **more: object) -> Response:
    """A problem-details answer."""
    body = {"status": status, "code": code, "title": title, "detail": detail, **more}
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def explain(app: FastAPI) -> None:
    """Every error of `app` as problem details."""
    app.add_exception_handler(ApiError, _api_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(NotStorable, _not_storable)


async def _api_error(_request: Request, error: Exception) -> Response:
    title = " ".join((type(error).__doc__ or "").split())
    detail = error.detail if isinstance(error, ApiError) else ""
    if isinstance(error, Refused):
        refusal = error.refusal
        changes = [
            {"field": c.field, "before": c.before, "after": c.after} for c in refusal.changes
        ]
        more: dict[str, object] = {"changes": changes} if changes else {}
        if refusal.fingerprint:
            more["fingerprint"] = refusal.fingerprint
        return problem(REFUSALS[refusal.code], refusal.code, title, detail, **more)
    status, code = TABLE[type(error)] if isinstance(error, ApiError) else (500, "error")
    found = error.more if isinstance(error, NotReadyToSubmit) else {}
    return problem(status, code, title, detail, **found)


async def _invalid(_request: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    problems = [{"at": ".".join(map(str, e["loc"])), "what": e["msg"]} for e in found[:20]]
    title = "The request is not written as it should be."
    return problem(422, "invalid", title, "", problems=problems)


async def _not_storable(_request: Request, _error: Exception) -> Response:
    title = "It holds a number or a character that cannot be stored. Nothing was changed."
    return problem(422, "not_storable", title, "")


async def _http(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}.get(status, "error")
    return problem(status, code, "The request cannot be answered.", "")
