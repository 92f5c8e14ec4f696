"""Cash as the account books it: discounts, credits of every kind, families, closed periods."""

from __future__ import annotations

from tests.sandbox.netsuite.conftest import RECORD, Erp, error_of
from tests.sandbox.netsuite.test_ledger import amounts, applied, balanced, deposit, entries


def pay(erp: Erp, amount: float, *lines: dict[str, object], **more: object) -> str:
    body = {"customer": {"id": "100"}, "payment": amount, "apply": {"items": list(lines)}}
    return erp.created("/customerPayment", body | more)


def line(doc: str, amount: float, **more: object) -> dict[str, object]:
    return {"doc": {"id": doc}, "apply": True, "amount": amount} | more


def change(erp: Erp, path: str, **fields: object) -> tuple[int, str]:
    answer = erp.http.patch(f"{RECORD}{path}", json=fields)
    return answer.status_code, "" if answer.status_code == 204 else error_of(answer)[2]


def shown(erp: Erp, payment: str) -> list[tuple[object, object, object]]:
    lines = erp.get(f"/customerPayment/{payment}/apply")["items"]
    assert isinstance(lines, list)
    return [(x["doc"]["id"], x["amount"], x.get("disc")) for x in lines if x["apply"]]


def test_a_discount_closes_more_than_the_money(erp: Erp) -> None:
    paid = pay(erp, 245.5, line("1002", 245.5, disc=5))
    assert (amounts(erp, "1002")[:2], amounts(erp, paid)[2]) == (("B", "0"), "0")
    assert shown(erp, paid) == [("1002", 245.5, 5.0)]
    assert entries(erp, paid) == {"2": "-250.5", "3": "245.5", "15": "5"}
    too_much = {"items": [line("1002", 245.5, disc=5.01)]}
    assert "cannot exceed" in change(erp, f"/customerPayment/{paid}", apply=too_much)[1]
    off = {"items": [{"doc": {"id": "1002"}, "apply": False}]}
    assert change(erp, f"/customerPayment/{paid}", apply=off) == (204, "")
    assert amounts(erp, "1002")[1] == "250.5"
    assert entries(erp, paid) == {"2": "-245.5", "3": "245.5"}
    assert balanced(erp)


def test_an_earlier_payment_is_a_credit_of_the_next(erp: Erp) -> None:
    earlier = pay(erp, 50)
    offered = erp.get(f"/customerPayment/{pay(erp, 1)}/credit")["items"]
    assert isinstance(offered, list)
    assert earlier in [x["doc"]["id"] for x in offered]
    paid = pay(erp, 100, line("1002", 150), credit=applied((earlier, 50)))
    assert shown(erp, paid) == [("1002", 100.0, None)]
    assert (amounts(erp, earlier)[2], amounts(erp, "1002")[1]) == ("0", "100.5")
    assert balanced(erp)


def test_a_refund_pays_out_a_payment_and_a_deposit(erp: Erp) -> None:
    paid, held = pay(erp, 40), deposit(erp, 30)
    body = {"customer": {"id": "100"}, "account": {"id": "1"}, "apply": applied((paid, 40))}
    made = erp.created("/customerRefund", body | {"deposit": applied((held, 25))})
    assert entries(erp, made) == {"2": "40", "6": "25", "1": "-65"}
    assert (amounts(erp, paid)[2], amounts(erp, held)[2]) == ("0", "5")
    assert balanced(erp)


def test_a_parent_pays_for_its_children_as_the_account_allows(erp: Erp) -> None:
    body = {"companyName": "Top", "subsidiary": {"id": "1"}, "currency": {"id": "1"}}
    top = erp.created("/customer", body)
    ours = {"customer": {"id": top}, "payment": 10, "apply": {"items": [line("1002", 10)]}}
    assert erp.post("/customerPayment", ours).status_code == 400
    assert change(erp, "/customer/100", parent={"id": top}) == (204, "")
    assert erp.post("/customerPayment", ours).status_code == 204
    erp.account.consolidated_payments = False
    assert erp.post("/customerPayment", ours).status_code == 400
    erp.account.consolidated_payments, erp.account.top_level_payments = True, True
    own = erp.post("/customerPayment", ours | {"customer": {"id": "100"}})
    assert "top-level customer" in error_of(own)[2]
    assert erp.post("/customerPayment", ours).status_code == 204


def test_what_is_applied_in_a_closed_period_moves_only_without_a_ledger(erp: Erp) -> None:
    paid = pay(erp, 100, line("1002", 100), tranDate="2026-02-10")
    erp.act(do="period", on="2026-02-10", closed=True)
    off = {"items": [{"doc": {"id": "1002"}, "apply": False}]}
    assert "closed or locked" in change(erp, f"/customerPayment/{paid}", apply=off)[1]
    erp.act(do="period", on="2026-02-10", allownonglchanges=True)
    assert change(erp, f"/customerPayment/{paid}", apply=off) == (204, "")
