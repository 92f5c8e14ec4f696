"""German: why an invoice is contested."""

from __future__ import annotations

PHRASES = {
    "dispute": (
        r"kein* (\w+ )?anlass; reklam*; beanstand*; bestreit*; strittig; widersprech*|"
        "widerspruch; (rechnung|betrag|summe|forderung|sie|das|position|berechnung|"
        r"\S*\d\S*) (\w+ )?(ist|sind|war|scheint|stimmt|stimmen) (\S+ ){{0,3}}(falsch|"
        "fehlerhaft|nicht (korrekt|richtig|berechtigt|nachvollziehbar|in ordnung)|"
        r"unberechtigt|unkorrekt|nicht|zu hoch|unvollstandig|inkorrekt); (nicht|nie) (\w+ "
        ")?(akzept*|anerkenn*|anerkannt|einverstanden|nachvollzieh*|berechtigt); (zahlen|"
        r"bezahlen|werden|zahle) (\S+ ){{0,5}}(nicht|keinen cent|nichts)( (be)?zahlen| "
        r"uberweisen| begleichen)?(, (bis|solange|weil|da|denn)| bis| solange|\W*$); "
        r"(fehler|unstimmigkeit*|abweichung*|differenz*|irrtum) (\S+ ){{0,4}}(rechnung|"
        "betrag|abrechnung|berechnung|position|vor|unterlaufen|zwischen|zum|enthalten); "
        "korrigierte rechnung|rechnungskorrektur|korrekturrechnung|neue rechnung|"
        r"korrigier* (\S+ ){{0,5}}rechnung|rechnung ~(korrigier*|zuruckgewiesen|abgelehnt|"
        "zuruckgeschickt|berichtig*|stornier*); verweiger*|weigern|lehnen ~ (ab|zahlung); "
        "schulden (wir )?(ihnen )?nicht*"
    ),
    "dispute-": r"(kein|keine|nicht) (\w+ )?(reklamation*|beanstandung*|einwand*|strittig)",
    "why.pricing": (
        "(falsche*|hohere*|alte*|anderer?|vereinbarte*|abweichende*|zu hohe*|angebotene*|"
        r"nicht der) (\w+ )?(preis*|stundensatz|satz|einzelpreis*|tarif|konditionen|"
        r"tagessatz); (preis*|stundensatz|betrag|tagessatz|tarif|einzelpreis) (\S+ "
        "){{0,8}}(zu hoch|vereinbart|angebot*|falsch|abgesprochen|hoher|statt|abweich*|"
        "nicht|stimmt|bestellung|rahmenvertrag); zu (hoch|teuer|viel berechnet); "
        "(vereinbart|angeboten|bestellt|im angebot|laut angebot|abgemacht|ausgemacht|im "
        r"vertrag|laut (bestellung|vertrag|auftrag)) (\S+ ){{0,6}}(\d\S*|preis|rabatt|"
        r"nicht); (rabatt|skonto|nachlass) (\S+ ){{0,5}}(fehlt|nicht|vergessen|vereinbart|"
        "zugesagt|berucksichtigt|abgezogen); statt (der |den |dem )?(vereinbarten|"
        r"angebotenen|\d+\S*) ?(eur|euro|€)?; mehr (berechnet|verrechnet) als; "
        "(frachtkosten|versandkosten|zuschlag|aufpreis) ~(nicht|vereinbart|zu)"
    ),
    "why.quantity": (
        r"\d+ statt \d+; (falsche*|abweichende*|zu viele*|zu wenig*|fehlende*|geringere*) "
        r"(\w+ )?(menge*|stuckzahl|anzahl|stuck|stunden|lizenzen); (nur|lediglich|bloss) "
        r"(\S+ ){{0,4}}(erhalten|geliefert|angekommen|bekommen|bestellt|stuck|statt|von|"
        r"eingetroffen); (\d+|ein|eine|zwei|drei|vier|funf|zehn|mehrere|einige) (\S+ "
        r"){{0,3}}(fehlen|fehlt|zu wenig|zu viel|gefehlt); (menge|stuckzahl|anzahl) (\S+ "
        "){{0,5}}(nicht|falsch|weicht|abweich*|stimmt); fehlmenge|minderlieferung|"
        r"teillieferung|unterlieferung|unvollstandig\w* (geliefert|lieferung|angekommen)?; "
        r"{goods} ~ (fehlen|fehlt|unvollstandig); (berechnet|verrechnet|fakturiert) (\S+ "
        "){{0,5}}(aber|obwohl|nur|statt)"
    ),
    "why.not_received": (
        r"(nicht|nie|niemals|noch nicht|bisher nicht|bis heute nicht|keine) (\S+ "
        "){{0,4}}(erhalten|geliefert|eingetroffen|angekommen|bekommen|erbracht|zugestellt|"
        "ausgeliefert|da|durchgefuhrt|stattgefunden|eingegangen); keine (ware|lieferung|"
        r"leistung|sendung)~; warten (\w+ )?(noch |immer noch |weiterhin )*auf (die |unsere "
        r"|den )?(\w+ )?{goods}; {goods} ~ (verloren|nicht da|nie|nicht an|fehlt bis heute|"
        "noch aus|steht aus)"
    ),
    "why.not_received-": (
        "(rechnung*|mail*|e-?mail*|kopie|gutschrift*|mahnung*|antwort|dokument*|beleg*|"
        "bestellnummer|freigabe|zahlung|po|originalrechnung|schreiben|post|ruckmeldung|"
        r"unterlagen|formular)( \S+){{0,4}} (nicht|nie|noch nicht) (\w+ )?(erhalten|"
        "eingegangen|angekommen|bekommen|eingetroffen|da|erfasst|vor|gefunden); (nicht|nie|"
        r"keine) (\S+ ){{0,3}}(rechnung|mail|kopie|gutschrift|antwort|mahnung|e-?mail|"
        r"originalrechnung|ruckmeldung|zahlung) (\w+ )?(erhalten|eingegangen|bekommen|vor|"
        "da)"
    ),
    "why.quality": (
        "defekt*; mangel*|mangelhaft*|mangelruge; beschadigt*; kaputt*; schaden|"
        "transportschaden; fehlerhafte (ware|lieferung|teile|gerate|produkte|module); "
        r"qualitat* (\S+ ){{0,5}}(schlecht|mangelhaft|nicht|problem*|mangel*|entspricht|"
        r"unzureichend); funktionier* (\w+ ){{0,4}}nicht; nicht (\w+ )?(funktionsfahig|"
        "brauchbar|nutzbar|fertig|einwandfrei|ordnungsgemass); (schlechte|miserable|"
        r"unzureichende|mangelhafte) (\w+ )?(qualitat|arbeit|leistung|ausfuhrung|service); "
        "unbrauchbar; nachbesser*|nacharbeit*; ausfall|storung*; (ware|teile|gerate) ~ "
        "(zuruckgeschickt|zuruckgesandt|retourniert); retour*; rost*|undicht|verkratzt|"
        "verdorben|schimmel*"
    ),
    "why.duplicate": (
        "doppelt*|doppelberechn*|doppelbuchung; zweimal|zwei mal|zum zweiten mal "
        r"~(berechn*|rechnung|fakturiert|in rechnung|verrechnet|erhalten); bereits (\S+ "
        "){{0,4}}(in rechnung gestellt|berechnet|fakturiert|abgerechnet|mit rechnung); "
        r"(identisch|dieselbe|gleiche|selbe|dasselbe) (\w+ )?(mit |wie )?(rechnung|leistung|"
        r"lieferung|position|re\S*|\S*\d\S*)"
    ),
    "why.po_missing": (
        "(bestellnummer|bestellreferenz|po-?nummer|po|auftragsnummer|bestellbezug|"
        r"kostenstelle|bestell-?nr|bestellung) (\S+ ){{0,4}}(fehlt|fehlen|nicht|falsch|"
        "ungultig|notwendig|benotig*|erforderlich|zwingend); (ohne|fehlende*|keine|falsche|"
        r"ungultige) (\w+ )?(bestellnummer|po|bestellreferenz|auftragsnummer|bestellbezug|"
        "po-?nummer|kostenstelle|bestell-?nr)"
    ),
    "why.wrong_entity": (
        r"(falsche*|andere*|verkehrte*|alte*) (\w+ )?(gesellschaft|firma|firmierung|"
        "rechnungsempfanger|rechnungsadresse|rechnungsanschrift|unternehmen|tochter*|"
        r"einheit|anschrift|mandant*); (rechnung|sie) (\S+ ){{0,4}}(auf|an) (die |den |eine "
        r"|unsere )(\w+ )?(falsch\w*|andere\w*|schwester*|tochter*|mutter*|alte\w*) ~; "
        r"(rechnungsempfanger|firmierung|rechnungsadresse|rechnungsanschrift) (\S+ "
        "){{0,4}}(falsch|nicht|muss|lautet|stimmt|sollte|geandert); (muss|sollte|hatte|"
        r"ist) (\S+ ){{0,4}}(auf|an) (die )?\w+ (gmbh|ag|kg|se) ~(ausgestellt|lauten|"
        "adressiert|gehen)*; nicht (unsere|die richtige) (firma|gesellschaft|rechnung); "
        "eigenstandige gesellschaft; haben mit ~ nichts zu tun"
    ),
    "why.tax": (
        r"(mehrwertsteuer|mwst|umsatzsteuer|ust|steuersatz|steuer|vorsteuer|ust-?id\w*|"
        r"steuernummer) (\S+ ){{0,6}}(falsch|nicht|fehlt|befreit|reverse|ausgewiesen|"
        "berechnet|zu unrecht|stimmt|korrekt|steuerfrei|doppelt|statt|angegeben); "
        r"(falsche*|keine|ohne|fehlende*|unberechtigte*|fehlerhafte*) (\w+ "
        r")?(mehrwertsteuer|mwst|umsatzsteuer|ust|steuersatz|steuer|ust-?id\w*|"
        "steuernummer); reverse-?charge; innergemeinschaftlich*; steuerfrei*; "
        r"steuerschuldnerschaft; \d+ ?% (mwst|ust|mehrwertsteuer|umsatzsteuer) (statt|"
        "obwohl|aber)"
    ),
    "why.cancelled": (
        "storniert*; stornierung*; gekundigt*; kundigung*; widerrufen; abbestellt; "
        r"(auftrag|bestellung|vertrag|abo*|termin) (\S+ ){{0,6}}(storniert|gekundigt|"
        "abgesagt|beendet|zuruckgezogen|aufgehoben|aufgelost|widerrufen|ausgelaufen); "
        "abgesagt"
    ),
    "why.cancelled-": (
        "(bitte |konnen sie |mussen sie )?(stornieren|stornierung) sie ~; storniere"
    ),
    "why.credit_not_applied": (
        r"gutschrift* (\S+ ){{0,8}}(nicht|fehlt|noch|nie|aussteht|offen|versprochen|"
        "zugesagt|berucksichtigt|verrechnet|wo|steht aus|abgezogen|ausstehend|zugesichert);"
        r" (fehlende|ausstehende|zugesagte|versprochene|angekundigte|nicht) (\w+ "
        r"){{0,4}}gutschrift*; warten ~ auf (\w+ )?gutschrift*; (anzahlung|vorauszahlung|"
        r"retoure|bonus|rucklieferung|guthaben) (\S+ ){{0,5}}(nicht|fehlt|berucksichtigt|"
        "abgezogen|verrechnet|angerechnet)"
    ),
    "why.terms": (
        r"zahlungsziel* (\S+ ){{0,6}}(\d+|tage|nicht|vereinbart|falsch|von|betragt|netto|"
        r"erst|laut); zahlungsbedingung*; (\d+|dreissig|sechzig|neunzig) tage* (\w+ "
        ")?(netto|zahlungsziel|ziel|nach|ab|zahlungsfrist|vereinbart); (nicht|noch nicht|"
        r"erst|noch gar nicht) (\S+ ){{0,5}}(fallig|uberfallig|in verzug); fallig\w* (ist |"
        "wird )?erst ~; (einbehalt|sicherheitseinbehalt|abnahme (fehlt|steht|noch|nicht)|"
        "noch nicht abgenommen)"
    ),
    "why.not_ordered": (
        r"(nicht|nie|niemals|keine|niemand|nichts) (\S+ ){{0,5}}(bestellt|beauftragt|"
        "geordert|in auftrag|angefordert|abgeschlossen|bestellung|auftrag|angefragt|"
        r"abonniert); (kein|keine|keinen) (\w+ )?(auftrag|bestellung|vertrag|"
        "geschaftsbeziehung)~; unbestellt*; ohne (auftrag|bestellung)"
    ),
    "why.late_fee": (
        "(mahngebuhr*|verzugszins*|mahnkosten|saumniszuschlag*|mahnspesen|inkassokosten|"
        "verzugspauschale|bearbeitungsgebuhr|zinsen|inkassogebuhr*|verzugsgebuhr*)"
    ),
    "why.unapproved_work": (
        r"(nicht|nie|ohne|keine) (\S+ ){{0,5}}(freigegeben|genehmigt|autorisiert|freigabe|"
        "genehmigung|beauftragt|abgesprochen|abgestimmt|absprache|rucksprache|vereinbart) "
        r"(\S+ ){{0,5}}(arbeit*|stunden|leistung*|mehraufwand|zusatz*|nachtrag*|einsatz*|"
        "uberstunden|reisekosten|aufwand)*; (zusatz*|mehraufwand|zusatzliche|nachtrag*|"
        r"uberstunden|mehrstunden|mehrarbeit|zusatzstunden|reisekosten) (\S+ ){{0,8}}(nicht|"
        "nie|ohne|keine) ~(freigegeben|genehmigt|beauftragt|abgesprochen|vereinbart|"
        "freigabe|auftrag|autorisiert|abgestimmt)"
    ),
    "why.unapproved_work-": r"rechnung (\S+ ){{0,4}}(noch )?nicht (freigegeben|genehmigt)",
    "why.currency": (
        r"(falsche*|andere*) wahrung; wahrung (\S+ ){{0,4}}(falsch|nicht|stimmt|sollte|ist|"
        r"auf); in (usd|dollar|eur|euro|chf|franken|gbp|pfund) (\S+ ){{0,5}}(statt|nicht|"
        "obwohl|aber|sondern|anstatt|vereinbart|ausgestellt|bestellt); (statt|anstatt|"
        "nicht) (in )?(usd|dollar|eur|euro|chf|franken|gbp); wechselkurs*"
    ),
}
