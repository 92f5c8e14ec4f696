"""The form with which a person pauses reminders: for how long, why, and how the page says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.dunning.standing import PauseReason

SPANS = {
    "30": "30 days",
    "60": "60 days",
    "90": "90 days",
    "date": "up to a day",
    "open": "until resumed",
}
REASONS = {
    PauseReason.COMMITMENT: "They committed to pay",
    PauseReason.INSTALMENT: "An instalment is not due yet",
    PauseReason.APPROVAL: "They wait for an approval or a PO",
    PauseReason.RELATIONSHIP: "The relationship asks for it",
    PauseReason.OTHER: "Another reason",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form asks for: days, a last day, or no end (None)."""

    until: int | date | None
    reason: PauseReason
    note: str


def read(form: Mapping[str, object]) -> Wanted | str:
    """The form as values, or what is wrong with it."""
    day = str(form.get("until", ""))
    span = "date" if day else str(form.get("span", ""))
    try:
        reason = PauseReason(str(form.get("why", "other")))
        until = date.fromisoformat(day) if span == "date" else None
    except ValueError:
        return "Choose a reason, and a day if the pause has one."
    if span not in SPANS:
        return "Choose how long the pause lasts."
    note = str(form.get("reason", "")).strip()[:300]
    return Wanted(int(span) if span.isdigit() else until, reason, note)


def reason_words(code: str) -> str:
    """A reason of a pause as people say it; "" for none."""
    return REASONS[PauseReason(code)] if code in set(PauseReason) else ""
