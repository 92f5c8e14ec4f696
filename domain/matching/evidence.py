"""What speaks for a hypothesis, as log2(m/u) in whole millibits.

m: how often one sees this when the hypothesis is true; u: how often when it is not. Each factor is
rounded once, so that the sum is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import comb, log2

from domain.matching.adjustments import Adjustment
from domain.matching.book import roundness
from domain.matching.decision import Certainty, MatchClass
from domain.matching.hypotheses import Case, Hypothesis, Origin

BIT = 1_000
_WINDOW = 5
_MOST_NAMED = 24 * BIT
_LINKED = 30 * BIT
_TOLD_IN_ROWS = 20 * BIT
_PAYER = {Certainty.CERTAIN: 10 * BIT, Certainty.LIKELY: 4 * BIT, Certainty.UNKNOWN: 0}
_STRANGER = {Certainty.CERTAIN: -24 * BIT, Certainty.LIKELY: -8 * BIT, Certainty.UNKNOWN: 0}

_PRIOR: Mapping[Origin, int] = {
    Origin.OBJECT: _LINKED,
    Origin.REMITTANCE: _TOLD_IN_ROWS,
    Origin.REFERENCES: 0,
    Origin.SOME_NAMED: -2 * BIT,
    Origin.NAMED_AND_MORE: -2 * BIT,
    Origin.SINGLE: 0,
    Origin.WHOLE: -BIT,
    Origin.DUE_BY: -3 * BIT,
    Origin.RUN: -4 * BIT,
    Origin.ALL_BUT: -5 * BIT,
    Origin.FEW: -4 * BIT,
    Origin.OLDEST: -20 * BIT,
    Origin.RULE: 0,
}
_COST: Mapping[Adjustment, int] = {
    Adjustment.DISCOUNT: -BIT,
    Adjustment.CREDIT: -5 * BIT,
    Adjustment.NAMED_CREDIT: 0,
    Adjustment.FEE: -4 * BIT,
    Adjustment.TOLD_FEE: -BIT,
    Adjustment.WITHHELD: -6 * BIT,
    Adjustment.WRITE_OFF: -6 * BIT,
    Adjustment.DEDUCTION: -BIT,
    Adjustment.PARTIAL: -5 * BIT,
    Adjustment.UNAPPLIED: -7 * BIT,
}
_SEARCHED = frozenset({Origin.FEW, Origin.NAMED_AND_MORE, Origin.SOME_NAMED})
_OPEN_ENDED = frozenset({Adjustment.PARTIAL, Adjustment.UNAPPLIED})


def millibits(times: int, of: int) -> int:
    """log2(of / times), rounded once."""
    return round(log2(of / times) * BIT)


def possible_amounts(case: Case) -> int:
    """How many amounts as round as this one lie within a tenth of it."""
    return max(1, case.received // _WINDOW // roundness(case.receipt.amount) + 1)


def window(case: Case) -> tuple[int, int]:
    """The lowest and highest amount within a tenth of the receipt."""
    tenth = case.received // (2 * _WINDOW)
    return case.received - tenth, case.received + tenth


def weigh(case: Case, hypothesis: Hypothesis) -> int:
    """The weight of evidence for a hypothesis; only differences between them mean anything."""
    fit = hypothesis.fit
    weight = _PRIOR[hypothesis.origin] + sum(_COST[adjustment] for adjustment in fit.by)
    weight += _of_names(case, hypothesis) + _of_payer(case, hypothesis)
    if not _OPEN_ENDED & set(fit.by):
        weight += _of_amount(case, hypothesis)
    return weight


def _of_amount(case: Case, hypothesis: Hypothesis) -> int:
    """That it adds up exactly, less the number of sets that could have."""
    weight = millibits(1, possible_amounts(case))
    if hypothesis.origin in _SEARCHED:
        sets = comb(hypothesis.of, min(len(hypothesis.fit.invoices), hypothesis.of))
        weight -= min(40 * BIT, round(log2(max(1, sets)) * BIT))
    elif hypothesis.origin is Origin.SINGLE:
        weight -= round(log2(max(1, hypothesis.of)) * BIT)
    return weight


def _of_names(case: Case, hypothesis: Hypothesis) -> int:
    """For every item that is named and settled; against, for every one that is left out."""
    settled = {
        (s.item.kind, s.item.id) for s in (*hypothesis.fit.invoices, *hypothesis.fit.credits)
    }
    weight = 0
    for named in case.named.items:
        if (named.item.kind, named.item.id) in settled:
            weight += min(_MOST_NAMED, named.millibits)
        elif named.item.open.currency == case.currency and named.item.open.minor > 0:
            weight -= min(_MOST_NAMED // 2, named.millibits)
    return weight


def _of_payer(case: Case, hypothesis: Hypothesis) -> int:
    if case.payer.customer_id is None:
        return 0
    owners = {share.item.customer_id for share in hypothesis.fit.invoices}
    mine = owners <= case.payer.family | {case.payer.customer_id}
    return (_PAYER if mine else _STRANGER)[case.payer.certainty]


def class_of(hypothesis: Hypothesis) -> MatchClass:
    """What a match by this hypothesis would rest on."""
    by = set(hypothesis.fit.by)
    match hypothesis.origin:
        case Origin.OBJECT:
            return MatchClass.OBJECT_LINK
        case Origin.REMITTANCE:
            return MatchClass.REMITTANCE
        case Origin.RULE:
            return MatchClass.RULE
        case Origin.REFERENCES if Adjustment.UNAPPLIED in by:
            return MatchClass.GUESS
        case Origin.REFERENCES if Adjustment.PARTIAL in by:
            single = len(hypothesis.fit.invoices) == 1
            return MatchClass.REFERENCE_PARTIAL if single else MatchClass.GUESS
        case Origin.REFERENCES:
            return MatchClass.REFERENCE_ADJUSTED if by else MatchClass.REFERENCE_EXACT
        case Origin.SOME_NAMED | Origin.OLDEST:
            return MatchClass.GUESS
        case _:
            return MatchClass.AMOUNT
