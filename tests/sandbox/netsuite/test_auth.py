"""Who gets a token, who gets in."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta

import httpx
import jwt
import pytest
from oauthlib.oauth1 import Client

from sandbox.netsuite.access.oauth1 import signature_of, split_header
from sandbox.netsuite.keys import generate_key_pair
from sandbox.netsuite.store import TbaCredentials
from tests.sandbox.netsuite.conftest import (
    CERTIFICATE,
    CLIENT,
    RECORD,
    SUITEQL,
    TOKEN,
    Erp,
    error_of,
)


def test_a_signed_assertion_gets_a_one_hour_token(erp: Erp) -> None:
    body = erp.token_response(erp.assertion()).json()
    assert (body["expires_in"], body["token_type"]) == ("3600", "bearer")
    bearer = {"Authorization": f"Bearer {body['access_token']}"}
    address = f"{erp.url}{RECORD}/customer/100"
    assert httpx.get(address, headers=bearer).status_code == 200
    erp.clock.now += timedelta(seconds=3601)
    assert error_of(httpx.get(address, headers=bearer))[:2] == (401, "INVALID_LOGIN")


def test_an_rsa_key_signs_with_ps256_but_not_with_rs256(erp: Erp) -> None:
    pair = generate_key_pair("rsa")
    erp.account.store.register_integration(CLIENT, "cert-rsa", pair.public_pem)
    claims = jwt.decode(erp.assertion(), options={"verify_signature": False})
    for algorithm, status in (("PS256", 200), ("RS256", 400)):
        signed = jwt.encode(
            claims, pair.private_pem, algorithm=algorithm, headers={"kid": "cert-rsa"}
        )
        assert erp.token_response(signed).status_code == status


def test_the_real_host_is_an_audience_too(erp: Erp) -> None:
    real = "https://tstdrv1.suitetalk.api.netsuite.com" + TOKEN
    assert erp.token_response(erp.assertion(aud=real)).status_code == 200


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"aud": "https://elsewhere.example/token"}, "invalid_request"),
        ({"iss": "somebody"}, "invalid_client"),
        ({"exp": 4_000_000_000}, "invalid_request"),
        ({"iat": 1_000_000_000, "exp": 1_000_000_300}, "invalid_request"),
        ({"scope": "restlets"}, "invalid_grant"),
    ],
)
def test_a_wrong_claim_is_refused(erp: Erp, changed: dict[str, object], error: str) -> None:
    response = erp.token_response(erp.assertion(**changed))
    assert response.status_code in (400, 401)
    assert response.json() == {"error": error}


def test_somebody_elses_key_is_refused(erp: Erp) -> None:
    claims = jwt.decode(erp.assertion(), options={"verify_signature": False})
    forged = jwt.encode(
        claims, generate_key_pair().private_pem, algorithm="ES256", headers={"kid": CERTIFICATE}
    )
    response = erp.token_response(forged)
    assert (response.status_code, response.json()) == (401, {"error": "invalid_client"})


def test_nonsense_instead_of_an_assertion_is_refused(erp: Erp) -> None:
    assert erp.token_response("a.b.c").json() == {"error": "invalid_request"}
    other = httpx.post(erp.url + TOKEN, data={"grant_type": "password"})
    assert other.json() == {"error": "unsupported_grant_type"}


def test_no_service_opens_without_a_token(erp: Erp) -> None:
    for method, path in (
        ("GET", f"{RECORD}/customer/100"),
        ("POST", f"{RECORD}/customerPayment"),
        ("POST", SUITEQL),
        ("DELETE", f"{RECORD}/invoice/1001"),
        ("GET", "/services/rest/anything"),
    ):
        response = httpx.request(method, erp.url + path)
        assert error_of(response)[:2] == (401, "INVALID_LOGIN")


TBA = TbaCredentials("ck", "cs", "tk", "ts")


def signed_headers(erp: Erp, address: str, *, realm: str = "TSTDRV1", secret: str = "cs") -> str:
    signer = Client(
        "ck",
        client_secret=secret,
        resource_owner_key="tk",
        resource_owner_secret="ts",
        signature_method="HMAC-SHA256",
        realm=realm,
        timestamp=str(int(erp.clock().timestamp())),
    )
    _, headers, _ = signer.sign(address)
    return str(headers["Authorization"])


def test_token_based_authentication_covers_query_parameters(erp: Erp) -> None:
    erp.account.store.register_tba(TBA)
    address = f"{erp.url}{RECORD}/customer?limit=2&offset=0"
    header = signed_headers(erp, address)
    changed = address.replace("limit=2", "limit=1")
    assert httpx.get(changed, headers={"Authorization": header}).status_code == 401
    assert httpx.get(address, headers={"Authorization": header}).status_code == 200


def test_a_token_signature_counts_once_and_only_with_the_right_secret_and_realm(erp: Erp) -> None:
    erp.account.store.register_tba(TBA)
    address = f"{erp.url}{RECORD}/customer/100"
    header = {"Authorization": signed_headers(erp, address)}
    assert httpx.get(address, headers=header).status_code == 200
    assert httpx.get(address, headers=header).status_code == 401
    for wrong in ({"secret": "x"}, {"realm": "OTHER"}):
        header = {"Authorization": signed_headers(erp, address, **wrong)}
        assert httpx.get(address, headers=header).status_code == 401


def test_a_body_hash_that_is_sent_must_fit_the_body(erp: Erp) -> None:
    erp.account.store.register_tba(TBA)
    body = b'{"q": "SELECT id FROM term"}'
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    older = base64.b64encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
    for sent, status in ((digest, 200), (older, 200), ("AAAA", 401)):
        signer = Client(
            "ck",
            client_secret="cs",
            resource_owner_key="tk",
            resource_owner_secret="ts",
            signature_method="HMAC-SHA256",
            realm="TSTDRV1",
            timestamp=str(int(erp.clock().timestamp())),
        )
        request = _with_body_hash(signer, erp.url + SUITEQL, sent)
        headers = {"Authorization": request, "Prefer": "transient"}
        response = httpx.post(erp.url + SUITEQL, content=body, headers=headers)
        assert response.status_code == status


def _with_body_hash(signer: Client, address: str, digest: str) -> str:
    _, headers, _ = signer.sign(address, http_method="POST")
    sent = split_header(headers["Authorization"]) | {"oauth_body_hash": digest}
    sent["oauth_signature"] = signature_of("POST", address, (), sent, "cs", "ts")
    quoted = {name: httpx.QueryParams({"v": value}) for name, value in sent.items()}
    return "OAuth " + ", ".join(
        f'{n}="{str(v)[2:].replace("+", "%20")}"' for n, v in quoted.items()
    )


def test_the_published_signature_example_is_reproduced() -> None:
    oauth = {
        "oauth_consumer_key": "ck",
        "oauth_token": "tk",
        "oauth_signature_method": "HMAC-SHA256",
        "oauth_timestamp": "1700000000",
        "oauth_nonce": "abcdefghijk",
        "oauth_version": "1.0",
        "realm": "1234567_SB1",
    }
    address = "https://1234567-sb1.suitetalk.api.netsuite.com" + SUITEQL
    query = (("limit", "1000"), ("offset", "0"))
    signature = signature_of("POST", address, query, oauth, "cs", "ts")
    assert signature == "LmJdRqBGBfxcpWsno9kqYArTnYe5Z8okMq4u19b7ToE="
