"""Changes are told and none is lost, whatever shares a second or moves between two pages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

import pytest

from domain.ledger.deal import Deal
from sandbox.salesforce.objects import standard_objects, without
from sources.salesforce.client import Salesforce
from sources.salesforce.cursor import Cursor, InvalidCursor, Mark
from sources.salesforce.errors import SalesforceBusy
from sources.salesforce.rest.schema import OPTIONAL
from sources.salesforce.values import Gone, NotWon
from tests.sources.salesforce.office import START, Office, reading, settings_for, told

HERE = "http://127.0.0.1"
BEFORE = Cursor.starting(START - timedelta(hours=1))


async def test_rows_that_share_one_second_are_all_told_over_pages() -> None:
    office = Office()
    deals = [office.won(Name=f"Deal {n}", IsWon=n % 2 == 0) for n in range(23)]
    small = replace(settings_for(HERE), page_size=5)
    async with reading(office, settings=small) as source:
        ids, cursor = await told(source, BEFORE)
        assert sorted(set(ids)) == sorted(deals)
        office.watch.pass_by(3_600)
        _, cursor = await told(source, cursor)
        assert await told(source, cursor) == ([], cursor)


async def test_salesforce_may_cut_an_answer_into_smaller_ones() -> None:
    office = Office()
    office.server.batch = 4
    deals = [office.won(Name=f"Deal {n}") for n in range(11)]
    async with reading(office) as source:
        ids, _ = await told(source, BEFORE)
    assert sorted(set(ids)) == sorted(deals)


async def test_a_row_changed_while_pages_are_read_is_told_again() -> None:
    office = Office()
    deals = []
    for n in range(9):
        office.watch.pass_by(60)
        deals.append(office.won(Name=f"Deal {n}"))
    small = replace(settings_for(HERE), page_size=3)
    ids: list[str] = []
    async with reading(office, settings=small) as source:
        async for page in source.changed(BEFORE):
            if not ids:
                office.watch.pass_by(60)
                office.org.change("Opportunity", deals[0], Name="Changed")
                office.org.delete("Opportunity", deals[-1])
            ids += page.deal_ids
    assert set(ids) == set(deals)
    assert ids.count(deals[0]) > ids.count(deals[1])


async def test_a_stop_between_pages_goes_on_from_the_stored_cursor() -> None:
    office = Office()
    deals = [office.won(Name=f"Deal {n}") for n in range(10)]
    small = replace(settings_for(HERE), page_size=4)
    cursor = BEFORE
    seen: list[str] = []
    async with reading(office, settings=small) as source:
        for _ in range(40):
            async for page in source.changed(Cursor.from_payload(cursor.payload())):
                seen += page.deal_ids
                cursor = page.cursor
                break
    assert sorted(set(seen)) == sorted(deals)
    assert seen[:10] == sorted(deals)


@dataclass(slots=True)
class Sales:
    """People at work: `waiting` are opportunities whose last change was not told yet."""

    office: Office
    dice: Random
    waiting: set[str] = field(default_factory=set)
    deals: list[str] = field(default_factory=list)

    def work(self) -> None:
        match self.dice.randrange(5):
            case 0:
                made = [self.office.won() for _ in range(self.dice.randrange(1, 9))]
                self.deals += made
                self.waiting.update(made)
            case 1 if self.deals:
                self.touch("change")
            case 2 if self.deals:
                self.touch("delete")
            case 3 if self.deals:
                self.office.watch.pass_by(-250)
                self.touch("change")
                self.office.watch.pass_by(250)
            case _:
                self.office.watch.pass_by(self.dice.choice((0, 1, 60, 400)))

    def touch(self, how: str) -> None:
        deal = self.dice.choice(self.deals)
        getattr(self.office.org, how)("Opportunity", deal)
        self.waiting.add(deal)

    async def read(self, source: Salesforce, cursor: Cursor, most: int) -> Cursor:
        """At most so many pages, then a stop; what is stored is the payload."""
        count = 0
        async for page in source.changed(Cursor.from_payload(cursor.payload())):
            self.waiting.difference_update(page.deal_ids)
            cursor, count = page.cursor, count + 1
            if count >= most:
                break
        return cursor


@pytest.mark.parametrize("seed", range(6))
async def test_no_order_of_saves_reads_and_stops_loses_a_change(seed: int) -> None:
    sales = Sales(Office(), Random(seed))
    sales.office.org.types = without(standard_objects(), objects=OPTIONAL)
    small, cursor = replace(settings_for(HERE), page_size=4), BEFORE
    async with reading(sales.office, settings=small) as source:
        for _ in range(40):
            sales.work()
            if sales.dice.random() < 0.4:
                cursor = await sales.read(source, cursor, sales.dice.randrange(1, 5))
        for _ in range(2):
            cursor = await sales.read(source, cursor, 1_000)
    assert sales.deals
    assert sales.waiting == set()


async def test_what_was_saved_late_is_found_by_reading_back() -> None:
    """A row whose time lies before a pass, but which that pass could not see yet."""
    office = Office()
    first = office.won()
    office.watch.pass_by(1_200)
    async with reading(office) as source:
        _, cursor = await told(source, BEFORE)
        mark = cursor.mark("opportunity")
        office.watch.at = mark.stamp + timedelta(seconds=100)
        late = office.won(Name="Saved late")
        ids, _ = await told(source, cursor)
    assert late in ids
    assert first not in ids


def with_all_parts(office: Office) -> dict[str, str]:
    """A won deal with an account of its own, and the id of each part by object."""
    org, account = office.org, office.org.create("Account", Name="Its own")
    contract = org.create("Contract", AccountId=account)
    deal = office.won(AccountId=account, ContractId=contract)
    line = office.line(deal)
    quote = org.create("Quote", OpportunityId=deal, Status="Draft")
    return {
        "Opportunity": deal,
        "Account": account,
        "Contract": contract,
        "OpportunityLineItem": line,
        "OpportunityLineItemSchedule": org.create(
            "OpportunityLineItemSchedule", OpportunityLineItemId=line, Revenue="1200"
        ),
        "Quote": quote,
        "QuoteLineItem": org.create("QuoteLineItem", QuoteId=quote),
        "OpportunityContactRole": org.create("OpportunityContactRole", OpportunityId=deal),
    }


async def test_every_part_of_a_deal_tells_the_deal() -> None:
    office = Office()
    tables = tuple(with_all_parts(office))
    deals = [with_all_parts(office) for _ in tables]
    removed, untouched = with_all_parts(office), with_all_parts(office)
    async with reading(office) as source:
        cursor = await quiet(office, source, BEFORE)
        for table, parts in zip(tables, deals, strict=True):
            office.org.records[table][parts[table]]["SystemModstamp"] = office.org.stamp()
        office.org.delete("OpportunityLineItem", removed["OpportunityLineItem"])
        ids, _ = await told(source, cursor)
    assert set(ids) == {parts["Opportunity"] for parts in (*deals, removed)}
    assert untouched["Opportunity"] not in ids


async def test_a_deleted_opportunity_is_told() -> None:
    office = Office()
    deal = office.won(IsWon=False)
    async with reading(office) as source:
        cursor = await quiet(office, source, BEFORE)
        office.org.delete("Opportunity", deal)
        assert set((await told(source, cursor))[0]) == {deal}


async def quiet(office: Office, source: Salesforce, cursor: Cursor) -> Cursor:
    """Where reading stands an hour later, when all that happened was told."""
    office.watch.pass_by(3_600)
    _, cursor = await told(source, cursor)
    assert await told(source, cursor) == ([], cursor)
    return cursor


async def test_a_merge_tells_the_deals_of_both_accounts() -> None:
    office = Office()
    kept, deal = office.account, office.won()
    other = office.org.create("Account", Name="Linden & Oak")
    theirs = office.won(AccountId=other)
    async with reading(office) as source:
        office.watch.pass_by(4_000)
        _, cursor = await told(source, BEFORE)
        office.watch.pass_by(4_000)
        office.org.merge_accounts(kept, other)
        ids, _ = await told(source, cursor)
    assert set(ids) == {deal, theirs}


async def test_open_opportunities_cost_no_request_of_their_own() -> None:
    office = Office()
    for n in range(30):
        deal = office.won(Name=f"Maybe {n}", IsWon=False, StageName="Proposal")
        office.line(deal)
    won = office.won()
    office.line(won)
    gone = office.won(IsWon=False)
    office.org.delete("Opportunity", gone)
    outcomes: dict[str, object] = {}
    async with reading(office) as source:
        async for page in source.changed(BEFORE):
            for deal_id in page.deal_ids:
                outcomes[deal_id] = await source.deal(deal_id)
        asked = office.server.used
        again = await source.deal(deal)
        assert office.server.used == asked + 1
    assert asked < 50
    assert [type(outcomes[each]) for each in (deal, won, gone)] == [NotWon, Deal, Gone]
    assert again == outcomes[deal] == NotWon(deal, "Proposal", "Maybe 29")


async def test_an_opportunity_won_after_its_page_is_told_again() -> None:
    office = Office()
    deal = office.won(IsWon=False)
    office.line(deal)
    async with reading(office) as source:
        _, cursor = await told(source, BEFORE)
        office.watch.pass_by(30)
        office.org.change("Opportunity", deal, IsWon=True)
        ids, _ = await told(source, cursor)
        assert deal in ids
        assert isinstance(await source.deal(deal), Deal)


async def test_objects_that_an_organisation_lacks_are_not_asked_for() -> None:
    office = Office()
    lacking = ("Quote", "QuoteLineItem", "OpportunityLineItemSchedule", "Contract")
    office.org.types = without(standard_objects(), objects=lacking)
    deal = office.won()
    async with reading(office) as source:
        ids, _ = await told(source, BEFORE)
    assert set(ids) == {deal}
    assert not any(" FROM Quote" in query for query in office.server.seen)


async def test_reading_stops_before_the_requests_of_the_day_are_used_up() -> None:
    office = Office()
    office.server.allowed, office.server.used = 1_000, 880
    async with reading(office) as source:
        with pytest.raises(SalesforceBusy, match="of 1000 requests"):
            for _ in range(20):
                await told(source, BEFORE)
        with pytest.raises(SalesforceBusy):
            await source.deal("006000000000001AAA")
        assert source.usage is not None
        assert source.usage.used == 900


def test_a_cursor_survives_storage_and_nothing_else_is_one() -> None:
    mark = Mark("line", START, "00k000000000001AAA", START)
    cursor = BEFORE.moved(mark).moved(Mark("quote", START))
    assert Cursor.from_payload(cursor.payload()) == cursor
    broken: list[dict[str, object]] = [
        {}, {"version": 2}, {"version": 1, "starts_at": "yesterday", "marks": []},
        {**cursor.payload(), "marks": [["line", "2026-03-01T09:00:00Z", "' OR Id", ""]]},
        {**cursor.payload(), "marks": [["x", "2026-03-01T09:00:00Z", "", ""]] * 2},
        {**cursor.payload(), "marks": 7}, {**cursor.payload(), "marks": [None]},
    ]  # fmt: skip
    for payload in broken:
        with pytest.raises(InvalidCursor):
            Cursor.from_payload(payload)
