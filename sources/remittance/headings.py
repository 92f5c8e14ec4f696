"""What columns and labels of advices are called, in seven languages."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Column(StrEnum):
    """What a column of a table tells about a document, or about the payment."""

    REFERENCE = "reference"
    PAID = "paid"
    AMOUNT = "amount"
    GROSS = "gross"
    DISCOUNT = "discount"
    DEDUCTION = "deduction"
    REASON = "reason"
    CURRENCY = "currency"
    PAYMENT = "payment"
    PAID_ON = "paid_on"
    PAYER = "payer"


_NAMES: dict[Column, str] = {
    Column.REFERENCE: """
        invoice|invoice number|invoice no|invoice nr|invoice num|invoice id|invoice ref|inv|inv no
        |inv number|inv nbr|invoice nbr|invoice reference|document|document number|document no
        |doc no|doc number|bill number|bill no|your reference|your ref|supplier invoice
        |supplier invoice number|vendor invoice|vendor invoice number|reference|reference number
        |ref|ref no|rechnung|rechnungsnummer|rechnungsnr|rechnungs nr|rechnung nr|re nr|beleg
        |belegnummer|belegnr|beleg nr|ihre rechnung|ihre referenz|ihre belegnummer|facture
        |numero de facture|no facture|n facture|no de facture|numero facture|n de facture|piece
        |votre reference|factura|numero de factura|no factura|n factura|num factura|no de factura
        |n de factura|documento|fattura|numero fattura|n fattura|nr fattura|factuur
        |factuurnummer|factuur nr|factuurnr|fatura|numero da fatura|numero da nota
        |nota fiscal""",
    Column.PAID: """
        paid|amount paid|paid amount|payment amount|net|net amount|net paid|net amount paid
        |amount remitted|remitted|payment|applied|amount applied|net payment|zahlbetrag|bezahlt
        |gezahlt|zahlungsbetrag|nettobetrag|netto|uberweisungsbetrag|gezahlter betrag
        |montant paye|montant regle|paye|regle|net paye|net a payer|montant net|importe pagado
        |pagado|monto pagado|importe neto|neto|importo pagato|pagato|netto pagato|importo netto
        |betaald|betaald bedrag|nettobedrag|valor pago|pago|valor liquido|liquido""",
    Column.AMOUNT: """
        amount|amt|value|total|sum|betrag|summe|montant|importe|monto|importo|bedrag|valor""",
    Column.GROSS: """
        gross|gross amount|invoice amount|invoice total|invoice value|original amount|inv amt
        |inv amount|amount due|document amount|open amount|balance|rechnungsbetrag
        |rechnungssumme|brutto|bruttobetrag|belegbetrag|montant facture|montant de la facture
        |montant brut|brut|montant ttc|ttc|importe factura|importe de la factura|importe bruto
        |bruto|importe original|importo fattura|importo lordo|lordo|factuurbedrag|brutobedrag
        |valor da fatura|valor bruto""",
    Column.DISCOUNT: """
        discount|discount taken|discount amount|disc|cash discount|early payment discount
        |prompt payment discount|skonto|skontobetrag|skontoabzug|escompte|remise|descuento
        |descuento por pronto pago|pronto pago|sconto|korting|betalingskorting|desconto""",
    Column.DEDUCTION: """
        deduction|deductions|deducted|short pay|shortpay|adjustment|adjustments|adjustment amount
        |chargeback|withholding|withheld|deduction amount|abzug|abzuge|kurzung|einbehalt|minderung
        |deductions|retenue|deduction faite|ajustement|deduccion|deducciones|retencion|ajuste
        |detrazione|ritenuta|trattenuta|inhouding|aftrek|deducao|retencao""",
    Column.REASON: """
        reason|reason code|deduction reason|deduction code|adjustment reason|adjustment code
        |remarks|remark|comment|comments|note|notes|grund|abzugsgrund|kurzungsgrund|bemerkung
        |motif|motivo|causale|reden|code""",
    Column.CURRENCY: """
        currency|curr|ccy|currency code|wahrung|devise|moneda|divisa|valuta|munt|moeda""",
    Column.PAYMENT: """
        payment number|payment no|payment reference|payment ref|payment id|check|check number
        |check no|check #|cheque number|cheque no|cheque|eft number|eft no|eft|ach number|trace
        |trace number|trace no|wire reference|wire number|transaction|transaction id
        |transaction number|transaction reference|remittance number|remittance no|remittance id
        |remittance reference|remittance advice number|confirmation number|end to end id
        |end to end reference|zahlungsnummer|zahlungsreferenz|zahlungsbeleg|zahlung nr
        |schecknummer|scheck nr|transaktionsnummer|avisnummer|avis nr|reference de paiement
        |numero de paiement|reference du virement|numero de cheque|reference virement
        |referencia de pago|numero de pago|numero de transferencia|referencia de transferencia
        |riferimento pagamento|numero pagamento|betalingskenmerk|betaalreferentie
        |referencia do pagamento""",
    Column.PAID_ON: """
        payment date|paid on|date paid|date of payment|check date|cheque date|value date|pay date
        |remittance date|settlement date|zahlungsdatum|valuta datum|valutadatum|zahltag
        |date de paiement|date paiement|date du virement|fecha de pago|fecha pago
        |data pagamento|data di pagamento|betaaldatum|data de pagamento""",
    Column.PAYER: """
        payer|payer name|paid by|from|customer|customer name|remitter|company|sender|zahler|absender
        |auftraggeber|payeur|emetteur|donneur d ordre|ordenante|pagador|ordinante|pagatore
        |betaler|pagante""",
}
_TOTALS = """
total|totals|grand total|sum|total paid|total payment|total amount|payment total|total remitted
|total amount paid|amount of payment|net total|check amount|cheque amount|payment amount|wire amount
|amount paid|gesamt|summe|gesamtsumme|gesamtbetrag|zahlbetrag|uberweisungsbetrag|insgesamt
|total general|montant total|total paye|montant du virement|total a payer|importe total
|total pagado|importe de la transferencia|monto total|totale|importo totale|totale pagato|totaal
|totaalbedrag|valor total|total pago
"""


def label(text: str) -> str:
    """A heading as it is compared: no accents, no case, words with one blank between them."""
    plain = unicodedata.normalize("NFKD", text.replace("№", " no ").replace("n°", "n "))
    bare = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.sub(r"[^a-z0-9#]+", " ", bare.replace("#", " no ")).split())[:80]


def _listed(names: str) -> frozenset[str]:
    return frozenset(label(name) for name in names.split("|"))


_COLUMNS = {name: kind for kind, names in _NAMES.items() for name in _listed(names)}
_TOTAL_WORDS = _listed(_TOTALS)
_WEAK = _listed(
    "document|document number|document no|doc no|doc number|reference|reference number|ref|ref no"
    "|beleg|belegnummer|belegnr|beleg nr|piece|documento"
)
_UNIT = re.compile(r"\s*(?:\((?P<in>[A-Z]{3})\)|\bin (?P<word>[A-Z]{3})|\b(?P<code>[A-Z]{3}))\s*$")


def column_of(heading: str) -> Column | None:
    """What a heading names, with or without a currency after it ("Amount (USD)")."""
    if len(heading) > 80:
        return None
    kind = _COLUMNS.get(label(heading))
    return kind or _COLUMNS.get(label(_UNIT.sub("", heading)))


def may_be_their_own(heading: str) -> bool:
    """Whether a column of documents may carry the payer's own numbers beside ours."""
    return label(heading) in _WEAK


def unit_of(heading: str) -> str:
    """The currency code at the end of a heading, if any."""
    match = _UNIT.search(heading)
    return (match["in"] or match["word"] or match["code"]) if match else ""


def is_total(text: str) -> bool:
    """Whether a text says that a sum stands beside it."""
    return len(text) <= 80 and label(text) in _TOTAL_WORDS
