"""Takes secrets out of text before it is logged or shown."""

from __future__ import annotations

import re

_SECRETS = (
    re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}"),
    re.compile(r"(?i)\b(password|passwd|secret|token|api_key|apikey|client_assertion)\b"
               r"(\s*[=:]\s*)[^\s&,;\"']+"),
    re.compile(r"\b(?:sk|rk|whsec|xoxb|xapp|xoxp)[-_][A-Za-z0-9_-]{8,}"),
    re.compile(r"\bdw_[A-Za-z0-9]{4,}\.[A-Za-z0-9_-]{8,}"),
    re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*"),
    re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"),
    re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"),
    re.compile(r"\b(?:\d[ -]?){13,19}\b"),
)  # fmt: skip


def redact(text: str) -> str:
    """`text` with tokens, passwords, keys, account and card numbers replaced by "[redacted]"."""
    for pattern in _SECRETS:
        text = pattern.sub(_keep_name, text)
    return text


def _keep_name(match: re.Match[str]) -> str:
    groups = match.groups()
    if len(groups) == 2:
        return f"{groups[0]}{groups[1]}[redacted]"
    return f"{groups[0]} [redacted]" if groups else "[redacted]"
