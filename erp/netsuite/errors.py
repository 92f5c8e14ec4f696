"""What NetSuite says when it refuses, read defensively and classified."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from erp.netsuite.wire import decode


class Kind(StrEnum):
    """Why a request was refused, as far as its code and words tell."""

    DUPLICATE_EXTERNAL_ID = "duplicate_external_id"
    PERMISSION = "permission"
    PERIOD_CLOSED = "period_closed"
    CONFLICT = "conflict"
    WORKFLOW_LOCK = "workflow_lock"
    MISSING_FIELD = "missing_field"
    BAD_REFERENCE = "bad_reference"
    BUSINESS_RULE = "business_rule"
    LOGIN = "login"
    NOT_FOUND = "not_found"
    UNKNOWN_FIELD = "unknown_field"
    BUSY = "busy"
    BAD_REQUEST = "bad_request"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal: HTTP status, NetSuite's code, its words, the field it points at."""

    status: int
    code: str
    detail: str
    path: str = ""

    @property
    def kind(self) -> Kind:
        return classify(self)

    def __str__(self) -> str:
        where = f" ({self.path})" if self.path else ""
        return f"{self.status} {self.code or 'without a code'}: {self.detail}{where}"


_DETAIL_LIMIT = 500
_BY_STATUS = {401: Kind.LOGIN, 403: Kind.PERMISSION, 404: Kind.NOT_FOUND, 429: Kind.BUSY}
# Texts collected from Oracle's error reference and public connectors; English (US) accounts.
_BY_WORDS = (
    (re.compile(r"already exists"), Kind.DUPLICATE_EXTERNAL_ID),
    (re.compile(r"does not have permission|permission violation"), Kind.PERMISSION),
    (
        re.compile(r"period.*(closed|locked|not within the date range)", re.DOTALL),
        Kind.PERIOD_CLOSED,
    ),
    (
        re.compile(r"(closed|locked|not within the date range).*period", re.DOTALL),
        Kind.PERIOD_CLOSED,
    ),
    (re.compile(r"record has been changed"), Kind.CONFLICT),
    (re.compile(r"locked by a user defined workflow"), Kind.WORKFLOW_LOCK),
    (re.compile(r"please enter (a )?value|enter a value for"), Kind.MISSING_FIELD),
    (
        re.compile(r"unknown identifier|unknown field|field '[^']*'|record '[^']*' was not found"),
        Kind.UNKNOWN_FIELD,
    ),
    (re.compile(r"invalid .*reference key|invalid field value"), Kind.BAD_REFERENCE),
)


def classify(problem: Problem) -> Kind:
    """The kind of a refusal, from its status, then its words, then its code."""
    if problem.status in _BY_STATUS:
        return _BY_STATUS[problem.status]
    if problem.status >= 500:
        return Kind.SERVER
    words = problem.detail.lower()
    for pattern, kind in _BY_WORDS:
        if pattern.search(words):
            return kind
    return Kind.BUSINESS_RULE if problem.code == "USER_ERROR" else Kind.BAD_REQUEST


def problem_of(status: int, body: bytes) -> Problem:
    """Read an error body: the JSON envelope, a bare OAuth error, or a gateway's HTML."""
    try:
        raw = decode(body)
    except (ValueError, RecursionError):
        return Problem(status, "", _readable(body))
    if not isinstance(raw, Mapping):
        return Problem(status, "", _readable(body))
    first = _first_detail(raw)
    return Problem(
        status=status,
        code=_text(first.get("o:errorCode") or raw.get("o:errorCode") or raw.get("error")),
        detail=_text(first.get("detail") or raw.get("detail") or raw.get("title")),
        path=_text(first.get("o:errorPath") or first.get("o:errorQueryParam")),
    )


def _first_detail(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    details = raw.get("o:errorDetails")
    if isinstance(details, list) and details and isinstance(details[0], Mapping):
        return details[0]
    return {}


def _text(value: object) -> str:
    return value[:_DETAIL_LIMIT] if isinstance(value, str) else ""


def _readable(body: bytes) -> str:
    text = re.sub(r"<[^>]*>", " ", body[:4000].decode("utf-8", "replace"))
    return " ".join(text.split())[:200] or "no details"
