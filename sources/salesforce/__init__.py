"""Salesforce: what was changed there, and a won opportunity as a `Deal` or as named problems.

`client.Salesforce(http, settings, clock)` is all a caller needs; `http` is an `httpx.AsyncClient`
of any base address, `settings` a `config.SalesforceSettings`, `clock` gives the time (for the
assertion of a login):

- `changed(since: Cursor) -> AsyncIterator[Page]`: ids of opportunities of which any part changed,
  was deleted or merged; store `Page.cursor` once the page's opportunities are taken care of.
- `deal(deal_id: str) -> Deal | NotWon | Gone | Unreadable`: one opportunity as it is now.
- `check() -> Schema`: the login, the permissions and the configured fields, or an error.

Values are in `values` (`NotWon`, `Gone`, `Unreadable`, `Problem`) and `cursor` (`Cursor`, `Page`;
`Cursor.starting(at)`, `payload()`, `from_payload(...)`), failures in `errors` (`SalesforceRefused`:
a person has to change something; `SalesforceUnavailable`, `SalesforceBusy`: later).
"""
