"""What kind of contract it is, its dates, its term and how it renews."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from domain.ledger.contract.days import find_days
from domain.ledger.contract.quoting import Said
from domain.ledger.contract.terms import TermName
from sources.contract.rules.pieces import DAYS, NUMBER, SPAN, S, around, rule, said_by

_OPENING, _HEADING = 4_000, 260
_AND_MORE = re.compile(rf",?\s(?:and )?{NUMBER} (?:weeks?|months?|days?)\b")
_TITLE = re.compile(
    r"\b(?:(?:first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)) )?"
    r"(?:amendment(?: (?:no\.? ?\d+|number \w+|agreement))?|addendum|renewal (?:order(?: form)?|"
    r"agreement|notice|quote)|nachtrag|änderungsvereinbarung|avenant|verlängerungsvereinbarung|"
    r"modificación|adenda)\b",
    re.IGNORECASE,
)
_RESTATED = re.compile(r"amended and restated", re.IGNORECASE)
_NEW = re.compile(
    r"\b(?:agreement|order form|statement of work|contract|vertrag|contrat|contrato|license|"
    r"lizenz|subscription|purchase order)\b",
    re.IGNORECASE,
)
_AMENDS = re.compile(
    rf"\b(?i:amend(?:s|ed|ing|ment)?|modif(?:y|ies)|supplements?|renews?|addendum|nachtrag|"
    rf"avenant|modifica)\b{S}{{0,120}}?"
    r"(?P<v>(?:(?:the|that certain|zum|au|der|al) )?(?:[A-ZÄÖÜ][\w’'&-]*[ -]){1,8}"
    r"(?:Agreement|Order Form|Contract|License|Vertrag|Contrat|Contrato|Lizenzvertrag|Order)\b)"
)
_DATED = re.compile(
    r"(?:dated|entered into|made|effective|vom|du|de fecha|signed)(?: as of| on| effective)?"
    r"[^.;]{0,30}$",
    re.IGNORECASE,
)
_THEN = r"[\s(:|,\"“”]*(?:the |den |le |el |this )?(?:day of )?$"
_STARTS = (
    r"(?:commenc(?:es?|ing)|begin(?:s|ning)?|starts?|starting|beginnt|ab|débute|à compter|"
    r"comienza|inicia)(?: on| as of| am| dem| le| du| el)?|"
    r"(?:start|commencement|service start|subscription start|go-live) date(?: is| of|:)?|"
    r"vertragsbeginn(?: ist)?(?: der)?|laufzeitbeginn|date de début|fecha de inicio|"
    r"initial term from|for the period(?: from)?|term from"
)
_ENDING = (
    r"(?:expir(?:es?|ing|ation)|end(?:s|ing)?|terminat(?:es|ing)|continu(?:es?|ing)|endet|until|"
    r"through|extended to|läuft bis|bis(?: zum)?|jusqu['’]au|hasta|valid until|midnight on|"
    r"finaliza)(?: on| as of| until| through| am| le| el)?|"
    r"(?:end|expiration|expiry) date(?: is| of|:)?|vertragsende|date de fin|"
    r"fecha de (?:fin|término|vencimiento)"
)
_EFFECTIVE = (
    r"effective(?: date)?(?: of th(?:is|e) \w+)?(?: shall be| will be| is| as of| on| from|"
    r":)*(?: this)?|with effect from|"
    r"shall (?:be|become) effective(?: as of| on)?|in kraft(?: am| ab)?|tritt am|"
    r"wirksam (?:ab|zum)|prend effet le|entrée en vigueur le|entra en vigor el|fecha efectiva|"
    r"effektiv ab"
)
_MADE = (
    r"(?:dated|made|entered into|executed|signed|concluded|agreement)"
    r"(?: and (?:entered into|effective|executed|made))*(?: as of| on| effective| this| at)*"
    r"(?: the date of| date)?|as of|this|agreement date|contract date|order(?: form)? date|"
    r"vertragsdatum|geschlossen am|vom|en date du|date du contrat|de fecha|"
    r"fecha del contrato|celebrado el"
)
_LEADS: tuple[tuple[TermName, re.Pattern[str]], ...] = (
    ("starts_on", re.compile(rf"(?:{_STARTS}){_THEN}", re.IGNORECASE)),
    ("ends_on", re.compile(rf"(?:{_ENDING}){_THEN}", re.IGNORECASE)),
    ("effective_on", re.compile(rf"(?:{_EFFECTIVE}){_THEN}", re.IGNORECASE)),
    ("agreement_on", re.compile(rf"(?:{_MADE}){_THEN}", re.IGNORECASE)),
)
_DEFINED = re.compile(r"^[\s,]*\(?(?:the|der|la|le)?\s?[\"“„«]\s?(?:Effective Date|Stichtag)", re.I)
_START_DEFINED = re.compile(r"^[\s,]*\(?(?:the)?\s?[\"“]\s?(?:Commencement|Start) Date", re.I)
_AS_OF = re.compile(
    r"(?:entered into|made|dated|executed)[^.;]{0,24} as of(?: this| the)?\W*$", re.IGNORECASE
)
_OF_OTHERS = re.compile(
    r"\b(?:notice|letter|note|plan|lease|invoice|proposal|amended|amendment to|pursuant to|"
    r"copyright)"
    r"\b[^.;]{0,60}$",
    re.IGNORECASE,
)

_TERM_RULES = (
    rule(
        "term",
        rf"\b(?:initial |subscription |licen[sc]e |minimum )?term\b(?! loan){S}{{0,90}}?"
        rf"(?:shall be|is|of|will be|for|:|\|)\s(?:a |an |the )?(?:initial )?"
        rf"(?:(?:period|term) of )?(?P<v>{SPAN})",
        0.85,
    ),
    rule(
        "term",
        rf"\b(?:in (?:full )?(?:force|effect)|continue|remain|laufzeit|durée|duración|vigencia)\b"
        rf"{S}{{0,110}}?(?:for|of|:|de|von|beträgt)\s(?:a |an |the |une )?(?:initial )?"
        rf"(?:(?:period|term|période) (?:of|de) )?(?P<v>{SPAN})",
        0.8,
    ),
    rule(
        "term",
        rf"\bfor an? (?:initial )?(?:term|period) of (?P<v>{SPAN}){S}{{0,80}}?"
        r"(?:from|after|following|commenc|effective date|beginning)",
        0.75,
    ),
    rule("term", rf"(?P<v>{SPAN})[’']?s? (?:initial |subscription |fixed )?term\b", 0.7),
    rule("term", r"until the (?P<v>\w+(?: \(\d+\w*\))? anniversary) of the effective date", 0.75),
    rule("term", rf"(?:laufzeit|durée|duración|term)\b{S}{{0,40}}?(?P<v>{SPAN})", 0.7),
)
_PERPETUAL = (
    rule("term", r"(?P<v>perpetual)\b[^.;]{0,80}licen[sc]e", 0.6),
    rule("term", r"licen[sc]e[^.;]{0,60}(?P<v>(?:is|shall be|in) perpetu(?:al|ity))", 0.6),
)
_NOT_INITIAL = re.compile(
    r"renew|additional|successive|extension|extend|verläng|reconduc|warranty|support|sell-?off|"
    r"confidential|escrow|garant|thereafter|after (?:the )?(?:termination|expiration)|notice",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(
    r"\bwarrant|surviv|upon (?:any |the )?(?:termination|expiration)|improvements|"
    r"(?:after|following) (?:any |the )?(?:termination|expiration|transfer|closing|execution)|"
    r"inventory|remain confidential|for a period of [^.]{0,30} (?:after|thereafter)|"
    r"commencing on the (?:closing|date of first)",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:this|the) (?:agreement|order|contract|licen[sc]e|lease)\b|\bterm\b|subscription|"
    r"vertrag|contrat|licen[sc]e granted",
    re.IGNORECASE,
)
_PART = re.compile(r"waive|assistance|minimum payment|installment|royalt|invoice", re.IGNORECASE)
_RENEWAL = re.compile(
    r"\bautomatically (?:be )?(?:renew|extend)\w*|\brenews? automatically|"
    r"\bauto-?renew\w*|(?:be )?(?:renewed|extended) automatically|"
    r"(?:shall|will) (?:be )?(?:renew(?:ed)?|extend(?:ed)?) for (?:successive|additional|"
    r"consecutive)|"
    r"verlängert (?:er |sie )?sich|tacite(?:ment)? (?:reconduction|reconduit)|"
    r"reconduit tacitement|renouvel\w+ (?:automatiquement|tacitement)|"
    r"renovará automáticamente|se renueva automáticamente",
    re.IGNORECASE,
)
_NO_RENEWAL = re.compile(
    rf"(?:may|can|shall|will) (?:only )?(?:be )?(?:renewed|renew|extended)?{S}{{0,30}}?"
    rf"only (?:up)?on{S}{{0,40}}(?:agreement|consent)|"
    rf"(?:shall|will|does|do) not (?:automatically )?(?:be )?renew|"
    rf"(?:if|provided) both parties agree{S}{{0,30}}renew|verlängert sich nicht|"
    rf"\bmay (?:renew|extend) th(?:is|e)\b|may be renewed (?:by|upon|with){S}{{0,30}}(?:mutual|"
    rf"written) ",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    rf"(?:for|um|by|of|par|pour|por|periods? of)(?: jeweils| an| a)?(?: further| additional|"
    rf" successive|"
    rf" consecutive| weitere| renewal)*(?: (?:terms?|periods?) of| périodes? (?:successives? )?de|"
    rf" períodos (?:sucesivos )?de)?(?: an?| up to)? (?P<v>{SPAN}|quarterly|annual)",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"renew\w* (?P<v>annually|yearly|year to year|monthly|quarterly)", re.IGNORECASE
)
_OTHER_LENGTH = re.compile(rf"(?P<v>{SPAN})[- ](?:renewal )?(?:terms?|periods?|increments)", re.I)
_SOME_TIME = re.compile(rf"{DAYS}|{NUMBER} (?:months?|monaten?|mois|meses)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"prior|before|notice|advance|\bvor\b|avant|antes|previous|preceding|preaviso", re.IGNORECASE
)
_ABOUT_MONEY = re.compile(r"increase|invoic|fees\b|\bpay", re.IGNORECASE)
_LEADING = re.compile(r"(?:notice of|frist von|préavis de|preaviso de)[\w ]{0,12}$", re.IGNORECASE)
_CAP = (
    rule(
        "renewal_price_cap",
        rf"(?:increas|consumer price|\bCPI\b|modif|uplift|adjust|rais|renewal (?:fee|pric)|"
        rf"erhöh|augment|increment){S}{{0,160}}?"
        rf"(?P<v>(?:not (?:to )?exceed|no more than|not (?:be )?more than|by (?:up to|at most)|"
        rf"capped at|up to|limited to|maximum of|höchstens|maximal|dans la limite de|máximo de?)"
        rf"{S}{{0,40}}?(?:%|percent|per cent|prozent))",
        0.8,
        r"interest|late|liabilit",
    ),
)


def agreement(flat: str) -> Iterator[Said]:
    """Kind, dates, term and renewal, with the passages that say so."""
    yield from _kind(flat)
    dates = list(_dates(flat))
    yield from dates
    terms = list(_terms(flat))
    yield from terms
    if not terms and all(said.name != "ends_on" for said in dates):
        yield from said_by(_PERPETUAL, flat)
    yield from _renewal(flat)
    yield from said_by(_CAP, flat)


def _terms(flat: str) -> Iterator[Said]:
    for said in said_by(_TERM_RULES, flat):
        place = flat.find(said.value, max(flat.find(said.quote), 0))
        before = re.split(r"[.;]\s", flat[max(0, place - 70) : place])[-1]
        after = re.split(r"[.;]", flat[place + len(said.value) :][:14])[0]
        end = place + len(said.value)
        other = _NOT_INITIAL.search(f"{before}{said.value}{after}") or _AND_MORE.match(flat, end)
        if not other and not _OTHER_TIME.search(said.quote):
            yield said


def _kind(flat: str) -> Iterator[Said]:
    head = flat[:700]
    title = _TITLE.search(head)
    if title and not _RESTATED.match(head, max(0, title.start() - 2)):
        yield Said("kind", title[0], around(flat, *title.span()), 0.85)
        yield from _amended(flat[:3_000])
        return
    new = _NEW.search(head)
    if new:
        yield Said("kind", new[0], around(flat, *new.span()), 0.7)


def _amended(head: str) -> Iterator[Said]:
    """The contract that is changed, best where its date stands beside it."""
    found = list(_AMENDS.finditer(head))
    for amends in found:
        tail = head[amends.end() : amends.end() + 120]
        day = next(find_days(tail), None)
        if day and _DATED.search(tail[: day.start]):
            quote = head[amends.start() : amends.end() + day.start + len(day.text)]
            yield Said("amends", amends["v"], quote, 0.8)
            yield Said("amends_on", day.text, quote, 0.75)
            return
    for amends in found[:1]:
        yield Said("amends", amends["v"], around(head, *amends.span()), 0.7)


def _dates(flat: str) -> Iterator[Said]:
    for day in find_days(flat):
        end = day.start + len(day.text)
        before, after = flat[max(0, day.start - 70) : day.start], flat[end : end + 40]
        if _OF_OTHERS.search(before) and not _DEFINED.match(after):
            continue
        quote = around(flat, day.start, end)
        leads = [name for name, lead in _LEADS if lead.search(before)]
        names = leads if leads == ["effective_on", "agreement_on"] else leads[:1]
        if not names and day.start < _HEADING:
            yield Said("agreement_on", day.text, quote, 0.5)
        if _DEFINED.match(after):
            names = ["agreement_on", "effective_on"] if "effective_on" not in names else names
        if _START_DEFINED.match(after):
            names = ["starts_on"]
        early = day.start < _OPENING
        if not early and (not _WHOLE.search(quote) or _PART.search(quote)):
            continue
        if names == ["agreement_on"] and early and _AS_OF.search(before):
            yield Said("effective_on", day.text, quote, 0.7)
        for name in names:
            yield Said(name, day.text, quote, 0.85 if early else 0.6)


def _renewal(flat: str) -> Iterator[Said]:
    renews, never = _RENEWAL.search(flat), _NO_RENEWAL.search(flat)
    if never and (renews is None or abs(never.start() - renews.start()) < 80):
        yield Said("renewal", never[0], around(flat, *never.span()), 0.75)
        return
    if renews is None:
        return
    quote = around(flat, *renews.span())
    yield Said("renewal", renews[0], quote, 0.85)
    window = flat[max(0, renews.start() - 60) : renews.end() + 160]
    length = (
        _YEARLY.search(flat, renews.start(), renews.end() + 12)
        or _LENGTH.search(flat, renews.start(), renews.end() + 140)
        or _OTHER_LENGTH.search(window)
    )
    if length:
        yield Said("renewal_months", length["v"], quote, 0.8)
    notice = _notice(flat, renews.end(), renews.end() + 900) or _notice(
        flat, max(0, flat.find(quote)), renews.start()
    )
    if notice:
        yield Said("renewal_notice_days", notice[0], around(flat, *notice.span()), 0.75)


def _notice(flat: str, start: int, end: int) -> re.Match[str] | None:
    """The time that must lie between a notice and the end of the term."""
    spans = list(_SOME_TIME.finditer(flat, start, end))
    for span, after in zip_longest(spans, spans[1:]):
        stop = min(span.end() + 60, after.start() if after else end)
        tail = re.split(r"[.;]\s", flat[span.end() : stop])[0]
        lead = re.split(r"[.;(]|unless", flat[max(start, span.start() - 120) : span.start()])[-1]
        if _ABOUT_MONEY.search(lead):
            continue
        if _AHEAD.search(tail) or _LEADING.search(flat[max(0, span.start() - 40) : span.start()]):
            return span
    return None
