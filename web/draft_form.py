"""The form of an invoice draft: what was typed, as the flows read it, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any

from starlette.datastructures import FormData

from domain.ledger.money import Money
from flows.invoicing import Draft, DraftInput, DraftLine, LineInput

MAX_LINES = 60
SPARE_LINES = 3
LINE_FIELDS = tuple(f.name for f in fields(LineInput))
FLAGS = ("po_blanket", "tax_exempt")
LINE_FLAGS = ("usage", "discount")
PLACE = ("name", "address", "city", "region", "postcode", "country", "tax_id")
HEAD_FIELDS = (
    "source_id",
    "customer_name",
    "customer_email",
    "currency",
    "issued_on",
    "due_on",
    "terms_netsuite_id",
    "subsidiary_netsuite_id",
    "department_netsuite_id",
    "class_netsuite_id",
    "location_netsuite_id",
    "exchange_rate",
    "number",
    "po_number",
    "po_amount",
    "memo",
)
CHANGE_FIELDS = ("due_on", "terms_netsuite_id", "po_number", "memo")
_LONG = {"memo": 999, "description": 999}


@dataclass(slots=True)
class DraftForm:
    """What stands in the form, as text; flags are "yes" or "". Problems are by field's name."""

    head: dict[str, str]
    place: dict[str, str]
    lines: list[dict[str, str]]
    problems: dict[str, str] = field(default_factory=dict)

    def filled(self) -> list[dict[str, str]]:
        """Lines with anything in them."""
        told = ("product", "amount", "description", "rate")
        return [line for line in self.lines if any(line.get(name) for name in told)]

    def spare(self, more: int = SPARE_LINES) -> None:
        """Add empty lines to write in, up to what a form may hold."""
        room = max(0, MAX_LINES - len(self.lines))
        self.lines += [dict.fromkeys(LINE_FIELDS, "") for _ in range(min(more, room))]

    def loose(self) -> dict[str, str]:
        """Problems of the draft as a whole: those of no field that the form shows."""
        shown = {*self.head, *(f"bill_to.{name}" for name in PLACE)}
        shown |= {
            f"lines.{n}.{name}" for n in range(1, len(self.lines) + 1) for name in LINE_FIELDS
        }
        return {name: text for name, text in self.problems.items() if name not in shown}


def blank(today: date) -> DraftForm:
    """An empty form, dated today."""
    head = dict.fromkeys((*HEAD_FIELDS, *FLAGS), "")
    form = DraftForm({**head, "issued_on": today.isoformat()}, dict.fromkeys(PLACE, ""), [])
    form.spare()
    return form


def read(sent: FormData) -> DraftForm:
    """The form as it was sent; everything bounded, nothing judged."""
    head = {name: _text(sent, name) for name in (*HEAD_FIELDS, *FLAGS)}
    place = {name: _text(sent, f"bill_to.{name}") for name in PLACE}
    number = _text(sent, "line_count")
    count = min(int(number), MAX_LINES) if number.isascii() and number.isdigit() else 0
    lines = [
        {name: _text(sent, f"lines.{n}.{name}") for name in LINE_FIELDS}
        for n in range(1, count + 1)
    ]
    return DraftForm(head, place, lines)


def _text(sent: FormData, name: str) -> str:
    return str(sent.get(name, "")).strip()[: _LONG.get(name.rpartition(".")[2], 200)]


def draft_input(form: DraftForm, customer_id: int | None) -> DraftInput:
    """A new draft, entered by hand."""
    head = form.head
    made = DraftInput(head["source_id"], head["currency"], head["issued_on"], lines=())
    told: dict[str, Any] = {name: head[name] for name in HEAD_FIELDS}
    told |= {name: bool(head[name]) for name in FLAGS}
    return replace(
        made,
        **told,
        lines=tuple(_line(line) for line in form.filled()),
        bill_to={name: text for name, text in form.place.items() if text},
        customer_id=customer_id,
    )


def _line(typed: Mapping[str, str]) -> LineInput:
    told: dict[str, Any] = {name: typed[name] for name in LINE_FIELDS}
    told |= {name: bool(typed[name]) for name in LINE_FLAGS}
    return replace(LineInput("", ""), **{**told, "quantity": typed["quantity"] or "1"})


def changes(form: DraftForm, draft: Draft) -> dict[str, object]:
    """What differs from the draft, as `edit_draft` reads it."""
    before = of_draft(draft)
    changed: dict[str, object] = {
        name: form.head[name]
        for name in HEAD_FIELDS
        if name != "source_id" and form.head[name] != before.head[name]
    }
    changed |= {
        name: bool(form.head[name]) for name in FLAGS if form.head[name] != before.head[name]
    }
    if form.place != before.place:
        changed["bill_to"] = {name: text for name, text in form.place.items() if text}
    if form.filled() != before.lines:
        changed["lines"] = [asdict(_line(line)) for line in form.filled()]
    return changed


def of_draft(draft: Draft) -> DraftForm:
    """The form that shows a draft."""
    head = {name: _shown(getattr(draft, name, "")) for name in HEAD_FIELDS}
    head["po_amount"] = _shown(draft.facts.po_amount)
    head["po_blanket"] = _shown(draft.facts.po_blanket)
    head["tax_exempt"] = _shown(draft.facts.tax_exempt)
    place = {name: getattr(draft.bill_to, name) for name in PLACE}
    return DraftForm(head, place, [_typed(line) for line in draft.lines])


def _typed(line: DraftLine) -> dict[str, str]:
    return {name: _shown(getattr(line, name)) for name in LINE_FIELDS}


def _shown(value: object) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case Money():
            return value.plain()
        case date():
            return value.isoformat()
        case _:
            return str(value)
