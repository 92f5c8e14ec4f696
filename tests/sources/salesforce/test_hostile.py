"""A server that answers wrongly: nothing is followed, believed or waited for without end."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sources.salesforce.config import Reading
from sources.salesforce.errors import SalesforceError, SalesforceRefused, SalesforceUnavailable
from sources.salesforce.rest.api import Api
from sources.salesforce.values import Unreadable
from tests.sources.salesforce.office import DESK, Office, Watch, reading, settings_for, signed

Answer = Callable[[Request], Response]


def api(answer: Answer, http: httpx.AsyncClient, login: Answer | None = None) -> Api:
    async def ask(request: Request) -> Response:
        return answer(request)

    async def token(request: Request) -> Response:
        if login is not None:
            return login(request)
        return text(json.dumps({"access_token": "t", "instance_url": DESK.url}))

    routes = [
        Route("/services/oauth2/token", token, methods=["POST"]),
        Route("/{path:path}", ask),
    ]
    DESK.app = Starlette(routes=routes)
    return Api(http, settings_for(DESK.url), Watch())


def text(body: str | bytes, status: int = 200) -> Response:
    return Response(body, status, media_type="application/json")


def page(**content: object) -> Answer:
    return lambda _: text(json.dumps(content))


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (page(done=True), SalesforceUnavailable, "not understood"),
        (page(done=True, records=[7]), SalesforceUnavailable, "not understood"),
        (page(done=False, records=[{}]), SalesforceUnavailable, "not understood"),
        (page(done=False, records=[], nextRecordsUrl="/services/data/v66.0/query/1-1"),
         SalesforceUnavailable, "not understood"),
        (page(done=False, records=[{}], nextRecordsUrl="https://evil.example/x"),
         SalesforceRefused, "no place of its own"),
        (page(done=False, records=[{}], nextRecordsUrl="/services/data/v66.0/query/../../x"),
         SalesforceRefused, "no place of its own"),
        (page(done=False, records=[{}], nextRecordsUrl=["/services"]),
         SalesforceRefused, "no place of its own"),
        (lambda _: text("<html>"), SalesforceUnavailable, "no JSON"),
        (lambda _: text("[" * 200_000), SalesforceUnavailable, "no JSON"),
        (lambda _: text("", 500), SalesforceUnavailable, "500"),
        (lambda _: text("{}", 400), SalesforceRefused, "400"),
        (lambda _: text("[{}]", 418), SalesforceRefused, "418"),
        (lambda _: text("[]", 404), SalesforceRefused, "404"),
        (lambda _: RedirectResponse("https://evil.example/"), SalesforceRefused, "307"),
        (lambda _: text("", 401), SalesforceRefused, "a token it just gave"),
    ],
)  # fmt: skip
async def test_wrong_answers_end_in_an_error(
    answer: Answer, error: type[SalesforceError], words: str
) -> None:
    async with httpx.AsyncClient(follow_redirects=True, verify=False) as http:
        with pytest.raises(error, match=words):
            await api(answer, http).query("SELECT Id FROM Account")


@pytest.mark.parametrize(
    ("login", "error"),
    [
        (lambda _: text("{}"), SalesforceUnavailable),
        (lambda _: text("nothing"), SalesforceUnavailable),
        (lambda _: text("", 503), SalesforceUnavailable),
        (lambda _: text("<html>", 400), SalesforceRefused),
        (lambda _: text('{"access_token": "\\n", "instance_url": 7}'), SalesforceUnavailable),
        (lambda _: text('{"access_token": "t\\u20ac", "instance_url": "http://127.0.0.1"}'),
         SalesforceUnavailable),
        (lambda _: text('{"access_token": "t", "instance_url": "http://127.0.0.1.evil.example"}'),
         SalesforceRefused),
        (lambda _: RedirectResponse("https://evil.example/"), SalesforceRefused),
    ],
)  # fmt: skip
async def test_wrong_logins_give_no_token(login: Answer, error: type[SalesforceError]) -> None:
    async with httpx.AsyncClient(follow_redirects=True, verify=False) as http:
        with pytest.raises(error):
            await api(page(done=True, records=[]), http, login).query("SELECT Id FROM Account")


async def test_an_answer_without_end_is_cut_off() -> None:
    async with httpx.AsyncClient(verify=False) as http:
        asked = api(lambda _: text(b'"' + b"x" * 300_000 + b'"'), http)
        asked.largest = 100_000
        with pytest.raises(SalesforceRefused, match="too large"):
            await asked.query("SELECT Id FROM Account")


@pytest.mark.parametrize("header", ["", "api-usage=x/y", "per-app-api-usage=9/10(appName=x)"])
async def test_odd_headers_tell_nothing(header: str) -> None:
    def answer(_: Request) -> Response:
        return Response('{"done": true, "records": []}', 200, {"Sforce-Limit-Info": header})

    async with httpx.AsyncClient(verify=False) as http:
        asked = api(answer, http)
        assert await asked.query("SELECT Id FROM Account") == []
        assert asked.usage is None
        asked.spare()


async def test_a_record_of_another_shape_is_named_without_its_value() -> None:
    office = Office()
    deal_id = office.won()
    line = office.line(deal_id)
    office.org.records["OpportunityLineItem"][line]["ProductCode"] = True
    async with reading(office) as source:
        found = await source.deal(deal_id)
    assert isinstance(found, Unreadable)
    assert [problem.name for problem in found.problems] == ["shape"]
    assert "Line.ProductCode" in found.problems[0].words
    assert "True" not in found.problems[0].words


async def test_a_wrong_key_is_found_before_anything_is_sent() -> None:
    office = Office()
    weak = replace(signed("http://127.0.0.1", private_key_pem="no key"), reading=Reading())
    async with reading(office, settings=weak) as source:
        with pytest.raises(SalesforceRefused, match="not an unencrypted PEM key"):
            await source.check()
    assert office.server.logins.given == 0
