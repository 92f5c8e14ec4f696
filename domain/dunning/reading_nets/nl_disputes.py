"""Dutch: why an invoice is contested."""

from __future__ import annotations

PHRASES = {
    "dispute": (
        r"betwist*|bezwaar*|reclam*|geschil; (factuur|bedrag|rekening|\S*\d\S*|dit|het|"
        r"totaal) (\S+ ){{0,3}}(klopt niet|kloppen niet|niet (juist|correct|akkoord|"
        "terecht)|onjuist*|fout*|incorrect*|verkeerd*|te hoog|onterecht*); (fout*|verschil|"
        r"afwijking*|discrepantie) (\S+ ){{0,3}}(factuur|bedrag|prijs|berekening|facturatie|"
        r"levering|in de|op de|tussen); (niet (akkoord|eens)|accepteren (\w+ )?niet|niet "
        r"(accepteren|erkennen|verschuldigd)|weiger*|betalen (\w+ )?niet( tot| zolang|,|"
        r"\W*$)|gaan (\w+ )?niet betalen|afgekeurd|afgewezen|erkennen (\w+ )?niet)~; "
        r"(corriger*|annuleer*|pas|crediteer*|herzie*) (\S+ ){{0,5}}factuur; (gecorrigeerde|"
        "aangepaste|herziene|nieuwe) factuur"
    ),
    "dispute-": r"(geen|niet) (\w+ )?(bezwaar|betwisting|geschil)",
    "why.pricing": (
        r"(prijs|prijzen|tarief|tarieven|uurtarief|stukprijs|bedrag) (\S+ "
        "){{0,8}}(afgesproken|te hoog|onjuist|niet|anders|offerte|hoger|verkeerd|"
        "overeengekomen|order|klopt|afwijk*|contract); (verkeerde|hogere|afgesproken|oude|"
        "overeengekomen|foute|onjuiste) (prijs|prijzen|tarief|tarieven|uurtarief); "
        r"(offerte|contract|bestelling|afspraak|order|opdrachtbevestiging) (\S+ "
        r"){{0,5}}(was|is|zegt|staat|vermeldt|van|geeft) (\S+ ){{0,3}}\d\S*; (afgesproken|"
        r"overeengekomen|geoffreerd) (\S+ ){{0,5}}\d\S*; te (veel|hoog|duur) (berekend|"
        r"gefactureerd|in rekening)?; (korting|staffel*) (\S+ ){{0,6}}(niet|ontbreekt|mist|"
        r"beloofd|afgesproken|vergeten|verwerkt); (in plaats van|ipv) (de |€ )?\d\S*; "
        "(toeslag|prijsverhoging|verzendkosten|vrachtkosten) ~(niet|afgesproken|onterecht)"
    ),
    "why.quantity": (
        r"(maar|slechts) (\w+) van de (\w+) ~(geleverd|ontvangen); aantal* (\S+ "
        "){{0,6}}(klopt|kloppen|verkeerd|onjuist|niet|afwijk*|minder|gefactureerd); "
        r"(slechts|maar|alleen|enkel) (\S+ ){{0,4}}(ontvangen|geleverd|gekregen|"
        r"binnengekomen|stuks|\d+); (ontvangen|geleverd|gekregen) (\S+ ){{0,3}}(maar|"
        r"slechts|\d+ (van de|in plaats)|minder); (ontbrek*|mis|missen|tekort) (\S+ "
        r"){{0,4}}(\d+|een|twee|drie|vier|vijf|tien|stuks|dozen|onderdel*|pallet*|"
        r"artikel*)~; (\d+|twee|drie|vier|vijf) (\S+ ){{0,3}}(ontbreken|te weinig|missen|te "
        "veel|tekort); deellevering|onvolledig*|manco"
    ),
    "why.not_received": (
        r"(niet|nooit|nog niet|geen) (\S+ ){{0,4}}(ontvangen|geleverd|gekregen|aangekomen|"
        r"bezorgd|uitgevoerd|binnengekomen|gearriveerd|opgeleverd|verricht); {goods} (\S+ "
        r"){{0,5}}(niet|nooit|nog niet) (\S+ ){{0,3}}(ontvangen|geleverd|aangekomen|bezorgd|"
        "binnen|gekomen|uitgevoerd); (kwijt|zoek) geraakt|zoekgeraakt; wachten (nog "
        ")?(steeds )?op (de |onze )?{goods}"
    ),
    "why.not_received-": (
        "(factu*|mail*|e-?mail*|kopie|creditnota*|antwoord|herinnering*|betaling|document*|"
        r"reactie)( \S+){{0,5}} (niet|nooit|nog niet|geen) (\S+ )?(ontvangen|gekregen|"
        r"binnen\w*|aangekomen); (niet|nooit|geen) (\S+ ){{0,3}}(factu*|mail|kopie|"
        r"creditnota|antwoord|herinnering|document|reactie|e-?mail|betaling) (\S+ "
        ")?(ontvangen|gekregen|binnen|gezien)"
    ),
    "why.quality": (
        r"defect*; beschadig*; kapot; gebrek*|gebreken; (slechte|matige|onvoldoende) (\w+ "
        r")?(kwaliteit|staat|uitvoering|werk); kwaliteit (\S+ ){{0,4}}(slecht|niet|"
        r"onvoldoende|matig|ondermaats); werkt* (\w+ ){{0,4}}niet; (lek*|roest*|krassen|"
        "bedorven|onbruikbaar|storing*|mankement*|gebroken|niet naar behoren|ondeugdelijk|"
        r"nat); (werk|werkzaamheden|installatie|project) (\S+ ){{0,4}}(niet (af|goed|"
        "voltooid|afgerond)|slordig|onvolledig|half); (retour*|teruggestuurd) ~"
    ),
    "why.duplicate": (
        "dubbel*; (twee keer|tweemaal|2x|tweede keer) ~(gefactureerd|berekend|dezelfde|"
        r"hetzelfde|factu*)*; (al|reeds|eerder) (\S+ ){{0,3}}(gefactureerd|in rekening "
        r"gebracht|inbegrepen)~; (dezelfde|hetzelfde|identiek*|zelfde) (\S+ "
        "){{0,4}}(factuur|levering|dienst|bedrag|als|bestelling|periode)"
    ),
    "why.duplicate-": "dubbel betaald|twee keer (betaald|overgemaakt)",
    "why.po_missing": (
        "(inkoopnummer|ordernummer|po-?nummer|po|inkooporder*|bestelnummer|"
        r"inkoopordernummer|bestelbonnummer|referentienummer|kostenplaats) (\S+ "
        "){{0,4}}(ontbreekt|mist|onjuist|verkeerd|niet|verplicht|ongeldig|nodig|vereist|op "
        r"de factuur); (zonder|geen|ontbrekend*|verkeerd|onjuist) (\w+ )?(inkoopnummer|"
        "ordernummer|po-?nummer|po|inkooporder*|bestelnummer|inkoopordernummer|"
        "kostenplaats)"
    ),
    "why.wrong_entity": (
        r"(verkeerd*|onjuist*|ander*|foute|oude) (\w+ )?(entiteit|bedrijf|bv|b\.v|"
        "vennootschap|tenaamstelling|bedrijfsnaam|dochter*|juridische|factuuradres|"
        r"rechtspersoon); (tenaamstelling|bedrijfsnaam|entiteit|factuuradres) (\S+ "
        r"){{0,5}}(onjuist|verkeerd|klopt|moet|niet|gewijzigd); (moet*|dient|had) (\S+ "
        "){{0,5}}(op naam|gericht|gefactureerd aan|gefactureerd worden aan|aan) ~; "
        r"(factuur|gefactureerd) (\S+ ){{0,4}}(op naam van|aan|gericht aan) (\w+ "
        ")?(verkeerd*|ander*|zuster*|moeder*|dochter*|oude)~; niet (voor )?(ons|onze) "
        "(bedrijf|factuur|entiteit|bv)"
    ),
    "why.tax": (
        r"(btw*|belasting) (\S+ ){{0,6}}(onjuist|verkeerd|vrijgesteld|verlegd|niet|"
        "ontbreekt|klopt|berekend|tarief|moet|te veel|onterecht); (geen|zonder|verkeerde?|"
        r"onjuiste?|fout*) (\w+ )?(btw*); btw (verlegd|verlegging)|verlegd*|"
        "intracommunautair*|vrijgesteld"
    ),
    "why.cancelled": (
        "(geannuleerd|opgezegd|geannulleerd|ingetrokken|ontbonden|afgezegd|stopgezet|"
        "afbesteld) ~; (opzegging|annulering|opzegbrief); (bestelling|contract|abonnement|"
        r"order|opdracht) (\S+ ){{0,6}}(geannuleerd|opgezegd|beeindigd|niet verlengd|"
        "ingetrokken)"
    ),
    "why.credit_not_applied": (
        r"(creditnota*|creditfactuur|credit|aanbetaling|voorschot|retour) (\S+ "
        "){{0,8}}(niet|nog|ontbreekt|nooit|beloofd|verrekend|wacht*|mist|verwerkt|"
        "toegezegd|waar|openstaat|afgetrokken); (wacht*|ontbreekt|mis|missen|beloofd*|niet|"
        r"nog geen|zonder|toegezegd*) (\S+ ){{0,6}}(creditnota*|creditfactuur|aanbetaling|"
        "voorschot)"
    ),
    "why.terms": (
        "(betaaltermijn|betalingstermijn|betalingscondit*|termijn|betalingsvoorwaarden) "
        r"(\S+ ){{0,5}}(\d+|is|van|dagen|afgesproken|onjuist|niet|zijn|bedraagt); (30|45|60|"
        r"90|dertig|zestig|negentig) dagen~; (niet|nog niet|pas) (\S+ ){{0,4}}(vervallen|"
        "opeisbaar|verstreken|verlopen|te laat)~; vervalt (pas )?(op|eind)~; vervaldatum "
        r"(\S+ ){{0,4}}(is|klopt|onjuist|pas|niet)~"
    ),
    "why.not_ordered": (
        r"(niet|nooit|niemand|geen) (\S+ ){{0,5}}(besteld|aangevraagd|afgenomen|opdracht|"
        "bestelling (geplaatst|gedaan)?|overeenkomst|gevraagd|getekend|contract|"
        "afgesloten)~"
    ),
    "why.not_ordered-": r"niet (\w+ )?om (\S+ )?gevraagd",
    "why.late_fee": (
        "(aanmaningskosten|incassokosten|rente|boete|administratiekosten|wettelijke rente|"
        "vertragingsrente|herinneringskosten|boeterente)"
    ),
    "why.unapproved_work": (
        r"(niet|zonder|nooit|geen) (\S+ ){{0,5}}(goedgekeurd*|akkoord|goedkeuring|"
        r"geautoriseerd*|toestemming|overleg|afgesproken|opdracht) (\S+ ){{0,5}}(werk*|uren|"
        "meerwerk|extra|aanvullend*|reiskosten|bezoek)~; (meerwerk|extra (uren|werk*|"
        r"kosten)|overuren|aanvullend* werk\w*|extra \w+) (\S+ ){{0,8}}(niet|nooit|zonder|"
        "geen)~; meerwerk|buiten (scope|de opdracht)"
    ),
    "why.unapproved_work-": r"factuur (\S+ )?(nog )?niet goedgekeurd",
    "why.currency": (
        r"(verkeerde|andere|onjuiste) (valuta|munt*); valuta (\S+ ){{0,5}}(verkeerd|onjuist|"
        r"klopt|niet|moet); in (dollars?|usd|euro's?|eur|ponden|gbp) (\S+ ){{0,5}}(in "
        "plaats|ipv|niet|terwijl|maar); wisselkoers"
    ),
}
