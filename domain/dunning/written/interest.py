"""Tables of late-payment interest in a written policy."""

from __future__ import annotations

from domain.dunning.interest import DatedRate, FixedSum, InterestPolicy, InterestTable
from domain.dunning.written.restraints import places_of
from domain.dunning.written.values import (
    Path,
    PolicyError,
    Raw,
    amount,
    basis_points,
    day,
    flag,
    line,
    listed,
    mapping,
    only,
)

_KEYS = ("name", "countries", "enabled", "rate_stays", "rates", "fixed", "source")


def interest_of(top: Raw) -> InterestPolicy:
    """Every table under `interest`. A country stands in one enabled table at most."""
    found: list[InterestTable] = []
    for index, item in enumerate(listed(top, "interest")):
        table = _table(mapping(item, ("interest", index)), ("interest", index))
        for other in found:
            both = table.countries & other.countries
            if table.enabled and other.enabled and both:
                reason = f"{', '.join(sorted(both))} is in {other.name!r} already"
                raise PolicyError(("interest", index, "countries"), reason, "Leave it in one.")
        found.append(table)
    return InterestPolicy(tuple(found))


def _table(raw: Raw, path: Path) -> InterestTable:
    only(raw, _KEYS, path)
    name = line(raw, "name", path)
    source = line(raw, "source", path, longest=500)
    countries = places_of(raw, "countries", path)
    rates = tuple(
        _rate(mapping(r, (*path, "rates", n)), (*path, "rates", n))
        for n, r in enumerate(listed(raw, "rates", path))
    )
    for key, given in (
        ("name", name),
        ("source", source),
        ("countries", countries),
        ("rates", rates),
    ):
        if not given:
            fix = "Write it: a claim by law needs its place, its dated rates and their source."
            raise PolicyError((*path, key), "is missing", fix)
    if list(rates) != sorted(rates, key=lambda r: r.from_on):
        raise PolicyError((*path, "rates"), "are not in the order of their days", "Sort them.")
    return InterestTable(
        name=name,
        countries=countries,
        rates=rates,
        fixed=tuple(
            _sum(mapping(f, (*path, "fixed", n)), (*path, "fixed", n))
            for n, f in enumerate(listed(raw, "fixed", path))
        ),
        source=source,
        enabled=flag(raw, "enabled", path, default=False),
        rate_stays=flag(raw, "rate_stays", path, default=False),
    )


def _rate(raw: Raw, path: Path) -> DatedRate:
    only(raw, ("from", "percent"), path)
    return DatedRate(
        day(raw.get("from"), (*path, "from")), basis_points(raw.get("percent"), (*path, "percent"))
    )


def _sum(raw: Raw, path: Path) -> FixedSum:
    only(raw, ("currency", "invoice_from", "amount"), path)
    currency = line(raw, "currency", path)
    return FixedSum(
        amount(raw.get("invoice_from", "0"), currency, (*path, "invoice_from")),
        amount(raw.get("amount"), currency, (*path, "amount")),
    )
