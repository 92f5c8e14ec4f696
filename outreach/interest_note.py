"""A sentence on statutory interest, where the policy enables it: written by code, never by a model.

It states what has accrued and threatens nothing; the amounts a letter asks for stay without it.
"""

from __future__ import annotations

from datetime import date

from domain.dunning.interest import InterestClaim
from outreach.wording import amount, day, language_of, locale_of, shown_reference

_COMMA = frozenset({"de", "fr", "es", "pt", "it", "nl"})
_WORDS = {
    "en": "Under the statutory rules on late payment, invoice {number} has gathered {interest} of"
    " interest ({rate} % a year){fixed} up to {day}. This is not part of the amounts shown here.",
    "de": "Nach den gesetzlichen Regeln über den Zahlungsverzug sind auf Rechnung {number} bis zum"
    " {day} Zinsen von {interest} ({rate} % im Jahr){fixed} angefallen. Sie sind in den genannten"
    " Beträgen nicht enthalten.",
    "fr": "Selon les règles légales sur les retards de paiement, la facture {number} a produit au"
    " {day} des intérêts de {interest} ({rate} % par an){fixed}. Ils ne sont pas compris dans les"
    " montants indiqués.",
    "es": "Según las normas legales sobre morosidad, la factura {number} ha devengado hasta el"
    " {day} intereses por {interest} ({rate} % anual){fixed}. No están incluidos en los importes"
    " indicados.",
    "pt": "Nos termos da lei sobre atrasos de pagamento, a fatura {number} venceu até {day} juros"
    " de {interest} ({rate} % ao ano){fixed}. Não estão incluídos nos montantes indicados.",
    "it": "Secondo le norme sui ritardi di pagamento, sulla fattura {number} sono maturati fino al"
    " {day} interessi di {interest} ({rate} % annuo){fixed}. Non sono compresi negli importi"
    " indicati.",
    "nl": "Volgens de wettelijke regels over te late betaling is op factuur {number} tot en met"
    " {day} {interest} rente ({rate} % per jaar){fixed} ontstaan. Dit is niet begrepen in de"
    " genoemde bedragen.",
    "ja": "支払遅延に関する法令により、請求書{number}には{day}までに利息{interest}"
    " (年率 {rate} %) {fixed}が発生しています。上記の金額には含まれていません。",
}
_FIXED = {
    "en": " and a fixed sum of {}",
    "de": " und eine Pauschale von {}",
    "fr": " et une indemnité forfaitaire de {}",
    "es": " y una cantidad fija de {}",
    "pt": " e um montante fixo de {}",
    "it": " e un importo fisso di {}",
    "nl": " en een vast bedrag van {}",
    "ja": "および定額{}",
}


def interest_note(claim: InterestClaim, language: str, country: str, today: date) -> str:
    """What one invoice has gathered by `today`, in the language of the letter."""
    spoken = language_of(language)
    locale = locale_of(spoken, country)
    fixed = _FIXED[spoken].format(amount(claim.fixed, locale)) if claim.fixed else ""
    return _WORDS[spoken].format(
        number=shown_reference(claim.number),
        interest=amount(claim.interest, locale),
        rate=_rate(claim.basis_points, comma=spoken in _COMMA),
        fixed=fixed,
        day=day(today, locale),
    )


def _rate(basis_points: int, *, comma: bool) -> str:
    """ "10.4" or "10,4": no more digits than are needed."""
    text = f"{basis_points // 100}.{basis_points % 100:02}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if comma else text
