"""Salesforce: sign in, describe what is read, and see that the configured fields are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import httpx

from app.clock import clock_for
from app.probes.finding import Finding, bad, fine, unset
from app.settings import Settings
from sources.salesforce.client import Salesforce
from sources.salesforce.errors import SalesforceError, SalesforceRefused
from sources.salesforce.rest.schema import OPTIONAL, named

_FIXES = {
    "login": "check SALESFORCE_CLIENT_ID and what is beside it, and the app's policies",
    "fields": "correct SALESFORCE_FIELDS, or let the user read the field",
    "permission": "give the user's permission set read access to it",
}


async def organisation(settings: Settings, seconds: float) -> Sequence[Finding]:
    """Describe the objects that deals are read from; no record is read."""
    known = settings.salesforce
    if known is None:
        return [unset("salesforce", "set SALESFORCE_URL to bill won opportunities")]
    async with httpx.AsyncClient(timeout=seconds / 4) as http:
        asked = replace(known.settings, pauses=())
        source = Salesforce(http, asked, clock_for(settings.clock_file))
        try:
            schema = await source.check()
        except SalesforceRefused as error:
            fix = _FIXES.get(error.code, "check the permissions of the user")
            return [bad("salesforce", str(error), fix)]
        except SalesforceError as error:
            return [bad("salesforce", str(error), "check the network, or try again later")]
    fields = len(named(known.settings.reading.fields))
    lacking = [table for table in OPTIONAL if not schema.has(table)]
    words = f"{known.settings.url}; fields of your own: {fields}"
    words += f"; not there or not readable: {', '.join(lacking)}" if lacking else ""
    if source.usage is None:
        return [fine("salesforce", words)]
    usage = f"{source.usage.used} of {source.usage.allowed} requests used today"
    return [fine("salesforce", words), fine("salesforce requests", usage)]
