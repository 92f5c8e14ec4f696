"""Failures of reading Salesforce. The docstring of an error is its message."""

from __future__ import annotations


class SalesforceError(Exception):
    """Salesforce could not be read."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"{(type(self).__doc__ or '').strip()} {detail}".strip())


class SalesforceRefused(SalesforceError):
    """Salesforce refused: the login, a permission or a setting is wrong."""

    def __init__(self, detail: str, code: str = "") -> None:
        super().__init__(detail)
        self.code = code


class SalesforceUnavailable(SalesforceError):
    """Salesforce did not answer, or not in the form it documents."""


class SalesforceBusy(SalesforceError):
    """Salesforce's request limit is reached; nothing is lost, reading goes on later."""

    def __init__(self, seconds: int, detail: str = "") -> None:
        super().__init__(detail)
        self.seconds = seconds
