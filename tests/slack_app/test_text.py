"""Text on its way to and from Slack."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.chat import ChatAnswer, Cited, Table
from effects.lifecycle import EffectState
from flows.slack.cards import Card
from flows.slack.telling import lines_of
from sandbox.slack.blocks import check_message
from slack_app.answers import answer_message
from slack_app.cards import FormPlace, Press, edit_form, shown
from slack_app.text import escaped, said

WORDS = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    ["<!channel>", "<@U1>", "<https://x.example|y>", "a" * 4000, "", "\u202ex"]
)
LINES = st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple)


def mrkdwn_in(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["text"]] if part.get("type") == "mrkdwn" else []
        return own + [t for value in part.values() for t in mrkdwn_in(value)]
    return [t for one in part for t in mrkdwn_in(one)] if isinstance(part, list) else []


@given(text=WORDS)
def test_no_text_becomes_markup(text: str) -> None:
    safe = escaped(text)
    assert "<" not in safe
    assert ">" not in safe
    assert len(safe) <= 5 * 2_900


@settings(max_examples=40)
@given(title=WORDS, heads=LINES, body=st.text(max_size=20_000) | WORDS, facts=LINES, why=LINES)
def test_slack_takes_every_card_and_nothing_in_it_is_parsed(
    title: str, heads: Any, body: str, facts: Any, why: Any
) -> None:
    card = Card(
        7, "send_email", title, EffectState.PROPOSED, 2, "f" * 64, title, heads, title, body, facts,
        why, title, "collector", None, True, "", (), "",
    )  # fmt: skip
    message = shown(card, "n", "https://dunwell.example")
    check_message(message.blocks)
    assert mrkdwn_in(list(message.blocks)) == []
    assert "<" not in message.text
    place = FormPlace(Press(7, "f" * 64, "n"), "C1", "1.1")
    assert FormPlace.read(edit_form(place, card, given={"text": body})["private_metadata"]) == place


@settings(max_examples=40)
@given(text=st.text(max_size=9_000), cells=st.lists(WORDS, min_size=2, max_size=2), more=WORDS)
def test_slack_takes_every_answer_and_nothing_in_it_is_parsed(
    text: str, cells: list[str], more: str
) -> None:
    table = Table(("One", "Two"), (tuple(cells),) * 70, more=3)
    answer = ChatAnswer(
        text, (table, table), (Cited(more, "/x"), Cited(more, "https://evil.example")),
        asks=tuple(c for c in (*cells, more) if c.strip()),
    )  # fmt: skip
    message = answer_message(answer, "https://dunwell.example")
    check_message(message.blocks)
    assert mrkdwn_in(list(message.blocks)) == []
    assert "https://evil.example" not in json.dumps([b for b in message.blocks if "url" in b])


def test_what_somebody_typed_is_read_without_slacks_markup() -> None:
    typed = "<@U0BOT> what does <https://acme.example|acme.example> &amp; <mailto:a@b.example> owe"
    assert said(typed) == "what does acme.example & a@b.example owe"


def test_a_stored_content_is_told_line_by_line_with_amounts() -> None:
    content = {
        "customer_id": 3, "ar_account_netsuite_id": "7", "memo": "",
        "total": {"minor": 12345, "currency": "JPY"},
        "applications": [{"number": "INV-1", "amount": {"minor": 100, "currency": "USD"}}],
        "issued_on": "2026-03-01", "fields": [], "open_minor": 5, "currency": "EUR",
    }  # fmt: skip
    assert lines_of(content) == (
        ("Ar account NetSuite id", "7"), ("Total", "12,345 JPY"),
        ("Applications INV-1: Amount", "1.00 USD"), ("Issued", "2026-03-01"), ("Open", "0.05 EUR"),
    )  # fmt: skip


def test_a_buttons_value_that_is_not_ours_is_no_press() -> None:
    for value in ("", "x", "[]", '["7", "f", "n"]', "[7, 8, 9]", '[true, "f", "n"]', "{}"):
        assert Press.read(value) is None
    assert Press.read(Press(7, "f", "n").value()) == Press(7, "f", "n")
