"""Dutch: papers that customers ask for."""

from __future__ import annotations

PHRASES = {
    "_we_send": (
        "(bijgevoegd|bijgaand|hierbij|in de bijlage|zie bijlage|ik stuur (u|je|hierbij)|"
        "wij sturen u|hebben (u|jullie) ~gestuurd|bijlage treft)"
    ),
    "doc.invoice_copy": (
        r"kopie* (\S+ ){{0,5}}(factu*|\S*\d\S*)?; kopiefactuur|factuurkopie*|duplicaat|pdf; "
        r"factu* (\S+ ){{0,8}}(opnieuw|nogmaals|toestuur*|toesturen|sturen|mailen|toezenden|"
        "doorsturen|nog een keer|niet ontvangen|nooit ontvangen|niet vinden|als pdf|niet "
        r"in ons|niet bekend|kopie|toegestuurd); (stuur*|mail*|zend*|ontvang*) (\S+ "
        "){{0,6}}factu*"
    ),
    "doc.statement": (
        r"rekeningoverzicht; (openstaande|overzicht|lijst) (\S+ ){{0,4}}(posten|facturen|"
        "openstaand*|rekening|saldo)*; saldo-?overzicht|openstaande-?postenlijst|"
        "rekeningafschrift|saldobevestiging"
    ),
    "doc.w9": r"w-?9; w-?8\w*",
    "doc.pod": (
        "pakbon*|leverbon*|vrachtbrief|cmr|aflever(bewijs|bon)*|leveringsbewijs|"
        "afleverbewijs|bewijs van (levering|ontvangst|aflevering); track ?(&|and|en) "
        "?trace|werkbon*"
    ),
    "doc.contract": (
        "contract*|overeenkomst|getekende offerte|opdrachtbevestiging|orderbevestiging|offerte"
    ),
    "doc.timesheet": (
        "urenstaat|urenstaten|urenoverzicht*|urenverantwoording|urenregistratie|"
        "urenspecificatie|timesheet*|urenbriefjes"
    ),
    "doc.usage": "verbruik*|gebruiks(overzicht|rapport*|gegevens|data)|gebruiksdata",
    "doc.purchase_order": "kopie (van )?(de |onze )?(inkooporder|bestelling|po|opdrachtbon)",
    "doc.bank_letter": "bankverklaring|bankbrief|bankbevestiging|verklaring van (de|uw) bank",
    "doc.bank_details": "bankgegevens|rekeningnummer|iban|betaalgegevens",
    "doc.vendor_form": (
        "leveranciers(formulier|gegevens|aanmelding|registratie|vragenlijst)*|"
        "crediteurenformulier|formulier ~ (invul*|ingevuld|retour)"
    ),
    "doc.tax_certificate": (
        "(woonplaatsverklaring|verklaring (van )?(betalingsgedrag|belasting*|"
        "arbeidsrelatie|fiscaal*|g-rekening)|kvk-?uittreksel|uittreksel|"
        "belastingverklaring|fiscale verklaring|btw-?verklaring)"
    ),
    "doc.insurance_certificate": (
        "(verzekeringsbewijs|polis*|verzekeringscertificaat|verzekeringsverklaring|bewijs "
        "van verzekering|aansprakelijkheidsverzekering|certificaat van verzekering)"
    ),
    "request_document-": (
        "betaalbewijs|betalingsbewijs|betaalspecificatie|betaalbevestiging; (gecorrigeerde|"
        "nieuwe|aangepaste) factuur"
    ),
}
