"""The forms of the page for people, and what they ask of the admin door."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

PAGE = "/admin/page"
_FIELDS = {
    "memo": "memo",
    "dueDate": "dueDate",
    "tranDate": "tranDate",
    "exchangeRate": "exchangeRate",
    "otherRefNum": "reference",
}
_REFERENCES = {"postingPeriod": "period id", "terms": "terms id"}
_LINE = {"item": "item id", "lineAmount": "line amount"}
_OF_TRANSACTION: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("void", "Void", ("release",)),
    ("delete", "Delete", ("release",)),
    ("pay", "Receive payment", ("amount",)),
    ("apply", "Apply", ("to", "amount")),
    ("unapply", "Unapply", ("from",)),
    ("edit", "Edit", (*_FIELDS, *_REFERENCES)),
    ("edit_lines", "Replace lines", tuple(_LINE)),
    ("edit_amount", "New total", ("amount",)),
    ("move_customer", "Other customer", ("customer",)),
    ("currency", "Other currency", ("currency",)),
    ("approve", "Set approval", ("status",)),
    ("duplicate", "Enter again", ("on",)),
    ("distort", "Distort", ("open", "status")),
)
_OF_ACCOUNT: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("receipt", "Enter a payment", ("customer", "amount", "on")),
    ("control_gap", "Journal without a customer", ("subsidiary", "amount")),
    ("rate", "Exchange rate", ("currency", "rate")),
    ("merge", "Merge customers", ("customer", "into")),
)
_SWITCHES = ("release", "quiet")
_LABELS = {**_FIELDS, **_REFERENCES, **_LINE, "release": "unapply first", "quiet": "leave no trace"}
_WITHOUT_DOCUMENT = ("receipt", "control_gap", "rate", "merge")


def of_transaction(record_id: int) -> str:
    """What can be done with a transaction."""
    return "".join(_form(record_id, *action) for action in _OF_TRANSACTION)


def whole_account() -> str:
    """What can be done without one."""
    return "".join(_form(0, *action) for action in _OF_ACCOUNT)


def period_form(on: str, *, shut: bool) -> str:
    """A button that closes or opens the period of a day."""
    return (
        f'<form method="post" action="{PAGE}/act"><input type="hidden" name="do" value="period">'
        f'<input type="hidden" name="on" value="{on}">'
        f'<input type="hidden" name="closed" value="{"no" if shut else "yes"}">'
        f"<button>{'Reopen' if shut else 'Close'}</button></form>"
    )


def _form(record_id: int, do: str, label: str, names: tuple[str, ...]) -> str:
    inputs = "".join(_input(name) for name in (*names, "quiet"))
    return (
        f'<form method="post" action="{PAGE}/act"><input type="hidden" name="do" value="{do}">'
        f'<input type="hidden" name="id" value="{record_id}">{inputs}<button>{label}</button>'
        "</form>"
    )


def _input(name: str) -> str:
    shown = escape(_LABELS.get(name, name))
    kind = ' type="checkbox" value="yes"' if name in _SWITCHES else ""
    return f'<label>{shown} <input name="{name}"{kind}></label>'


def back_to(form: Mapping[str, str]) -> str:
    """The query of the page to show after an action."""
    if form.get("do") == "period":
        return "view=periods"
    if form.get("do") in _WITHOUT_DOCUMENT or not form["id"].isdecimal():
        return "view=customers"
    return f"id={form['id']}"


def spec_of(form: Mapping[str, str]) -> dict[str, object]:
    """What the admin door takes, out of a form."""
    spec: dict[str, object] = {name: value for name, value in form.items() if value}
    spec |= {name: True for name in _SWITCHES if form.get(name) == "yes"}
    match form.get("do"):
        case "edit":
            spec["fields"] = _edited(form)
        case "edit_lines":
            line = {"item": {"id": form.get("item", "")}, "amount": form.get("lineAmount", "")}
            spec |= {"do": "edit", "replace": ["item"], "fields": {"item": {"items": [line]}}}
        case "period":
            spec["closed"] = form.get("closed") == "yes"
        case "receipt":
            spec |= {"do": "create", "type": "customerPayment", "fields": _received(form)}
    return spec


def _edited(form: Mapping[str, str]) -> dict[str, object]:
    fields: dict[str, object] = {name: form[name] for name in _FIELDS if form.get(name)}
    return fields | {name: {"id": form[name]} for name in _REFERENCES if form.get(name)}


def _received(form: Mapping[str, str]) -> dict[str, object]:
    fields: dict[str, object] = {
        "customer": {"id": form.get("customer", "")},
        "payment": form.get("amount", ""),
    }
    return fields | ({"tranDate": form["on"]} if form.get("on") else {})
