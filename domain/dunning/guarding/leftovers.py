"""Numbers that are neither references, dates nor amounts: counts, days, list marks, or suspect."""

from __future__ import annotations

import re

from domain.dunning.facts import GuardRules, ViolationKind
from domain.dunning.guarding.amounts import ANY_CURRENCY, currencies_of
from domain.dunning.guarding.known import Known
from domain.dunning.guarding.number_words import number_words
from domain.dunning.guarding.page import Page, Segment, says, segments
from domain.dunning.guarding.time_words import whole_months
from domain.ledger.errors import LedgerError
from domain.ledger.invoice import Invoice
from domain.ledger.money import Money

_DAY = (
    r"(?:calendar |business |working |kalender|werk|arbeits|full )?"
    r"(?:(?:days?|tage?n?|jours?|días?|dias?|giorn[oi]|dag(?:en)?)\b|日)"
)
_FROM = r"\b(?:from|between|von|zwischen|de|entre)[ ]"
_TO = r"(?:to|and|bis|und|à|et|a|y)[ ]"
_WEEK = r"(?:(?:weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken)\b|週)"
_MONTH = r"(?:(?:months?|monate?n?|mois|m[eê]s(?:es)?|mes[ei]|maand(?:en)?)\b|[かヶケ]月)"
_LATE = re.compile(
    r"overdue|past due|past its|late\b|ago\b|since|überfällig|verzug|verspät|seit\b|vor\b|retard|"
    r"échu|depuis|dépass|vencid|venció|retraso|mora\b|atras|desde|hace\b|scadut|ritardo|te laat|"
    r"achterstallig|vervallen|sinds|geleden|há\b|経過|超過|過ぎ",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\bin\b|until|before|left|upcoming|falls due|comes due|noch|bis\b|dans\b|avant|en\b|dentro|"
    r"faltan|\baté\b|\bentro\b|\bfra\b|\bbinnen\b|\bover\b|あと",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"within|next|innerhalb|binnen|nächsten|kommenden|sous|dans les|prochains|d'ici|plazo|"
    r"próximos|"
    r"dentro de|en los|prazo|entro|prossimi|komende|以内",
    re.IGNORECASE,
)
_TERMS = re.compile(
    r"\bnet(?:to)?\b|\bpayable (?:with)?in\b|\bzahlbar (?:innerhalb|binnen|in)\b|"
    r"\bpayable (?:sous|à)\b|\bterms?\b|zahlungsziel|délai|condiciones|plazo|prazo|"
    r"condições|condizioni|termini|betaaltermijn|支払条件",
    re.IGNORECASE,
)
_COUNTED = (
    r"(?:(?:\w+ ){0,2}(?:invoices?|items?|bills?|rechnung(?:en)?|posten|positionen|factures?|"
    r"facturas?|faturas?|fattur[ae]|facturen|documents?)|(?:are |is )?(?:still |now |currently )?"
    r"(?:open|unpaid|outstanding|past due|overdue))\b"
)
_NUMBER_OF = (
    r"\b(?:number of|anzahl(?: der)?|nombre de|número de) [^\n:.|]{0,30}"
    r"(?:invoices|items|rechnungen|posten|factures|facturas)[^\n:.|]{0,12}[:|]?[ |]*$"
)
_HARMLESS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bW-?9\b|\bW-?8(?:-?BEN(?:-E)?)?\b",
        (
            r"\b(?:1|0)-30(?!\d)|\b31-60(?!\d)|\b61-90(?!\d)|\b90\+|(?:>|over|über|plus de|"
            r"más de)[ ]?90\b"
        ),
        (
            r"\b[1-5](?:st|nd|rd|th|\.|e|ème|er|\.º|º|o)?[ ]?(?:reminder|notice|mahnung|erinnerung|"
            r"zahlungserinnerung|relance|rappel|recordatorio|aviso|lembrete|sollecito|promemoria|herinnering|aanmaning)\b"
        ),
        (
            r"\b(?:reminder|notice|\w*mahnung|\w*erinnerung|relance|rappel|"
            r"recordatorio|aviso)[ ]?(?:no\.?|nr\.?|n°|"
            r"#)?[ ]?[1-5]\b(?!\d)"
        ),
    )
)
_TOKEN = re.compile(r"[^\s|\x00、。「」・]*\d[^\s|\x00、。「」・]*")


def check_leftovers(
    page: Page, known: Known, rules: GuardRules, mentioned: dict[int, Invoice]
) -> None:
    """Every digit that is still unexplained must be a right count or number of days."""
    for pattern in _HARMLESS:
        for match in pattern.finditer(page.rest):
            page.mask(*match.span())
    _mask_list_marks(page)
    spans = segments(page)
    for match in _TOKEN.finditer(page.rest):
        _check_token(page, match, spans, known, rules, mentioned)
    _check_number_words(page, spans, known, rules, mentioned)


def _mask_list_marks(page: Page) -> None:
    expected = 1
    for match in re.finditer(r"(?m)^[ \t|]*(\d{1,2})[.)][ \t]", page.rest):
        if int(match[1]) == expected:
            page.mask(*match.span(1))
            expected += 1


def _check_token(
    page: Page,
    match: re.Match[str],
    spans: list[Segment],
    known: Known,
    rules: GuardRules,
    mentioned: dict[int, Invoice],
) -> None:
    bare = re.fullmatch(r"[(\[\"'+-]*(\d{1,4})(?:[-]?(?=[A-Za-z]))?[)\].,;:!?\"']*", match[0])
    joined = re.fullmatch(
        rf"[(ぁ-ゖ㐀-鿿]*(\d{{1,3}})[- ]?({_DAY}|{_WEEK}|{_MONTH})[ぁ-ゖ㐀-鿿]*[).,;:!?]*",
        match[0],
        re.IGNORECASE,
    )
    number = bare or joined
    if number:
        value = int(number[1])
        if _explained(page, match.start(), match.end(), value, spans, known, rules, mentioned):
            return
    page.blame(_kind_of(page, match), match[0])


def _kind_of(page: Page, match: re.Match[str]) -> ViolationKind:
    around = page.around(match.start(), match.end(), 30, 20)
    if re.search(rf"{_DAY}|{_WEEK}", around, re.IGNORECASE) and len(match[0]) < 6:
        return ViolationKind.DAYS_OVERDUE
    if re.search(r"iban|konto|account|bank|compte|cuenta|routing", around, re.IGNORECASE):
        return ViolationKind.BANK_ACCOUNT
    if _is_iban(match[0]):
        return ViolationKind.BANK_ACCOUNT
    if re.search(r"tel|phone|call|fon\b|fax|mobil|ruf", around, re.IGNORECASE) or "+" in match[0]:
        return ViolationKind.PHONE
    if re.search(r"[A-Za-z]", match[0]) or re.search(r"invoice|rechnung|factur", around, re.I):
        return ViolationKind.INVOICE_NUMBER
    return ViolationKind.NUMBER


def _is_iban(text: str) -> bool:
    """ISO 13616: moved and spelt as digits, the number leaves 1 divided by 97."""
    compact = re.sub(r"[^A-Z0-9]", "", text.upper())
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", compact):
        return False
    return int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1


def _explained(
    page: Page,
    start: int,
    end: int,
    value: int,
    spans: list[Segment],
    known: Known,
    rules: GuardRules,
    mentioned: dict[int, Invoice],
) -> bool:
    sentence, owners = _context(page, start, spans, known, mentioned)
    token = page.text[start:end]
    rest = re.sub(r"^\D*\d+", "", token) if re.search(r"\d", token) else ""
    segment = next(s for s in spans if s.holds(start))
    after = (rest + page.text[end : min(end + 40, segment.end)]).lstrip(" -|)")
    here = [m.invoice for m in page.mentions if segment.holds(m.start)]
    if span := _in_range(page, start, after, here or owners, known):
        return value == span
    if re.match(rf"(?:(?:,|and|und|et|y|e|en)[ ]\d+[ ])*{_DAY}", after, re.IGNORECASE):
        if value in _since_promise(page, start, after, known):
            return True
        owners = _respective(page, start, after, spans) or owners
        return _days(value, sentence, after, owners, known, rules)
    if re.match(_WEEK, after, re.IGNORECASE):
        return _weeks(page, start, value, sentence, after, owners, known)
    if re.match(_MONTH, after, re.IGNORECASE):
        days = (whole_months(i.days_past_due(known.today), value) for i in owners)
        return says(_LATE, sentence) and any(days)
    if re.match(_COUNTED, after, re.IGNORECASE):
        counts = _counts(known, mentioned, late=bool(_LATE.search(after[:40])))
        return value in counts or _in_currency(value, after, known)
    if re.search(_NUMBER_OF, page.text[max(0, start - 60) : start], re.IGNORECASE):
        label = page.text[max(0, start - 60) : start].rpartition("\n")[2]
        return value in _counts(known, mentioned, late=bool(_LATE.search(label)))
    if _TERMS.search(page.text[max(0, start - 16) : start]):
        return value in _terms(known)
    if 2000 <= value <= 2100:
        return value in {d.year for d in known.dates}
    return _in_cell(page, start, end, value, owners, known)


def _weeks(
    page: Page,
    start: int,
    value: int,
    sentence: str,
    after: str,
    owners: list[Invoice],
    known: Known,
) -> bool:
    late = {i.days_past_due(known.today) // 7 for i in owners}
    if re.match(rf"{_WEEK} on\b", after, re.IGNORECASE):
        return value in late
    ahead = re.search(r"\bin $", page.text[max(0, start - 4) : start])
    if ahead or re.match(rf"{_WEEK} from (?:today|now)", after, re.IGNORECASE):
        return -7 * value in {i.days_past_due(known.today) for i in owners}
    return says(_LATE, sentence) and value in late


def _since_promise(page: Page, start: int, after: str, known: Known) -> set[int]:
    """Days since a promised day that is named just before ("... by May 3. That was 2 days ago")."""
    if not re.match(rf"{_DAY} (?:ago|since|later)\b", after, re.IGNORECASE):
        return set()
    promised = frozenset(p.promised_on for p in known.facts.promises)
    near = [d for d in page.dates if d.end <= start][-1:]
    named = {day for d in near for day in d.among(known.dates) if start - d.end < 60}
    return {(known.today - day).days for day in named & promised}


def _context(
    page: Page, start: int, spans: list[Segment], known: Known, mentioned: dict[int, Invoice]
) -> tuple[str, list[Invoice]]:
    segment = next(s for s in spans if s.holds(start))
    here = {m.invoice.id: m.invoice for m in page.mentions if segment.holds(m.start)}
    near = [*here.values()] or ([segment.inherited] if segment.inherited else [])
    if len(here) > 1:
        before = [m for m in page.mentions if segment.start <= m.start < start]
        near = [before[-1].invoice] if before else near
    owners = near or [*mentioned.values()] or [i for i in known.account.invoices if i.collectable]
    return page.text[segment.start : segment.end], owners


def _in_range(
    page: Page, start: int, after: str, owners: list[Invoice], known: Known
) -> int | None:
    """The days overdue that a number must be as one end of "from 5 to 58 days"."""
    late = sorted(i.days_past_due(known.today) for i in owners)
    before = page.text[max(0, start - 24) : start]
    if re.search(rf"{_FROM}$", before, re.IGNORECASE):
        end = re.match(rf"{_TO}\d{{1,3}}[ -]{_DAY}", after, re.IGNORECASE)
        return late[0] if end else None
    end = re.match(_DAY, after) and re.search(rf"{_FROM}\d{{1,3}} {_TO}$", before, re.IGNORECASE)
    return late[-1] if end else None


def _respective(page: Page, start: int, after: str, spans: list[Segment]) -> list[Invoice]:
    """The invoice meant by one of several numbers of days, in the order of the invoices."""
    still = len(re.findall(r"\d+", re.split(_DAY, after, maxsplit=1, flags=re.IGNORECASE)[0]))
    segment = next(s for s in spans if s.holds(start))
    before = [m.invoice for m in page.mentions if segment.start <= m.start < start]
    several = still or re.search(
        r"\d+ (?:and|und|et|y|e|en) $", page.text[max(0, start - 12) : start]
    )
    if several and not before:
        following = [m.invoice for m in page.mentions if segment.holds(m.start)]
        return following[1 - still : 2 - still] if len(following) == 2 and still < 2 else []
    return [before[-1 - still]] if several and len(before) > still else []


def _days(
    value: int, sentence: str, after: str, owners: list[Invoice], known: Known, rules: GuardRules
) -> bool:
    late = {i.days_past_due(known.today) for i in owners}
    if value in late and value > 0:
        return True
    if says(_TERMS, sentence) and value in _terms(known):
        return True
    if _LATE.search(after[:40]) and not says(_WITHIN, sentence):
        return False
    if says(_AHEAD, sentence) and -value in late:
        return True
    return says(_WITHIN, sentence) and value in rules.response_days


def _counts(known: Known, mentioned: dict[int, Invoice], *, late: bool) -> set[int]:
    """How many invoices a mail may speak of; with a word for overdue, how many of them are."""
    overdue = len(known.account.overdue())
    every = len([i for i in known.account.invoices if i.collectable])
    named_late = [i for i in mentioned.values() if i.days_past_due(known.today) > 0]
    if late:
        return {overdue, len(named_late)} - {0}
    return {overdue, every, len(mentioned), len(named_late), every - overdue} - {0}


def _in_currency(value: int, after: str, known: Known) -> bool:
    """ "One open invoice in euros" counts the invoices of that currency."""
    named = re.match(rf"{_COUNTED}[ ]in[ ](?:US[ ])?({ANY_CURRENCY.pattern})", after, re.IGNORECASE)
    if named is None:
        return False
    every = [i.open.currency for i in known.account.invoices if i.collectable]
    return value in {every.count(code) for code in currencies_of(named[1])} - {0}


def _terms(known: Known) -> set[int]:
    return {(i.due_on - i.issued_on).days for i in known.account.invoices}


def _in_cell(
    page: Page, start: int, end: int, value: int, owners: list[Invoice], known: Known
) -> bool:
    left = page.text[:start].rpartition("\n")[2]
    right = page.text[end:].partition("\n")[0]
    cell = re.search(r"(?:^|\||\t|[ ]{2})[ ]*$", left) and re.match(
        r"[ ]*(?:\||\t|[ ]{2}|$)", right
    )
    until = re.search(rf"{_DAY} (?:until|to|bis|avant|hasta)\b[^:]{{0,20}}:[ |]*$", left, re.I)
    if until:
        return value in {-i.days_past_due(known.today) for i in owners}
    labelled = re.search(rf"{_DAY}[^:]{{0,20}}:[ |]*$", left, re.IGNORECASE)
    late = {i.days_past_due(known.today) for i in owners}
    return bool(cell or labelled) and len(owners) == 1 and value in {max(d, 0) for d in late}


def _check_number_words(
    page: Page,
    spans: list[Segment],
    known: Known,
    rules: GuardRules,
    mentioned: dict[int, Invoice],
) -> None:
    for start, end, value, words in number_words(page.rest):
        after = page.text[end : end + 30].lstrip(" -")
        currency = ANY_CURRENCY.match(after)
        before = page.text[max(0, start - 8) : start].rpartition("\n")[2].rstrip()
        code = currency or re.search(r"(?:USD|EUR|GBP|JPY|CHF|CAD|[$€£¥])$", before)
        if code:
            if not _fact_in_words(value, code[0], known):
                page.blame(ViolationKind.AMOUNT, f"{words} {after[:12]}")
        elif value is None or value > 12:
            sure = value is not None and _explained(
                page, start, end, value, spans, known, rules, mentioned
            )
            if not sure:
                page.blame(ViolationKind.NUMBER, words)
        elif re.match(rf"{_DAY}|{_WEEK}|{_MONTH}|{_COUNTED}", after, re.IGNORECASE):
            _check_small(page, (start, end, value, words), spans, known, rules, mentioned)


def _check_small(
    page: Page,
    found: tuple[int, int, int, str],
    spans: list[Segment],
    known: Known,
    rules: GuardRules,
    mentioned: dict[int, Invoice],
) -> None:
    """Small words before a unit; the article ("une facture", "ein Tag") is no number."""
    start, end, value, words = found
    if value == 1 and words.casefold() not in ("one", "eins"):
        return
    if not _explained(page, start, end, value, spans, known, rules, mentioned):
        page.blame(ViolationKind.NUMBER, words)


def _fact_in_words(value: int | None, sign: str, known: Known) -> bool:
    if value is None:
        return False
    found: set[Money] = set()
    for currency in currencies_of(sign):
        try:
            found.add(Money.parse(str(value), currency))
        except LedgerError:
            continue
    return bool(found & known.amounts())
