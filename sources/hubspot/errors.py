"""Failures of reading HubSpot. The docstring of an error is its message."""

from __future__ import annotations


class HubSpotError(Exception):
    """HubSpot could not be read."""

    def __init__(self, detail: str = "") -> None:
        message = (type(self).__doc__ or "").strip()
        super().__init__(f"{message} {detail}".strip())


class HubSpotRefused(HubSpotError):
    """HubSpot refused the request: the token, a scope or a setting is wrong."""


class HubSpotUnavailable(HubSpotError):
    """HubSpot did not answer, or not in the form it documents."""


class HubSpotBusy(HubSpotError):
    """HubSpot's request limit is reached; nothing is lost, reading goes on later."""

    def __init__(self, seconds: int, detail: str = "") -> None:
        super().__init__(detail)
        self.seconds = seconds
