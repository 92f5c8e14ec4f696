"""HubSpot: what was changed there, and a won deal as a `Deal` or as named problems.

`client.HubSpot(http, account)` is all a caller needs; `http` is an `httpx.AsyncClient` (any base
address), `account` a `HubSpotAccount`:

- `changed(since: Cursor) -> AsyncIterator[Page]`: ids of deals whose own fields, line items or
  quotes changed; store `Page.cursor` once the page's deals are taken care of.
- `deal(deal_id: str) -> Deal | NotWon | Gone | Unreadable`: one deal as it is now.
- `missing(deal_ids) -> tuple[str, ...]`: known deals that were deleted or merged meanwhile, which
  HubSpot's search does not tell; a hundred of them cost one request.
- `deals_of(found: ObjectId) -> tuple[str, ...]`: the deals that a webhook's object is part of.

`webhooks.event_ids(raw, headers, url, now, secret) -> tuple[ObjectId, ...] | Refused` reads a
signed webhook: which objects to read again, never what is in them.

Values are in `values` (`Cursor`, `Page`, `NotWon`, `Gone`, `Unreadable`, `Problem`, `ObjectId`,
`Refused`), settings in `account` (`HubSpotAccount`, `PropertyNames`), failures in `errors`
(`HubSpotRefused`, `HubSpotBusy`, `HubSpotUnavailable`).
"""
