"""Every performer of the ERP, against every way in which a write can end."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta

import pytest

from effects.kinds import (
    ApplyCredit,
    CreateCreditMemo,
    CreateCustomer,
    CreateInvoice,
    PostCustomerPayment,
    PostJournal,
    PutApplications,
    RefundCustomer,
    ReversePayment,
    UnapplyPayment,
    UpdateInvoice,
    WriteOffInvoice,
)
from effects.outcomes import (
    Absent,
    CannotLook,
    Changed,
    Done,
    LookAgain,
    NotNow,
    Refused,
    RetryLater,
    Unchanged,
    Unknown,
)
from erp.performers import LOOKS
from store.engine import Database
from tests.effects.contents import invoice as any_invoice
from tests.effects.outside import mail
from tests.erp.stage import RECORDS, WRITES, Stage, staged

KINDS = sorted(WRITES)
MADE = (
    PostCustomerPayment.kind,
    CreateInvoice.kind,
    CreateCustomer.kind,
    PostJournal.kind,
    RefundCustomer.kind,
    CreateCreditMemo.kind,
    WriteOffInvoice.kind,
)
CASH = (
    ApplyCredit.kind,
    CreateCreditMemo.kind,
    WriteOffInvoice.kind,
    UnapplyPayment.kind,
    ReversePayment.kind,
    RefundCustomer.kind,
    PostJournal.kind,
)
LOST = [
    *((kind, "drop") for kind in KINDS),
    *((kind, what) for kind in KINDS if kind not in CASH for what in ("error", "bad_gateway")),
]
QUERY = "/services/rest/query"


@pytest.fixture
async def stage(db: Database) -> AsyncGenerator[Stage]:
    async with staged(db) as ready:
        yield ready


@pytest.mark.parametrize("kind", KINDS)
async def test_it_is_done_once_however_often_it_is_asked(stage: Stage, kind: str) -> None:
    effect = await stage.of(kind)
    hands = stage.hands(effect)
    assert await stage.still_true(effect) == Unchanged()
    first = await hands.act(effect)
    assert isinstance(first, Done)
    again = await hands.act(effect)
    assert isinstance(again, Done)
    assert again.evidence["netsuite_id"] == first.evidence["netsuite_id"]
    assert str(first.evidence["link"]).startswith("http")
    assert await stage.still_true(effect) == Unchanged()
    assert stage.records(kind) == (1 if kind in MADE else 0)
    await stage.record(effect, first)
    await stage.record(effect, first)


@pytest.mark.parametrize(("kind", "what"), LOST)
async def test_a_lost_answer_is_looked_for_not_repeated(stage: Stage, kind: str, what: str) -> None:
    effect = await stage.of(kind)
    method, path = WRITES[kind]
    stage.netsuite.fault(what=what, moment="after", method=method, path=path)
    assert isinstance(await stage.hands(effect).act(effect), Unknown)
    found = await stage.hands(effect).look(effect, timedelta(seconds=1))
    assert isinstance(found, Done)
    assert stage.records(kind) == (1 if kind in MADE else 0)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_lost_request_is_absent_only_after_the_last_look(stage: Stage, kind: str) -> None:
    effect = await stage.of(kind)
    method, path = WRITES[kind]
    stage.netsuite.fault(what="drop", moment="before", method=method, path=path)
    assert isinstance(await stage.hands(effect).act(effect), Unknown)
    waits = [await stage.hands(effect).look(effect, since) for since in (timedelta(0), *LOOKS)]
    seconds = (30, 90, 4 * 60, 9 * 60)
    assert waits == [*(LookAgain(timedelta(seconds=s)) for s in seconds), Absent()]
    assert isinstance(await stage.hands(effect).act(effect), Done)
    assert stage.records(kind) == (1 if kind in MADE else 0)


@pytest.mark.parametrize("kind", KINDS)
async def test_it_waits_while_netsuite_is_away(stage: Stage, kind: str) -> None:
    effect = await stage.of(kind)
    for path in (QUERY, RECORDS):
        stage.netsuite.fault(what="bad_gateway", moment="before", method="*", path=path, times=99)
    assert isinstance(await stage.hands(effect).look(effect, timedelta(hours=1)), LookAgain)
    assert isinstance(await stage.hands(effect).act(effect), RetryLater)
    assert isinstance(await stage.still_true(effect), NotNow)


def _read_at(kind: str) -> str:
    """Where a record is read; a credit memo is made out of an invoice."""
    return f"{RECORDS}/creditMemo" if kind == CreateCreditMemo.kind else WRITES[kind][1]


@pytest.mark.parametrize("kind", MADE)
async def test_a_read_back_that_fails_is_unknown_then_found(stage: Stage, kind: str) -> None:
    effect = await stage.of(kind)
    stage.netsuite.fault(what="error", moment="before", method="GET", path=_read_at(kind), times=99)
    assert isinstance(await stage.hands(effect).act(effect), Unknown)
    stage.netsuite.account.faults.clear()
    assert isinstance(await stage.hands(effect).look(effect, timedelta(0)), Done)
    assert stage.records(kind) == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_a_throttled_write_never_left(stage: Stage, kind: str) -> None:
    effect = await stage.of(kind)
    method, path = WRITES[kind]
    stage.netsuite.fault(what="throttle", moment="before", method=method, path=path, times=99)
    assert isinstance(await stage.hands(effect).act(effect), RetryLater)
    stage.netsuite.account.faults.clear()
    assert isinstance(await stage.hands(effect).act(effect), Done)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in CASH])
async def test_an_expired_token_is_renewed(stage: Stage, kind: str) -> None:
    effect = await stage.of(kind)
    method, path = WRITES[kind]
    stage.netsuite.fault(what="expire_tokens", moment="before", method=method, path=path)
    assert isinstance(await stage.hands(effect).act(effect), Done)


@pytest.mark.parametrize("kind", KINDS)
async def test_another_kind_is_a_mistake(stage: Stage, kind: str) -> None:
    effect = await stage.of(kind)
    other = mail("x") if kind == CreateInvoice.kind else any_invoice()
    with pytest.raises(TypeError, match="does not carry out"):
        await stage.hands(effect).act(other)


async def test_a_record_that_differs_is_shown_never_repaired(stage: Stage) -> None:
    cases = (
        (
            stage.newcomer(),
            replace(stage.newcomer(), terms_netsuite_id="2"),
            "terms 3 instead of 2",
        ),
        (stage.invoice(), replace(stage.invoice(), memo="April"), "memo March instead of April"),
    )
    for first, second, words in cases:
        hands = stage.hands(first)
        assert isinstance(await hands.act(first), Done)
        seen = await hands.act(second)
        assert isinstance(seen, Refused)
        assert words in seen.reason
        assert isinstance(await hands.look(second, timedelta(0)), CannotLook)
        assert stage.records(first.kind) == 1


@pytest.mark.parametrize(
    "kind",
    [UpdateInvoice.kind, PutApplications.kind, UnapplyPayment.kind, ReversePayment.kind],
)
async def test_a_change_is_not_made_twice_over_somebody_elses(stage: Stage, kind: str) -> None:
    """After a lost request, somebody else is faster: ours must not overwrite theirs."""
    effect = await stage.of(kind)
    method, path = WRITES[kind]
    stage.netsuite.fault(what="drop", moment="before", method=method, path=path)
    assert isinstance(await stage.hands(effect).act(effect), Unknown)
    if kind == UpdateInvoice.kind:
        stage.netsuite.do("edit", id=int(stage.seen[1].netsuite_id), fields={"memo": "theirs"})
    else:
        stage.netsuite.do("void", id=int(str(stage.payment.netsuite_id)), release=True)
    assert isinstance(await stage.hands(effect).look(effect, LOOKS[-1]), Absent)
    assert isinstance(await stage.still_true(effect), Changed)
