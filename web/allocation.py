"""The sheet on which a person allocates a receipt: what was typed, what it adds up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.ledger.money import Money, exponent
from domain.matching.decision import Proposal
from domain.matching.item import Item
from flows.cash.acts import Choice, ChoiceCredit, ChoiceLine, Explicit
from flows.cash.choosing import AS_ADVISED
from flows.cash.queue import CandidateInvoice, ReceiptView
from web.typed import HOW_AMOUNTS, typed_amount

MOST_ROWS = 60
EXPLICIT: dict[Explicit, str] = {
    "exact": "It settles these invoices, nothing is left",
    "partial": "It pays a part: what is missing stays open on the invoice",
    "over": "It is more than these invoices: the rest stays on the customer's account",
}
_CLOSING = ("pay", "discount", "writeoff", "withheld")
_PARTS = (*_CLOSING, "deduction")
_AMOUNTS = tuple(f"{name}." for name in (*_PARTS, "credit"))


@dataclass(slots=True)
class Sheet:
    """Typed text by field name, what is wrong by field name, and the sums as far as they can be
    read. `amount` is what of the receipt is not applied yet.
    """

    amount: Money
    invoices: tuple[CandidateInvoice, ...]
    credits: tuple[Item, ...]
    values: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def digits(self) -> int:
        """How many digits the currency has behind the point."""
        return exponent(self.amount.currency)

    def read(self, name: str) -> Money:
        """A field's amount; zero where it cannot be read."""
        found = typed_amount(self.values.get(name, ""), self.amount.currency)
        return found if found is not None else Money.zero(self.amount.currency)

    def rest(self, candidate: CandidateInvoice) -> Money:
        """What stays open of an invoice; a deduction stays open too, as a case."""
        ident = candidate.item.id
        closing = (self.read(f"{part}.{ident}") for part in _CLOSING)
        rest = candidate.available
        for amount in closing:
            rest -= amount
        return rest

    @property
    def withholds(self) -> bool:
        """Whether some tax was withheld, so that there is a column for it."""
        return any(v for n, v in self.values.items() if n.startswith("withheld."))

    @property
    def sums(self) -> dict[str, Money]:
        """The totals by name; `left` is what of the money no invoice takes."""
        zero = Money.zero(self.amount.currency)
        found = dict.fromkeys(_PARTS, zero)
        for candidate in self.invoices:
            for part in _PARTS:
                found[part] += self.read(f"{part}.{candidate.item.id}")
        found["credit"] = sum((self.read(_credit(c)) for c in self.credits), zero)
        found["fee"] = self.read("fee")
        found["left"] = self.amount + found["fee"] + found["credit"] - found["pay"]
        return found

    @property
    def verdict(self) -> tuple[str, str]:
        """Tone and words of how the sums stand."""
        left = self.sums["left"].minor
        if left:
            return ("wait", "Something is left over") if left > 0 else ("bad", "More than there is")
        return "good", "Adds up"

    def choice(self) -> Choice | None:
        """What was chosen, or None with `problems` saying what is wrong."""
        self._check()
        if self.problems:
            return None
        explicit: Explicit = next(
            (e for e in EXPLICIT if e == self.values.get("explicit")), "exact"
        )
        fee = self.read("fee")
        return Choice(
            lines=tuple(self._line(c) for c in self.invoices if self._touched(c)),
            credits=tuple(
                ChoiceCredit(c.kind, c.id, self.read(_credit(c)))
                for c in self.credits
                if self.read(_credit(c))
            ),
            fee=fee or None,
            keep_unapplied=explicit == "over",
            explicit=explicit,
            reason=self.values.get("reason", ""),
        )

    def _touched(self, candidate: CandidateInvoice) -> bool:
        return any(self.read(f"{part}.{candidate.item.id}") for part in _PARTS)

    def _line(self, candidate: CandidateInvoice) -> ChoiceLine:
        ident = candidate.item.id
        pay, discount, writeoff, withheld, deduction = (
            self.read(f"{part}.{ident}") for part in _PARTS
        )
        return ChoiceLine(
            ident,
            pay,
            discount=discount or None,
            writeoff=writeoff or None,
            deduction=deduction or None,
            deduction_code=self.values.get(f"code.{ident}", "") if deduction else "",
            withheld=withheld or None,
        )

    def _check(self) -> None:
        for name in self._amount_fields():
            if typed_amount(self.values.get(name, ""), self.amount.currency) is None:
                self.problems[name] = HOW_AMOUNTS
        for candidate in self.invoices:
            self._check_invoice(candidate)
        for credit in self.credits:
            if self.read(_credit(credit)) > credit.open:
                self.problems[_credit(credit)] = f"{credit.number} has {credit.open} left."
        if not any(self._touched(c) for c in self.invoices):
            self.problems["sums"] = "Give at least one invoice an amount, or leave it on account."
        elif not self.problems:
            self._check_sums()

    def _check_invoice(self, candidate: CandidateInvoice) -> None:
        ident, number = candidate.item.id, candidate.item.number
        rest, deduction = self.rest(candidate), self.read(f"deduction.{ident}")
        if rest.minor < 0:
            most = f"{number} can take at most {candidate.available}."
            self.problems.setdefault(f"pay.{ident}", most)
        elif deduction > rest:
            told = f"Only {rest} of {number} would be left to deduct."
            self.problems.setdefault(f"deduction.{ident}", told)
        if deduction and not self.values.get(f"code.{ident}"):
            self.problems.setdefault(f"code.{ident}", "Say what was deducted for.")

    def _check_sums(self) -> None:
        left, explicit = self.sums["left"], self.values.get("explicit", "")
        if left.minor < 0:
            told = f"The invoices take {-left} more than there is."
        elif left and explicit != "over":
            told = f"{left} is left over. Apply it, or say that it is more than the invoices."
        elif not left and explicit == "over":
            told = "Nothing is left over, so it is not more than the invoices."
        elif self._unexplained() and explicit == "exact":
            told = "A part of an invoice stays open. Say that it pays a part, or why it is short."
        else:
            return
        self.problems["sums"] = told

    def _unexplained(self) -> bool:
        return any(
            self._touched(c) and self.rest(c) != self.read(f"deduction.{c.item.id}")
            for c in self.invoices
        )

    def _amount_fields(self) -> list[str]:
        names = [f"{part}.{c.item.id}" for c in self.invoices for part in _PARTS]
        return [*names, *map(_credit, self.credits), "fee"]


def credit_field(credit: Item) -> str:
    """The name of a credit's field."""
    return f"credit.{credit.kind}.{credit.id}"


_credit = credit_field


def prefilled(view: ReceiptView, proposal: Proposal | None) -> Sheet:
    """A sheet with a proposal written into it, or an empty one."""
    sheet = _blank(view)
    if proposal is None:
        return sheet
    allocation = proposal.allocation
    for line in allocation.invoices:
        amounts = (line.amount, line.discount, line.writeoff, line.withheld, line.deduction)
        for part, amount in zip(_PARTS, amounts, strict=True):
            if amount:
                sheet.values[f"{part}.{line.item_id}"] = amount.plain()
        if line.deduction:
            sheet.values[f"code.{line.item_id}"] = AS_ADVISED
    for used in allocation.credits:
        sheet.values[f"credit.{used.kind}.{used.item_id}"] = used.amount.plain()
    if allocation.fee:
        sheet.values["fee"] = allocation.fee.plain()
    sheet.values["explicit"] = _meant(sheet)
    return sheet


def _meant(sheet: Sheet) -> Explicit:
    """What the proposal itself means, so that taking it over needs no further word."""
    if sheet.sums["left"]:
        return "over"
    return "partial" if sheet._unexplained() else "exact"


def typed(view: ReceiptView, sent: Mapping[str, str]) -> Sheet:
    """A sheet as it was sent. An amount for what is not open any more is told, never dropped."""
    sheet = _blank(view)
    known = {*sheet._amount_fields(), "explicit", "reason", "also"}
    known |= {f"code.{c.item.id}" for c in sheet.invoices}
    for name in known:
        sheet.values[name] = sent.get(name, "").strip()[:200]
    gone = [n for n in sent.keys() - known if n.startswith(_AMOUNTS) and sent[n].strip()]
    if gone:
        sheet.problems["sums"] = "Something you chose is not open any more. Please look again."
    return sheet


def _blank(view: ReceiptView) -> Sheet:
    currency = view.receipt.amount.currency
    fits: Sequence[CandidateInvoice] = [
        c for c in view.candidates if c.available.currency == currency and c.available.minor > 0
    ]
    credits_ = tuple(c for c in view.credits if c.open.currency == currency)
    return Sheet(view.receipt.amount, tuple(fits[:MOST_ROWS]), credits_[:MOST_ROWS])
