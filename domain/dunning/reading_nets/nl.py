"""Dutch: what customers write about invoices."""

from __future__ import annotations

from domain.dunning.reading_nets import (
    nl_asks,
    nl_dangers,
    nl_disputes,
    nl_papers,
    nl_plain,
    nl_speech,
    nl_weak,
)
from domain.dunning.reading_nets.phrases import together

WORDS = {
    "pay": (
        "betal*|betaald|voldoen|voldaan|overmak*|overgemaakt|overboek*|geboekt|boeken|"
        "uitvoer*|uitgevoerd|vereffen*|voldoe|afboek*|over te maken|regelen|overschrijv*|"
        "storten|uit te voeren|uitbetal*|klaarzet*|klaargezet|meegenomen|meenemen|"
        "voldoening|inplan*"
    ),
    "money": (
        "betaling*|bedrag|overboeking*|factuur|facturen|geld|overschrijving|saldo|dit|deze|"
        r"het|hij|alles|\S*\d\S*|restant|openstaande"
    ),
    "goods": (
        "goederen|levering*|bestelling*|product*|artikel*|onderdel*|pakket*|zending*|"
        "dienst*|machine*|materia*|pallet*|dozen|werkzaamheden|installatie|apparat*|"
        "licentie*|order|robot*|pomp*|sensor*|software|training"
    ),
}

PHRASES = {
    "_not": "niet; geen; nooit; niemand; niets; zonder; noch; nimmer; onmogelijk; onbetaald",
    "_please": (
        "graag; (kunt|kunnen|zou|zouden|wilt|willen|kan|mag|mogen|kun) (u|jullie|je|ik|we|"
        "wij|iemand); (stuur*|mail*|zend*|lever*) (u )?(mij|ons|me|aub|svp|even|de|een|"
        r"nog)~; aub|svp|a\.u\.b|s\.v\.p; alstublieft|alsjeblieft; (ontvang*|verzoek*|nodig|"
        "mis|missen|vragen|vraag|wacht*|ontbreekt|verwacht*) ~; zonder; gelieve; toesturen|"
        "doorsturen|opsturen|mailen"
    ),
    "_if": (
        "als; zodra; indien; mits; wanneer (we|wij|de|het|u|ik); onder voorbehoud; op "
        "voorwaarde; na (ontvangst|goedkeuring|controle|akkoord|levering|correctie); "
        "afhankelijk; tenzij; pas (als|na|wanneer|nadat); totdat|tot (we|wij|de|u) ~; in "
        "afwachting; voordat|alvorens; nadat; bij ontvangst; zolang"
    ),
    "_perhaps": (
        "misschien; hopelijk; hopen|hoop; waarschijnlijk; wellicht; proberen|probeer; "
        "zou(den)?; mogelijk*; vermoedelijk; streven|streef; ongeveer|circa; als het goed "
        "is; verwacht* (te|dat); denk*; in principe; eventueel; trachten; ons best; naar "
        "verwachting; normaliter; ergens; van plan"
    ),
    "_courtesy": (
        "als (u|je|jullie|er) ~vragen~; mocht* ~vragen~; (aarzel|schroom) niet~; uiterlijk;"
        " zo ?(spoedig|snel) mogelijk; geen (probleem|zorgen); niet later dan; niet "
        "vergeten; als dat (goed|akkoord|ok)~; niet alleen; zonder (verdere )?vertraging; "
        "vanzelfsprekend"
    ),
    "_unsaid": (
        "verval*|vervaldatum|betaaltermijn|betalingstermijn|betalingscondit*; volgens (de|"
        "het|ons)|conform; contract; (u|jullie|je) (schrijft|schrijven|zegt|zei|vraagt|"
        "eist); normaal|meestal|altijd|gewoonlijk; elke|iedere|maandelijks; helft|deel|"
        "gedeelte*|aanbetaling; laat (het )?(u |je )?weten|laten weten|houd*|informer*|"
        "kom* (er )?(bij u )?op terug; nakijk*|uitzoek*|controleer*|check*; moet|moeten|"
        "dient|dienen; (betaal|crediteer|stort) (ons|mij); op zijn vroegst; overleg*"
    ),
    "promise": (
        r"(zal|zullen|wordt|worden|gaan|gaat|ga|word) ~~{pay}; {money} (\S+ ){{0,5}}(wordt|"
        "worden|staat|gaat|gaan|volgt|komt|zit|zal|is|vindt|loopt) ~~({pay}|ingepland|"
        "gepland|klaar|mee|uit|de deur|plaats|betaalrun|batch|voor (maandag|dinsdag|"
        "woensdag|donderdag|vrijdag)|op (maandag|dinsdag|woensdag|donderdag|vrijdag)|eruit|"
        r"naar u); (wij|we|ik|boekhouding|collega) (\S+ )?(betalen|betaal|maken|maak|boeken|"
        "boek|voldoen|voldoe|regelen|regel|stort*|betaalt|maakt|zorg*n? voor betaling|"
        r"zetten|zet) (\S+ ){{0,6}}(over|op|morgen|vandaag|uiterlijk|voor|binnen|volgende|"
        r"deze|eind|maandag|dinsdag|woensdag|donderdag|vrijdag|per|de|het|klaar|in|a\.s|"
        r"\d+); (betalen|betaal|maken|maak|voldoen) (wij|we|ik); (betaling|overboeking|"
        r"geld) (\S+ ){{0,4}}(op|volgt|gepland|ingepland|staat|uiterlijk|voor|eind|morgen|"
        "vandaag|volgende|deze|maandag|dinsdag|woensdag|donderdag|vrijdag|binnen); "
        r"^\W*(betaling|betalen|overboeking|wordt)\b ~~; (u|jullie|je) (ontvang*|heb*|"
        "krijg*) ~(betaling|geld|bedrag|het|uiterlijk); (beloof|beloven|garandeer|"
        r"garanderen|zeggen toe|toezeg*|bevestig*) ~~({pay}|betaling|\d|dat); (gaat|zit|"
        "staat|gaan|meegenomen|mee) ~(betaalrun|betaalronde|betaalbatch|batch|betalingsrun|"
        "betaalopdracht|betaallijst|run); betaalrun|betaalronde|betaaldag; (hopen|hoop|"
        "proberen|probeer|verwacht*|kunnen|kan|streven|willen|wil|zouden|zou|trachten|"
        r"denken) (\S+ ){{0,10}}{pay}; kan (ik|we|wij) ~{pay}"
    ),
    "promise-": (
        r"niet (\S+ ){{0,3}}{pay}; {pay} (\S+ ){{0,3}}niet; (gaan|willen|zullen|kunnen) "
        r"(\S+ ){{0,4}}niet~{pay}; geen (betaling|cent|geld)"
    ),
    "already_paid": (
        "(is|zijn|hebben|heb|heeft|werd|al|reeds|inmiddels|gisteren|vandaag|net|zojuist|"
        r"was|allang|vorige|vanochtend) (\S+ ){{0,8}}(betaald|voldaan|overgemaakt|"
        "overgeboekt|afgeschreven|verwerkt|geboekt|gestort|uitgevoerd|vereffend|"
        "overgeschreven|verstuurd|weggegaan|eruit)( (op|via|per|gisteren|vorige|vandaag))?;"
        r" ^\W*(is |al |reeds |factuur |deze is )*(betaald|voldaan|overgemaakt); (betaling|"
        r"bedrag|geld|overboeking) (\S+ ){{0,4}}(is|werd|heeft) (\S+ ){{0,5}}(gedaan|"
        "uitgevoerd|verricht|overgemaakt|verstuurd|verlaten|afgeschreven|weg|de deur uit|"
        "onderweg|verzonden|voldaan|plaatsgevonden|gebeurd); betaald (op|via|per|gisteren|"
        "vorige|met|aan|in|afgelopen); overgemaakt (op|via|naar|gisteren|vorige); betaling "
        "(gedaan|verricht|uitgevoerd) (op)?; betaalbewijs ~(bijgevoegd|bijlage)~; van onze "
        "rekening (is |zijn )?(afgeschreven|af|gegaan)"
    ),
    "already_paid-": (
        "(nog niet|niet|nooit|wordt|worden|zal|zullen|moet|kan|kunnen|zodra|als|pas|gaat|"
        r"gaan|wil) (\S+ ){{0,8}}(betaald|voldaan|overgemaakt|geboekt|verwerkt|overgeboekt|"
        "uitgevoerd|geleverd|ontvangen|gestort)( (wordt|worden|is))?; (dubbel|twee keer|"
        "teveel|te veel) (betaald|overgemaakt); altijd (op tijd |netjes )*betaald; (in "
        "behandeling|ter goedkeuring|goedgekeurd|factuur is (nog )?niet|wordt (nog "
        ")?verwerkt)"
    ),
    "remittance_advice": (
        "betaalspecificatie|betalingsspecificatie|betaaladvies|betalingsadvies|remittance; "
        "(bijgevoegd|bijgaand|bijlage|hierbij|hieronder|zie)~~(specificatie|"
        "betaaloverzicht|betaalbewijs|betalingsbewijs|betaalbevestiging|betaalspecificatie|"
        r"bankafschrift|overzicht van de betaling); (betaling|overboeking) (\S+ "
        "){{0,4}}(betreft|heeft betrekking|omvat|bestaat uit|is voor|dekt); specificatie "
        "van (de|onze) betaling; betalingskenmerken"
    ),
    "out_of_office": (
        r"(niet|afwezig|buiten) (\w+ )?(op )?kantoor; afwezig*; (met|op) (vakantie|verlof|"
        "zwangerschapsverlof|ouderschapsverlof|reis); automatisch* (antwoord|bericht|"
        "reactie); (weer|terug) (aanwezig|op kantoor|bereikbaar|vanaf|op (maandag|dinsdag|"
        r"woensdag|donderdag|vrijdag|\d)); (ben|ik ben) (\w+ )?(terug|weer|afwezig|ziek|er "
        "niet|vrij)~; beperkt (toegang|bereikbaar); gesloten (van|tot|wegens|t/m|tussen)~; "
        "geen toegang tot (mijn )?(mail|e-?mail)"
    ),
    "out_of_office-": (
        "(directeur|manager|baas|collega|hij|zij|tekenbevoegd*|die) ~ (vakantie|terug|"
        "afwezig|verlof)"
    ),
    "in_process": (
        "in (behandeling|verwerking|proces|goedkeuring*|de goedkeuringsflow|onderzoek|de "
        r"wacht|de workflow); (ter|wacht* op|wachten op|in afwachting van) (\S+ "
        ")?(goedkeuring|akkoord|fiattering|controle|handtekening|fiat|bevestiging|"
        "autorisatie|antwoord|reactie|ondertekening); (doorgestuurd|doorgezet|doorgegeven|"
        r"stuur*|zet|zetten|geef|gestuurd|neergelegd|uitgezet|leg) (\S+ ){{0,8}}(door|naar|"
        r"aan|bij) (\S+ )?(\w+ )?(boekhouding|administratie|afdeling|collega*|crediteuren*|"
        "financiele|manager|directie|team|inkoop|leidinggevende|finance|hoofdkantoor)~; "
        "(nakijken|uitzoeken|zoek*|controler*|navraag|navragen|check*|nagaan|uitvragen|"
        r"bekijken) (\w+ )?~; (kijk*|zoek*|ga*|vraag) (\S+ ){{0,4}}(na|uit|naar|het na|dit "
        r"uit)\b; (kom|komen|kom ik) (\S+ ){{0,4}}(op terug|bij u terug|terug); (laat|laten|"
        r"houd|houden) (\S+ )?(u |je |jullie |het )*(weten|op de hoogte); (ligt|zit|staat|"
        r"loopt|bevindt) (\S+ ){{0,4}}(bij|ter|in|op het bureau|in het systeem)~(directeur|"
        "manager|goedkeuring|afdeling|systeem|workflow|boekhouding|collega|accordering|"
        r"controle|akkoord|wachtrij|directie)*; (moet|dient) nog (\S+ )?(goedgekeurd|"
        "gefiatteerd|getekend|akkoord|gecontroleerd); systeemmigratie|overgang|nieuw "
        r"systeem|overstap; onderbezet; (wordt|worden) (\S+ )?(nog |momenteel )?(verwerkt|"
        "gecontroleerd|beoordeeld|goedgekeurd|nagekeken|uitgezocht|bekeken); we zijn "
        "(ermee|hiermee|ermee) bezig|mee bezig; geef (me|ons) ~(tijd|dag)"
    ),
    "acknowledgement": (
        r"(in goede orde )?ontvangen\W*(,|\.|dank|$); (genoteerd|begrepen|duidelijk|akkoord|"
        r"helder|prima|goed|ok|oke|okay|in orde|top|fijn)\W*(,|\.|dank|$)~; (hartelijk |"
        r"vriendelijk )?(dank|bedankt|dankjewel|dankuwel|dank u|dank je) (voor|wel|,|\W*$)~;"
        r" (excuses|sorry|het spijt)~; (nog )?(geen|niet) (\w+ )?(nieuws|datum|update|"
        "informatie|betaaldatum|uitsluitsel|zicht|concrete)~; kan (ik |u |je |nog "
        ")*(helaas |nog )?(geen|niet) ~(datum|zeggen|geven|noemen|toezeggen); ter "
        "kennisgeving aangenomen|nemen (we )?kennis"
    ),
}

NL = (
    WORDS,
    together(
        PHRASES,
        nl_asks.PHRASES,
        nl_dangers.PHRASES,
        nl_disputes.PHRASES,
        nl_papers.PHRASES,
        nl_plain.PHRASES,
        nl_speech.PHRASES,
        nl_weak.PHRASES,
    ),
)
