"""Why Salesforce did not give what was asked for."""

from __future__ import annotations


class SalesforceUnavailable(Exception):
    """Salesforce did not answer now; `retry_after` seconds are a good time to wait."""

    def __init__(self, reason: str, retry_after: int = 60) -> None:
        super().__init__(f"Salesforce: {reason}")
        self.retry_after = retry_after


class SalesforceRefused(Exception):
    """Salesforce refuses what these settings ask for, until somebody changes them or it."""

    def __init__(self, reason: str, code: str = "") -> None:
        super().__init__(f"Salesforce: {reason}")
        self.code = code
