"""Other companies: a letter to one customer names no other and tells nothing about them."""

from __future__ import annotations

import re

from domain.dunning.facts import ViolationKind
from domain.dunning.guarding.known import Known
from domain.dunning.guarding.page import Page

_TRADES_TEXT = """
Clinic Clinics Logistics Foods Group Holding Holdings Industries Enterprises Partners Associates
Brothers Sons Systems Solutions Technologies Technology Labs Laboratories Health Healthcare Dental
Medical Pharma Hospital Hotels Motors Freight Shipping Airlines Construction Builders Engineering
Manufacturing Textiles Trading Traders Retail Stores Supermarkets Bank Capital Ventures Insurance
Media Studios Software Robotics Energy Power Steel Chemicals Farms Brewery Bakery Consulting
Advisors Realty Properties Bros Maschinenbau Werke Transporte Spedition Bau Handel Industrie
Transports Frères Industrias Hermanos Transportes Distribuciones Officine Fratelli Bouw Groep
"""
_NAMED = re.compile(
    rf"\b(?:[A-ZÀ-Ý][\w'&.-]+ ){{1,3}}(?:{'|'.join(_TRADES_TEXT.split())})\b(?! (?:team|"
    rf"department))"
)
_OURS = frozenset(("accounts", "credit", "our", "your", "the", "dear", "finance", "customer"))
_TOLD = re.compile(
    r"\b(?:an)?other (?:customers?|clients?)\b|\b(?:one|some|most|many|all) of our (?:other )?"
    r"(?:customers|clients|accounts)\b|\ba (?:customer|client) of ours\b|\bour other (?:customers|"
    r"clients)\b|\bandere[rn]? kund(?:e|en|in)\b|\b(?:unsere|einige|viele) (?:anderen? )?kunden\b|"
    r"\bd'autres clients\b|\b(?:un|nos) autres? clients?\b|\botr[ao]s? clientes?\b|"
    r"\bnuestros clientes\b|"
    r"\boutr[ao]s? clientes?\b|\bnossos clientes\b|\baltr[io] client[ei]\b|\bi nostri clienti\b|"
    r"\bandere klant(?:en)?\b|\bonze (?:andere )?klanten\b|他社|他のお客様|ほかのお客様|他の取引先",
    re.IGNORECASE,
)


def check_others(page: Page, known: Known) -> None:
    """Blame the name of a company that is no party, and words about other customers."""
    words = {w for name in known.names for w in re.findall(r"[^\W_]+", name.casefold())}
    words |= {w for text in known.facts.own.text for w in re.findall(r"[^\W_]+", text.casefold())}
    for match in _NAMED.finditer(page.rest):
        said = re.findall(r"[^\W_]+", match[0].casefold())
        if not words.issuperset(said) and said[0] not in _OURS:
            page.blame(ViolationKind.OTHER_PARTY, match[0])
    for match in _TOLD.finditer(page.rest):
        page.blame(ViolationKind.OTHER_PARTY, match[0])
