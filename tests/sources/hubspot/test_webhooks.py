"""Signatures of all three versions, and which objects a body names."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.hubspot.webhooks import signed
from sources.hubspot.signatures import fault, sign_v3
from sources.hubspot.values import ObjectId, Refused
from sources.hubspot.webhooks import MAX_BODY, event_ids
from tests.sources.hubspot.world import SECRET

URL = "https://www.example.com/webhook_uri"
V1_BODY = (
    b'[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,'
    b'"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,'
    b'"changeSource":"CRM","changeFlag":"NEW","appId":54321}]'
)
V1 = "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de"
V2_GET = "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e"
V2_POST = "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900"
V3 = "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y="
V3_BODY = b"{'example_field':'example_value'}"
AT = datetime.fromtimestamp(1693657560, UTC)
V3_HEADERS = {
    "X-HubSpot-Signature-v3": V3,
    "X-HubSpot-Request-Timestamp": "1693657560000",
}


def old(signature: str, version: str) -> dict[str, str]:
    return {"X-HubSpot-Signature": signature, "X-HubSpot-Signature-Version": version}


def test_the_published_vectors() -> None:
    assert fault(V1_BODY, old(V1, "v1"), URL, AT, SECRET) is None
    assert fault(b"", old(V2_GET, "v2"), URL, AT, SECRET, "GET") is None
    body = b'{"example_field":"example_value"}'
    assert fault(body, old(V2_POST, "v2"), URL, AT, SECRET) is None
    assert fault(V3_BODY, V3_HEADERS, URL, AT, SECRET) is None


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(299, None), (301, "too_old"), (-299, None), (-301, "in_the_future")],
)
def test_version_three_is_bounded_in_both_directions(seconds: int, expected: str | None) -> None:
    now = AT + timedelta(seconds=seconds)
    assert fault(V3_BODY, V3_HEADERS, URL, now, SECRET) == expected


@pytest.mark.parametrize(
    "changed",
    [
        {"X-HubSpot-Signature-v3": ""},
        {"X-HubSpot-Signature-v3": V3[:-2] + "A="},
        {"X-HubSpot-Request-Timestamp": "1693657560001"},
        {"x-hubspot-signature-v3": "ü"},
    ],
)
def test_an_older_signature_never_stands_in_for_a_wrong_new_one(changed: dict[str, str]) -> None:
    headers = {name.lower(): value for name, value in (V3_HEADERS | old("x", "v1")).items()}
    headers |= {name.lower(): value for name, value in changed.items()}
    headers["x-hubspot-signature"] = signed(SECRET, URL, V3_BODY, "1", "v1")["X-HubSpot-Signature"]
    assert fault(V3_BODY, headers, URL, AT, SECRET) == "wrong"


def test_what_is_not_signed_is_refused() -> None:
    assert fault(V1_BODY, {}, URL, AT, SECRET) == "unsigned"
    assert fault(V1_BODY, old(V1, "v9"), URL, AT, SECRET) == "malformed"
    assert fault(V1_BODY, old(V1, "v1"), URL, AT, SECRET + "x") == "wrong"
    assert fault(V1_BODY + b" ", old(V1, "v1"), URL, AT, SECRET) == "wrong"
    no_stamp = {"X-HubSpot-Signature-v3": V3}
    assert fault(V3_BODY, no_stamp, URL, AT, SECRET) == "malformed"
    odd = V3_HEADERS | {"X-HubSpot-Request-Timestamp": "١٦٩٣"}
    assert fault(V3_BODY, odd, URL, AT, SECRET) == "malformed"


@pytest.mark.parametrize("version", ["v1", "v2", "v3"])
def test_without_a_secret_nothing_is_believed(version: Literal["v1", "v2", "v3"]) -> None:
    headers = signed("", URL, b"[]", "1693657560000", version)
    assert event_ids(b"[]", headers, URL, AT, "") == Refused("wrong")


def test_only_the_listed_escapes_of_an_address_are_decoded() -> None:
    plain = sign_v3(SECRET, "POST", "https://h.example/a?x=a:b@c", b"", "1")
    assert sign_v3(SECRET, "POST", "https://h.example/a%3fx=a%3Ab%40c", b"", "1") == plain
    assert sign_v3(SECRET, "POST", "https://h.example/a%20b", b"", "1") != sign_v3(
        SECRET, "POST", "https://h.example/a b", b"", "1"
    )


def ids(*events: dict[str, object]) -> object:
    raw = json.dumps(list(events)).encode()
    headers = signed(SECRET, URL, raw, "1693657560000", "v3")
    return event_ids(raw, headers, URL, AT, SECRET)


def test_objects_of_events() -> None:
    assert ids(
        {"subscriptionType": "deal.propertyChange", "objectId": 7, "propertyValue": "9"},
        {"subscriptionType": "deal.propertyChange", "objectId": 7, "propertyName": "amount"},
        {"subscriptionType": "object.creation", "objectTypeId": "0-14", "objectId": 8},
        {"subscriptionType": "line_item.deletion", "objectId": 9},
        {"subscriptionType": "ticket.creation", "objectId": 10},
        {"subscriptionType": "deal.creation", "objectId": "../1"},
    ) == (
        ObjectId("deals", "7", "propertyChange"),
        ObjectId("quotes", "8", "creation"),
        ObjectId("line_items", "9", "deletion"),
    )


def test_a_merge_names_winner_and_losers_and_an_association_both_ends() -> None:
    merge = {
        "subscriptionType": "company.merge",
        "objectId": 1,
        "primaryObjectId": 1,
        "mergedObjectIds": [2, 3],
        "newObjectId": 4,
    }
    found = ids(merge)
    assert isinstance(found, tuple)
    assert [one.id for one in found] == ["1", "4", "2", "3"]
    assert ids(
        {
            "subscriptionType": "deal.associationChange",
            "associationType": "DEAL_TO_LINE_ITEM",
            "fromObjectId": 5,
            "toObjectId": 6,
        }
    ) == (
        ObjectId("deals", "5", "associationChange"),
        ObjectId("line_items", "6", "associationChange"),
    )


def test_bodies_that_are_no_events() -> None:
    for raw in (b"", b"{", b"[1]", b"null", b"[" * 100_000, b"[" + b"1" * 5_000 + b"]"):
        headers = signed(SECRET, URL, raw, "1693657560000", "v3")
        assert event_ids(raw, headers, URL, AT, SECRET) == Refused("malformed")
    assert event_ids(b"x" * (MAX_BODY + 1), {}, URL, AT, SECRET) == Refused("too_large")


@given(
    st.dictionaries(
        st.sampled_from(["subscriptionType", "objectTypeId", "objectId", "mergedObjectIds"]),
        st.one_of(
            st.integers(),
            st.text(max_size=5),
            st.none(),
            st.lists(st.integers(), max_size=2),
            st.sampled_from(["deal.creation", "object.merge", "0-3", "deal.associationChange"]),
        ),
    )
)
def test_no_event_that_is_signed_raises(event: dict[str, object]) -> None:
    found = ids(event)
    assert isinstance(found, tuple)
    assert all(one.id.isdigit() for one in found)
