"""The error envelope of the REST services, as publicly documented."""

from __future__ import annotations

import json

from starlette.responses import Response

_SECTIONS = {400: "15.5.1", 401: "15.5.2", 403: "15.5.4", 404: "15.5.5", 405: "15.5.6"}
_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    429: "Bad Request",
    500: "Internal Server Error",
}
_RFC_2616 = "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html"
_RFC_9110 = "https://www.rfc-editor.org/rfc/rfc9110.html#section-"


class Refusal(Exception):
    """A request the ERP refuses, with the code and detail a client sees."""

    def __init__(self, status: int, code: str, detail: str, path: str = "") -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.path = path

    def response(self, title: str = "") -> Response:
        """The HTTP response of this refusal."""
        told: dict[str, str] = {"detail": self.detail, "o:errorCode": self.code}
        if self.path:
            told["o:errorPath"] = self.path
        section = _SECTIONS.get(self.status)
        body: dict[str, object] = {
            "type": _RFC_9110 + section if section else _RFC_2616,
            "title": title or _TITLES.get(self.status, "Bad Request"),
            "status": self.status,
        }
        if self.status == 429:
            body["o:errorCode"] = "USER_ERROR"
        body["o:errorDetails"] = [told]
        return Response(
            json.dumps(body),
            self.status,
            media_type="application/vnd.oracle.resource+json; type=error",
        )


def user_error(detail: str) -> Refusal:
    """A broken business rule: the catch-all 400."""
    return Refusal(400, "USER_ERROR", f"Error while accessing a resource. {detail}")


def invalid_content(detail: str, path: str) -> Refusal:
    """A field whose value cannot be taken."""
    return Refusal(400, "INVALID_CONTENT", f"Error while accessing a resource. {detail}", path)


def invalid_reference(value: str, field: str, path: str) -> Refusal:
    """A reference to a record that does not exist."""
    return invalid_content(
        f"You have entered an Invalid Field Value {value} for the following field: {field}", path
    )


def missing_field(label: str) -> Refusal:
    """A required field without a value."""
    return user_error(f"Please enter value(s) for: {label}.")


def record_changed() -> Refusal:
    """Somebody else saved the record in between."""
    return user_error("Record has been changed.")


def no_such_record() -> Refusal:
    """404 for an id nobody has."""
    return Refusal(404, "NONEXISTENT_ID", "Record does not exist.")


def invalid_query(detail: str) -> Refusal:
    """A SuiteQL text the search engine refuses."""
    return Refusal(
        400,
        "INVALID_PARAMETER",
        f"Invalid search query. Detailed unprocessed description follows. {detail}",
    )


def invalid_login() -> Refusal:
    """401 without saying which part was wrong."""
    return Refusal(
        401,
        "INVALID_LOGIN",
        "Invalid login attempt. For more details, see the Login Audit Trail in the NetSuite UI at"
        " Setup > Users/Roles > User Management > View Login Audit Trail.",
    )


def too_many() -> Refusal:
    """429: the account's concurrency limit."""
    return Refusal(
        429,
        "CONCURRENCY_LIMIT_EXCEEDED",
        "Concurrent request limit exceeded. Request blocked.",
    )


def unexpected(error_id: str) -> Refusal:
    """500 with an error id."""
    return Refusal(500, "UNEXPECTED_ERROR", f"An unexpected error occurred. Error ID: {error_id}")
