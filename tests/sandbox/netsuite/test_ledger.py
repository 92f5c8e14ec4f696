"""Deposits, refunds, journals, exchange differences, voids, deletes and their traces."""

from __future__ import annotations

import pytest

from tests.sandbox.netsuite.conftest import RECORD, Erp, error_of

EXPANDED = "?expandSubResources=true"


def applied(*parts: tuple[str, float]) -> dict[str, object]:
    return {"items": [{"doc": {"id": doc}, "apply": True, "amount": a} for doc, a in parts]}


def entries(erp: Erp, transaction: str) -> dict[str, str]:
    sql = "SELECT account, amount FROM transactionaccountingline WHERE transaction = ?"
    return {row["account"]: row["amount"] for row in erp.rows(sql, transaction)}


def amounts(erp: Erp, transaction: str) -> tuple[str, str, str]:
    sql = (
        "SELECT status, foreignamountunpaid due, foreignpaymentamountunused unused"
        " FROM transaction WHERE id = ?"
    )
    row = erp.rows(sql, transaction)[0]
    return row["status"], row["due"], row["unused"]


def balanced(erp: Erp) -> bool:
    sql = "SELECT transaction, SUM(amount) s FROM transactionaccountingline GROUP BY transaction"
    return {row["s"] for row in erp.rows(sql)} == {"0"}


def receivable(erp: Erp) -> str:
    """The control account in the books' currency."""
    sql = (
        "SELECT COALESCE(SUM(a.amount), 0) s FROM transactionaccountingline a"
        " JOIN account c ON c.id = a.account WHERE c.accttype = 'AcctRec'"
    )
    return erp.rows(sql)[0]["s"]


def journal(account: str, amount: float, **changed: object) -> dict[str, object]:
    lines = [
        {"account": {"id": account}, "debit": amount},
        {"account": {"id": "2"}, "credit": amount, "entity": {"id": "100"}},
    ]
    return {"subsidiary": {"id": "1"}, "line": {"items": lines}} | changed


def deposit(erp: Erp, amount: float) -> str:
    return erp.created("/customerDeposit", {"customer": {"id": "100"}, "payment": amount})


def test_a_deposit_is_a_liability_until_it_is_applied(erp: Erp) -> None:
    made = deposit(erp, 300)
    assert entries(erp, made) == {"3": "300", "6": "-300"}
    assert amounts(erp, made) == ("A", "0", "300")
    sql = "SELECT balancesearch b, depositbalancesearch d FROM customer WHERE id = 100"
    assert erp.rows(sql) == [{"b": "1250.5", "d": "300"}]
    body = {"apply": applied(("1002", 250.5))}
    use = erp.created(f"/customerDeposit/{made}/!transform/depositApplication", body)
    assert entries(erp, use) == {"2": "-250.5", "6": "250.5"}
    assert (amounts(erp, "1002")[0], amounts(erp, made)) == ("B", ("A", "0", "49.5"))
    assert erp.rows(sql) == [{"b": "1000", "d": "49.5"}]
    record = erp.get(f"/depositApplication/{use}{EXPANDED}")
    assert (record["total"], record["applied"], record["unapplied"]) == (250.5, 250.5, 0)
    links = "SELECT previousdoc p, linktype k FROM nexttransactionlinelink WHERE nextdoc = ?"
    found = [(row["p"], row["k"]) for row in erp.rows(f"{links} ORDER BY previousdoc", use)]
    assert found == [("1002", "Payment"), (made, "DepAppl")]


def test_more_than_a_deposit_holds_cannot_be_applied(erp: Erp) -> None:
    made = deposit(erp, 100)
    path = f"/customerDeposit/{made}/!transform/depositApplication"
    refused = erp.post(path, {"apply": applied(("1001", 100.01))})
    assert "cannot exceed" in error_of(refused)[2]
    assert error_of(erp.post("/depositApplication", {}))[0] == 400
    whole = erp.created(path, {"apply": {"items": [{"doc": {"id": "1001"}, "apply": True}]}})
    assert (amounts(erp, made)[0], amounts(erp, "1001")[1]) == ("C", "900")
    assert erp.http.delete(f"{RECORD}/depositApplication/{whole}").status_code == 204
    assert (amounts(erp, made), amounts(erp, "1001")[1]) == (("A", "0", "100"), "1000")


def test_a_credit_memo_is_refunded_up_to_what_is_left(erp: Erp) -> None:
    body = {"customer": {"id": "101"}, "account": {"id": "1"}, "apply": applied(("2002", 15))}
    made = erp.created("/customerRefund", body)
    assert entries(erp, made) == {"2": "15", "1": "-15"}
    assert amounts(erp, "2002") == ("B", "0", "0")
    again = erp.post("/customerRefund", body)
    assert "cannot exceed the amount due 0.00" in error_of(again)[2]
    assert "dependent" in error_of(erp.http.delete(f"{RECORD}/creditMemo/2002"))[2]
    assert erp.http.delete(f"{RECORD}/customerRefund/{made}").status_code == 204
    assert amounts(erp, "2002") == ("A", "0", "15")


def test_an_overpayment_is_refunded_by_transform(erp: Erp) -> None:
    paid = erp.created("/customerPayment", {"customer": {"id": "100"}, "payment": 40})
    made = erp.created(f"/customerPayment/{paid}/!transform/customerRefund", {})
    assert erp.get(f"/customerRefund/{made}")["total"] == 40
    assert amounts(erp, paid)[2] == "0"


def test_a_journal_must_balance_and_name_a_customer_on_receivables(erp: Erp) -> None:
    lines = [{"account": {"id": "8"}, "debit": 5}, {"account": {"id": "4"}, "credit": 4}]
    body = {"subsidiary": {"id": "1"}, "line": {"items": lines}}
    assert "must balance" in error_of(erp.post("/journalEntry", body))[2]
    bare = [{"account": {"id": "8"}, "debit": 5}, {"account": {"id": "2"}, "credit": 5}]
    refused = erp.post("/journalEntry", body | {"line": {"items": bare}})
    assert "needs a customer" in error_of(refused)[2]


def test_a_write_off_journal_is_applied_by_a_payment_of_nothing(erp: Erp) -> None:
    made = erp.created("/journalEntry", journal("8", 250.5, memo="written off"))
    assert entries(erp, made) == {"8": "250.5", "2": "-250.5"}
    assert amounts(erp, made) == ("B", "0", "250.5")
    body = {
        "customer": {"id": "100"},
        "payment": 0,
        "apply": applied(("1002", 250.5)),
        "credit": applied((made, 250.5)),
    }
    erp.created("/customerPayment", body)
    assert (amounts(erp, "1002")[:2], amounts(erp, made)[2]) == (("B", "0"), "0")
    lines = erp.get(f"/journalEntry/{made}/line")["items"]
    assert isinstance(lines, list)
    assert [(x["account"]["id"], x.get("debit"), x.get("credit")) for x in lines] == [
        ("2", None, 250.5),
        ("8", 250.5, None),
    ]


def test_a_payment_takes_credits_and_deposits_first(erp: Erp) -> None:
    credit = erp.created(
        "/creditMemo",
        {"entity": {"id": "100"}, "item": {"items": [{"item": {"id": "501"}, "amount": 30}]}},
    )
    held = deposit(erp, 20.5)
    body = {
        "customer": {"id": "100"},
        "payment": 200,
        "apply": applied(("1002", 250.5)),
        "credit": applied((credit, 30)),
        "deposit": applied((held, 20.5)),
    }
    made = erp.created("/customerPayment", body)
    assert (amounts(erp, "1002")[:2], amounts(erp, made)[2]) == (("B", "0"), "0")
    assert (amounts(erp, credit)[0], amounts(erp, held)[0]) == ("B", "C")
    assert balanced(erp)


@pytest.mark.parametrize(("rate", "gain"), [("3.5", "-2.5"), ("3", "2.5"), ("3.25", None)])
def test_another_rate_at_payment_is_a_realised_gain_or_loss(
    erp: Erp, rate: str, gain: str | None
) -> None:
    before = receivable(erp)
    body = {
        "customer": {"id": "103"},
        "payment": 10,
        "exchangeRate": rate,
        "apply": applied(("1005", 10)),
    }
    made = erp.created("/customerPayment", body)
    posted = entries(erp, made)
    assert (posted["2"], posted.get("7")) == ("-32.5", gain)
    assert balanced(erp)
    assert float(before) - float(receivable(erp)) == pytest.approx(32.5)
    unapply = {"apply": {"items": [{"doc": {"id": "1005"}, "apply": False}]}}
    erp.http.patch(f"{RECORD}/customerPayment/{made}", json=unapply)
    assert "7" not in entries(erp, made)
    assert balanced(erp)


def test_partial_payments_at_many_rates_clear_an_invoice_to_zero_in_the_books(erp: Erp) -> None:
    before = float(receivable(erp))
    for rate, part in (("3.1", 333.333), ("3.2", 333.333), ("3.333333", 567.901)):
        body = {"customer": {"id": "103"}, "payment": part, "exchangeRate": rate}
        erp.created("/customerPayment", body | {"apply": applied(("1005", part))})
    assert amounts(erp, "1005")[:2] == ("B", "0")
    assert before - float(receivable(erp)) == pytest.approx(4012.34)
    assert balanced(erp)


def test_a_new_rate_holds_for_new_documents(erp: Erp) -> None:
    erp.act(do="rate", currency="KWD", rate="4")
    made = erp.created("/customerPayment", {"customer": {"id": "103"}, "payment": 10})
    assert entries(erp, made)["3"] == "40"
    sql = "SELECT exchangerate r FROM currencyrate WHERE BUILTIN.DF(transactioncurrency) = ?"
    assert "4" in {row["r"] for row in erp.rows(sql, "Kuwaiti Dinar")}


def test_a_direct_void_keeps_the_record_without_amounts(erp: Erp) -> None:
    erp.act(do="void", id=2001)
    assert (amounts(erp, "1006")[:2], amounts(erp, "2001")[0]) == (("A", "70"), "V")
    assert entries(erp, "2001") == {}
    assert error_of(erp.admin("POST", "act", {"do": "void", "id": 2001}))[0] == 400
    patched = erp.http.patch(f"{RECORD}/customerPayment/2001", json={"memo": "x"})
    assert "voided" in error_of(patched)[2]


def test_a_voiding_journal_takes_the_postings_back(erp: Erp) -> None:
    erp.admin("POST", "knobs", {"void_by_journal": True})
    made = str(erp.act(do="void", id=2001).json()["id"])
    assert entries(erp, "2001") == {"1": "70", "2": "-70"}
    assert entries(erp, made) == {"1": "-70", "2": "70"}
    assert (amounts(erp, "1006")[:2], amounts(erp, "2001")[0]) == (("A", "70"), "V")
    assert erp.rows("SELECT void FROM transaction WHERE id = ?", made) == [{"void": "T"}]
    created = "SELECT DISTINCT createdfrom c FROM transactionline WHERE transaction = ?"
    assert erp.rows(created, made) == [{"c": "2001"}]
    assert error_of(erp.admin("POST", "act", {"do": "void", "id": 1001}))[0] == 400
    assert "dependent" in error_of(erp.http.delete(f"{RECORD}/customerPayment/2001"))[2]


def test_every_change_leaves_a_system_note(erp: Erp) -> None:
    made = erp.created("/customerPayment", {"customer": {"id": "100"}, "payment": 5})
    erp.http.patch(f"{RECORD}/customerPayment/{made}", json={"memo": "wire"})
    patch = {"apply": applied(("1001", 5))}
    erp.http.patch(f"{RECORD}/customerPayment/{made}", json=patch)
    erp.act(do="delete", id=int(made))
    sql = "SELECT field, newvalue, name, type, recordtypeid FROM systemnote WHERE recordid = ?"
    notes = [(r["field"], r["type"], r["name"]) for r in erp.rows(f"{sql} ORDER BY id", made)]
    assert notes == [
        ("record", "Create", "REST Web Services"),
        ("memo", "Change", "REST Web Services"),
        ("applied", "Change", "REST Web Services"),
        ("applied", "Change", "Sandbox User"),
        ("record", "Delete", "Sandbox User"),
    ]
    assert {row["recordtypeid"] for row in erp.rows(sql, made)} == {"-30"}


def test_a_deleted_record_says_who_deleted_it(erp: Erp) -> None:
    erp.act(do="delete", id=1001)
    erp.http.delete(f"{RECORD}/creditMemo/2002")
    sql = "SELECT recordid, scriptid, deletedby FROM deletedrecord ORDER BY recordid"
    assert erp.rows(sql) == [
        {"recordid": "1001", "scriptid": "invoice", "deletedby": "Sandbox User"},
        {"recordid": "2002", "scriptid": "creditmemo", "deletedby": "REST Web Services"},
    ]


def test_a_closed_period_lets_through_what_leaves_the_ledger_alone(erp: Erp) -> None:
    erp.act(do="period", on="2026-01-15", closed=True)
    address = f"{RECORD}/invoice/1001"
    assert "closed or locked" in error_of(erp.http.patch(address, json={"memo": "x"}))[2]
    erp.act(do="period", on="2026-01-15", allownonglchanges=True)
    assert erp.http.patch(address, json={"memo": "x"}).status_code == 204
    moved = erp.http.patch(address, json={"tranDate": "2026-01-16"})
    assert "closed or locked" in error_of(moved)[2]
    assert "closed or locked" in error_of(erp.http.delete(address))[2]
    refused = erp.admin("POST", "act", {"do": "void", "id": 1001})
    assert "closed or locked" in error_of(refused)[2]


def test_a_sales_order_is_billed_once(erp: Erp) -> None:
    line = {"item": {"id": "502"}, "quantity": 2, "rate": 10}
    order = erp.created("/salesOrder", {"entity": {"id": "100"}, "item": {"items": [line]}})
    assert entries(erp, order) == {}
    assert erp.get(f"/salesOrder/{order}")["status"] == {
        "id": "Pending Billing",
        "refName": "Pending Billing",
    }
    made = erp.created(f"/salesOrder/{order}/!transform/invoice", {})
    assert erp.get(f"/invoice/{made}")["total"] == 20
    assert amounts(erp, order)[0] == "G"
    assert error_of(erp.post(f"/salesOrder/{order}/!transform/invoice", {}))[0] == 400
    link = "SELECT previousdoc p, linktype k FROM previoustransactionlinelink WHERE nextdoc = ?"
    assert erp.rows(link, made) == [{"p": order, "k": "OrdBill"}]
    assert erp.http.delete(f"{RECORD}/invoice/{made}").status_code == 204
    assert amounts(erp, order)[0] == "F"


def test_an_item_a_department_and_a_class_are_records(erp: Erp) -> None:
    assert erp.get("/serviceSaleItem/501")["itemId"] == "Support plan"
    assert error_of(erp.http.get(f"{RECORD}/nonInventorySaleItem/501"))[0] == 404
    line = {"item": {"id": "502"}, "amount": 5, "class": {"id": "2"}}
    body = {"entity": {"id": "100"}, "department": {"id": "1"}, "item": {"items": [line]}}
    made = erp.created("/invoice", body)
    sql = "SELECT BUILTIN.DF(department) d, BUILTIN.DF(class) c FROM transactionline"
    found = erp.rows(f"{sql} WHERE transaction = ? AND mainline = 'F'", made)
    assert found == [{"d": "Sales", "c": "Hardware"}]
    bad = body | {"item": {"items": [{"item": {"id": "9999"}, "amount": 5}]}}
    told = erp.post("/invoice", bad).json()["o:errorDetails"][0]
    assert told["o:errorPath"] == "item.items[0].item"
    assert "Invalid Field Value 9999 for the following field: item" in told["detail"]


def test_approval_opens_a_document_and_its_ledger_lines(erp: Erp) -> None:
    line = {"item": {"id": "501"}, "amount": 5}
    pending = {"entity": {"id": "100"}, "approvalStatus": {"id": "1"}, "item": {"items": [line]}}
    made = erp.created("/invoice", pending)
    sql = "SELECT balancesearch b FROM customer WHERE id = 100"
    assert (amounts(erp, made)[0], entries(erp, made)) == ("D", {})
    assert erp.rows(sql) == [{"b": "1250.5"}]
    erp.act(do="approve", id=int(made))
    assert (amounts(erp, made)[0], entries(erp, made)) == ("A", {"2": "5", "4": "-5"})
    assert erp.rows(sql) == [{"b": "1255.5"}]
    erp.act(do="approve", id=int(made), approved=False)
    assert (amounts(erp, made)[0], entries(erp, made)) == ("D", {})
    refused = erp.admin("POST", "act", {"do": "approve", "id": 1006, "approved": False})
    assert "with applications" in error_of(refused)[2]


def test_a_journal_counts_once_it_is_approved(erp: Erp) -> None:
    made = erp.created("/journalEntry", journal("8", 50, approved=False))
    assert (amounts(erp, made), entries(erp, made)) == (("A", "0", "0"), {})
    erp.act(do="approve", id=int(made))
    assert amounts(erp, made) == ("B", "0", "50")
    assert entries(erp, made) == {"2": "-50", "8": "50"}
    erp.act(do="apply", id=int(made), to=1002, amount="50")
    assert amounts(erp, "1002")[1] == "200.5"
    assert balanced(erp)


def test_a_credit_that_waits_for_approval_settles_nothing(erp: Erp) -> None:
    line = {"item": {"id": "501"}, "amount": 5}
    memo = {"entity": {"id": "100"}, "item": {"items": [line]}}
    made = erp.created("/creditMemo", memo)
    erp.act(do="approve", id=int(made), approved=False)
    body = {"apply": applied(("1001", 5))}
    refused = erp.http.patch(f"{RECORD}/creditMemo/{made}", json=body)
    assert "cannot apply" in error_of(refused)[2]
    erp.act(do="approve", id=int(made))
    assert erp.http.patch(f"{RECORD}/creditMemo/{made}", json=body).status_code == 204
    assert amounts(erp, "1001")[1] == "995"
