"""Which of the days in a text is one of payment, and which only tells how it came."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from domain.dunning.dates import FoundDate
from domain.dunning.day_names import MONTH, WEEKDAY

_REACH, _MOST_DAYS = 300, 20
_CLAUSE_END = re.compile(
    rf"(?<!\d)[.;!?](?=\s|$)|(?<=\d)[;!?]|(?<=\d)\.(?=\s+(?!{MONTH})(?-i:[A-ZÄÖÜÉ¿¡]))|"
    r"[\n。、]|, |: | - | – |"
    r"\band (?=(?:i|we|it|he|she|they|then|payment|you|will|shall|goes|go|leaves|is|are|can)\b)|"
    r"\bund (?=(?:wir|ich|dann|sie|es|er|ihr|sollte)\b)|\bet (?=(?:vous|il|elle|nous|devrait)\b)|"
    r"\by (?=(?:lo|la|les|os|le|debería)\b)|\be (?=(?:lo|la|li|vi|ve|vocês|chega|cai|deve)\b)|"
    r"\ben (?=(?:u|je|jullie|het|dan)\b)|"
    rf"\b(?:but|so(?= (?:(?:the|we|i|it|you|they|our|that|payment)\b|{WEEKDAY}))|"
    r"and that means|however|because|hence|otherwise|aber|sondern|denn|daher|mais|donc|"
    r"car|pero|así que|porque|mas|então|portanto|ma|quindi|perché|maar|dus|want)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(
    rf"(?<!\d)[.;!?](?=\s|$)|(?<=\d)[;!?]|(?<=\d)\.(?=\s+(?!{MONTH})(?-i:[A-ZÄÖÜÉ¿¡]))|\n|。",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\bdue\b|\boverdue\b|\bdated?\b|\bfällig|\bzahlungsziel|\béch(?:éance|ue?)\b|\bvenc[ei]|"
    r"\bvencim|\bscad|\bverval|期日|期限|\binvoice (?:of|from)\b|\brechnung vom\b|\bfacture du\b|"
    r"\bfactura del\b|\bfatura de\b|\bfattura del\b|\bfactuur van\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\bclosed?\b|\bholiday|\bfrozen|\bshut\b|\bout of (?:the )?office|\baway\b|"
    r"\bback (?:on|in)?\b|\bon leave|\bfeiertag|\bgeschlossen|\burlaub|\bfermé|\bférié|"
    r"\bcongés?\b|\bfestivo|\bcerrad|\bferiado|\bfechad|\bchius|\bgesloten|\bfeestdag|休業|祝日|休み|"
    r"曜日?のため|定休",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:was|were|had|did|approved|freigegeben|genehmigt|validée?|autorizad[oa]|autorisée?|"
    r"approvat[oa]|said|told|signed|received|raised|since|came|spoke|talked|met (?:with|on|him|"
    r"her|them|last|yesterday)|checked|discussed|"
    r"ordered|delivered|issued|"
    r"returned|cancelled|wrote|called|promised|missed|couldn't|asked|went|started?|filed|"
    r"war|waren|hatten?|wurden?|seit|vom|datiert|"
    r"était|avait|avions|a été|depuis|daté|fue|era|desde|había|"
    r"foi|havia|stat[oa]|dal|sinds|waren)\b|でした|ました",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"\b(?:already|paid|bereits|schon|bezahlt|déjà|payée?s?|réglée?s?|ya|pagad[ao]s?|já|paga|"
    r"già|pagat[ao]|al|reeds|betaald)\b|済み|済です",
    re.IGNORECASE,
)
_PAYS = re.compile(
    r"\b(?:will|'ll|pay\w*|paid|going to|goes?|scheduled|booked|queued|planned|release[ds]?|"
    r"wire[ds]?|transfer\w*|remit\w*|send\w*|settled?|run|commit\w*|promise|expect|leave|"
    r"process\w*|"
    r"(?:be|ge)?zahl\w*|überw\w*|angewiesen|anweis\w*|beglei\w*|beglich\w*|raus|erfolgt|geht|"
    r"eingeplant|"
    r"paie\w*|règle\w*|régl\w*|vir\w*|part\w*|prévu|programmé\w*|pag\w+|transfer\w+|abon\w+|sal\w+|"
    r"bonific\w*|effettu\w*|betal\w*|overm\w+|maken|klaar)\b|支払|振込|送金|入金",
    re.IGNORECASE,
)
_AS_SAID = re.compile(
    r"^\W*(?:as|wie|comme|tal como|como|come|zoals|conforme|per)\b.{0,60}\b(?:agreed|discussed|"
    r"told|said|spoke\w*|promised|mentioned|besprochen|vereinbart|gesagt|telefoniert|zugesagt|"
    r"angekündigt|convenu|discuté|dit|vu|évoqué|hablad\w|acordad\w|comentad\w|dicho|quedamos|"
    r"falad\w|combinad\w|conversad\w|dito|parlato|concordato|detto|anticipato|besproken|"
    r"afgesproken|gezegd|beloofd)\b",
    re.IGNORECASE,
)
_AS_TOLD = re.compile(
    r"\b(?:as|like|which) (?:(?:i|we)(?:'ve| have)? )?(?:already |just )?(?:told|said|promised|"
    r"mentioned|wrote|discussed|agreed)\b",
    re.IGNORECASE,
)
_ARRIVES = re.compile(
    r"\b(?:you (?:should|will|'ll) (?:see|have|get|receive)|should (?:see|arrive|reach|land|be)|"
    r"(?:arrives?|reach(?:es)?|lands?|credited|shows? up)|gutgeschrieben|bei ihnen|"
    r"vous (?:le )?(?:recevrez|verrez|aurez)|arrivera|crédité|(?:lo |la )?(?:ver[áé]is|verán|"
    r"recibirán|recibiréis|tendrán|tendréis|llegará)|ontvangt|ziet|riceverete|vedrete|avrete|"
    r"arriverà|accreditat[oa]|receber(?:ão|á)|verão|terão|cai na|sehen sie|haben sie|ankommen|"
    r"eingehen)\b",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"\b(?:won't|will not|can't|cannot|couldn't|no longer|not(?! later)|"
    r"nicht(?! später)|kein\w*|pas(?! plus tard| de souci| de problème)|"
    r"no(?! dia| próxim| later| más tarde| mais tardar| problem| worr| issue| doubt)|"
    r"não(?! mais tarde| há problema)|non(?! oltre| c'è problema)|niet(?! later))\b",
    re.IGNORECASE,
)
_NO_PROBLEM = re.compile(
    r"\b(?:not a|no) (?:problem|issue)|\bkein problem|\bgeen probleem|\bnessun problema|"
    r"\bwithout (?:fail|delay)",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|'ll|getting (?:paid|sent|done|wired)|being paid|going to|"
    r"scheduled|planned|booked|queued|set (?:up )?for|goes|shall|"
    r"wird|werden?|werde|eingeplant|terminiert|sera|serez|partira|prévue?|programmée?|allons|vais|"
    r"será|saldrá|vamos|voy|programad\w|previst\w|vai|faremos|verrà|partirà|saremo|zal|zullen|"
    r"gepland|staat klaar)\b|予定|いたします|します",
    re.IGNORECASE,
)
_DUE_BEFORE = re.compile(
    r"(?:\bdue|\boverdue|\bdated|\bfällig|\béchue?|\béchéance|\bvenc\w+|\bscad\w+|\bverval\w*)"
    r"\W{1,2}(?:(?:since|on|by|the|am|seit|zum|dem|den|le|depuis|du|el|desde|em|no|dia|il|dal|op|"
    r"sinds|de|datum|date|is|war|was|ist)\W{1,2}){0,3}$|(?:期日|期限)[はが:]?\s?$",
    re.IGNORECASE,
)
_INSTEAD_OF = re.compile(
    r"\b(?:instead of|rather than|(?:an)?statt|au lieu d[ue]|en (?:lugar|vez) del?|em vez d[eo]|"
    r"anziché|invece (?:di|del)|in plaats van)\W{1,2}(?:(?:on|the|am|dem|le|el|il|dia|op)\W)?$",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"\b(?:value|settlement|execution|payment|pay) date\b|\b(?:valuta|wertstellung)|"
    r"\bdate de valeur\b|\bfecha valor\b|\bvalutadatum\b",
    re.IGNORECASE,
)
_DUE_AFTER = re.compile(r"^\W{0,2}(?:fällig|due\b|overdue|échue?\b|vencid|scadut)", re.IGNORECASE)
_HEDGED = re.compile(
    r"\byou should (?:see|have|get|receive)\b|"
    r"\bshould (?:arrive|reach|land|show|be (?:in|with|there))\b",
    re.IGNORECASE,
)


def payment_days(text: str, days: Sequence[FoundDate]) -> tuple[FoundDate, ...]:
    """The days that payment may be meant for; the same day said twice counts once."""
    days = days[:_MOST_DAYS]
    close, wide = clauses(text, days), sentences(text, days)
    kept = [day for day in days if not _is_decoy(text, day, close[day])]
    for better in (
        lambda day: _VALUE.search(close[day]),
        lambda day: _PAYS.search(wide[day]),
        lambda day: not _ARRIVES.search(close[day]),
    ):
        if len(kept) > 1:
            kept = [day for day in kept if better(day)] or kept
    once = {day.dates: day for day in reversed(kept)}
    return tuple(sorted(once.values(), key=lambda day: day.start))


def is_over(text: str) -> bool:
    """Whether words tell of something that has happened."""
    return _OVER.search(text) is not None or _PAID.search(text) is not None


def clauses(text: str, days: Sequence[FoundDate]) -> dict[FoundDate, str]:
    """For each day, the words around it up to where its clause begins and ends."""
    return _around(text, days, _CLAUSE_END)


def sentences(text: str, days: Sequence[FoundDate]) -> dict[FoundDate, str]:
    """For each day, the sentence it stands in."""
    return _around(text, days, _SENTENCE_END)


def _around(text: str, days: Sequence[FoundDate], ends: re.Pattern[str]) -> dict[FoundDate, str]:
    inside = bytearray(len(text))
    for day in days:
        close = day.end - day.span.endswith(".")
        inside[day.start : close] = b"\1" * (close - day.start)
    edges = [match.start() for match in ends.finditer(text) if not inside[match.start()]]
    found = {}
    for day in days:
        before, after = bisect_left(edges, day.start), bisect_left(edges, day.end - 1)
        start = edges[before - 1] + 1 if before else 0
        end = edges[after] if after < len(edges) else len(text)
        found[day] = text[max(start, day.start - _REACH) : min(end, day.end + _REACH)]
    return found


def _is_decoy(text: str, day: FoundDate, clause: str) -> bool:
    """Whether a day is when something was due, over, closed or taken back."""
    if _DUE_BEFORE.search(text[max(0, day.start - 30) : day.start]):
        return True
    if _INSTEAD_OF.search(text[max(0, day.start - 30) : day.start]):
        return True
    if _HEDGED.search(clause) or (_AS_SAID.search(clause) and not _PAYS.search(clause)):
        return True
    if _DUE_AFTER.match(text[day.end : day.end + 20]):
        return True
    if _VALUE.search(clause):
        return False
    if _DUE.search(clause) or _CLOSED.search(clause):
        return not _PAYS.search(_DUE.sub(" ", _CLOSED.sub(" ", clause)))
    if _OVER.search(_AS_TOLD.sub(" ", clause)) and not _AHEAD.search(clause):
        return True
    return bool(_TAKEN_BACK.search(_NO_PROBLEM.sub(" ", clause)))
