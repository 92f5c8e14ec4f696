"""Dutch: what customers ask for, and trouble they tell of."""

from __future__ import annotations

PHRASES = {
    "extension_request": (
        r"uitstel*|verleng* (\S+ ){{0,4}}(termijn|betaaltermijn|betalingstermijn|met|tot)~; "
        r"(meer|extra|wat|beetje) (\w+ )?(tijd|geduld|ruimte|respijt|coulance)~; (extra|nog|"
        r"langer|enkele|paar) (\w+ )?(dagen|weken|week|maand|maanden|dagen)~(extra|uitstel|"
        "tijd|geven|nodig|krijgen|wachten|langer|de tijd)*; (uitstell*|opschuiven|"
        r"opschort*|verzet*|verschuiv*) (\S+ ){{0,5}}(betaling|datum|tot|naar)*; (kunnen|"
        r"mogen|zou|is het mogelijk|mag|kan|zouden) (we|wij|ik|het|u)? ?(\S+ ){{0,8}}(later|"
        r"eind|volgende|tot|pas|op) (\S+ ){{0,8}}(betalen|voldoen|overmaken|wachten|"
        r"betaald)~; (geduld|wachten) (\w+ )?(tot|nog)~; later (te )?betalen"
    ),
    "payment_plan_request": (
        "termijnen|termijnbetaling*; betalingsregeling*|betaalregeling*|afbetaling*|"
        r"aflossing*|betaalplan|betalingsplan; in (twee|drie|vier|vijf|zes|\d+|meerdere) "
        r"(\w+ )?(termijnen|delen|keer|betalingen|maanden|keren|stukken); gespreid*|"
        r"spreiden; (helft|\d+ ?%|deel|een deel) (\S+ ){{0,6}}(nu|direct|vandaag|deze|eind|"
        "op|en) ~(rest|restant|andere helft|resterende|overige)~; (de )?(rest|restant|"
        r"andere helft|resterende) (\S+ ){{0,4}}(in|op|eind|volgende|later|binnen|de "
        r"maand)~; \S*\d\S* (euro|€)? ?(per|elke|iedere|in de) maand; (schikking|schikken|"
        "finale kwijting|korting (als|bij|indien)|tegen finale|genoegen nemen|akkoord met "
        r"\d\S*)~; deelbetaling*|in delen"
    ),
    "hardship": (
        r"liquiditeit*|cashflow*|kasstroom; financie* (\w+ )?(problemen|moeilijk*|zwaar|"
        "krap|situatie|moeilijkheden|zorgen|nood); geen (geld|middelen|liquide|omzet|"
        r"inkomsten); (kunnen|kan) (\S+ ){{0,6}}niet (\w+ )?(betalen|voldoen|opbrengen)(?! "
        "(zonder|voordat|zolang|totdat)); niet in staat ~(betalen|voldoen); (moeilijke|"
        r"zware|lastige|slechte) (\w+ )?(tijd*|periode|situatie|maand*|fase); (klant|"
        r"opdracht*|contract|omzet) (\S+ ){{0,4}}(kwijt|verloren|weggevallen|ingestort|"
        "gedaald); betalingsproblemen|betalingsmoeilijkheden|betalingsonmacht; (rekening*) "
        r"(\w+ )?(geblokkeerd|bevroren|beslag); salarissen|ontslag*; (ziek*|ziekenhuis|"
        r"overleden|brand|overstroming); water (\w+ )?(tot )?aan de lippen|krap bij kas|"
        "zwaar weer"
    ),
    "hardship-": (
        r"(kunnen|kan) (\S+ ){{0,4}}niet betalen (\S+ ){{0,2}}(zonder|voordat|zolang|totdat|"
        "omdat|als|tot)"
    ),
    "complaint": (
        "onacceptabel*|schandalig*|belachelijk*|onbeschoft*|ongehoord|onvoorstelbaar; "
        "klacht*|beklag*; teleurgesteld|teleurstellend; (slecht*|waardeloos|waardeloze|"
        r"beroerde|treurig*) (\w+ )?(service|communicatie|klantenservice|bereikbaarheid|"
        r"ervaring|manier); (derde|vierde|vijfde|tweede|zoveelste|3e|4e) (\w+ )?(keer|mail|"
        r"herinnering|bericht|aanmaning|e-?mail) ~; (niemand|nooit) (\w+ )?(reageert|"
        "antwoord*|bereikbaar|gebeld|belt|neemt op|gereageerd|een antwoord|reactie|terug)~;"
        " (ergernis|erger|boos|woest|geirriteerd|ontevreden|zat|verontwaardigd|beledig*|"
        "irritant|irriteer*) ~; (dreig*|agressie*|onvriendelijk*|arrogant*|brutaal|toon) ~;"
        r" (geweldig|fantastisch|lekker|mooi|bravo|top|knap|leuk|fijn) ,?(\S+ "
        "){{0,5}}(service|weer|herinnering|alweer|manier|behandel*|klant*|hoor|derde)~; "
        r"(trouwe|goede|jarenlange) (\w+ )?klant~; (zo|hoe) (\S+ ){{0,3}}(klant*|behandel*) "
        r"(\S+ )?(om|behandel*|klanten)~; schandal*|aanfluiting|te gek voor woorden|slaat "
        "nergens op"
    ),
    "credit_request": (
        r"(creditnota*|creditfactuur|tegoed|aanbetaling|voorschot|credit) (\S+ "
        "){{0,6}}(verreken*|sturen|opmaken|ontvangen|aftrek*|toepassen|tegen|in mindering|"
        "gebruiken|graag); (verreken*|stuur*|maak*|ontvang*|crediteer*|graag|opstellen|in "
        r"mindering) (\S+ ){{0,7}}(creditnota*|creditfactuur|tegoed|credit|aanbetaling|"
        "voorschot); terugbetal*|restitutie|teruggestort|terugstort*|terug te storten; "
        "(dubbel|teveel|te veel|twee keer) (betaald|overgemaakt); crediter*|crediteer (ons|"
        "de|deze|het)~"
    ),
    "submission_requirement": (
        "portaal|portal*; ariba|coupa|basware|tungsten|peppol|e-?factu*|ubl|digipoort|"
        "simplerinvoicing|edi; (uploaden|upload|indienen|dien|insturen|aanleveren|lever|"
        r"inladen|aanmelden) (\S+ ){{0,8}}(portaal|portal|platform|systeem|via|elektronisch|"
        r"factu*)~; factu* (\S+ ){{0,5}}(moeten|moet|dienen|dient|alleen|uitsluitend|worden "
        r"alleen|kunnen alleen) ~; (vermeld*|zet|voeg|noem|geef|plaats) (\S+ "
        "){{0,5}}(inkoopnummer|ordernummer|po-?nummer|inkooporder*|bestelnummer|"
        "kostenplaats|po|referentie|inkoopordernummer)~; (inkoopnummer|ordernummer|"
        r"po-?nummer|bestelnummer|inkoopordernummer) (\S+ ){{0,4}}(verplicht|vermelden|"
        r"vermeld|nodig|vereist|op (de|uw|elke)); (stuur*|mail*|zend*) (\S+ ){{0,4}}factu* "
        r"(\S+ ){{0,4}}(naar|aan) (\S+@\S+|ons|de|het)~; (registr*|aanmaken|aanmeld*|"
        r"opvoeren) (\S+ ){{0,5}}leverancier*; nieuwe leverancier; alleen (pdf|ubl|"
        "e-?factu*)"
    ),
    "payment_method_request": (
        r"(met|via|per) (\w+ )?(creditcard|ideal|paypal|automatische incasso|incasso|sepa|"
        "cheque|pin|contant|tikkie|betaallink|kaart|klarna|bancontact) ~(betal*|voldoen|"
        "mogelijk)?; creditcard|automatische incasso|incassomachtiging|machtiging; "
        r"betaallink|betaal link|betaalpagina; link (\S+ ){{0,5}}(werkt niet|verlopen|doet "
        r"het niet|fout|kapot|ongeldig); accepter* (\S+ ){{0,3}}(creditcard*|paypal|cheque*|"
        r"ideal|amex|kaart*); hoe (kunnen|kan|moet|moeten|dien*) (we|wij|ik) (\S+ "
        "){{0,4}}(betalen|voldoen|overmaken); betaalmethode*|betaalwijze|betaalmogelijk*|"
        "betalingswijze"
    ),
    "payment_method_request-": (
        r"(betaald|voldaan|overgemaakt|gedaan) (\S+ )?(met|via|per) ~; (met|via|per) (\w+ "
        r")?(creditcard|ideal|paypal|incasso) (\w+ )?(betaald|voldaan|geincasseerd)"
    ),
    "invoice_question": (
        r"(wat|welke|waarom|wanneer|hoe|hoeveel|wie|waar|waarvoor|waarop|waaruit) (\S+ "
        r")~~\?; (uitleg*|toelicht*|verduidelijk*|specificer*|ophelder*) ~; (bel*|"
        "terugbel*) (u |je |mij |me |ons )~; (kunt|kan|kun|zou|zouden|wilt) (u|je|jullie) "
        r"(\S+ ){{0,10}}(bevestigen|aangeven|uitleggen|laten weten|nagaan|bellen|toelichten|"
        "vertellen|controleren|zeggen)~; (is|zijn|klopt|heeft|hebben|betreft|gaat|moet|kan|"
        r"was|staat) (\S+ ){{0,14}}\?; waar (heeft|gaat|is|slaat) ~(betrekking|over|voor|"
        "op); vraag (over|met betrekking|omtrent|:|inzake)~; (begrijp*|snap*|weet|weten) "
        r"(\S+ )?(\w+ )?niet (\w+ )?(waarom|wat|waar|hoe|welke)~; (onduidelijk|niet "
        "duidelijk)~; (graag|laat|geef) ~(weten|aangeven|bevestigen|uitleg) (of|wat|welk*|"
        "waar*|hoe*|wanneer)~"
    ),
    "invoice_question-": "(bij|voor|eventuele|verdere|nog) vragen",
}
