"""What a person may change in a proposal, and how the new content is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from effects.kinds import (
    Effect,
    PostCustomerPayment,
    PostToCustomerChannel,
    SendEmail,
    from_payload,
)


class NotEditable(Exception):
    """This part of an effect cannot be edited."""


_LONGEST_POST = 8_000
_LONGEST = {"subject": 500, "text": 50_000, "html": 200_000}


def edited(effect: Effect, changes: Mapping[str, object]) -> Effect:
    """The effect with `changes` (payload form). Raises NotEditable; the key stays the same."""
    allowed = _editable(effect)
    if not allowed:
        raise NotEditable("it is changed where it was prepared, and proposed again")
    for name in changes:
        if name not in allowed:
            raise NotEditable(f"{name} cannot be edited; only {', '.join(allowed)} can")
    payload: dict[str, Any] = {**effect.payload(), **changes}
    try:
        new = from_payload(effect.kind, payload)
    except (KeyError, TypeError, ValueError) as error:
        raise NotEditable(f"the new content is not valid: {error}") from error
    _check(effect, new, changes)
    return new


def _editable(effect: Effect) -> tuple[str, ...]:
    match effect:
        case SendEmail():
            return ("subject", "text", "html", "to", "cc", "attachments")
        case PostToCustomerChannel():
            return ("text",)
        case PostCustomerPayment():
            return ("applications", "memo")
        case _:
            return ()


def _check(old: Effect, new: Effect, changes: Mapping[str, object]) -> None:
    if new.key() != old.key():
        raise NotEditable("an edit cannot make it another effect")
    if isinstance(new, SendEmail):
        _check_mail(new, changes)
    if isinstance(new, SendEmail) and isinstance(old, SendEmail):
        _check_papers(old, new)
    if isinstance(new, PostToCustomerChannel):
        _check_post(new)


def _check_post(new: PostToCustomerChannel) -> None:
    if not isinstance(new.text, str) or not 0 < len(new.text) <= _LONGEST_POST:
        raise NotEditable(f"the text must have 1 to {_LONGEST_POST:,} characters")


def _check_mail(new: SendEmail, changes: Mapping[str, object]) -> None:
    if ("text" in changes) != ("html" in changes):
        raise NotEditable("text and html say the same thing: change both together")
    for name, most in _LONGEST.items():
        value = getattr(new, name)
        if not isinstance(value, str) or len(value) > most:
            raise NotEditable(f"{name} must be text of at most {most} characters")
    if not new.to or not all(isinstance(a, str) and "@" in a for a in (*new.to, *new.cc)):
        raise NotEditable("to and cc must be mail addresses")
    if "\n" in new.subject or "\r" in new.subject:
        raise NotEditable("the subject must be one line")


def _check_papers(old: SendEmail, new: SendEmail) -> None:
    """What is attached comes from the papers on file; an edit can only leave some out."""
    if [paper for paper in old.attachments if paper in new.attachments] != [*new.attachments]:
        raise NotEditable("papers can only be left out")
