"""Salesforce: won opportunities as deals, read by SOQL over the REST API.

`source.Salesforce(http, settings, clock)` has the shape of every CRM source:
`changed(since)` yields `cursor.Page`s (ids of opportunities to read again, and the `Cursor` to
keep once they are dealt with; `Cursor.starting(at)`, `payload()`, `from_payload(text)`), and
`deal(opportunity_id)` answers `Deal | NotWon | Gone | Unreadable` (`outcome`). Both raise
`errors.SalesforceUnavailable` (try again, perhaps after `retry_after` seconds) and
`errors.SalesforceRefused` (a person has to change something). `check()` tells whether the login,
the permissions and the configured fields work. Settings are in `config`.
"""
