"""A deal as it is now, read from a real server on loopback."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.ledger.billing.from_deal import billing_of
from domain.ledger.deal import Deal
from domain.ledger.money import Money
from sources.hubspot.account import PropertyNames
from sources.hubspot.errors import HubSpotRefused
from sources.hubspot.rest.words import plain
from sources.hubspot.values import Gone, NotWon, ObjectId, Unreadable
from tests.sources.hubspot.world import World

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def read(hub: World, key: str) -> Deal:
    found = await hub.client().deal(key)
    assert isinstance(found, Deal), found
    return found


async def problems(hub: World, key: str) -> list[str]:
    found = await hub.client().deal(key)
    assert isinstance(found, Unreadable), found
    return [problem.name for problem in found.problems]


async def test_a_won_deal_with_everything(hub: World) -> None:
    key = hub.deal(company="", amount="1300.00", po="PO-9", pays="Net 30", dealname="Acme 2026")
    company = hub.company(
        "Acme Inc", domain="ACME.example", hs_country_code="US", city="Utica", zip="13501",
        address="1 Main St", vat="12-3", netsuite="C-77", hs_parent_company_id="55",
    )  # fmt: skip
    hub.store.link(key, hub.company("Reseller Ltd"))
    hub.store.link(key, company, primary=True)
    buyer = hub.store.create("contacts", email="Buyer@acme.example")
    payer = hub.store.create("contacts", email="ap@acme.example")
    hub.store.link(key, buyer)
    hub.store.link(key, payer, label="Billing contact")
    line = hub.line(
        key, "2 x 100.00", name="Seats", hs_sku="SEAT", hs_discount_percentage="10",
        recurringbillingfrequency="monthly", hs_recurring_billing_period="P1Y",
        hs_recurring_billing_start_date="2026-04-01", hs_tax_rate_group_id="2148420997",
    )  # fmt: skip
    names = PropertyNames(po_number="po", terms="pays", tax_id="vat", erp_id="netsuite")
    found = await hub.client(replace(hub.account, names=names)).deal(key)
    assert isinstance(found, Deal)
    assert (found.source, found.source_id, found.name) == ("hubspot", key, "Acme 2026")
    assert (found.po_number, found.terms, found.quote_id) == ("PO-9", "Net 30", "")
    assert (found.closed_on, found.amount) == (date(2026, 3, 1), Money(130_000, "USD"))
    customer = found.customer
    assert (customer.external_id, customer.name, customer.parent) == (company, "Acme Inc", "55")
    assert (customer.domain, customer.country) == ("acme.example", "US")
    assert (customer.tax_id, customer.erp_id) == ("12-3", "C-77")
    assert customer.billing_address == ("1 Main St", "13501 Utica", "US")
    assert customer.emails == ("ap@acme.example", "buyer@acme.example")
    (seats,) = found.lines
    assert (seats.source_id, seats.sku, seats.tax_code) == (line, "SEAT", "2148420997")
    assert (seats.quantity, seats.unit_price) == ("2", Money(10_000, "USD"))
    assert (seats.discount, seats.amount) == (Money(2_000, "USD"), Money(18_000, "USD"))
    assert (seats.frequency, seats.term_months, seats.billed) == ("month", 12, "advance")
    assert billing_of(found, "c1", 1).unbillable == ()


async def test_an_open_deal_and_one_of_another_pipeline_are_not_won(hub: World) -> None:
    key = hub.deal("1 x 5.00", dealstage="contractsent")
    assert await hub.client().deal(key) == NotWon(key, "contractsent", "default", "Acme renewal")
    other = replace(hub.account, pipelines=("renewals",))
    won = hub.deal("1 x 5.00")
    assert isinstance(await hub.client(other).deal(won), NotWon)
    staged = replace(hub.account, won_stages=("contractsent",))
    assert isinstance(await hub.client(staged).deal(key), Deal)
    assert isinstance(await hub.client(staged).deal(won), NotWon)


async def test_deleted_and_merged_deals_are_gone(hub: World) -> None:
    one, two = hub.deal("1 x 5.00"), hub.deal("1 x 7.00", company="")
    hub.store.merge(one, two)
    assert await hub.client().deal(two) == Gone(two, merged_into=one)
    kept = await read(hub, one)
    assert kept.merged_ids == (two,)
    assert len(kept.lines) == 2
    hub.store.delete(one)
    assert await hub.client().deal(one) == Gone(one)
    assert await hub.client().deal("1") == Gone("1")


async def test_known_deals_that_are_no_more(hub: World) -> None:
    there, gone, one, two = (hub.deal() for _ in range(4))
    hub.store.delete(gone)
    hub.store.merge(one, two)
    assert await hub.client().missing((there, gone, one, two, there)) == (gone, two)
    assert await hub.client().missing(()) == ()


async def test_text_that_postgresql_cannot_hold_is_cleaned(hub: World) -> None:
    key = hub.deal(dealname=" a\x00b ")
    hub.line(key, "1 x 5", name="\x00Seat")
    found = await read(hub, key)
    assert (found.name, found.lines[0].product) == ("ab", "Seat")
    assert plain("\ud800x") == "?x"


async def test_a_merge_may_make_a_third_deal(hub: World) -> None:
    one, two = hub.deal("1 x 5.00"), hub.deal("1 x 7.00", company="")
    both = hub.store.merge(one, two, new_id=True)
    for old in (one, two):
        assert await hub.client().deal(old) == Gone(old, merged_into=both)
    assert (await read(hub, both)).merged_ids == (one, two)


async def test_a_property_that_does_not_exist_is_told_and_not_left_empty(hub: World) -> None:
    names = PropertyNames(po_number="po_nmuber", timing="when", tax_id="vat")
    client = hub.client(replace(hub.account, names=names))
    key = hub.deal("1 x 5.00")
    assert isinstance(await client.deal(key), Deal)
    hub.store.undefined |= {"po_nmuber", "when", "vat"}
    found = await client.deal(key)
    assert isinstance(found, Unreadable)
    assert [problem.name for problem in found.problems] == ["property_unknown"] * 3
    assert "po_nmuber" in found.problems[0].words


async def test_what_may_not_be_read_is_told_by_kind(hub: World) -> None:
    assert await hub.client().refusals() == {}
    hub.access.scopes = frozenset({f"crm.objects.{kind}.read" for kind in ("deals", "quotes")})
    refused = await hub.client().refusals()
    assert list(refused) == ["line_items", "companies", "contacts"]
    assert "crm.objects.contacts.read" in refused["contacts"]


async def test_the_accepted_quote_is_billed_and_never_the_deal_as_well(hub: World) -> None:
    key = hub.deal("1 x 900.00")
    hub.quote(key, "1 x 950.00")
    assert [line.unit_price.minor for line in (await read(hub, key)).lines] == [90_000]
    quote = hub.quote(key, "1 x 800.00", hs_quote_esign_status="SIGNED")
    found = await read(hub, key)
    assert found.quote_id == quote
    assert [line.unit_price.minor for line in found.lines] == [80_000]
    hub.store.change(quote, hs_status="VOID")
    assert (await read(hub, key)).quote_id == ""


@pytest.mark.parametrize(
    "signed",
    [
        {"hs_status": "ACCEPTED"},
        {"hs_quote_status": "ACCEPTED"},
        {"hs_sign_status": "ESIGN_COMPLETED", "hs_quote_status": "EXPIRED"},
        {"hs_manually_signed": "true"},
        {"hs_esign_num_signers_required": "2", "hs_esign_num_signers_completed": "2"},
    ],
)
async def test_ways_to_accept_a_quote(hub: World, signed: dict[str, str]) -> None:
    key = hub.deal("1 x 900.00")
    quote = hub.quote(key, "1 x 950.00", **signed)
    assert (await read(hub, key)).quote_id == quote


async def test_quotes_nobody_can_choose_between(hub: World) -> None:
    key = hub.deal("1 x 900.00")
    first = hub.quote(key, "1 x 1.00", hs_status="ACCEPTED")
    second = hub.quote(key, "1 x 2.00", hs_status="ACCEPTED")
    assert await problems(hub, key) == ["quotes_several"]
    hub.store.delete(second)
    assert (await read(hub, key)).quote_id == first
    for status in ("PAID", "PROCESSING"):
        hub.store.change(first, hs_payment_status=status)
        assert await problems(hub, key) == ["quote_paid"]
    hub.store.change(first, hs_payment_status="PENDING", hs_currency="EUR")
    assert await problems(hub, key) == ["currency_differs"]
    hub.store.change(first, hs_currency="USD")
    hub.store.link(first, hub.store.create("discounts", hs_value="50"))
    assert await problems(hub, key) == ["quote_extras"]


async def test_what_a_deal_can_lack(hub: World) -> None:
    assert await problems(hub, hub.deal()) == ["lines_missing"]
    assert await problems(hub, hub.deal("1 x 5", company="")) == ["company_missing"]
    assert await problems(hub, hub.deal("1 x 5", deal_currency_code="")) == ["currency_missing"]
    unnamed = hub.deal("1 x 5", company="")
    hub.store.link(unnamed, hub.store.create("companies"), primary=True)
    assert await problems(hub, unnamed) == ["company_missing"]
    two = hub.deal("1 x 5", company="")
    for name in ("A", "B"):
        hub.store.link(two, hub.company(name))
    assert await problems(hub, two) == ["company_several"]


async def test_the_only_company_needs_no_label_and_the_account_has_a_currency(hub: World) -> None:
    key = hub.deal("1 x 5", company="", deal_currency_code="")
    hub.store.link(key, hub.company("Solo"))
    found = await hub.client(replace(hub.account, currency="EUR")).deal(key)
    assert isinstance(found, Deal)
    assert (found.customer.name, found.currency) == ("Solo", "EUR")


async def test_a_merged_company_tells_its_former_ids(hub: World) -> None:
    key = hub.deal("1 x 5.00")
    loser = (await read(hub, key)).customer.external_id
    winner = hub.company("Acme Group")
    hub.store.merge(winner, loser)
    customer = (await read(hub, key)).customer
    assert (customer.external_id, customer.merged_ids) == (winner, (loser,))


async def test_a_version_stays_until_something_changes(hub: World) -> None:
    key = hub.deal("1 x 5.00")
    first = await read(hub, key)
    assert (await read(hub, key)).version == first.version
    assert first.changed_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    hub.clock.forward(minutes=1)
    hub.store.change(first.lines[0].source_id, price="6.00")
    second = await read(hub, key)
    hub.clock.forward(minutes=1)
    hub.store.change(first.lines[0].source_id, price="5.00")
    third = await read(hub, key)
    assert len({first.version, second.version, third.version}) == 3
    digests = [found.version.partition(".")[2] for found in (first, second, third)]
    assert digests[0] == digests[2] != digests[1]
    assert replace(first, version="", changed_at=None) == replace(
        third, version="", changed_at=None
    )


async def test_lines_keep_their_order_and_are_read_in_batches(hub: World) -> None:
    hub.store.link_page = 40
    key = hub.deal()
    for count in range(130):
        hub.line(key, f"1 x {count + 1}", hs_position_on_quote=str(129 - count))
    found = await read(hub, key)
    assert [line.unit_price.minor for line in found.lines] == [n * 100 for n in range(130, 0, -1)]


async def test_the_paths_of_a_dated_version(hub: World) -> None:
    key = hub.deal("1 x 5.00")
    dated = replace(hub.account, version="2026-09")
    assert isinstance(await hub.client(dated).deal(key), Deal)


async def test_a_scope_that_was_not_granted_is_named(hub: World) -> None:
    key = hub.deal("1 x 5.00")
    hub.access.scopes = frozenset({"crm.objects.deals.read"})
    with pytest.raises(HubSpotRefused, match=r"MISSING_SCOPES.*crm\.objects\.line_items\.read"):
        await hub.client().deal(key)


async def test_deals_of_an_object(hub: World) -> None:
    key = hub.deal("1 x 5.00", company="")
    company = hub.company()
    hub.store.link(key, company)
    quote = hub.quote(key)
    line = hub.line(quote)
    client = hub.client()
    assert await client.deals_of(ObjectId("companies", company)) == (key,)
    assert await client.deals_of(ObjectId("quotes", quote)) == (key,)
    assert await client.deals_of(ObjectId("line_items", line)) == (key,)
    assert await client.deals_of(ObjectId("deals", key)) == (key,)
    assert await client.deals_of(ObjectId("products", "1")) == ()
    assert await client.deals_of(ObjectId("contacts", "1")) == ()
