"""Every method of the port against every fault.

Reads end right, or raise ErpUnavailable or ErpRefused. Writes tell the truth: never Posted when
nothing stands, never NotSent or Rejected when something does, and nothing ever stands twice.
"""

from __future__ import annotations

import asyncio
import inspect
import random
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import count

import httpx
import pytest
import pytest_asyncio

from erp.netsuite.adapter import NetSuite
from erp.netsuite.client import NetSuiteClient
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

SERVICES = "/services/rest"
QUERY, RECORDS, TOKEN = f"{SERVICES}/query", f"{SERVICES}/record", f"{SERVICES}/auth"
MANY = 10**6
# Ways after which nothing of the answer is left that could be taken for one.
NEVER_READ = {
    "a number",
    "a row cut out",
    "a wrong id",
    "an empty row",
    "cut off",
    "deep",
    "elsewhere",
    "html",
    "no rows",
    "not utf-8",
    "other names",
}
pytestmark = pytest.mark.asyncio(loop_scope="module")
LOGIN = (CLIENT_ID, CERTIFICATE_ID, KEY.public_pem)
KEYS: Iterator[int] = count(1)
Ended = type[Posted | Rejected | Unclear | NotSent]


@dataclass(frozen=True, slots=True)
class Scene:
    """An account with known records, and an adapter that knows the account.

    What a method asks beyond its own question (currencies, clock, tables) is known already, so
    that a fault strikes the question. `right` is what every read finds in calm weather.
    """

    netsuite: Connected
    mangler: Mangler
    known: Known
    erp: NetSuite
    right: dict[str, object]

    def patience(self, seconds: float) -> None:
        """How long an answer may take."""
        client = self.erp.client
        client.config = replace(client.config, read_timeout=seconds, write_timeout=seconds)

    def calm(self) -> None:
        """Everything works again."""
        account = self.netsuite.account
        account.faults.clear()
        account.clock_skew_seconds = 0
        self.mangler.stop()
        self.patience(30)

    async def read(self, name: str) -> object:
        return await READS[name](self.erp, self.known)

    async def write(self, name: str) -> tuple[object, int]:
        """How a write ended, and how often it stands now."""
        key = str(next(KEYS))
        ended = await WRITES[name].do(self.erp, self.known, key)
        self.calm()
        return ended, WRITES[name].stands(self.netsuite, self.known, key)


async def at_once(seconds: float) -> None:
    """A pause of the client that takes no time."""
    del seconds


@asynccontextmanager
async def stranger(netsuite: Connected) -> AsyncGenerator[NetSuite]:
    """An adapter that knows nothing of the account yet."""
    config = replace(netsuite.config, read_timeout=30, write_timeout=30, max_concurrency=50)
    client = NetSuiteClient(config, netsuite.clock, random.Random(1), sleep=at_once)
    try:
        yield NetSuite(client)
    finally:
        await client.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def whole() -> AsyncGenerator[Scene]:
    mangler = Mangler()
    async with (
        connected(small_company(4, 12), around=mangler.around) as netsuite,
        stranger(netsuite) as erp,
    ):
        netsuite.account.governor.limit = 1000
        known = await known_in(netsuite)
        right = {name: await call(erp, known) for name, call in READS.items()}
        yield Scene(netsuite, mangler, known, erp, right)


@pytest_asyncio.fixture(loop_scope="module")
async def scene(whole: Scene) -> AsyncGenerator[Scene]:
    yield whole
    whole.calm()


async def test_no_method_of_the_port_is_left_out() -> None:
    methods = {name for name, _ in inspect.getmembers(Erp, inspect.isfunction)}
    public = {name for name in methods if not name.startswith("_")}
    assert public - {"link"} == {*READS, *WRITES}


@pytest.mark.parametrize("what", ["drop", "error", "bad_gateway", "throttle", "expire_tokens"])
async def test_reads_end_right_when_it_passes(scene: Scene, what: str) -> None:
    moment = "before" if what == "expire_tokens" else "after"
    for name in READS:
        scene.netsuite.fault(what=what, moment=moment, times=1)
        assert await scene.read(name) == scene.right[name], name
        assert scene.netsuite.account.faults.active[0].struck == 1, name
        scene.calm()


@pytest.mark.parametrize("what", ["drop", "error", "bad_gateway", "throttle"])
async def test_reads_say_so_when_it_does_not(scene: Scene, what: str) -> None:
    scene.netsuite.fault(what=what, moment="before", times=MANY)
    for name in READS:
        with pytest.raises(ErpUnavailable):
            await scene.read(name)


async def test_reads_outlast_slowness_or_say_so(scene: Scene) -> None:
    scene.netsuite.fault(what="delay", seconds=2, times=len(READS))
    scene.patience(1.5)
    found = await asyncio.gather(*map(scene.read, READS))
    assert dict(zip(READS, found, strict=True)) == scene.right
    scene.calm()
    scene.netsuite.fault(what="delay", seconds=0.5, times=MANY)
    scene.patience(0.05)
    ended = await asyncio.gather(*map(scene.read, READS), return_exceptions=True)
    assert {type(one) for one in ended} == {ErpUnavailable}


@pytest.mark.parametrize("seconds", [900, -900])
async def test_reads_with_a_wrong_clock_are_refused(scene: Scene, seconds: int) -> None:
    scene.netsuite.account.clock_skew_seconds = seconds
    scene.netsuite.account.gatekeeper.expire_tokens()
    for name in READS:
        with pytest.raises(ErpRefused, match="clock"):
            await scene.read(name)


async def test_reads_with_wiped_credentials_are_refused(scene: Scene) -> None:
    wipe(scene)
    for name in READS:
        with pytest.raises(ErpRefused, match="invalid_client"):
            await scene.read(name)
    scene.netsuite.account.store.register_integration(*LOGIN)


@pytest.mark.parametrize("way", sorted(WAYS))
async def test_reads_of_spoilt_answers_raise_what_the_port_says(scene: Scene, way: str) -> None:
    wrong: list[str] = []
    for path in (QUERY, RECORDS):
        scene.mangler.spoil(WAYS[way], path)
        for name in READS:
            try:
                if await scene.read(name) != scene.right[name] and way in NEVER_READ:
                    wrong.append(name)
            except (ErpUnavailable, ErpRefused):
                continue
    assert wrong == []


@pytest.mark.parametrize("way", sorted(WAYS))
async def test_a_first_question_with_a_spoilt_answer(scene: Scene, way: str) -> None:
    for path in (TOKEN, QUERY):
        scene.mangler.spoil(WAYS[way], path)
        for name in ("documents", "control_totals", "now", "read_payment"):
            async with stranger(scene.netsuite) as erp:
                with pytest.raises((ErpUnavailable, ErpRefused)):
                    await READS[name](erp, scene.known)


def wipe(scene: Scene) -> None:
    httpx.post(
        f"{scene.netsuite.config.base_url}/admin/refresh",
        headers={"Authorization": "Bearer admin"},
    ).raise_for_status()


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


@pytest.mark.parametrize("name", sorted(WRITES))
@pytest.mark.parametrize("wrong", sorted(WRONG))
async def test_writes_tell_the_truth(scene: Scene, wrong: str, name: str) -> None:
    spec, how, stands = WRONG[wrong]
    one = WRITES[name]
    scene.netsuite.fault(path=one.path, method=one.method, **spec)
    ended, found = await scene.write(name)
    assert (type(ended), found) == (how, stands)


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_slow_writes_are_unclear_and_may_stand(scene: Scene, moment: str) -> None:
    for name, one in WRITES.items():
        key = str(next(KEYS))
        late = {"what": "delay", "moment": moment, "seconds": 0.5}
        scene.netsuite.fault(path=one.path, method=one.method, **late)
        scene.patience(0.2)
        assert isinstance(await one.do(scene.erp, scene.known, key), Unclear), name
        scene.calm()
        await asyncio.sleep(0.6)
        assert one.stands(scene.netsuite, scene.known, key) == 1, name


@pytest.mark.parametrize("name", sorted(WRITES))
@pytest.mark.parametrize("trouble", ["wiped", "clock", "token"])
async def test_writes_without_a_way_in_are_not_sent(scene: Scene, trouble: str, name: str) -> None:
    account, key = scene.netsuite.account, str(next(KEYS))
    if trouble == "wiped":
        wipe(scene)
    elif trouble == "clock":
        account.clock_skew_seconds = -900
    else:
        scene.netsuite.fault(what="error", moment="before", times=MANY, path=TOKEN)
    async with stranger(scene.netsuite) as erp:
        ended = await WRITES[name].do(erp, scene.known, key)
    account.store.register_integration(*LOGIN)
    assert isinstance(ended, NotSent)
    assert WRITES[name].stands(scene.netsuite, scene.known, key) == 0


@pytest.mark.parametrize("way", sorted(WAYS))
async def test_writes_with_spoilt_answers_are_never_told_wrong(scene: Scene, way: str) -> None:
    for name, one in WRITES.items():
        scene.mangler.spoil(WAYS[way], one.path, times=1)
        truthful(*await scene.write(name))


@pytest.mark.parametrize("way", sorted(WAYS))
async def test_writes_after_spoilt_preparations(scene: Scene, way: str) -> None:
    for path in (QUERY, TOKEN):
        for one in WRITES.values():
            key = str(next(KEYS))
            scene.mangler.spoil(WAYS[way], path)
            async with stranger(scene.netsuite) as erp:
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
