"""Invoices, customers and applications: made as asked, told truthfully, read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.ledger.money import Money
from erp.netsuite.config import Conventions, NetSuiteConfig
from erp.port import (
    ApplicationsToPut,
    CustomerToCreate,
    ErpInvoice,
    InvoiceChanges,
    InvoiceToPost,
    LineToPost,
    PaymentToPost,
    Posted,
    Rejected,
)
from tests.erp.account import Connected, connected, small_company

COMPANY = small_company()


def new_invoice(netsuite: Connected) -> InvoiceToPost:
    debtor = netsuite.company.debtors[0]
    lines = (
        LineToPost(
            item_netsuite_id="501",
            amount=Money(20_000, debtor.currency),
            quantity="2",
            description="Support, two seats",
            department_netsuite_id="1",
            class_netsuite_id="2",
        ),
        LineToPost("502", Money(30_050, debtor.currency)),
    )
    return InvoiceToPost(
        external_id="dw-inv-test",
        customer_netsuite_id=str(debtor.id),
        currency=debtor.currency,
        issued_on=date(2026, 3, 9),
        due_on=date(2026, 4, 8),
        lines=lines,
        number="DW-1",
        po_number="PO 7",
        memo="March",
    )


async def test_an_invoice_is_posted_and_reads_back() -> None:
    async with connected(COMPANY) as netsuite:
        wanted = new_invoice(netsuite)
        made = await netsuite.erp.post_invoice(wanted)
        assert isinstance(made, Posted)
        assert await netsuite.erp.find_record("invoice", "dw-inv-test") == made.netsuite_id
        read = await netsuite.erp.read_invoice(made.netsuite_id)
        (document,) = await netsuite.erp.documents([made.netsuite_id])
        again = await netsuite.erp.post_invoice(wanted)
        assert await netsuite.erp.read_invoice("99999999") is None
    assert read is not None
    same = ("external_id", "customer_netsuite_id", "currency", "issued_on", "due_on", "number")
    for name in (*same, "po_number", "memo"):
        assert getattr(read, name) == getattr(wanted, name), name
    assert [line.amount for line in read.lines] == [line.amount for line in wanted.lines]
    assert [line.quantity for line in read.lines] == ["2", "1"]
    assert read.lines[0].description == "Support, two seats"
    assert read.lines[0].department_netsuite_id == "1"
    assert read.lines[0].class_netsuite_id == "2"
    assert isinstance(document, ErpInvoice)
    assert document.total == Money(50_050, wanted.currency)
    assert isinstance(again, Rejected)
    assert again.kind == "duplicate_external_id"


async def test_a_wrong_item_and_an_unknown_field_are_told() -> None:
    async with connected(COMPANY) as netsuite:
        wanted = new_invoice(netsuite)
        line = replace(wanted.lines[0], item_netsuite_id="99999")
        wrong = await netsuite.erp.post_invoice(replace(wanted, lines=(line,)))
        unknown = await netsuite.erp.post_invoice(
            replace(wanted, fields=(("custbody_nobody_has", "x"),))
        )
        odd = replace(wanted.lines[0], quantity="two")
        nonsense = await netsuite.erp.post_invoice(replace(wanted, lines=(odd,)))
        assert nonsense == Rejected("bad_request", "not a plain number: 'two'")
        strange = await netsuite.erp.post_invoice(replace(wanted, currency="XAF"))
        assert await netsuite.erp.find_record("invoice", "dw-inv-test") is None
    assert isinstance(wrong, Rejected)
    assert wrong.kind == "bad_reference"
    assert isinstance(unknown, Rejected)
    assert "custbody_nobody_has" in unknown.detail
    assert strange == Rejected("currency", "the account has no currency XAF")


async def test_an_invoice_is_changed_and_cleared() -> None:
    async with connected(COMPANY) as netsuite:
        made = await netsuite.erp.post_invoice(new_invoice(netsuite))
        assert isinstance(made, Posted)
        change = InvoiceChanges(made.netsuite_id, due_on=date(2026, 5, 1), po_number="PO 8")
        assert await netsuite.erp.change_invoice(change) == made
        read = await netsuite.erp.read_invoice(made.netsuite_id)
        assert read is not None
        assert (read.due_on, read.po_number, read.memo) == (date(2026, 5, 1), "PO 8", "March")
        cleared = InvoiceChanges(made.netsuite_id, memo="", terms_netsuite_id="2")
        assert await netsuite.erp.change_invoice(cleared) == made
        read = await netsuite.erp.read_invoice(made.netsuite_id)
        assert read is not None
        assert (read.memo, read.po_number, read.terms_netsuite_id) == ("", "PO 8", "2")
        netsuite.fault(what="conflict", moment="before", method="PATCH")
        told = await netsuite.erp.change_invoice(cleared)
        assert isinstance(told, Rejected)
        assert told.kind == "conflict"


async def test_a_customer_is_created_and_found() -> None:
    wanted = CustomerToCreate(
        external_id="dw-cus-test",
        name="Nordlicht Werke",
        legal_name="Nordlicht Werke GmbH",
        currency="EUR",
        email="ap@nordlicht.example",
        phone="+49 30 1",
        subsidiary_netsuite_id="2",
        terms_netsuite_id="2",
    )
    async with connected(COMPANY) as netsuite:
        made = await netsuite.erp.create_customer(wanted)
        assert isinstance(made, Posted)
        read = await netsuite.erp.read_customer(made.netsuite_id)
        assert read == replace(wanted, name="Nordlicht Werke GmbH")
        assert await netsuite.erp.find_record("customer", "dw-cus-test") == made.netsuite_id
        again = await netsuite.erp.create_customer(wanted)
        assert isinstance(again, Rejected)
        assert again.kind == "duplicate_external_id"
        for name, email in (
            ("NORDLICHT-WERKE AG", ""),
            ("Somebody", "AP@nordlicht.example"),
            ("Somebody", "cfo@nordlicht.example"),
        ):
            found = await netsuite.erp.similar_customers(name, email)
            assert [c.netsuite_id for c in found] == [made.netsuite_id], (name, email)
        assert await netsuite.erp.similar_customers("Nordwind", "ap@gmail.com") == []


async def test_the_name_as_number_where_the_account_gives_none() -> None:
    def unnumbered(config: NetSuiteConfig) -> NetSuiteConfig:
        return replace(config, conventions=Conventions(customer_numbers=False))

    async with connected(COMPANY, adjust=unnumbered) as netsuite:
        made = await netsuite.erp.create_customer(
            CustomerToCreate("dw-cus-1", "Ahorn Bau", "EUR", subsidiary_netsuite_id="2")
        )
        assert isinstance(made, Posted)
        (customer,) = await netsuite.erp.customers_by_id([made.netsuite_id])
    assert customer.entity_number == "Ahorn Bau"


async def test_applications_stand_exactly_as_put() -> None:
    async with connected(COMPANY) as netsuite:
        ids = [str(claim.id) for claim in netsuite.company.claims]
        found = [d for d in await netsuite.erp.documents(ids) if isinstance(d, ErpInvoice)]
        invoice = next(d for d in found if d.open.minor > 10_000)
        cent = Money(1, invoice.open.currency)
        payment = PaymentToPost(
            external_id="dw-pay-test",
            customer_netsuite_id=invoice.customer_netsuite_id,
            amount=Money(5_000, cent.currency),
            received_on=date(2026, 3, 9),
            applications=((invoice.netsuite_id, Money(5_000, cent.currency)),),
        )
        made = await netsuite.erp.post_payment(payment)
        assert isinstance(made, Posted)
        less = ((invoice.netsuite_id, Money(1_200, cent.currency)),)
        assert (
            await netsuite.erp.put_applications(ApplicationsToPut(made.netsuite_id, less)) == made
        )
        read = await netsuite.erp.read_payment(made.netsuite_id)
        assert read is not None
        rate = read.exchange_rate
        filled_in = replace(payment, ar_account_netsuite_id="2", exchange_rate=rate)
        assert read == replace(filled_in, applications=less)
        none = await netsuite.erp.put_applications(ApplicationsToPut(made.netsuite_id, ()))
        assert none == made
        assert await netsuite.erp.applications_of([made.netsuite_id]) == []
        more = ((invoice.netsuite_id, Money(5_001, cent.currency)),)
        refused = await netsuite.erp.put_applications(ApplicationsToPut(made.netsuite_id, more))
    assert isinstance(refused, Rejected)
    assert refused.kind == "business_rule"
