"""Every method of the port against every fault.

Reads end right, or raise ErpUnavailable or ErpRefused. Writes tell the truth: never Posted when
nothing stands, never NotSent or Rejected when something does, and nothing ever stands twice.
"""

from __future__ import annotations

import asyncio
import inspect
import random
from collections.abc import AsyncGenerator, Awaitable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import count

import httpx
import pytest

from erp.netsuite.adapter import NetSuite
from erp.netsuite.client import ATTEMPTS, NetSuiteClient
from erp.port import Erp, ErpRefused, ErpUnavailable, NotSent, Posted, Rejected, Unclear
from tests.erp.account import (
    CERTIFICATE_ID,
    CLIENT_ID,
    KEY,
    Connected,
    connected,
    small_company,
)
from tests.erp.every_call import READS, WRITES, Known, known_in
from tests.erp.mangling import WAYS, Mangler

COMPANY = small_company()
SERVICES = "/services/rest"
QUERY, RECORDS, TOKEN = f"{SERVICES}/query", f"{SERVICES}/record", f"{SERVICES}/auth"
MANY = 10**6
LOGIN = (CLIENT_ID, CERTIFICATE_ID, KEY.public_pem)
KEYS: Iterator[int] = count(1)
Ended = type[Posted | Rejected | Unclear | NotSent]


@dataclass(frozen=True, slots=True)
class Scene:
    """An account with known records, and a way to meet it as a stranger each time."""

    netsuite: Connected
    mangler: Mangler
    known: Known

    @asynccontextmanager
    async def stranger(self, *, read: float = 20, write: float = 20) -> AsyncGenerator[NetSuite]:
        """An adapter that knows nothing of the account yet."""

        async def sleep(seconds: float) -> None:
            del seconds

        config = replace(
            self.netsuite.config, read_timeout=read, write_timeout=write, max_concurrency=3
        )
        client = NetSuiteClient(config, self.netsuite.clock, random.Random(1), sleep=sleep)
        try:
            yield NetSuite(client)
        finally:
            await client.close()

    def calm(self) -> None:
        """Everything works again."""
        self.netsuite.account.faults.clear()
        self.netsuite.account.clock_skew_seconds = 0
        self.mangler.stop()

    async def read(self, name: str, *, seconds: float = 20) -> object:
        async with self.stranger(read=seconds, write=seconds) as erp:
            return await READS[name](erp, self.known)


@pytest.fixture
async def scene() -> AsyncGenerator[Scene]:
    mangler = Mangler()
    async with connected(COMPANY, around=mangler.around) as netsuite:
        netsuite.account.governor.limit = 1000
        yield Scene(netsuite, mangler, await known_in(netsuite))


def test_no_method_of_the_port_is_left_out() -> None:
    methods = {name for name, _ in inspect.getmembers(Erp, inspect.isfunction)}
    public = {name for name in methods if not name.startswith("_")}
    assert public - {"link"} == {*READS, *WRITES}


async def right(scene: Scene) -> dict[str, object]:
    return {name: await scene.read(name) for name in READS}


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("what", ["drop", "error", "bad_gateway", "throttle"])
async def test_reads_end_right_when_it_passes(scene: Scene, what: str, moment: str) -> None:
    expected = await right(scene)
    for name in READS:
        scene.netsuite.fault(what=what, moment=moment, times=ATTEMPTS - 1, path=QUERY)
        scene.netsuite.fault(what=what, moment=moment, times=ATTEMPTS - 1, path=RECORDS)
        assert await scene.read(name) == expected[name], name
        scene.calm()


@pytest.mark.parametrize("what", ["drop", "error", "bad_gateway", "throttle"])
async def test_reads_say_so_when_it_does_not(scene: Scene, what: str) -> None:
    for path in (SERVICES, TOKEN):
        scene.netsuite.fault(what=what, moment="after", times=MANY, path=path)
        for name in READS:
            with pytest.raises(ErpUnavailable):
                await scene.read(name)
        scene.calm()


async def test_reads_outlast_slowness_or_say_so(scene: Scene) -> None:
    expected = await right(scene)
    scene.netsuite.fault(what="delay", seconds=1.6, times=len(READS), path=QUERY)
    found = await asyncio.gather(*(scene.read(name, seconds=1.2) for name in READS))
    assert dict(zip(READS, found, strict=True)) == expected
    scene.calm()
    scene.netsuite.fault(what="delay", seconds=0.5, times=MANY)
    tried = (scene.read(name, seconds=0.05) for name in READS)
    ended = await asyncio.gather(*tried, return_exceptions=True)
    assert {type(one) for one in ended} == {ErpUnavailable}


async def test_reads_with_an_expired_token_end_right(scene: Scene) -> None:
    expected = await right(scene)
    for name in READS:
        scene.netsuite.fault(what="expire_tokens", moment="before", times=1, path=QUERY)
        scene.netsuite.fault(what="expire_tokens", moment="before", times=1, path=RECORDS)
        assert await scene.read(name) == expected[name], name
        scene.calm()


@pytest.mark.parametrize("seconds", [900, -900])
async def test_reads_with_a_wrong_clock_are_refused(scene: Scene, seconds: int) -> None:
    scene.netsuite.account.clock_skew_seconds = seconds
    for name in READS:
        with pytest.raises(ErpRefused, match="clock"):
            await scene.read(name)


async def test_reads_with_wiped_credentials_are_refused(scene: Scene) -> None:
    wipe(scene)
    for name in READS:
        with pytest.raises(ErpRefused, match="invalid_client"):
            await scene.read(name)


@pytest.mark.parametrize("way", sorted(WAYS))
async def test_reads_of_spoilt_answers_raise_what_the_port_says(scene: Scene, way: str) -> None:
    for path in (QUERY, RECORDS, TOKEN):
        scene.mangler.spoil(WAYS[way], path)
        for name in READS:
            await ends_as_agreed(scene.read(name))
        scene.calm()


async def ends_as_agreed(call: Awaitable[object]) -> None:
    try:
        await call
    except (ErpUnavailable, ErpRefused):
        return


def wipe(scene: Scene) -> None:
    httpx.post(
        f"{scene.netsuite.config.base_url}/admin/refresh",
        headers={"Authorization": "Bearer admin"},
    ).raise_for_status()


async def write(scene: Scene, name: str, *, seconds: float = 20) -> tuple[object, int]:
    """How a write ended, and how often it stands now."""
    key = str(next(KEYS))
    one = WRITES[name]
    async with scene.stranger(write=seconds) as erp:
        await erp.currencies()
        ended = await one.do(erp, scene.known, key)
    scene.calm()
    return ended, one.stands(scene.netsuite, scene.known, key)


# What goes wrong with the write itself: fault, how it ends, how often it stands.
WRONG: dict[str, tuple[dict[str, object], Ended, int]] = {
    "lost before": ({"what": "drop", "moment": "before"}, Unclear, 0),
    "lost after": ({"what": "drop", "moment": "after"}, Unclear, 1),
    "500 before": ({"what": "error", "moment": "before"}, Unclear, 0),
    "500 after": ({"what": "error", "moment": "after"}, Unclear, 1),
    "502 before": ({"what": "bad_gateway", "moment": "before"}, Unclear, 0),
    "502 after": ({"what": "bad_gateway", "moment": "after"}, Unclear, 1),
    "429 once": ({"what": "throttle", "moment": "before", "times": 1}, Posted, 1),
    "429 always": ({"what": "throttle", "moment": "before", "times": MANY}, NotSent, 0),
    "token expired": ({"what": "expire_tokens", "moment": "before"}, Posted, 1),
    "changed meanwhile": ({"what": "conflict", "moment": "before"}, Rejected, 0),
}


@pytest.mark.parametrize("wrong", sorted(WRONG))
async def test_writes_tell_the_truth(scene: Scene, wrong: str) -> None:
    spec, how, stands = WRONG[wrong]
    for name, one in WRITES.items():
        scene.netsuite.fault(path=one.path, method=one.method, **spec)
        ended, found = await write(scene, name)
        assert (type(ended), found) == (how, stands), name


@pytest.mark.parametrize(("moment", "stands"), [("before", 1), ("after", 1)])
async def test_slow_writes_are_unclear(scene: Scene, moment: str, stands: int) -> None:
    for name, one in WRITES.items():
        key = str(next(KEYS))
        scene.netsuite.fault(
            what="delay", moment=moment, seconds=0.6, path=one.path, method=one.method
        )
        async with scene.stranger(write=0.3) as erp:
            await erp.currencies()
            ended = await one.do(erp, scene.known, key)
        assert isinstance(ended, Unclear), name
        await asyncio.sleep(0.5)
        assert one.stands(scene.netsuite, scene.known, key) == stands, name


async def test_writes_without_a_way_in_are_not_sent(scene: Scene) -> None:
    for name, one in WRITES.items():
        for prepare in (wipe, too_early, no_token):
            key = str(next(KEYS))
            prepare(scene)
            async with scene.stranger() as erp:
                ended = await one.do(erp, scene.known, key)
            scene.calm()
            scene.netsuite.account.store.register_integration(*LOGIN)
            assert isinstance(ended, NotSent), (name, prepare)
            assert one.stands(scene.netsuite, scene.known, key) == 0, name


def too_early(scene: Scene) -> None:
    scene.netsuite.account.clock_skew_seconds = -900


def no_token(scene: Scene) -> None:
    scene.netsuite.fault(what="error", moment="before", times=MANY, path=TOKEN)


@pytest.mark.parametrize("way", sorted(WAYS))
async def test_writes_with_spoilt_answers_are_never_told_wrong(scene: Scene, way: str) -> None:
    for name, one in WRITES.items():
        scene.mangler.spoil(WAYS[way], one.path, times=1)
        ended, stands = await write(scene, name)
        truthful(ended, stands)


@pytest.mark.parametrize("way", sorted(WAYS))
async def test_writes_after_spoilt_preparations(scene: Scene, way: str) -> None:
    for path in (QUERY, TOKEN):
        for one in WRITES.values():
            key = str(next(KEYS))
            scene.mangler.spoil(WAYS[way], path)
            async with scene.stranger() as erp:
                ended = await one.do(erp, scene.known, key)
            scene.calm()
            truthful(ended, one.stands(scene.netsuite, scene.known, key))


def truthful(ended: object, stands: int) -> None:
    match ended:
        case Posted():
            assert stands == 1
        case Rejected() | NotSent():
            assert stands == 0
        case Unclear():
            assert stands in (0, 1)
        case _:
            raise AssertionError(ended)
