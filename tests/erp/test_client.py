"""Reads are repeated, writes only when they certainly did not happen."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from domain.ledger.money import Money
from erp.netsuite.client import ATTEMPTS
from erp.netsuite.config import NetSuiteConfig
from erp.port import (
    ErpInvoice,
    ErpRefused,
    ErpUnavailable,
    NotSent,
    PaymentToPost,
    Posted,
    Rejected,
    Unclear,
)
from tests.erp.account import Connected, connected, impatient, small_company
from tests.erp.mangling import Mangler, Sent

COMPANY = small_company()
QUERY = "/services/rest/query"
PAYMENTS = "/services/rest/record/v1/customerPayment"


async def an_invoice(netsuite: Connected) -> ErpInvoice:
    ids = [str(claim.id) for claim in netsuite.company.claims]
    found = await netsuite.erp.documents(ids)
    return next(d for d in found if isinstance(d, ErpInvoice) and d.open.minor > 100)


async def a_payment(netsuite: Connected, external_id: str = "dw-pay-test") -> PaymentToPost:
    invoice = await an_invoice(netsuite)
    return PaymentToPost(
        external_id=external_id,
        customer_netsuite_id=invoice.customer_netsuite_id,
        amount=invoice.open,
        received_on=date(2026, 3, 9),
        applications=((invoice.netsuite_id, invoice.open),),
        memo="wire",
    )


@pytest.mark.parametrize("what", ["throttle", "error", "bad_gateway", "drop"])
async def test_reads_outlast_a_storm(what: str) -> None:
    async with connected(COMPANY) as netsuite:
        netsuite.fault(what=what, moment="before", path=QUERY, times=ATTEMPTS - 1)
        assert len(await netsuite.erp.periods()) == 84
        assert len(netsuite.pauses) == ATTEMPTS - 1
        assert netsuite.pauses == sorted(netsuite.pauses)


@pytest.mark.parametrize("what", ["throttle", "error", "bad_gateway", "drop"])
async def test_reads_give_up_at_last(what: str) -> None:
    async with connected(COMPANY) as netsuite:
        netsuite.fault(what=what, moment="before", path=QUERY, times=99)
        with pytest.raises(ErpUnavailable):
            await netsuite.erp.periods()
        assert netsuite.account.faults.active[0].struck == ATTEMPTS


@pytest.mark.parametrize(("wait", "least", "most"), [("7", 7, 7), ("900", 60, 60), ("soon", 0, 1)])
async def test_a_pause_that_is_asked_for_is_made(wait: str, least: float, most: float) -> None:
    def busy(sent: Sent) -> Sent:
        return replace(sent, status=429, body=b"{}", location="", wait=wait)

    mangler = Mangler()
    async with connected(COMPANY, around=mangler.around) as netsuite:
        mangler.spoil(busy, QUERY, times=1)
        await netsuite.erp.find_payment("x")
        assert len(netsuite.pauses) == 1
        assert least <= netsuite.pauses[0] <= most


async def test_a_slow_answer_is_no_answer() -> None:
    async with connected(COMPANY, adjust=impatient) as netsuite:
        netsuite.fault(what="delay", moment="before", path=QUERY, seconds=1, times=99)
        with pytest.raises(ErpUnavailable, match="ReadTimeout"):
            await netsuite.erp.periods()


async def test_a_refusal_is_not_repeated() -> None:
    async with connected(COMPANY) as netsuite:
        with pytest.raises(ErpRefused, match="INVALID_PARAMETER"):
            await netsuite.erp.query.rows("SELECT nonsense FROM customer")
        assert netsuite.pauses == []


async def test_never_more_in_flight_than_allowed() -> None:
    def wide(config: NetSuiteConfig) -> NetSuiteConfig:
        return replace(config, max_concurrency=2)

    async with connected(COMPANY, adjust=wide) as netsuite:
        netsuite.account.governor.latency_seconds = 0.01
        await asyncio.gather(*(netsuite.erp.find_payment("x") for _ in range(12)))
        assert netsuite.account.governor.highest <= 2


async def test_a_payment_is_posted_and_reads_back() -> None:
    async with connected(COMPANY) as netsuite:
        payment = await a_payment(netsuite)
        outcome = await netsuite.erp.post_payment(payment)
        assert isinstance(outcome, Posted)
        assert await netsuite.erp.find_payment("dw-pay-test") == outcome.netsuite_id
        read = await netsuite.erp.read_payment(outcome.netsuite_id)
        assert read == replace(payment, ar_account_netsuite_id="2", exchange_rate="1")
        assert await netsuite.erp.read_payment("99999999") is None
        row = netsuite.posted()[0]
        assert row["foreigntotal"] == payment.amount.minor


async def test_the_same_external_id_twice_is_a_duplicate() -> None:
    async with connected(COMPANY) as netsuite:
        payment = await a_payment(netsuite)
        small = replace(payment, amount=Money(1, payment.amount.currency), applications=())
        assert isinstance(await netsuite.erp.post_payment(small), Posted)
        outcome = await netsuite.erp.post_payment(small)
        assert isinstance(outcome, Rejected)
        assert outcome.kind == "duplicate_external_id"
        assert len(netsuite.posted()) == 1


async def test_throttled_writes_are_sent_again() -> None:
    async with connected(COMPANY) as netsuite:
        payment = await a_payment(netsuite)
        netsuite.fault(what="throttle", moment="before", path=PAYMENTS, times=2)
        assert isinstance(await netsuite.erp.post_payment(payment), Posted)
        netsuite.fault(what="throttle", moment="before", path=PAYMENTS, times=99)
        assert isinstance(await netsuite.erp.post_payment(payment), NotSent)


@pytest.mark.parametrize(
    ("what", "moment", "made"),
    [
        ("drop", "after", 1),
        ("drop", "before", 0),
        ("error", "after", 1),
        ("error", "before", 0),
        ("bad_gateway", "after", 1),
        ("bad_gateway", "before", 0),
    ],
)
async def test_an_unclear_write_is_never_repeated(what: str, moment: str, made: int) -> None:
    async with connected(COMPANY) as netsuite:
        payment = await a_payment(netsuite)
        netsuite.fault(what=what, moment=moment, path=PAYMENTS, times=1)
        assert isinstance(await netsuite.erp.post_payment(payment), Unclear)
        assert len(netsuite.posted()) == made
        assert netsuite.pauses == []


async def test_a_write_that_times_out_is_unclear() -> None:
    async with connected(COMPANY, adjust=impatient) as netsuite:
        payment = await a_payment(netsuite)
        netsuite.fault(what="delay", moment="after", path=PAYMENTS, seconds=1)
        assert isinstance(await netsuite.erp.post_payment(payment), Unclear)
        assert len(netsuite.posted()) == 1


async def test_nobody_listens_means_not_sent(free_port: int) -> None:
    async with connected(COMPANY) as netsuite:
        payment = await a_payment(netsuite)
        elsewhere = replace(netsuite.config, base_url=f"http://127.0.0.1:{free_port}")
        netsuite.erp.client.config = elsewhere
        assert isinstance(await netsuite.erp.post_payment(payment), NotSent)
        with pytest.raises(ErpUnavailable):
            await netsuite.erp.periods()


async def test_an_expired_token_costs_one_more_request() -> None:
    async with connected(COMPANY) as netsuite:
        payment = await a_payment(netsuite)
        netsuite.account.gatekeeper.expire_tokens()
        assert isinstance(await netsuite.erp.post_payment(payment), Posted)
        assert len(netsuite.posted()) == 1


async def test_a_closed_period_and_a_wrong_invoice_are_told() -> None:
    async with connected(COMPANY) as netsuite:
        payment = await a_payment(netsuite)
        foreign = replace(payment, applications=(("99999999", payment.amount),))
        refused = await netsuite.erp.post_payment(foreign)
        assert isinstance(refused, Rejected)
        assert refused.kind == "bad_reference"
        netsuite.do("period", on="2026-03-09", closed=True)
        shut = await netsuite.erp.post_payment(payment)
        assert isinstance(shut, Rejected)
        assert shut.kind == "period_closed"


async def test_the_body_is_what_the_rules_ask_for() -> None:
    async with connected(COMPANY) as netsuite:
        await netsuite.erp.post_payment(await a_payment(netsuite))
        row = netsuite.account.store.row("SELECT * FROM _write ORDER BY number DESC LIMIT 1")
        assert row is not None
        assert '"autoApply":false' in row["body"]
        assert '"toBeEmailed":false' in row["body"]
        assert '"undepFunds":{"id":"T"}' in row["body"]
        assert '"x-netsuite-propertynamevalidation": "Error"' in row["headers"]
        assert "[redacted]" in row["headers"]
