"""The words of papers by language; figures and names come from the account."""

from __future__ import annotations

_KEYS = (
    "invoice_title", "statement_title", "file_invoice", "file_statement", "to", "number", "issued",
    "due", "po", "customer", "as_of", "description", "quantity", "amount", "late", "tax", "total",
    "paid", "open", "total_open", "copy_note", "statement_note", "page", "pay_to", "holder", "bank",
    "iban", "bic", "routing", "account",
)  # fmt: skip
_ROWS: dict[str, tuple[str, ...]] = {
    "en": (
        "Invoice copy", "Statement of account", "Invoice", "Statement", "Bill to", "Invoice",
        "Invoice date", "Due", "PO", "Customer", "As of", "Description", "Quantity", "Amount",
        "Days overdue", "Tax", "Total", "Paid or credited", "Open amount", "Total open",
        "This is a copy. The amounts paid and open are those of the day shown above.",
        "Payments that reached us after this day are not included.", "Page",
        "Please pay to", "Account holder", "Bank", "IBAN", "BIC", "Routing number",
        "Account number",
    ),
    "de": (
        "Rechnungskopie", "Kontoauszug", "Rechnung", "Kontoauszug", "Rechnung an", "Rechnung",
        "Rechnungsdatum", "Fällig am", "Bestellung", "Kunde", "Stand", "Beschreibung", "Menge",
        "Betrag", "Tage überfällig", "Steuer", "Gesamtbetrag", "Gezahlt oder verrechnet",
        "Offener Betrag", "Offen gesamt",
        "Dies ist eine Kopie. Gezahlte und offene Beträge gelten für den oben genannten Tag.",
        "Zahlungen, die danach eingegangen sind, sind nicht enthalten.", "Seite",
        "Bitte zahlen Sie an", "Kontoinhaber", "Bank", "IBAN", "BIC", "Routing-Nummer",
        "Kontonummer",
    ),
    "fr": (
        "Copie de facture", "Relevé de compte", "Facture", "Relevé", "Facturé à", "Facture",
        "Date de facture", "Échéance", "Commande", "Client", "Situation au", "Description",
        "Quantité", "Montant", "Jours de retard", "Taxe", "Total", "Payé ou imputé",
        "Montant ouvert", "Total ouvert",
        "Ceci est une copie. Les montants payés et ouverts sont ceux du jour indiqué ci-dessus.",
        "Les paiements reçus après cette date ne sont pas compris.", "Page",
        "À régler à", "Titulaire du compte", "Banque", "IBAN", "BIC", "Numéro de routage",
        "Numéro de compte",
    ),
    "es": (
        "Copia de factura", "Estado de cuenta", "Factura", "Estado", "Facturado a", "Factura",
        "Fecha de factura", "Vencimiento", "Pedido", "Cliente", "A fecha de", "Descripción",
        "Cantidad", "Importe", "Días de retraso", "Impuesto", "Total", "Pagado o compensado",
        "Importe abierto", "Total abierto",
        "Esto es una copia. Los importes pagados y abiertos son los del día indicado arriba.",
        "No se incluyen los pagos recibidos después de esa fecha.", "Página",
        "Pagar a", "Titular de la cuenta", "Banco", "IBAN", "BIC", "Número de ruta",
        "Número de cuenta",
    ),
    "pt": (
        "Cópia da fatura", "Extrato de conta", "Fatura", "Extrato", "Faturado a", "Fatura",
        "Data da fatura", "Vencimento", "Encomenda", "Cliente", "Posição em", "Descrição",
        "Quantidade", "Valor", "Dias de atraso", "Imposto", "Total", "Pago ou compensado",
        "Valor em aberto", "Total em aberto",
        "Este documento é uma cópia. Os valores pagos e em aberto são os do dia acima indicado.",
        "Não estão incluídos pagamentos recebidos depois dessa data.", "Página",
        "Pagar a", "Titular da conta", "Banco", "IBAN", "BIC", "Número de roteamento",
        "Número da conta",
    ),
    "it": (
        "Copia della fattura", "Estratto conto", "Fattura", "Estratto", "Intestata a", "Fattura",
        "Data fattura", "Scadenza", "Ordine", "Cliente", "Situazione al", "Descrizione",
        "Quantità", "Importo", "Giorni di ritardo", "Imposta", "Totale", "Pagato o compensato",
        "Importo aperto", "Totale aperto",
        "Questa è una copia. Gli importi pagati e aperti sono quelli del giorno sopra indicato.",
        "I pagamenti ricevuti dopo tale data non sono compresi.", "Pagina",
        "Pagare a", "Intestatario del conto", "Banca", "IBAN", "BIC", "Numero di routing",
        "Numero di conto",
    ),
    "nl": (
        "Kopie van de factuur", "Rekeningoverzicht", "Factuur", "Overzicht", "Gefactureerd aan",
        "Factuur", "Factuurdatum", "Vervaldatum", "Inkooporder", "Klant", "Stand op",
        "Omschrijving", "Aantal", "Bedrag", "Dagen te laat", "Belasting", "Totaal",
        "Betaald of verrekend", "Openstaand bedrag", "Totaal openstaand",
        "Dit is een kopie. Betaalde en openstaande bedragen gelden op de hierboven genoemde dag.",
        "Betalingen die daarna zijn ontvangen, zijn niet verwerkt.", "Pagina",
        "Betalen aan", "Rekeninghouder", "Bank", "IBAN", "BIC", "Routingnummer", "Rekeningnummer",
    ),
    "ja": (
        "請求書（写し）", "お取引残高明細書", "Invoice", "Statement", "ご請求先", "請求書番号",
        "発行日", "お支払期日", "注文番号", "お客様", "基準日", "内容", "数量", "金額", "経過日数",
        "税", "合計", "ご入金・充当済み", "未払額", "未払合計",
        "本書は写しです。入金額と未払額は上記の日付時点のものです。",
        "上記の日付より後に届いたご入金は含まれていません。", "ページ",
        "お振込先", "口座名義", "銀行名", "IBAN", "BIC", "ルーティング番号", "口座番号",
    ),
}  # fmt: skip
WORDS: dict[str, dict[str, str]] = {
    language: dict(zip(_KEYS, row, strict=True)) for language, row in _ROWS.items()
}
