"""Of the reasons that a sentence sounds like, those it is contested for."""

from __future__ import annotations

from domain.dunning.reading import DisputeReason

_WHY = DisputeReason
# Said in one sentence, the left one is meant and those on the right only tell how it came:
# "the credit for the broken part is missing" is about the credit.
_ABSORBS: tuple[tuple[DisputeReason, frozenset[DisputeReason]], ...] = (
    (
        _WHY.CREDIT_NOT_APPLIED,
        frozenset((_WHY.QUALITY, _WHY.NOT_RECEIVED, _WHY.QUANTITY, _WHY.PRICING, _WHY.TERMS)),
    ),
    (
        _WHY.LATE_FEE,
        frozenset((_WHY.UNAPPROVED_WORK, _WHY.NOT_ORDERED, _WHY.PRICING, _WHY.TERMS)),
    ),
    (_WHY.UNAPPROVED_WORK, frozenset((_WHY.NOT_ORDERED, _WHY.PRICING, _WHY.QUANTITY))),
    (_WHY.WRONG_ENTITY, frozenset((_WHY.NOT_ORDERED,))),
    (_WHY.TAX, frozenset((_WHY.NOT_ORDERED, _WHY.WRONG_ENTITY, _WHY.TERMS))),
    (_WHY.CURRENCY, frozenset((_WHY.PRICING, _WHY.TERMS))),
    (_WHY.CANCELLED, frozenset((_WHY.NOT_ORDERED, _WHY.NOT_RECEIVED))),
    (_WHY.DUPLICATE, frozenset((_WHY.NOT_ORDERED, _WHY.PRICING))),
    (_WHY.QUANTITY, frozenset((_WHY.NOT_RECEIVED, _WHY.PRICING))),
    (_WHY.QUALITY, frozenset((_WHY.NOT_RECEIVED, _WHY.UNAPPROVED_WORK))),
    (_WHY.PRICING, frozenset((_WHY.NOT_ORDERED, _WHY.PO_MISSING, _WHY.TERMS))),
    (_WHY.PO_MISSING, frozenset((_WHY.NOT_RECEIVED, _WHY.NOT_ORDERED))),
)


def meant(reasons: frozenset[DisputeReason]) -> frozenset[DisputeReason]:
    """The reasons of one sentence without those that another of them explains."""
    kept = reasons
    for reason, beside in _ABSORBS:
        if reason in kept:
            kept -= beside
    return kept
