"""The guard: nothing leaves that is not a fact of this customer."""

from __future__ import annotations

import re

from domain.dunning.facts import (
    Enclosed,
    Facts,
    FiledPaper,
    FinalMessage,
    GuardRules,
    OwnFacts,
    Part,
    Violation,
    ViolationKind,
)
from domain.dunning.guarding.assertions import assertions
from domain.dunning.guarding.enclosures import check_enclosures
from domain.dunning.guarding.known import Known, known
from domain.dunning.guarding.leftovers import check_leftovers
from domain.dunning.guarding.letters import disguises, plain
from domain.dunning.guarding.markup import View, view
from domain.dunning.guarding.others import check_others
from domain.dunning.guarding.page import Page
from domain.dunning.guarding.pairing import check_pairing
from domain.dunning.guarding.part_paid import check_part_paid
from domain.dunning.guarding.people import check_claims, check_headers, check_people
from domain.dunning.guarding.promised_parts import take_promised_parts
from domain.dunning.guarding.scan import (
    find_addresses,
    find_amounts,
    find_dates,
    find_fixed,
    find_references,
    link_allowed,
)
from domain.dunning.guarding.stated_as import check_stated_as
from domain.dunning.guarding.time_words import check_time_words
from domain.dunning.guarding.wording import wording
from domain.ledger.invoice import Invoice

__all__ = [
    "Enclosed",
    "Facts",
    "FiledPaper",
    "FinalMessage",
    "GuardRules",
    "OwnFacts",
    "Part",
    "Violation",
    "ViolationKind",
    "check",
]

_LONGEST = 200_000
_RULES = GuardRules()


def check(message: FinalMessage, facts: Facts, rules: GuardRules = _RULES) -> tuple[Violation, ...]:
    """Everything the message says that it may not say; empty when it may leave.

    Subject, text and HTML are judged each on its own: a claim in one part is not excused by
    another. Whatever looks like a number, a reference, an address or a link and is not a fact
    of this customer is a violation.
    """
    index = known(facts)
    found = [*check_headers(message, index), *check_enclosures(message.attachments, facts)]
    if len(message.text) + len(message.html) + len(message.subject) > _LONGEST:
        return (*found, Violation(ViolationKind.DISGUISE, "the message is too long", Part.TEXT))
    seen = view(message.html)
    extra = "\n".join([*seen.attributes, *seen.hidden])
    texts = ((Part.SUBJECT, message.subject), (Part.TEXT, message.text))
    pages = [_read(part, text, index, rules) for part, text in texts]
    pages += [_read(Part.HTML, text, index, rules) for text in (seen.visible, extra) if text]
    mentioned = {m.invoice.id: m.invoice for page in pages for m in page.mentions}
    for page in pages:
        _judge(page, index, rules, mentioned)
        found += page.violations
    found += _markup(seen, index)
    return tuple(dict.fromkeys(found))


def _read(part: Part, text: str, index: Known, rules: GuardRules) -> Page:
    page = Page(part, plain(text))
    words = frozenset(w for name in index.names for w in name.casefold().split())
    for detail in disguises(text, words):
        page.blame(ViolationKind.DISGUISE, detail)
    find_fixed(page, index, rules.phrases)
    find_addresses(page, index)
    take_promised_parts(page, index.facts)
    for kind, detail in (*wording(page.rest), *assertions(page.rest)):
        page.blame(kind, detail)
    find_references(page, index)
    find_dates(page, index)
    find_amounts(page, index)
    return page


def _judge(page: Page, index: Known, rules: GuardRules, mentioned: dict[int, Invoice]) -> None:
    check_pairing(page, index, mentioned)
    check_part_paid(page, index)
    check_stated_as(page, index)
    check_leftovers(page, index, rules, mentioned)
    check_time_words(page, index)
    check_people(page, index)
    check_others(page, index)
    check_claims(page, index)


def _markup(seen: View, index: Known) -> list[Violation]:
    found = [Violation(ViolationKind.HIDDEN_TEXT, trick, Part.HTML) for trick in seen.tricks]
    visible = " ".join(seen.visible.split()).casefold()
    for piece in seen.hidden[seen.preheaders :]:
        words = " ".join(piece.split()).casefold()
        if any(c.isalnum() for c in words) and (len(words) < 4 or words not in visible):
            found.append(Violation(ViolationKind.HIDDEN_TEXT, piece.strip()[:80], Part.HTML))
    for target in seen.targets:
        blame = _target(target, index)
        if blame:
            found.append(Violation(blame, target[:160], Part.HTML))
    return found


def _target(target: str, index: Known) -> ViolationKind | None:
    own = index.facts.own
    scheme, _, rest = target.partition(":")
    if scheme.casefold() == "mailto":
        return None if rest.casefold() in index.emails else ViolationKind.EMAIL_ADDRESS
    if scheme.casefold() == "tel":
        phones = {re.sub(r"\D", "", phone) for phone in own.phones}
        return None if re.sub(r"\D", "", rest) in phones - {""} else ViolationKind.PHONE
    if target in ("", "#") or scheme.casefold() == "cid":
        return None
    return None if link_allowed(target, index) else ViolationKind.LINK
