"""Every check that is asked: a subject on which it fires, and one close by on which it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from erp.mapping import Mapped, Mappings
from erp.masters import ErpAccount, ErpItem
from erp.review.catalogue import CATALOGUE, ORDER, by_id
from erp.review.check import ASKED, review
from erp.review.draft import BillTo, DraftFacts
from erp.review.finding import Severity
from erp.review.policy import Certificate
from erp.review.subject import Denied, KnownLine, ReviewSubject, Sent
from tests.erp.review.cases import (
    ACCOUNTS,
    DAY,
    DRAFT,
    ITEMS,
    LINE,
    MASTERS,
    NOW,
    PLATFORM,
    candidate,
    customer,
    day,
    policy,
    prior,
    subject,
    usd,
    with_line,
)

Make = Callable[[], ReviewSubject]
UNKNOWN = replace(DRAFT, customer_id=None)
TWO = replace(DRAFT, lines=(LINE, replace(LINE, amount=usd("-100.00"), quantity="1", rate="")))
CHANGE = replace(DRAFT, netsuite_id="5000", base_modified_at=NOW, number="INV-50")
COPY = prior(modified_at=NOW)
TAXED = with_line(tax=usd("80.00"), tax_rate="8", tax_code="CA")
TAXED = replace(TAXED, facts=DraftFacts(tax_place="US"))
PO = replace(DRAFT, po_number="PO-1")
EURO = replace(DRAFT, currency="EUR", lines=(), subsidiary_netsuite_id="1")
GERMAN = replace(
    DRAFT, subsidiary_netsuite_id="2", bill_to=BillTo("Brightwater Labs", country="FR")
)
LATER = replace(PLATFORM, service_starts_on=day("2026-03-01"), service_ends_on=day("2026-03-31"))
SERVED = KnownLine(
    usd("100.00"), "11", "250", service_starts_on=day("2026-02-01"),
    service_ends_on=day("2026-03-05"),
)  # fmt: skip


def served(start: str, end: str, amount: str = "100.00") -> ReviewSubject:
    """A month of Platform, after an invoice that billed it from `start` to `end`."""
    line = replace(
        SERVED, amount=usd(amount), service_starts_on=day(start), service_ends_on=day(end)
    )
    return subject(with_line(LATER), others=(prior(lines=(line,)),))


def items(**changed: ErpItem) -> ReviewSubject:
    return subject(
        masters=replace(MASTERS, items={**ITEMS, **{k[1:]: v for k, v in changed.items()}})
    )


def accounts(number: str, account: ErpAccount | None) -> ReviewSubject:
    known = {k: v for k, v in ACCOUNTS.items() if k != number}
    return subject(
        masters=replace(MASTERS, accounts=known | ({number: account} if account else {}))
    )


def euro(rate: str, reference: str | None) -> ReviewSubject:
    return subject(replace(EURO, exchange_rate=rate), rate=reference)


FIRES: dict[str, tuple[Make, Make]] = {
    "SYN-001": (
        lambda: subject(CHANGE, copy=prior(modified_at=NOW + timedelta(minutes=1))),
        lambda: subject(CHANGE, copy=COPY),
    ),
    "SYN-002": (
        lambda: subject(policy=policy(erp={"mandatory_fields": ("memo",)})),
        lambda: subject(
            replace(DRAFT, memo="July"), policy=policy(erp={"mandatory_fields": ("memo", "terms")})
        ),
    ),
    "SYN-003": (
        lambda: subject(denied=(Denied("create", "invoice", "You do not have permission."),)),
        subject,
    ),
    "SYN-004": (
        lambda: subject(masters=replace(MASTERS, read_at=NOW - timedelta(hours=25))),
        lambda: subject(masters=replace(MASTERS, read_at=NOW - timedelta(hours=24))),
    ),
    "SYN-005": (
        lambda: subject(sent=Sent("a" * 64, "b" * 64)),
        lambda: subject(sent=Sent("a" * 64, "a" * 64)),
    ),
    "CUS-001": (
        lambda: subject(UNKNOWN, customer=None),
        lambda: subject(UNKNOWN, customer=None, candidates=(candidate("Brightwater", 70),)),
    ),
    "CUS-002": (
        lambda: subject(UNKNOWN, customer=None, candidates=(candidate("Brightwater", 70),)),
        lambda: subject(UNKNOWN, candidates=(candidate("Brightwater", 70),)),
    ),
    "CUS-003": (lambda: subject(customer=customer(inactive=True)), subject),
    "CUS-004": (
        lambda: subject(customer=customer(subsidiaries=frozenset({"2"}))),
        lambda: subject(
            customer=customer(subsidiaries=frozenset({"2"})),
            policy=policy(customers={"also_subsidiaries": {"C-700": ("1",)}}),
        ),
    ),
    "CUS-005": (
        lambda: subject(customer=customer(credit_hold=True)),
        lambda: subject(
            customer=customer(credit_hold=True),
            policy=policy(customers={"credit_hold_exceptions": ("700",)}),
        ),
    ),
    "CUS-006": (
        lambda: subject(customer=customer(open={"USD": usd("9000.01")})),
        lambda: subject(customer=customer(open={"USD": usd("9000.00")})),
    ),
    "CUS-007": (
        lambda: subject(replace(DRAFT, bill_to=BillTo("Brightwater Labs", country="CA"))),
        lambda: subject(replace(DRAFT, bill_to=BillTo("BRIGHTWATER LABS INC.", country="US"))),
    ),
    "CUS-008": (lambda: subject(customer=customer(reachable=False)), subject),
    "HDR-001": (
        lambda: subject(replace(DRAFT, issued_on=day("2026-02-28"), due_on=None)),
        lambda: subject(replace(DRAFT, issued_on=day("2026-03-01"), due_on=None)),
    ),
    "HDR-002": (
        lambda: subject(replace(DRAFT, issued_on=DAY + timedelta(days=46), due_on=None)),
        lambda: subject(replace(DRAFT, issued_on=DAY + timedelta(days=45), due_on=None)),
    ),
    "HDR-003": (
        lambda: subject(replace(DRAFT, number="INV-50"), same_number=prior()),
        lambda: subject(CHANGE, same_number=prior(), copy=COPY),
    ),
    "HDR-004": (lambda: subject(same_external_id=prior()), subject),
    "HDR-005": (
        lambda: subject(customer=customer(currencies=frozenset({"EUR"}))),
        lambda: subject(
            customer=customer(currencies=frozenset({"EUR"})),
            policy=policy(customers={"also_currencies": {"C-700": ("USD",)}}),
        ),
    ),
    "HDR-007": (lambda: euro("1.1221", "1.1"), lambda: euro("1.1219", "1.1")),
    "HDR-008": (
        lambda: subject(subsidiary=None),
        lambda: subject(
            subsidiary=None, masters=replace(MASTERS, subsidiaries={}), rate="1"
        ),
    ),
    "HDR-010": (
        lambda: subject(customer=customer(terms_netsuite_id="3")),
        lambda: subject(customer=customer(terms_netsuite_id="")),
    ),
    "HDR-011": (
        lambda: subject(replace(DRAFT, due_on=DAY + timedelta(days=31))),
        lambda: subject(replace(CHANGE, due_on=DAY + timedelta(days=31)), copy=COPY),
    ),
    "HDR-012": (
        lambda: subject(policy=policy(customers={"purchase_order_required": ("C-700",)})),
        lambda: subject(PO, policy=policy(customers={"purchase_order_required": ("C-700",)}),
                        others=()),
    ),
    "HDR-013": (
        lambda: subject(PO),
        lambda: subject(PO, policy=policy(header={"blanket_orders": ("PO-1",)})),
    ),
    "HDR-014": (
        lambda: subject(
            replace(PO, facts=DraftFacts(po_amount=usd("1249.99"), po_blanket=True)),
            po_billed=usd("250.00"),
        ),
        lambda: subject(
            replace(PO, facts=DraftFacts(po_amount=usd("1250.00"), po_blanket=True)),
            po_billed=usd("250.00"),
        ),
    ),
    "HDR-015": (
        lambda: subject(ar_account=ACCOUNTS["111"]),
        lambda: subject(ar_account=None, masters=replace(MASTERS, accounts={})),
    ),
    "HDR-016": (
        lambda: subject(policy=policy(header={"approval_routing": True})),
        lambda: subject(policy=policy(header={"approval_routing": True, "next_approver": "9"})),
    ),
    "HDR-017": (
        lambda: subject(replace(DRAFT, terms_netsuite_id="3"),
                        customer=customer(terms_netsuite_id="3")),
        subject,
    ),
    "LIN-001": (
        lambda: subject(replace(DRAFT, lines=())),
        lambda: subject(with_line(amount=usd("0.01"), rate="")),
    ),
    "LIN-002": (
        lambda: subject(with_line(product="Zeppelin", item_netsuite_id="")),
        lambda: subject(with_line(product="  SUPPORT ", item_netsuite_id="")),
    ),
    "LIN-003": (
        lambda: items(i10=replace(ITEMS["10"], subsidiary_netsuite_ids=("2",))),
        lambda: items(i10=replace(ITEMS["10"], subsidiary_netsuite_ids=("1", "2"))),
    ),
    "LIN-004": (
        lambda: subject(with_line(product="Suport hourly", item_netsuite_id=""),
                        mappings=Mappings({("item", "", "suport hourly"):
                                           Mapped("10", guess=True, score=81)})),
        lambda: subject(with_line(product="Suport hourly", item_netsuite_id=""),
                        mappings=Mappings({("item", "", "suport hourly"): Mapped("10")})),
    ),
    "LIN-005": (
        lambda: subject(with_line(amount=usd("1000.02"))),
        lambda: subject(with_line(amount=usd("1000.01"))),
    ),
    "LIN-007": (
        lambda: subject(TWO),
        lambda: subject(replace(DRAFT, lines=(LINE, replace(TWO.lines[1], discount=True)))),
    ),
    "LIN-009": (
        lambda: subject(policy=policy(lines={"required": {"*": ("department",)}})),
        lambda: subject(
            replace(DRAFT, department_netsuite_id="3"),
            policy=policy(lines={"required": {"1": ("department",), "2": ("class",)}}),
        ),
    ),
    "LIN-010": (
        lambda: subject(with_line(PLATFORM, description="Platform from March 2026")),
        lambda: subject(with_line(PLATFORM)),
    ),
    "GL-001": (
        lambda: accounts("400", replace(ACCOUNTS["400"], inactive=True)),
        lambda: subject(masters=replace(MASTERS, accounts={})),
    ),
    "GL-002": (
        lambda: subject(with_line(PLATFORM, item_netsuite_id="13")),
        lambda: subject(with_line(LATER, item_netsuite_id="13")),
    ),
    "GL-003": (
        lambda: subject(others=(prior(lines=(KnownLine(usd("250.00"), "10", "401"),)),)),
        subject,
    ),
    "GL-004": (
        lambda: items(i10=replace(ITEMS["10"], income_account_netsuite_id="490")),
        subject,
    ),
    "GL-005": (
        lambda: subject(journal=(replace(subject().journal[0], debit=usd("999.99")),
                                 subject().journal[1])),
        subject,
    ),
    "GL-006": (
        lambda: subject(customer=customer(name="Larkfield", legal_name="Larkfield GmbH")),
        subject,
    ),
    "TAX-001": (
        lambda: subject(policy=policy(tax={"required_in": ("US",)})),
        lambda: subject(with_line(tax_code="CA"), policy=policy(tax={"required_in": ("US",)})),
    ),
    "TAX-002": (
        lambda: subject(replace(DRAFT, facts=DraftFacts(tax_exempt=True)),
                        policy=policy(tax={"certificates": {"C-700": Certificate(
                            "EX-1", DAY - timedelta(days=1))}})),
        lambda: subject(replace(DRAFT, facts=DraftFacts(tax_exempt=True)),
                        policy=policy(tax={"certificates": {"C-700": Certificate("EX-1", DAY)}})),
    ),
    "TAX-003": (
        lambda: subject(replace(TAXED, bill_to=BillTo("Brightwater Labs", country="US",
                                                      region="CA"))),
        lambda: subject(TAXED),
    ),
    "TAX-004": (
        lambda: subject(replace(TAXED, lines=(replace(TAXED.lines[0], tax=usd("80.02")),))),
        lambda: subject(replace(TAXED, lines=(replace(TAXED.lines[0], tax=usd("80.01")),))),
    ),
    "TAX-006": (
        lambda: subject(GERMAN, customer=customer(country="FR")),
        lambda: subject(
            replace(GERMAN, bill_to=replace(GERMAN.bill_to, tax_id="FR 12 345678901")),
            customer=customer(country="FR"),
        ),
    ),
    "REV-001": (
        lambda: subject(with_line(PLATFORM, service_ends_on=None)),
        lambda: subject(with_line(PLATFORM, service_ends_on=None),
                        policy=policy(revenue={"rules_without_dates": ("Ratable",)})),
    ),
    "REV-002": (
        lambda: subject(with_line(PLATFORM, service_ends_on=day("2026-02-28"))),
        lambda: subject(with_line(PLATFORM, service_ends_on=day("2026-03-01"))),
    ),
    "REV-004": (
        lambda: served("2026-02-01", "2026-03-05"),
        lambda: served("2026-02-01", "2026-02-28"),
    ),
    "REV-005": (
        lambda: subject(with_line(PLATFORM, service_starts_on=day("2026-02-15"))),
        lambda: subject(with_line(PLATFORM)),
    ),
    "REV-009": (
        lambda: subject(
            replace(DRAFT, lines=(PLATFORM, replace(TWO.lines[1], item_netsuite_id="12"))),
            masters=replace(MASTERS, items={**ITEMS, "12": replace(
                ITEMS["12"], income_account_netsuite_id="400")}),
        ),
        lambda: subject(
            replace(DRAFT, lines=(PLATFORM, replace(TWO.lines[1], item_netsuite_id="12")))
        ),
    ),
    "REV-010": (
        lambda: subject(with_line(PLATFORM, service_ends_on=day("2027-05-09"))),
        lambda: subject(with_line(PLATFORM, service_ends_on=day("2027-05-08"))),
    ),
    "REV-011": (
        lambda: subject(with_line(LATER, usage=True)),
        lambda: subject(with_line(LATER, usage=True, service_ends_on=DAY - timedelta(days=1))),
    ),
    "REV-012": (subject, lambda: subject(with_line(PLATFORM))),
    "DUP-001": (
        lambda: served("2026-03-01", "2026-03-31", "1200.00"),
        lambda: served("2026-03-01", "2026-03-31", "1199.00"),
    ),
    "DUP-002": (
        lambda: subject(others=(prior(total=usd("1000.00"), issued_on=DAY - timedelta(days=7)),)),
        lambda: subject(others=(prior(total=usd("1000.00"), issued_on=DAY - timedelta(days=8)),)),
    ),
}  # fmt: skip


def found(made: ReviewSubject) -> set[str]:
    return {finding.id for finding in review(made)}


@pytest.mark.parametrize("name", FIRES)
def test_it_fires(name: str) -> None:
    made = FIRES[name][0]()
    findings = [one for one in review(made) if one.id == name]
    assert findings
    for one in findings:
        assert one.severity is by_id(name).severity
        told = one.message + one.fix
        assert "{" not in told
        assert all(value in told for value in one.values.values())


@pytest.mark.parametrize("name", FIRES)
def test_it_does_not_fire_close_by(name: str) -> None:
    assert name not in found(FIRES[name][1]())


def test_nothing_but_information_stands_against_a_clean_draft() -> None:
    severities = {one.severity for one in review(subject())}
    assert severities == {Severity.INFO}


def test_the_catalogue_has_91_checks_and_every_one_that_can_be_asked_now_is() -> None:
    assert len({check.id for check in CATALOGUE}) == len(CATALOGUE) == 91
    severities = [check.severity for check in CATALOGUE]
    assert [severities.count(s) for s in Severity] == [45, 44, 2]
    assert {check.id for check in CATALOGUE if not check.needs} == set(FIRES)
    of_deals = {check.id for check in CATALOGUE if check.needs in ("deal", "contract")}
    assert set(ASKED) == of_deals | set(FIRES)


def test_findings_come_in_the_order_of_evaluation() -> None:
    made = subject(
        replace(TWO, number="INV-50", po_number="PO-1"),
        same_number=prior(),
        customer=customer(credit_hold=True),
        masters=replace(MASTERS, read_at=None),
        policy=policy(tax={"required_in": ("US",)}),
        others=(prior(total=usd("900.00"), issued_on=DAY),),
    )
    groups = [by_id(one.id).group for one in review(made)]
    assert groups == sorted(groups, key=ORDER.index)
    assert len(set(groups)) >= 6


def test_changes_of_an_invoice_are_asked_only_what_concerns_them() -> None:
    made = subject(
        replace(CHANGE, issued_on=day("2026-01-15"), due_on=day("2026-05-01")),
        copy=COPY,
        customer=customer(credit_hold=True),
    )
    assert found(made) <= {check.id for check in CATALOGUE if check.on_update}
