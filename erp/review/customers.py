"""Which customer of the ERP a draft means. A name alone proposes and never decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from erp.review.draft import Draft
from erp.review.finding import Candidate
from erp.review.names import domain_of, likeness, same_name
from erp.review.policy import MatchRules

_MOST = 5
_WEIGHTS = {"link": 8, "external_id": 4, "tax_id": 2, "legal_name": 1, "email_domain": 1}


@dataclass(frozen=True, slots=True)
class Prospect:
    """A customer of the ERP as the search sees it. `domains` are of its e-mail addresses.

    `tax_ids` are its own fields that could be one, as `tax_key` writes them.
    """

    id: int
    netsuite_id: str
    number: str
    name: str
    legal_name: str = ""
    country: str = ""
    external_id: str = ""
    domains: frozenset[str] = frozenset()
    inactive: bool = False
    tax_ids: frozenset[str] = frozenset()


def candidates(
    draft: Draft, prospects: Iterable[Prospect], rules: MatchRules, *, linked: str = ""
) -> tuple[Candidate, ...]:
    """At most five, the likeliest first; `accepted` is the one that needs no question.

    `linked` is the ERP id that a person once chose for this customer of this source.
    """
    found = [one for one in (_candidate(draft, p, rules, linked) for p in prospects) if one]
    found.sort(key=lambda c: (-_rank(c), -c.score, c.netsuite_id))
    if found and _certain(found, rules):
        found[0] = replace(found[0], accepted=True)
    return tuple(found[:_MOST])


def _candidate(draft: Draft, one: Prospect, rules: MatchRules, linked: str) -> Candidate | None:
    score = max(likeness(draft.customer_name, n) for n in (one.name, one.legal_name))
    signals = _signals(draft, one, score, rules, linked)
    if not signals:
        return None
    if {"link", "external_id", "tax_id"} & set(signals):
        score = 100
    return Candidate(one.id, one.netsuite_id, one.name, score, signals)


def _signals(
    draft: Draft, one: Prospect, score: int, rules: MatchRules, linked: str
) -> tuple[str, ...]:
    tax = tax_key(draft.bill_to.tax_id)
    given, told = draft.facts.customer_external_id, draft.facts.customer_erp_id
    names = (one.name, one.legal_name)
    called = any(same_name(draft.customer_name, name) for name in names if name)
    here = bool(draft.bill_to.country) and draft.bill_to.country == one.country
    domain = domain_of(draft.customer_email)
    known = {
        "link": bool(linked) and linked == one.netsuite_id,
        "external_id": (bool(given) and given in (one.external_id, one.number))
        or (bool(told) and told in (one.external_id, one.number, one.netsuite_id)),
        "tax_id": bool(tax) and tax in one.tax_ids,
        "legal_name": called and here,
        "email_domain": domain in one.domains and score >= rules.same_domain_from,
        "name": score >= rules.propose_from,
    }
    return tuple(name for name, holds in known.items() if holds)


def tax_key(text: str) -> str:
    """A tax id without spaces, dots and case; empty for what is too short to be one."""
    plain = "".join(c for c in text.upper() if c.isascii() and c.isalnum())
    return plain if len(plain) >= 8 and any(c.isdigit() for c in plain) else ""


def _rank(one: Candidate) -> int:
    return sum(_WEIGHTS.get(signal, 0) for signal in one.signals)


def _certain(found: list[Candidate], rules: MatchRules) -> bool:
    """A person's link; an id with a name that fits; or two other signals, well ahead of the next.

    Two customers with the same id or link decide nothing.
    """
    best, second = found[0], found[1] if len(found) > 1 else None
    for strong in ("link", "external_id", "tax_id"):
        if strong in best.signals:
            alone = second is None or strong not in second.signals
            return alone and (strong == "link" or "name" in best.signals)
    sure = "name" in best.signals and best.score >= rules.sure_from
    independent = [sure or "legal_name" in best.signals, "email_domain" in best.signals]
    ahead = second is None or best.score - second.score >= rules.lead
    return all(independent) and ahead
