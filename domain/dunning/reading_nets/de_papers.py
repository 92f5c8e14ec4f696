"""German: papers that customers ask for."""

from __future__ import annotations

PHRASES = {
    "_we_send": (
        "(anbei|beigefugt|im anhang|angehangt|hiermit|hier ist|hier finden); (wir|ich) "
        "(sende*|schicke*|ubersende*) (ihnen|euch|die|den|das|es)~; (sende|schicke|"
        "ubersende)n? (wir|ich) (ihnen)?; werden (wir )?~ (senden|zusenden|schicken)"
    ),
    "doc.invoice_copy": (
        r"rechnungskopie*; kopie* (\S+ ){{0,5}}(rechnung*|re\S*|davon|\S*\d\S*|der|dieser)?;"
        r" rechnung* (\S+ ){{0,6}}(nochmal*|erneut|noch einmal|als pdf|per mail|per e-?mail|"
        "zusenden|zuschicken|schicken|senden|mailen|ubersenden|nicht (erhalten|vor|da|"
        "eingegangen|gefunden|finden|bekommen)|zukommen|nie (erhalten|bekommen)|zur "
        r"verfugung|weiterleiten|in kopie); (senden|schicken|ubersenden|mailen) sie (\S+ "
        "){{0,5}}rechnung*; rechnungsduplikat|originalrechnung; pdf"
    ),
    "doc.statement": (
        r"kontoauszug*(?! (prufen|kontrollier))\b; (offene-?posten|op)(-liste|liste| liste| "
        r"aufstellung)?; (aufstellung|ubersicht|liste|auflistung) (\S+ ){{0,3}}(offen\w*|"
        "rechnungen|posten|aller); saldenliste|saldenbestatigung|saldenmitteilung|"
        "kontoblatt|kontenabstimmung; alle offenen (rechnungen|posten)"
    ),
    "doc.w9": r"w-?9; w-?8\w*",
    "doc.pod": (
        "lieferschein*; liefernachweis*; ablieferbeleg|abliefernachweis|"
        "ablieferungsnachweis; zustellnachweis; empfangsbestatigung|empfangsquittung; "
        "sendungsnummer|trackingnummer|sendungsverfolgung; frachtbrief|cmr; "
        r"abnahmeprotokoll; unterschriebene\w* (lieferschein|empfang*)"
    ),
    "doc.contract": (
        "vertrag*(kopie)?; rahmenvertrag*; auftragsbestatigung; vereinbarung; angebot*; agb"
    ),
    "doc.timesheet": (
        "stundennachweis*; stundenzettel; zeitnachweis*; tatigkeitsnachweis*; "
        "leistungsnachweis*; stundenaufstellung; zeiterfassung; arbeitsnachweis*; rapport*"
    ),
    "doc.usage": (
        "nutzungs(bericht|daten|nachweis|ubersicht|aufstellung)*; verbrauchs(daten|"
        "nachweis|bericht|aufstellung|ubersicht)*; verbrauch*|nutzungsdaten"
    ),
    "doc.purchase_order": (
        "(kopie|scan|unsere|die) (der |unserer )?bestellung; bestellkopie; auftragskopie"
    ),
    "doc.bank_letter": (
        "bankbestatigung; bankschreiben; bestatigung (der|ihrer|von der) bank; kontobestatigung"
    ),
    "doc.bank_details": "bankverbindung*; kontoverbindung*; bankdaten; kontodaten; iban; bic",
    "doc.vendor_form": (
        "lieferanten(formular|stammblatt|fragebogen|anlage|selbstauskunft|registrierung|"
        "auskunft|stammdaten*)*; kreditorenformular|kreditorenstammblatt|stammdatenblatt|"
        "selbstauskunft; formular ~ (ausfull*|ausgefull*|zuruck*)"
    ),
    "doc.tax_certificate": (
        "freistellungsbescheinigung*; steuerbescheinigung*; ansassigkeitsbescheinigung*; "
        "unbedenklichkeitsbescheinigung*; unternehmerbescheinigung*; "
        "umsatzsteuer-?bescheinigung; handelsregisterauszug|48b|13b-bescheinigung"
    ),
    "doc.insurance_certificate": (
        "versicherung(snachweis|sbestatigung|spolice|sschein|szertifikat)*; nachweis ~ "
        "(haftpflicht|versicherung); haftpflicht*"
    ),
    "request_document-": (
        r"(prufen|sehen|schauen|kontrollieren) (sie )?(\S+ ){{0,3}}kontoauszug*; "
        "zahlungsavis*|zahlungsnachweis; korrigierte rechnung; neue rechnung; (zahl*|"
        "uberweis*) sie"
    ),
}
