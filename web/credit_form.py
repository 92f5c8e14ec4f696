"""The form that asks for a credit, a write-off, a rebill or a void of one invoice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.ledger.billing.periods import Span
from domain.ledger.credits import Reason
from domain.ledger.money import Money
from flows.credits.asked import CreditAsked, LineAsked, WriteOffAsked
from flows.credits.gathering import Books
from web.typed import HOW_AMOUNTS, typed_amount, typed_day

ACTS = {
    "credit": "Credit",
    "write_off": "Write off",
    "rebill": "Rebill",
    "void": "Void",
}
SOURCE = "page"
_FOR_CREDITS = (
    Reason.BILLING_ERROR, Reason.DUPLICATE, Reason.UNUSED_SERVICE, Reason.CONCESSION,
    Reason.QUALITY, Reason.GOODWILL, Reason.DISPUTE_LOST,
)  # fmt: skip
_FOR_WRITE_OFFS = (Reason.CANNOT_PAY, Reason.SMALL_BALANCE, Reason.DISPUTE_LOST)
REASONS_OF = {"credit": _FOR_CREDITS, "write_off": _FOR_WRITE_OFFS, "rebill": (), "void": ()}


@dataclass(slots=True)
class CreditForm:
    """What was typed, and what of it cannot be read, by field."""

    act: str
    key: str
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.typed.get(name, "")

    @property
    def reason(self) -> Reason | None:
        return next((one for one in REASONS_OF[self.act] if one == self.text("reason")), None)

    @property
    def note(self) -> str:
        return self.text("note").strip()[:1000]


def read(sent: Mapping[str, str], key: str) -> CreditForm:
    """The form as it was sent, bounded."""
    act = sent.get("act", "")
    kept = {name[:40]: str(value)[:1000] for name, value in list(sent.items())[:1000]}
    return CreditForm(act if act in ACTS else "credit", sent.get("key", "")[:60] or key, kept)


def credit_asked(form: CreditForm, books: Books) -> CreditAsked | None:
    """The credit that was typed; None where something cannot be read."""
    currency = books.row.currency
    if form.reason is None:
        form.problems["reason"] = "Choose why."
    lines = _lines(form, books)
    amount, refund, keep = (_money(form, n, currency) for n in ("amount", "refund", "keep"))
    if lines and amount is not None:
        form.problems["amount"] = "Either one amount, or amounts by line."
    on = typed_day(form.text("on")) if form.text("on") else None
    if form.text("on") and on is None:
        form.problems["on"] = "Please choose a day."
    if form.problems:
        return None
    return CreditAsked(
        books.row.id, form.reason, SOURCE, form.key, form.note, amount, lines, refund, keep, on=on
    )


def write_off_asked(form: CreditForm, books: Books) -> WriteOffAsked | None:
    """The write-off that was typed; None where something cannot be read."""
    if form.reason is None:
        form.problems["reason"] = "Choose why."
    amount = _money(form, "amount", books.row.currency)
    if form.problems or form.reason is None:
        return None
    return WriteOffAsked(books.row.id, SOURCE, form.key, form.reason, form.note, amount)


def _money(form: CreditForm, name: str, currency: str) -> Money | None:
    """An amount, None where nothing was typed."""
    found = typed_amount(form.text(name), currency)
    if found is None:
        form.problems[name] = HOW_AMOUNTS
        return None
    return found or None


def _lines(form: CreditForm, books: Books) -> tuple[LineAsked, ...]:
    made: list[LineAsked] = []
    for line in books.invoice.lines:
        amount = _money(form, f"line-{line.id}", books.row.currency)
        if amount is not None:
            made.append(LineAsked(int(line.id), amount, _days(form, line.id)))
    return tuple(made)


def _days(form: CreditForm, line_id: str) -> Span | None:
    first, last = (form.text(f"{side}-{line_id}") for side in ("from", "to"))
    if not first and not last:
        return None
    starts, ends = typed_day(first), typed_day(last)
    if starts is None or ends is None or ends < starts:
        form.problems[f"from-{line_id}"] = "Please choose the first and the last day."
        return None
    return Span(starts, ends)
