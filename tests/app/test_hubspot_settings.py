"""HubSpot's settings are read, and each wrong one is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.hubspot_settings import HUBSPOT_OPTIONS, read_hubspot
from sources.hubspot.account import SCOPES, HubSpotAccount, PropertyNames

HOWTO = Path(__file__).parents[2] / "docs" / "howto" / "hubspot.md"
DEFAULTS = {option.name: option.default for option in HUBSPOT_OPTIONS}


def read(**given: str) -> tuple[HubSpotAccount | None, list[str]]:
    values = DEFAULTS | {f"HUBSPOT_{name.upper()}": value for name, value in given.items()}

    def number(name: str, least: int, most: int) -> int:
        assert least <= int(values[name]) <= most
        return int(values[name])

    found, problems = read_hubspot(values.__getitem__, number, values.__getitem__)
    assert found is None or found.poll_seconds == 300
    return found.account if found else None, [name for name, _ in problems]


def test_nothing_set_is_no_hubspot() -> None:
    assert read() == (None, [])


def test_a_private_app_needs_only_its_token() -> None:
    account, problems = read(
        token="pat-1",
        pipelines="default, renewals",
        properties="po_number=purchase_order,tax_id=vat_number",
        api_version="2026-09",
    )
    assert problems == []
    assert account is not None
    assert account.pipelines == ("default", "renewals")
    assert account.names == PropertyNames(po_number="purchase_order", tax_id="vat_number")
    assert account.objects_path == "/crm/objects/2026-09"
    assert account.associations_path == "/crm/associations/2026-09"
    assert account.token_path == "/oauth/2026-09/token"
    assert "pat-1" not in repr(account)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"token": "t", "client_id": "c"}, ["HUBSPOT_TOKEN"]),
        ({"refresh_token": "r"}, ["HUBSPOT_CLIENT_ID", "HUBSPOT_CLIENT_SECRET"]),
        ({"webhook_secret": "s"}, ["HUBSPOT_TOKEN"]),
        ({"token": "t", "api_version": "v4"}, ["HUBSPOT_API_VERSION"]),
        ({"token": "t", "base_url": "http://hubspot.example"}, ["HUBSPOT_BASE_URL"]),
        ({"token": "t", "currency": "dollar"}, ["HUBSPOT_CURRENCY"]),
        ({"token": "t", "from": "1774915200000"}, ["HUBSPOT_FROM"]),
        ({"token": "t", "from": "2026-02-30"}, ["HUBSPOT_FROM"]),
        ({"token": "t", "billed": "later"}, ["HUBSPOT_BILLED"]),
        ({"token": "t", "zone": "Mars/Base"}, ["HUBSPOT_ZONE"]),
        ({"token": "t", "properties": "po=x,terms=X Y"}, ["HUBSPOT_PROPERTIES"] * 2),
    ],
)
def test_what_is_wrong_is_named(given: dict[str, str], named: list[str]) -> None:
    assert read(**given)[1] == named


def test_the_howto_names_every_scope_and_only_settings_that_exist() -> None:
    text = HOWTO.read_text(encoding="utf-8")
    assert all(f"`{scope}`" in text for scope in SCOPES)
    assert set(re.findall(r"`(HUBSPOT_[A-Z_]+)`", text)) == DEFAULTS.keys()
