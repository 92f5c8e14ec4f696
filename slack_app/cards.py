"""Cards and forms as Block Kit: what will leave, why, and the buttons that decide."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from effects.lifecycle import EffectState
from flows.slack.cards import Card
from slack_app.client import Said
from slack_app.text import (
    LONGEST,
    Block,
    bullets,
    context,
    cut,
    escaped,
    exact,
    header,
    labelled,
    plain,
    rich,
    words,
)

APPROVE, EDIT, REJECT, OPEN = "card_approve", "card_edit", "card_reject", "card_open"
SAY, HOME = "say_", "home_refresh"
EDIT_FORM, REJECT_FORM = "form_edit", "form_reject"
_S = EffectState
_STATES = {
    _S.PROPOSED: "Waits for a decision",
    _S.APPROVED: "Approved, about to happen",
    _S.PERFORMING: "Happening now",
    _S.DONE: "Done",
    _S.FAILED: "It did not happen: a person must look",
    _S.UNKNOWN: "Unclear whether it happened: nothing is repeated before somebody has looked",
    _S.REJECTED: "Rejected: it will not happen",
    _S.EXPIRED: "Expired: nobody decided in time, it will not happen",
    _S.SUPERSEDED: "Withdrawn: the facts changed, it will not happen as it stood",
}
_LONGEST_EDIT = 3_000


@dataclass(frozen=True, slots=True)
class Press:
    """What a button carries: the card's nonce and the content that was on the card."""

    effect_id: int
    fingerprint: str
    nonce: str

    def value(self) -> str:
        return json.dumps([self.effect_id, self.fingerprint, self.nonce])

    @classmethod
    def read(cls, value: str) -> Press | None:
        """The press behind a button's value, or None if it is not one of ours."""
        try:
            effect_id, fingerprint, nonce = json.loads(value[:2000])
        except (ValueError, TypeError):
            return None
        if type(effect_id) is not int or not isinstance(fingerprint, str):
            return None
        return cls(effect_id, fingerprint, nonce) if isinstance(nonce, str) else None


def shown(card: Card, nonce: str, public_url: str, note: str = "") -> Said:
    """A card as a message. Buttons are only there while there is something to decide."""
    blocks: list[Block] = [header(card.title)]
    blocks.append(context(" · ".join(filter(None, (card.customer, _standing(card))))))
    if note:
        blocks.append(rich([{"type": "rich_text_section", "elements": [words(note, bold=True)]}]))
    blocks.append(labelled(card.heads))
    complete = len(card.body) <= LONGEST
    if card.body:
        blocks += exact(cut(card.body, LONGEST))
    if card.state is _S.PROPOSED:
        blocks += _reasons(card)
    if card.lacking:
        blocks.append(context(f"Not known yet: {card.lacking}."))
    if not complete:
        blocks.append(context("The text goes on: read and decide it on the page."))
    if card.decided:
        blocks.append(context(" · ".join(card.decided)))
    blocks.append(_buttons(card, nonce, public_url, decidable=complete))
    return Said(escaped(f"{card.title}. {_STATES[card.state]}."), blocks)


def _standing(card: Card) -> str:
    parts = [_STATES[card.state]]
    if card.state is _S.PROPOSED:
        parts.append(f"for the role {card.needs or 'collector'} or above, not for who proposed it")
        parts.append(f"proposed by {card.proposed_by}")
        if card.expires_at is not None:
            parts.append(f"expires {card.expires_at:%Y-%m-%d %H:%M} UTC")
    if card.version > 1:
        parts.append(f"version {card.version}")
    if card.outcome and card.state is not _S.DONE:
        parts.append(card.outcome)
    return " · ".join(parts)


def _reasons(card: Card) -> list[Block]:
    blocks: list[Block] = []
    if card.facts:
        facts = [[words(f"{name} ", bold=True), words(value)] for name, value in card.facts[:20]]
        blocks.append(rich([_title("Facts it was proved against"), bullets(facts)]))
    if card.why:
        why = [[words(f"{name}: ", bold=True), words(cut(value, 300))] for name, value in card.why]
        blocks.append(rich([_title("Why"), bullets(why)]))
    return blocks


def _title(text: str) -> Block:
    return {"type": "rich_text_section", "elements": [words(text, bold=True)]}


def _buttons(card: Card, nonce: str, public_url: str, *, decidable: bool) -> Block:
    elements: list[Block] = []
    if card.state is _S.PROPOSED and decidable:
        value = Press(card.effect_id, card.fingerprint, nonce).value()
        elements.append(button(APPROVE, "Approve", value, "primary"))
        if card.editable and len(card.body) <= _LONGEST_EDIT:
            elements.append(button(EDIT, "Edit", value))
        elements.append(button(REJECT, "Reject", value, "danger"))
    page = button(OPEN, "Open the page", "open")
    page["url"] = f"{public_url}/review/{card.effect_id}"
    return {"type": "actions", "block_id": f"card-{card.effect_id}", "elements": [*elements, page]}


def button(action: str, text: str, value: str, style: str = "") -> Block:
    button: Block = {
        "type": "button",
        "action_id": action,
        "text": plain(text, 75),
        "value": value,
    }
    return button | ({"style": style} if style else {})


@dataclass(frozen=True, slots=True)
class FormPlace:
    """What a form keeps of where it came from. Slack gives it back as it was."""

    press: Press
    channel: str
    ts: str

    def text(self) -> str:
        press = self.press
        kept = [press.effect_id, press.fingerprint, press.nonce, self.channel, self.ts]
        return json.dumps(kept)

    @classmethod
    def read(cls, text: str) -> FormPlace | None:
        """The place, or None if the text is not one."""
        try:
            effect_id, fingerprint, nonce, channel, ts = json.loads(text[:3000])
        except (ValueError, TypeError):
            return None
        press = Press.read(json.dumps([effect_id, fingerprint, nonce]))
        return cls(press, str(channel), str(ts)) if press else None


def reject_form(place: FormPlace, title: str) -> Block:
    """Why not? The reason is kept in the audit."""
    ask = _input("reason", "Why? (kept in the audit)", "", most=1_000)
    return _form(REJECT_FORM, "Reject", "Reject", place, [context(cut(title, 300)), ask])


def edit_form(
    place: FormPlace, card: Card, problem: str = "", given: Mapping[str, str] | None = None
) -> Block:
    """The words of a proposal to be changed; `problem` says why the last try was refused, `given`
    is what was typed then."""
    typed = given or {}
    blocks: list[Block] = [context(f"{problem} Nothing was saved.")] if problem else []
    if card.kind == "send_email":
        blocks.append(
            _input(
                "subject", "Subject", typed.get("subject") or card.subject, most=500, lines=False
            )
        )
    blocks.append(_input("text", "Text", typed.get("text") or card.body, most=_LONGEST_EDIT))
    blocks.append(
        context("Your text is checked against the customer's facts before it is saved: an amount,"
                " date or invoice number that is not theirs is refused.")
    )  # fmt: skip
    return _form(EDIT_FORM, "Edit", "Save", place, blocks)


def notice_form(title: str, text: str) -> Block:
    """A form that only says something."""
    return {
        "type": "modal",
        "callback_id": "form_notice",
        "title": plain(title, 24),
        "close": plain("Close"),
        "blocks": [rich([{"type": "rich_text_section", "elements": [words(cut(text, 2_500))]}])],
    }


def _form(callback: str, title: str, submit: str, place: FormPlace, blocks: list[Block]) -> Block:
    return {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, 24),
        "submit": plain(submit),
        "close": plain("Cancel"),
        "private_metadata": place.text(),
        "blocks": blocks,
    }


def _input(name: str, label: str, value: str, *, most: int, lines: bool = True) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": "value",
        "multiline": lines,
        "max_length": most,
    }
    if value:
        element["initial_value"] = cut(value, most)
    return {"type": "input", "block_id": name, "label": plain(label), "element": element}
