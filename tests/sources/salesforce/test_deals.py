"""Won opportunities as deals: what Salesforce says, exactly, and named problems for the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.ledger.billing.from_deal import billing_of
from domain.ledger.billing.schedule import schedule
from domain.ledger.deal import Deal
from sandbox.salesforce.objects import standard_objects, with_field, without
from sandbox.salesforce.store import Value
from sources.salesforce.config import FieldNames, Reading
from sources.salesforce.errors import SalesforceRefused
from sources.salesforce.values import Gone, NotWon, Unreadable
from tests.sources.salesforce.office import (
    CUSTOM,
    OWN,
    Office,
    custom_office,
    gbp,
    problems,
    read,
    reading,
)

AMOUNTS: tuple[tuple[dict[str, Value], str], ...] = (
    ({"Quantity": "3", "UnitPrice": "33.33", "TotalPrice": "100"}, "100.00"),
    ({"Quantity": "1000", "UnitPrice": "0.0045"}, "4.50"),
    ({"Quantity": "2.5", "UnitPrice": "10.01"}, "25.03"),
    ({"Quantity": "7", "UnitPrice": "19.99", "Discount": "12.5"}, "122.44"),
    ({"Quantity": "1", "UnitPrice": "0"}, "0.00"),
    ({"Quantity": "1", "UnitPrice": "123456789.12"}, "123456789.12"),
)
UNCLEAR: tuple[tuple[dict[str, Value], str], ...] = (
    ({"TotalPrice": "1100"}, "amount_differs"),
    ({"Quantity": "2.5", "UnitPrice": "10", "TotalPrice": "25.01"}, "amount_differs"),
    ({"Quantity": None, "TotalPrice": "5"}, "price_unclear"),
    ({"Discount": "130", "TotalPrice": "0"}, "discount_unclear"),
    ({"TotalPrice": "1200.005"}, "amount_unreadable"),
    ({"CurrencyIsoCode": "EUR"}, "currency_differs"),
    ({"Frequency__c": "Biannual"}, "frequency_unknown"),
    ({"Frequency__c": "Monthly", "Timing__c": "Whenever"}, "timing_unknown"),
    ({"Frequency__c": "One-time", "Timing__c": "Arrears"}, "timing_unknown"),
    ({"Frequency__c": "Monthly", "Term__c": "12", "Timing__c": "Advance"}, "price_unclear"),
    ({"Frequency__c": "Monthly", "Timing__c": "Advance", "Per__c": "Dozen"}, "price_unclear"),
    ({"Term__c": "12"}, "frequency_missing"),
    ({"Term__c": "12.5"}, "term_unreadable"),
    ({"Term__c": "0"}, "term_unreadable"),
    ({"End_Date__c": "2026-01-01", "ServiceDate": "2026-02-01"}, "end_before_start"),
    ({"End_Date__c": "2027-02-01", "ServiceDate": "2026-02-01", "Term__c": "12"}, "term_differs"),
    ({"Revenue_Type__c": "Magic"}, "revenue_type_unknown"),
    ({"HasSchedule": True}, "schedule_unclear"),
)


async def test_a_plain_sale_is_billed_once_on_its_date() -> None:
    office = Office()
    deal_id = office.won()
    line = office.line(deal_id, Quantity="2", UnitPrice="49.99", ServiceDate="2026-03-15")
    deal = await read(office, deal_id)
    assert (deal.source, deal.source_id, deal.currency) == ("salesforce", deal_id, "GBP")
    assert (deal.closed_on, deal.amount, deal.name) == (
        date(2026, 2, 27), gbp("99.98"), "Linden 2026",
    )  # fmt: skip
    assert deal.changed_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    (made,) = deal.lines
    assert (made.source_id, made.product, made.sku) == (line, "Platform", "PLATFORM")
    assert (made.amount, made.billed, made.starts_on) == (
        gbp("99.98"), "once", date(2026, 3, 15),
    )  # fmt: skip
    (billed,) = billing_of(deal, "7", 1).lines
    assert billed.key == f"salesforce:{deal_id}:{line}"


async def test_the_customer_is_told_as_salesforce_knows_it() -> None:
    office = custom_office()
    parent = office.org.create("Account", Name="Oak Group")
    office.org.change("Account", office.account, ParentId=parent)
    deal_id = office.won(PO__c="PO-77", Payment_Terms__c="Net 45")
    office.line(deal_id)
    for role, mail in (("Billing", "AP@linden.example"), ("Evaluator", "x@linden.example")):
        contact = office.org.create("Contact", Name=role, Email=mail)
        office.org.create(
            "OpportunityContactRole", OpportunityId=deal_id, ContactId=contact, Role=role
        )
    deal = await read(office, deal_id, OWN)
    assert (deal.po_number, deal.terms) == ("PO-77", "Net 45")
    customer = deal.customer
    assert (customer.external_id, customer.parent, customer.erp_id) == (
        office.account, parent, "412",
    )  # fmt: skip
    assert (customer.name, customer.domain, customer.country, customer.tax_id) == (
        "Linden Oak Ltd", "linden.example", "GB", "GB123456789",
    )  # fmt: skip
    assert customer.emails == ("ap@linden.example",)
    assert customer.billing_address == ("1 Oak Row", "Floor 2", "LS1 2AB Leeds", "United Kingdom")


async def test_a_subscription_by_the_organisations_own_fields() -> None:
    office = custom_office()
    deal_id = office.won()
    office.line(
        deal_id, ServiceDate="2026-04-01", Term__c="12", Frequency__c="Quarterly",
        Timing__c="In advance", Per__c="Term", Revenue_Type__c="subscription",
        UnitPrice="12500000", Discount="20",
    )  # fmt: skip
    deal = await read(office, deal_id, OWN)
    (line,) = deal.lines
    assert (line.frequency, line.interval_count, line.billed) == ("quarter", 1, "advance")
    assert (line.priced_per, line.term_months, line.revenue_type) == ("term", 12, "subscription")
    assert (line.unit_price, line.discount) == (gbp("12500000"), gbp("2500000"))
    (billed,) = billing_of(deal, "7", 1).lines
    assert [(i.bill_on.month, i.amount) for i in schedule(billed)] == [
        (month, gbp("2500000")) for month in (4, 7, 10, 1)
    ]


async def test_no_two_readings_that_differ_share_a_version() -> None:
    office = Office()
    deal_id = office.won()
    office.line(deal_id)
    seen = [await read(office, deal_id)]
    assert await read(office, deal_id) == seen[0]
    for closed_on in ("2026-02-28", "2026-02-27"):
        office.watch.pass_by(60)
        office.org.change("Opportunity", deal_id, CloseDate=closed_on)
        seen.append(await read(office, deal_id))
    assert replace(seen[2], version="", changed_at=None) == replace(
        seen[0], version="", changed_at=None
    )
    assert len({deal.version for deal in seen}) == 3


async def test_the_time_of_the_last_change_never_goes_back() -> None:
    """Whatever is deleted or rejected was changed when that happened."""
    office = Office()
    org, deal_id = office.org, office.won()
    line, extra = office.line(deal_id), office.line(deal_id)
    quote = org.create(
        "Quote", OpportunityId=deal_id, Status="Accepted", IsSyncing=True, TotalPrice="2400"
    )
    plan = org.create("OpportunityLineItemSchedule", OpportunityLineItemId=line, Type="Revenue",
                      Revenue="1200", ScheduleDate="2026-04-01")  # fmt: skip
    async with reading(office) as source:
        times = []
        for table, record in (
            ("Quote", quote), ("OpportunityLineItem", extra),
            ("OpportunityLineItemSchedule", plan), ("Account", office.account),
        ):  # fmt: skip
            office.watch.pass_by(60)
            if table == "Quote":
                org.change(table, record, Status="Denied")
            elif table == "Account":
                org.change(table, record)
            else:
                org.delete(table, record)
            found = await source.deal(deal_id)
            assert isinstance(found, Deal), (table, found)
            times.append((found.changed_at, found.version))
            assert found.changed_at == office.watch.at, table
    assert times == sorted(times)


async def test_what_is_not_won_and_what_is_gone() -> None:
    office = Office()
    open_id = office.won(IsWon=False, StageName="Negotiation", Name="Maybe")
    gone, purged = office.won(), office.won()
    office.org.delete("Opportunity", gone)
    office.org.purge("Opportunity", purged)
    async with reading(office) as source:
        assert await source.deal(open_id) == NotWon(open_id, "Negotiation", "Maybe")
        assert await source.deal(gone) == Gone(gone)
        assert await source.deal(purged) == Gone(purged)
        for odd in ("", "x' OR Name != '", "006000000000001ZZZ", "006" * 20):
            assert await source.deal(odd) == Gone(odd)


async def test_amounts_are_salesforces_to_the_cent() -> None:
    office = Office()
    async with reading(office) as source:
        for values, expected in AMOUNTS:
            deal_id = office.won()
            office.line(deal_id, **values)
            found = await source.deal(deal_id)
            assert isinstance(found, Deal), values
            assert found.lines[0].amount == gbp(expected), values


async def test_what_is_unclear_is_named() -> None:
    office = custom_office()
    async with reading(office, OWN) as source:
        for values, name in UNCLEAR:
            deal_id = office.won()
            office.line(deal_id, **values)
            found = await source.deal(deal_id)
            assert isinstance(found, Unreadable), values
            assert [problem.name for problem in found.problems] == [name], values


async def test_a_deal_without_lines_account_or_currency_is_named() -> None:
    office = Office()
    office.org.types = without(standard_objects(), field="CurrencyIsoCode")
    deal_id = office.org.create("Opportunity", Name="Bare", IsWon=True, StageName="Won")
    assert await problems(office, deal_id) == ["account_missing", "currency_missing"]
    assert await problems(office, deal_id, Reading(currency="GBP")) == [
        "account_missing", "lines_missing",
    ]  # fmt: skip


async def test_usage_and_milestones_wait_for_a_person() -> None:
    office = custom_office()
    deal_id = office.won()
    office.line(deal_id, Timing__c="Usage", Frequency__c="Monthly", UnitPrice="0.05")
    office.line(deal_id, Timing__c="Usage")
    office.line(deal_id, Timing__c="Milestones", Frequency__c="One-time")
    deal = await read(office, deal_id, OWN)
    assert [line.billed for line in deal.lines] == ["usage", "usage", "milestone"]
    assert [each.missing for each in billing_of(deal, "7", 1).unbillable] == [
        ("term",), ("term", "frequency"), ("milestones",),
    ]  # fmt: skip


async def test_the_months_of_the_deal_are_those_of_its_subscriptions_only() -> None:
    office = custom_office()
    for name, kind in (("Months__c", "double"), ("Starts__c", "date")):
        office.org.types = with_field(office.org.types, "Opportunity", name, kind)
    names = replace(CUSTOM, opportunity_term_months="Months__c", opportunity_start="Starts__c")
    deal_id = office.won(Months__c="24")
    office.line(deal_id, ServiceDate="2026-04-01", Frequency__c="Monthly", Per__c="Month",
                Timing__c="Arrears")  # fmt: skip
    office.line(deal_id, ServiceDate="2026-04-01")
    deal = await read(office, deal_id, Reading(fields=names))
    assert [(line.billed, line.term_months) for line in deal.lines] == [
        ("arrears", 24), ("once", None),
    ]  # fmt: skip
    office.org.change("Opportunity", deal_id, Starts__c="2026-03-01")
    deal = await read(office, deal_id, Reading(fields=names))
    assert (deal.starts_on, deal.ends_on) == (date(2026, 3, 1), date(2028, 2, 29))
    assert [line.term_months for line in deal.lines] == [None, None]


async def test_one_bill_for_the_whole_term_needs_no_word_about_the_price() -> None:
    office = custom_office()
    deal_id = office.won()
    office.line(deal_id, ServiceDate="2026-04-01", Term__c="12", Frequency__c="Annual")
    (line,) = (await read(office, deal_id, replace(OWN, timing="advance"))).lines
    assert (line.priced_per, line.frequency, line.billed) == ("term", "year", "advance")


async def test_one_bill_up_front_at_a_price_for_a_month_is_asked_about() -> None:
    office = custom_office()
    deal_id = office.won()
    line = office.line(
        deal_id, ServiceDate="2026-04-01", Term__c="12", Frequency__c="Upfront", Per__c="Month"
    )
    assert await problems(office, deal_id, OWN) == ["price_unclear"]
    office.org.change("OpportunityLineItem", line, Per__c="Term")
    (whole,) = (await read(office, deal_id, OWN)).lines
    assert (whole.billed, whole.term_months) == ("once", 12)


async def test_wrong_field_names_are_told_with_what_may_be_meant() -> None:
    office = custom_office()
    wrong = Reading(fields=FieldNames(line_end="EndDate__c", line_start="Frequency__c"))
    async with reading(office, wrong) as source:
        with pytest.raises(SalesforceRefused) as refusal:
            await source.check()
    assert "line_end: OpportunityLineItem has no field EndDate__c" in str(refusal.value)
    assert "did you mean End_Date__c?" in str(refusal.value)
    assert "Frequency__c is of type picklist, not date" in str(refusal.value)


async def test_a_field_that_is_removed_is_told_by_its_name() -> None:
    office = custom_office()
    deal_id = office.won()
    async with reading(office, OWN) as source:
        await source.check()
        office.org.types = with_field(standard_objects(), "Account", "VAT__c", "string")
        with pytest.raises(SalesforceRefused, match="No such column"):
            await source.deal(deal_id)
        with pytest.raises(SalesforceRefused, match="line_end: OpportunityLineItem has no field"):
            await source.deal(deal_id)


async def test_a_user_without_access_is_told_what_is_missing() -> None:
    office = Office()
    office.org.types = without(standard_objects(), objects=("OpportunityLineItem",))
    async with reading(office) as source:
        with pytest.raises(SalesforceRefused, match="may not read OpportunityLineItem"):
            await source.check()
