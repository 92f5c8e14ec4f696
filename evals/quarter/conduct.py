"""What may never happen in a quarter, judged from outside: by what left and what debtors meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

from sandbox.company import Debtor

OPENS, CLOSES = time(8, 30), time(17, 30)
PER_WEEK, PER_MONTH, CONTACT_DAYS = 2, 6, 3
MET_WITHIN = 15
_SEARCH_DAYS = 3
_WORDS = {
    "en": ("the", "your", "please", "invoice", "is", "we", "of"),
    "de": ("die", "ihre", "bitte", "rechnung", "ist", "wir", "und"),
    "fr": ("la", "votre", "merci", "facture", "est", "nous", "de"),
    "es": ("la", "su", "por", "factura", "es", "hemos", "de"),
}


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail that left. `chases`: it asks for money; `claims` are those it names."""

    at: datetime
    debtor: Debtor
    to: tuple[str, ...]
    chases: bool
    claims: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """What we could know about the debtors when a mail left."""

    paid: frozenset[int] = frozenset()
    disputed: frozenset[int] = frozenset()
    promised: frozenset[tuple[int, date]] = frozenset()
    said_paid: frozenset[tuple[int, date]] = frozenset()
    no_mail: frozenset[str] = frozenset()
    legal: frozenset[int] = frozenset()


@dataclass(slots=True)
class Conduct:
    """Judges mail by mail. `broken` are the rules that were broken, in words."""

    broken: list[str] = field(default_factory=list)
    _chased: list[Mail] = field(default_factory=list)
    _met: set[int] = field(default_factory=set)
    _unmet: dict[int, int] = field(default_factory=dict)

    def judge(self, mail: Mail, known: Known) -> None:
        """Hold one mail against what was known when it left, and against those before it."""
        self._leave_alone(mail, known)
        if mail.chases:
            self._window(mail)
            self._caps(mail)
            self._chased.append(mail)
            self._met.update(mail.claims)
        spoken = language_of(mail.text)
        if spoken != mail.debtor.language:
            self._break(mail, f"is written in {spoken or 'no known language'}")

    def end_of(self, day: date, owed: Mapping[int, Debtor]) -> None:
        """A business day is over on which these claims were overdue and nothing spoke for waiting.

        Whoever owes is written to within MET_WITHIN such days in a row.
        """
        self._unmet = {
            claim_id: self._unmet.get(claim_id, 0) + 1 for claim_id in owed.keys() - self._met
        }
        for claim_id, days in sorted(self._unmet.items()):
            if days == MET_WITHIN + 1:
                name = owed[claim_id].name
                self.broken.append(f"{day} {name} was never asked for {claim_id}, overdue")

    def _leave_alone(self, mail: Mail, known: Known) -> None:
        for address in known.no_mail & {a.lower() for a in mail.to}:
            self._break(mail, f"goes to {address}, who asked for no more mail")
        if mail.debtor.id in known.legal:
            self._break(mail, "goes to somebody who named lawyers")
        if mail.chases:
            self._not_chased(mail, known)

    def _not_chased(self, mail: Mail, known: Known) -> None:
        today, named = local_day(mail), set(mail.claims)
        if not named:
            self._break(mail, "asks for money and names no invoice")
        for claim_id in sorted(named & known.paid):
            self._break(mail, f"chases {claim_id}, which is paid")
        for claim_id in sorted(named & known.disputed):
            self._break(mail, f"chases {claim_id}, which is disputed")
        for claim_id, until in sorted(known.promised):
            if claim_id in named and today <= until:
                self._break(mail, f"chases {claim_id}, promised for {until}")
        for claim_id, said_on in sorted(known.said_paid):
            if claim_id in named and today < _business_days_after(said_on, _SEARCH_DAYS):
                self._break(mail, f"chases {claim_id}, said to be paid on {said_on}")

    def _window(self, mail: Mail) -> None:
        local = mail.at.astimezone(ZoneInfo(mail.debtor.timezone))
        if not OPENS <= local.time() <= CLOSES:
            self._break(mail, f"left at {local:%H:%M} where they are")
        if local.weekday() > 4 or _closed(mail.debtor, local.date()):
            self._break(mail, f"left on {local:%A %d %B}, a closed day where they are")

    def _caps(self, mail: Mail) -> None:
        before = [m for m in self._chased if m.debtor.id == mail.debtor.id]
        for days, most in ((7, PER_WEEK), (30, PER_MONTH)):
            since = mail.at - timedelta(days=days)
            if sum(m.at > since for m in before) >= most:
                self._break(mail, f"is more than {most} within {days} days")
        today = local_day(mail)
        for other in before:
            day = local_day(other)
            if set(other.to) & set(mail.to) and today < _business_days_after(day, CONTACT_DAYS):
                self._break(mail, f"comes too soon after one of {day}")

    def _break(self, mail: Mail, what: str) -> None:
        self.broken.append(f"{mail.at:%Y-%m-%d %H:%M} mail to {mail.debtor.name} {what}")


def local_day(mail: Mail) -> date:
    """The day a mail left, where its reader is."""
    return mail.at.astimezone(ZoneInfo(mail.debtor.timezone)).date()


def language_of(text: str) -> str:
    """The language most of whose everyday words stand in a text; "" if none does."""
    words = re.findall(r"[a-zäöüßéèàçñáíóú]+", text.lower())
    votes = {language: sum(words.count(w) for w in known) for language, known in _WORDS.items()}
    best = max(votes, key=lambda language: votes[language])
    return best if votes[best] else ""


def _closed(debtor: Debtor, day: date) -> bool:
    region = debtor.region if debtor.country in ("US", "DE", "GB", "CA", "ES") else None
    try:
        known = holidays.country_holidays(debtor.country, subdiv=region or None, years=day.year)
    except NotImplementedError:
        known = holidays.country_holidays(debtor.country, years=day.year)
    return day in known


def _business_days_after(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def worst(broken: Sequence[str], most: int = 12) -> str:
    """The first of what was broken, one a line."""
    shown = "\n".join(broken[:most])
    return f"{shown}\n... and {len(broken) - most} more" if len(broken) > most else shown
