"""Scores predictions of which invoices a payment paid against what is known to be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from evals.matching_files import Truth


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the matcher said about one payment, in the ids of the files.

    `automatic` would have been posted by itself. The rest is a proposal that waits for a person.
    """

    payment_id: str
    decision: str
    automatic: bool
    invoices: tuple[str, ...]
    amounts: tuple[str, ...]
    currency: str
    amount: int
    tier: int
    klass: str
    reason: str


@dataclass(slots=True)
class Tally:
    """Counts over some payments."""

    payments: int = 0
    right: int = 0
    predicted: int = 0
    true: int = 0
    exact: int = 0
    automatic: int = 0
    wrong_automatic: int = 0
    minor: dict[str, int] = field(default_factory=dict)
    minor_automatic: dict[str, int] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)

    def add(self, prediction: Prediction, truth: Truth) -> None:
        """Count one payment. An automatic match is wrong unless exactly the true invoices."""
        said = frozenset(prediction.invoices)
        self.payments += 1
        self.right += len(said & truth.invoices)
        self.predicted += len(said)
        self.true += len(truth.invoices)
        self.exact += said == truth.invoices
        self.automatic += prediction.automatic
        self.wrong_automatic += prediction.automatic and said != truth.invoices
        for counts, number in (
            (self.counted, 1),
            (self.minor, prediction.amount),
            (self.minor_automatic, prediction.amount * prediction.automatic),
        ):
            counts[prediction.currency] = counts.get(prediction.currency, 0) + number

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        both = self.predicted + self.true
        return 2 * self.right / both if both else 0.0

    @property
    def automatic_by_value(self) -> float:
        """The automatic share of the money in each currency, weighted by its payments."""
        shares = sum(
            number * self.minor_automatic[code] / self.minor[code]
            for code, number in self.counted.items()
            if self.minor[code]
        )
        return shares / self.payments if self.payments else 0.0

    def as_record(self) -> dict[str, object]:
        """All figures, rates with six decimals."""
        return {
            "payments": self.payments,
            "pairwise_precision": round(self.precision, 6),
            "pairwise_recall": round(self.recall, 6),
            "pairwise_f1": round(self.f1, 6),
            "exact_set_rate": round(self.exact / self.payments, 6) if self.payments else 0.0,
            "automatic": self.automatic,
            "automatic_by_count": round(self.automatic / max(1, self.payments), 6),
            "automatic_by_value": round(self.automatic_by_value, 6),
            "wrong_automatic": self.wrong_automatic,
            "wrong_automatic_rate": round(self.wrong_automatic / max(1, self.automatic), 6),
        }


def score(
    predictions: Iterable[Prediction], truths: Mapping[str, Truth]
) -> dict[str, dict[str, Tally]]:
    """Tallies of everything, by category and by perturbation ("none" where there is none)."""
    groups: dict[str, dict[str, Tally]] = {"all": {}, "category": {}, "perturbation": {}}
    for prediction in predictions:
        truth = truths.get(prediction.payment_id, Truth(frozenset(), "no match", ()))
        kinds = truth.perturbations or ("none",)
        places = [("all", "all"), ("category", truth.category)]
        places += [("perturbation", kind) for kind in kinds]
        for group, name in places:
            groups[group].setdefault(name, Tally()).add(prediction, truth)
    return groups
