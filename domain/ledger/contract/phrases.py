"""Phrases of contracts that stand for one thing, in English, German, French and Spanish."""

from __future__ import annotations

import re
from typing import Generic, TypeVar

from domain.ledger.contract.terms import FeeKind, Gate
from domain.ledger.deal import Billed, Frequency

Meaning = TypeVar("Meaning")


class Phrases(Generic[Meaning]):
    """Patterns in order of precedence; the first that is found gives the meaning."""

    def __init__(self, *pairs: tuple[str | tuple[str, ...], Meaning]) -> None:
        self._pairs = [
            (re.compile(p if isinstance(p, str) else "|".join(p), re.IGNORECASE), meaning)
            for p, meaning in pairs
        ]

    def first(self, text: str) -> Meaning | None:
        """The meaning with the highest precedence."""
        return next((meaning for p, meaning in self._pairs if p.search(text)), None)

    def every(self, text: str) -> list[Meaning]:
        """All meanings found."""
        return [meaning for p, meaning in self._pairs if p.search(text)]


# "Biannual", "bimonthly" and "biweekly" mean two things each; "every other month" has no name.
_NOT_EACH = r"(?<!bi)(?<!bi-)(?<!bi )(?<!other )(?<!every second )(?<!every third )"
FREQUENCY: Phrases[Frequency] = Phrases(
    (r"semi-?annual|half-?yearly|every six months|halbjährlich|semestr", "half_year"),
    (r"quarter|vierteljährlich|quartal|trimestr", "quarter"),
    (
        (
            _NOT_EACH
            + r"month(?:ly)?\b(?! period| term| commitment)|/ ?mo\b|monatlich|pro monat|mensu",
            r"par mois|al mes|por mes",
        ),
        "month",
    ),
    (
        (
            _NOT_EACH
            + r"annual|annum|per year|/ ?y(?:ea)?r\b|yearly|each (?:contract )?year|a year\b",
            r"per contract year|every year|anniversary|jährlich|pro jahr",
            r"par an\b|annuel|por año|al año",
        ),
        "year",
    ),
    (_NOT_EACH + r"\bweek(?:ly)?\b|wöchentlich", "week"),
    (
        (
            r"one[- ]time|\bonce\b|non-?recurring|lump[- ]sum|einmalig|forfaitaire|una sola vez",
            r"\bup-?front\b|perpetual|fully paid|paid-up",
        ),
        "once",
    ),
)
FEE_KIND: Phrases[FeeKind] = Phrases(
    (r"minimum|mindest|minimal|mínimo", "minimum"),
    (r"royalt", "royalty"),
    (r"travel|expenses|out-of-pocket|reisekosten", "expense"),
    (
        (
            r"set-?up|implementation|onboarding|installation|activation|migration|einrichtung",
            r"implementierung|mise en (?:service|place)|implementación|puesta en marcha",
        ),
        "setup",
    ),
    (r"maintenance|support|wartung|assistance|soporte|mantenimiento", "support"),
    (
        (
            r"overage|usage|per (?:api )?call|per transaction|per request|per message|per \d",
            r"per gb|consum|nutzungsabhängig|verbrauch|excess",
        ),
        "usage",
    ),
    (
        (
            r"professional service|consulting|training|per hour|hourly|per day\b|services? fee",
            r"development|customi[sz]ation|beratung|schulung|formation|servicios profesionales",
        ),
        "service",
    ),
    (
        (
            r"subscri|saas|hosting|platform|abonnement|suscripción|nutzungsentgelt|nutzungsgebühr",
            r"miete|access fee",
        ),
        "subscription",
    ),
    (r"licen[sc]e|lizenz|licencia", "license"),
)
GATE: Phrases[Gate] = Phrases(
    (r"\baccept(?!s? (?:the|this) agreement)|abnahme|recette|aceptación|sign-?off", "acceptance"),
    (r"go-?live|production use|first productive|produktivsetzung|mise en production", "go_live"),
    (r"deliver|shipment|lieferung|livraison|entrega|installation", "delivery"),
    (r"completion|complete\b|fertigstellung|achèvement|finalización", "completion"),
    (
        (
            r"execution|sign(?:ing|ature)|effective date|upon entering|unterzeichnung",
            r"vertragsschluss|firma\b|la signature",
        ),
        "signature",
    ),
)
TIMING: Phrases[Billed] = Phrases(
    (
        (
            r"in advance|^advance$|annual advance|im voraus|vorschüssig",
            r"d'avance|por adelantado|anticipad",
            r"prepaid|at the beginning of each|on the first day of each|due on the effective date",
        ),
        "advance",
    ),
    (
        (
            r"in arrears|^arrears$|nachschüssig|à terme échu|vencido",
            r"at the end of each|after the end of each",
        ),
        "arrears",
    ),
)
COUNTS_FROM: Phrases[str] = Phrases(
    (r"end of (?:the )?month|month[- ]end|\beom\b", "end_of_month"),
    (r"accept|abnahme|recette|aceptación", "acceptance"),
    (r"receipt|receiving|receives|received|erhalt|eingang|réception|recepción|recibo", "receipt"),
    (
        (
            r"date of (?:the |each |such |an? |applicable )?invoice",
            r"invoice[’']?s? date|invoice is dated",
            r"after (?:the )?(?:date of )?(?:each |the )?(?:invoice|billing)",
            r"of (?:the |an )?invoice",
            r"of billing|of invoicing|from (?:the )?invoice|rechnungsdatum|rechnungsstellung",
            r"date de (?:la )?facture|fecha de (?:la )?factura",
        ),
        "invoice_date",
    ),
)
REDACTED = re.compile(
    r"\[\s*\*[\s*]*\]|\[\s*(?:redacted|omitted|confidential)[^\]]{0,40}\]|[$€£]\s?_{2,}|"
    r"[$€£]\s?\[[^\]\w]*\]|\[\s*[●•]\s*\]|[$€£]\s?X{3,}|[$€£]\s?\*{2,}|\*\*\*|"
    r"(?:USD|EUR|GBP|CHF) ?_{2,}|(?<!_)_{3,} ?(?:dollars|euros?|percent|%)|\[\s{2,}\]\*?|█{2,}",
    re.IGNORECASE,
)
INSTRUCTION = re.compile(
    r"ignore (?:all |any |your |the |every )*(?:previous |prior |other |above )*"
    r"(?:rules|instructions|prompt)|system prompt|language model|"
    r"\b(?:AI|virtual|automated) (?:assistant|agent|reader)|"
    r"to any (?:assistant|program|bot|agent|AI)\b|"
    r"if you are an? (?:AI|assistant|bot|program|model)|as an? (?:AI|assistant|language)\b|"
    r"(?:assistant|agent|bot|program) (?:reading|processing|must|should|shall)\b|"
    r"without (?:human )?review|"
    r"do not (?:tell|ask|alert|notify) (?:the|any|a) (?:user|human|person|reviewer)|"
    r"\bchatbot|<\|?(?:system|im_start)",
    re.IGNORECASE,
)
