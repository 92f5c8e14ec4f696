"""A matching rule as it is typed into the form, and the rule in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.dunning.policy import PolicyError
from domain.ledger.money import Money
from domain.matching.receipt import Channel
from domain.matching.rules import (
    Action,
    Hold,
    NoReceipt,
    OldestFirst,
    PayerIs,
    Rule,
    Shortfall,
    TreatShort,
    When,
    WholeBalanceOnly,
)
from sources.matching_rules import rules_from
from web import cash_words
from web.typed import HOW_AMOUNTS, typed_amount

ACTIONS = {
    "payer_is": "It is this customer's money",
    "oldest_first": "This customer's oldest invoices are paid first",
    "whole_balance_only": "It pays all that is open, or a person looks at it",
    "short_pay": "What is missing is taken for something, within limits",
    "not_a_receipt": "No customer sent it: it is something else",
    "hold": "A person looks at it, whatever fits",
}
SHORTFALLS = {
    Shortfall.FEE: "a bank fee",
    Shortfall.DISCOUNT: "a discount",
    Shortfall.WRITE_OFF: "a small write-off",
    Shortfall.DEDUCTION: "a deduction, kept open as a case",
}
CHANNELS = {c.value: cash_words.CHANNELS[c] for c in Channel if cash_words.CHANNELS[c]}
_WORDS = ("payer_contains", "reference_contains", "type_codes", "sources")
TEXTS = (
    "name", *_WORDS, "reference_matches", "currency", "at_least", "at_most", "customer", "then",
    "payer_is", "oldest_first", "not_a_receipt", "as", "up_to", "percent", "reason", "hold",
)  # fmt: skip
CUSTOMERS = ("customer", "payer_is", "oldest_first")


@dataclass(slots=True)
class RuleForm:
    """What was typed and what is wrong with it, by field. `channels` are the ticked ones."""

    values: dict[str, str] = field(default_factory=dict)
    channels: tuple[str, ...] = ()
    problems: dict[str, str] = field(default_factory=dict)

    def body(self, customers: Mapping[str, int]) -> dict[str, object]:
        """The rule in the form of the policy file. `customers` are ids by field."""
        return {
            "name": self.values.get("name", ""),
            "when": self._when(customers),
            "then": self._then(customers),
        }

    def _when(self, customers: Mapping[str, int]) -> dict[str, object]:
        when: dict[str, object] = {name: _words(self.values.get(name, "")) for name in _WORDS}
        when["reference_matches"] = self.values.get("reference_matches", "")
        when["channels"] = list(self.channels)
        currency = self._currency()
        when["currencies"] = [currency] if currency else []
        for bound in ("at_least", "at_most"):
            amount = self._amount(bound)
            when[bound] = {amount.currency: amount.plain()} if amount else {}
        when["customers"] = [customers["customer"]] if "customer" in customers else []
        return {name: value for name, value in when.items() if value}

    def _then(self, customers: Mapping[str, int]) -> dict[str, object]:
        action = self.values.get("then", "")
        match action:
            case "payer_is" | "oldest_first":
                if action not in customers:
                    self.problems.setdefault(action, "Name the customer.")
                return {action: customers.get(action, 0)}
            case "whole_balance_only":
                return {action: True}
            case "not_a_receipt":
                return {action: self.values.get(action, "")}
            case "short_pay":
                return {action: self._short()}
            case "hold":
                return {action: self.values.get("hold", "") or "a rule asks for it"}
            case _:
                self.problems["then"] = "Choose what is done."
                return {}

    def _short(self) -> dict[str, object]:
        most = self._amount("up_to")
        if most is None:
            self.problems.setdefault("up_to", "Write the most that may be missing.")
        found: dict[str, object] = {
            "as": self.values.get("as", ""),
            "up_to": {most.currency: most.plain()} if most else {},
            "percent": self.values.get("percent", "") or "0",
        }
        reason = self.values.get("reason", "")
        return {**found, "reason": [reason]} if reason else found

    def _currency(self) -> str:
        return self.values.get("currency", "").upper()

    def _amount(self, name: str) -> Money | None:
        told, currency = self.values.get(name, ""), self._currency()
        if not told:
            return None
        if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
            self.problems["currency"] = "Amounts need a currency, like USD."
            return None
        found = typed_amount(told, currency)
        if found is None:
            self.problems[name] = HOW_AMOUNTS
        return found


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def rule_of(form: RuleForm, body: Mapping[str, object]) -> Rule | None:
    """The typed rule; None with the form's problems saying what is wrong."""
    try:
        (rule,) = rules_from({"rules": [body]})
    except PolicyError as error:
        where = next((p for p in reversed(error.path) if p in TEXTS), "when")
        told = f"{error.reason[:1].upper()}{error.reason[1:]}. {error.fix}"
        form.problems.setdefault(str(where), told)
        return None
    return None if form.problems else rule


def when_words(when: When, names: Mapping[int, str]) -> list[str]:
    """The conditions of a rule, each as a sentence."""
    told = [
        ("the payer's name contains {}", _either(when.payer_contains)),
        ("the reference contains {}", _either(when.reference_contains)),
        (
            "the reference looks like {}",
            when.reference_matches.text if when.reference_matches else "",
        ),
        ("it is at least {}", _either(map(str, when.at_least))),
        ("it is at most {}", _either(map(str, when.at_most))),
        ("it comes by {}", _either(CHANNELS.get(c, c) for c in sorted(when.channels))),
        ("it is in {}", _either(sorted(when.currencies))),
        ("the bank's type code is {}", _either(sorted(when.type_codes))),
        ("it comes from {}", _either(sorted(when.sources))),
        ("the customer is {}", _either(names.get(i, str(i)) for i in sorted(when.customers))),
    ]
    return [text.format(what) for text, what in told if what]


def _either(words: Iterable[str]) -> str:
    return " or ".join(words)


def then_words(then: Action, names: Mapping[int, str]) -> str:
    """What a rule does, as a sentence."""
    match then:
        case PayerIs(customer_id):
            return f"it is the money of {names.get(customer_id, f'customer {customer_id}')}"
        case OldestFirst(customer_id):
            who = names.get(customer_id, f"customer {customer_id}")
            return f"the oldest invoices of {who} are paid first"
        case WholeBalanceOnly():
            return "it pays all that is open, or a person looks at it"
        case TreatShort():
            most = " or ".join(str(m) for m in then.up_to)
            points = then.basis_points
            part = f" and {points // 100}.{points % 100:02} %" if points else ""
            return f"what is missing, up to {most}{part}, is {SHORTFALLS[then.shortfall]}"
        case NoReceipt(kind):
            return f"it is no receipt: {cash_words.NOT_RECEIPTS[kind].lower()}"
        case Hold(reason):
            return f"a person looks at it{f': {reason}' if reason else ''}"
