"""What may be said and what may be asked: figures, owners, acts and arguments."""

from __future__ import annotations

from datetime import date

import pytest

from agent.chat import Cited, Table
from agent.grounding.check import wrong_in
from agent.grounding.groups import known_from
from agent.grounding.provenance import Said, invented
from agent.tools.catalogue import TOOLS
from agent.tools.outcome import Act, ActKind, Outcome, Quote, refusal
from flows.questions.naming import Called, Nobody, One, Several, choose

ACME = Outcome(
    "Acme Corp owes 140.50 USD on 2 invoices; 100.00 USD is overdue on 1, the oldest INV-1001, "
    "due 10 Feb 2026, 28 days late.",
    tables=(Table(("Invoice", "Due", "Open"), (("INV-1001", "10 Feb 2026", "100.00 USD"),)),),
    cited=(Cited("Acme Corp", "/customers/1"), Cited("INV-1001", "/customers/1?tab=invoices")),
)
GLOBEX = Outcome(
    "Globex owes 12,400.00 USD on 1 invoice.",
    cited=(Cited("Globex", "/customers/2"),),
    quotes=(Quote("ap@globex.example", date(2026, 3, 1), "We pay 5,000.00 USD on 13 March."),),
)
BOTH = (ACME, GLOBEX)


@pytest.mark.parametrize(
    "draft",
    [
        "Acme Corp owes 140.50 USD, of which 100.00 USD is 28 days late.",
        "Acme owes $140.50; INV-1001 was due on February 10, 2026.",
        "Acme Corp schuldet 140,50 USD auf 2 Rechnungen.",
        "Acme Corp owes 140.50 USD and Globex owes 12,400.00 USD.",
        "Globex wrote that they pay 5,000.00 USD on 13 March 2026.",
        "Nothing was sent and nothing has been posted.",
        "You asked for everybody over 60 days.",
        "Shall I draft a reminder to Acme Corp?",
    ],
)
def test_what_results_state_may_be_said(draft: str) -> None:
    assert wrong_in(draft, BOTH, "who is over 60 days") == ()


@pytest.mark.parametrize(
    "draft",
    [
        "Acme Corp owes 141.50 USD.",
        "Acme Corp owes 140.50 EUR.",
        "Acme Corp owes about 140 USD.",
        "Acme Corp owes one hundred and fifty USD.",
        "Globex owes 140.50 USD.",
        "Globex owes 140.50 USD and Acme Corp 12,400.00 USD.",
        "Together they owe 12,540.50 USD.",
        "INV-9999 is not paid.",
        "INV-1001 was due on 11 Feb 2026.",
        "Acme Corp is 29 days late.",
        "Acme Corp has 3 invoices.",
        "71 % of it is overdue.",
        "The balance of Globex is 5,000.00 USD.",
        "Acme Corp owes 60 days.",
        "See https://pay.example/acme for details.",
        "I have sent the reminder to Acme Corp.",
        "The payment has been posted.",
        "Done!",
        "We've paused Acme Corp.",
        "Ich habe die Zahlung gebucht.",
        "J'ai envoyé la relance.",
        "He enviado el correo.",
        "A reminder has been drafted for Acme Corp.",
    ],
)
def test_what_no_result_states_may_not(draft: str) -> None:
    assert wrong_in(draft, BOTH, "who is over 60 days") != ()


def test_an_error_proves_nothing_even_if_it_echoes_the_value() -> None:
    failed = refusal("INV-9999 over 777.00 USD was not found.")
    assert wrong_in("INV-9999 is over 777.00 USD.", [failed], "show it") != ()


def test_an_act_may_be_told_only_when_it_happened() -> None:
    happened = Outcome("", acts=(Act(ActKind.PAUSED, "Reminders about Globex rest."),))
    assert wrong_in("I paused Globex.", [happened], "pause Globex") == ()
    assert wrong_in("I recorded the payment.", [happened], "pause Globex") != ()
    assert wrong_in("I sent the mail.", [happened], "pause Globex") != ()


@pytest.mark.parametrize(
    ("tool", "arguments", "wrong"),
    [
        ("account_summary", {"customer": "Acme Corp"}, []),
        ("account_summary", {"customer": "Initech"}, ["customer"]),
        ("account_summary", {"customer": "id:7"}, ["customer"]),
        ("account_summary", {"customer": "Globex"}, []),
        ("propose_reminder", {"customer": "Globex", "tone": "firm"}, ["customer"]),
        ("record_payment", {"customer": "Acme", "amount": "12400"}, []),
        ("record_payment", {"customer": "Acme", "amount": "5,000.00"}, ["amount"]),
        (
            "record_payment",
            {"customer": "Acme", "amount": "12400", "currency": "EUR"},
            ["currency"],
        ),
        ("record_payment", {"amount": "12,400", "received": "2026-03-09"}, []),
        ("record_payment", {"amount": "12,400", "received": "2026-03-01"}, ["received"]),
        ("record_payment", {"amount": "12,400", "reference": "88-201"}, []),
        ("record_payment", {"amount": "12,400", "reference": "WIRE-1"}, ["reference"]),
        ("why_not", {"invoice": "INV-1001"}, []),
        ("pause", {"customer": "Acme", "until": "Friday"}, ["until"]),
        ("list_overdue", {"over_days": 60}, ["over_days"]),
    ],
)
def test_a_call_takes_only_what_was_said(
    tool: str, arguments: dict[str, object], wrong: list[str]
) -> None:
    """Reads may also take names that results showed; an act takes nothing from results."""
    said = Said(
        "Acme Corp paid 12,400 by wire yesterday, ref 88-201",
        date(2026, 3, 10),
        shown=known_from(BOTH),
    )
    assert invented(TOOLS[tool], arguments, said) == wrong


KNOWN = (
    Called(1, ("Acme Corp", "Acme Corporation Inc."), "C1"),
    Called(2, ("Acme Foods",), "C2"),
    Called(3, ("Birch & Sons",), "C3"),
    Called(4, ("Granite Medizintechnik", "Granite Medizintechnik GmbH"), "C4"),
)


@pytest.mark.parametrize(
    ("phrase", "answer"),
    [
        ("acme corp", One(1)),
        ("Acme", Several((1, 2))),
        ("foods", One(2)),
        ("birch and sons", One(3)),
        ("birch sons", One(3)),
        ("Birch", One(3)),
        ("c3", One(3)),
        ("granit", One(4)),
        ("Granite Medizintecnik", One(4, slip=True)),
        ("the granite medizintechnik people", One(4, slip=True)),
        ("Acme Steel", Nobody((1, 2))),
        ("Globex", Nobody()),
        ("", Nobody()),
    ],
)
def test_a_name_is_taken_only_with_a_clear_margin(phrase: str, answer: object) -> None:
    assert choose(phrase, KNOWN) == answer


@pytest.mark.parametrize(
    ("said", "acts"),
    [
        ("what did Globex say about the payment of 500?", set()),
        ("Hat Acme die 500 bezahlt?", set()),
        ("Acme paid 500?", set()),
        ("is Acme on hold, and who sent the reminder", set()),
        ("Acme paid 500 by wire", {"record_payment"}),
        ("what does Acme owe, and post the 500 wire", {"record_payment"}),
        ("could you pause Acme?", {"pause"}),
        ("Bitte Acme mahnen", {"propose_reminder"}),
    ],
)
def test_acts_are_offered_to_a_model_only_when_the_message_asks_for_them(
    said: str, acts: set[str]
) -> None:
    offered = {t.name for t in TOOLS.values() if t.acts and t.offered_for("collector", said)}
    assert offered >= acts
    assert not acts or "assign" not in offered
    assert acts or not offered


def test_a_viewer_is_offered_no_act_at_all() -> None:
    said = "pause Acme, remind Acme, Acme paid 500, note on Acme, assign Acme, credit 5"
    assert not [t.name for t in TOOLS.values() if t.acts and t.offered_for("viewer", said)]
