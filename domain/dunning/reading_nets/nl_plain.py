"""Dutch in plain words: the same matters as a second and a third writer would put them."""

from __future__ import annotations

PHRASES = {
    "_if": (
        r"(stuur|mail|geef|corrigeer|herstel)( \S+){{0,6}} (dan|en) (betal\w+|maken?|krijgt?|"
        r"gaat?|komt?)~; geen \w+,? geen (geld|betaling)~; (zodra|wanneer|als|nadat|zo "
        r"gauw)~(ontvang\w+|hebben|heb|is|zijn|betaalt|binnen|akkoord|gecorrigeerd|geleverd)~; "
        "pas (als|na|wanneer)~"
    ),
    "_perhaps": (
        r"hopelijk|hopen|hoop; zo snel mogelijk|zsm; binnenkort; probeer\w*|proberen; als het "
        "(even )?kan; wanneer (ik|we|het) kan~; we zien wel; ooit"
    ),
    "_courtesy": "zo snel mogelijk",
    "promise": (
        r"komt eraan\b~; (komt|volgt|gaat) (snel|binnenkort|deze week|volgende week|morgen|"
        r"vrijdag|maandag|dinsdag|woensdag|donderdag)\b~; (maken?|boeken?|betalen?|voldoen|"
        r"voldoe)( \S+){{0,5}} (over|morgen|vrijdag|maandag|dinsdag|woensdag|donderdag|volgende "
        r"week|deze week)\b~; (staat|zit|gaat)( \S+){{0,4}} (op (uw|jullie|je) rekening|in de "
        r"(betaal\w+|run|batch)|mee)\b~; (gaan|zullen|zal|ga)( \S+){{0,5}} (betalen|overmaken|"
        r"voldoen|regelen)\b~; (wordt|worden)( \S+){{0,5}} (betaald|overgemaakt|voldaan)\b~; "
        r"(we|wij|ik) (betalen|betaal|voldoen|maken)( \S+){{0,3}} (zo snel mogelijk|zsm|"
        r"binnenkort|spoedig)\b~"
    ),
    "promise-": "(was|is) (al )?(gisteren|vorige week) ~",
    "already_paid": (
        r"(gisteren|vanmorgen|vorige week|vorige maand|op \d+ \w+|reeds|al|maandag|dinsdag|"
        r"vandaag)( \S+){{0,3}} (betaald|overgemaakt|voldaan|afgeschreven|overgeboekt)\b~; (is|"
        r"werd|hebben|heb)( \S+){{0,5}} (betaald|overgemaakt|voldaan|afgeschreven|"
        r"overgeboekt)\b~"
    ),
    "already_paid-": (
        r"(wordt|worden|zal|nog niet|niet|moet|kan)( \S+){{0,6}} (betaald|overgemaakt|"
        "voldaan)~; zodra ~; dubbel betaald~"
    ),
    "hardship": (
        r"(krap|slecht|niet goed) (bij kas|bij kaas)\b~; (geen|nauwelijks|gebrek aan) (geld|"
        r"liquiditeit|middelen|cash)\b~; (zitten|zit|gaat het)( \S+){{0,2}} (krap|slecht|"
        "moeilijk|zwaar|aan de grond)~; moeilijke (tijd|periode|maanden)~"
    ),
    "stop_contact": (
        r"(stop|hou|houd|stoppen|schei)( \S+)? (met|op met|uit met)( \S+)? ?(mailen|bellen|"
        "schrijven|sturen|appen|lastigvallen|herinneringen|die mails)~; (mail|bel|schrijf|"
        r"stuur|benader|contacteer)( \S+){{0,2}} (niet|nooit|geen)( \S+){{0,2}} (meer|mails?|"
        r"herinneringen)\b~; (haal|verwijder|schrap)( \S+){{0,3}} (uit|van)( \S+){{0,3}} (lijst|"
        r"bestand|mailing\w*|systeem)~; laat (me|mij|ons) met rust~; geen (mails?|berichten|"
        r"telefoontjes) meer~; geen contact (meer|opnemen)~; (neem|zoek)( \S+){{0,2}} geen "
        r"contact~; niet (meer|langer|weer) (\w+ )?(mailen|bellen|schrijven|benaderen|"
        r"contacteren|lastigvallen|appen)~; (wil|willen)( \S+){{0,3}} (geen|niets|niks)( "
        r"\S+){{0,3}} (mails?|horen|contact|ontvangen)~"
    ),
    "wrong_person": (
        r"(daar|dat|dit) ga ik niet over\b~; (werk|werkt|werken) (\S+ )?(hier|daar|er|bij)?( "
        r"\S+)? ?(niet|nooit) (meer|langer)~; verkeerde (persoon|afdeling|adres|jansen|"
        r"contact\w*)\b~; (niets|niks) (mee )?te maken~; (collega|boekhouding|administratie)( "
        r"\S+){{0,3}} (doet|regelt|behandelt|gaat)( \S+){{0,2}} ?(dit|dat|over)?~"
    ),
    "wrong_person-": r"verkeerde (goederen|artikel\w*|kleur|maat|prijs|bedrag|aantal|product\w*)~",
    "credit_request": (
        r"(verrekenen|verreken|verrekend|in mindering|aftrekken|trek)( \S+){{0,4}} (credit\w*|"
        r"tegoed|aanbetaling|korting|af)?\b~; (crediteer|crediteren|creditnota (sturen|maken|"
        r"opstellen|graag)|creditfactuur)\b~; (terugbetal\w+|terugstort\w+|restitutie)\b~; "
        "(dubbel|te veel|twee keer) (betaald|overgemaakt)~"
    ),
    "extension_request": (
        r"(mogen|mag|kunnen|kan|krijgen|krijg)( \S+){{0,3}} (een |nog |iets |wat )?(week|weken|"
        r"maand|dagen|langer|uitstel|meer tijd|later)( \S+)? ?(langer|later|uitstel|"
        r"extra)?\b~\?; (uitstel|respijt|meer tijd|extra tijd)\b~"
    ),
    "bank_details_change": (
        r"(rekeningnummer|iban|bank|rekening)( \S+){{0,4}} (gewijzigd|veranderd|anders|ander|"
        r"nieuw|verschillend|afwijk\w+|klopt)~; (ander|nieuw|verschillend|gewijzigd)\w* "
        r"(rekeningnummer|iban|bank\w*|rekening)~"
    ),
    "complaint": (
        "(waardeloze?|slechte?|belabberde?|beroerde?|abominabele?) (service|klantenservice|"
        "communicatie|bejegening)~; (al weer|alweer|weer) een (herinnering|aanmaning|mail)~; "
        r"(schandalig|schandelijk|belachelijk|onbeschoft|onbehoorlijk)\w*\b"
    ),
    "other": (
        r"(fijne (feestdagen|kerst|vakantie)|gelukkig nieuwjaar|prettige feestdagen)\b~; (we "
        r"zijn verhuisd|nieuw adres|gaan verhuizen)\b~; (verkeerde mail|verkeerd verstuurd|was "
        r"niet voor u)~; offerte voor (nog|\d+|nieuwe)~"
    ),
    "why.duplicate": (
        "(dubbel|twee keer|tweemaal) (ontvangen|gekregen|gefactureerd|berekend|gestuurd|in "
        "rekening)~"
    ),
    "request_document-": "dubbel ontvangen~",
    "doc.invoice_copy-": "dubbel ontvangen~",
    "submission_requirement": (
        "zonder (inkoopnummer|bestelnummer|po|ordernummer|referentie|kostenplaats)( "
        r"\S+){{0,5}} (niet|geen)( \S+){{0,3}}~"
    ),
}
