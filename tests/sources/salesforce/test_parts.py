"""Schedules, quotes, contracts and merged accounts: what they make of a won opportunity."""

from __future__ import annotations

from datetime import date

from domain.ledger.billing.from_deal import billing_of
from sources.salesforce.config import Reading
from tests.sources.salesforce.office import OWN, Office, custom_office, gbp, problems, read


async def test_a_schedule_is_billed_as_given_and_keeps_its_keys_when_made_anew() -> None:
    office = Office()
    deal_id = office.won()
    line = office.line(deal_id, UnitPrice="1000")
    days = {"2026-06-01": "400", "2026-04-01": "350.50", "2026-09-01": "249.50"}

    def plan() -> list[str]:
        return [
            office.org.create(
                "OpportunityLineItemSchedule", OpportunityLineItemId=line, Type="Revenue",
                ScheduleDate=day, Revenue=amount,
            )
            for day, amount in days.items()
        ]  # fmt: skip

    first = plan()
    before = await read(office, deal_id)
    assert [(x.source_id, x.starts_on, x.amount) for x in before.lines] == [
        (f"{line}:1", date(2026, 4, 1), gbp("350.50")),
        (f"{line}:2", date(2026, 6, 1), gbp("400")),
        (f"{line}:3", date(2026, 9, 1), gbp("249.50")),
    ]
    for record in first:
        office.org.delete("OpportunityLineItemSchedule", record)
    plan()
    after = await read(office, deal_id)
    assert after.lines == before.lines
    keys = [b.key for b in billing_of(after, "7", 1).lines]
    assert keys == [f"salesforce:{deal_id}:{line}:{n}" for n in (1, 2, 3)]


async def test_the_accepted_quote_is_billed_instead_of_the_opportunity() -> None:
    office = Office()
    deal_id = office.won()
    line = office.line(deal_id)
    quote = office.org.create(
        "Quote", OpportunityId=deal_id, QuoteNumber="Q-1", Status="Accepted", TotalPrice="1100"
    )
    office.org.create("QuoteLineItem", QuoteId=quote, Quantity="1", UnitPrice="1100",
                      OpportunityLineItemId=line)  # fmt: skip
    deal = await read(office, deal_id)
    assert (deal.quote_id, [x.amount for x in deal.lines]) == (quote, [gbp("1100")])
    assert deal.amount == gbp("1100")
    assert deal.lines[0].source_id == line
    office.org.change("Quote", quote, Status="Rejected")
    assert (await read(office, deal_id)).quote_id == ""
    office.org.change("Quote", quote, Status="Accepted", IsSyncing=True, TotalPrice="1200")
    synced = await read(office, deal_id)
    assert (synced.quote_id, synced.lines[0].amount) == (quote, gbp("1200"))
    office.org.change("Quote", quote, TotalPrice="1199", ShippingHandling="20")
    assert await problems(office, deal_id) == ["quote_extras", "quote_differs"]
    office.org.create("Quote", OpportunityId=deal_id, QuoteNumber="Q-2", Status="Accepted")
    assert "quotes_several" in await problems(office, deal_id)


async def test_a_contract_gives_the_term_once_it_is_signed() -> None:
    office = Office()
    contract = office.org.create(
        "Contract", AccountId=office.account, ContractNumber="00000101", Status="Draft",
        StatusCode="Draft", StartDate="2026-04-01", ContractTerm="24",
    )  # fmt: skip
    deal_id = office.won(ContractId=contract)
    office.line(deal_id)
    how = Reading(timing="advance", priced_per="year")
    assert await problems(office, deal_id, how) == ["contract_unsigned"]
    office.org.change("Contract", contract, CustomerSignedDate="2026-03-20")
    deal = await read(office, deal_id, how)
    assert (deal.starts_on, deal.ends_on) == (date(2026, 4, 1), date(2028, 3, 31))
    (unbillable,) = billing_of(deal, "7", 1).unbillable
    assert unbillable.missing == ("frequency",)
    other = office.org.create("Account", Name="Somebody else")
    office.org.change("Contract", contract, AccountId=other, EndDate="2027-03-31")
    assert set(await problems(office, deal_id, how)) == {"contract_account", "term_differs"}


async def test_a_merge_tells_the_new_account_and_who_it_swallowed() -> None:
    office = Office()
    other = office.org.create("Account", Name="Linden & Oak")
    deal_id = office.won(AccountId=other)
    office.line(deal_id)
    office.org.merge_accounts(office.account, other)
    customer = (await read(office, deal_id)).customer
    assert (customer.external_id, customer.merged_ids) == (office.account, (other,))
    office.org.change("Opportunity", deal_id, AccountId=other)
    late = (await read(office, deal_id)).customer
    assert (late.external_id, late.merged_into) == (other, office.account)


async def test_a_schedule_that_says_something_else_is_named() -> None:
    office = custom_office()
    deal_id = office.won()
    line = office.line(deal_id, Frequency__c="Monthly")
    plan = office.org.create(
        "OpportunityLineItemSchedule", OpportunityLineItemId=line, Type="Revenue",
        ScheduleDate="2026-05-01", Revenue="500",
    )  # fmt: skip
    assert await problems(office, deal_id, OWN) == ["schedule_and_frequency"]
    office.org.change("OpportunityLineItem", line, Frequency__c=None, TotalPrice="1200")
    assert await problems(office, deal_id, OWN) == ["schedule_differs"]
    for revenue in (None, "-1200"):
        office.org.change("OpportunityLineItemSchedule", plan, Type="Revenue", Revenue=revenue)
        assert await problems(office, deal_id, OWN) == ["schedule_unclear"]
