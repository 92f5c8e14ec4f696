"""What a mail says about money that was sent, and until when its writer is away."""

from __future__ import annotations

import re
from datetime import date

from domain.dunning import said_amounts, said_numbers
from domain.dunning.calendar import Calendar
from domain.dunning.dates import YEARLESS_DAYS, FoundDate, find_dates, find_past_dates
from domain.dunning.reading import DateClaim, PaidClaim
from domain.ledger.account import Account
from domain.ledger.money import Money

_AWAY_DAYS = 400
_TOTAL = re.compile(
    r"^\W*(?:(?:grand |payment )?total\w*|net(?: amount| paid)?|summe|gesamt\w*|somme|"
    r"montant total|totaal|totale|importe total|valor total|suma|soma)\b"
    r"(?!.{0,20}\b(?:due|open|owed))|"
    r"^\s*(?:合計|総額)| = ",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<!\d)(?<!\b[A-Z])[.!?;](?=\s|$)|(?<=\d\d\d\d)[.!?](?=\s+[A-ZÀ-Þ])|\n|。")
_SENT = re.compile(
    r"\b(?:paid|sent|wired|transferred|remitted|mailed|posted|cleared|settled|processed|made|"
    r"went out|left|covering|covered|cheque|check|bezahlt|gezahlt|überwiesen|beglichen|angewiesen|"
    r"abgebucht|payée?s?|réglée?s?|viré|effectué|parti|émis|pagad[ao]s?|pagó|pagamos|pagué|abonad|"
    r"transferid|hizo|hicimos|realizad|pag[ao]s?|efetuad|transferimos|quitad|pagat[oae]|saldat[oa]|"
    r"effettuat|eseguit|betaald|overgemaakt|voldaan)\w*|振込|送金|支払|入金",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(
    r"\b(?:due|invoice dated|fällig(?: seit| am)?|rechnung vom|vom|échue?|"
    r"facture du|vencida|vencimiento|"
    r"factura del|vencida em|fatura de|scaduta|fattura del|vervallen op|factuur van|invoice of|"
    r"invoice from)(?: on| the| am| le| el| il| em| op)?\s*$",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:back|return\w*|reopen\w*|resum\w*|available again|zurück|wieder|erreichbar|retour|"
    r"rentr\w+|reprend\w*|rouvr\w+|regres\w+|vuelv\w+|reincorpor\w+|retorn\w+|volt[oaer]\w*|"
    r"rientr\w+|"
    r"torn\w+|riap\w+|retom\w+|riprend\w*|terug|bereikbaar|heropen\w*|weer|aanwezig|rückkehr|"
    r"erste[rn]? (?:arbeits)?tag|first (?:working )?day|in again|reprise|(?:à|de) nouveau|"
    r"de nuevo|novamente|de volta|di nuovo|nuovamente)\b|戻|復帰|出社|出勤|対応|再開|"
    r"以降|営業いたし|通常営業|返信いたし",
    re.IGNORECASE,
)
_YEAR = re.compile(r"20\d\d|[/.]\d\d$")
_UNTIL = re.compile(
    r"\b(?:until|till|til|through|thru|bis|jusqu|hasta|até|fino|tot|t/m|away|out|off|leave|"
    r"vacation|holiday|closed|urlaub|abwesen\w*|absen\w*|congés?|vacaciones|férias|ferie|"
    r"vakantie|afwezig|ausent\w*|fuera|fora|assent\w*|fuori|unavailable|ooo|gesloten|geschlossen|"
    r"ferm[ée]\w*|cerrad\w*|fechad\w*|chius\w*|betriebsferien|verlof|vacances|nicht im)\b|jusqu'|"
    r"まで|休暇|不在|休業|～|~",
    re.IGNORECASE,
)
_LAST_DAY_TOO = re.compile(
    r"\b(?:ambos|ambas|beide|both|entrambi|inclusive|including|through|thru|last day|"
    r"einschließlich|inklusive|inclus|incluid[oa]|"
    r"inclusive|compres[oa]|tot en met|t/m|letzter)\b",
    re.IGNORECASE,
)


def read(text: str, account: Account, today: date, calendar: Calendar) -> PaidClaim:
    """Day, amount and reference of a payment that a mail says was made.

    Every day the mail may mean is in `paid_on`, the likeliest first. Sentences that do not speak
    of a payment made are asked only for what the others leave open.
    """
    said = "\n".join(s for s in _SENTENCE.split(text) if s and _SENT.search(s))
    days = _paid_days(said, today, calendar) or _paid_days(text, today, calendar)
    amount = _total(text, account) or said_amounts.read(said, account)[0]
    if amount is None and not said_amounts.find_amounts(said, account):
        amount, _ = said_amounts.read(text, account)
    if amount is None and not said_amounts.find_amounts(text, account):
        amount = _bare(said, account, today, calendar)
    numbers = said_numbers.read(text, account)
    here = said_numbers.read(said, account)
    return PaidClaim(
        tuple(DateClaim(f.span, f.dates) for f in days),
        amount,
        next(iter(here.references or numbers.references), ""),
        here.known or numbers.known,
    )


def _total(text: str, account: Account) -> Money | None:
    """The sum at the foot of a list of what was paid."""
    for line in reversed(text.splitlines()):
        if _TOTAL.search(line):
            found = said_amounts.find_amounts(line, account)
            if found:
                return found[-1].amount
    return None


def _bare(text: str, account: Account, today: date, calendar: Calendar) -> Money | None:
    days = find_past_dates(text, today, calendar)
    spans = (*((f.start, f.end) for f in days), *said_numbers.taken(text, account))
    return said_amounts.read_bare(text, account, spans)


def _paid_days(text: str, today: date, calendar: Calendar) -> tuple[FoundDate, ...]:
    found = find_past_dates(text, today, calendar)
    return tuple(f for f in found if not _OTHER_DAY.search(text[max(0, f.start - 30) : f.start]))


def returns_on(text: str, today: date, calendar: Calendar) -> date | None:
    """The day the writer is back at work, as a notice of absence says; None when it does not.

    A day of return is believed before a last day of absence. After an absence up to and
    including a day, they are back on the next business day.
    """
    ahead = find_dates(text, today, calendar, horizon=_AWAY_DAYS)
    found = [f for f in ahead if f.dates and _is_near(f, today)]
    around = {f: _sentence_of(text, f) for f in found}
    back = [f for f in found if _BACK.search(around[f])]
    near = [f for f in back if _BACK.search(text[max(0, f.start - 60) : f.end + 25])]
    if back:
        return max((near or back)[-1].dates)
    until = [f for f in found if _UNTIL.search(around[f])]
    if not until:
        return None
    included = [f for f in until if _LAST_DAY_TOO.search(text[max(0, f.start - 30) : f.end + 15])]
    if included:
        return calendar.add_business_days(max(included[0].dates), 1)
    return max(until[-1].dates)


def _is_near(found: FoundDate, today: date) -> bool:
    """Whether a day that tells no year is one to come, and not one just over."""
    return bool(_YEAR.search(found.span)) or (max(found.dates) - today).days <= YEARLESS_DAYS


def _sentence_of(text: str, found: FoundDate) -> str:
    start = max((m.end() for m in _SENTENCE.finditer(text, 0, found.start)), default=0)
    end = _SENTENCE.search(text, found.end)
    return text[start : end.start() if end else len(text)]
