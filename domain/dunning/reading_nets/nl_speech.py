"""Dutch as it is spoken: idioms, clipped sentences, polite detours."""

from __future__ import annotations

PHRASES = {
    "promise": (
        r"(betaling|overboeking|geld|bedrag|factuur) (\S+ )?(staat (klaar|gepland|ingepland)|"
        "gaat|komt|volgt|wordt|is ingepland|is gepland|vertrekt) ~(uit|de deur|mee|op|vrijdag|"
        "maandag|dinsdag|woensdag|donderdag|morgen|betaald|overgemaakt|voldaan|eind|voor)~; "
        r"(we|wij|ik) (betalen|betaal|maken|maak|boeken|voldoen|zullen|zal|gaan) (\S+ "
        "){{0,5}}(over|betalen|overmaken|voldoen|vrijdag|maandag|dinsdag|woensdag|donderdag|"
        r"morgen|eind|binnenkort|zodra|volgende|deze|op \d)\b; (wordt|worden) (\S+ "
        r"){{0,5}}(betaald|overgemaakt|voldaan|geboekt|vereffend)\b; (u|je|jullie) (krijgt|"
        r"krijgen|ontvangt|ontvangen|hebt) (\S+ ){{0,3}}(geld|betaling|het|bedrag) ~; (zo snel "
        r"mogelijk|zsm|binnenkort|spoedig) (\S+ ){{0,3}}(betaal|betalen|betaald|overmaken|"
        r"voldoen)~; (betaaldatum|betaalrun|betaalronde|betaalbatch)\b~; betaling (volgt|is "
        "onderweg)~"
    ),
    "already_paid": (
        r"(is|zijn|werd|hebben|heb|was) (\S+ ){{0,6}}(al |reeds |allang |inmiddels )(\S+ "
        r"){{0,4}}(betaald|overgemaakt|voldaan|afgeschreven|geboekt)\b; (betaald|overgemaakt|"
        r"voldaan|afgeschreven) (op \d|gisteren|vorige|sinds|afgelopen)~; (al|reeds|allang) "
        r"(betaald|overgemaakt|voldaan|geregeld)\b; (hebben|heb) (\S+ ){{0,5}}(betaald|"
        r"overgemaakt|voldaan)\b~; (kijk|controleer) (\S+ )?(nog eens |even )?(bij uw bank|uw "
        "rekening|uw administratie|bankafschrift)~"
    ),
    "already_paid-": (
        r"(niet|nog niet|nooit|zodra|als|wanneer) (\S+ ){{0,4}}(betaald|overgemaakt|voldaan|"
        r"ontvangen); (wordt|worden|zal|zullen) (\S+ ){{0,6}}(betaald|overgemaakt|voldaan)\b; "
        "(dubbel|twee keer|te veel) betaald"
    ),
    "dispute": (
        r"(bedrag|factuur|rekening|prijs|totaal|nota|dit|er) (\S+ ){{0,4}}(klopt|kloppen) (\S+ "
        r")?(niet|niets|geen)\b~; (betwist|betwisten|bezwaar|oneens|niet akkoord|niet mee eens|"
        r"protest|accepteren (\S+ )?niet|erkennen (\S+ )?niet|weigeren te betalen|betalen (\S+ "
        r")?niet voordat|onterecht|onjuist|foutief|foutieve|fout op)\b; (corrigeer|crediteer|"
        r"herzie|trek|annuleer|pas) (\S+ ){{0,4}}(factuur|nota|bedrag|aan|in)\b; (gecorrigeerde|"
        r"nieuwe|aangepaste|juiste) factuur; (gaan|ga) (\S+ ){{0,3}}niet betalen"
    ),
    "dispute-": (
        r"na ontvangst (\S+ ){{0,3}}(gecorrigeerde|nieuwe|juiste) factuur; klanten betalen (\S+ "
        ")?niet"
    ),
    "why.pricing": (
        r"(prijs|tarief|uurtarief|bedrag|kosten) (\S+ ){{0,6}}(afgesproken|overeengekomen|"
        r"offerte|hoger|te hoog|anders|niet|verkeerd|geoffreerd)\b; (afgesproken|offerte|"
        r"overeengekomen) (\S+ ){{0,5}}\d~; korting (\S+ ){{0,5}}(niet|ontbreekt|vergeten|"
        r"beloofd|toegepast)\b; te veel (gerekend|gefactureerd|berekend)"
    ),
    "why.quantity": (
        r"(missen|mist|ontbreken|ontbreekt|tekort) (\S+ ){{0,3}}(\d+|een|twee|drie|vier|vijf|"
        r"dozen|stuks|pallets?|onderdelen)~; (maar|slechts|alleen) (\S+ )?\d+ (\S+ "
        r"){{0,3}}(ontvangen|geleverd|gekregen|van de|stuks|in plaats)~; \d+ (\S+ )?(in plaats "
        r"van|en niet|ipv) (de )?\d+"
    ),
    "why.not_received": (
        r"(nooit|niet|nog steeds niets|niets) (\S+ ){{0,3}}(ontvangen|geleverd|aangekomen|"
        r"gekregen|geinstalleerd|uitgevoerd)\b~(goederen|bestelling|levering|pakket|spullen)?; "
        r"(goederen|bestelling|levering|pakket|spullen|zending|monteur) (\S+ ){{0,4}}(nooit|"
        r"niet) (\S+ )?(ontvangen|geleverd|aangekomen|gekomen|gekregen|binnen)\b; wachten (\S+ "
        "){{0,3}}op (de |onze )?(levering|goederen|bestelling|monteur|onderdelen)"
    ),
    "why.not_received-": (
        r"(factuur|mail|e-?mail|herinnering|kopie|creditnota|antwoord|bericht) (\S+ "
        r"){{0,4}}(nooit|niet) (\S+ )?(ontvangen|gekregen|binnen|aangekomen)\b; (nooit|niet|"
        r"geen) (\S+ ){{0,3}}(factuur|mail|herinnering|kopie|creditnota|antwoord) (\S+ "
        ")?(ontvangen|gekregen|gezien)?"
    ),
    "why.quality": (
        r"(defect|kapot|beschadigd|gebrekkig|slechte kwaliteit|werkt (\S+ )?niet|werken (\S+ "
        r")?niet|lek|stuk\b|verkeerde (kleur|maat|spullen|onderdelen)|ondeugdelijk|gebroken|nat "
        r"geworden|teruggestuurd|geretourneerd|retour gestuurd)\w*\b(?! (hier|bij|meer (bij|"
        "hier)))"
    ),
    "why.quality-": (
        r"(link|site|portaal|pagina) (\S+ ){{0,3}}werkt (\S+ )?niet; (werkt|werk|werken) (\S+ "
        "){{0,3}}niet (meer )?(hier|bij|daar)|(hier|daar) niet meer"
    ),
    "why.cancelled": (
        r"(opgezegd|geannuleerd|beeindigd|stopgezet|ontbonden)\b~; opzegging (\S+ "
        r"){{0,4}}(gestuurd|per|van|bevestigd)\b"
    ),
    "why.wrong_entity": (
        "(verkeerde|andere|ander) (bedrijf|entiteit|bv|vennootschap|tenaamstelling|naam|"
        r"onderneming|juridische)\b; (hoort|bestemd|moet) (\S+ ){{0,4}}(dochter|zuster|moeder|"
        r"andere bv|op naam van)~; tenaamstelling (\S+ ){{0,3}}(onjuist|klopt|verkeerd|moet)"
    ),
    "why.terms": (
        r"(betaaltermijn|betalingstermijn|termijn) (\S+ ){{0,5}}\d+ dagen; nog niet (vervallen|"
        r"verlopen|opeisbaar|verschuldigd)\b; (vervalt|vervaldatum) (\S+ )?(pas|is)~; \d+ dagen "
        "(afgesproken|overeengekomen|volgens|na|einde)~"
    ),
    "why.not_ordered": (
        r"(nooit|niet|niemand|wie heeft) (\S+ ){{0,3}}(besteld|aangevraagd|gekocht|opdracht|"
        r"afgenomen|getekend)\b"
    ),
    "why.late_fee": (
        "(rente|aanmaningskosten|incassokosten|boete|herinneringskosten|"
        r"administratiekosten)\w*~~(niet|geen|kwijtschel\w*|schrap\w*|verwijder\w*|onterecht|"
        r"weiger\w*)"
    ),
    "why.tax": (
        r"(btw|belasting|verlegd) (\S+ ){{0,5}}(verkeerd|niet|verlegd|vrijgesteld|onjuist|"
        r"ontbreekt|\d+ ?%|klopt)\b"
    ),
    "why.duplicate": (
        r"(dubbel|twee keer|tweemaal|al eerder) (\S+ ){{0,2}}(gefactureerd|factuur|in rekening|"
        r"berekend|ontvangen|geboekt)\b; dubbele factuur"
    ),
    "why.credit_not_applied": (
        r"(creditnota|creditfactuur|aanbetaling|voorschot|tegoed|credit) (\S+ ){{0,6}}(niet|"
        r"ontbreekt|beloofd|vergeten|nog|verrekend|nooit|toegezegd)\b"
    ),
    "why.unapproved_work": (
        r"(niemand|niet|zonder|nooit) (\S+ ){{0,3}}(goedgekeurd|toestemming|akkoord|opdracht|"
        r"geautoriseerd) ~(werk|uren|meerwerk|extra|bezoek)\w*; (meerwerk|extra uren|extra "
        "werk)~(niet|nooit|niemand|zonder|geen)"
    ),
    "why.currency": (
        "(dollars?|euro'?s?|ponden|usd) (in plaats van|ipv|en niet|niet) (in )?(dollars?|"
        "euro'?s?|ponden|usd)"
    ),
    "request_document": (
        "(stuur|sturen|stuurt|mailen|mail|opsturen|toesturen|doorsturen|toezenden|bezorgen) "
        r"(\S+ ){{0,5}}(factuur|kopie|overzicht|pakbon|vrachtbrief|contract|pdf|"
        r"rekeningoverzicht|certificaat)\b; (factuur|kopie|overzicht|pakbon|afleverbon) (\S+ "
        r"){{0,5}}(sturen|mailen|opsturen|toesturen|ontvangen|doorsturen|nodig|kwijt)\b(?! "
        r"niet); (vind|heb|hebben|kan|kunnen|zie) (\S+ ){{0,3}}(factuur|bijlage|kopie) (\S+ "
        r"){{0,3}}(niet|nergens|ontvangen|vinden|openen)\b~"
    ),
    "request_document-": r"(gecorrigeerde|nieuwe) factuur (\S+ )?ontvangen",
    "submission_requirement": (
        r"(portaal|leveranciersportaal|peppol|ariba|coupa|e-?factuur|ubl)\b~; (inkoopnummer|"
        r"ordernummer|po-nummer|referentie|kostenplaats|inkooporder) (\S+ ){{0,5}}(vermelden|op "
        r"de factuur|ontbreekt|verplicht|nodig|toevoegen)~; facturen (\S+ ){{0,6}}(naar \S+@|"
        "via|alleen|uitsluitend|indienen|uploaden)~"
    ),
    "wrong_person": (
        r"(werk|werkt|ben|is|zit) (\S+ ){{0,3}}(niet|geen) (\S+ ){{0,3}}(meer|verantwoordelijk|"
        r"de juiste|contactpersoon|hier|bij|degene|betrokken)\b~; (verkeerde|onjuiste) (persoon|"
        r"adres|afdeling|contactpersoon|e-?mailadres|nummer)\b; (met pensioen|uit dienst|"
        r"vertrokken|verlaten|opvolger|opgevolgd door|collega (\S+ )?overgenomen)\b; (neem|"
        r"neemt|gelieve) (\S+ ){{0,3}}contact op met~; (u|je) (moet|kunt|kan) (\S+ )?(zijn "
        ")?(bij|terecht bij|wenden tot|mailen naar)~"
    ),
    "stop_contact": (
        r"(stop|hou|houd|houdt) (\S+ )?(eens )?(met|op met|op) ~(mail|schrijv|stur|bell|bericht|"
        r"lastigval|contact|herinner)\w*; (geen) (\S+ )?(mails?|e-?mails?|berichten|"
        r"herinneringen|telefoontjes|post) (meer|meer sturen)\b; (mail|schrijf|bel|benader|"
        r"contacteer|stuur) (mij|me|ons) (\S+ )?(niet|nooit|geen) ~(meer|mails?)?; (verwijder|"
        r"haal|schrap) (\S+ ){{0,6}}(lijst|adres|bestand|mailing|gegevens|database)\b; laat (me|"
        r"mij|ons) met rust; wil (\S+ ){{0,3}}(geen|niets|niet) meer (\S+ )?(ontvangen|horen|"
        r"mail\w*)"
    ),
    "payment_plan_request": (
        r"(in|met) (\S+ )?(termijnen|delen|keer|maandelijkse)\b~; betalingsregeling|afbetal\w+|"
        r"gespreid|spreiden|per maand\b~; (helft|50 ?%) (nu|vandaag)~"
    ),
    "extension_request": (
        "(uitstel|meer tijd|langer de tijd|opschuiven|verlenging|verlengen|later betalen|extra "
        r"(dagen|week|weken|tijd)|nog (een|\d+|twee|paar) (week|weken|dagen)|respijt|geduld)\b~"
    ),
    "hardship": (
        r"(krap (bij kas|in)|financieel (\S+ ){{0,3}}(slecht|moeilijk|zwaar|krap)|geen (geld|"
        "cash|liquiditeit)|zwaar weer|moeilijke (tijd|periode|situatie)|betalingsproblemen|"
        r"liquiditeitsproblem\w+|omzet (\S+ )?(weggevallen|ingestort|gedaald)|ziekte|overleden|"
        r"brand|waterschade|hoofd boven water|eindjes)\b"
    ),
    "legal_threat": (
        "(advoca|jurist|rechter|rechtbank|gerechtelijk|juridisch|dagvaard|aangifte|deurwaarder|"
        r"ingebrekestelling|schadevergoeding|de avg\b|persoonsgegevens|inzageverzoek|autoriteit "
        r"persoonsgegevens|rechtsbijstand|kort geding|consumentenbond|stalking|smaad)\w*"
    ),
    "legal_threat-": (
        r"(juridische (entiteit|naam|vorm|eenheid))\w*; (faillissement|failliet|surseance|"
        r"surseance van betaling)~rechtbank|rechtbank ~(failliet|faillissement|surseance)\w*"
    ),
    "insolvency_notice": (
        "(faillissement|failliet|surseance|curator|bewindvoerder|wsnp|schuldsanering|boedel|"
        r"vereffenaar|vereffening|ontbonden vennootschap|bedrijf (\S+ ){{0,3}}(opgeheven|"
        "gestopt|beeindigd|gesloten)|gerechtelijke reorganisatie|liquidatie|"
        r"bedrijfsactiviteiten (\S+ )?(gestaakt|beeindigd|gestopt))\b"
    ),
    "insolvency_notice-": r"(klant|afnemer|leverancier)\w* (\S+ ){{0,3}}failliet",
    "bank_details_change": (
        "(iban|bankrekening|rekeningnummer|bankgegevens|andere (bank|rekening)|nieuwe? (bank|"
        r"rekening|rekeningnummer)|gewijzigd\w* (rekening|bank)\w*)\b"
    ),
    "complaint": (
        r"(schandalig|belachelijk|onacceptabel|onbeschoft|slechte (service|dienst\w*)|beu|zat\b|"
        "irritant|klacht|teleurgesteld|boos|schande|onfatsoenlijk|dreigende? toon|(derde|"
        "vierde|vijfde|zoveelste|tweede) (keer|mail|herinnering)|niemand (reageert|antwoordt|"
        r"belt|neemt)|respectloos|arrogant|ongehoord|toon)\w*\b"
    ),
    "acknowledgement": (
        "(ontvangen|genoteerd|begrepen|duidelijk|gelezen|ok|oke|prima|akkoord|goed|"
        r"top)\b\W*(dank|bedankt|dank u|dank je|dankjewel)?\W*$; (bedankt|dank|dank u|"
        r"dankjewel) (wel )?(voor|om) (\S+ )?(herinnering|bericht|mail|info\w*|melding|"
        r"reminder)\b"
    ),
    "in_process": (
        r"(ter|in|wacht\w* op|voor) (\S+ )?(goedkeuring|behandeling|akkoord|controle|verwerking|"
        r"ondertekening|handtekening|fiattering|beoordeling)\b~; (doorgestuurd|doorgezet|"
        r"doorgegeven|overgedragen|voorgelegd) ~; (ga|zal|zullen|gaan|ben|zijn) (\S+ "
        r"){{0,4}}(navragen|uitzoeken|nakijken|checken|controleren|na)\b~; ligt (\S+ "
        "){{0,3}}(bij|op)~"
    ),
    "payment_method_request": (
        r"(betalen|voldoen) (\S+ ){{0,3}}(met|via|per) (creditcard|ideal|paypal|pin|incasso|"
        r"bancontact|kaart|tikkie)\b~; (accepteren|accepteert) (\S+ )?(creditcard|paypal|ideal|"
        r"amex)\w*; (betaallink|link|betaalpagina|tikkie) (\S+ ){{0,3}}(werkt niet|verlopen|"
        "doet het niet|fout)|betaalwijze|betaalmethode|automatische incasso"
    ),
    "credit_request": (
        r"(verreken|verrekenen|aftrekken|in mindering|crediteren)\w* (\S+ ){{0,4}}(tegoed|"
        r"credit\w*|voorschot|aanbetaling|retour\w*)?~; (terugbetal|restitu|terugstort)\w+; "
        r"(wachten|graag|stuur|ontvangen) (\S+ ){{0,4}}creditnota"
    ),
    "invoice_question": (
        r"(waar|waarom|wat|welke|wie|wanneer|hoe|hoeveel|waarvoor) ~\?; (toelicht|uitleg|"
        r"specific|verduidelijk|bel me|bel mij)\w*~"
    ),
    "out_of_office": (
        r"(met|op) (vakantie|verlof|reis|zwangerschapsverlof)\b~; (afwezig|niet aanwezig|niet "
        r"op kantoor|weer terug|terug op|kantoor (is )?gesloten|buiten kantoor)\b~"
    ),
    "remittance_advice": (
        r"(betaaladvies|betalingsspecificatie|betaalspecificatie|betalingsadvies)\b; (bijgaand|"
        r"in de bijlage|hierbij) (\S+ ){{0,3}}(betaalbewijs|bewijs van betaling|betaaladvies|"
        r"betalingsbewijs)\b; (betaling|overboeking) (\S+ ){{0,4}}(betreft|omvat|dekt) (\S+ "
        ")?(de )?facturen"
    ),
    "other": (
        "(prettige feestdagen|fijne (kerst|feestdagen)|gelukkig nieuwjaar|nieuwsbrief|beurs|"
        r"catalogus|vacature|sollicitatie|webinar|gefeliciteerd)\b~"
    ),
}
