"""Dutch: what stops everything, who is not to be written to, and what only sounds like it."""

from __future__ import annotations

PHRASES = {
    "legal_threat": (
        "advoca*; jurid*; (gerechtelijk*|juridisch*|rechtsmaatregel*|rechtszaak|rechtbank|"
        "rechter|dagvaard*|procedure (tegen|starten)|kort geding|rechtsbijstand|raadsman|"
        "raadsvrouw|rechtsgang); deurwaarder; aangifte; schadevergoeding|schadeclaim; (de "
        "avg|gdpr|persoonsgegevens|privacywet|autoriteit persoonsgegevens|inzageverzoek|"
        "recht op (inzage|vergetelheid|verwijdering)|artikel (15|17)); (verwijder*|wis*|"
        r"inzage) (\S+ ){{0,5}}gegevens; aansprakelijk*; ingebrekestelling|in gebreke; "
        "intimidatie|stalking|lastig ?vallen; politie; geschillencommissie|consumentenbond|"
        "acm|ombudsman; incassobureau melden|klacht indienen bij (de )?(acm|autoriteit)"
    ),
    "legal_threat-": (
        "juridisch* (entiteit|naam|structuur)|statutaire naam|rechtspersoon|rechtsvorm"
    ),
    "insolvency_notice": (
        "faillissement*|failliet*|faillite; surseance*; curator; (schuldsanering|wsnp|"
        "bewindvoerder|insolv*|liquidat*|vereffenaar|boedel); gerechtelijke reorganisatie|"
        "gerechtelijk akkoord; (bedrijf|onderneming|activiteiten|zaak|"
        r"bedrijfsactiviteiten) (\S+ ){{0,4}}(gestaakt|beeindigd|opgeheven|gestopt|"
        r"ontbonden|stilgelegd); schuldeisers*; vordering* (\S+ )?(indienen|aanmelden|ter "
        "verificatie); ontbinding (van|bv); (in|uitstel van) (vereffening|betaling "
        "verleend|betaling aangevraagd); crediteurenakkoord"
    ),
    "bank_details_change": (
        "bankgegevens; rekeningnummer*; bankrekening*; iban; (nieuw*|gewijzigd*|ander*|"
        r"wijzig*|aangepast*|bevestig*|controler*|verifi*|klopt|juiste|verander*) (\S+ "
        "){{0,6}}(rekening|bank|iban|bankgegevens|rekeningnummer|betaalgegevens|"
        r"betalingsgegevens|banknummer); (rekening|bank|iban|betaalgegevens) (\S+ "
        "){{0,5}}(gewijzigd|veranderd|nieuw*|anders|aangepast|opgeheven|geblokkeerd|"
        "overgestapt|klopt|correct|juist); bic; (naar|op) (welk*|een ander*|deze|ons "
        r"nieuwe|onze nieuwe|mijn|het volgende) (rekening\w*|iban)~; testbetaling|"
        "proefbetaling|1 ?cent; bankverklaring|bankbrief|rekeningbevestiging; factoring|"
        "factormaatschappij|gecedeerd; tenaamstelling"
    ),
    "bank_details_change-": (
        "(onze|de|mijn) bank (heeft|weiger*|wijst|zegt|rekent|is gesloten)|bankkosten|"
        "bankafschrift*|bankdag*|bankoverschrijving|bankfeestdag; (van|vanaf) (onze|mijn) "
        "(bank)?rekening"
    ),
    "suspicious_instruction": (
        r"(negeer*|vergeet|omzeil*|sla over|overschrijf|passeer) (\S+ ){{0,6}}(instructie*|"
        "regel*|beleid|richtlijn*|opdracht*|prompt|goedkeuring*|controle*|bovenstaande|"
        "voorschrift*); (systeemprompt|systeem prompt|systeembericht|systeeminstructie); "
        "(je bent|u bent|jij bent|gedraag je als) (nu|vanaf nu|een|voortaan) ~; (voor|aan|"
        "beste|geachte|bericht aan|opmerking voor|let op|attentie) (de |het )?(ai|bot|"
        "assistent|agent|robot|taalmodel|model|kunstmatige intelligentie|"
        "geautomatiseerd*)~; (markeer*|zet|boek|registreer*|beschouw*|behandel*|meld|merk|"
        r"sluit|wijzig*|verwerk*) (\S+ ){{0,7}}(als|op|naar|aan als) (\w+ )?(betaald|"
        "voldaan|goedgekeurd|nul|0|gecrediteerd|afgehandeld|gesloten|vertrouwd); (maak|"
        r"stuur|boek|creeer|genereer) (\S+ ){{0,4}}creditnota (\S+ ){{0,8}}(direct|"
        "onmiddellijk|zonder|automatisch|en bevestig|nu)~; zonder (goedkeuring|toestemming|"
        "overleg|controle|medeweten|tussenkomst)~; (stuur*|toon|geef|lijst|mail|exporteer|"
        r"verstrek*|deel) (\S+ ){{0,6}}(alle|andere|lijst van|wachtwoord*|database) (\w+ "
        ")?(klanten|klantgegevens|facturen|saldi|debiteuren|gegevens|rekeningen)?; "
        "(wachtwoord|inloggegevens|api-?sleutel|cadeaubon*|cadeaukaart*); nieuwe "
        r"(instructie|prioriteit|regel|opdracht)\w*~; (antwoord|bevestig|reageer) (\w+ "
        r")?(alleen |enkel )?met \W{{0,2}}(ok|ja|bevestigd|gedaan|akkoord|klaar); "
        r"(verwijder*|schakel|deactiveer*|wis) (\S+ ){{0,5}}(herinnering\w*|automat\w*|"
        "schuld|historie|dossier|facturen)~(uit|direct|onmiddellijk|zonder|systeem); "
        "kredietlimiet"
    ),
    "suspicious_instruction-": (
        r"(negeer*|vergeet) (\w+ )?(mijn|deze|onze|dit|de|die|uw) (\w+ )?(vorige |eerdere |"
        "laatste )?(mail|e-?mail|bericht|herinnering|email)~; betaalinstructie*|"
        "leverinstructie*"
    ),
    "stop_contact": (
        r"(stop*|hou* op|houd op|kap|staak*) (\S+ ){{0,4}}(mail*|stur*|contact*|schrijv*|"
        "bell*|herinner*|spam*|lastig*|benader*|bericht*|e-?mail*); (stuur|stuurt|mail|"
        r"mailt|contacteer|schrijf|benader|bel|val) (\S+ ){{0,4}}(niet|geen|nooit) (\w+ "
        r")?(meer|mails?|berichten|herinneringen|langer)~; (geen|niet|niets) (\S+ "
        r"){{0,4}}(meer|verdere) (\w+ )?(e-?mails?|mails?|berichten|contact|herinneringen|"
        "ontvangen|gemaild|benaderd|gecontacteerd|te mailen|te contacteren|horen|"
        r"telefoontjes)*; (wil|wens|willen|wensen) (\S+ ){{0,4}}(geen|niet) (\S+ "
        "){{0,5}}(mail*|bericht*|ontvang*|benader*|contact*|herinner*|gemaild); "
        r"(uitschrijv*|afmeld*|uitgeschreven|afgemeld); (verwijder*|haal|schrap*|wis) (\S+ "
        "){{0,6}}(lijst*|adres|mailing*|bestand|contact*|mij|ons|e-?mailadres|database); "
        r"laat (mij|ons|me) (\w+ )?met rust; spam; ^\W*stop\W*$"
    ),
    "stop_contact-": (
        "geen (factuur|mail|levering|antwoord|creditnota|bestelling|herinnering|bericht|"
        r"e-?mail|goederen) (\w+ )?(ontvangen|gekregen|gezien|binnen)"
    ),
    "wrong_person": (
        r"(verkeerd*|onjuist*|foute?) (\w+ )?(persoon|adres|e-?mail*|contact*|afdeling|"
        r"bedrijf|mailadres|nummer|ontvanger); niet (\w+ )?(meer |langer )*(\w+ )?(werkzaam|"
        "de juiste|verantwoordelijk|bij (ons|dit|de|deze)|in dienst|mijn afdeling|aan het "
        "juiste|mijn (taak|verantwoordelijkheid)|voor mij|de contactpersoon|over|werk*|ons "
        r"bedrijf|klant)~; werk* (\S+ ){{0,4}}niet meer~; (heeft|heb|is|ben) (\S+ "
        "){{0,5}}(verlaten|uit dienst|vertrokken|gestopt bij|weg bij|met pensioen)~; uit "
        r"dienst; (neem|contact|richt*|stuur*|mail*|wend*|benader*|verwijs*) (\S+ "
        r"){{0,10}}(op met|opnemen met|naar \S+@\S+|tot|aan \S+@\S+|\S+@\S+|naar (onze|de|"
        r"mijn) (\w+ )?(boekhouding|afdeling|collega|administratie|crediteuren*|opvolger|"
        r"hoofdkantoor)); (nieuwe|juiste|correcte) (\w+ )?(contactpersoon|contact|adres|"
        "e-?mailadres|mailadres|persoon)~; (opvolger|collega|vervanger) ~(is|behandelt|"
        r"doet|\S+@|neemt)~; gepensioneerd; (ken|kennen) (u|jullie|dit|deze|ik|wij|we) "
        r"(bedrijf )?niet~; ik (zit|werk) (bij|in|op) (\w+ )?(marketing|verkoop|magazijn|"
        "receptie|hr|it)~"
    ),
    "wrong_person-": (
        r"(verkeerd*|onjuist*|foute?) (\w+ )?(prijs|bedrag|factuur|aantal|btw*|artikel*|"
        "product*|rekening*|entiteit|tenaamstelling|valuta|factuuradres|bedrijfsnaam|"
        "levering)"
    ),
}
