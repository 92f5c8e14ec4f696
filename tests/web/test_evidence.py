"""Facts as people read them, and found again in the text of a mail."""

from __future__ import annotations

import pytest

from web.evidence import facts_of, marked

FACTS: dict[str, object] = {
    "as_of": "2026-03-10",
    "invoices": {
        "7": {"number": "INV-7", "open_minor": 123450, "currency": "USD", "due_on": "2026-02-18"}
    },
}


def test_an_invoice_is_a_group_and_its_amount_is_money() -> None:
    (loose, invoice) = facts_of(FACTS).facts
    assert [(f.label, f.shown) for f in loose.facts] == [("As of", "10 Mar 2026")]
    assert invoice.title == "INV-7"
    assert [(f.label, f.shown) for f in invoice.facts] == [
        ("Number", "INV-7"),
        ("Open", "1,234.50 USD"),
        ("Due", "18 Feb 2026"),
    ]


@pytest.mark.parametrize(
    "written", ["INV-7", "1,234.50 USD", "1,234.50", "1234.50", "18 Feb 2026", "February 18, 2026"]
)
def test_a_fact_is_marked_however_it_is_written(written: str) -> None:
    found = str(marked(f"About <{written}>.", facts_of(FACTS)))
    assert f">{written}</mark>&gt;." in found
    assert found.startswith("About &lt;<mark")


@pytest.mark.parametrize("text", ["INV-77", "XINV-7", "21,234.505", "nothing"])
def test_what_is_not_a_fact_is_not_marked(text: str) -> None:
    assert "<mark" not in marked(text, facts_of(FACTS))


def test_every_fact_has_its_own_id() -> None:
    ids = [fact.id for fact in facts_of({**FACTS, "a": {"b": 1}, "c": [{"d": 2}, {"e": 3}]}).all()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("odd", [None, 3, "x", [], {}, [1, {"a": 1}], {"a": {}, "b": 1}, [[[]]]])
def test_any_json_is_shown(odd: object) -> None:
    assert facts_of({"odd": odd}).facts
