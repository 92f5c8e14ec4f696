"""Predictions against labels: what was read, what was missed, what was made up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.ledger.errors import LedgerError
from domain.ledger.money import Money
from evals.reply_prediction import Prediction, first_day
from evals.reply_record import ReplyRecord, known_intent

CRITICAL = (
    "stop_contact",
    "legal_threat",
    "insolvency_notice",
    "bank_details_change",
    "suspicious_instruction",
)
FIRM = "firm"


@dataclass(slots=True)
class Counts:
    """Right, made up, missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def f1_per_mille(self) -> int:
        """The harmonic mean of precision and recall, in thousandths; 1000 when nothing is asked."""
        whole = 2 * self.right + self.extra + self.missed
        return round(2000 * self.right / whole) if whole else 1000

    def add(self, said: Collection[str], wanted: Collection[str], free: Collection[str]) -> None:
        """Count one record; what is in `free` counts neither way."""
        self.right += len(set(said) & set(wanted))
        self.extra += len(set(said) - set(wanted) - set(free))
        self.missed += len(set(wanted) - set(said))

    def as_record(self) -> dict[str, int]:
        return {
            "f1": self.f1_per_mille,
            "right": self.right,
            "extra": self.extra,
            "missed": self.missed,
        }


@dataclass(slots=True)
class Ratio:
    """So many of so many."""

    hit: int = 0
    of: int = 0

    def add(self, *, hit: bool) -> None:
        self.hit += hit
        self.of += 1

    def __str__(self) -> str:
        share = f"{1000 * self.hit // self.of / 10:.1f} %" if self.of else "-"
        return f"{self.hit} of {self.of} ({share})"


@dataclass(slots=True)
class Score:
    """The sums over a file of labelled replies."""

    records: int = 0
    classes: dict[str, Counts] = field(default_factory=dict)
    critical_missed: list[str] = field(default_factory=list)
    critical_acted_on: list[str] = field(default_factory=list)
    false_firm: list[str] = field(default_factory=list)
    false_recorded: list[str] = field(default_factory=list)
    ratios: dict[str, Ratio] = field(default_factory=dict)
    fields: dict[str, Counts] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def ratio(self, name: str) -> Ratio:
        return self.ratios.setdefault(name, Ratio())

    def counts(self, name: str) -> Counts:
        return self.fields.setdefault(name, Counts())

    @property
    def micro(self) -> int:
        rows = self.classes.values()
        return Counts(
            sum(c.right for c in rows), sum(c.extra for c in rows), sum(c.missed for c in rows)
        ).f1_per_mille

    @property
    def macro(self) -> int:
        """The mean over the classes that the file asks for."""
        rows = [c.f1_per_mille for c in self.classes.values() if c.right + c.missed]
        return round(sum(rows) / len(rows)) if rows else 1000


def add(score: Score, record: ReplyRecord, said: Prediction) -> None:
    """Count one prediction against its record's labels."""
    labels = record.labels or {}
    score.records += 1
    _intents(score, record.id, labels, said)
    _promises(score, record, labels, said)
    _fields(score, labels, said)
    if record.reply_text is not None:
        score.ratio("strip exactness").add(hit=_same(record.reply_text, said.reply_text))
    score.ratio("escalated").add(hit=said.escalated)


def _intents(score: Score, name: str, labels: Mapping[str, Any], said: Prediction) -> None:
    wanted = {known_intent(i) for i in labels.get("intents") or ()}
    free = {known_intent(i) for i in labels.get("optional_intents") or ()}
    for intent in sorted(wanted | set(said.intents)):
        counts = score.classes.setdefault(intent, Counts())
        counts.add({intent} & set(said.intents), {intent} & wanted, {intent} & free)
    extra, missed = set(said.intents) - wanted - free, wanted - set(said.intents)
    if extra or missed:
        words = [*(f"+{i}" for i in sorted(extra)), *(f"-{i}" for i in sorted(missed))]
        score.misses.append(f"{name}: {' '.join(words)}")
    for intent in sorted(missed & set(CRITICAL)):
        score.critical_missed.append(f"{name} {intent}")
        if not said.escalated:
            score.critical_acted_on.append(f"{name} {intent}")


def _promises(
    score: Score, record: ReplyRecord, labels: Mapping[str, Any], said: Prediction
) -> None:
    wanted_kind = labels.get("promise_kind")
    firm = said.promise_kind == FIRM
    if wanted_kind:
        score.ratio("promise kind").add(hit=said.promise_kind == wanted_kind)
    if wanted_kind != FIRM:
        if firm:
            score.false_firm.append(record.id)
        if "record_promise" in said.automatic:
            score.false_recorded.append(record.id)
        return
    score.ratio("firm promises read as firm").add(hit=firm)
    right = firm and _days_right(labels, said)
    score.ratio("firm promise date, of all firm promises").add(hit=right)
    if firm:
        score.ratio("firm promise date, of those read as firm").add(hit=right)
        score.ratio("promised amount").add(hit=_amount_right(record, labels, said))
    if "record_promise" in said.automatic:
        score.ratio("promise recorded alone, right day").add(hit=right)


def _days_right(labels: Mapping[str, Any], said: Prediction) -> bool:
    """Whether every promised day is one that the labels take, and none is missing."""
    accepted = set(labels.get("promise_date_accept") or ()) | {labels.get("promise_date")}
    wanted = [p.get("date") for p in labels.get("promises") or ()] or [labels.get("promise_date")]
    wanted = [day for day in wanted if day]
    days = [str(first_day((part.when,))) for part in said.promises]
    if len(wanted) <= 1:
        return len(set(days)) == 1 and days[0] in accepted | set(wanted)
    return sorted(set(days)) == sorted(set(wanted))


def _amount_right(record: ReplyRecord, labels: Mapping[str, Any], said: Prediction) -> bool:
    wanted = [_amounts(record, p.get("amount"), p) for p in labels.get("promises") or ()]
    got = [part.amount.plain() if part.amount else "" for part in said.promises]
    return len(wanted) == len(got) and all(g in w for g, w in zip(got, wanted, strict=True))


def _amounts(record: ReplyRecord, amount: Any, labels: Mapping[str, Any]) -> set[str]:
    """An amount in the forms it may be predicted: of the currency that is named, else of any."""
    if amount is None:
        return {""}
    known = [labels.get("currency"), *record.account.currencies()]
    found = set()
    for currency in filter(None, known):
        try:
            found.add(Money.parse(str(amount), str(currency)).plain())
        except LedgerError:
            continue
    return found


def _fields(score: Score, labels: Mapping[str, Any], said: Prediction) -> None:
    refs = [_folded(ref) for ref in labels.get("invoice_refs") or ()]
    score.counts("invoice refs").add({_folded(r) for r in said.invoice_refs}, refs, ())
    reasons = labels.get("dispute_reason") or ()
    score.counts("dispute reasons").add(said.dispute_reasons, reasons, ())
    score.counts("documents").add(said.documents, labels.get("documents") or (), ())
    _fact(score, "paid date", _iso(said.paid_on), labels.get("paid_date"))
    paid = said.paid_amount.plain() if said.paid_amount else ""
    amount = labels.get("paid_amount")
    _fact(score, "paid amount", _trimmed(paid), _trimmed(str(amount)) if amount else "")
    reference = _folded(str(labels.get("paid_reference") or ""))
    _fact(score, "paid reference", _folded(said.paid_reference), reference)
    _fact(score, "out of office until", _iso(said.reading.returns_on), labels.get("ooo_until"))
    _fact(score, "new contact", _folded(said.new_contact), _contact(labels.get("new_contact")))


def _fact(score: Score, name: str, said: str, wanted: str | None) -> None:
    score.counts(name).add({said} - {""}, {wanted or ""} - {""}, ())


def _contact(raw: Any) -> str:
    if isinstance(raw, Mapping):
        raw = raw.get("email") or raw.get("name")
    return _folded(str(raw or ""))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _trimmed(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("#", "").split())


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def per_class(score: Score) -> Iterable[tuple[str, Counts]]:
    """The classes, those that are asked for most first."""
    return sorted(score.classes.items(), key=lambda item: -(item[1].right + item[1].missed))
